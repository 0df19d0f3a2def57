"""What the line to the region needs: sending by network, letters both ways, free places, aggregates.

Columns and tables are added, nothing is rebuilt: a table that is dropped would take its triggers along.
"""

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _line()


def _line() -> None:
    """The sending of sealed bundles by network."""
