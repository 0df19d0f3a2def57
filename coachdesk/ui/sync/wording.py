"""How sending is told: why an offer waits, how an item stands, what changes; words and picture."""

from dataclasses import dataclass
from datetime import date, datetime

from coachdesk.clock import HELSINKI
from coachdesk.domain.sending import ASKED, FIRST, PUT, WITHDRAW, WORDS, HeldLine, Offer, OutboxLine
from coachdesk.i18n import N_, _, current, ngettext, pgettext, say
from coachdesk.services.line import problem_of
from coachdesk.ui.trainees.wording import near_day, near_moment

BESIDE = {  # what rests on no consent
    "answer": N_("Answer to the region"),
    "service_card": N_("What the workshop offers"),
    "aggregate": N_("Figures without names"),
}
READY = "ready"  # accepted or travelling by itself, not sealed yet


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state as a chip shows it."""

    text: str
    kind: str
    picture: str


def spoken(name: str) -> str:
    """A name with the given names first."""
    family, _comma, given = name.partition(", ")
    return f"{given} {family}".strip()


def why(offer: Offer) -> tuple[str, str]:
    """The small line under a name in the list, and its tone: "", danger or ok."""
    if offer.kind == WITHDRAW:
        return _("consent withdrawn"), "danger"
    if offer.problem is not None:
        return _("cannot leave as it is"), "danger"
    if offer.accepted:
        return _("accepted"), "ok"
    if offer.why == FIRST:
        return _("first summary"), ""
    count = offer.changes
    changes = ngettext("{count} change", "{count} changes", count).format(count=count)
    if offer.why in (WORDS, ASKED):
        return changes, ""
    return current().fill(N_("{changes}, goes by itself"), changes=changes), "ok"


def change_state(change: str) -> State | None:
    """What changes in a row of the preview; None where nothing does."""
    match change:
        case "new":
            return State(text=pgettext("item", "new"), kind="info", picture="plus")
        case "changed":
            return State(text=pgettext("item", "changes"), kind="warn", picture="pencil")
        case "gone":
            return State(text=pgettext("item", "removed"), kind="danger", picture="trash")
    return None


def content(line: OutboxLine) -> str:
    """What an item is."""
    if line.kind == PUT:
        return current().fill(N_("Summary v. {version}"), version=line.version)
    return _(BESIDE.get(line.kind, N_("Withdrawn consent")))


def _waits(line: OutboxLine, today: date) -> str:
    """That it waits, and since when."""
    since = line.since if line.state == READY else line.made
    if since is None:
        return _("Waits, goes first") if line.kind == WITHDRAW else _("Waits to be sent")
    message = N_("Goes first, {since}") if line.kind == WITHDRAW else N_("Waits {since}")
    return current().fill(message, since=since_words(since, today))


def since_words(at: datetime, today: date) -> str:
    """Since which day, near days by their names."""
    day = near_day(at.astimezone(HELSINKI).date(), today)
    return current().fill(N_("since {moment}"), moment=day)


def line_state(line: OutboxLine, today: date) -> State:
    """How an item of the outbox stands; green only by a receipt that is kept."""
    match line.state:
        case "aside":
            return State(text=_("Set aside by the region"), kind="danger", picture="alert-circle")
        case "refused":
            return State(text=_("Refused, goes anew"), kind="danger", picture="alert-circle")
        case "stuck":
            return State(text=_("Not taken by the region"), kind="danger", picture="alert-circle")
        case "ready" | "waiting":
            return State(text=_waits(line, today), kind="warn", picture="clock")
        case "handed" if line.way == "net":
            return State(text=_("Sent, no receipt yet"), kind="info", picture="send")
        case "handed":
            return State(text=_("In an export file, no receipt"), kind="info", picture="usb")
        case "withdrawn_there":
            return State(text=_("Not kept: withdrawn there"), kind="neutral", picture="ban")
        case "late":
            return State(text=_("Not kept: past its last day"), kind="neutral", picture="ban")
        case "superseded":
            return State(text=_("Sent anew"), kind="neutral", picture="archive")
    if line.receipt_at is None:
        return State(text=_("Acknowledged"), kind="ok", picture="circle-check")
    at = near_moment(line.receipt_at, today)
    return State(text=current().fill(N_("Acknowledged {at}"), at=at), kind="ok", picture="circle-check")


def way(line: OutboxLine | HeldLine) -> str:
    """By what carrier it went."""
    return {"net": _("Network"), "file": _("File"), "both": _("Both")}.get(line.way, "–")


def receipt(line: OutboxLine | HeldLine) -> str:
    """The number of the receipt that named it; a day for one that was not kept yet as itself."""
    if line.receipt:
        return current().fill(N_("no. {number}"), number=str(line.receipt))
    return current().day(line.receipt_at.astimezone(HELSINKI).date()) if line.receipt_at else "–"


def held_state(line: HeldLine) -> State:
    """What the region has of somebody; green only by its receipt."""
    match line.state:
        case "deleted":
            return State(text=_("Deleted there"), kind="neutral", picture="ban")
        case "past":
            return State(text=_("Past its last day"), kind="neutral", picture="ban")
        case "changing":
            return State(text=_("Something newer is under way"), kind="warn", picture="clock")
    return State(text=_("The region has it"), kind="ok", picture="circle-check")


def _stuck(line: OutboxLine) -> str:
    why = problem_of(line.problem)
    message = N_(
        "The region did not take the bundle: {why} The others went on. “Send now” tries it once more."
    )
    return current().fill(message, why=say(why) if why is not None else "–")


def explained(line: OutboxLine) -> str:
    """What the state of an item means, in a sentence."""
    match line.state:
        case "aside":
            return _(
                "The region found that the summary is not of the form that is agreed, and did not keep it. "
                "The others went on."
            )
        case "stuck":
            return _stuck(line)
        case "refused":
            return _("The region turned the whole bundle away. What was in it is sealed and sent anew.")
        case "ready" | "waiting" if line.kind == WITHDRAW:
            return _("The consent is withdrawn. That leaves first, and the region deletes what it has.")
        case "ready" | "waiting":
            return _("It is accepted and leaves by itself, or with the next export file.")
        case "handed" if line.way == "net":
            return _(
                "It was sent, and no receipt has come. It is sent again by itself until one comes; "
                "sent twice it is still one."
            )
        case "handed" if line.kind == WITHDRAW:
            return _(
                "The withdrawal is in a file that was saved. Carry the file to the region; its receipt shows "
                "that what it had is deleted."
            )
        case "handed":
            return _(
                "It is in a file that was saved. Carry the file to the region; it turns green when you read "
                "the region's receipt."
            )
        case "withdrawn_there":
            return _("The region knew the consent as withdrawn and did not keep the summary.")
        case "late":
            return _("The consent had ended when the file came to the region. It did not keep the summary.")
        case "superseded":
            return _("The files were numbered anew after this. Everything is sent once more.")
    if line.kind == WITHDRAW:
        return _("The region has deleted what it had, and its receipt is kept here.")
    return _("The region has it, and its receipt is kept here.")
