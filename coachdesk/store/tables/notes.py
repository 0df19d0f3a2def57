"""Notes, drafts and appointments."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table, Text, text

from coachdesk.store.tables.columns import Moment, metadata, of_batch, of_trainee, own_id, words

note = Table(
    "note", metadata, own_id(), of_trainee(), Column("at", Moment, nullable=False),
    Column("minutes", Integer), words("kind"), words("place"), words("text"),
    Column("follow_up", Date), Column("followed_up", Date), Column("coach_id", ForeignKey("coach.id")),
    Column("deleted", Boolean, nullable=False, server_default="0"),
    of_batch(),
    Index("ix_note_trainee_id_at", "trainee_id", "at"),
    Index("ix_note_follow_up", "follow_up", "trainee_id", sqlite_where=text("follow_up IS NOT NULL")),
    Index("ix_note_batch_id", "batch_id"),
)  # fmt: skip

recorded_elsewhere = Table(
    "recorded_elsewhere", metadata, own_id(),
    Column("note_id", ForeignKey("note.id", ondelete="CASCADE"), nullable=False), words("system"),
    Column("on_day", Date, nullable=False), words("by_whom"),
    Index("ix_recorded_elsewhere_note_id", "note_id"),
)  # fmt: skip

draft = Table(
    "draft", metadata, Column("coach_id", Integer, primary_key=True, autoincrement=False),
    Column("form", Text, primary_key=True), Column("subject", Text, primary_key=True), words("text"),
    Column("caret", Integer, nullable=False, server_default="0"), Column("at", Moment, nullable=False),
)  # fmt: skip

appointment = Table(
    "appointment", metadata, own_id(), of_trainee(), Column("at", Moment, nullable=False),
    Column("minutes", Integer, nullable=False, server_default="60"), words("kind"), words("place"),
    words("where"), words("with_whom"), words("bring"), words("outcome"),
    Column("coach_id", ForeignKey("coach.id")),
    Index("ix_appointment_at", "at"), Index("ix_appointment_trainee_id", "trainee_id"),
)  # fmt: skip
