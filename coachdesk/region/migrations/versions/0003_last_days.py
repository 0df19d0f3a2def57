"""The last day of each consent, which only comes nearer; whom an act of the log was done to."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("consent", sa.Column("valid_to", sa.Text(), nullable=False, server_default=""))
    op.add_column("staff_log", sa.Column("whom", sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE consent SET valid_to = COALESCE((SELECT MIN(summary.valid_to) FROM summary "
        "WHERE summary.device = consent.device AND summary.consent = consent.id "
        "AND summary.valid_to <> ''), '')"
    )
