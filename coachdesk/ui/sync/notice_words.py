"""The sentence above the outbox: how the line stands, what waits, what keeps it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coachdesk.domain.line import OFFLINE, ONLINE, PAUSED, STOPPED, UNTRIED, WORST_FIRST
from coachdesk.i18n import N_, _, current, ngettext, say

if TYPE_CHECKING:
    from coachdesk.domain.sending import Outbox
    from coachdesk.services.line import LineSheet
    from coachdesk.ui.sync.line_watch import LineWatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A sentence, how loudly, and its picture."""

    kind: str
    text: str
    title: str = ""
    icon: str | None = None
    waits: bool = False


def of_line(lines: tuple[LineSheet, ...], watch: LineWatch | None, *, waits: bool) -> Told | None:
    """How the worst of the lines stands; None where files are carried."""
    worst = min((sheet for sheet in lines if sheet.line.address), key=_rank, default=None)
    if worst is None:
        return None
    line, words = worst.line, current()
    why = say(worst.problem) if worst.problem is not None else ""
    if line.state == STOPPED:
        title = _("Sending has stopped, and your work is safe.")
        if line.revoked:
            why = " ".join(
                (why, _("If it should go on, ask the region for a new one-time code and enrol anew."))
            )
        return Told(kind="danger", title=title, text=why, icon="ban")
    if line.state == PAUSED:
        text = why if line.has_strange_keys else _("Nothing is sent by itself until you let it go on.")
        return Told(kind="warn", title=_("Sending is paused."), text=text, icon="player-pause")
    if watch is not None and watch.busy:
        return Told(kind="info", title=_("Sending…"), text="", icon="send")
    if watch is not None and watch.waits_for_cost:
        text = _("It may cost by what is moved, so nothing is sent by itself. “Send now” sends it anyway.")
        return Told(kind="warn", title=_("This network counts what is moved."), text=text, icon="wifi")
    match line.state:
        case state if state == OFFLINE:
            goes = _("What waits goes by itself later; you can also carry it as a file.") if waits else ""
            text = " ".join(filter(None, (why, goes)))
            return Told(kind="warn", title=_("No line to the region."), text=text, icon="wifi-off")
        case state if state == UNTRIED:
            return Told(kind="info", text=_("The line has not been tried yet."), icon="wifi")
        case state if state == ONLINE and line.online is not None:
            text = words.fill(N_("The region answered {at}."), at=words.moment(line.online))
            return Told(kind="info", text=text, icon="wifi")
    return None


def _rank(sheet: LineSheet) -> int:
    return WORST_FIRST.index(sheet.line.state)


def of_outbox(found: Outbox) -> Told:
    """What waits."""
    if found.missing:
        text = ngettext(
            "The region misses file {numbers}. Save the export file again and carry it.",
            "The region misses files {numbers}. Save the export file again and carry it.",
            len(found.missing),
        )
        numbers = ", ".join(map(str, found.missing))
        return Told(kind="warn", text=text.format(numbers=numbers), waits=True)
    parts = []
    wrong = sum(line.state in ("stuck", "aside") for line in found.lines)
    if wrong:
        message = ngettext(
            "{count} item was not taken: the reason stands beside it.",
            "{count} items were not taken: the reasons stand beside them.",
            wrong,
        )
        parts.append(message.format(count=wrong))
    if found.ready:
        parts.append(
            ngettext("{count} item waits.", "{count} items wait.", found.ready).format(count=found.ready)
        )
    handed = sum(line.state in ("handed", "waiting") for line in found.lines)
    if handed:
        message = ngettext(
            "{count} item is without a receipt.", "{count} items are without a receipt.", handed
        )
        parts.append(message.format(count=handed))
    if found.to_look_at:
        parts.append(
            ngettext(
                "{count} waits for your look first.", "{count} wait for your look first.", found.to_look_at
            ).format(count=found.to_look_at)
        )
    kind = "warn" if wrong else "info" if found.ready or handed else "ok"
    icon = "alert-circle" if wrong else "usb" if handed else None
    return Told(kind=kind, text=" ".join(parts) or _("Nothing waits."), icon=icon, waits=bool(parts))
