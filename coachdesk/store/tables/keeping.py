"""Files, what was removed or joined, what was handed over or archived, and requests of rights."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from coachdesk.store.tables.columns import Json, Moment, metadata, of_trainee, own_id, words

attachment = Table(
    "attachment", metadata, own_id(), of_trainee(), Column("file", Text, nullable=False, unique=True),
    Column("key", LargeBinary, nullable=False),  # of the one file; gone with the row
    words("kind"), words("title"), words("about"), words("original_at"),
    Column("size", Integer, nullable=False), Column("pages", Integer, nullable=False, server_default="1"),
    words("digest"), Column("added", Moment, nullable=False), Column("coach_id", ForeignKey("coach.id")),
    Column("deleted", Boolean, nullable=False, server_default="0"),
    Index("ix_attachment_trainee_id", "trainee_id"),
)  # fmt: skip

removed = Table(
    "removed", metadata, own_id(), of_trainee(), words("subject"), Column("at", Moment, nullable=False),
    Column("coach_id", Integer), Column("rows", Json, nullable=False),
    Index("ix_removed_trainee_id", "trainee_id"), Index("ix_removed_at", "at"),
)  # fmt: skip

rights_request = Table(
    "rights_request", metadata, own_id(), of_trainee(), words("kind"), Column("asked", Date, nullable=False),
    words("what"), words("outcome"), words("answer"), Column("answered", Date), words("answered_by"),
    Column("lifted", Date), Index("ix_rights_request_trainee_id", "trainee_id"),
)  # fmt: skip

joined = Table(
    "joined", metadata, own_id(), of_trainee(),
    Column("gone_id", Integer, nullable=False),  # the number that the other record had, and gets again
    Column("at", Moment, nullable=False), Column("coach_id", Integer), Column("parted", Moment),
    Column("gone", Json, nullable=False), Column("moved", Json, nullable=False),
    Column("aside", Json, nullable=False), Column("changed", Json, nullable=False),
    Index("ix_joined_trainee_id", "trainee_id"),
)  # fmt: skip

known_desk = Table(
    "known_desk", metadata, Column("id", Text, primary_key=True), words("name_fi"), words("name_sv"),
    Column("keys", Json, nullable=False), Column("taken", Moment, nullable=False),
)  # fmt: skip

handover = Table(
    "handover", metadata, own_id(), of_trainee(), Column("uid", Text, nullable=False, unique=True),
    words("way"), words("desk_id"), words("desk_name"), words("ground"), words("file"),
    words("state"), words("reason"), words("words"), Column("at", Moment, nullable=False),
    Column("coach_id", Integer), Column("answered", Moment), Column("rows", Json, nullable=False),
    Index("ix_handover_trainee_id", "trainee_id"),
)  # fmt: skip

handover_answer = Table(  # outlives the person: what was answered once is not taken in again
    "handover_answer", metadata, Column("uid", Text, primary_key=True), words("desk_id"), words("result"),
    Column("at", Moment, nullable=False), Column("content", LargeBinary, nullable=False),
)  # fmt: skip

archived = Table(
    "archived", metadata, own_id(), of_trainee(), Column("at", Moment, nullable=False),
    Column("coach_id", Integer), UniqueConstraint("trainee_id"),
)  # fmt: skip
