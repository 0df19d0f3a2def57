"""Printing: what leaves on paper, drawn by ReportLab alone.

Enters: frozen sheets of ``domain.papers`` and a language.  Stays out: the desk, SQL, Qt, the clock:
the same sheet gives the same bytes.  Every form is tagged (PDF/UA-1) and stands in ``FORMS``.
"""
