"""What the log says to people: every act has its words, and uses are counted by day."""

import ast
import re
from datetime import datetime
from pathlib import Path

from coachdesk import domain
from coachdesk.clock import HELSINKI
from coachdesk.domain.access_log import LogLine, used
from coachdesk.domain.acts import ACTS, ActKind, act_of

HOUSE = Path(domain.__file__).parents[1]
NOT_ACTS = re.compile(r".*\.(id|db|keys|lock|copy|log|follow_up|json|py)")
LOGGERS = ("log", "_log", "change")


def named_in(source: str) -> set[str]:
    """Every act that a module names where it writes a line."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    found = set()
    for call in calls:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name in LOGGERS:
            words = (
                node.value for arg in call.args for node in ast.walk(arg) if isinstance(node, ast.Constant)
            )
            found |= {
                word for word in words if isinstance(word, str) and re.fullmatch(r"[a-z_]+\.[a-z_]+", word)
            }
    return {act for act in found if not NOT_ACTS.fullmatch(act)}


def test_every_act_that_is_logged_has_its_words() -> None:
    sources = [*(HOUSE / "services").glob("*.py"), *(HOUSE / "store").glob("*.py")]
    named = set().union(*(named_in(source.read_text("utf-8")) for source in sources))

    assert len(named) > 80  # the search finds them
    assert sorted(named - set(ACTS)) == []


def test_an_act_of_another_version_is_told_by_its_name() -> None:
    assert act_of("note.sing").words == "note.sing"


def line(seq: int, act: str, hour: int, coach_id: int = 1) -> LogLine:
    at = datetime(2026, 12, 15, hour, 0, tzinfo=HELSINKI)
    return LogLine(seq=seq, at=at, coach_id=coach_id, act=act, trainee_id=1)


def test_the_same_act_of_a_coach_on_a_day_is_one_row_with_its_count() -> None:
    lines = (line(3, "trainee.open", 14), line(2, "trainee.open", 9), line(1, "trainee.open", 8, coach_id=2))

    assert [(row.coach_id, row.times) for row in used(lines, HELSINKI)] == [(1, 2), (2, 1)]


def test_a_disclosure_is_no_mere_use() -> None:
    assert ACTS["summary.seal"].kind is ActKind.DISCLOSURE
    assert used((line(1, "summary.seal", 9),), HELSINKI) == ()
