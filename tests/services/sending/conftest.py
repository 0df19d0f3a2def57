"""What a desk sends by network: people whose goals were accepted for a real region."""

from datetime import date

import pytest

from coachdesk.services import consents
from tests.served import BODY
from tests.services.sending.sent import accept_all


@pytest.fixture
def give(desk, a_trainee):
    """``give("Aho", goal="Puutyöt")`` is somebody whose goal was accepted for the region."""

    def give(family, *scopes, **more):
        person = a_trainee(family, "Elli", **more)
        found = consents.give(
            desk, person.id, recipient=BODY, scopes=scopes or ("goals",), valid_to=date(2027, 6, 30)
        )
        accept_all(desk)
        return person, found

    return give
