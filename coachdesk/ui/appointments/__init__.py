"""Appointments on screen."""
