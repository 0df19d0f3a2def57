"""Backups on the screen: what is tended while the desk is open, and restoring one."""
