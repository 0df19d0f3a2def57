"""Reports; their first page is the figures of a period."""
