from datetime import date

import pytest
from sqlalchemy import select

from coachdesk.domain.indicators import as_numbers
from coachdesk.domain.phases import Coaching
from coachdesk.domain.trainee import Feedback, Trainee
from coachdesk.errors import Refused
from coachdesk.services import plans_by_others, trainees
from coachdesk.services.desk import Desk
from coachdesk.services.figures import figures
from coachdesk.store import phases, tables
from coachdesk.store import trainees as kept


@pytest.fixture
def people(desk: Desk) -> list[int]:
    """Two people: one of 2025 coached into work, one of 2026 still coached, with a late plan."""
    found = []
    for family, tongue, contact in [("Aho", "fi", date(2025, 2, 1)), ("Đorđević", "sr", date(2026, 3, 1))]:
        person = Trainee(family_name=family, given_names="Testi", mother_tongue=tongue, first_contact=contact)
        found.append(trainees.register(desk, person).id)
    with desk.writing() as unit:
        phases.COACHING.add(
            unit,
            Coaching(trainee_id=found[0], begins=date(2025, 3, 1), ends=date(2025, 9, 1), outcome="employed"),
        )
        phases.COACHING.add(unit, Coaching(trainee_id=found[1], begins=date(2026, 4, 1)))
        kept.FEEDBACK.add(unit, Feedback(trainee_id=found[0], grade=9, on_day=date(2025, 9, 1)))
        kept.FEEDBACK.add(unit, Feedback(trainee_id=found[1], grade=8))
        unit.commit()
    plans_by_others.record_others_plan(desk, found[1], kind="client_plan", maker="HVA", made=date(2026, 6, 2))
    plans_by_others.record_others_plan(
        desk, found[1], kind="service_plan", maker="HVA", made=date(2026, 8, 2)
    )
    return found


def test_everything_recorded_is_counted_without_a_period(desk: Desk, people: list[int]) -> None:
    assert as_numbers(figures(desk)) == {
        "people": 2,
        "coached": 2,
        "mother_tongue_neither_fi_nor_sv": 1,
        "coached_outcomes": {"employed": 1, "open": 1},
        "satisfaction_mean": 8.5,
        "satisfaction_answers": 2,
        "plans_made": 1,
        "plans_later_than_3_months": 1,
    }


def test_a_year_counts_who_was_there_and_what_happened_in_it(desk: Desk, people: list[int]) -> None:
    found = figures(desk, date(2025, 1, 1), date(2025, 12, 31))

    assert [row.name for row in found.people] == ["Aho, Testi"]
    assert [row.name for row in found.coached] == ["Aho, Testi"]
    assert len(found.answers) == 1
    assert found.plans == ()


def test_rows_behind_a_number_are_in_the_order_of_names(desk: Desk, people: list[int]) -> None:
    assert [row.name for row in figures(desk).people] == ["Aho, Testi", "Đorđević, Testi"]


def test_an_empty_desk_has_empty_figures(desk: Desk) -> None:
    assert figures(desk).empty


def test_a_look_at_the_figures_is_one_line_in_the_log(desk: Desk) -> None:
    figures(desk, date(2026, 1, 1), date(2026, 12, 31))

    with desk.reading() as unit:
        acts = list(unit.connection.scalars(select(tables.log.c.act)))
    assert acts[-1] == "figures.read"


def test_a_period_does_not_end_before_it_begins(desk: Desk) -> None:
    with pytest.raises(Refused):
        figures(desk, date(2026, 2, 1), date(2026, 1, 1))
