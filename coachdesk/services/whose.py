"""Whose trainees stand in a coach's lists: the own ones, or everybody's with a reason stated once a session.

What coaches do together, as marking the days of a group, needs no reason.  On a desk that one coach opens
all trainees are that coach's.
"""

from dataclasses import dataclass

from coachdesk.domain import permissions
from coachdesk.domain.letters import nfc_lines
from coachdesk.errors import ReasonNeeded, Refused
from coachdesk.i18n import N_
from coachdesk.services.desk import Desk
from coachdesk.store import workshops

OWN, ALL = "own", "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """What a list shows: ``key`` is own or all, ``others`` the coaches whose trainees it leaves out."""

    shared: bool = False
    key: str = ALL
    others: frozenset[int] = frozenset()


EVERYBODY = Whose()


def of(desk: Desk, wish: str = "", *, together: bool = False) -> Whose:
    """Whose trainees are shown to who wishes ``own`` or ``all``; without a wish all to a lead coach.

    Who wishes all and has stated no reason is shown the own ones.
    """
    openers = desk.openers
    if len(openers) < 2:
        return EVERYBODY
    with desk.reading() as unit:
        coach = workshops.COACHES.get(unit, desk.coach_id)
    wish = wish or (ALL if coach.role == permissions.LEAD else OWN)
    reason = desk.reason_for_lists or ("together" if together else "")
    others = permissions.left_out(coach, openers, everybody=wish == ALL, reason=reason)
    return Whose(shared=True, key=OWN if others else ALL, others=others)


def ask_for_all(desk: Desk) -> Whose:
    """All trainees.

    Raises:
        ReasonNeeded: others' are among them, and no reason was stated since the desk was opened.
    """
    found = of(desk, ALL)
    if found.others:
        raise ReasonNeeded(
            N_("Other coaches' trainees are among them. Say why you look at them."), field="reason"
        )
    return found


def state_reason(desk: Desk, reason: str) -> None:
    """State why other coaches' trainees are listed, until the desk is locked; the log keeps it.

    Raises:
        Refused: no words.
    """
    said = nfc_lines(reason)
    if not said:
        raise Refused(N_("State a reason."), field="reason")
    with desk.writing() as unit:
        unit.log("trainee.list_all", why=said)
        unit.commit()
    desk.reason_for_lists = said
