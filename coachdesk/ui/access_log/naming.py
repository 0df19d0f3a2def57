"""How a value that an act changed is called: by the copy of all data where it stands there, else here."""

from coachdesk.domain.consent import SCOPES
from coachdesk.domain.dossier import FACTS, PARTS
from coachdesk.domain.handover import STATES
from coachdesk.domain.permissions import COACH, LEAD
from coachdesk.domain.plan import STATE_NAMES
from coachdesk.i18n import N_, _, current

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
    "responsible_coach_id": N_("Responsible coach"),
    "kind": N_("Kind"),
    "minutes": N_("Minutes"),
    "certificate_seen": N_("Certificate seen"),
    "word": N_("Tasks or a word"),
    "text": N_("Text"),
    "at": N_("Time"),
    "place": N_("Place"),
    "bring": N_("Bring with you"),
    "follow_up": N_("Follow-up"),
    "followed_up": N_("Follow-up done"),
    "outcome": N_("Outcome"),
    "begins": N_("First day"),
    "ends": N_("Last day"),
    "ended": N_("Ended"),
    "end_reason": N_("Why the period ended"),
    "purchaser": N_("Who buys the service"),
    "purchaser_name": N_("Name of who buys it"),
    "decision_number": N_("Decision number"),
    "decided_by": N_("Who decided"),
    "decided_on": N_("Decided on"),
    "granted_days": N_("Granted days"),
    "granted_to": N_("Granted to"),
    "used_before": N_("Used before"),
    "voucher_number": N_("Voucher number"),
    "voucher_expires": N_("Voucher valid to"),
    "agreed": N_("Weekdays and hours"),
    "days": N_("Days"),
    "date_known": N_("Date known"),
    "benefit": N_("Benefit"),
    "payer": N_("Payer"),
    "payer_name": N_("Name of the payer"),
    "recipient": N_("To whom"),
    "number": N_("Number"),
    "scopes": N_("What it covers"),
    "purpose": N_("Purpose"),
    "given": N_("Given"),
    "answered_by": N_("Who answered"),
    "allowed": N_("Allowed"),
    "paused": N_("Paused"),
    "people": N_("People"),
    "language": N_("Language"),
    "witness": N_("Witness"),
    "removed": N_("Removed"),
    "given_how": N_("How it was given"),
    "explained_language": N_("Explained in"),
    "explained_by": N_("Explained by"),
    "valid_to": N_("Valid to"),
    "withdrawn": N_("Withdrawn"),
    "review": N_("Review"),
    "due": N_("By when"),
    "done": N_("Done"),
    "phase": N_("Phase"),
    "opened": N_("Opened"),
    "closed": N_("Closed"),
    "score": N_("Result"),
    "state": N_("State"),
    "title": N_("Title"),
    "about": N_("What paper"),
    "name": N_("Name"),
    "name_fi": N_("Name in Finnish"),
    "name_sv": N_("Name in Swedish"),
    "organisation": N_("Organisation"),
    "fi": N_("In Finnish"),
    "sv": N_("In Swedish"),
    "plain": N_("In plain language"),
    "plan_items": N_("Items of a plan"),
    "note_kinds": N_("Kinds of note"),
    "phases": N_("Phases"),
    "hidden": N_("Hidden"),
    "role": N_("Role"),
    "fields": N_("What"),
    "items": N_("Rows"),
    "region": N_("Region"),
    "coach": N_("Coach"),
    "workshop": N_("Workshop"),
    "folder": N_("Folder"),
    "fingerprint": N_("Fingerprint"),
    "address": N_("Address"),
    "from": N_("From whom"),
    "to": N_("To whom"),
    "result": N_("Result"),
    "words": N_("In words"),
    "day": N_("Day"),
    "places": N_("Groups"),
    "lines": N_("Lines of the log"),
    "rows": N_("Rows"),
    "up_to": N_("Up to line"),
    "last": N_("Last time"),
    "earlier": N_("Earlier tries"),
}
TECHNICAL = frozenset(  # numbers that only the store knows, and sums over what is shown anyway
    {
        "id",
        "trainee_id",
        "period_id",
        "note_id",
        "batch_id",
        "coach_id",
        "workshop_id",
        "replaces_id",
        "uid",
        "key",
        "file",
        "digest",
        "check_code",
        "deleted",
        "epoch",
        "size",
    }
)
_TOLD = {one.name: one for one in (*(one for part in reversed(PARTS) for one in part.columns), *FACTS)}
_SEVERAL = {  # one name, several lists: the first that has the code
    "kind": ("attendance_kinds", "note_kinds", "appointment_kinds", "plan_kinds", "request_kinds"),
    "outcome": ("outcomes", "appointment_outcomes", "request_outcomes"),
    "purchaser": ("bodies",),
    "reason": ("absence_reasons",),
    "explained_language": ("languages",),
    "plan_items": ("plan_items",),
    "note_kinds": ("note_kinds",),
}
CODED = {name: (one.codes,) for name, one in _TOLD.items() if one.codes} | _SEVERAL


_SAID = {
    "state": {**STATE_NAMES, **STATES, "made": N_("Made"), "sent": N_("Sent")},
    "result": STATES,
    "role": {LEAD: N_("lead coach"), COACH: N_("coach")},
    "scopes": {key: scope.title for key, scope in SCOPES.items()},
}


def said(name: str, key: str) -> str:
    """The words of a value that stands in no list of codes; empty where it has none."""
    return _(found) if (found := _SAID.get(name, {}).get(key)) else ""


def title(name: str) -> str:
    """A value's name in the screen's language."""
    if name in NAMES:
        return _(NAMES[name])
    if name in _TOLD:
        return _(_TOLD[name].title)
    return current().fill(N_("Other ({name})"), name=name)
