"""The fields of a summary: each with its title, where it comes from and what may pass.

Days of phases and never running counts; attended days of the last finished months and never planned days
or reasons; no outcome of health; a phone number or municipality that is not in its form stays home.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from coachdesk.domain.assessment import INSTRUMENTS, SelfAssessment, area_name
from coachdesk.domain.codes import codes
from coachdesk.domain.days import months_on
from coachdesk.domain.field_kinds import Chosen, Day, Kind, Pattern, Speech, Table, Whole, Words, of_codes
from coachdesk.domain.letters import nfc, nfc_lines
from coachdesk.domain.phases import PHASE_NAMES, Coaching, NextStep, Opening
from coachdesk.domain.plan import Plan, PlanVersion, valid_on
from coachdesk.domain.trainee import Trainee
from coachdesk.i18n import N_

MONTHS = 12
MOST_NUMBERS = 200  # of self-assessments


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What the desk holds of a trainee that a summary may draw from."""

    trainee: Trainee
    openings: tuple[Opening, ...] = ()
    next_step: NextStep | None = None
    attended: tuple[tuple[date, int], ...] = ()  # first day of a month, attended days in it
    plans: tuple[Plan, ...] = ()
    versions: tuple[PlanVersion, ...] = ()  # of plans of our own
    coaching: tuple[Coaching, ...] = ()
    self_assessments: tuple[SelfAssessment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: its name on the wire, its title for people, where it comes from and what may pass."""

    name: str
    title: str
    kind: Kind
    take: Callable[[Record, date], Any]
    optional: bool = True  # may be null


WORK_OUTCOMES = ("employed", "subsidised_work", "rehabilitative_work_activity", "work_tryout", "studies")


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _fitting(kind: Kind, text: str) -> str | None:
    """Text that fits, else nothing: a phone number with words beside it stays home."""
    return text if kind.fits(text) else None


def _phases(record: Record, on: date) -> list[dict[str, Any]]:
    own = sorted((o for o in record.openings if o.opened <= on), key=lambda o: (o.phase, o.opened, o.id))
    return [
        {
            "phase": o.phase,
            "opened": o.opened.isoformat() if o.date_known else None,
            "closed": _iso(o.closed) if o.closed and o.closed <= on else None,
            "open": int(o.closed is None or o.closed > on),
        }
        for o in own
    ]


def _say_phase(row: Mapping[str, Any]) -> str:
    match row["opened"], row["closed"]:
        case None, None:
            return N_("{phase}, open, date not known") if row["open"] else N_("{phase}, closed")
        case None, _:
            return N_("{phase}, until {closed}")
        case _, None:
            return N_("{phase}, open since {opened}")
        case _:
            return N_("{phase}, {opened}–{closed}")


def _months(record: Record, on: date) -> list[dict[str, Any]]:
    this = on.replace(day=1)
    first = months_on(this, -MONTHS)
    found = sorted((month, days) for month, days in record.attended if first <= month < this and days > 0)
    return [{"month": f"{month:%Y-%m}", "days": days} for month, days in found]


def _plans(record: Record, on: date) -> list[dict[str, Any]]:
    return [_plan(plan, record.versions, on) for plan in valid_on(record.plans, on)]


def _plan(plan: Plan, versions: Iterable[PlanVersion], on: date) -> dict[str, Any]:
    own = [v for v in versions if v.plan_id == plan.id and v.signed is not None and v.signed <= on]
    newest = max(own, key=lambda v: v.version, default=None)
    signatures = {(s.role, s.on_day.isoformat()) for s in newest.signatures} if newest else set()
    return {
        "kind": plan.kind,
        "version": newest.version if newest else None,
        "made": _iso(plan.made),
        "valid_to": _iso(plan.valid_to),
        "review": _iso(plan.review),
        "signatures": [{"role": role, "day": day} for role, day in sorted(signatures, key=lambda s: s[::-1])],
    }


def _say_plan(row: Mapping[str, Any]) -> str:
    match row["version"], row["valid_to"], bool(row["signatures"]):
        case None, None, _:
            return N_("{kind}, made on {made}")
        case None, _, _:
            return N_("{kind}, made on {made}, in force until {valid_to}")
        case _, None, False:
            return N_("{kind}, version {version}, made on {made}")
        case _, _, False:
            return N_("{kind}, version {version}, made on {made}, in force until {valid_to}")
        case _, None, True:
            return N_("{kind}, version {version}, made on {made}\n{signatures}")
        case _:
            return N_("{kind}, version {version}, made on {made}, in force until {valid_to}\n{signatures}")


def _coaching(record: Record, on: date) -> list[dict[str, Any]]:
    own = sorted((c for c in record.coaching if c.begins <= on), key=lambda c: (c.begins, c.id))
    return [
        {
            "begun": c.begins.isoformat(),
            "ended": _iso(c.ends) if c.ends and c.ends <= on else None,
            "outcome": _outcome(c) if c.ends and c.ends <= on else None,
        }
        for c in own
    ]


def _outcome(coaching: Coaching) -> str:
    return coaching.outcome if coaching.outcome in WORK_OUTCOMES else "otherwise"


def _say_coaching(row: Mapping[str, Any]) -> str:
    return N_("from {begun} to {ended}: {outcome}") if row["ended"] else N_("since {begun}")


def _outcome_name(key: str, words: Speech) -> str:
    return (
        words._(N_("ended otherwise")) if key == "otherwise" else codes("outcomes").name(key, words.language)
    )


def _assessments(record: Record, on: date) -> list[dict[str, Any]]:
    """The newest numbers, as many as a summary holds."""
    found = (a for a in record.self_assessments if a.on_day <= on)
    own = sorted(found, key=lambda a: (a.on_day, a.instrument, a.area))[-MOST_NUMBERS:]
    return [
        {"instrument": a.instrument, "area": a.area, "score": a.score, "day": a.on_day.isoformat()}
        for a in own
    ]


def _area_name(area: int, words: Speech) -> str:
    return area_name(area, words.language)


def _phase_name(phase: int, words: Speech) -> str:
    return words._(PHASE_NAMES[phase])


_LANGUAGES = {"fi": N_("Finnish"), "sv": N_("Swedish")}


def _language_name(key: str, words: Speech) -> str:
    return words._(_LANGUAGES[key])


def _municipality_name(key: str, words: Speech) -> str:
    return codes("municipalities").name(key, words.language)


_NAME = Words(longest=100)
_CODE = Pattern(r"[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-FHJ-NPR-Y]", 11)
_PHONE = Pattern(r"\+?[0-9][0-9 -]{3,23}", 25)
_EMAIL = Pattern(r"[!-?A-~]{1,64}@[0-9A-Za-z.-]{1,64}\.[A-Za-z]{2,24}", 100, free=True)
_MUNICIPALITY = Pattern(r"[0-9]{3}", 3, shows=_municipality_name)

_SIGNATURES = Table(
    columns={"role": of_codes("signing_roles"), "day": Day()},
    sentence=lambda _row: N_("signed {day}: {role}"),
)

FIELDS = {
    field.name: field
    for field in (
        Field(name="family_name", title=N_("Family name"), kind=_NAME,
              take=lambda r, _: nfc(r.trainee.family_name) or None),
        Field(name="given_names", title=N_("Given names"), kind=_NAME,
              take=lambda r, _: nfc(r.trainee.given_names) or None),
        Field(name="personal_identity_code", title=N_("Personal identity code"), kind=_CODE,
              take=lambda r, _: r.trainee.personal_identity_code or None),
        Field(name="birth_date", title=N_("Date of birth"), kind=Day(),
              take=lambda r, _: _iso(r.trainee.birth_date)),
        Field(name="municipality", title=N_("Home municipality"), kind=_MUNICIPALITY,
              take=lambda r, _: None if r.trainee.non_disclosure
              else _fitting(_MUNICIPALITY, r.trainee.municipality)),
        Field(name="service_language", title=N_("Language of service"),
              kind=Chosen(keys=("fi", "sv"), shows=_language_name),
              take=lambda r, _: r.trainee.service_language or None),
        Field(name="phone", title=N_("Phone"), kind=_PHONE,
              take=lambda r, _: _fitting(_PHONE, nfc(r.trainee.phone))),
        Field(name="email", title=N_("E-mail"), kind=_EMAIL,
              take=lambda r, _: _fitting(_EMAIL, nfc(r.trainee.email))),
        Field(name="phases", title=N_("Phases"), optional=False, take=_phases,
              kind=Table(columns={"phase": Whole(1, 5, shows=_phase_name), "opened": Day(), "closed": Day(),
                                  "open": Whole(0, 1)},
                         sentence=_say_phase, most=100, may_lack=("opened", "closed"))),
        Field(name="goal", title=N_("Goal"), kind=Words(),
              take=lambda r, _: nfc_lines(r.trainee.goal) or None),
        Field(name="next_step", title=N_("Next step"), kind=Words(),
              take=lambda r, _: (nfc_lines(r.next_step.text) or None) if r.next_step else None),
        Field(name="next_step_due", title=N_("Next step on"), kind=Day(),
              take=lambda r, _: _iso(r.next_step.due) if r.next_step else None),
        Field(name="attended_months", title=N_("Attended days"), optional=False, take=_months,
              kind=Table(columns={"month": Day(month=True), "days": Whole(1, 31)},
                         sentence=lambda _row: N_("{month}: {days} d"), most=MONTHS)),
        Field(name="plans", title=N_("Plan in force"), optional=False, take=_plans,
              kind=Table(columns={"kind": of_codes("plan_kinds"), "version": Whole(1, 9999), "made": Day(),
                                  "valid_to": Day(), "review": Day(), "signatures": _SIGNATURES},
                         sentence=_say_plan, may_lack=("version", "made", "valid_to", "review"))),
        Field(name="job_coaching", title=N_("Job coaching"), optional=False, take=_coaching,
              kind=Table(columns={"begun": Day(), "ended": Day(),
                                  "outcome": Chosen(keys=(*WORK_OUTCOMES, "otherwise"), shows=_outcome_name)},
                         sentence=_say_coaching, may_lack=("ended", "outcome"))),
        Field(name="self_assessments", title=N_("Self-assessments"), optional=False, take=_assessments,
              kind=Table(columns={"instrument": of_codes(INSTRUMENTS), "area": Whole(1, 40, shows=_area_name),
                                  "score": Whole(0, 1000), "day": Day()},
                         sentence=lambda _row: N_("{instrument} {day}, {area}: {score}"), most=MOST_NUMBERS)),
        Field(name="support_needed", title=N_("Support needed at work"), kind=Words(),
              take=lambda r, _: nfc_lines(r.trainee.support_needed) or None),
    )
}  # fmt: skip

FREE = frozenset(name for name, field in FIELDS.items() if field.kind.free)
