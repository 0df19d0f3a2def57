"""Alembic's steps of the region's store, run from inside the program (``region.migration``)."""
