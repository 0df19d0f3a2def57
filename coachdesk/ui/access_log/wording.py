"""What a line of the log says: its columns, and each value before and after."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from coachdesk.domain.acts import KIND_NAMES
from coachdesk.domain.codes import codes
from coachdesk.i18n import N_, _, current
from coachdesk.services.access_log import Change, LogRow
from coachdesk.ui.access_log.naming import CODED, TECHNICAL, said, title
from coachdesk.ui.columns import column

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
    name = title(one.name)
    if one.hidden or one.name in HIDDEN:
        return current().fill(N_("{name}: hidden"), name=name)
    before, after = value(one.name, one.before), value(one.name, one.after)
    if one.before is None:
        return current().fill(N_("{name}: {value}"), name=name, value=after)
    return current().fill(N_("{name}: {before} → {after}"), name=name, before=before, after=after)


def told(found: Iterable[Change]) -> str:
    """What a line changed, a value to a line; what only the store knows is left out."""
    return "\n".join(changed(one) for one in found if one.name not in TECHNICAL)


def value(name: str, found: Any) -> str:
    """A value as a reader writes it."""
    match found:
        case None | "" | [] | {}:
            return "–"
        case bool():
            return _("yes") if found else _("no")
        case str():
            return said(name, found) or _code(name, found) or _dated(found) or found
        case list():
            return ", ".join(value(name, one) for one in found)
        case dict():
            return ", ".join(
                f"{title(key)}: {value(key, one)}" for key, one in found.items() if key not in TECHNICAL
            )
    return current().text(found)


def _code(name: str, key: str) -> str:
    for listed in CODED.get(name, ()):
        if key in codes(listed):
            return codes(listed)[key].name(current().language)
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
