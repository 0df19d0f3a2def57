"""Self-assessments; several coaches on one desk, the keys of their log lines; attachments; what was removed.

Columns are added, nothing is rebuilt: a table that is dropped would take its triggers along.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _self_assessments()
    _several_coaches()
    _attachments()
    _removed()
    _rights_requests()
    _joined()


def _self_assessments() -> None:
    op.create_table(
        "self_assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("instrument", sa.Text(), server_default="", nullable=False),
        sa.Column("area", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("language", sa.Text(), server_default="", nullable=False),
        sa.Column("filled_how", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_self_assessment_trainee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_assessment")),
        sa.UniqueConstraint(
            "trainee_id",
            "instrument",
            "on_day",
            "area",
            name=op.f("uq_self_assessment_trainee_id_instrument_on_day_area"),
        ),
    )
    op.create_index("ix_self_assessment_trainee_id", "self_assessment", ["trainee_id"], unique=False)


def _several_coaches() -> None:
    op.add_column("coach", sa.Column("added", sa.Text(), nullable=True))
    op.add_column("coach", sa.Column("removed", sa.Text(), nullable=True))
    op.create_table(
        "stand_in",
        sa.Column("coach_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["coach_id"], ["coach.id"], name=op.f("fk_stand_in_coach_id")),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_stand_in_trainee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("coach_id", "trainee_id", name=op.f("pk_stand_in")),
    )
    op.create_table(
        "log_key",
        sa.Column("last_seq", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("last_seq", name=op.f("pk_log_key")),
    )
    # the one who made a desk of 0001 leads it
    op.execute(
        "UPDATE coach SET role = 'lead' WHERE id = (SELECT min(id) FROM coach) "
        "AND NOT EXISTS (SELECT 1 FROM coach WHERE role = 'lead')"
    )


def _attachments() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("about", sa.Text(), server_default="", nullable=False),
        sa.Column("original_at", sa.Text(), server_default="", nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), server_default="1", nullable=False),
        sa.Column("digest", sa.Text(), server_default="", nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("coach_id", sa.Integer(), nullable=True),
        sa.Column("deleted", sa.Boolean(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_attachment_trainee_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["coach_id"], ["coach.id"], name=op.f("fk_attachment_coach_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("file", name=op.f("uq_attachment_file")),
    )
    op.create_index("ix_attachment_trainee_id", "attachment", ["trainee_id"], unique=False)


def _removed() -> None:
    op.create_table(
        "removed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("coach_id", sa.Integer(), nullable=True),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_removed_trainee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removed")),
    )
    op.create_index("ix_removed_trainee_id", "removed", ["trainee_id"], unique=False)
    op.create_index("ix_removed_at", "removed", ["at"], unique=False)


def _rights_requests() -> None:
    op.create_table(
        "rights_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("asked", sa.Date(), nullable=False),
        sa.Column("what", sa.Text(), server_default="", nullable=False),
        sa.Column("outcome", sa.Text(), server_default="", nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("answered", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.Text(), server_default="", nullable=False),
        sa.Column("lifted", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_rights_request_trainee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_request")),
    )
    op.create_index("ix_rights_request_trainee_id", "rights_request", ["trainee_id"], unique=False)


def _joined() -> None:
    op.create_table(
        "joined",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("gone_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("coach_id", sa.Integer(), nullable=True),
        sa.Column("parted", sa.Text(), nullable=True),
        sa.Column("gone", sa.Text(), nullable=False),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.Column("aside", sa.Text(), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_joined_trainee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joined")),
    )
    op.create_index("ix_joined_trainee_id", "joined", ["trainee_id"], unique=False)
