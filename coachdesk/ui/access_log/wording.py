"""What a line of the log says: its columns, and each value before and after."""

from datetime import date, datetime
from typing import Any

from coachdesk.domain.acts import KIND_NAMES
from coachdesk.domain.codes import codes
from coachdesk.i18n import N_, _, current
from coachdesk.services.access_log import Change, LogRow
from coachdesk.ui.columns import column

NAMES = {
    "family_name": N_("Family name"),
    "given_names": N_("Given names"),
    "former_names": N_("Former names"),
    "personal_identity_code": N_("Identity code"),
    "birth_date": N_("Birth date"),
    "phone": N_("Phone"),
    "email": N_("E-mail"),
    "street_address": N_("Street address"),
    "postal_code": N_("Postal code"),
    "post_office": N_("Post office"),
    "non_disclosure": N_("Non-disclosure for safety"),
    "municipality": N_("Home municipality"),
    "mother_tongue": N_("Mother tongue"),
    "service_language": N_("Language of service"),
    "interpreter_language": N_("Interpreter"),
    "reached_how": N_("How to reach"),
    "devices": N_("With what devices"),
    "first_contact": N_("First contact"),
    "goal": N_("Goal"),
    "support_needed": N_("Support needed at work"),
    "kind": N_("Kind"),
    "minutes": N_("Minutes"),
    "certificate_seen": N_("Certificate seen"),
    "word": N_("Tasks or a word"),
    "text": N_("Text"),
    "at": N_("Time"),
    "place": N_("Place"),
    "follow_up": N_("Follow-up"),
    "outcome": N_("Outcome"),
    "begins": N_("First day"),
    "ends": N_("Last day"),
    "ended": N_("Ended"),
    "end_reason": N_("Why the period ended"),
    "benefit": N_("Benefit"),
    "payer": N_("Payer"),
    "payer_name": N_("Name of the payer"),
    "recipient": N_("To whom"),
    "number": N_("Number"),
    "scopes": N_("What it covers"),
    "given": N_("Given"),
    "valid_to": N_("Valid to"),
    "withdrawn": N_("Withdrawn"),
    "due": N_("By when"),
    "done": N_("Done"),
    "phase": N_("Phase"),
    "opened": N_("Opened"),
    "closed": N_("Closed"),
    "score": N_("Result"),
    "state": N_("State"),
    "title": N_("Title"),
    "name": N_("Name"),
    "fields": N_("What"),
    "items": N_("Rows"),
    "region": N_("Region"),
}
_CODED = {
    "kind": ("attendance_kinds", "note_kinds", "appointment_kinds", "plan_kinds"),
    "place": ("places",),
    "municipality": ("municipalities",),
    "mother_tongue": ("languages",),
    "service_language": ("languages",),
    "interpreter_language": ("languages",),
    "benefit": ("benefits",),
    "payer": ("payers",),
    "recipient": ("bodies",),
    "outcome": ("outcomes", "appointment_outcomes"),
    "end_reason": ("end_reasons",),
}
HIDDEN = ("personal_identity_code",)  # asked for by its own act, which is logged


def moment(row: LogRow) -> str:
    """When, to the minute."""
    return current().moment(row.at)


def act(row: LogRow) -> str:
    """What was done, and why where it was told."""
    return _(row.act.words)


def kind(row: LogRow) -> str:
    """What it is for the person."""
    return _(KIND_NAMES[row.act.kind])


def why(row: LogRow) -> str:
    """The reason or the ground."""
    return _(row.line.why) if row.line.why else ""


def whole(row: LogRow) -> str:
    """What was done, by whom, to whom and why: also where there is no room for those columns."""
    return "\n".join(filter(None, (act(row), row.coach, row.trainee, why(row))))


AT = column(N_("When"), moment, width=184)
WHO = column(N_("Who"), lambda row: row.coach or "–", width=150)
WHOSE = column(N_("Trainee"), lambda row: row.trainee, width=170)
WHAT = column(N_("What was done"), act, tip=whole, width=0, bold=True)
KIND = column(N_("Kind"), kind, width=110)
WHY = column(N_("Why"), why, tip=why, width=160)


def changed(one: Change) -> str:
    """One value as "name: before → after"; a value that is asked for by itself stays hidden."""
    name = _(NAMES[one.name]) if one.name in NAMES else one.name.replace("_", " ")
    if one.hidden or one.name in HIDDEN:
        return current().fill(N_("{name}: hidden"), name=name)
    before, after = value(one.name, one.before), value(one.name, one.after)
    if one.before is None:
        return current().fill(N_("{name}: {value}"), name=name, value=after)
    return current().fill(N_("{name}: {before} → {after}"), name=name, before=before, after=after)


def value(name: str, found: Any) -> str:
    """A value as a reader writes it."""
    match found:
        case None | "" | [] | {}:
            return "–"
        case bool():
            return _("yes") if found else _("no")
        case str():
            return _code(name, found) or _dated(found) or found
        case list():
            return ", ".join(value(name, one) for one in found)
        case dict():
            return ", ".join(f"{key}: {value(key, one)}" for key, one in found.items())
    return current().text(found)


def _code(name: str, key: str) -> str:
    for title in _CODED.get(name, ()):
        if key in codes(title):
            return codes(title)[key].name(current().language)
    return ""


def _dated(text: str) -> str:
    try:
        return current().day(date.fromisoformat(text))
    except ValueError:
        pass
    try:
        return current().moment(datetime.fromisoformat(text)) if "T" in text else ""
    except ValueError:
        return ""
