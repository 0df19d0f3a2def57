"""What a region writes to this desk, and what the desk tells it beside summaries."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from coachdesk.store.tables.columns import Json, Moment, metadata, own_id, words

region_letter = Table(
    "region_letter", metadata, own_id(), Column("region_id", Text, nullable=False),
    Column("uid", Text, nullable=False), words("kind"), words("ref"),
    Column("content", Json, nullable=False),
    Column("received", Moment, nullable=False), words("state"),
    Column("trainee_id", ForeignKey("trainee.id", ondelete="CASCADE")), Column("taken_over", Moment),
    Column("plan_id", Integer),  # the plan that it approves; a column that is added takes no reference
    UniqueConstraint("region_id", "uid"), Index("ix_region_letter_trainee_id", "trainee_id"),
    Index("ix_region_letter_state", "state"),
)  # fmt: skip

letter_answer = Table(
    "letter_answer", metadata, own_id(),
    Column("letter_id", ForeignKey("region_letter.id", ondelete="CASCADE"), nullable=False),
    Column("uid", Text, nullable=False, unique=True), words("outcome"), words("reason"), words("words"),
    Column("start", Date), words("ground"), Column("written", Date, nullable=False),
    Column("accepted", Moment, nullable=False), Column("coach_id", Integer),
    Index("ix_letter_answer_letter_id", "letter_id"),
)  # fmt: skip

letter_bundle = Table(
    "letter_bundle", metadata, Column("region_id", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("sha256", Text, primary_key=True), words("prev"), words("result"),
    Column("received", Moment, nullable=False),
)  # fmt: skip

service_card = Table(
    "service_card", metadata, Column("workshop_id", ForeignKey("workshop.id"), primary_key=True),
    Column("uid", Text, nullable=False, unique=True), Column("languages", Json, nullable=False),
    Column("days", Json, nullable=False), words("about_fi"), words("about_sv"), words("contact"),
    words("municipality"), Column("counted", Date),
    Column("told", Boolean, nullable=False, server_default="0"),
)  # fmt: skip

free_places = Table(
    "free_places", metadata, own_id(), Column("workshop_id", ForeignKey("workshop.id"), nullable=False),
    words("service_kind"), Column("free", Integer, nullable=False, server_default="0"),
    Column("queue", Integer), Column("next_start", Date), UniqueConstraint("workshop_id", "service_kind"),
)  # fmt: skip

aggregate = Table(
    "aggregate", metadata, own_id(), Column("region_id", Text, nullable=False),
    Column("workshop_id", ForeignKey("workshop.id"), nullable=False), Column("quarter", Text, nullable=False),
    Column("uid", Text, nullable=False, unique=True), Column("item", Json, nullable=False),
    Column("accepted", Moment, nullable=False), Column("coach_id", Integer),
    UniqueConstraint("region_id", "workshop_id", "quarter"),
)  # fmt: skip
