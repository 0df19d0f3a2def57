"""The list of letters where very many have come."""

from datetime import timedelta

import pytest

from coachdesk.clock import FixedClock
from coachdesk.domain.region_letters import ASIDE, DONE, NEW, RegionLetter
from coachdesk.services import letter_lists
from coachdesk.services.desk import Desk
from coachdesk.store import letters


def test_a_letter_that_nobody_answered_is_listed_however_many_came_after_it(
    desk: Desk, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letter_lists, "SHOWN", 2)
    with desk.writing() as unit:
        for day, state in enumerate((NEW, NEW, DONE, DONE, ASIDE, DONE)):
            letter = RegionLetter(
                region_id="pohjanmaa",
                uid=f"{day:032x}",
                kind="question",
                received=clock.now() + timedelta(days=day),
                state=state,
            )
            letters.LETTERS.add(unit, letter)
        unit.commit()

    found = letter_lists.listing(desk)

    assert [line.received.day for line in found] == [20, 19, 16, 15]  # the newest first
    assert [line.state for line in found] == [DONE, ASIDE, NEW, NEW]
    assert len(letter_lists.card(desk).lines) == 2
