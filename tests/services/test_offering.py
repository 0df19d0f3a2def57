"""What a workshop offers is told when it changes; figures without names leave once a quarter."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from coachdesk import i18n
from coachdesk.clock import HELSINKI
from coachdesk.domain import offering as offer
from coachdesk.domain.offering import FreePlaces, ServiceCard
from coachdesk.domain.period import Period
from coachdesk.domain.trainee import Trainee
from coachdesk.domain.workshop import Coach
from coachdesk.errors import Refused
from coachdesk.services import consents, offering, periods, sealing, sync, trainees
from coachdesk.services.desk import Desk
from tests.region import looking
from tests.services.letters import Pair, paired

BODY = "wellbeing_area_ostrobothnia"
CARD = ServiceCard(
    workshop_id=1, uid="", languages=("sv", "fi"), days=(1, 3), about_fi="Kaikille.", contact="Aino",
    counted=date(2026, 12, 14), told=True,
)  # fmt: skip
PLACES = (FreePlaces(workshop_id=1, service_kind="work_tryout", free=2, next_start=date(2027, 1, 11)),)


@pytest.fixture
def pair(desk: Desk, tmp_path: Path) -> Pair:
    return paired(desk, tmp_path)


def test_card_is_told_when_it_is_written_and_again_only_when_it_changes(pair: Pair) -> None:
    offering.put_card(pair.desk, CARD, PLACES)
    pair.send()
    (card,) = pair.cards()
    assert card.item["workshop"]["name_fi"] == "Mallipaja" and card.item["languages"] == ["fi", "sv"]
    row = {"service": "work_tryout", "free": 2, "queue": None, "next_start": "2027-01-11"}
    assert card.item["services"] == [row]
    assert offering.cards(pair.desk)[0].state == "delivered"
    assert pair.send() == []
    offering.put_card(pair.desk, CARD, (replace(PLACES[0], free=0),))
    pair.send()
    assert looking.free(pair.region, pair.desk.clock.today()) == [0]


def test_card_that_is_told_no_longer_is_taken_away_at_the_region(pair: Pair) -> None:
    offering.put_card(pair.desk, CARD, PLACES)
    pair.send()
    offering.put_card(pair.desk, replace(CARD, told=False), PLACES)
    pair.send()
    assert pair.cards() == ()
    assert pair.send() == []


def test_card_kept_for_oneself_leaves_never(pair: Pair) -> None:
    offering.put_card(pair.desk, replace(CARD, told=False), PLACES)
    assert pair.send() == []


def test_region_shows_no_card_past_its_day(pair: Pair) -> None:
    offering.put_card(pair.desk, CARD, PLACES)
    pair.send()
    assert looking.cards(pair.region, date(2027, 3, 14))
    assert not looking.cards(pair.region, date(2027, 3, 15))


@pytest.mark.parametrize(
    ("change", "rows", "field"),
    [
        ({"about_fi": "x" * 501}, PLACES, "about_fi"),
        ({"counted": date(2027, 1, 1)}, PLACES, "counted"),
        ({"counted": None}, PLACES, "counted"),
        ({"days": (9,)}, PLACES, "days"),
        ({}, (), "services"),
        ({}, (*PLACES, *PLACES), "services"),
        ({}, (replace(PLACES[0], free=1000),), "services"),
        ({}, (replace(PLACES[0], service_kind="magic"),), "services"),
    ],
)
def test_wrong_card_is_refused_at_its_field(pair: Pair, change: dict, rows: tuple, field: str) -> None:
    with pytest.raises(Refused) as caught:
        offering.put_card(pair.desk, replace(CARD, **change), rows)
    assert caught.value.field == field


def test_change_of_a_card_can_be_undone(pair: Pair) -> None:
    offering.put_card(pair.desk, CARD, PLACES)
    before = offering.put_card(pair.desk, replace(CARD, contact="Bo"), PLACES)
    offering.put_card(pair.desk, *before)
    sheet = offering.cards(pair.desk)[0]
    assert (sheet.card.contact, sheet.places[0].free) == ("Aino", 2)


def many(desk: Desk, count: int, begins: date = date(2026, 5, 1)) -> list[Trainee]:
    found = []
    for n in range(count):
        one = trainees.register(
            desk, Trainee(family_name=f"Mallinen{n}", birth_date=date(1960 + n % 45, 1, 1))
        )
        found.append(one)
        periods.add(
            desk,
            Period(trainee_id=one.id, workshop_id=1, service_kind="work_tryout", begins=begins),
        )
    return found


def figures(desk: Desk) -> offering.FiguresSheet:
    return offering.figures(desk)[0]


def test_figures_are_off_until_the_lead_turns_them_on(pair: Pair) -> None:
    many(pair.desk, 25)
    assert figures(pair.desk).state == "off"
    assert pair.send() == []
    offering.turn(pair.desk, True)
    assert figures(pair.desk).state == "open"
    assert pair.send() == []  # nothing leaves before somebody has looked and accepted


def test_only_the_lead_coach_turns_figures_on(pair: Pair) -> None:
    from coachdesk.store import workshops as kept

    with pair.desk.writing() as unit:
        other = kept.COACHES.add(unit, Coach(name="Bo Ek"))
        unit.commit()
    pair.desk.coach_id = other.id
    with pytest.raises(Refused, match="lead"):
        offering.turn(pair.desk, True)


def test_accepted_figures_come_to_the_region_once_and_never_again(pair: Pair) -> None:
    people = many(pair.desk, 25)
    offering.turn(pair.desk, True)
    offering.accept_figures(pair.desk, figures(pair.desk))
    assert figures(pair.desk).state == "ready"
    pair.send()
    (told,) = looking.figures(pair.region)
    assert (told.quarter, told.item["people"]) == ("2026-Q3", 25)
    assert figures(pair.desk).state == "delivered"
    periods.end(
        pair.desk,
        periods.of_trainee(pair.desk, people[0].id)[0].period.id,
        day=date(2026, 7, 1),
        reason="other",
    )
    with pytest.raises(Refused, match="no figures"):
        offering.accept_figures(pair.desk, figures(pair.desk))
    assert pair.send() == []


def test_accepted_figures_that_are_turned_off_again_leave_only_once_they_are_on(pair: Pair) -> None:
    many(pair.desk, 25)
    offering.turn(pair.desk, True)
    offering.accept_figures(pair.desk, figures(pair.desk))
    offering.turn(pair.desk, False)
    assert (figures(pair.desk).state, pair.send()) == ("off", [])
    offering.turn(pair.desk, True)
    sealing.seal(pair.desk)
    offering.turn(pair.desk, False)  # sealed, and never handed to a carrier
    pair.send()
    assert looking.figures(pair.region) == ()
    offering.turn(pair.desk, True)
    pair.send()
    assert [told.quarter for told in looking.figures(pair.region)] == ["2026-Q3"]
    offering.turn(pair.desk, False)
    assert figures(pair.desk).state == "delivered"


def test_fewer_than_twenty_people_give_no_figures(pair: Pair) -> None:
    many(pair.desk, 19)
    offering.turn(pair.desk, True)
    assert (figures(pair.desk).state, figures(pair.desk).item) == ("few", None)


def test_who_had_consented_on_the_first_day_is_not_counted(pair: Pair, clock) -> None:
    people = many(pair.desk, 24)
    now = clock.at
    clock.at = datetime(2026, 6, 1, 9, 0, tzinfo=HELSINKI)
    for one in people[:4]:
        consents.give(pair.desk, one.id, recipient=BODY, scopes=("phases",), valid_to=date(2027, 6, 30))
    clock.at = datetime(2026, 8, 1, 9, 0, tzinfo=HELSINKI)
    consents.give(pair.desk, people[5].id, recipient=BODY, scopes=("phases",), valid_to=date(2027, 6, 30))
    clock.at = now
    offering.turn(pair.desk, True)
    sheet = figures(pair.desk)
    assert sheet.state == "open" and sheet.item is not None  # 20: who consented in August is still counted
    assert sheet.item["people"] == 20


def test_who_came_after_the_first_day_is_not_counted(pair: Pair) -> None:
    many(pair.desk, 19)
    many(pair.desk, 5, begins=date(2026, 7, 2))
    offering.turn(pair.desk, True)
    assert figures(pair.desk).state == "few"


def test_figures_that_changed_since_they_were_shown_are_not_sent(pair: Pair) -> None:
    people = many(pair.desk, 25)
    offering.turn(pair.desk, True)
    shown = figures(pair.desk)
    for one in people[:10]:
        agreement = periods.of_trainee(pair.desk, one.id)[0]
        periods.end(pair.desk, agreement.period.id, day=date(2026, 8, 1), reason="other")
    with pytest.raises(Refused, match="changed"):
        offering.accept_figures(pair.desk, shown)


def test_another_aggregate_of_the_same_quarter_is_rejected_by_the_region(pair: Pair) -> None:
    many(pair.desk, 25)
    offering.turn(pair.desk, True)
    offering.accept_figures(pair.desk, figures(pair.desk))
    pair.send()
    with pair.desk.writing() as unit:
        unit.connection.exec_driver_sql(
            "UPDATE aggregate SET uid = ?, item = replace(item, uid, ?)", ("e" * 32, "e" * 32)
        )
        unit.commit()
    (received,) = pair.send()
    assert [one.reason for one in received.named.rejected] == ["already_issued"]
    assert figures(pair.desk).state == "turned_away"


def test_what_needs_no_consent_never_shares_a_bundle_with_a_summary(pair: Pair) -> None:
    (person,) = many(pair.desk, 1)
    consents.give(pair.desk, person.id, recipient=BODY, scopes=("phases",), valid_to=date(2027, 6, 30))
    offering.put_card(pair.desk, CARD, PLACES)
    sync.export(pair.desk, pair.folder / "out")
    with pair.desk.reading() as unit:
        rows = unit.connection.exec_driver_sql("SELECT seq, kind FROM bundle_item").all()
    kinds = {seq: {kind for s, kind in rows if s == seq} for seq, _kind in rows}
    assert {"service_card"} in kinds.values()
    assert all("put" not in found for found in kinds.values() if "service_card" in found)


def test_preview_says_exactly_what_leaves(pair: Pair) -> None:
    """What the card's form shows while it is typed is what the region's people read of what came."""
    (sheet,) = offering.cards(pair.desk)
    item = offer.card_item(CARD, sheet.shop, PLACES, version=1, on=pair.desk.clock.today())
    said = offer.lines(item, i18n.current())
    assert dict(said)["Name in Finnish"] == "Mallipaja" and "2 free" in dict(said)["Work try-out"]
    offering.put_card(pair.desk, CARD, PLACES)
    pair.send()
    (came,) = pair.cards()
    assert offer.lines(came.item, i18n.current()) == said


def test_outbox_counts_what_waits_and_lists_what_was_acknowledged(pair: Pair) -> None:
    offering.put_card(pair.desk, CARD, PLACES)
    assert (sync.ready(pair.desk), sync.outbox_sheet(pair.desk).ready) == (1, 1)
    pair.send()
    sheet = sync.outbox_sheet(pair.desk)
    assert sheet.ready == 0
    assert [(line.kind, line.state) for line in sheet.lines] == [("service_card", "acknowledged")]
