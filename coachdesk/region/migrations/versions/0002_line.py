"""What receiving by network needs: keys and state of desks, letters, codes, what desks tell, the staff."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _devices()
    _ledger()
    _desks_words()
    _letters()
    _codes()
    _people()
    _what_people_did()


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
    op.create_table(
        "ledger",
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("device", "consent"),
    )
    op.create_index("ix_ledger_at", "ledger", ["device", "at"], unique=False)
    names = "device, consent, ref, version, epoch, at"
    op.execute(f"INSERT INTO ledger ({names}) SELECT {names} FROM ledger_before")
    op.drop_table("ledger_before")


def _desks_words() -> None:
    """What a desk says besides summaries, and the scopes of its consents."""
    op.create_table(
        "consent",
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("device", "id"),
    )
    op.create_table(
        "told",
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.JSON(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("device", "kind", "key"),
    )


def _letters() -> None:
    """Letters to desks."""
    op.create_table(
        "letter",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("item", sa.JSON(), nullable=False),
        sa.Column("written", sa.Text(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_index("ix_letter_device", "letter", ["device", "epoch", "seq"], unique=False)


def _codes() -> None:
    """Codes of enrolment and tokens, each used once."""
    op.create_table(
        "code",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("replaces", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.create_table(
        "token",
        sa.Column("jti", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("jti"),
    )
    op.create_index("ix_token_until", "token", ["until"], unique=False)


def _people() -> None:
    """Those who sign in to the pages."""
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("code_step", sa.BigInteger(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("active", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "staff_session",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("began", sa.BigInteger(), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_index("ix_staff_session_staff", "staff_session", ["staff"], unique=False)
    op.create_table(
        "staff_try",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("subject"),
    )


def _what_people_did() -> None:
    """Whose client who is, what was seen, the log, the figures as they were told."""
    op.create_table(
        "staff_client",
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("device", "ref"),
    )
    op.create_index("ix_staff_client_staff", "staff_client", ["staff"], unique=False)
    op.create_table(
        "staff_seen",
        sa.Column("staff", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("digests", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("staff", "device", "ref"),
    )
    op.create_index("ix_staff_seen_ref", "staff_seen", ["device", "ref"], unique=False)
    op.create_table(
        "staff_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_staff_log_ref", "staff_log", ["device", "ref"], unique=False)
    op.create_table(
        "figures",
        sa.Column("quarter", sa.Text(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("tables", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("quarter"),
    )
