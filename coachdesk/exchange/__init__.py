"""Exchange: what leaves to or enters from another organisation, as bytes.

Enters: canonical summaries of ``domain.summary``, keys as JWK tables, bytes of files.  Stays out: SQL,
Qt, the desk, the clock.  ``seal`` is the one maker and the one opener of sealed bytes; whatever comes from
outside is ``Unreadable`` or whole, never something else.
"""
