"""The region's store as it was in 0.1, before it knew of migrations."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    text, big = sa.Text(), sa.BigInteger()
    op.create_table(
        "device",
        sa.Column("id", text, primary_key=True),
        sa.Column("enrolled", text, nullable=False),
        sa.Column("epoch", big, nullable=False),
        sa.Column("receipt_number", big, nullable=False),
    )
    op.create_table(
        "bundle",
        sa.Column("device", text, primary_key=True),
        sa.Column("epoch", big, primary_key=True, autoincrement=False),
        sa.Column("seq", big, primary_key=True, autoincrement=False),
        sa.Column("sha256", text, nullable=False),
        sa.Column("prev", text, nullable=False),
        sa.Column("iat", big, nullable=False),
        sa.Column("received", text, nullable=False),
        sa.Column("result", text, nullable=False),
        sa.Column("rejected", sa.JSON(), nullable=False),
        sa.Column("set_aside", sa.Integer(), nullable=False),
    )
    op.create_table(
        "summary",
        sa.Column("device", text, primary_key=True),
        sa.Column("ref", text, primary_key=True),
        sa.Column("epoch", big, nullable=False),
        sa.Column("version", big, nullable=False),
        sa.Column("seq", big, nullable=False),
        sa.Column("consent", text, nullable=False),
        sa.Column("valid_to", text, nullable=False),
        sa.Column("state", text, nullable=False),
        sa.Column("fields", sa.JSON(), nullable=True),
    )
    op.create_index("ix_summary_consent", "summary", ["consent"])
    op.create_index("ix_summary_valid_to", "summary", ["state", "valid_to"])
    op.create_table(
        "ledger",
        sa.Column("consent", text, primary_key=True),
        sa.Column("device", text, nullable=False),
        sa.Column("ref", text, nullable=False),
        sa.Column("version", big, nullable=False),
        sa.Column("epoch", big, nullable=False),
        sa.Column("at", text, nullable=False),
    )
    op.create_index("ix_ledger_device", "ledger", ["device"])
    op.create_table(
        "alarm",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("device", text, nullable=False),
        sa.Column("epoch", big, nullable=False),
        sa.Column("seq", big, nullable=False),
        sa.Column("kind", text, nullable=False),
        sa.Column("sha256", text, nullable=False),
        sa.Column("at", text, nullable=False),
    )
    op.create_index("ix_alarm_device", "alarm", ["device"])
