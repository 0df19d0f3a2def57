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
    _letters()
    _offering()


def _line() -> None:
    """The sending of sealed bundles by network, and the receipts as they came."""
    op.add_column("bundle", sa.Column("ways", sa.Text(), server_default="", nullable=False))
    op.add_column("bundle", sa.Column("receipt_id", sa.Integer(), nullable=True))
    op.add_column("bundle", sa.Column("problem", sa.Text(), nullable=True))
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
        "archived",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("coach_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_archived_trainee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archived")),
        sa.UniqueConstraint("trainee_id", name=op.f("uq_archived_trainee_id")),
    )
    op.create_table(
        "handover_answer",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("desk_id", sa.Text(), server_default="", nullable=False),
        sa.Column("result", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_handover_answer")),
    )


def _letters() -> None:
    """Letters of a region, the bundles they came in, and what the coach answered."""
    op.create_table(
        "region_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Text(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("ref", sa.Text(), server_default="", nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("received", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=True),
        sa.Column("taken_over", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_region_letter_trainee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region_letter")),
        sa.UniqueConstraint("region_id", "uid", name=op.f("uq_region_letter_region_id_uid")),
    )
    op.create_index("ix_region_letter_trainee_id", "region_letter", ["trainee_id"], unique=False)
    op.create_index("ix_region_letter_state", "region_letter", ["state"], unique=False)
    op.create_table(
        "letter_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("ground", sa.Text(), server_default="", nullable=False),
        sa.Column("written", sa.Date(), nullable=False),
        sa.Column("accepted", sa.Text(), nullable=False),
        sa.Column("coach_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["region_letter.id"], name=op.f("fk_letter_answer_letter_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_answer")),
        sa.UniqueConstraint("uid", name=op.f("uq_letter_answer_uid")),
    )
    op.create_index("ix_letter_answer_letter_id", "letter_answer", ["letter_id"], unique=False)
    op.create_table(
        "letter_bundle",
        sa.Column("region_id", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("seq", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("prev", sa.Text(), server_default="", nullable=False),
        sa.Column("result", sa.Text(), server_default="", nullable=False),
        sa.Column("received", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("region_id", "epoch", "seq", "sha256", name=op.f("pk_letter_bundle")),
    )


def _offering() -> None:
    """What a workshop offers, its free places, and the figures of those who did not consent."""
    op.create_table(
        "service_card",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("days", sa.Text(), nullable=False),
        sa.Column("about_fi", sa.Text(), server_default="", nullable=False),
        sa.Column("about_sv", sa.Text(), server_default="", nullable=False),
        sa.Column("contact", sa.Text(), server_default="", nullable=False),
        sa.Column("municipality", sa.Text(), server_default="", nullable=False),
        sa.Column("counted", sa.Date(), nullable=True),
        sa.Column("told", sa.Boolean(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_service_card_workshop_id")),
        sa.PrimaryKeyConstraint("workshop_id", name=op.f("pk_service_card")),
        sa.UniqueConstraint("uid", name=op.f("uq_service_card_uid")),
    )
    op.create_table(
        "free_places",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("service_kind", sa.Text(), server_default="", nullable=False),
        sa.Column("free", sa.Integer(), server_default="0", nullable=False),
        sa.Column("queue", sa.Integer(), nullable=True),
        sa.Column("next_start", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_free_places_workshop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_free_places")),
        sa.UniqueConstraint(
            "workshop_id", "service_kind", name=op.f("uq_free_places_workshop_id_service_kind")
        ),
    )
    op.create_table(
        "aggregate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Text(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Text(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("accepted", sa.Text(), nullable=False),
        sa.Column("coach_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_aggregate_workshop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aggregate")),
        sa.UniqueConstraint("uid", name=op.f("uq_aggregate_uid")),
        sa.UniqueConstraint(
            "region_id", "workshop_id", "quarter", name=op.f("uq_aggregate_region_id_workshop_id_quarter")
        ),
    )
