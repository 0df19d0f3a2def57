"""A key pair of its own for each region: which of our keys it knows; the plan that a letter approves.

A desk that was enrolled before keeps the one that its regions know; it is also the one by which other desks
know it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NEWEST = "FROM device ORDER BY made DESC, rowid DESC LIMIT 1"


def upgrade() -> None:
    op.add_column("region", sa.Column("device", sa.Text(), server_default="", nullable=False))
    op.execute(f"UPDATE region SET device = coalesce((SELECT id {_NEWEST}), '')")
    op.add_column("region_letter", sa.Column("plan_id", sa.Integer(), nullable=True))
    op.execute(f"INSERT INTO meta (key, value) SELECT 'device.own', id {_NEWEST}")
