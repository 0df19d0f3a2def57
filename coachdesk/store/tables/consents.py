"""What a trainee was told, has let happen and has forbidden."""

from sqlalchemy import Column, Date, ForeignKey, Index, Table, Text

from coachdesk.store.tables.columns import Json, Moment, metadata, of_trainee, own_id, words

information_given = Table(
    "information_given", metadata, own_id(), of_trainee(), words("text_version"), words("language"),
    Column("given", Date, nullable=False), words("given_by"),
    Index("ix_information_given_trainee_id", "trainee_id"),
)  # fmt: skip

consent = Table(
    "consent", metadata, own_id(), of_trainee(), Column("uid", Text, nullable=False, unique=True),
    words("number"),
    words("recipient"), Column("scopes", Json, nullable=False), words("purpose"), words("ground"),
    words("given_how"), words("witness"), Column("given", Date, nullable=False),
    Column("valid_to", Date, nullable=False), Column("withdrawn", Moment),
    Column("replaces_id", ForeignKey("consent.id")), words("explained_language"), words("explained_by"),
    Index("ix_consent_trainee_id", "trainee_id"), Index("ix_consent_valid_to", "valid_to"),
    Index("ix_consent_replaces_id", "replaces_id"), Index("ix_consent_recipient", "recipient", "trainee_id"),
)  # fmt: skip

permission = Table(
    "permission", metadata, own_id(), of_trainee(), words("to_whom"), words("covers"), words("ground"),
    Column("given", Date, nullable=False), Column("valid_to", Date), Column("withdrawn", Moment),
    Index("ix_permission_trainee_id", "trainee_id"),
)  # fmt: skip

prohibition = Table(
    "prohibition", metadata, own_id(), of_trainee(), words("recipient"), words("covers"),
    Column("given", Date, nullable=False), Column("lifted", Moment),
    Index("ix_prohibition_trainee_id", "trainee_id"),
)  # fmt: skip
