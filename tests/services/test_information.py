from datetime import date

import pytest

from coachdesk.domain.trainee import Trainee
from coachdesk.errors import Refused
from coachdesk.services import information, trainees
from coachdesk.services.desk import Desk

TODAY = date(2026, 12, 15)


@pytest.fixture
def aino(desk: Desk) -> int:
    return trainees.register(desk, Trainee(family_name="Mallikas", given_names="Aino")).id


def test_giving_the_text_is_recorded_with_version_language_and_giver(desk: Desk, aino: int) -> None:
    information.give(desk, aino, language="fi", plain=True, given=TODAY, given_by="Maria Bäckström")

    (one,) = information.given_to(desk, aino)
    assert (one.text_version, one.language, one.given_by) == ("2026-1", "fi-plain", "Maria Bäckström")


def test_a_mistaken_record_is_taken_back(desk: Desk, aino: int) -> None:
    one = information.give(desk, aino, language="sv", given=TODAY, given_by="Maria")
    information.take_back(desk, one.id)

    assert information.given_to(desk, aino) == ()


def test_the_day_is_not_to_come(desk: Desk, aino: int) -> None:
    with pytest.raises(Refused):
        information.give(desk, aino, language="fi", given=date(2026, 12, 16), given_by="Maria")


def test_the_paper_knows_the_workshop_and_when_it_was_given(desk: Desk, aino: int) -> None:
    information.give(desk, aino, language="fi", given=TODAY, given_by="Maria")
    paper = information.paper(desk, aino, language="fi", plain=True)

    assert (paper.trainee, paper.workshop.name.fi, paper.given) == ("Aino Mallikas", "Mallipaja", TODAY)
    assert paper.sections[0].text.startswith("Mallipaja")
    assert paper.sections[0].lists_services
    assert information.paper(desk, None, language="sv").trainee == ""
