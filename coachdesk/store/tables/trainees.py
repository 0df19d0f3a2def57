"""Trainees, and what stands beside a trainee: benefits, own views, feedback, self-assessments."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
)

from coachdesk.store.tables.columns import metadata, of_batch, of_trainee, own_id, words

trainee = Table(
    "trainee", metadata, own_id(), words("family_name"), words("given_names"), words("former_names"),
    words("personal_identity_code"), Column("birth_date", Date), words("phone"), words("email"),
    words("street_address"), words("postal_code"), words("post_office"),
    Column("non_disclosure", Boolean, nullable=False, server_default="0"),
    words("municipality"), words("mother_tongue"), words("service_language"),
    words("interpreter_language"), words("language_level"), words("reached_how"), words("devices"),
    Column("responsible_coach_id", ForeignKey("coach.id")), words("referred_by"),
    words("referred_by_whom"), Column("first_contact", Date), words("goal"), words("support_needed"),
    words("other_system_id"), of_batch(),
    # found and sorted by these two, made by coachdesk.domain.letters
    words("name_fold"), words("name_sort"),
    Index("ix_trainee_name_sort", "name_sort"),
    Index("ix_trainee_name_fold", "name_fold"),
    Index("ix_trainee_code", "personal_identity_code"),
    Index("ix_trainee_birth_date", "birth_date"),
    Index("ix_trainee_batch_id", "batch_id"),
)  # fmt: skip

stand_in = Table(
    "stand_in", metadata,
    Column("coach_id", ForeignKey("coach.id"), primary_key=True, autoincrement=False),
    Column("trainee_id", ForeignKey("trainee.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    words("reason"), Column("valid_from", Date, nullable=False), Column("valid_to", Date, nullable=False),
)  # fmt: skip

trainee_key = Table(
    "trainee_key", metadata,
    Column("trainee_id", Integer, primary_key=True),  # outlives the row until it is destroyed
    Column("key", LargeBinary, nullable=False),
)  # fmt: skip

benefit = Table(
    "benefit", metadata, own_id(), of_trainee(), words("benefit"), words("payer"), words("payer_name"),
    Column("begins", Date, nullable=False), Column("ends", Date),
    Index("ix_benefit_trainee_id", "trainee_id"),
)  # fmt: skip

own_view = Table(
    "own_view", metadata, own_id(), of_trainee(), words("subject"),
    Column("disagrees", Boolean, nullable=False, server_default="0"), words("text"),
    Column("on_day", Date, nullable=False), Index("ix_own_view_trainee_id", "trainee_id"),
)  # fmt: skip

feedback = Table(
    "feedback", metadata, own_id(), of_trainee(), Column("grade", Integer, nullable=False),
    Column("on_day", Date), of_batch(), Index("ix_feedback_trainee_id", "trainee_id"),
    Index("ix_feedback_batch_id", "batch_id"), CheckConstraint("grade BETWEEN 4 AND 10", "grade"),
)  # fmt: skip

self_assessment = Table(
    "self_assessment", metadata, own_id(), of_trainee(), words("instrument"),
    Column("area", Integer, nullable=False), Column("score", Integer, nullable=False),
    Column("on_day", Date, nullable=False), words("language"), words("filled_how"),
    Index("ix_self_assessment_trainee_id", "trainee_id"),
    UniqueConstraint("trainee_id", "instrument", "on_day", "area"),
)  # fmt: skip
