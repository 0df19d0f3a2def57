"""Services: what a coach does, one function for each act, the desk as the first argument.

Enters: domain, store, exchange, printing, importing.  Stays out: Qt.  Every act that changes
something writes its line in the log in the same transaction.
"""
