import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk.domain import attachment as rules
from coachdesk.errors import Problem, Refused, Unreadable
from tests import pictures


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", pictures.pdf(), "pdf"),
        ("a.png", pictures.png(), "png"),
        ("a.JPG", pictures.jpeg_head(2480, 3508), "jpeg"),
    ],
)
def test_a_file_is_what_its_bytes_say(name: str, content: bytes, kind: str) -> None:
    assert rules.judge(name, content) == rules.Judged(name=name, kind=kind)


def test_a_name_that_says_another_kind_is_told() -> None:
    assert rules.judge("scan.pdf", pictures.png()) == rules.Judged(name="scan.pdf", kind="png", said="pdf")
    assert rules.judge("scan", pictures.png()).said == ""


@pytest.mark.parametrize(
    "content",
    [b"MZ\x90\x00 a program", b"<svg xmlns='x'/>", b"GIF89a", b"PK\x03\x04 a document", b"\x00%PDF-1.7"],
)
def test_another_kind_is_refused_whatever_its_name_says(content: bytes) -> None:
    with pytest.raises(Refused, match=r"scan\.pdf is not a PDF, JPEG or PNG by its content"):
        rules.judge("scan.pdf", content)


def test_an_empty_and_a_too_large_file_are_refused() -> None:
    with pytest.raises(Refused, match="is empty"):
        rules.judge("a.pdf", b"")
    with pytest.raises(Refused, match="has 11 MB; 10 MB is the most"):
        rules.judge("a.pdf", b"%PDF-" + bytes(rules.MOST_BYTES))


@pytest.mark.parametrize(
    "content",
    [
        pictures.png(says=(60_000, 60_000)),
        pictures.png(says=(30_000, 1)),
        pictures.png(says=(0, 5)),
        pictures.jpeg_head(65_000, 65_000),
    ],
)
def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_decoded(content: bytes) -> None:
    with pytest.raises(Refused, match="It was not opened"):
        rules.judge("bomb.png", content)


@pytest.mark.parametrize("whole", [pictures.png(40, 30), pictures.jpeg_head(40, 30)])
def test_every_cut_of_a_picture_is_told_and_nothing_else_happens(whole: bytes) -> None:
    for length in range(1, len(whole) - 20):
        with pytest.raises(Problem):
            rules.judge("a.png", whole[:length])


def test_a_jpeg_of_markers_without_end_is_damaged() -> None:
    with pytest.raises(Unreadable, match="damaged or cut off"):
        rules.judge("a.jpg", b"\xff\xd8\xff" + b"\xff" * 1000 + b"\xd9" * 3)


def test_a_pdf_has_pages_that_a_paper_may_have() -> None:
    rules.refuse_pages("a.pdf", [(595, 842), (842, 1191)], 2)
    with pytest.raises(Refused, match="has 201 pages; 200 is the most"):
        rules.refuse_pages("a.pdf", [], 201)
    with pytest.raises(Refused, match=r"Page 2 of the file a\.pdf has a size that no paper has"):
        rules.refuse_pages("a.pdf", [(595, 842), (1, 14400)], 2)


def test_the_code_of_a_consent_is_read_scanned_or_typed() -> None:
    assert rules.consent_number(rules.consent_code("S-0147")) == "S-0147"
    assert rules.consent_number(" s-0147 ") == "S-0147"
    assert rules.consent_number("CDP1 A-2026-0001 1 12345678") == ""


_FIRST = st.sampled_from(
    [b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", pictures.png(), pictures.jpeg_head(9, 9)]
)


@given(
    first=_FIRST,
    rest=st.binary(max_size=400),
    cut=st.integers(0, 200),
    end=st.sampled_from([b"", b"\xff\xd9"]),
)
@settings(max_examples=300, deadline=2000)
def test_no_bytes_at_all_do_anything_but_be_judged_or_refused(
    first: bytes, rest: bytes, cut: int, end: bytes
):
    content = first[: len(first) - cut % (len(first) // 2 + 1)] + rest + end
    try:
        assert rules.judge("a.pdf", content).kind in rules.KIND_NAMES
    except Problem as problem:
        assert str(problem)
