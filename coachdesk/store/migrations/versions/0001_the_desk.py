"""The desk as it began."""

from alembic import op

from coachdesk.store.access_log import TRIGGERS
from coachdesk.store.tables import metadata

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    metadata.create_all(op.get_bind(), checkfirst=False)
    for trigger in TRIGGERS:
        op.execute(trigger)
