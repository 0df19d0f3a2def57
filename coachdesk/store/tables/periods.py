"""Service periods with their agreed days, the days attended, and the days that were not held."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    Time,
    UniqueConstraint,
    text,
)

from coachdesk.store.tables.columns import Moment, metadata, of_batch, of_trainee, own_id, words

period = Table(
    "period", metadata, own_id(), of_trainee(),
    Column("workshop_id", ForeignKey("workshop.id"), nullable=False),
    words("service_kind"), words("controller"), words("controller_name"), words("purchaser"),
    words("purchaser_name"), words("ground"), words("decision_number"), words("decided_by"),
    Column("decided_on", Date), Column("granted_days", Integer), Column("granted_to", Date),
    Column("used_before", Integer, nullable=False, server_default="0"), words("voucher_number"),
    Column("voucher_expires", Date), Column("begins", Date, nullable=False), Column("ends", Date),
    Column("ended", Date), words("end_reason"), of_batch(),
    Index("ix_period_trainee_id", "trainee_id"),
    Index("ix_period_workshop_id_begins", "workshop_id", "begins"),
    Index("ix_period_batch_id", "batch_id"),
    # the periods that run in a month: few of many
    Index("ix_period_last", text("coalesce(ended, ends, '9999-12-31')"), "begins"),
)  # fmt: skip

agreed_day = Table(
    "agreed_day", metadata, own_id(),
    Column("period_id", ForeignKey("period.id", ondelete="CASCADE"), nullable=False),
    Column("weekday", Integer, nullable=False), Column("starts_at", Time, nullable=False),
    Column("minutes", Integer, nullable=False), Column("valid_from", Date, nullable=False),
    Column("valid_to", Date), Index("ix_agreed_day_period_id", "period_id"),
)  # fmt: skip

membership = Table(
    "membership", metadata, own_id(),
    Column("period_id", ForeignKey("period.id", ondelete="CASCADE"), nullable=False),
    Column("group_id", ForeignKey("workshop_group.id"), nullable=False),
    Column("begins", Date, nullable=False), Column("ends", Date),
    Index("ix_membership_period_id", "period_id"), Index("ix_membership_group_id", "group_id"),
)  # fmt: skip

attended_day = Table(
    "attended_day", metadata,
    Column("period_id", ForeignKey("period.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("trainee_id", ForeignKey("trainee.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False), Column("minutes", Integer, nullable=False, server_default="0"),
    words("reason"), Column("certificate_seen", Boolean, nullable=False, server_default="0"), words("word"),
    Index("ix_attended_day_trainee_id_day", "trainee_id", "day", "kind"),
    Index("ix_attended_day_day_kind", "day", "kind"),
    sqlite_with_rowid=False,
)  # fmt: skip

day_not_held = Table(
    "day_not_held", metadata, own_id(), Column("workshop_id", ForeignKey("workshop.id"), nullable=False),
    Column("group_id", ForeignKey("workshop_group.id")), Column("day", Date, nullable=False),
    words("reason"),
    Index("ix_day_not_held_day", "day"),
)  # fmt: skip

absence_report = Table(
    "absence_report", metadata, own_id(), of_trainee(), words("payer"),
    Column("begins", Date, nullable=False), Column("ends", Date, nullable=False), words("state"),
    Column("at", Moment, nullable=False),
    UniqueConstraint("trainee_id", "payer", "begins"),
)  # fmt: skip
