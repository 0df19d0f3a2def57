"""Store: the encrypted desk on disk, its keys, its transactions and its log.

Enters: SQLAlchemy Core, SQLCipher, ``cryptography``, domain.  Stays out: Qt, rules, paper, network.
SQL stands nowhere else but in ``coachdesk.region``.
"""
