from concurrent.futures import ThreadPoolExecutor

import pytest

from coachdesk.errors import Refused
from coachdesk.region.staff import passwords
from coachdesk.region.staff.passwords import COST

from .conftest import CHEAP


@pytest.mark.parametrize(
    "weak", ["", "kissa", "Password1234", "aaaaaaaaaaaaaaaa", "pohjanmaapohjanmaa", "x" * 129]
)
def test_a_password_that_can_be_guessed_is_refused(weak):
    with pytest.raises(Refused):
        passwords.require_strong(weak, "pohjanmaa")


@pytest.mark.parametrize(
    "strong", ["kolme hauskaa merikotkaa", "Ö" * 3 + "x9#kQ!vT2m", "w" * 1 + "7Gq-blåbär-ö-12 "]
)
def test_long_passwords_with_any_letters_are_taken(strong):
    passwords.require_strong(strong)


def test_composed_and_decomposed_letters_are_the_same_password():
    assert passwords.fits("a\u0308iti", passwords.kept("äiti", CHEAP))
    assert not passwords.fits("aiti", passwords.kept("äiti", CHEAP))


def test_a_guess_costs_more_than_owasp_asks_for():
    """The least that the Password Storage Cheat Sheet names is 46 MiB and one pass, one lane."""
    assert (COST.memory_kib, COST.passes) == (65536, 3)


def test_two_are_checked_side_by_side_without_waiting_for_each_other_for_ever():
    phc = passwords.kept("kolme hauskaa merikotkaa")
    assert phc.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    with ThreadPoolExecutor(4) as several:
        words = ["kolme hauskaa merikotkaa", "something else"] * 2
        tries = [several.submit(passwords.fits, word, phc) for word in words]
        found = [one.result(timeout=60) for one in tries]

    assert found == [True, False, True, False]
