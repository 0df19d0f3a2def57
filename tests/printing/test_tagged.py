"""The logical structure under the drawing."""

import re
from datetime import date

import pypdfium2

from coachdesk.printing.flow import Heading, Point, Words
from coachdesk.printing.fonts import without_unused
from coachdesk.printing.paper import Letterhead, Piece, draw_paper
from coachdesk.printing.plan import draw_plan
from coachdesk.printing.structure import Element
from coachdesk.printing.tables import grid, lined
from tests.printing import reading, samples

HEAD = Letterhead(title="Koe <&> ä", on=date(2026, 12, 15), left=("Paja",))


def paper(*story: Piece, language: str = "fi") -> bytes:
    return draw_paper(HEAD, language, [Heading("Otsikko", "title", 1, ruled=False), *story])


def tags(pdf: bytes, tag: str) -> int:
    return len(re.findall(rb"/StructElem/S/%s/" % tag.encode(), pdf))


def test_paragraph_over_two_pages_is_one_paragraph() -> None:
    pdf = paper(Words("sana " * 2500))

    assert len(reading.pages(pdf)) > 1
    assert tags(pdf, "P") == 2  # the header's line and the paragraph
    assert reading.failures(pdf) == []


def test_point_over_two_pages_is_one_item_with_one_mark() -> None:
    of = Element("L")
    pdf = paper(Point("ensimmäinen", of), Point("sana " * 2500, of))

    assert (tags(pdf, "L"), tags(pdf, "LI"), tags(pdf, "Lbl"), tags(pdf, "LBody")) == (1, 2, 2, 2)
    assert reading.failures(pdf) == []


def test_table_over_pages_is_one_table_and_its_head_is_read_once() -> None:
    rows = [["Mitä", "Kuka"], *([f"rivi {n}", "x"] for n in range(80))]
    pdf = paper(grid(rows, (200, 200), lined()))

    assert (tags(pdf, "Table"), tags(pdf, "TR"), tags(pdf, "TH")) == (1, 81, 2)
    assert sum("Kuka" in text for text in reading.pages(pdf)) > 1
    assert reading.failures(pdf) == []


def test_row_over_pages_is_one_row() -> None:
    pdf = paper(grid([["a", "b"], ["lyhyt", "pitkä " * 2000], ["c", "d"]], (200, 200), lined()))

    assert (tags(pdf, "TR"), tags(pdf, "TD")) == (3, 4)
    assert reading.failures(pdf) == []


def test_title_language_and_bookmarks_are_told() -> None:
    pdf = paper(Heading("Osa"), language="sv")
    document = pypdfium2.PdfDocument(pdf)

    assert document.get_metadata_dict()["Title"] == "Koe <&> ä"
    assert "sv-FI".encode("utf-16-be").hex().upper().encode() in pdf
    assert [one.get_title() for one in document.get_toc()] == ["Otsikko", "Osa"]


def test_dates_come_from_the_sheet() -> None:
    document = pypdfium2.PdfDocument(paper(Words("x")))

    assert document.get_metadata_dict()["CreationDate"].startswith("D:20261215")


def test_code_is_a_figure_with_words() -> None:
    pdf = draw_plan(samples.activation_plan("fi"), "fi")

    assert tags(pdf, "Figure") == 1
    assert "Ruutukoodi: A-2026-0017".encode("utf-16-be").hex().upper().encode() in pdf


def test_words_of_two_lines_do_not_run_together() -> None:
    found = reading.pages(paper(Words("yksi kaksi kolme " * 30)))[0]

    assert "kolmeyksi" not in found.replace("\r\n", "")


def test_unused_places_are_left_out_of_the_map_of_letters() -> None:
    table = "3 beginbfchar\n<00> <0000>\n<01> <0041>\n<02> <0042>\nendbfchar"

    assert without_unused(table) == "2 beginbfchar\n<01> <0041>\n<02> <0042>\nendbfchar"


def test_untagged_paper_has_the_same_words() -> None:
    sheet = samples.activation_plan("fi")

    assert reading.text(draw_plan(sheet, "fi", tagged=False)) == reading.text(draw_plan(sheet, "fi"))


def test_name_in_the_other_language_says_so_to_who_listens() -> None:
    pdf = draw_plan(samples.activation_plan("fi"), "fi")

    assert pdf.count(b"/Lang (sv-FI)") == 2  # the two bodies that sign
    assert b"/Lang (fi-FI)" not in pdf
