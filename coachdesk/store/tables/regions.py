"""Regions, and what was sealed for them: bundles, their items and receipts."""

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

device = Table(
    "device", metadata, Column("id", Text, primary_key=True), Column("public", Json, nullable=False),
    Column("wrapped", LargeBinary, nullable=False),  # the private key, sealed under the desk's device key
    Column("made", Moment, nullable=False),
    Column("enc_public", Json), Column("enc_wrapped", LargeBinary),  # for letters to this desk
)  # fmt: skip

region = Table(
    "region", metadata, Column("id", Text, primary_key=True), words("recipient"), words("name_fi"),
    words("name_sv"), Column("keys", Json, nullable=False), Column("enrolled", Moment, nullable=False),
    Column("epoch", Integer, nullable=False, server_default="1"),
    Column("receipt_number", Integer, nullable=False, server_default="0"), Column("receipt_at", Moment),
    Column("missing", Json), words("device"),  # which of our keys it knows us by
    UniqueConstraint("recipient"),
)  # fmt: skip

reference = Table(
    "reference", metadata,
    Column("trainee_id", ForeignKey("trainee.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("recipient", Text, primary_key=True), Column("ref", Text, nullable=False, unique=True),
)  # fmt: skip

acceptance = Table(
    "acceptance", metadata, own_id(), of_trainee(), words("recipient"), words("digest"),
    Column("scopes", Json, nullable=False), words("words_digest"), Column("at", Moment, nullable=False),
    Column("coach_id", Integer), Index("ix_acceptance_trainee_id", "trainee_id", "recipient"),
)  # fmt: skip

bundle = Table(
    "bundle", metadata, Column("region_id", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False), words("sha256"), words("prev"),
    Column("sealed", LargeBinary), words("state"), Column("made", Moment, nullable=False),
    Column("handed", Moment), Column("receipt_at", Moment), Index("ix_bundle_state", "region_id", "state"),
    Index("ix_bundle_sha256", "sha256"),
    words("ways"),  # "net", "file" or "both"
    Column("receipt_id", Integer),  # the receipt that named it first
    Column("problem", Json),  # why the region did not take it: it waits for a person
)  # fmt: skip

bundle_item = Table(
    "bundle_item", metadata, own_id(), Column("region_id", Text, nullable=False),
    Column("epoch", Integer, nullable=False), Column("seq", Integer, nullable=False), words("kind"),
    Column("trainee_id", ForeignKey("trainee.id", ondelete="SET NULL")), words("ref"),
    Column("version", Integer, nullable=False, server_default="0"), words("consent_uid"),
    Column("valid_to", Date), Column("fields", Json), words("digest"), words("outcome"),
    Index("ix_bundle_item_seq", "region_id", "epoch", "seq"),
    Index("ix_bundle_item_trainee_id", "trainee_id", "region_id", "epoch", "seq"),
    Index("ix_bundle_item_ref", "ref"),
)  # fmt: skip

receipt = Table(
    "receipt", metadata, own_id(), Column("region_id", Text, nullable=False),
    Column("number", Integer, nullable=False), Column("sha256", Text, nullable=False, unique=True),
    Column("content", LargeBinary, nullable=False), Column("at", Moment, nullable=False), words("way"),
)  # fmt: skip

line = Table(
    "line", metadata, Column("region_id", Text, primary_key=True), words("address"),
    Column("paused", Boolean, nullable=False, server_default="0"),
    Column("metered", Boolean, nullable=False, server_default="0"),  # may send where it costs
    Column("stopped", Boolean, nullable=False, server_default="0"), Column("problem", Json),
    Column("tried", Moment), Column("online", Moment), words("key_told"),  # kid of ours that it knows
)  # fmt: skip
