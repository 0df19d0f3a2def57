"""Whatever a person wrote stands on the paper, letter for letter."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk.domain.papers import Both
from coachdesk.domain.plan_papers import PlanLine, PlanPart, PlanText, SaidOfPlan
from coachdesk.printing.consent import draw_consent
from coachdesk.printing.fonts import LACKING, legible, use_fonts
from coachdesk.printing.plan import draw_plan
from tests.printing import reading, samples

PIECES = st.sampled_from(
    [
        "<b>&", "&amp;", "</para>", "<br/>", "<img src='http://x'/>", "a" * 400, "Å ä ö Đặng", "Ольга",
        "\x00\x07", "\u202e", "عربي", "%s {0}", "😀", "\ud800",
    ]
)  # fmt: skip
ANYTHING = st.lists(st.one_of(st.text(max_size=60), PIECES), max_size=6).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(ANYTHING)
def test_any_text_draws_and_stands_on_the_paper(text: str) -> None:
    line = PlanLine(title=Both("tavoite", "mål"), texts=(PlanText(text=text, who=text, own_view=text),))
    table = replace(line, table=True)
    sheet = replace(
        samples.coaching_plan("fi"),
        parts=(PlanPart(lines=(line, table)),),
        trainee=text,
        views=(SaidOfPlan(text=text),),
        participants=(text,),
    )
    found = reading.bare(reading.text(draw_plan(sheet, "fi")))

    for wanted in legible(text).split("\n"):
        assert reading.bare(wanted) in found


@settings(max_examples=25, deadline=None)
@given(ANYTHING)
def test_any_text_gives_a_paper_without_failures(text: str) -> None:
    sheet = replace(samples.consent("sv"), purpose=text, trainee=text, coach=text)

    assert reading.failures(draw_consent(sheet, "sv")) == []


def test_letters_of_our_neighbours_are_in_the_font() -> None:
    names = "Åäöšž Đặng Thị Hương Nguyễn Văn Đức Ольга Жуковская Çağlar Łukasz Þór"

    assert legible(names) == names
    for code in (*range(0x20, 0x7F), *range(0xA0, 0x180)):
        assert code in use_fonts() or code == 0xAD


def test_letter_without_a_shape_is_marked_and_the_paper_says_so() -> None:
    sheet = replace(samples.coaching_plan("fi"), views=(SaidOfPlan(text="Nimeni on علي"),))
    found = reading.pages(draw_plan(sheet, "fi"))

    assert legible("علي") == LACKING * 3
    assert any(f"{LACKING} on kirjain" in text for text in found)
    assert not all(f"{LACKING} on kirjain" in text for text in found)


def test_control_and_direction_characters_leave_no_trace() -> None:
    assert legible("a\u202eb\x00c\u00add\u200be\tf\r\ng\u2028h") == "abcde f\ng\nh"


def test_letter_written_in_parts_is_one_letter() -> None:
    assert legible("a\u0308 o\u0308") == "ä ö"
