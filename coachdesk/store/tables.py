"""The tables of the desk; a column has the name of the field it keeps.

Days are ISO text, moments ISO text in UTC, lists JSON.  ``WITHOUT ROWID`` where the key is the order
that the screen reads.
"""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Time,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept as ISO 8601 text in UTC to the microsecond."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """To UTC; a moment without a zone is a mistake of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """An aware moment in UTC."""
        return None if value is None else datetime.fromisoformat(value)


class Json(TypeDecorator[Any]):
    """A list or table as JSON text; lists come back as tuples."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """To compact JSON with sorted keys."""
        if value is None:
            return None
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """From JSON."""
        found = None if value is None else json.loads(value)
        return tuple(found) if isinstance(found, list) else found


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _words(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _trainee() -> Column[int]:
    return Column("trainee_id", ForeignKey("trainee.id", ondelete="CASCADE"), nullable=False)


def _batch() -> Column[int]:
    return Column("batch_id", ForeignKey("import_batch.id"))


meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

workshop = Table(
    "workshop", metadata, _id(), _words("name_fi"), _words("name_sv"), _words("organisation"),
    _words("street_address"), _words("postal_code"), _words("post_office"), _words("phone"), _words("email"),
)  # fmt: skip

workshop_group = Table(
    "workshop_group", metadata, _id(),
    Column("workshop_id", ForeignKey("workshop.id"), nullable=False), _words("name"),
)  # fmt: skip

coach = Table(
    "coach", metadata, _id(), _words("name"), _words("title"), _words("phone"), _words("email"),
    Column("language", Text, nullable=False, server_default="fi"),
    Column("role", Text, nullable=False, server_default="coach"),
    Column("added", Moment), Column("removed", Moment),
)  # fmt: skip

import_batch = Table(
    "import_batch", metadata, _id(), Column("at", Moment, nullable=False), _words("file_name"),
    _words("kind"), Column("rows", Integer, nullable=False, server_default="0"), Column("undone", Moment),
    Column("touched", Json), Column("coach_id", ForeignKey("coach.id")),
)  # fmt: skip

trainee = Table(
    "trainee", metadata, _id(), _words("family_name"), _words("given_names"), _words("former_names"),
    _words("personal_identity_code"), Column("birth_date", Date), _words("phone"), _words("email"),
    _words("street_address"), _words("postal_code"), _words("post_office"),
    Column("non_disclosure", Boolean, nullable=False, server_default="0"),
    _words("municipality"), _words("mother_tongue"), _words("service_language"),
    _words("interpreter_language"), _words("language_level"), _words("reached_how"), _words("devices"),
    Column("responsible_coach_id", ForeignKey("coach.id")), _words("referred_by"),
    _words("referred_by_whom"), Column("first_contact", Date), _words("goal"), _words("support_needed"),
    _words("other_system_id"), _batch(),
    # found and sorted by these two, made by coachdesk.domain.letters
    _words("name_fold"), _words("name_sort"),
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
    _words("reason"), Column("valid_from", Date, nullable=False), Column("valid_to", Date, nullable=False),
)  # fmt: skip

trainee_key = Table(
    "trainee_key", metadata,
    Column("trainee_id", Integer, primary_key=True),  # outlives the row until it is destroyed
    Column("key", LargeBinary, nullable=False),
)  # fmt: skip

benefit = Table(
    "benefit", metadata, _id(), _trainee(), _words("benefit"), _words("payer"), _words("payer_name"),
    Column("begins", Date, nullable=False), Column("ends", Date),
    Index("ix_benefit_trainee_id", "trainee_id"),
)  # fmt: skip

own_view = Table(
    "own_view", metadata, _id(), _trainee(), _words("subject"),
    Column("disagrees", Boolean, nullable=False, server_default="0"), _words("text"),
    Column("on_day", Date, nullable=False), Index("ix_own_view_trainee_id", "trainee_id"),
)  # fmt: skip

feedback = Table(
    "feedback", metadata, _id(), _trainee(), Column("grade", Integer, nullable=False),
    Column("on_day", Date), _batch(), Index("ix_feedback_trainee_id", "trainee_id"),
    Index("ix_feedback_batch_id", "batch_id"), CheckConstraint("grade BETWEEN 4 AND 10", "grade"),
)  # fmt: skip

self_assessment = Table(
    "self_assessment", metadata, _id(), _trainee(), _words("instrument"),
    Column("area", Integer, nullable=False), Column("score", Integer, nullable=False),
    Column("on_day", Date, nullable=False), _words("language"), _words("filled_how"),
    Index("ix_self_assessment_trainee_id", "trainee_id"),
    UniqueConstraint("trainee_id", "instrument", "on_day", "area"),
)  # fmt: skip

period = Table(
    "period", metadata, _id(), _trainee(), Column("workshop_id", ForeignKey("workshop.id"), nullable=False),
    _words("service_kind"), _words("controller"), _words("controller_name"), _words("purchaser"),
    _words("purchaser_name"), _words("ground"), _words("decision_number"), _words("decided_by"),
    Column("decided_on", Date), Column("granted_days", Integer), Column("granted_to", Date),
    Column("used_before", Integer, nullable=False, server_default="0"), _words("voucher_number"),
    Column("voucher_expires", Date), Column("begins", Date, nullable=False), Column("ends", Date),
    Column("ended", Date), _words("end_reason"), _batch(),
    Index("ix_period_trainee_id", "trainee_id"),
    Index("ix_period_workshop_id_begins", "workshop_id", "begins"),
    Index("ix_period_batch_id", "batch_id"),
    # the periods that run in a month: few of many
    Index("ix_period_last", text("coalesce(ended, ends, '9999-12-31')"), "begins"),
)  # fmt: skip

agreed_day = Table(
    "agreed_day", metadata, _id(),
    Column("period_id", ForeignKey("period.id", ondelete="CASCADE"), nullable=False),
    Column("weekday", Integer, nullable=False), Column("starts_at", Time, nullable=False),
    Column("minutes", Integer, nullable=False), Column("valid_from", Date, nullable=False),
    Column("valid_to", Date), Index("ix_agreed_day_period_id", "period_id"),
)  # fmt: skip

membership = Table(
    "membership", metadata, _id(),
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
    _words("reason"), Column("certificate_seen", Boolean, nullable=False, server_default="0"), _words("word"),
    Index("ix_attended_day_trainee_id_day", "trainee_id", "day", "kind"),
    Index("ix_attended_day_day_kind", "day", "kind"),
    sqlite_with_rowid=False,
)  # fmt: skip

day_not_held = Table(
    "day_not_held", metadata, _id(), Column("workshop_id", ForeignKey("workshop.id"), nullable=False),
    Column("group_id", ForeignKey("workshop_group.id")), Column("day", Date, nullable=False),
    _words("reason"),
    Index("ix_day_not_held_day", "day"),
)  # fmt: skip

absence_report = Table(
    "absence_report", metadata, _id(), _trainee(), _words("payer"), Column("begins", Date, nullable=False),
    Column("ends", Date, nullable=False), _words("state"), Column("at", Moment, nullable=False),
    UniqueConstraint("trainee_id", "payer", "begins"),
)  # fmt: skip

opening = Table(
    "opening", metadata, _id(), _trainee(), Column("phase", Integer, nullable=False),
    Column("opened", Date, nullable=False), Column("closed", Date),
    Column("date_known", Boolean, nullable=False, server_default="1"), _words("reason"), _batch(),
    Index("ix_opening_trainee_id", "trainee_id", "phase", "opened"), Index("ix_opening_batch_id", "batch_id"),
    CheckConstraint("phase BETWEEN 1 AND 5", "phase"),
)  # fmt: skip

phase_norm = Table(
    "phase_norm", metadata, _id(), Column("phase", Integer, nullable=False), Column("days", Integer),
    Column("valid_from", Date, nullable=False),
)  # fmt: skip

next_step = Table(
    "next_step", metadata, _id(), _trainee(), _words("text"), Column("due", Date), Column("done", Date),
    Index("ix_next_step_trainee_id", "trainee_id"), Index("ix_next_step_due", "due"),
)  # fmt: skip

coaching = Table(
    "coaching", metadata, _id(), _trainee(), Column("begins", Date, nullable=False), Column("ends", Date),
    _words("outcome"), _batch(), Index("ix_coaching_trainee_id", "trainee_id"),
    Index("ix_coaching_batch_id", "batch_id"),
)  # fmt: skip

note = Table(
    "note", metadata, _id(), _trainee(), Column("at", Moment, nullable=False), Column("minutes", Integer),
    _words("kind"), _words("place"), _words("text"), Column("follow_up", Date), Column("followed_up", Date),
    Column("coach_id", ForeignKey("coach.id")),
    Column("deleted", Boolean, nullable=False, server_default="0"),
    _batch(),
    Index("ix_note_trainee_id_at", "trainee_id", "at"),
    Index("ix_note_follow_up", "follow_up", "trainee_id", sqlite_where=text("follow_up IS NOT NULL")),
    Index("ix_note_batch_id", "batch_id"),
)  # fmt: skip

recorded_elsewhere = Table(
    "recorded_elsewhere", metadata, _id(),
    Column("note_id", ForeignKey("note.id", ondelete="CASCADE"), nullable=False), _words("system"),
    Column("on_day", Date, nullable=False), _words("by_whom"),
    Index("ix_recorded_elsewhere_note_id", "note_id"),
)  # fmt: skip

draft = Table(
    "draft", metadata, Column("coach_id", Integer, primary_key=True, autoincrement=False),
    Column("form", Text, primary_key=True), Column("subject", Text, primary_key=True), _words("text"),
    Column("caret", Integer, nullable=False, server_default="0"), Column("at", Moment, nullable=False),
)  # fmt: skip

appointment = Table(
    "appointment", metadata, _id(), _trainee(), Column("at", Moment, nullable=False),
    Column("minutes", Integer, nullable=False, server_default="60"), _words("kind"), _words("place"),
    _words("where"), _words("with_whom"), _words("bring"), _words("outcome"),
    Column("coach_id", ForeignKey("coach.id")),
    Index("ix_appointment_at", "at"), Index("ix_appointment_trainee_id", "trainee_id"),
)  # fmt: skip

information_given = Table(
    "information_given", metadata, _id(), _trainee(), _words("text_version"), _words("language"),
    Column("given", Date, nullable=False), _words("given_by"),
    Index("ix_information_given_trainee_id", "trainee_id"),
)  # fmt: skip

consent = Table(
    "consent", metadata, _id(), _trainee(), Column("uid", Text, nullable=False, unique=True),
    _words("number"),
    _words("recipient"), Column("scopes", Json, nullable=False), _words("purpose"), _words("ground"),
    _words("given_how"), _words("witness"), Column("given", Date, nullable=False),
    Column("valid_to", Date, nullable=False), Column("withdrawn", Moment),
    Column("replaces_id", ForeignKey("consent.id")), _words("explained_language"), _words("explained_by"),
    Index("ix_consent_trainee_id", "trainee_id"), Index("ix_consent_valid_to", "valid_to"),
    Index("ix_consent_replaces_id", "replaces_id"), Index("ix_consent_recipient", "recipient", "trainee_id"),
)  # fmt: skip

permission = Table(
    "permission", metadata, _id(), _trainee(), _words("to_whom"), _words("covers"), _words("ground"),
    Column("given", Date, nullable=False), Column("valid_to", Date), Column("withdrawn", Moment),
    Index("ix_permission_trainee_id", "trainee_id"),
)  # fmt: skip

prohibition = Table(
    "prohibition", metadata, _id(), _trainee(), _words("recipient"), _words("covers"),
    Column("given", Date, nullable=False), Column("lifted", Moment),
    Index("ix_prohibition_trainee_id", "trainee_id"),
)  # fmt: skip

plan = Table(
    "plan", metadata, _id(), _trainee(), _words("kind"),
    Column("ours", Boolean, nullable=False, server_default="1"), _words("number"), _words("maker"),
    Column("made", Date), Column("valid_from", Date), Column("valid_to", Date), Column("review", Date),
    Column("permission", Boolean, nullable=False, server_default="0"), Column("permission_given", Date),
    Column("replaces_id", ForeignKey("plan.id")), _words("replaces_kind"), _words("our_goals"), _batch(),
    Index("ix_plan_trainee_id", "trainee_id"), Index("ix_plan_batch_id", "batch_id"),
    Index("ix_plan_number", "number", unique=True, sqlite_where=text("number <> ''")),
)  # fmt: skip

plan_version = Table(
    "plan_version", metadata, _id(),
    Column("plan_id", ForeignKey("plan.id", ondelete="CASCADE"), nullable=False),
    Column("version", Integer, nullable=False), _words("state"), _words("language"),
    Column("items", Json, nullable=False), Column("participants", Json, nullable=False),
    _words("support_person"), _words("explained_language"), _words("explained_by"),
    Column("signatures", Json, nullable=False), Column("begun", Moment, nullable=False),
    Column("finished", Moment), Column("printed", Moment), Column("signed", Date), _words("check_code"),
    UniqueConstraint("plan_id", "version"),
)  # fmt: skip

device = Table(
    "device", metadata, Column("id", Text, primary_key=True), Column("public", Json, nullable=False),
    Column("wrapped", LargeBinary, nullable=False),  # the private key, sealed under the desk's device key
    Column("made", Moment, nullable=False),
    Column("enc_public", Json), Column("enc_wrapped", LargeBinary),  # for letters to this desk
)  # fmt: skip

region = Table(
    "region", metadata, Column("id", Text, primary_key=True), _words("recipient"), _words("name_fi"),
    _words("name_sv"), Column("keys", Json, nullable=False), Column("enrolled", Moment, nullable=False),
    Column("epoch", Integer, nullable=False, server_default="1"),
    Column("receipt_number", Integer, nullable=False, server_default="0"), Column("receipt_at", Moment),
    Column("missing", Json), UniqueConstraint("recipient"),
)  # fmt: skip

reference = Table(
    "reference", metadata,
    Column("trainee_id", ForeignKey("trainee.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("recipient", Text, primary_key=True), Column("ref", Text, nullable=False, unique=True),
)  # fmt: skip

acceptance = Table(
    "acceptance", metadata, _id(), _trainee(), _words("recipient"), _words("digest"),
    Column("scopes", Json, nullable=False), _words("words_digest"), Column("at", Moment, nullable=False),
    Column("coach_id", Integer), Index("ix_acceptance_trainee_id", "trainee_id", "recipient"),
)  # fmt: skip

bundle = Table(
    "bundle", metadata, Column("region_id", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False), _words("sha256"), _words("prev"),
    Column("sealed", LargeBinary), _words("state"), Column("made", Moment, nullable=False),
    Column("handed", Moment), Column("receipt_at", Moment), Index("ix_bundle_state", "region_id", "state"),
    Index("ix_bundle_sha256", "sha256"),
    _words("ways"),  # "net", "file" or "both"
    Column("receipt_id", Integer),  # the receipt that named it first
    Column("problem", Json),  # why the region did not take it: it waits for a person
)  # fmt: skip

bundle_item = Table(
    "bundle_item", metadata, _id(), Column("region_id", Text, nullable=False),
    Column("epoch", Integer, nullable=False), Column("seq", Integer, nullable=False), _words("kind"),
    Column("trainee_id", ForeignKey("trainee.id", ondelete="SET NULL")), _words("ref"),
    Column("version", Integer, nullable=False, server_default="0"), _words("consent_uid"),
    Column("valid_to", Date), Column("fields", Json), _words("digest"), _words("outcome"),
    Index("ix_bundle_item_seq", "region_id", "epoch", "seq"),
    Index("ix_bundle_item_trainee_id", "trainee_id", "region_id", "epoch", "seq"),
    Index("ix_bundle_item_ref", "ref"),
)  # fmt: skip

receipt = Table(
    "receipt", metadata, _id(), Column("region_id", Text, nullable=False),
    Column("number", Integer, nullable=False), Column("sha256", Text, nullable=False, unique=True),
    Column("content", LargeBinary, nullable=False), Column("at", Moment, nullable=False), _words("way"),
)  # fmt: skip

line = Table(
    "line", metadata, Column("region_id", Text, primary_key=True), _words("address"),
    Column("paused", Boolean, nullable=False, server_default="0"),
    Column("metered", Boolean, nullable=False, server_default="0"),  # may send where it costs
    Column("stopped", Boolean, nullable=False, server_default="0"), Column("problem", Json),
    Column("tried", Moment), Column("online", Moment), _words("key_told"),  # kid of ours that it knows
)  # fmt: skip

region_letter = Table(
    "region_letter", metadata, _id(), Column("region_id", Text, nullable=False),
    Column("uid", Text, nullable=False), _words("kind"), _words("ref"),
    Column("content", Json, nullable=False),
    Column("received", Moment, nullable=False), _words("state"),
    Column("trainee_id", ForeignKey("trainee.id", ondelete="CASCADE")), Column("taken_over", Moment),
    UniqueConstraint("region_id", "uid"), Index("ix_region_letter_trainee_id", "trainee_id"),
    Index("ix_region_letter_state", "state"),
)  # fmt: skip

letter_answer = Table(
    "letter_answer", metadata, _id(),
    Column("letter_id", ForeignKey("region_letter.id", ondelete="CASCADE"), nullable=False),
    Column("uid", Text, nullable=False, unique=True), _words("outcome"), _words("reason"), _words("words"),
    Column("start", Date), _words("ground"), Column("written", Date, nullable=False),
    Column("accepted", Moment, nullable=False), Column("coach_id", Integer),
    Index("ix_letter_answer_letter_id", "letter_id"),
)  # fmt: skip

letter_bundle = Table(
    "letter_bundle", metadata, Column("region_id", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("sha256", Text, primary_key=True), _words("prev"), _words("result"),
    Column("received", Moment, nullable=False),
)  # fmt: skip

service_card = Table(
    "service_card", metadata, Column("workshop_id", ForeignKey("workshop.id"), primary_key=True),
    Column("uid", Text, nullable=False, unique=True), Column("languages", Json, nullable=False),
    Column("days", Json, nullable=False), _words("about_fi"), _words("about_sv"), _words("contact"),
    _words("municipality"), Column("counted", Date),
    Column("told", Boolean, nullable=False, server_default="0"),
)  # fmt: skip

free_places = Table(
    "free_places", metadata, _id(), Column("workshop_id", ForeignKey("workshop.id"), nullable=False),
    _words("service_kind"), Column("free", Integer, nullable=False, server_default="0"),
    Column("queue", Integer), Column("next_start", Date), UniqueConstraint("workshop_id", "service_kind"),
)  # fmt: skip

aggregate = Table(
    "aggregate", metadata, _id(), Column("region_id", Text, nullable=False),
    Column("workshop_id", ForeignKey("workshop.id"), nullable=False), Column("quarter", Text, nullable=False),
    Column("uid", Text, nullable=False, unique=True), Column("item", Json, nullable=False),
    Column("accepted", Moment, nullable=False), Column("coach_id", Integer),
    UniqueConstraint("region_id", "workshop_id", "quarter"),
)  # fmt: skip

attachment = Table(
    "attachment", metadata, _id(), _trainee(), Column("file", Text, nullable=False, unique=True),
    Column("key", LargeBinary, nullable=False),  # of the one file; gone with the row
    _words("kind"), _words("title"), _words("about"), _words("original_at"),
    Column("size", Integer, nullable=False), Column("pages", Integer, nullable=False, server_default="1"),
    _words("digest"), Column("added", Moment, nullable=False), Column("coach_id", ForeignKey("coach.id")),
    Column("deleted", Boolean, nullable=False, server_default="0"),
    Index("ix_attachment_trainee_id", "trainee_id"),
)  # fmt: skip

removed = Table(
    "removed", metadata, _id(), _trainee(), _words("subject"), Column("at", Moment, nullable=False),
    Column("coach_id", Integer), Column("rows", Json, nullable=False),
    Index("ix_removed_trainee_id", "trainee_id"), Index("ix_removed_at", "at"),
)  # fmt: skip

rights_request = Table(
    "rights_request", metadata, _id(), _trainee(), _words("kind"), Column("asked", Date, nullable=False),
    _words("what"), _words("outcome"), _words("answer"), Column("answered", Date), _words("answered_by"),
    Column("lifted", Date), Index("ix_rights_request_trainee_id", "trainee_id"),
)  # fmt: skip

joined = Table(
    "joined", metadata, _id(), _trainee(),
    Column("gone_id", Integer, nullable=False),  # the number that the other record had, and gets again
    Column("at", Moment, nullable=False), Column("coach_id", Integer), Column("parted", Moment),
    Column("gone", Json, nullable=False), Column("moved", Json, nullable=False),
    Column("aside", Json, nullable=False), Column("changed", Json, nullable=False),
    Index("ix_joined_trainee_id", "trainee_id"),
)  # fmt: skip

known_desk = Table(
    "known_desk", metadata, Column("id", Text, primary_key=True), _words("name_fi"), _words("name_sv"),
    Column("keys", Json, nullable=False), Column("taken", Moment, nullable=False),
)  # fmt: skip

handover = Table(
    "handover", metadata, _id(), _trainee(), Column("uid", Text, nullable=False, unique=True),
    _words("way"), _words("desk_id"), _words("desk_name"), _words("ground"), _words("file"),
    _words("state"), _words("reason"), _words("words"), Column("at", Moment, nullable=False),
    Column("coach_id", Integer), Column("answered", Moment), Column("rows", Json, nullable=False),
    Index("ix_handover_trainee_id", "trainee_id"),
)  # fmt: skip

handover_answer = Table(  # outlives the person: what was answered once is not taken in again
    "handover_answer", metadata, Column("uid", Text, primary_key=True), _words("desk_id"), _words("result"),
    Column("at", Moment, nullable=False), Column("content", LargeBinary, nullable=False),
)  # fmt: skip

archived = Table(
    "archived", metadata, _id(), _trainee(), Column("at", Moment, nullable=False),
    Column("coach_id", Integer), UniqueConstraint("trainee_id"),
)  # fmt: skip

log = Table(
    "log", metadata, Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False), Column("coach_id", Integer), Column("act", Text, nullable=False),
    _words("subject"), Column("trainee_id", Integer), _words("why"), Column("detail", LargeBinary),
    Column("mac", LargeBinary, nullable=False), Index("ix_log_trainee_id", "trainee_id", "seq"),
)  # fmt: skip

log_key = Table(
    "log_key", metadata,
    Column("last_seq", Integer, primary_key=True, autoincrement=False),  # the last line chained under it
    Column("key", LargeBinary, nullable=False),
)  # fmt: skip
