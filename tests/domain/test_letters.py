"""Letters: found with and without their marks, sorted å ä ö after z."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.domain.letters import Typed, exact_fold, fold, name_sort, nfc, nfc_lines, sort_key

NAMES = st.text("abcdefghijklmnoprstuvyåäöéüšžłøæđßńABCÅÄÖÉŁØ' -", max_size=25)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Ström", "strom"),
        ("Åkerblom-Hägg", "akerblom hagg"),
        ("Đorđević", "dordevic"),
        ("Łukasz Żółć", "lukasz zolc"),
        ("Sørensen", "sorensen"),
        ("Næss", "naess"),
        ("Groß", "gross"),
        ("O’Brien", "o brien"),
        ("Stro\u0308m", "strom"),
        ("  Von   Essen ", "von essen"),
    ],
)
def test_marks_and_foreign_letters_are_folded(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("strom", {"Ström, Bo", "Strom, Eva", "Engström, Åke"}),
        ("ström", {"Ström, Bo", "Engström, Åke"}),
        ("STRÖM", {"Ström, Bo", "Engström, Åke"}),
        ("stro\u0308m", {"Ström, Bo", "Engström, Åke"}),
        ("bo str", {"Ström, Bo"}),
        ("ake", {"Engström, Åke"}),
        ("äke", set()),
        ("dord", {"Đorđević, Zoran"}),
        ("đorđe", {"Đorđević, Zoran"}),
        ("*", set()),
    ],
)
def test_typed_letters_find(typed: str, found: set[str]) -> None:
    people = ("Ström, Bo", "Strom, Eva", "Engström, Åke", "Đorđević, Zoran")
    asked = Typed(typed)
    assert {name for name in people if asked and asked.match(fold(name), exact_fold(name))} == found


def test_order_of_both_languages_has_own_letters_last() -> None:
    names = ["Öhman", "Zetterberg", "Ängeslevä", "Åberg", "Aalto", "Mäkelä", "Makkonen", "Möller", "Myllys"]
    assert sorted(names, key=sort_key) == [
        "Aalto", "Makkonen", "Myllys", "Mäkelä", "Möller", "Zetterberg", "Åberg", "Ängeslevä", "Öhman",
    ]  # fmt: skip


def test_whole_family_name_comes_before_given_names() -> None:
    people = [("Berg Nyman", "Aili"), ("Berg", "Östen"), ("Bergman", "Aarne"), ("Berg", "Aili")]
    assert sorted(people, key=lambda p: name_sort(*p)) == [
        ("Berg", "Aili"), ("Berg", "Östen"), ("Berg Nyman", "Aili"), ("Bergman", "Aarne"),
    ]  # fmt: skip


@given(NAMES)
def test_folding_twice_is_folding_once(name: str) -> None:
    assert fold(fold(name)) == fold(name)
    assert fold(name).isascii()


@given(NAMES)
def test_composed_and_decomposed_names_are_the_same_name(name: str) -> None:
    apart = unicodedata.normalize("NFD", name)
    assert nfc(apart) == nfc(name)
    assert (fold(apart), exact_fold(apart), sort_key(apart)) == (fold(name), exact_fold(name), sort_key(name))


@given(NAMES, st.data())
def test_each_part_of_a_name_finds_it(name: str, data: st.DataObject) -> None:
    written = nfc(name)
    words = [word for word in written.replace("'", " ").replace("-", " ").split() if fold(word)]
    if words:
        word = data.draw(st.sampled_from(words))
        part = word[: data.draw(st.integers(1, len(word)))]
        for typed in (part, fold(part), part.upper() if "ß" not in part else part):
            assert Typed(typed).match(fold(written), exact_fold(written))


def test_longer_text_keeps_its_lines() -> None:
    assert nfc_lines("\n  Yksi \r\n\r\nKaksi\r") == "Yksi\n\nKaksi"
