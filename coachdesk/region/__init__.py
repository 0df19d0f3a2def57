"""Region: the receiving side, a program of its own with a store of its own.

Enters: domain and exchange, SQLAlchemy Core.  Stays out: the desk, Qt, paper, settings.  What comes in is
verified, checked item by item and applied once; what the region says goes out as a signed receipt.
"""
