"""Importing: spreadsheets in, as typed rows and what is doubtful in them.

Enters: the standard library, openpyxl, ``coachdesk.domain`` and the floors under it.  Stays out: the
store, Qt, any writing.  Nothing here changes anything: a file becomes a draft, services do the rest.
"""
