"""The five phases, next steps and the time of coaching."""

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Index, Integer, Table

from coachdesk.store.tables.columns import metadata, of_batch, of_trainee, own_id, words

opening = Table(
    "opening", metadata, own_id(), of_trainee(), Column("phase", Integer, nullable=False),
    Column("opened", Date, nullable=False), Column("closed", Date),
    Column("date_known", Boolean, nullable=False, server_default="1"), words("reason"), of_batch(),
    Index("ix_opening_trainee_id", "trainee_id", "phase", "opened"), Index("ix_opening_batch_id", "batch_id"),
    CheckConstraint("phase BETWEEN 1 AND 5", "phase"),
)  # fmt: skip

phase_norm = Table(
    "phase_norm", metadata, own_id(), Column("phase", Integer, nullable=False), Column("days", Integer),
    Column("valid_from", Date, nullable=False),
)  # fmt: skip

next_step = Table(
    "next_step", metadata, own_id(), of_trainee(), words("text"), Column("due", Date), Column("done", Date),
    Index("ix_next_step_trainee_id", "trainee_id"), Index("ix_next_step_due", "due"),
)  # fmt: skip

coaching = Table(
    "coaching", metadata, own_id(), of_trainee(), Column("begins", Date, nullable=False),
    Column("ends", Date), words("outcome"), of_batch(), Index("ix_coaching_trainee_id", "trainee_id"),
    Index("ix_coaching_batch_id", "batch_id"),
)  # fmt: skip
