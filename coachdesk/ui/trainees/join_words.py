"""The words of joining two records: a value as a card shows it, what moves, what follows."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from coachdesk.domain.dossier import FACTS, PARTS
from coachdesk.domain.joining import Meeting, Parted
from coachdesk.i18n import N_, _, current, ngettext
from coachdesk.ui.day_edit import upper
from coachdesk.ui.trainees import wording

_TITLES = {told.name: told.title for told in FACTS} | {"responsible_coach_id": N_("Responsible coach")}
_CODES = {told.name: told.codes for told in FACTS if told.codes}
_OF_THE_DESK = ("reference", "acceptance", "bundle_item", "joined", "removed", "stand_in")


def title(name: str) -> str:
    """The name of a field."""
    return _(_TITLES[name])


def shown(name: str, value: Any, coaches: Mapping[int, str]) -> str:
    """A value as a card shows it; a dash for nothing."""
    match value:
        case None | "" | False:
            return "–"
        case True:
            return upper(_("yes"))
        case date():
            return current().day(value)
    if name == "responsible_coach_id":
        return coaches.get(value, "–")
    return wording.name_of(_CODES[name], value) if name in _CODES else str(value)


def counted(counts: Mapping[str, int]) -> str:
    """How many rows of what: Notes 3 · Periods 1."""
    told = (part for part in PARTS if part.table in counts and part.table not in _OF_THE_DESK)
    found = (
        current().fill(N_("{what} {count}"), what=_(part.title), count=counts[part.table]) for part in told
    )
    return wording.DOT.join(found)


def follows(meeting: Meeting) -> Iterator[str]:
    """What the join does beside moving rows, a sentence each."""
    words = current()
    if moves := counted(meeting.counts):
        yield words.fill(N_("Moves here: {what}."), what=moves)
    if count := len(meeting.overlapping):
        yield ngettext(
            "One pair of periods has days in common. Both stay, as two services.",
            "{count} pairs of periods have days in common. They stay, as services of their own.",
            count,
        ).format(count=count)
    for one in meeting.consents:
        name = upper(wording.name_of("bodies", one.recipient))
        if one.withdrawn:
            yield words.fill(
                N_("The consent to {recipient} is withdrawn, as the person has said in one of the records."),
                recipient=name,
            )
        elif one.stands and one.replaced:
            yield words.fill(
                N_("Of the two consents to {recipient} the newer one stands, given {day}."),
                recipient=name,
                day=one.stands.given,
            )
    for recipient in meeting.withdraws:
        yield words.fill(
            N_(
                "With the next export {recipient} is told to delete the one summary. "
                "The joined one leaves once you have seen it."
            ),
            recipient=upper(wording.name_of("bodies", recipient)),
        )
    if meeting.twice:
        yield ngettext(
            "One entry is of the same day in both records. The kept record's entry stays in sight.",
            "{count} entries are of the same day in both records. The kept record's entries stay in sight.",
            meeting.twice,
        ).format(count=meeting.twice)


def parted(found: Parted) -> str:
    """What parting could not put back; empty where everything is as it was."""
    words, told = current(), []
    if stay := counted(found.stay):
        told.append(words.fill(N_("Written after the joining, and left here: {what}."), what=stay))
    if found.touched:
        names = ", ".join(title(name) for name in found.touched if name in _TITLES)
        told.append(words.fill(N_("Changed after the joining, and left as they are: {what}."), what=names))
    if lost := counted(found.lost):
        told.append(words.fill(N_("Removed after the joining: {what}."), what=lost))
    return " ".join(told)
