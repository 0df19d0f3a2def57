"""The five phases of job coaching: each may be open beside others, closed and re-entered."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from coachdesk.domain.codes import codes
from coachdesk.domain.days import months_on
from coachdesk.errors import Refused
from coachdesk.i18n import N_

PHASES = (1, 2, 3, 4, 5)
PHASE_NAMES = {
    1: N_("Agreeing on the service"),
    2: N_("Vocational profile"),
    3: N_("Job finding"),
    4: N_("Agreeing with the employer"),
    5: N_("Support at work"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """One opening of a phase; days in phase are counted from the opening that is now open."""

    id: int = 0
    trainee_id: int
    phase: int
    opened: date
    closed: date | None = None
    date_known: bool = True  # an imported phase may be dated by the start of coaching
    reason: str = ""  # why it was re-entered
    batch_id: int | None = None

    def days(self, on: date) -> int:
        """Calendar days since the opening, up to its close."""
        return ((self.closed or on) - self.opened).days


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseNorm:
    """The workshop's own norm for a phase in days, from a day on; none at first."""

    id: int = 0
    phase: int
    days: int | None
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """The one next step of a trainee, with its date."""

    id: int = 0
    trainee_id: int
    text: str
    due: date | None = None
    done: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coaching:
    """Job coaching of a trainee: when it began and ended, and how; ``outcome`` is a code of outcomes."""

    id: int = 0
    trainee_id: int
    begins: date
    ends: date | None = None
    outcome: str = ""
    batch_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseState:
    """How a phase stands on a day: ``now`` is its opening now open, else its last one."""

    phase: int
    state: str  # not_started, open, done
    now: Opening | None = None
    earlier: tuple[Opening, ...] = ()
    days: int = 0
    norm: int | None = None

    @property
    def over(self) -> int:
        """Days over the workshop's norm of an open phase; 0 without a norm."""
        return max(0, self.days - self.norm) if self.norm is not None and self.state == "open" else 0


def norm_on(norms: Iterable[PhaseNorm], phase: int, day: date) -> int | None:
    """The workshop's norm of a phase in force on a day, in days; None where it has set none."""
    found = [norm for norm in norms if norm.phase == phase and norm.valid_from <= day]
    return max(found, key=lambda norm: (norm.valid_from, norm.id)).days if found else None


def states(openings: Iterable[Opening], norms: Iterable[PhaseNorm], on: date) -> tuple[PhaseState, ...]:
    """The five phases as they stand on a day; earlier openings stand beside, never added."""
    openings, norms = tuple(openings), tuple(norms)
    return tuple(_state(phase, openings, norms, on) for phase in PHASES)


def _state(phase: int, openings: tuple[Opening, ...], norms: tuple[PhaseNorm, ...], on: date) -> PhaseState:
    own = sorted((o for o in openings if o.phase == phase and o.opened <= on), key=lambda o: (o.opened, o.id))
    norm = norm_on(norms, phase, on)
    if not own:
        return PhaseState(phase=phase, state="not_started", norm=norm)
    running = [o for o in own if o.closed is None or o.closed > on]
    now = (running or own)[-1]
    return PhaseState(
        phase=phase,
        state="open" if running else "done",
        now=now,
        earlier=tuple(o for o in own if o is not now),
        days=now.days(on),
        norm=norm,
    )


def check_opening(openings: Iterable[Opening], new: Opening, on: date) -> Opening:
    """The opening when the phase may be opened (again) on its day.

    Raises:
        Refused: no such phase, a day to come, already open, or before the last close.
    """
    if new.phase not in PHASES:
        raise Refused(N_("There are five phases."), field="phase")
    if new.opened > on:
        raise Refused(N_("The day {day} is still to come."), field="opened", day=new.opened)
    for old in openings:
        if old.phase == new.phase and old.id != new.id:
            if old.closed is None and new.closed is None:
                raise Refused(N_("The phase is open already since {day}."), field="opened", day=old.opened)
            if old.closed is not None and old.opened <= new.opened < old.closed:
                raise Refused(N_("The phase was open until {day}."), field="opened", day=old.closed)
    return new


def refuse_without_reason(openings: Iterable[Opening], new: Opening) -> None:
    """Refuse to enter a phase again without saying why.

    Raises:
        Refused: it was open before and is closed, and no reason is given.
    """
    own = [old for old in openings if old.phase == new.phase]
    if own and not new.reason and all(old.closed for old in own):
        raise Refused(N_("State a reason."), field="reason")


def close(opening: Opening, day: date, on: date) -> Opening:
    """The opening closed on a day.

    Raises:
        Refused: a day to come, or before the opening.
    """
    if day > on:
        raise Refused(N_("The day {day} is still to come."), field="closed", day=day)
    if day < opening.opened:
        raise Refused(N_("The phase was opened on {day}."), field="closed", day=opening.opened)
    return replace(opening, closed=day)


GOES_ON = "open"  # the outcome of job coaching that has not ended


def check_coaching(own: Iterable[Coaching], new: Coaching, on: date) -> Coaching:
    """The coaching when its days and outcome fit each other and the person's other coaching.

    Raises:
        Refused: a day to come, an end before the start, days within another coaching, an end without
            its outcome or an outcome without its end.
    """
    for name, day in (("begins", new.begins), ("ends", new.ends)):
        if day is not None and day > on:
            raise Refused(N_("The day {day} is still to come."), field=name, day=day)
    if new.ends is not None and new.ends < new.begins:
        raise Refused(N_("Coaching ends before it begins on {day}."), field="ends", day=new.begins)
    told = new.outcome not in ("", GOES_ON)
    if told and new.ends is None:
        raise Refused(N_("Write the day on which it ended."), field="ends")
    if new.ends is not None and not told:
        raise Refused(N_("Say how it ended."), field="outcome")
    for old in own:
        if old.id != new.id and _meet(old, new):
            message = N_("Other job coaching runs on {day}.")
            raise Refused(message, field="begins", day=max(old.begins, new.begins))
    return new


def _meet(one: Coaching, other: Coaching) -> bool:
    """Whether two run on a day in common; one may begin on the day when the other ends."""
    first, second = sorted((one, other), key=lambda c: (c.begins, c.ends is None, c.ends or c.begins))
    return first.ends is None or second.begins < first.ends


def plan_due(first_contact: date) -> date:
    """The last day on which a plan is made in time: the same day some calendar months on.

    How many is the one given goal, in deadlines.toml: three.
    """
    given = codes("deadlines").at("first_contact_to_plan", first_contact)
    return months_on(first_contact, int(given.more["value"]))


def plan_is_late(first_contact: date | None, made: date | None, on: date) -> bool:
    """Whether the plan came later than the goal, or is missing after it."""
    return first_contact is not None and (made or on) > plan_due(first_contact)


def plan_days(first_contact: date | None, made: date | None) -> int | None:
    """Calendar days from first contact to plan."""
    return None if first_contact is None or made is None else (made - first_contact).days
