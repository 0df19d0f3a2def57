"""Plans and their versions."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table, UniqueConstraint, text

from coachdesk.store.tables.columns import Json, Moment, metadata, of_batch, of_trainee, own_id, words

plan = Table(
    "plan", metadata, own_id(), of_trainee(), words("kind"),
    Column("ours", Boolean, nullable=False, server_default="1"), words("number"), words("maker"),
    Column("made", Date), Column("valid_from", Date), Column("valid_to", Date), Column("review", Date),
    Column("permission", Boolean, nullable=False, server_default="0"), Column("permission_given", Date),
    Column("replaces_id", ForeignKey("plan.id")), words("replaces_kind"), words("our_goals"), of_batch(),
    Index("ix_plan_trainee_id", "trainee_id"), Index("ix_plan_batch_id", "batch_id"),
    Index("ix_plan_number", "number", unique=True, sqlite_where=text("number <> ''")),
)  # fmt: skip

plan_version = Table(
    "plan_version", metadata, own_id(),
    Column("plan_id", ForeignKey("plan.id", ondelete="CASCADE"), nullable=False),
    Column("version", Integer, nullable=False), words("state"), words("language"),
    Column("items", Json, nullable=False), Column("participants", Json, nullable=False),
    words("support_person"), words("explained_language"), words("explained_by"),
    Column("signatures", Json, nullable=False), Column("begun", Moment, nullable=False),
    Column("finished", Moment), Column("printed", Moment), Column("signed", Date), words("check_code"),
    UniqueConstraint("plan_id", "version"),
)  # fmt: skip
