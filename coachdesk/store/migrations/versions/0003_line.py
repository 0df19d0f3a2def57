"""What the line to the region needs: sending by network, letters both ways, free places, aggregates.

Columns and tables are added, nothing is rebuilt: a table that is dropped would take its triggers along.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _line()
    _handover()


def _line() -> None:
    """The sending of sealed bundles by network, and the receipts as they came."""
    op.add_column("bundle", sa.Column("ways", sa.Text(), server_default="", nullable=False))
    op.add_column("bundle", sa.Column("receipt_id", sa.Integer(), nullable=True))
    op.add_column("device", sa.Column("enc_public", sa.Text(), nullable=True))
    op.add_column("device", sa.Column("enc_wrapped", sa.LargeBinary(), nullable=True))
    op.create_table(
        "receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint("sha256", name=op.f("uq_receipt_sha256")),
    )
    op.create_table(
        "line",
        sa.Column("region_id", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("paused", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("metered", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("stopped", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("tried", sa.Text(), nullable=True),
        sa.Column("online", sa.Text(), nullable=True),
        sa.Column("key_told", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("region_id", name=op.f("pk_line")),
    )
    # what was handed over before there was a network was carried as a file
    op.execute("UPDATE bundle SET ways = 'file' WHERE handed IS NOT NULL")


def _handover() -> None:
    """Trainees handed over to another desk, and the desks that are known."""
    op.create_table(
        "known_desk",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name_fi", sa.Text(), server_default="", nullable=False),
        sa.Column("name_sv", sa.Text(), server_default="", nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.Column("taken", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_desk")),
    )
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), server_default="", nullable=False),
        sa.Column("desk_id", sa.Text(), server_default="", nullable=False),
        sa.Column("desk_name", sa.Text(), server_default="", nullable=False),
        sa.Column("ground", sa.Text(), server_default="", nullable=False),
        sa.Column("file", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("coach_id", sa.Integer(), nullable=True),
        sa.Column("answered", sa.Text(), nullable=True),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_handover_trainee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sa.UniqueConstraint("uid", name=op.f("uq_handover_uid")),
    )
    op.create_index("ix_handover_trainee_id", "handover", ["trainee_id"], unique=False)
    op.create_table(
        "handover_answer",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("desk_id", sa.Text(), server_default="", nullable=False),
        sa.Column("result", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_handover_answer")),
    )
