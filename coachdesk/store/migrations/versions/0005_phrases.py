"""The phrase bank: a workshop's own phrases, and what it changed or hid of those that are shipped.

Columns and tables are added, nothing is rebuilt: a table that is dropped would take its triggers along.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "phrase",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fi", sa.Text(), server_default="", nullable=False),
        sa.Column("sv", sa.Text(), server_default="", nullable=False),
        sa.Column("plain", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("plan_items", sa.Text(), nullable=False),
        sa.Column("note_kinds", sa.Text(), nullable=False),
        sa.Column("phases", sa.Text(), nullable=False),
        sa.Column("hidden", sa.Boolean(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_phrase")),
    )
