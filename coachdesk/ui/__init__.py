"""The window: screens, one way off the interface thread, one door for errors.

Nothing here reads the store: a screen asks ``services`` through ``shell.jobs``.
"""
