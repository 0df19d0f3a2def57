"""Today: who is expected, what asks for attention, what is unfinished, what comes next, what waits."""

from dataclasses import replace
from datetime import date, timedelta

from coachdesk import i18n
from coachdesk.domain.absences import span_of
from coachdesk.domain.attendance_sheet import AttendanceSheet
from coachdesk.domain.codes import codes
from coachdesk.domain.planned_days import group_on
from coachdesk.domain.today import Attention, Expected, Health, TodaySheet
from coachdesk.services import absences, attendance, backup_state, holidays_of
from coachdesk.services.desk import Desk
from coachdesk.store import archive, drafts, gone, trainees
from coachdesk.store.sheets import outbox as outbox_sheet
from coachdesk.store.sheets import today as sheets
from coachdesk.store.unit import Unit

APPOINTMENTS_SHOWN = 4
DRAFTS_SHOWN = 3


def sheet(
    desk: Desk,
    *,
    workshop_id: int | None = None,
    language: str | None = None,
    others: frozenset[int] = frozenset(),
) -> TodaySheet:
    """All that the first page shows; logged as one look.  ``language`` is that of a holiday's name.

    Trainees of the coaches ``others`` are not among those expected.  What asks for attention and what
    comes next are always those of the coach alone.
    """
    strangers = desk.openers - {desk.coach_id}
    with desk.writing() as unit:
        marks = attendance.read_sheet(
            unit, unit.on, unit.on, workshop_id=workshop_id, language=language, others=others
        )
        rest = archive.everybody(unit)  # of whom nothing can be settled any more
        late = sheets.attention(unit, unit.on, strangers)
        coming = sheets.coming(unit, unit.at, APPOINTMENTS_SHOWN * (1 + len(rest)), strangers)
        found = TodaySheet(
            day=unit.on,
            expected=_expected(unit, marks, unit.on),
            attention=(*_back_again(unit), *(one for one in late if one.trainee_id not in rest)),
            drafts=sheets.unfinished(unit, drafts.of_coach(unit, desk.coach_id)[:DRAFTS_SHOWN]),
            coming=tuple(one for one in coming if one.appointment.trainee_id not in rest)[
                :APPOINTMENTS_SHOWN
            ],
            closed_for=marks.holidays.get(unit.on, ""),
            nobody_yet=not marks.rows and not trainees.anybody(unit),
        )
        unit.log("today.open")
        unit.commit()
    return found


def _back_again(unit: Unit) -> tuple[Attention, ...]:
    """People who were removed for good, and whom an older backup brought back."""
    count = len(gone.again(unit))
    return (Attention(kind="gone_again", trainee_id=0, name="", days=count),) if count else ()


def reports_due(desk: Desk) -> Attention | None:
    """Absence reports of the two weeks before these that are still to be made or sent; None when all are.

    It reads two weeks of everybody, so it is asked after the page is shown; no person is named by it.
    """
    with desk.reading() as unit:
        before = span_of(span_of(unit.on).begins - timedelta(days=1))
        undone = [row for row in absences.due(unit, before) if row.state in ("", absences.MADE)]
    people = len({row.trainee_id for row in undone if row.payee.payer})
    if not people:
        return None
    return Attention(
        kind="reports_due", trainee_id=0, name="", days=people, dates=(before.begins, before.ends)
    )


def read_ahead(day: date, language: str) -> None:
    """Read what every first look needs and no desk holds: holidays, codes, names of days.

    Called while the passphrase is typed; it takes a fifth of a second that unlocking then does not.
    """
    holidays_of.of_year(day.year, language)
    i18n.words(language).long_day(day)
    for name in ("attendance_kinds", "appointment_kinds", "absence_reasons"):
        codes(name)


def health(desk: Desk) -> Health:
    """What waits to be sent, the last receipt and the backups; no person is in it."""
    with desk.reading() as unit:
        state = backup_state.read(unit)
        found = outbox_sheet.health(unit, unit.on)
        return replace(found, backup=state, backup_tone=state.alarm(unit.at))


def whole_health(desk: Desk) -> Health:
    """As ``health``, with what is not sealed yet; it compares every consent, so it is asked afterwards."""
    from coachdesk.services import sync  # only here: the first page does not wait for the cryptography

    return replace(health(desk), ready=sync.ready(desk))


def _expected(unit: Unit, marks: AttendanceSheet, day: date) -> tuple[Expected, ...]:
    rows = [(row, marks.planned(row, day)) for row in marks.rows]
    rows = [(row, planned) for row, planned in rows if planned is not None or day in row.marks]
    phases = sheets.phases_of(unit, [row.trainee_id for row, _planned in rows])
    found = [
        Expected(
            period_id=row.period_id,
            trainee_id=row.trainee_id,
            name=row.name,
            day=day,
            starts=planned.starts_at,
            minutes=planned.minutes,
            workshop_id=row.workshop_id,
            group_id=group_on(row.memberships, day),
            phases=phases[row.trainee_id],
            mark=row.marks.get(day),
        )
        for row, planned in rows
        if planned is not None
    ]
    return tuple(sorted(found, key=lambda one: one.starts))  # by name within an hour: sorting is stable
