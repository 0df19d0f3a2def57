"""Words of letters: their kind, how they stand."""

from coachdesk.clock import HELSINKI
from coachdesk.domain.codes import codes
from coachdesk.domain.letter_sheets import LetterLine
from coachdesk.domain.region_letters import ASIDE, NEW
from coachdesk.i18n import N_, _, current
from coachdesk.ui.day_edit import upper

STATES = {
    "ready": N_("Answered, waits to leave"),
    "waiting": N_("Answered, waits to leave"),
    "handed": N_("Answer sent, not acknowledged"),
    "delivered": N_("The region has the answer"),
    "turned_away": N_("The region refused the answer"),
}
CHIPS = {"ready": "info", "waiting": "info", "handed": "info", "delivered": "ok", "turned_away": "danger"}


def kind(key: str) -> str:
    """The name of a kind, as a line begins."""
    return upper(codes("letter_kinds").name(key, current().language))


def state(line: LetterLine) -> tuple[str, str]:
    """How a letter stands, and the kind of chip that says so."""
    if line.answer_state:
        return _(STATES[line.answer_state]), CHIPS[line.answer_state]
    if line.state == ASIDE:
        return _("Not known to this version"), "warn"
    if line.reply_by is not None:
        return current().fill(N_("Answer by {day}"), day=current().short_day(line.reply_by)), "warn"
    return (_("New"), "info") if line.state == NEW else (_("Not answered"), "neutral")


def came(line: LetterLine) -> str:
    """When it came, and from whom."""
    day = current().short_day(line.received.astimezone(HELSINKI).date())
    if not line.sender:
        return current().fill(N_("Came {day}"), day=day)
    return current().fill(N_("Came {day} · {sender}"), day=day, sender=line.sender)


def about(line: LetterLine) -> str:
    """About whom, when it came, from whom."""
    if not line.name:
        return came(line)
    return current().fill(N_("{name} · {came}"), name=line.name, came=came(line))


def day(line: LetterLine) -> str:
    """The day on which it came."""
    return current().day(line.received.astimezone(HELSINKI).date())


def heading(line: LetterLine) -> str:
    """What kind of letter, about whom."""
    if not line.name:
        return kind(line.kind)
    return current().fill(N_("{kind} – {name}"), kind=kind(line.kind), name=line.name)
