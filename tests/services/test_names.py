"""Finding among 10,000 people as they are typed."""

import random
from dataclasses import replace

import pytest

from coachdesk.domain.letters import exact_fold, fold
from coachdesk.domain.trainee import Trainee
from coachdesk.services import names, trainees
from coachdesk.services.desk import Desk
from coachdesk.store import trainees as store

FAMILY = "Lindström Mäkelä Nyström Strömberg Virtanen Åberg Östman Häggblom Niemi Söderholm Strom Đorđević"
GIVEN = "Göran Säde Päivi Åke Bo Aino Öyvind Zoran Märta Eero Hugo Ester"
TYPED = ("strom", "ström", "mak", "mäk", "åke", "ake", "ost bo", "hägg es", "dord")


@pytest.fixture
def crowd(desk: Desk) -> list[Trainee]:
    picked = random.Random(7)
    people = [
        Trainee(
            family_name=picked.choice(FAMILY.split()) + picked.choice(["", "-Aho", f" {n % 97}"]),
            given_names=f"{picked.choice(GIVEN.split())} {picked.choice(GIVEN.split())}",
        )
        for n in range(10_000)
    ]
    with desk.writing() as unit:
        store.add_many(unit, people)
        unit.log("import.trainees")
        unit.commit()
    with desk.reading() as unit:
        return list(store.TRAINEES.find(unit))


def test_every_fitting_name_is_found_and_no_other(desk: Desk, crowd: list[Trainee]) -> None:
    def fits(person: Trainee, typed: str) -> bool:
        name = f"{person.family_name} {person.given_names}"
        return all(
            (exact_fold(word) in exact_fold(name)) if set(word) & set("åäö") else (fold(word) in fold(name))
            for word in typed.split()
        )

    for typed in TYPED:
        found = names.find(desk, typed, limit=20_000)
        assert {hit.trainee_id for hit in found} == {person.id for person in crowd if fits(person, typed)}


def test_family_names_that_begin_so_come_first_and_the_very_letters_before_others(
    desk: Desk, crowd: list[Trainee]
) -> None:
    found = [fold(hit.name) for hit in names.find(desk, "strom", limit=20_000)]
    starts = [name.startswith("strom") for name in found]
    assert starts == sorted(starts, reverse=True) and True in starts and False in starts
    assert names.find(desk, "strom", limit=1)[0].name.startswith("Strom")
    assert names.find(desk, "ström", limit=1)[0].name.startswith("Ström")


def test_new_and_changed_names_are_found_at_once(desk: Desk) -> None:
    assert names.find(desk, "lind") == ()
    kept = trainees.register(desk, Trainee(family_name="Lindström", given_names="Göran"))
    assert [hit.name for hit in names.find(desk, "lind")] == ["Lindström, Göran"]
    trainees.edit(desk, replace(kept, family_name="Nyman", former_names="Lindström"))
    assert [hit.name for hit in names.find(desk, "nym")] == ["Nyman, Göran"]
    assert [hit.name for hit in names.find(desk, "lind")] == ["Nyman, Göran"]
    trainees.remove(desk, kept.id)
    assert names.find(desk, "nym") == ()


def test_code_finds_its_person_by_four_signs_and_is_not_in_the_hit(desk: Desk) -> None:
    kept = trainees.register(
        desk, Trainee(family_name="Mäkelä", given_names="Säde", personal_identity_code="241278-9553")
    )
    assert names.find(desk, "955") == ()
    for typed in ("9553", "2412", "241278-9553", "8-9553"):
        (hit,) = names.find(desk, typed)
        assert hit.trainee_id == kept.id
        assert "9553" not in repr(hit) and "2412" not in repr(hit)


def test_signs_that_mean_something_elsewhere_find_nobody_and_break_nothing(desk: Desk) -> None:
    trainees.register(desk, Trainee(family_name="Mäkelä", given_names="Säde"))
    for typed in ("", " ", '"', "*", "%", "_", "-", "'", "(", "\\", "\u0308"):
        assert names.find(desk, typed) == ()
