"""A text in the other language: phrases of the bank known by their words, own words left and marked."""

import pytest

from coachdesk.domain.phrase_pairs import Piece, in_other, turned

PAIRS = (
    ("Ilmoitan itse, jos olen sairas.", "Jag meddelar själv om jag är sjuk."),
    ("Seuraava tapaaminen: ___.", "Nästa möte: ___."),
    ("Päivä alkaa kello ___ ja päättyy kello ___.", "Dagen börjar klockan ___ och slutar klockan ___."),
    ("Haluan", "Jag vill"),
    ("Haluan töitä.", "Jag vill ha arbete."),
)


def phrase(text: str) -> Piece:
    return Piece(text=text)


def own(text: str) -> Piece:
    return Piece(text=text, own=True)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", ()),
        ("  \n", (phrase("  \n"),)),
        ("Ilmoitan itse, jos olen sairas.", (phrase("Jag meddelar själv om jag är sjuk."),)),
        ("Ilmoitan  itse,\njos olen sairas.", (phrase("Jag meddelar själv om jag är sjuk."),)),
        ("Tulen bussilla.", (own("Tulen bussilla."),)),
        (
            "Tulen bussilla. Ilmoitan itse, jos olen sairas.\nMukana eväät.",
            (own("Tulen bussilla."), phrase(" Jag meddelar själv om jag är sjuk.\n"), own("Mukana eväät.")),
        ),
        ("Ilmoitan itse, jos olen sairaana.", (own("Ilmoitan itse, jos olen sairaana."),)),
        ("Haluan töitä.", (phrase("Jag vill ha arbete."),)),
        ("Haluanko töitä?", (own("Haluanko töitä?"),)),
        ("15.12. – 31.12.", (phrase("15.12. – 31.12."),)),
    ],
)
def test_phrase_is_told_in_the_other_language_and_own_words_as_they_stand(
    text: str, pieces: tuple[Piece, ...]
) -> None:
    assert in_other(text, PAIRS) == pieces


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Seuraava tapaaminen: ___.", "Nästa möte: ___."),
        ("Seuraava tapaaminen: 15.12.2026.", "Nästa möte: 15.12.2026."),
        ("Seuraava tapaaminen: 15.12. klo 9. Haluan töitä.", "Nästa möte: 15.12. klo 9. Jag vill ha arbete."),
        ("Seuraava tapaaminen: 1.2.\nHaluan töitä.", "Nästa möte: 1.2.\nJag vill ha arbete."),
        (
            "Päivä alkaa kello 9 ja päättyy kello 14.30.",
            "Dagen börjar klockan 9 och slutar klockan 14.30.",
        ),
    ],
)
def test_what_fills_a_gap_goes_along(text: str, told: str) -> None:
    assert turned(text, PAIRS) == told


def test_word_in_a_gap_is_not_said_to_be_translated_but_a_name_needs_none() -> None:
    with_word = in_other("Seuraava tapaaminen: ensi viikolla.", PAIRS)
    with_name = in_other("Seuraava tapaaminen: Vaasan työpaja.", PAIRS)
    assert with_word == (phrase("Nästa möte: "), own("ensi viikolla"), phrase("."))
    assert with_name == (phrase("Nästa möte: Vaasan työpaja."),)


def test_turned_there_and_back_is_the_same_text() -> None:
    back = tuple((sv, fi) for fi, sv in PAIRS)
    text = "Omia sanoja. Päivä alkaa kello 9 ja päättyy kello 14.\n\nIlmoitan itse, jos olen sairas."
    assert turned(turned(text, PAIRS), back) == text


def test_long_line_full_of_gaps_is_read_at_once() -> None:
    many = (("a ___ a ___ a ___ b", "c ___ c ___ c ___ d"),)
    text = "a " * 2000
    assert turned(text, many) == text
