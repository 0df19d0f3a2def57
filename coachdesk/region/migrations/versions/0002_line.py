"""What receiving by network needs: keys and state of desks, letters, codes, what desks tell, the staff."""

import sqlalchemy as sa
from alembic import op

from coachdesk.region.tables import metadata

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NEW = (
    "consent",
    "told",
    "letter",
    "code",
    "token",
    "staff",
    "staff_session",
    "staff_try",
    "staff_client",
    "staff_seen",
    "staff_log",
    "figures",
)


def upgrade() -> None:
    _devices()
    _ledger()
    for name in NEW:
        metadata.tables[name].create(op.get_bind(), checkfirst=True)


def _devices() -> None:
    text, big = sa.Text(), sa.BigInteger()
    for name, default in (("label", ""), ("state", "enrolled"), ("since", ""), ("heard", ""), ("knows", "")):
        op.add_column("device", sa.Column(name, text, nullable=False, server_default=default))
    for name in ("sign_key", "seal_key", "seal_place"):
        op.add_column("device", sa.Column(name, sa.JSON(), nullable=True))
    for name, number in (("letter_epoch", "1"), ("letter_seq", "0")):
        op.add_column("device", sa.Column(name, big, nullable=False, server_default=number))
    op.add_column("device", sa.Column("letter_prev", text, nullable=False, server_default=""))


def _ledger() -> None:
    """A withdrawal counts for the desk that sent it: the key is now desk and consent."""
    op.rename_table("ledger", "ledger_before")
    op.drop_index("ix_ledger_device", "ledger_before")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE ledger_before RENAME CONSTRAINT ledger_pkey TO ledger_before_pkey")
    metadata.tables["ledger"].create(op.get_bind())
    names = "device, consent, ref, version, epoch, at"
    op.execute(f"INSERT INTO ledger ({names}) SELECT {names} FROM ledger_before")
    op.drop_table("ledger_before")
