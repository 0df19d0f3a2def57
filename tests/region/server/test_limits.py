"""Rates are kept for few, and refill by seconds that pass."""

import pytest

from coachdesk.exchange.seal import BIGGEST_BUNDLE
from coachdesk.region.rates import Rate
from coachdesk.region.server.limits import BIGGEST_BODY


class Ticking:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_rate_lets_a_burst_through_and_then_one_by_one():
    clock = Ticking()
    rate = Rate(60, clock=clock)
    assert [rate.wait("a") for _ in range(60)] == [0.0] * 60
    assert rate.wait("a") == pytest.approx(1.0)
    assert rate.wait("b") == 0.0
    clock.now = 1.0
    assert rate.wait("a") == 0.0
    assert rate.open_in("a") == pytest.approx(1.0)


def test_waiting_is_not_made_longer_by_asking():
    clock = Ticking()
    rate = Rate(1, clock=clock)
    rate.wait("a")
    assert [rate.wait("a") for _ in range(5)] == [pytest.approx(60.0)] * 5


def test_nought_is_any_number():
    assert {Rate(0).wait("a") for _ in range(1000)} == {0.0}


def test_a_rate_forgets_whom_it_has_not_seen_for_longest():
    rate = Rate(1, most=100, clock=Ticking())
    for number in range(10_000):
        rate.wait(str(number))

    assert len(rate._kept) == 100
    assert rate.open_in("9999") > 0 and rate.open_in("0") == 0


def test_a_body_is_no_bigger_than_a_bundle():
    assert BIGGEST_BODY == BIGGEST_BUNDLE
