"""The copy of everything that is held about one trainee: which tables a reader sees, and in which words.

Source: GDPR, article 15(3): a copy of the personal data, in a common form, in words the person knows.
"""

from dataclasses import dataclass
from datetime import date

from coachdesk.domain.papers import Sender
from coachdesk.i18n import N_


@dataclass(frozen=True, slots=True)
class Told:
    """One column for a reader: its name in the store, its title (a message id), its code list."""

    name: str
    title: str
    codes: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One table for a reader: its name in the store, its title, its columns."""

    table: str
    title: str
    columns: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part filled with the words of one person."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPaper:
    """Everything about one trainee, for him or her; ``facts`` are the person's own details."""

    on: date
    workshop: Sender
    trainee: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LostPaper:
    """What must be told when a laptop is lost: whose data, which kinds, how protected, where else it is.

    Source: GDPR, articles 33(3) and 34: the notice to the supervisory authority within 72 hours.
    """

    on: date
    workshop: Sender
    facts: tuple[tuple[str, str], ...]
    kinds: Section
    people: Section


FACTS = (
    Told("family_name", N_("Family name")),
    Told("given_names", N_("Given names")),
    Told("former_names", N_("Former names")),
    Told("personal_identity_code", N_("Personal identity code")),
    Told("birth_date", N_("Birth date")),
    Told("phone", N_("Phone")),
    Told("email", N_("E-mail")),
    Told("street_address", N_("Street address")),
    Told("postal_code", N_("Postal code")),
    Told("post_office", N_("Post office")),
    Told("non_disclosure", N_("Non-disclosure for safety")),
    Told("municipality", N_("Home municipality"), "municipalities"),
    Told("mother_tongue", N_("Mother tongue"), "languages"),
    Told("service_language", N_("Language of service"), "languages"),
    Told("interpreter_language", N_("Interpreter"), "languages"),
    Told("language_level", N_("Level in the language of service")),
    Told("reached_how", N_("How to reach")),
    Told("devices", N_("Devices")),
    Told("referred_by", N_("Referred by"), "referrers"),
    Told("referred_by_whom", N_("Person who referred")),
    Told("first_contact", N_("First contact")),
    Told("goal", N_("Goal")),
    Told("support_needed", N_("Support needed at work")),
    Told("other_system_id", N_("Mark in another system")),
)

PARTS = (
    Part("period", N_("Periods"), (
        Told("begins", N_("Starts")), Told("ends", N_("Agreed last day")), Told("ended", N_("Ended")),
        Told("service_kind", N_("Service"), "service_kinds"),
        Told("controller", N_("On whose behalf"), "bodies"), Told("controller_name", N_("Name")),
        Told("ground", N_("Ground"), "grounds"), Told("decision_number", N_("Decision")),
        Told("end_reason", N_("Why the period ended"), "end_reasons"),
    )),
    Part("agreed_day", N_("Agreed weekdays and hours"), (
        Told("weekday", N_("Day")), Told("starts_at", N_("Clock")), Told("minutes", N_("Minutes")),
        Told("valid_from", N_("From")), Told("valid_to", N_("Last day")),
    )),
    Part("membership", N_("Groups"), (
        Told("group_id", N_("Group")), Told("begins", N_("From")), Told("ends", N_("Last day")),
    )),
    Part("benefit", N_("Benefits"), (
        Told("benefit", N_("Benefit"), "benefits"), Told("payer", N_("Payer"), "payers"),
        Told("payer_name", N_("Name of the payer")), Told("begins", N_("From")), Told("ends", N_("Last day")),
    )),
    Part("opening", N_("Phases"), (
        Told("phase", N_("Phase")), Told("opened", N_("Opened")), Told("closed", N_("Closed")),
        Told("reason", N_("Why")),
    )),
    Part("coaching", N_("Job coaching"), (
        Told("begins", N_("Starts")), Told("ends", N_("Ended")), Told("outcome", N_("Outcome"), "outcomes"),
    )),
    Part("next_step", N_("Next step"), (
        Told("text", N_("Next step")), Told("due", N_("By when")), Told("done", N_("Done")),
    )),
    Part("note", N_("Notes"), (
        Told("at", N_("When")), Told("kind", N_("Kind"), "note_kinds"), Told("place", N_("Place"), "places"),
        Told("minutes", N_("Minutes")), Told("text", N_("Text")), Told("follow_up", N_("Follow-up")),
        Told("deleted", N_("Removed")),
    )),
    Part("recorded_elsewhere", N_("Recorded elsewhere too"), (
        Told("system", N_("System")), Told("on_day", N_("Day")), Told("by_whom", N_("By whom")),
    )),
    Part("own_view", N_("The trainee's own view"), (
        Told("on_day", N_("Day")), Told("disagrees", N_("The trainee disagrees")), Told("text", N_("Text")),
    )),
    Part("appointment", N_("Appointments"), (
        Told("at", N_("When")), Told("kind", N_("Kind"), "appointment_kinds"),
        Told("place", N_("Place"), "places"), Told("where", N_("Where exactly")),
        Told("with_whom", N_("With whom")), Told("outcome", N_("Outcome"), "appointment_outcomes"),
    )),
    Part("attended_day", N_("Attendance"), (
        Told("day", N_("Day")), Told("kind", N_("Mark"), "attendance_kinds"), Told("minutes", N_("Minutes")),
        Told("reason", N_("Reason"), "absence_reasons"), Told("certificate_seen", N_("Certificate seen")),
        Told("word", N_("Tasks or a word")),
    )),
    Part("absence_report", N_("Absence reports"), (
        Told("payer", N_("Payer"), "payers"), Told("begins", N_("First day")), Told("ends", N_("Last day")),
        Told("state", N_("State")), Told("at", N_("When")),
    )),
    Part("plan", N_("Plans"), (
        Told("number", N_("Number")), Told("kind", N_("Kind of plan"), "plan_kinds"),
        Told("maker", N_("Who made it")),
        Told("made", N_("Made")), Told("valid_from", N_("Valid from")), Told("valid_to", N_("Valid to")),
        Told("our_goals", N_("Our goals taken from it")),
    )),
    Part("plan_version", N_("Content of plans"), (
        Told("version", N_("Version")), Told("state", N_("State")),
        Told("items", N_("Content"), "plan_items"),
        Told("participants", N_("Who took part")), Told("signed", N_("Signed")),
    )),
    Part("consent", N_("Consents"), (
        Told("number", N_("Number")), Told("recipient", N_("To whom"), "bodies"),
        Told("scopes", N_("What it covers")), Told("given", N_("Given")), Told("valid_to", N_("Valid to")),
        Told("withdrawn", N_("Withdrawn")),
    )),
    Part("permission", N_("Permissions to disclose"), (
        Told("to_whom", N_("To whom")), Told("covers", N_("What it covers")), Told("given", N_("Given")),
        Told("valid_to", N_("Valid to")), Told("withdrawn", N_("Withdrawn")),
    )),
    Part("prohibition", N_("Prohibitions"), (
        Told("recipient", N_("To whom"), "bodies"), Told("covers", N_("What it covers")),
        Told("given", N_("Given")), Told("lifted", N_("Lifted")),
    )),
    Part("information_given", N_("Information"), (
        Told("text_version", N_("Text")), Told("language", N_("Language"), "languages"),
        Told("given", N_("Given")), Told("given_by", N_("Given by")),
    )),
    Part("self_assessment", N_("Self-assessments"), (
        Told("on_day", N_("Day")), Told("instrument", N_("What"), "self_assessments"),
        Told("area", N_("Part")),
        Told("score", N_("Result")),
    )),
    Part("feedback", N_("Satisfaction"), (Told("on_day", N_("Day")), Told("grade", N_("Grade")))),
    Part("bundle_item", N_("Summaries sent"), (
        Told("kind", N_("Kind")), Told("version", N_("Version")), Told("fields", N_("What was sent")),
        Told("valid_to", N_("Valid to")), Told("outcome", N_("State")),
    )),
    Part("attachment", N_("Attached files"), (
        Told("title", N_("Title of the file")), Told("kind", N_("Kind")), Told("added", N_("Added")),
        Told("pages", N_("Pages")), Told("original_at", N_("Where the original paper lies")),
        Told("deleted", N_("Removed")),
    )),
    Part("removed", N_("Removed in the last 30 days"), (
        Told("at", N_("When")), Told("subject", N_("What")), Told("rows", N_("Content")),
    )),
    Part("rights_request", N_("Requests about own data"), (
        Told("asked", N_("Asked")), Told("kind", N_("Kind"), "request_kinds"), Told("what", N_("What")),
        Told("outcome", N_("Outcome"), "request_outcomes"), Told("answer", N_("Answer")),
        Told("answered", N_("Answered")), Told("lifted", N_("Lifted")),
    )),
    Part("stand_in", N_("Standing in for another coach"), (
        Told("valid_from", N_("From")), Told("valid_to", N_("Last day")), Told("reason", N_("Why")),
    )),
    Part("acceptance", N_("Summaries accepted for sending"), (
        Told("at", N_("When")), Told("recipient", N_("To whom"), "bodies"),
        Told("scopes", N_("What it covers")),
    )),
    Part("region_letter", N_("Letters from the region"), (
        Told("received", N_("When")), Told("kind", N_("Kind"), "letter_kinds"),
        Told("content", N_("Content")), Told("taken_over", N_("Taken over")),
    )),
    Part("letter_answer", N_("Answers to the region"), (
        Told("accepted", N_("When")), Told("outcome", N_("Outcome")),
        Told("reason", N_("Why"), "refusal_reasons"), Told("words", N_("In words")),
        Told("ground", N_("Ground"), "grounds"),
    )),
    Part("handover", N_("Handed over between desks"), (
        Told("at", N_("When")), Told("way", N_("Which way")), Told("desk_name", N_("The other desk")),
        Told("ground", N_("Ground")), Told("state", N_("State")),
    )),
    Part("archived", N_("Archived"), (Told("at", N_("When")),)),
    Part("joined", N_("Records joined into one"), (
        Told("at", N_("When")), Told("gone", N_("The other record as it was")),
        Told("parted", N_("Parted again")),
    )),
    Part("reference", N_("Marks by which a recipient knows the person"), (
        Told("recipient", N_("To whom"), "bodies"), Told("ref", N_("Mark")),
    )),
)  # fmt: skip
