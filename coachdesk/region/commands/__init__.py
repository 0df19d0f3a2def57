"""Commands of ``coachdesk-region``, a module for each thing that a person does.

Each has ``add(commands, take_region)``, which says its words and what carries them out.  Stays out: rules
and SQL; a command opens the region, calls one function and prints.
"""
