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


def test_a_guess_costs_what_the_second_choice_of_rfc_9106_costs():
    assert (COST.memory_kib, COST.passes, COST.lanes) == (65536, 3, 4)
