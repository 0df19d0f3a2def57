import ast
from pathlib import Path

from coachdesk.i18n import N_, current, words
from coachdesk.ui.undo import KEPT, Undo

ROOT = Path(__file__).parents[2]


def test_last_act_is_taken_back_first(qapp):
    undo, done = Undo(), []
    undo.did("one", lambda: done.append("-one"))
    undo.did("two", lambda: done.append("-two"))

    assert undo.undo() == "two"
    assert undo.undo() == "one"
    assert undo.undo() == ""
    assert done == ["-two", "-one"]


def test_what_was_taken_back_can_be_done_again(qapp):
    undo, done = Undo(), []
    undo.did("mark", lambda: done.append("-"), lambda: done.append("+"))

    undo.undo()
    assert undo.redo() == "mark"
    assert undo.redo() == ""
    assert done == ["-", "+"]


def test_new_act_forgets_what_was_undone(qapp):
    undo = Undo()
    undo.did("old", lambda: None, lambda: None)
    undo.undo()

    undo.did("new", lambda: None)

    assert not undo.can_redo


def test_the_last_hundred_acts_are_kept(qapp):
    undo = Undo()
    for number in range(KEPT + 5):
        undo.did(str(number), lambda: None)

    assert sum(bool(undo.undo()) for _time in range(KEPT + 5)) == KEPT


def test_act_made_key_by_key_shows_no_bar(qapp):
    undo, shown = Undo(), []
    undo.happened.connect(shown.append)

    undo.did("quiet", lambda: None, bar=False)
    undo.did("loud", lambda: None)

    assert shown == ["loud"]


def test_label_is_said_in_the_language_of_the_moment_it_is_shown_in(qapp, language):
    undo, shown = Undo(), []
    undo.happened.connect(shown.append)
    language("fi")
    undo.did(N_("Grade changed"), lambda: None, lambda: None)
    undo.did(lambda: current().fill(N_("{name} registered"), name="Elli"), lambda: None)

    language("sv")
    assert (undo.undo(), undo.undo(), undo.redo()) == tuple(
        words("sv").fill(one, name="Elli") for one in ("{name} registered", "Grade changed", "Grade changed")
    )
    assert shown == [words("fi").fill("Grade changed"), words("fi").fill("{name} registered", name="Elli")]


LABELS = ("done_with", "can_be_undone", "did", "told", "_kept", "_items", "_do")


def test_no_label_of_undo_is_said_before_it_is_shown():
    """A label that is put together at once keeps the language of its moment: it is marked, or a callable."""
    said = []
    for path in sorted((ROOT / "coachdesk" / "ui").rglob("*.py")):
        for call in (
            node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)
        ):
            name = getattr(call.func, "attr", "")
            if name == "emit":
                name = getattr(call.func.value, "attr", "")
            inner = call.args
            if getattr(call.func, "id", "") == "partial":
                name, inner = getattr(call.args[0], "attr", ""), call.args[1:]
            if name in LABELS:
                said += [f"{path.name}:{one.lineno}" for one in inner if _is_said(one)]
    assert said == []


def _is_said(node: ast.expr) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    return name in ("_", "ngettext", "pgettext", "fill", "format")
