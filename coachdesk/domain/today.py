"""What a coach sees first: who is expected today, what asks for attention, what waits."""

from dataclasses import dataclass
from datetime import date, datetime, time

from coachdesk.domain.appointments import Appointment
from coachdesk.domain.attendance import AttendedDay
from coachdesk.domain.backups import BackupState
from coachdesk.domain.notes import Draft

CONSENT_WARNED_DAYS = 30
DECISION_WARNED_DAYS = 30
UNEXPLAINED_LOOKED_BACK_DAYS = 28
UNTOLD_LOOKED_BACK_DAYS = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Somebody whose service is arranged today: when, where, in which phases, and the mark."""

    period_id: int
    trainee_id: int
    name: str  # family name first
    day: date
    starts: time
    minutes: int
    workshop_id: int
    group_id: int | None = None
    phases: str  # five letters: n not started, o open, d done
    mark: AttendedDay | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """Something that can be settled on the page it opens.

    ``kind``: step_late, follow_up, unexplained, outcome_untold, reports_due, consent_ends, decision_ends,
    norm_passed, sheet_due, request_due, gone_again;
    ``days`` is how late, how many, or how soon; ``dates`` the days it is about.  ``trainee_id`` is 0 where it
    is about several people.
    """

    kind: str
    trainee_id: int
    name: str  # given name first
    text: str = ""
    days: int = 0
    norm: int = 0
    dates: tuple[date, ...] = ()
    about: int = 0  # id of the appointment, where it is about one

    @property
    def urgent(self) -> bool:
        """Whether the coach is late: red, not amber."""
        late = self.kind == "request_due" and self.days < 0
        return late or self.kind in ("step_late", "follow_up", "unexplained")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """An appointment of today or the next days, with the name of the trainee."""

    appointment: Appointment
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """A text that is still a draft, with the name of the person it is about."""

    draft: Draft
    trainee_id: int | None
    name: str
    letter_id: int | None = None  # of a form about a letter of the region


@dataclass(frozen=True, slots=True, kw_only=True)
class TodaySheet:
    """All that the first page shows."""

    day: date
    expected: tuple[Expected, ...]
    attention: tuple[Attention, ...]
    drafts: tuple[Unfinished, ...]
    coming: tuple[Coming, ...]
    closed_for: str = ""  # name of the holiday, where nothing is arranged today
    nobody_yet: bool = False  # no trainee is on the desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What waits to be sent and since when, what the region set aside, its last receipt, the backups."""

    waiting: int = 0  # sealed, and no receipt names it
    ready: int = 0  # not sealed yet, but leaves with the next file: accepted, by itself, or withdrawn
    oldest_days: int | None = None
    set_aside: int = 0
    receipt: datetime | None = None
    receipt_from: tuple[str, str] = ("", "")  # the body in Finnish and Swedish
    line: str = ""  # how the line stands (``domain.line``), empty where no region is enrolled
    backup: BackupState | None = None
    backup_tone: str = ""  # danger, warn or nothing

    @property
    def unsent(self) -> int:
        """All that the region does not have yet by a receipt."""
        return self.waiting + self.ready
