from datetime import datetime, time, timedelta

import pytest

from coachdesk.domain.codes import codes
from coachdesk.errors import Refused
from coachdesk.importing import values
from coachdesk.importing.columns import FIELDS, guess, words

MORNING = datetime(2026, 1, 1, 9, 15)  # noqa: DTZ001 - a workbook's moments have no zone


def value(found):
    return found[0]


@pytest.mark.parametrize("cell", ["Vöyri", "vörå", "VORA", "Vörå/Vöyri", "946", 946, "Vöyri (Vörå)"])
def test_municipality_by_any_of_its_names(cell):
    assert value(values.read_municipality(cell)) == "946"


@pytest.mark.parametrize(
    ("cell", "code"),
    [("fi", "fi"), ("Suomi", "fi"), ("svenska", "sv"), ("Ukraina", "uk"), ("somali", "so"), ("farsi", "fa"),
     ("suomen kieli", "fi"), ("Vietnam", "vi")],
)  # fmt: skip
def test_language_by_name_or_code(cell, code):
    assert value(values.read_language(cell)) == code


@pytest.mark.parametrize(
    ("title", "cell", "key"),
    [
        ("outcomes", "Työllistyi avoimille työmarkkinoille", "employed"),
        ("outcomes", "fick jobb", "employed"),
        ("outcomes", "Keskeytti: terveys", "interrupted_health"),
        ("outcomes", "AVBRÖT: HÄLSA", "interrupted_health"),
        ("outcomes", "Opinnot jatkuvat", "studies"),
        ("outcomes", "studierna fortsätter", "studies"),
        ("referrers", "TE-toimisto", "te_office"),
        ("referrers", "AN-byrån", "te_office"),
        ("referrers", "FPA", "kela"),
        ("referrers", "Själv", "self"),
        ("plan_kinds", "Aktivointisuunnitelma", "activation_plan"),
        ("plan_kinds", "aktiveringsplan", "activation_plan"),
        ("plan_kinds", "Monialainen työllistymissuunnitelma", "multidisciplinary_employment_plan"),
        ("plan_kinds", "PUK", "competence_development_plan"),
    ],
)
def test_words_of_both_languages_mean_codes(title, cell, key):
    assert value(values.read_code(cell, title)) == key


def test_every_code_is_known_by_both_its_names():
    for title in ("outcomes", "referrers", "plan_kinds", "service_kinds", "end_reasons", "note_kinds"):
        for code in codes(title):
            for name in (code.fi, code.sv, code.key):
                assert value(values.read_code(name, title)) == code.key


def test_import_words_name_only_codes_and_fields_that_exist():
    for title, table in words()["codes"].items():
        assert set(table) <= {code.key for code in codes(title)}, title
    known = {field.key for fields in FIELDS.values() for field in fields}
    assert set(words()["headings"]) <= known
    assert set(words()["languages"]) <= {code.key for code in codes("languages")}


def test_no_heading_means_two_fields_of_one_kind():
    for kind, fields in FIELDS.items():
        for field in fields:
            for heading in words()["headings"].get(field.key, []):
                assert guess(kind, heading) == field.key, (kind, heading)


@pytest.mark.parametrize(
    ("kind", "heading", "field"),
    [
        ("people", "SUKUNIMI", "family_name"),
        ("people", "Efternamn *", "family_name"),
        ("people", "Henkilötunnus (hetu)", "personal_identity_code"),
        ("people", "Personbeteckning", "personal_identity_code"),
        ("people", "Tyohonvalmennus alkoi", "coaching_begins"),
        ("people", "Arbetsträningen började", "coaching_begins"),
        ("people", "Orsak till avslutande", "outcome"),
        ("people", "Vitsord", "grade"),
        ("notes", "Pvm", "date"),
        ("notes", "Anteckning", "text"),
        ("people", "Kissan nimi", ""),
    ],
)
def test_headings_in_both_languages(kind, heading, field):
    assert guess(kind, heading) == field


@pytest.mark.parametrize("cell", [3, 3.0, "3", "Vaihe 3", "fas III", "3. Työn etsintä", "3 Jobbsökning"])
def test_phase_however_written(cell):
    assert value(values.read_phase(cell)) == 3


@pytest.mark.parametrize("cell", ["0", "6", "x", "13", "-3"])
def test_what_is_no_phase_is_refused(cell):
    with pytest.raises(Refused):
        values.read_phase(cell)


@pytest.mark.parametrize(("cell", "grade"), [("8", 8), (10.0, 10), ("9,0", 9)])
def test_grade(cell, grade):
    assert value(values.read_grade(cell)) == grade


@pytest.mark.parametrize("cell", ["3", "11", "8,5", "hyvä", "²"])
def test_what_is_no_grade_is_refused(cell):
    with pytest.raises(Refused):
        values.read_grade(cell)


def test_small_letters_of_a_code_are_raised_with_a_notice():
    code, notice = values.read_identity_code("191182x9287")
    assert code == "191182X9287"
    assert "small letters" in notice
    assert values.read_identity_code("191182X9287") == ("191182X9287", None)


def test_zero_that_a_number_lost_is_put_back_with_a_notice():
    assert values.read_phone(401234567)[0] == "0401234567"
    assert values.read_phone("040 123 4567") == ("040 123 4567", None)
    assert values.read_postal_code(500) == ("00500", None)


@pytest.mark.parametrize("cell", ["9.15", "9:15", "klo 9.15", "kl. 9.15", time(9, 15), MORNING])
def test_time_of_day(cell):
    assert value(values.read_time(cell)) == time(9, 15)


def test_text_loses_control_characters_only():
    assert values.text_of("a\x00b\u200bc\td") == "ab\u200bc\td"
    assert values.text_of(5.0) == "5"


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("ma-to", "1234"), ("mån–tors", "1234"), ("ma, ke, pe", "135"), ("Ma Ti To", "124"),
        ("må-fre", "12345"),
        ("maanantai ja torstai", "14"), ("tisdag och onsdag", "23"), ("arkisin", "12345"), ("lör", "6"),
        ("ke", "3"), ("to – la", "456"), ("ma-ke + pe", "1235"), ("Måndag", "1"), ("Vardagar", "12345"),
    ],
)  # fmt: skip
def test_weekdays_are_read_as_people_write_them(cell, days):
    assert values.read_weekdays(cell) == (days, None)


@pytest.mark.parametrize("cell", ["4", "to-ma", "joskus", "1-4", "m", "ma-", "-", "x" * 299, 4, "ma--to"])
def test_what_names_no_weekdays_is_refused(cell):
    with pytest.raises(Refused):
        values.read_weekdays(cell)


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        ("5 h", 300), ("5", 300), (5, 300), (4.25, 255), ("4,5", 270), ("4.30", 270), ("4:30 t", 270),
        ("6 tim.", 360), ("5 h/pv", 300), ("5 timmar / dag", 300), (time(4, 30), 270), ("0,5", 30),
        (timedelta(hours=5), 300),
    ],
)  # fmt: skip
def test_hours_of_a_day_are_read_as_people_write_them(cell, minutes):
    assert values.read_hours(cell) == (minutes, None)


@pytest.mark.parametrize("cell", ["20 h/vko", "0", "13", -1, "4.75", "viisi", 24.5, "1,333", True is None])
def test_hours_that_no_day_has_are_refused(cell):
    with pytest.raises(Refused):
        values.read_hours(cell)


def test_what_nobody_sees_is_no_part_of_a_name():
    assert values.read_line("An\u00adna\u200b Ma\u202eria\ufeff") == ("Anna Maria", None)
