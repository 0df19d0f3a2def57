"""The chained log, and the keys that its closed parts were chained under."""

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text

from coachdesk.store.tables.columns import Moment, metadata, words

log = Table(
    "log", metadata, Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False), Column("coach_id", Integer), Column("act", Text, nullable=False),
    words("subject"), Column("trainee_id", Integer), words("why"), Column("detail", LargeBinary),
    Column("mac", LargeBinary, nullable=False), Index("ix_log_trainee_id", "trainee_id", "seq"),
)  # fmt: skip

log_key = Table(
    "log_key", metadata,
    Column("last_seq", Integer, primary_key=True, autoincrement=False),  # the last line chained under it
    Column("key", LargeBinary, nullable=False),
)  # fmt: skip
