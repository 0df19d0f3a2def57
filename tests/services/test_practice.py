"""The practice region: its own process, a desk of made-up people, and whatever goes wrong is mended."""

import pytest

from coachdesk.services.practice import LOSES, REFUSES, Practice
from tests.conftest import CHEAP


@pytest.fixture
def practice(clock):
    found = Practice(clock, "fi", cost=CHEAP, floor=CHEAP)
    found.begin()
    yield found
    found.close()


def test_nothing_is_lost_whatever_goes_wrong_on_the_way(practice):
    first = practice.compared()
    assert [side.there for side in first.sides] == [None] * 5

    (refused,) = practice.send(REFUSES)
    assert refused.refused and "Not" not in refused.lines[0]
    assert not practice.compared().alike

    (lost,) = practice.send(LOSES)
    assert lost.problem is not None
    assert practice.compared().alike  # it came there, though nobody here knows
    assert practice.compared().waiting == 1

    (sent,) = practice.send()
    assert (sent.problem, sent.waiting) == (None, 0)

    practice.change(1)
    practice.withdraw(2)
    practice.send()
    assert practice.compared().alike
    practice.restore()
    practice.send()
    after = practice.compared()
    assert after.alike and not after.waiting
    assert [side.consented for side in after.sides] == [True, False, True, True, True]


def test_everything_of_practice_is_thrown_away(practice):
    folder = practice.folder
    practice.close()

    assert not folder.exists()
    assert not practice.region.runs
