"""What must fit together within a row of people, and between rows: pure rules on a draft."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from coachdesk.domain import identity_code
from coachdesk.domain.letters import name_fold
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.importing.draft import ERROR, NOTICE, Draft, DraftRow, Finding

# Days in their order: the later one may not come before the earlier one.
_ORDER = (
    ("coaching_begins", "coaching_ends", N_("Job coaching ends {later} before it begins {earlier}."), ERROR),
    ("period_begins", "period_ended", N_("The period ends {later} before it begins {earlier}."), ERROR),
    ("period_begins", "period_ends", N_("The period ends {later} before it begins {earlier}."), ERROR),
    ("birth_date", "first_contact", N_("The first contact {later} is before the birth {earlier}."), ERROR),
    ("first_contact", "plan_made", N_("The plan {later} is older than the first contact {earlier}."), NOTICE),
    ("first_contact", "coaching_begins", N_("Coaching begins {later} before the contact {earlier}."), NOTICE),
)
_NEEDS = (
    ("phase", "coaching_begins", N_("A phase needs the day on which job coaching began.")),
    (
        "coaching_ends",
        "coaching_begins",
        N_("Job coaching ended, but the day on which it began is not told."),
    ),
    ("outcome", "coaching_begins", N_("An outcome needs the day on which job coaching began.")),
    ("period_ended", "period_begins", N_("The period ended, but the day on which it began is not told.")),
    ("period_ends", "period_begins", N_("The period ends, but the day on which it begins is not told.")),
    ("end_reason", "period_begins", N_("A reason for ending needs the day on which the period began.")),
    ("weekdays", "period_begins", N_("Agreed weekdays need the day on which the period begins.")),
    ("group", "period_begins", N_("A place in a group needs the day on which the period begins.")),
    ("hours", "weekdays", N_("Hours of a day need the weekdays.")),
)
_PAST = ("birth_date", "first_contact")  # a trainee with such a day to come is refused by the register
_ALREADY = (*_PAST, "plan_made", "coaching_begins", "coaching_ends", "period_ended", "grade_day")
_TO_COME = N_("The day {day} is still to come.")
_TWICE = N_("The same identity code is on row {other} with another name.")
_OTHER_VALUE = N_("Row {other} of the same person says otherwise. It was followed.")
_LOOKS_TWICE = N_("The same name and first contact are on row {other}. Check that they are two people.")
_ONCE = N_("The row says the same as row {other}. It was taken once.")
_BIRTH_DIFFERS = N_("The birth date {day} is not that of the identity code, {code_day}.")
_KIND_UNTOLD = N_("The kind of the plan is not told.")

PERSON_FIELDS = (
    "family_name", "given_names", "former_names", "personal_identity_code", "birth_date", "phone", "email",
    "street_address", "postal_code", "post_office", "non_disclosure", "municipality", "mother_tongue",
    "service_language", "interpreter_language", "reached_how", "devices", "responsible_coach", "referred_by",
    "referred_by_whom", "first_contact",
)  # fmt: skip


def checked(draft: Draft, *, on: date) -> Draft:
    """The draft with birth dates from the codes, and with what does not fit together."""
    rows = tuple(_with_birth_date(row) for row in draft.rows)
    findings = [*draft.findings, *(f for row in rows for f in _within(row, on)), *_between(rows)]
    return Draft(rows=rows, findings=tuple(sorted(findings, key=lambda f: f.row)))


def _with_birth_date(row: DraftRow) -> DraftRow:
    code = row.text("personal_identity_code")
    if not code or row.day("birth_date"):
        return row
    return replace(row, values={**row.values, "birth_date": identity_code.parse(code).birth_date})


def _within(row: DraftRow, on: date) -> Iterator[Finding]:
    for earlier, later, message, severity in _ORDER:
        first, second = row.day(earlier), row.day(later)
        if first and second and second < first:
            told = {"earlier": first, "later": second}
            yield Finding(row=row.number, field=later, message=message, told=told, severity=severity)
    for key, needed, message in _NEEDS:
        if key in row.values and needed not in row.values:
            yield Finding(row=row.number, field=key, message=message)
    for key in _ALREADY:
        if (day := row.day(key)) and day > on:
            severity = ERROR if key in _PAST else NOTICE
            yield Finding(row=row.number, field=key, message=_TO_COME, told={"day": day}, severity=severity)
    if "plan_made" in row.values and "plan_kind" not in row.values:
        yield Finding(row=row.number, field="plan_kind", message=_KIND_UNTOLD, severity=NOTICE)
    yield from _birth(row)


def _birth(row: DraftRow) -> Iterator[Finding]:
    code, born = row.text("personal_identity_code"), row.day("birth_date")
    try:
        by_code = identity_code.parse(code).birth_date if code else born
    except Refused:
        return
    if born != by_code:
        told = {"day": born, "code_day": by_code}
        yield Finding(row=row.number, field="birth_date", message=_BIRTH_DIFFERS, told=told)


def _between(rows: tuple[DraftRow, ...]) -> Iterator[Finding]:
    by_code: dict[str, DraftRow] = {}
    by_name: dict[tuple[str, date], DraftRow] = {}
    for row in rows:
        code, name = row.text("personal_identity_code"), folded_name(row)
        if code and (first := by_code.setdefault(code, row)) is not row:
            yield from _same_person(first, row)
        contact = row.day("first_contact")
        if contact and name:
            first = by_name.setdefault((name, contact), row)
            if first is not row and not (code and first.text("personal_identity_code")):
                message = _ONCE if _same(row) == _same(first) else _LOOKS_TWICE
                yield Finding(row=row.number, message=message, told={"other": first.number}, severity=NOTICE)


def _same_person(first: DraftRow, row: DraftRow) -> Iterator[Finding]:
    """Several rows of one person are several periods, plans or grades; the person is as first told."""
    if folded_name(first) != folded_name(row) and folded_name(row):
        yield Finding(
            row=row.number, field="personal_identity_code", message=_TWICE, told={"other": first.number}
        )
        return
    for key in PERSON_FIELDS:
        if key in row.values and row.values[key] != first.values.get(key, row.values[key]):
            told = {"other": first.number}
            yield Finding(row=row.number, field=key, message=_OTHER_VALUE, told=told, severity=NOTICE)


def folded_name(row: DraftRow) -> str:
    """The name by which rows and trainees are compared."""
    return name_fold(row.text("family_name"), row.text("given_names"))


def by_person(rows: tuple[DraftRow, ...]) -> tuple[tuple[DraftRow, ...], ...]:
    """Rows of the same identity code together, in the order of the sheet; others each alone.

    A line that stands there twice is one: it has a name, a first contact and not a word otherwise.
    """
    groups: dict[object, list[DraftRow]] = defaultdict(list)
    for row in rows:
        groups[row.text("personal_identity_code") or _same(row)].append(row)
    return tuple(tuple(group) for group in groups.values())


def _same(row: DraftRow) -> object:
    """What two rows without a code have in common if they are one line."""
    named = row.day("first_contact") and folded_name(row)
    return frozenset(row.values.items()) if named else row.number
