"""How sending is told: why an offer waits, how an item stands, what changes; words and picture."""

from dataclasses import dataclass
from datetime import date

from coachdesk.domain.sending import ASKED, FIRST, PUT, WITHDRAW, WORDS, Offer, OutboxLine
from coachdesk.i18n import N_, _, current, ngettext, pgettext
from coachdesk.ui.trainees.wording import near_moment

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
    return _("Withdrawn consent")


def line_state(line: OutboxLine, today: date) -> State:
    """How an item of the outbox stands; green only by a receipt that is kept."""
    first = line.kind == WITHDRAW
    match line.state:
        case "aside":
            return State(text=_("Set aside by the region"), kind="danger", picture="alert-circle")
        case "refused":
            return State(text=_("Refused, goes anew"), kind="danger", picture="alert-circle")
        case "ready" | "waiting":
            text = _("Waits, goes first") if first else _("Waits for an export file")
            return State(text=text, kind="warn", picture="clock")
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


def explained(line: OutboxLine) -> str:
    """What the state of an item means, in a sentence."""
    match line.state:
        case "aside":
            return _(
                "The region found that the summary is not of the form that is agreed, and did not keep it. "
                "The others went on."
            )
        case "refused":
            return _("The region turned the whole file away. What was in it goes with the next export file.")
        case "ready" | "waiting" if line.kind == WITHDRAW:
            return _(
                "The consent is withdrawn. That leaves first in the next export file, and the region deletes "
                "what it has."
            )
        case "ready" | "waiting":
            return _("It is accepted and leaves with the next export file.")
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
