"""What a notice of a lost laptop needs is on one page, also from a desk restored from its backup."""

import json
from datetime import date

from coachdesk.domain.trainee import Trainee
from coachdesk.services import forms, lost_laptop, trainees
from coachdesk.services.desk import Desk
from tests.printing import reading


def three_people(desk: Desk) -> None:
    born = date(1990, 1, 1)
    for name, code, hidden in (("Ek", "010190-901R", False), ("Åbacka", "", True), ("Aho", "", False)):
        person = Trainee(
            family_name=name, given_names="Malli", personal_identity_code=code, birth_date=born,
            non_disclosure=hidden, municipality="905",
        )  # fmt: skip
        trainees.register(desk, person)


def test_the_numbers_are_those_of_the_desk(desk: Desk) -> None:
    three_people(desk)

    told = json.loads(lost_laptop.make(desk, "fi").data)

    assert (told["trainees"], told["with_identity_code"], told["with_non_disclosure"]) == (3, 1, 1)
    assert told["kinds"]["trainee"] == 3
    assert told["at_region"] == 0
    assert told["last_backup"] is None
    assert any("Argon2id" in way for way in told["opened_by"])


def test_the_page_names_everybody_but_no_identity_code_and_speaks_both_languages(desk: Desk) -> None:
    three_people(desk)

    for language, said in (("fi", "Kenen tietoja"), ("sv", "Vems uppgifter")):
        text = reading.text(forms.lost_laptop(desk, language).pdf)
        assert said in text
        assert "Åbacka, Malli" in text
        assert "901R" not in text


def test_the_page_stands_in_the_log(desk: Desk) -> None:
    from coachdesk.services import access_log

    lost_laptop.make(desk, "fi")

    assert access_log.of_desk(desk).rows[0].line.act == "lost_laptop.make"
