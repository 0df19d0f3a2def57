"""Staff: the pages of the region's own people, drawn by the server.

Enters: the region's store, domain, Starlette, Jinja2.  Stays out: JavaScript, anything a page fetches from
elsewhere, a summary without a line in the log.  Who may see what stands in ``roles`` and nowhere else.
"""
