"""Who may do what on a desk that several coaches share: the one place that says so.

No law draws this line; it is the workshop's own order. A lead coach has the desk in hand: codes,
coaches, backups, retention and the log. Every coach works with the own trainees; whoever opens another
coach's trainee states a reason, which the log keeps. What coaches of a workshop do together, as marking
the days of a group, needs none.
"""

from enum import StrEnum

from coachdesk.domain.workshop import Coach
from coachdesk.errors import Refused
from coachdesk.i18n import N_

LEAD, COACH = "lead", "coach"


class Right(StrEnum):
    """What only a lead coach may do."""

    CODES = "codes"
    COACHES = "coaches"
    BACKUPS = "backups"
    RETENTION = "retention"
    LOG = "log"
    REOPEN = "reopen"
    AGGREGATE = "aggregate"


# first words of acts that concern many people at once, or that put a person into another's hands
_TOGETHER = frozenset(
    {
        "absence_report",
        "absence_reports",
        "attended_day",
        "attendance",
        "day",
        "demo",
        "import",
        "letter",
        "outbox",
        "retention",
        "summary",
    }
)
_HANDING_OVER = frozenset({"trainee.register", "trainee.edit", "trainee.stand_in"})
_BY_ITSELF = frozenset({"handover.finish", "handover.not_found"})  # whoever opens the desk next


def may(coach: Coach, right: Right) -> bool:
    """Whether the coach has the right; a coach who was removed has none."""
    return coach.removed is None and coach.role == LEAD and right in Right


def require(coach: Coach, right: Right) -> None:
    """Refuse who has not the right.

    Raises:
        Refused: only a lead coach may.
    """
    if not may(coach, right):
        raise Refused(N_("Only the lead coach may do this."))


def is_anothers(coach_id: int, responsible_id: int | None, openers: frozenset[int]) -> bool:
    """Whether a trainee is another coach's, so that a reason is needed.

    A trainee of nobody, or of somebody who has no way into this desk, is everybody's.
    """
    return responsible_id is not None and responsible_id != coach_id and responsible_id in openers


def left_out(coach: Coach, openers: frozenset[int], *, everybody: bool, reason: str = "") -> frozenset[int]:
    """The coaches whose trainees do not stand in a coach's lists.

    A lead coach sees everybody's who wants to, another one with a reason.
    """
    others = openers - {coach.id}
    return frozenset() if everybody and (coach.role == LEAD or reason) else others


def is_done_together(act: str) -> bool:
    """Whether an act needs no reason, whoever's trainee it concerns."""
    return act in _HANDING_OVER | _BY_ITSELF or act.partition(".")[0] in _TOGETHER
