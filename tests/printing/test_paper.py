"""The frame: pages, signatures, what stays together, the square code."""

import re
from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp

from coachdesk.domain.papers import Both
from coachdesk.domain.plan_papers import PlanLine, PlanPaper, PlanPart, PlanText, SaidOfPlan
from coachdesk.domain.plan_returned import PaperWords, read_paper
from coachdesk.printing.plan import draw_plan
from tests.printing import reading, samples


def plan_of(lines: int, last: int = 1) -> PlanPaper:
    """A plan whose content takes so many lines, its own view ``last`` lines more."""
    text = "\n".join(f"rivi {n}" for n in range(lines))
    line = PlanLine(title=Both("tavoite", "mål"), texts=(PlanText(text=text),))
    return replace(
        samples.activation_plan("fi"),
        parts=(PlanPart(lines=(line,)),),
        replaces=(),
        views=(SaidOfPlan(text="viimeinen " * 12 * last),),
    )


@pytest.mark.parametrize("lines", range(1, 60, 3))
def test_signature_block_is_whole_and_never_alone(lines: int) -> None:
    found = reading.pages(draw_plan(plan_of(lines), "fi"))
    signed = [text for text in found if "nimenselvennys" in text]

    assert len(signed) == 1
    assert all(name in signed[0] for name in ("Väinö Aho", "Liisa Ojala", "Sten Nygård"))
    assert "Suunnitelman läpikäynti" in signed[0]
    assert found[-1] == signed[0]


def test_long_list_of_people_before_the_signatures_shares_their_page() -> None:
    many = tuple(f"Osallistuja {n}, verkosto" for n in range(120))
    found = reading.pages(draw_plan(replace(plan_of(5), participants=many), "fi"))

    assert "nimenselvennys" in found[-1]
    assert "Osallistuja 119" in found[-1]
    assert all(name in " ".join(found) for name in many)


def test_pages_before_the_signatures_tell_where_they_are() -> None:
    found = reading.pages(draw_plan(samples.activation_plan("fi"), "fi"))

    assert "Allekirjoitukset sivulla 2" in found[0]
    assert "Allekirjoitukset sivulla" not in found[1]


def test_item_of_three_pages_goes_over_the_pages_whole() -> None:
    words = " ".join(f"sana{n}" for n in range(2500))
    line = PlanLine(title=Both("tavoite", "mål"), texts=(PlanText(text=words),))
    sheet = replace(samples.activation_plan("fi"), parts=(PlanPart(lines=(line,)),))
    pdf = draw_plan(sheet, "fi")

    assert len(reading.pages(pdf)) > 3
    assert reading.bare(words) in re.sub(
        r"(MerenkurkunTyöpaja|Merenkurkuntyöpaja).*?812/2000|A-2026-0017.*?Sivu\d+\(\d+\)|Allekirjoituksetsivulla.*?Nygård",
        "",
        "".join(reading.bare(text) for text in reading.pages(pdf)),
    )
    assert reading.failures(pdf) == []


def test_measure_of_three_pages_in_a_table_goes_over_the_pages() -> None:
    measure = PlanText(text="kaneli " * 3000, who="minä", own_view="näen " * 500)
    line = PlanLine(
        title=Both("toimenpiteet", "åtgärder"), texts=(measure, PlanText(text="toinen")), table=True
    )
    pdf = draw_plan(replace(samples.activation_plan("fi"), parts=(PlanPart(lines=(line,)),)), "fi")

    assert reading.text(pdf).count("kaneli") == 3000
    assert reading.failures(pdf) == []


def test_empty_plan_draws() -> None:
    sheet = PlanPaper(
        kind=Both("valmennussuunnitelma", "handledningsplan"), number="V-2026-0001", version=1,
        check_code="00000000", state="draft", on=samples.ON, workshop=samples.WORKSHOP, trainee="",
    )  # fmt: skip

    assert reading.failures(draw_plan(sheet, "sv")) == []


def test_code_on_paper_is_read_back_and_holds_nothing_of_the_person() -> None:
    sheet = samples.activation_plan("fi")
    for page in pypdfium2.PdfDocument(draw_plan(sheet, "fi")):
        found = zxingcpp.read_barcodes(page.render(scale=3).to_pil())

        assert [read_paper(one.text) for one in found] == [
            PaperWords(number="A-2026-0017", version=2, check="4c1e77a0")
        ]
        assert "Aho" not in found[0].text


def test_number_version_and_check_code_stand_as_text_on_every_page() -> None:
    for text in reading.pages(draw_plan(samples.activation_plan("sv"), "sv")):
        assert "A-2026-0017, version 2 · kontrollkod 4C1E 77A0" in text


def test_foreign_code_is_no_plan_of_ours() -> None:
    assert read_paper("https://example.org") == PaperWords()
    assert read_paper("CDP1 A-2026-0001 2 4c1e77a").check == ""


@pytest.mark.parametrize(("state", "word"), [("draft", "Luonnos"), ("final", "Allekirjoitettavaksi")])
def test_state_is_said_in_words_on_every_page(state: str, word: str) -> None:
    sheet = replace(samples.activation_plan("fi"), state=state)

    assert all(word in text for text in reading.pages(draw_plan(sheet, "fi")))


def test_workshop_does_not_sign_an_activation_plan_but_a_plan_of_its_own() -> None:
    def block(sheet: PlanPaper) -> str:
        text = reading.text(draw_plan(sheet, "fi"))
        return text[text.index("nimenselvennys") :]

    assert "Valmentaja" not in block(samples.activation_plan("fi"))
    assert "Valmentaja" in block(samples.coaching_plan("fi"))
