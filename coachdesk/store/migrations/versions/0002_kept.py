"""Self-assessments; several coaches on one desk, and the keys that their log lines were chained under.

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
