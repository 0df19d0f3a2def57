"""An archived trainee: read, given out and removed, but written no more until a lead coach reopens.

What a person may always ask for stays possible: withdrawing, forbidding, and requests about own data; and so
does what is still owed to the payer of a benefit, the absence report of the last weeks, and to the region
under a consent in force, the summary that a coach has looked at.
"""

from dataclasses import dataclass
from datetime import datetime

from coachdesk.domain.acts import ActKind, act_of
from coachdesk.errors import Refused
from coachdesk.i18n import N_

ALWAYS = frozenset(
    {
        "absence_report.made",
        "absence_report.nothing",
        "absence_report.undo",
        "consent.withdraw",
        "letter.not_taken",
        "letter.receive",
        "outbox.take_back",
        "permission.withdraw",
        "prohibition.give",
        "removed.purge",
        "rights_request.answer",
        "rights_request.edit",
        "rights_request.lift",
        "rights_request.record",
        "rights_request.remove",
        "summary.accept",
        "trainee.archive",
        "trainee.reopen",
    }
)
_WRITES_TOO = frozenset({"handover.accept"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """That a trainee is archived: since when, and who did it."""

    id: int = 0
    trainee_id: int
    at: datetime
    coach_id: int | None = None


def is_barred(act: str) -> bool:
    """Whether an act writes something of a trainee that an archive keeps as it is."""
    return act in _WRITES_TOO or (act_of(act).kind is ActKind.CHANGE and act not in ALWAYS)


def refuse(name: str) -> Refused:
    """What somebody is told who would write."""
    return Refused(N_("{name} is archived: nothing is changed any more. A lead coach can reopen."), name=name)
