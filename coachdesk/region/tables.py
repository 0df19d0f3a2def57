"""The tables of the region's store; days and moments are ISO text, lists JSON.

Numbers that a desk counts go up to 2**53 - 1, which only a big integer holds in every store.
"""

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, MetaData, Table, Text

metadata = MetaData()

device = Table(
    "device", metadata, Column("id", Text, primary_key=True), Column("enrolled", Text, nullable=False),
    Column("epoch", BigInteger, nullable=False, default=0),
    Column("receipt_number", BigInteger, nullable=False, default=0),
)  # fmt: skip

# every number that was received or declared empty (sha256 "", result "void")
bundle = Table(
    "bundle", metadata, Column("device", Text, primary_key=True),
    Column("epoch", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False), Column("sha256", Text, nullable=False),
    Column("prev", Text, nullable=False), Column("iat", BigInteger, nullable=False),
    Column("received", Text, nullable=False), Column("result", Text, nullable=False),
    Column("rejected", JSON, nullable=False), Column("set_aside", Integer, nullable=False, default=0),
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

# consents that were withdrawn: nothing is ever kept under them again
ledger = Table(
    "ledger", metadata, Column("consent", Text, primary_key=True), Column("device", Text, nullable=False),
    Column("ref", Text, nullable=False), Column("version", BigInteger, nullable=False),
    Column("epoch", BigInteger, nullable=False), Column("at", Text, nullable=False),
    Index("ix_ledger_device", "device"),
)  # fmt: skip

alarm = Table(
    "alarm", metadata, Column("id", Integer, primary_key=True), Column("device", Text, nullable=False),
    Column("epoch", BigInteger, nullable=False), Column("seq", BigInteger, nullable=False),
    Column("kind", Text, nullable=False), Column("sha256", Text, nullable=False),
    Column("at", Text, nullable=False), Index("ix_alarm_device", "device"),
)  # fmt: skip
