"""The numbers of each row as stretches without a hole; what was declared empty has no row of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    big = sa.BigInteger()
    op.create_table(
        "numbers",
        sa.Column("device", sa.Text(), primary_key=True),
        sa.Column("epoch", big, primary_key=True, autoincrement=False),
        sa.Column("first", big, primary_key=True, autoincrement=False),
        sa.Column("last", big, nullable=False),
    )
    op.execute(
        "INSERT INTO numbers (device, epoch, first, last) "
        "SELECT device, epoch, MIN(seq), MAX(seq) FROM (SELECT device, epoch, seq, "
        "seq - ROW_NUMBER() OVER (PARTITION BY device, epoch ORDER BY seq) AS hole FROM bundle) AS one "
        "GROUP BY device, epoch, hole"
    )
    op.execute("DELETE FROM bundle WHERE result = 'void'")
