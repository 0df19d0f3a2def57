"""Domain: what the field says, as values and rules.

Enters: the standard library, ``coachdesk.errors`` and the mark ``N_``.  Stays out: Qt, SQL, files
(but for the dated codes), the clock.  Rules get the day or the moment as an argument.
"""
