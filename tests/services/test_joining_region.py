"""What the region holds follows two records that are joined and parted, with a real region."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from coachdesk.clock import FixedClock
from coachdesk.domain.sending import PUT, WITHDRAW
from coachdesk.domain.trainee import Trainee
from coachdesk.services import consents, joining, parting, sync
from coachdesk.services.desk import Desk
from coachdesk.store import joining as store
from tests.services.carried import BODY, carry, enrolled, give, open_phase, region

__all__ = ["carry", "enrolled", "give", "region"]


@pytest.fixture
def two(desk: Desk, a_trainee: Callable[..., Trainee]) -> tuple[Trainee, Trainee]:
    kept, gone = a_trainee("Mäkelä", "Säde"), a_trainee("Mäkelä", "Säde")
    open_phase(desk, kept, 3)
    open_phase(desk, gone, 4)
    return kept, gone


def join(desk: Desk, two: tuple[Trainee, Trainee]) -> Any:
    return joining.join(desk, two[0].id, two[1].id)


def phases(enrolled: Any) -> list[list[int]]:
    return sorted([one["phase"] for one in fields["phases"]] for fields in enrolled.fields if fields)


def refs(desk: Desk) -> dict[int, str]:
    with desk.reading() as unit:
        return {row["trainee_id"]: row["ref"] for row in store.rows(unit, "reference")}


def test_one_summary_stays_at_the_region_and_the_other_is_withdrawn(
    desk: Desk, enrolled: Any, carry: Any, give: Any, two: Any
) -> None:
    for one in two:
        give(one)
    carry()
    assert phases(enrolled) == [[3], [4]]

    assert joining.meeting(desk, two[0].id, two[1].id).withdraws == (BODY,)
    join(desk, two)
    assert [offer.kind for offer in sync.review(desk)] == [WITHDRAW, PUT]
    carry()

    assert phases(enrolled) == [[3, 4]]
    assert sync.review(desk) == ()


def test_the_joined_summary_waits_until_it_is_seen_but_the_withdrawal_does_not(
    desk: Desk, enrolled: Any, carry: Any, give: Any, two: Any
) -> None:
    for one in two:
        give(one)
    carry()
    join(desk, two)

    carry(accepted_only=True)

    assert len(phases(enrolled)) == 1
    assert [offer.waits_for_coach for offer in sync.review(desk)] == [True]
    assert sync.accept(desk, sync.review(desk)[0]).accepted


def test_the_newer_consent_stands_and_the_older_never_comes_back(
    desk: Desk, enrolled: Any, carry: Any, give: Any, two: Any, clock: FixedClock
) -> None:
    give(two[1], given=date(2026, 12, 1))
    newer = give(two[0], given=date(2026, 12, 5))
    join(desk, two)

    assert consents.sheet(desk, two[0].id).in_force(BODY).number == newer.number  # type: ignore[union-attr]
    consents.withdraw(desk, newer.id)
    assert consents.sheet(desk, two[0].id).in_force(BODY) is None


def test_where_the_other_records_consent_stands_its_name_at_the_region_stays(
    desk: Desk, enrolled: Any, carry: Any, give: Any, two: Any
) -> None:
    give(two[0], given=date(2026, 12, 1))
    give(two[1], given=date(2026, 12, 5))
    carry()
    theirs = refs(desk)[two[1].id]

    join(desk, two)
    carry()

    assert refs(desk) == {two[0].id: theirs}
    assert phases(enrolled) == [[3, 4]]


def test_who_withdrew_in_one_record_has_withdrawn_in_both(
    desk: Desk, enrolled: Any, carry: Any, give: Any, two: Any
) -> None:
    give(two[0], given=date(2026, 12, 1))
    consents.withdraw(desk, give(two[1], given=date(2026, 12, 1)).id)
    carry()
    assert len(phases(enrolled)) == 1

    join(desk, two)
    carry()

    assert phases(enrolled) == []


def test_a_prohibition_of_one_record_bars_both(
    desk: Desk, enrolled: Any, carry: Any, give: Any, two: Any
) -> None:
    give(two[0])
    consents.forbid(desk, two[1].id)
    carry()
    join(desk, two)
    carry()

    assert phases(enrolled) == []


def test_what_was_sealed_of_the_other_record_and_never_handed_over_is_destroyed(
    desk: Desk, enrolled: Any, give: Any, two: Any
) -> None:
    for one in two:
        give(one)
    for offer in sync.review(desk):
        sync.accept(desk, offer)
    sync.seal(desk)
    assert len(sync.outbox_sheet(desk).lines) == 2

    join(desk, two)

    assert sync.outbox_sheet(desk).lines == ()


def test_after_parting_the_region_holds_both_again_each_with_its_own(
    desk: Desk, enrolled: Any, carry: Any, give: Any, two: Any
) -> None:
    for one in two:
        give(one)
    carry()
    before = refs(desk)
    made = join(desk, two)
    carry()

    parting.part(desk, made.id)
    assert refs(desk) == before
    carry()

    assert phases(enrolled) == [[3], [4]]
    assert sync.review(desk) == ()


def test_parted_before_anything_was_sent_the_region_has_nothing_to_hear(
    desk: Desk, enrolled: Any, carry: Any, give: Any, two: Any
) -> None:
    for one in two:
        give(one)
    carry()
    made = join(desk, two)
    parting.part(desk, made.id)

    assert sync.review(desk) == ()


def test_a_consent_that_has_ended_stands_for_nothing(
    desk: Desk, enrolled: Any, carry: Any, give: Any, two: Any, clock: FixedClock
) -> None:
    give(two[0], valid_to=clock.today())
    give(two[1])
    clock.at += timedelta(days=1)
    join(desk, two)
    carry()

    assert phases(enrolled) == [[3, 4]]
