"""The tables of the region's store; days and moments are ISO text, lists JSON.

Numbers that a desk counts go up to 2**53 - 1, which only a big integer holds in every store.
"""

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, MetaData, Table, Text

metadata = MetaData()

# ``state`` enrolled or revoked (``since`` that day); ``knows`` the signing key of ours that it named last;
# ``letter_epoch`` and ``letter_seq`` the last place in our own row of letters to it
device = Table(
    "device", metadata, Column("id", Text, primary_key=True), Column("enrolled", Text, nullable=False),
    Column("epoch", BigInteger, nullable=False, default=0),
    Column("receipt_number", BigInteger, nullable=False, default=0),
    Column("label", Text, nullable=False, default=""),
    Column("state", Text, nullable=False, default="enrolled"),
    Column("since", Text, nullable=False, default=""), Column("heard", Text, nullable=False, default=""),
    Column("sign_key", JSON(none_as_null=True)), Column("seal_key", JSON(none_as_null=True)),
    Column("seal_place", JSON(none_as_null=True)), Column("knows", Text, nullable=False, default=""),
    Column("letter_epoch", BigInteger, nullable=False, default=1),
    Column("letter_seq", BigInteger, nullable=False, default=0),
    Column("letter_prev", Text, nullable=False, default=""),
)  # fmt: skip

# every bundle that was received under a number of its row
bundle = Table(
    "bundle", metadata, Column("device", Text, primary_key=True),
    Column("epoch", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False), Column("sha256", Text, nullable=False),
    Column("prev", Text, nullable=False), Column("iat", BigInteger, nullable=False),
    Column("received", Text, nullable=False), Column("result", Text, nullable=False),
    Column("rejected", JSON, nullable=False), Column("set_aside", Integer, nullable=False, default=0),
)  # fmt: skip

# the numbers of each row that came or were declared empty, in stretches without a hole
numbers = Table(
    "numbers", metadata, Column("device", Text, primary_key=True),
    Column("epoch", BigInteger, primary_key=True, autoincrement=False),
    Column("first", BigInteger, primary_key=True, autoincrement=False),
    Column("last", BigInteger, nullable=False),
)  # fmt: skip

# one row for each ref ever heard of; fields are null when withdrawn or past their last day
summary = Table(
    "summary", metadata, Column("device", Text, primary_key=True), Column("ref", Text, primary_key=True),
    Column("epoch", BigInteger, nullable=False), Column("version", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False), Column("consent", Text, nullable=False),
    Column("valid_to", Text, nullable=False, default=""), Column("state", Text, nullable=False),
    Column("fields", JSON(none_as_null=True)), Index("ix_summary_consent", "consent"),
    Index("ix_summary_valid_to", "state", "valid_to"),
)  # fmt: skip

# consents that were withdrawn, each by the desk that had sent it: nothing is ever kept under them again
ledger = Table(
    "ledger", metadata, Column("device", Text, primary_key=True), Column("consent", Text, primary_key=True),
    Column("ref", Text, nullable=False), Column("version", BigInteger, nullable=False),
    Column("epoch", BigInteger, nullable=False), Column("at", Text, nullable=False),
    Index("ix_ledger_at", "device", "at"),
)  # fmt: skip

# the scopes of the first put under a consent, and the earliest last day: what it lets out does not grow
consent = Table(
    "consent", metadata, Column("device", Text, primary_key=True), Column("id", Text, primary_key=True),
    Column("scopes", JSON, nullable=False), Column("valid_to", Text, nullable=False, default=""),
)  # fmt: skip

# what a desk tells about nobody it consents for: answers, service cards, aggregates; the newest of each
told = Table(
    "told", metadata, Column("device", Text, primary_key=True), Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True), Column("version", BigInteger, nullable=False),
    Column("epoch", BigInteger, nullable=False), Column("seq", BigInteger, nullable=False),
    Column("item", JSON, nullable=False), Column("at", Text, nullable=False),
)  # fmt: skip

# letters to desks; sealed once, when the desk has a key (``content``), and kept
letter = Table(
    "letter", metadata, Column("uid", Text, primary_key=True), Column("device", Text, nullable=False),
    Column("kind", Text, nullable=False), Column("item", JSON, nullable=False),
    Column("written", Text, nullable=False), Column("staff", Integer, nullable=False, default=0),
    Column("epoch", BigInteger, nullable=False, default=0),
    Column("seq", BigInteger, nullable=False, default=0),
    Column("sha256", Text, nullable=False, default=""), Column("content", Text, nullable=False, default=""),
    Column("state", Text, nullable=False, default="waiting"), Column("at", Text, nullable=False, default=""),
    Index("ix_letter_device", "device", "epoch", "seq"),
)  # fmt: skip

# one-time codes of enrolment, by their SHA-256; moments are whole seconds of UTC
code = Table(
    "code", metadata, Column("hash", Text, primary_key=True), Column("label", Text, nullable=False),
    Column("until", BigInteger, nullable=False), Column("replaces", Text, nullable=False, default=""),
    Column("device", Text, nullable=False, default=""),
)  # fmt: skip

# tokens that were used, until they could not be used any more
token = Table(
    "token", metadata, Column("jti", Text, primary_key=True), Column("until", BigInteger, nullable=False),
    Index("ix_token_until", "until"),
)  # fmt: skip

alarm = Table(
    "alarm", metadata, Column("id", Integer, primary_key=True), Column("device", Text, nullable=False),
    Column("epoch", BigInteger, nullable=False), Column("seq", BigInteger, nullable=False),
    Column("kind", Text, nullable=False), Column("sha256", Text, nullable=False),
    Column("at", Text, nullable=False), Index("ix_alarm_device", "device"),
)  # fmt: skip

# those who sign in to the staff's pages; the password as Argon2id PHC text, the secret of the codes sealed
staff = Table(
    "staff", metadata, Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True), Column("role", Text, nullable=False),
    Column("password", Text, nullable=False), Column("secret", Text, nullable=False),
    Column("code_step", BigInteger, nullable=False, default=0), Column("added", Text, nullable=False),
    Column("active", Integer, nullable=False, default=1),
)  # fmt: skip

# a session is kept by the hash of its token; its moments are whole seconds of UTC
staff_session = Table(
    "staff_session", metadata, Column("token_hash", Text, primary_key=True),
    Column("staff", Integer, nullable=False), Column("began", BigInteger, nullable=False),
    Column("seen", BigInteger, nullable=False), Column("language", Text, nullable=False),
    Index("ix_staff_session_staff", "staff"),
)  # fmt: skip

# wrong tries, by a keyed hash of the name or the address that was tried
staff_try = Table(
    "staff_try", metadata, Column("subject", Text, primary_key=True),
    Column("tries", Integer, nullable=False), Column("last", BigInteger, nullable=False),
)  # fmt: skip

# whose client a ref is
staff_client = Table(
    "staff_client", metadata, Column("device", Text, primary_key=True), Column("ref", Text, primary_key=True),
    Column("staff", Integer, nullable=False), Column("since", Text, nullable=False),
    Index("ix_staff_client_staff", "staff"),
)  # fmt: skip

# what one person saw last of a summary: keyed hashes of its fields, never the fields
staff_seen = Table(
    "staff_seen", metadata, Column("staff", Integer, primary_key=True, autoincrement=False),
    Column("device", Text, primary_key=True), Column("ref", Text, primary_key=True),
    Column("version", BigInteger, nullable=False), Column("at", Text, nullable=False),
    Column("digests", JSON, nullable=False), Index("ix_staff_seen_ref", "device", "ref"),
)  # fmt: skip

# who did what on the staff's pages; a look at a summary names it; ``who`` where it was done by a command;
# ``whom`` the number of the person of the staff to whom it was done
staff_log = Table(
    "staff_log", metadata, Column("id", Integer, primary_key=True), Column("at", Text, nullable=False),
    Column("staff", Integer, nullable=False), Column("act", Text, nullable=False),
    Column("device", Text, nullable=False, default=""), Column("ref", Text, nullable=False, default=""),
    Column("version", BigInteger, nullable=False, default=0),
    Column("who", Text, nullable=False, default=""), Column("whom", Integer, nullable=False, default=0),
    Index("ix_staff_log_ref", "device", "ref"),
)  # fmt: skip

# figures are made once for a quarter and kept as they were shown: rounded, never a number behind them
figures = Table(
    "figures", metadata, Column("quarter", Text, primary_key=True),
    Column("made", Text, nullable=False), Column("tables", JSON, nullable=False),
)  # fmt: skip
