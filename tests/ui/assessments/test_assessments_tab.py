"""Self-assessments on the trainee's page: typed, shown with first, last and change, corrected, removed."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coachdesk.domain import assessment as rules
from coachdesk.domain.assessment import Filling
from coachdesk.services import assessments, drafts
from coachdesk.ui.assessments.form import AssessmentForm
from coachdesk.ui.assessments.screen import AssessmentsTab
from tests.ui import walking


@pytest.fixture
def person(a_trainee):
    return a_trainee("Lindström", "Göran")


@pytest.fixture
def tab(qtbot, shell, person):
    found = AssessmentsTab(shell)
    qtbot.addWidget(found)
    found.resize(1118, 560)
    found.show()
    found.show_trainee(person.id)
    return found


def record(shell, person, day, **scores):
    numbers = {int(name[1:]): score for name, score in scores.items()}
    one = Filling(
        trainee_id=person.id, instrument="abilitator", on_day=day, filled_how="alone", scores=numbers
    )
    return assessments.record(shell.desk, one)


def kept(shell, person):
    return rules.fillings(assessments.of_trainee(shell.desk, person.id))


def form_of(tab) -> AssessmentForm:
    return tab.window().findChildren(AssessmentForm)[-1]


def shown(table):
    model = table.model()
    return [
        [model.index(row, at).data() for at in range(model.columnCount())] for row in range(model.rowCount())
    ]


def test_without_any_one_button_begins(tab, shell, person):
    assert tab.none.isVisible()
    tab.none.button.click()
    form = form_of(tab)
    form.on_day.setText("1.12.2026")
    QTest.keyClicks(form.numbers[1], "6")
    QTest.keyClicks(form.numbers[3], "55")
    QTest.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert [(one.on_day, one.scores, one.filled_how) for one in kept(shell, person)] == [
        (date(2026, 12, 1), {1: 6, 3: 55}, "alone")
    ]
    assert not tab.none.isVisible()
    shell.undo.undo()
    assert kept(shell, person) == () and tab.none.isVisible()
    shell.undo.redo()
    assert len(kept(shell, person)) == 1


@pytest.mark.parametrize(
    ("typed", "said"), [("11", "Write a whole number from 0 to 10."), ("7,5", "Write a whole number.")]
)
def test_a_bad_number_is_refused_at_its_field(tab, shell, person, typed, said):
    tab.new()
    form = form_of(tab)
    form.numbers[2].setText(typed)
    form.try_to_keep()

    assert form.fields["area_2"].error == said
    assert kept(shell, person) == ()


def test_first_last_and_change_stand_beside_each_other(tab, shell, person, speak):
    speak("fi")
    record(shell, person, date(2026, 3, 2), a1=4, a3=50, a7=40)
    record(shell, person, date(2026, 7, 6), a1=7, a3=50)
    record(shell, person, date(2026, 11, 2), a1=6, a3=50, a7=31)
    tab.refresh()

    assert shown(tab.trend) == [
        ["Työkyky", "4 (2.3.2026)", "6 (2.11.2026)", "+2", "4 · 7 · 6"],
        ["Osallisuus", "50 (2.3.2026)", "50 (2.11.2026)", "0", "50 · 50 · 50"],
        ["Keho", "40 (2.3.2026)", "31 (2.11.2026)", "−9", "40 · 31"],
    ]
    assert [row[0] for row in shown(tab.table)] == ["2.11.2026", "6.7.2026", "2.3.2026"]


def test_one_is_corrected_by_f2_and_removed_by_its_button_both_with_undo(tab, shell, person):
    before = record(shell, person, date(2026, 11, 2), a1=6)
    tab.refresh()
    tab.edit_chosen()
    form = form_of(tab)
    assert form.numbers[1].text() == "6"
    form.numbers[1].setText("8")
    form.try_to_keep()
    assert kept(shell, person)[0].scores == {1: 8}
    shell.undo.undo()
    assert kept(shell, person) == (before,)

    tab.remove_button.click()
    assert kept(shell, person) == ()
    shell.undo.undo()
    assert kept(shell, person) == (before,)


def test_what_is_typed_is_kept_until_it_is_recorded(tab, shell, person):
    tab.new()
    form_of(tab).numbers[1].setText("6")
    form_of(tab).reject()
    tab.new()
    form = form_of(tab)
    assert not form.draft.offer.isHidden()
    form.draft.go_on.click()
    assert form.numbers[1].text() == "6"
    form.try_to_keep()
    assert drafts.find(shell.desk, "self_assessment", f"trainee:{person.id}") is None


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_word_is_in_the_screens_language_and_none_is_cut(tab, shell, person, speak, language):
    record(shell, person, date(2026, 3, 2), a1=4, a3=50)
    speak(language)
    tab.refresh()
    tab.new()
    walking.settle(tab)
    english = walking.untranslated(language)

    for window in (tab, form_of(tab)):
        assert {text for _w, _where, text in walking.words(window) if text in english} == set()
        assert list(walking.cut(window)) == []
