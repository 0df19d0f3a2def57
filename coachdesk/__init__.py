"""CoachDesk: an offline-first desk for the coaches of Finland's workshops.

The floors, from the ground up: ``domain`` speaks a fact, ``store`` keeps it,
``exchange`` carries it, ``printing`` draws it, ``importing`` reads it from a
spreadsheet, ``services`` decide, ``ui`` shows.  ``region`` is the receiving
side, a process of its own.
"""

__version__ = "0.1.0"
