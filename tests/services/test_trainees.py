"""Trainees: registered, found, edited, looked at; each act leaves its line."""

from dataclasses import replace
from datetime import date

import pytest

from coachdesk.domain.period import Period
from coachdesk.domain.trainee import Benefit, OwnView, Trainee
from coachdesk.errors import Refused
from coachdesk.services import trainees
from coachdesk.services.desk import Desk
from coachdesk.store import access_log, tables

BORN = date(1985, 3, 15)
NO_CODE = {"personal_identity_code": ""}
GORAN = Trainee(
    family_name="Lindström", given_names="Göran", personal_identity_code="150385Y9024", municipality="475"
)


def last_act(desk: Desk) -> str:
    with desk.reading() as unit:
        return unit.connection.exec_driver_sql("SELECT act FROM log ORDER BY seq DESC LIMIT 1").scalar_one()


def last_detail(desk: Desk) -> dict:
    with desk.reading() as unit:
        return access_log.detail_of(unit.connection, access_log.head(unit.connection).seq)


def test_registered_trainee_has_an_id_a_birth_date_and_a_log_line(desk: Desk) -> None:
    kept = trainees.register(desk, GORAN)
    assert kept.id and kept.birth_date == date(1985, 3, 15)
    assert trainees.get(desk, kept.id) == kept
    assert last_act(desk) == "trainee.register"


def test_wrong_check_symbol_is_refused_at_its_field_and_nothing_is_kept(desk: Desk) -> None:
    with pytest.raises(Refused) as caught:
        trainees.register(desk, replace(GORAN, personal_identity_code="150385Y9025"))
    assert caught.value.field == "personal_identity_code"
    with desk.reading() as unit:
        assert unit.connection.execute(tables.trainee.select()).first() is None


def test_edit_tells_what_was_and_logs_only_what_changed(desk: Desk) -> None:
    kept = trainees.register(desk, GORAN)
    before = trainees.edit(desk, replace(kept, phone="050 000 0000"))
    assert before == kept
    assert last_detail(desk) == {"before": {"phone": ""}, "after": {"phone": "050 000 0000"}}


def test_undo_of_an_edit_is_a_new_act_that_puts_the_old_values_back(desk: Desk) -> None:
    kept = trainees.register(desk, GORAN)
    trainees.edit(desk, trainees.edit(desk, replace(kept, phone="050 000 0000")))
    assert trainees.get(desk, kept.id) == kept
    assert last_act(desk) == "trainee.edit"


def test_new_registration_can_be_taken_back_but_not_once_something_is_recorded(desk: Desk) -> None:
    kept = trainees.register(desk, GORAN)
    other = trainees.register(desk, replace(GORAN, family_name="Mäkelä", personal_identity_code=""))
    trainees.add_benefit(
        desk, Benefit(trainee_id=other.id, benefit="general_support", payer="kela", begins=date(2026, 5, 1))
    )
    trainees.remove(desk, kept.id)
    with pytest.raises(LookupError):
        trainees.get(desk, kept.id)
    with pytest.raises(Refused):
        trainees.remove(desk, other.id)


@pytest.mark.parametrize(
    ("changes", "alike"),
    [
        ({}, ("code", "names", "birth_date")),
        ({"family_name": "Lindstrom", "given_names": "Goran", **NO_CODE}, ("names",)),
        ({"family_name": "Göran", "given_names": "Lindström", **NO_CODE}, ("names",)),
        ({"given_names": "Göran Erik", **NO_CODE}, ("names",)),
        ({"family_name": "Nyman", "former_names": "Lindström", **NO_CODE}, ("names",)),
        ({"family_name": "Aalto", "given_names": "Bo"}, ("code", "birth_date")),
        (
            {"family_name": "Aalto", **NO_CODE, "birth_date": BORN},
            ("birth_date",),
        ),
        (
            {"given_names": "Bo", **NO_CODE, "birth_date": BORN},
            ("birth_date",),
        ),
    ],
)
def test_possible_duplicate_is_warned_of(desk: Desk, changes: dict, alike: tuple[str, ...]) -> None:
    kept = trainees.register(desk, GORAN)
    (found,) = trainees.duplicates(desk, replace(GORAN, id=0, **changes))
    assert found.trainee == kept
    assert found.alike == alike


@pytest.mark.parametrize(
    "changes",
    [
        {"family_name": "Aalto", "given_names": "Bo", "birth_date": BORN},
        {"given_names": "Bo"},
        {"family_name": "Aalto"},
    ],
)
def test_people_who_only_share_a_little_are_not_duplicates(desk: Desk, changes: dict) -> None:
    trainees.register(desk, GORAN)
    assert trainees.duplicates(desk, replace(GORAN, personal_identity_code="", **changes)) == ()


def test_trainee_is_not_a_duplicate_of_himself(desk: Desk) -> None:
    kept = trainees.register(desk, GORAN)
    assert trainees.duplicates(desk, kept) == ()


def test_code_is_shown_only_by_an_act_of_its_own(desk: Desk) -> None:
    kept = trainees.register(desk, GORAN)
    assert trainees.show_code(desk, kept.id) == "150385Y9024"
    assert last_act(desk) == "trainee.show_code"


def test_payer_of_a_day_follows_the_dates_of_the_benefits(desk: Desk) -> None:
    kept = trainees.register(desk, GORAN)
    old = Benefit(
        trainee_id=kept.id,
        benefit="labour_market_subsidy",
        payer="kela",
        begins=date(2026, 1, 1),
        ends=date(2026, 4, 30),
    )
    fund = Benefit(
        trainee_id=kept.id,
        benefit="earnings_related_allowance",
        payer="unemployment_fund",
        payer_name="Mallikassa",
        begins=date(2026, 5, 1),
    )
    for benefit in (old, fund):
        trainees.add_benefit(desk, benefit)
    assert [one.payer for one in trainees.benefits(desk, kept.id)] == ["unemployment_fund", "kela"]
    covering = [one.payer for one in trainees.benefits(desk, kept.id) if one.covers(date(2026, 4, 30))]
    assert covering == ["kela"]


def test_own_view_stands_beside_its_note_in_own_words(desk: Desk) -> None:
    kept = trainees.register(desk, GORAN)
    view = OwnView(
        trainee_id=kept.id, subject="note:7", disagrees=True, text="Jag sa inte så.", on_day=date(2026, 12, 1)
    )
    trainees.add_own_view(desk, view)
    (found,) = trainees.own_views(desk, kept.id)
    assert (found.subject, found.disagrees, found.text) == ("note:7", True, "Jag sa inte så.")


def test_list_tells_phases_days_next_step_consent_and_how_it_ended(desk: Desk) -> None:
    from coachdesk.services import periods, phases

    goran = trainees.register(desk, GORAN)
    tuula = trainees.register(desk, Trainee(family_name="Wikström", given_names="Tuula"))
    first = phases.open_phase(desk, goran.id, 1, opened=date(2026, 10, 1))
    phases.close_phase(desk, first.id, closed=date(2026, 11, 1))
    phases.open_phase(desk, goran.id, 4, opened=date(2026, 11, 23))
    phases.set_next_step(desk, goran.id, "Trepartssamtal", due=date(2026, 12, 21))
    period = Period(trainee_id=tuula.id, workshop_id=1, service_kind="work_tryout", begins=date(2026, 1, 1))
    kept = periods.add(desk, period)
    periods.end(desk, kept.id, day=date(2026, 11, 30), reason="employed")
    lindstrom, wikstrom = trainees.listing(desk)
    assert (lindstrom.phases, lindstrom.phase, lindstrom.days) == ("dnnon", 4, 22)
    assert (lindstrom.step, lindstrom.due, lindstrom.ended) == ("Trepartssamtal", date(2026, 12, 21), None)
    assert (wikstrom.ended, wikstrom.outcome) == (date(2026, 11, 30), "end:employed")
    assert wikstrom.workshop_ids == {1}
    assert last_act(desk) == "trainee.list"


def test_page_has_no_code_and_no_protected_address(desk: Desk) -> None:
    kept = trainees.register(desk, replace(GORAN, non_disclosure=True, street_address="Mallgatan 1"))
    page = trainees.page(desk, kept.id)
    assert "150385Y9024" not in repr(page) and "Mallgatan" not in repr(page)
    assert page.has_code
    assert last_act(desk) == "trainee.open"


def test_a_page_is_handed_over_to_be_laid_out_before_its_look_is_on_the_disk_and_returned_after(
    desk: Desk,
) -> None:
    kept = trainees.register(desk, GORAN)
    seen = []

    page = trainees.page(desk, kept.id, lambda early: seen.append((early, last_act(desk))))

    assert seen == [(page, "trainee.register")]  # another connection sees no look yet
    assert last_act(desk) == "trainee.open"
