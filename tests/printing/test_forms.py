"""Every form, in both languages."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from coachdesk import i18n, printing
from coachdesk.printing.attendance import draw_month_list
from coachdesk.printing.blocks import signature_block
from coachdesk.printing.consent import draw_consent, draw_plain_consent
from coachdesk.printing.plan import draw_plan
from coachdesk.printing.recovery import draw_recovery
from coachdesk.printing.replacement import draw_replacement
from coachdesk.printing.slip import draw_slip
from tests.printing import reading, samples
from tests.printing.samples import SAMPLES

EACH = [(name, language) for name in SAMPLES for language in ("fi", "sv")]
CODE = re.compile(r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]")


def drawn(name: str, language: str) -> bytes:
    form, sheet = SAMPLES[name]
    return printing.form(form).draw(sheet(language), language)


@pytest.mark.parametrize(("name", "language"), EACH)
def test_form_has_no_failure_of_pdf_ua_1(name: str, language: str) -> None:
    assert reading.failures(drawn(name, language)) == []


@pytest.mark.parametrize(("name", "language"), EACH)
def test_same_sheet_gives_the_same_bytes(name: str, language: str) -> None:
    assert drawn(name, language) == drawn(name, language)


@pytest.mark.parametrize(("name", "language"), EACH)
def test_each_page_says_which_of_how_many_it_is(name: str, language: str) -> None:
    found = reading.pages(drawn(name, language))
    word = {"fi": "Sivu", "sv": "Sida"}[language]

    for number, text in enumerate(found, 1):
        assert f"{word} {number} ({len(found)})" in text


@pytest.mark.parametrize(("name", "trainees"), EACH)
def test_form_speaks_the_trainees_language_whatever_the_screens(
    name: str, trainees: str, language: Callable[[str], None]
) -> None:
    alone = drawn(name, trainees)
    language("sv" if trainees == "fi" else "fi")

    assert drawn(name, trainees) == alone


@pytest.mark.parametrize(("name", "language"), EACH)
def test_fonts_are_embedded_and_nothing_is_to_be_filled_in(name: str, language: str) -> None:
    pdf = drawn(name, language)

    assert set(re.findall(rb"/BaseFont /\w+\+(\S+)", pdf)) <= {b"NotoSans-Regular", b"NotoSans-Bold"}
    assert b"Helvetica" not in pdf
    assert b"/AcroForm" not in pdf
    assert b"/DisplayDocTitle true" in pdf


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_no_english_is_left_on_a_form(language: str) -> None:
    words = i18n.words(language)
    for form in printing.FORMS:
        assert words._(form.title) != form.title or form.title == "Plan"


@pytest.mark.parametrize("name", sorted(set(SAMPLES) - {"activation_plan", "absence_report", "dossier"}))
def test_identity_code_stands_only_where_the_form_asks_for_it(name: str) -> None:
    assert not CODE.search(reading.text(drawn(name, "fi")))


def test_titles_and_sender_fit_two_sides_of_the_header() -> None:
    long = replace(
        samples.slip("fi"),
        workshop=replace(samples.WORKSHOP, organisation="Hyvin pitkä yhdistyksen nimi " * 8),
    )

    assert "…" in reading.pages(draw_slip(long, "fi"))[0]


def test_who_signs_a_plain_form_reads_as_large_type_as_the_rest() -> None:
    words = i18n.words("fi")
    role = samples.activation_plan("fi").signers[0]
    _title, table = signature_block([role], words, large=True)
    said = [part for row in table._cellvalues for cell in row for part in cell]

    assert len(said) > 3 and all(part.style.fontSize >= 13 for part in said)


def test_who_signs_is_named_in_the_foot_whole_or_not_at_all() -> None:
    sheet = samples.activation_plan("sv")
    name = "Ett mycket långt namn på den som undertecknar"
    signers = tuple(replace(one, name=name) for one in sheet.signers)
    first, *_others, last = reading.pages(draw_plan(replace(sheet, signers=signers), "sv"))

    assert "Underskrifter på sida" in first and "…" not in first
    assert "Underskrifter på sida" not in last


def test_a_name_of_two_lines_stands_in_the_foot_as_one() -> None:
    paper = samples.coaching_plan()
    signers = tuple(replace(one, name="Anna\nAho") for one in paper.signers)
    pdf = draw_plan(replace(paper, signers=signers, parts=paper.parts * 5), "fi")

    assert reading.failures(pdf) == []
    assert "Anna Aho" in reading.squeezed(reading.pages(pdf)[0])


def test_a_double_name_is_divided_at_its_own_hyphen() -> None:
    paper = samples.month_list("sv")
    rows = tuple(replace(row, name="Sundström-Nygård-Häggblom Anna-Maria") for row in paper.rows)
    pdf = draw_month_list(replace(paper, rows=rows), "sv")
    lines = [line for page in reading.pages(pdf) for line in page.splitlines()]

    assert reading.failures(pdf) == []
    assert any("Häggblom" in line for line in lines) and any("Sundström-Nygård" in line for line in lines)


def test_a_point_without_words_has_no_mark() -> None:
    paper = samples.replacement()
    empty = draw_replacement(replace(paper, points=("", " ", "Etsii työtä")), "fi")

    assert reading.text(empty).count("•") == 1


def test_month_list_never_tells_why_somebody_was_away() -> None:
    text = reading.text(draw_month_list(samples.month_list("fi"), "fi"))

    for word in ("sairaus", "haastattelu", "luottamus"):
        assert word not in text


@pytest.mark.parametrize("people", [12, 13, 14, 15, 28, 30, 45])
def test_month_list_loses_nobody_and_its_signature_never_stands_alone(people: int) -> None:
    sheet = samples.month_list("fi", people=people)
    found = reading.pages(draw_month_list(sheet, "fi"))

    names = [row.name for row in sheet.rows]
    assert all(sum(page.count(name) for page in found) == names.count(name) for name in names)
    assert "Lista on oikein" in found[-1] and sheet.rows[-1].name in found[-1]
    assert "L = läsnä" in found[0]


def test_month_list_of_forty_goes_over_pages_with_its_head_repeated() -> None:
    found = reading.pages(draw_month_list(samples.month_list("sv", people=40), "sv"))

    assert len(found) > 2
    assert all("Underskrift" in text for text in found[:3])


@pytest.mark.parametrize("draw", [draw_consent, draw_plain_consent])
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_consent_lists_each_field_that_leaves_and_each_scope_that_stays(
    draw: Callable[..., bytes], language: str
) -> None:
    sheet = samples.consent(language)
    text = reading.text(draw(sheet, language))

    for scope in sheet.scopes:
        assert scope.title in text
        assert all(field in text for field in scope.fields)
    assert all(title in text for title in sheet.not_given)


def test_consent_given_aloud_names_who_heard_it_and_has_no_line_for_the_trainee() -> None:
    sheet = replace(samples.consent("sv"), spoken_before="Sten Nygård", given=samples.ON)
    text = reading.text(draw_consent(sheet, "sv"))

    assert "Sten Nygård" in text
    assert "Den som ger samtycke" not in text


def test_recovery_sheet_holds_the_groups_and_they_hide_in_logs() -> None:
    sheet = samples.recovery()
    text = reading.text(draw_recovery(sheet, "fi"))

    assert len(reading.pages(draw_recovery(sheet, "sv"))) == 1
    assert all(group in text for group in sheet.groups)
    assert not any(group in repr(sheet) for group in sheet.groups)


def test_absence_report_names_all_that_the_payer_asks() -> None:
    text = reading.text(drawn("absence_report", "fi"))

    for wanted in (
        "Väinö Aho",
        "150385Y9024",
        "Kuntouttava työtoiminta",
        "Merenkurkun työpaja",
        "Maria Bäckström",
    ):
        assert wanted in text
    assert "ti 1.12.2026 Oma sairaus Nähty" in text
    assert "ke 2.12.2026 Oma sairaus Ei nähty" in text
    assert "to 10.12.2026 Sovittu tauko" in text
    assert text.count("15.12.2026") == 1  # the day of the report, beside the signature


def test_bodies_have_both_official_names_where_the_paper_goes_to_both() -> None:
    for name in ("activation_plan", "consent", "absence_report"):
        text = reading.text(drawn(name, "sv"))
        both = samples.KELA if name == "absence_report" else samples.AREA
        assert both.fi in text
        assert both.sv in text
