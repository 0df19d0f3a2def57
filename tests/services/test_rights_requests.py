"""What a trainee asks about the own data has its day and its answer; under a restriction nothing leaves."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest

from coachdesk.domain.retention import CONTROLLER
from coachdesk.domain.rights_request import RightsRequest
from coachdesk.domain.trainee import Trainee
from coachdesk.errors import Refused
from coachdesk.services import access_log, consents, periods, retention, rights_requests, sync
from coachdesk.services.desk import Desk
from tests.services.carried import carry, enrolled, give, offers, put_goal, region  # noqa: F401 - fixtures


def asked(desk: Desk, trainee: Trainee, kind: str = "restriction", **more) -> RightsRequest:
    day = more.pop("asked", date(2026, 12, 14))
    return rights_requests.record(
        desk, RightsRequest(trainee_id=trainee.id, kind=kind, asked=day, what="Adressen är fel", **more)
    )


def test_an_answer_is_due_after_one_calendar_month(desk: Desk, a_trainee: Callable[..., Trainee]) -> None:
    found = asked(desk, a_trainee(), "rectification", asked=date(2026, 1, 31))

    assert found.due == date(2026, 2, 28)
    (one,) = rights_requests.due(desk)
    assert (one.kind, one.text, one.dates) == ("request_due", "rectification", (date(2026, 2, 28),))
    assert one.urgent and one.days < 0


def test_a_request_that_is_not_due_soon_or_is_answered_asks_for_nothing(
    desk: Desk, a_trainee: Callable[..., Trainee]
) -> None:
    person = a_trainee()
    asked(desk, person, "access", asked=date(2026, 12, 10))
    late = asked(desk, person, "objection", asked=date(2026, 11, 20))
    assert [one.text for one in rights_requests.due(desk)] == ["objection"]

    rights_requests.answer(desk, late.id, outcome="granted")

    assert rights_requests.due(desk) == ()


def test_answer_has_its_day_and_who_gave_it_and_is_undone(
    desk: Desk, a_trainee: Callable[..., Trainee]
) -> None:
    person = a_trainee()
    found = asked(desk, person)

    before = rights_requests.answer(desk, found.id, outcome="partly", answer="Rättat")

    (now,) = rights_requests.of_trainee(desk, person.id)
    assert (now.outcome, now.answered, now.answered_by) == ("partly", date(2026, 12, 15), "Aino Mallikas")
    rights_requests.put_back(desk, before)
    assert rights_requests.of_trainee(desk, person.id) == (found,)
    acts = [row.line.act for row in access_log.of_trainee(desk, person.id).rows]
    assert acts == ["rights_request.edit", "rights_request.answer", "rights_request.record"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"what": " "}, "what"),
        ({"asked": date(2026, 12, 16)}, "asked"),
        ({"outcome": "granted", "answered": date(2026, 12, 1)}, "answered"),
        ({"answered": date(2026, 12, 15)}, "outcome"),
        ({"outcome": "refused", "answered": date(2026, 12, 15)}, "answer"),
    ],
)
def test_what_is_not_whole_is_refused_at_its_field(
    desk: Desk, a_trainee: Callable[..., Trainee], change: dict, field: str
) -> None:
    whole = {"kind": "access", "asked": date(2026, 12, 14), "what": "Allt"} | change

    with pytest.raises(Refused) as refused:
        rights_requests.record(desk, RightsRequest(trainee_id=a_trainee().id, **whole))
    assert refused.value.field == field


def test_nothing_new_leaves_under_a_restriction_until_it_is_lifted(
    desk: Desk,
    enrolled,  # noqa: F811
    carry,  # noqa: F811
    a_trainee: Callable[..., Trainee],
    give,  # noqa: F811
) -> None:
    person = a_trainee("Mäkelä", goal="Töihin")
    give(person, "goals")
    carry()
    found = asked(desk, person)

    put_goal(desk, person, "Opiskelemaan")

    assert offers(desk) == {} and carry().export.files == ()
    assert [one["goal"] for one in enrolled.fields] == ["Töihin"]
    rights_requests.lift(desk, found.id)
    assert set(offers(desk)) == {"Mäkelä"}
    carry()
    assert [one["goal"] for one in enrolled.fields] == ["Opiskelemaan"]


def test_what_is_sealed_and_not_handed_over_is_destroyed_by_a_restriction(
    desk: Desk,
    enrolled,  # noqa: F811
    a_trainee: Callable[..., Trainee],
    give,  # noqa: F811
) -> None:
    person = a_trainee()
    give(person)
    for offer in sync.review(desk):
        sync.accept(desk, offer)
    from coachdesk.services.sealing import seal

    assert seal(desk) == 1
    asked(desk, person)

    assert [line.state for line in sync.outbox_sheet(desk).lines] == []
    assert seal(desk) == 0


def test_withdrawal_leaves_also_under_a_restriction(
    desk: Desk,
    enrolled,  # noqa: F811
    carry,  # noqa: F811
    a_trainee: Callable[..., Trainee],
    give,  # noqa: F811
) -> None:
    person = a_trainee()
    consent = give(person)
    carry()
    asked(desk, person)

    consents.withdraw(desk, consent.id)
    carry()

    assert enrolled.fields == []


def test_refused_restriction_holds_nothing_back(desk: Desk, a_trainee: Callable[..., Trainee]) -> None:
    found = asked(desk, a_trainee())
    assert found.restricts(date(2026, 12, 15))

    rights_requests.answer(desk, found.id, outcome="refused", answer="Uppgifterna är rätta")

    with pytest.raises(Refused):
        rights_requests.lift(desk, found.id)


def test_removal_waits_until_the_region_has_nothing_more(
    desk: Desk,
    enrolled,  # noqa: F811
    carry,  # noqa: F811
    a_trainee: Callable[..., Trainee],
    give,  # noqa: F811
    tmp_path,
) -> None:
    person, other = a_trainee("Mäkelä"), a_trainee("Ehrström")
    ended(desk, person)
    consent = give(person)
    give(other)
    carry()
    assert retention.what_goes(desk, person.id).at_region
    with pytest.raises(Refused, match="Withdraw the consent"):
        retention.remove(desk, person.id, ground=CONTROLLER)

    consents.withdraw(desk, consent.id)
    with pytest.raises(Refused):
        retention.remove(desk, person.id, ground=CONTROLLER)
    done = sync.export(desk, tmp_path / "stick")
    retention.remove(desk, person.id, ground=CONTROLLER)

    for file in enrolled.take(*done.files):
        sync.read_receipt(desk, file)
    assert len(enrolled.fields) == 1
    assert sync.review(desk) == ()


def ended(desk: Desk, trainee: Trainee) -> SimpleNamespace:
    period = periods.add(
        desk,
        periods.Period(
            trainee_id=trainee.id, workshop_id=1, service_kind="work_tryout", begins=date(2026, 1, 7),
            ends=date(2026, 6, 30),
        ),
    )  # fmt: skip
    return SimpleNamespace(period=period)
