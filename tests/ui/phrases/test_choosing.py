"""Ctrl+Space in the text of a plan and of a note: find, insert, fill the gap, all by keyboard."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from coachdesk.domain.phrases import Phrase, Place, shipped
from coachdesk.domain.plan import PlanItem
from coachdesk.domain.trainee import Trainee
from coachdesk.services import drafts, forms, phases, phrases, plan_items, plans
from coachdesk.services.desk import Desk
from coachdesk.ui.jobs import InlineJobs
from coachdesk.ui.notes.screen import NotesTab
from coachdesk.ui.phrases.field import insert
from coachdesk.ui.phrases.picker import SHOWN, PhrasePicker
from coachdesk.ui.plans.screen import PlanTab
from coachdesk.ui.shell import Shell
from tests.printing.reading import pages
from tests.ui import walking

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
ILL = shipped("tells_if_ill")


@pytest.fixture
def goran(a_trainee: Callable[..., Trainee]) -> Trainee:
    return a_trainee("Lindström", "Göran", service_language="sv", first_contact=date(2026, 9, 1))


@pytest.fixture
def tab(qtbot: QtBot, shell: Shell, goran: Trainee) -> PlanTab:
    found = PlanTab(shell)
    qtbot.addWidget(found)
    found.resize(1118, 536)
    found.show()
    found.show_trainee(goran.id)
    found.begin("coaching_plan")
    found.editor.show_section("goals")
    found.activateWindow()
    found.editor.form.text.setFocus()
    return found


@pytest.fixture
def press(qtbot: QtBot) -> Callable[..., PhrasePicker]:
    """``press(field)`` presses Ctrl+Space in it; the picker that opens."""

    def press(field: QPlainTextEdit) -> PhrasePicker:
        field.window().activateWindow()
        QApplication.processEvents()
        field.setFocus()
        qtbot.keyClick(field, Key.Key_Space, CTRL)
        (found,) = shown()
        return found

    return press


def shown() -> list[PhrasePicker]:
    found = (w for w in QApplication.topLevelWidgets() if isinstance(w, PhrasePicker))
    return [picker for picker in found if picker.isVisible()]


def said(picker: PhrasePicker) -> list[str]:
    return [row.said for row in picker.list.lines.rows]


def test_phrase_found_by_the_coachs_word_is_inserted_in_the_plans_language(
    qtbot: QtBot, tab: PlanTab, press: Callable[..., PhrasePicker]
) -> None:
    text = tab.editor.form.text
    picker = press(text)
    qtbot.keyClicks(picker.search, "sairas")
    assert said(picker) == [ILL.sv]
    qtbot.keyClick(picker.search, Key.Key_Return)
    assert text.toPlainText() == ILL.sv
    assert not shown() and text.hasFocus()


def test_what_is_inserted_is_a_draft_like_what_is_typed(
    qtbot: QtBot, tab: PlanTab, desk: Desk, press: Callable[..., PhrasePicker]
) -> None:
    picker = press(tab.editor.form.text)
    chosen = said(picker)[1]
    qtbot.keyClick(picker.search, Key.Key_Down)
    qtbot.keyClick(picker.search, Key.Key_Return)
    (draft,) = drafts.all_of_coach(desk)
    assert draft.text.startswith(chosen)


def test_esc_closes_and_the_caret_stays_where_it_was(
    qtbot: QtBot, tab: PlanTab, press: Callable[..., PhrasePicker]
) -> None:
    text = tab.editor.form.text
    text.setPlainText("Jag vill.")
    cursor = text.textCursor()
    cursor.setPosition(3)
    text.setTextCursor(cursor)
    qtbot.keyClick(press(text).search, Key.Key_Escape)
    assert not shown() and text.hasFocus()
    assert (text.toPlainText(), text.textCursor().position()) == ("Jag vill.", 3)


def test_phrases_of_the_trainees_open_phase_stand_first(
    tab: PlanTab, desk: Desk, goran: Trainee, press: Callable[..., PhrasePicker]
) -> None:
    phases.open_phase(desk, goran.id, 5, opened=date(2026, 12, 1))
    picker = press(tab.editor.form.text)
    assert picker.list.phrase is not None and 5 in picker.list.phrase.phases
    assert picker.order.text() == "Those whose phase is open (5) come first."


def test_button_beside_the_caption_does_the_same_and_says_its_key(qtbot: QtBot, tab: PlanTab) -> None:
    button = tab.editor.pane.phrases.button
    assert "Ctrl+Space" in button.toolTip()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(shown()) == 1


def test_click_on_a_line_inserts_it(qtbot: QtBot, tab: PlanTab, press: Callable[..., PhrasePicker]) -> None:
    picker = press(tab.editor.form.text)
    chosen = said(picker)[2]
    where = picker.list.visualRect(picker.list.lines.index(2)).center()
    qtbot.mouseClick(picker.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert tab.editor.form.text.toPlainText() == chosen


def test_nothing_found_says_so_and_enter_inserts_nothing(
    qtbot: QtBot, tab: PlanTab, press: Callable[..., PhrasePicker]
) -> None:
    picker = press(tab.editor.form.text)
    qtbot.keyClicks(picker.search, "qwerty")
    assert picker.none.isVisible() and not picker.insert.isEnabled()
    qtbot.keyClick(picker.search, Key.Key_Return)
    assert tab.editor.form.text.toPlainText() == ""


def test_trainees_own_words_are_offered_no_phrases(qtbot: QtBot, tab: PlanTab) -> None:
    tab.editor.show_section("own_view")
    qtbot.keyClick(tab.editor.form.text, Key.Key_Space, CTRL)
    assert not shown() and tab.editor.pane.phrases.button.isHidden()


def test_version_that_is_closed_is_offered_no_phrases(qtbot: QtBot, tab: PlanTab, desk: Desk) -> None:
    version = tab.editor.sheet.version
    for kind in ("situation_now", "goals", "measures", "support_and_guidance", "review"):
        item = PlanItem(key="", kind=kind, text="Text", who="Coach", by_when=date(2027, 1, 15))
        plan_items.write_item(desk, version.id, item)
    plans.finish(desk, version.id)
    tab.editor.open(version.id)
    qtbot.keyClick(tab.editor.form.text, Key.Key_Space, CTRL)
    assert not shown() and tab.editor.pane.phrases.button.isHidden()


def test_note_is_offered_phrases_of_its_kind_in_the_screens_language(
    qtbot: QtBot, shell: Shell, goran: Trainee, press: Callable[..., PhrasePicker], speak: Callable[..., None]
) -> None:
    notes = NotesTab(shell)
    qtbot.addWidget(notes)
    notes.show()
    notes.show_trainee(goran.id)
    notes.new()
    notes.editor.kind.choose("contact_attempt")
    notes.editor.kind.chosen.emit("contact_attempt")
    speak("sv")
    picker = press(notes.editor.text)
    assert shipped("no_answer_message_left").sv in said(picker)
    assert shipped("employer_interested").sv not in said(picker)
    qtbot.keyClick(picker.search, Key.Key_Return)
    assert notes.editor.text.toPlainText() in {phrase.sv for phrase in phrases.bank(shell.desk)}


def test_picker_follows_a_change_of_language(
    tab: PlanTab, press: Callable[..., PhrasePicker], speak: Callable[..., None]
) -> None:
    picker = press(tab.editor.form.text)
    speak("fi")
    assert picker.heading.text() == "Lauseet: tavoitteet"
    speak("sv")
    assert picker.heading.text() == "Fraser: mål"
    assert picker.list.accessibleName() == "Fraser"


def test_phrase_that_stands_in_the_text_already_is_marked(
    tab: PlanTab, press: Callable[..., PhrasePicker]
) -> None:
    tab.editor.form.text.setPlainText(ILL.sv)
    marked = [row.said for row in press(tab.editor.form.text).list.lines.rows if row.below]
    assert marked == [ILL.sv]


def test_large_bank_shows_its_first_phrases_and_says_so(qtbot: QtBot, shell: Shell) -> None:
    many = tuple(Phrase(key=f"own:{at}", fi=f"Lause {at}.", sv=f"Fras {at}.") for at in range(SHOWN + 1))
    picker = PhrasePicker(shell, many, Place(plan_item="goals"), "fi")
    qtbot.addWidget(picker)
    picker.show()
    assert len(said(picker)) == SHOWN and picker.none.text().startswith(f"The first {SHOWN} are shown")
    qtbot.keyClicks(picker.search, "9")
    assert picker.none.isHidden() and "Lause 9." in said(picker)


# how words are put into a text


@pytest.mark.parametrize(
    ("text", "caret", "found"),
    [
        ("", 0, "Hej du."),
        ("Först.", 6, "Först. Hej du."),
        ("Först. ", 7, "Först. Hej du."),
        ("Först.\n", 7, "Först.\nHej du."),
        ("Sist.", 0, "Hej du. Sist."),
        ("Först. Sist.", 6, "Först. Hej du. Sist."),
        ("𝄞.", 3, "𝄞. Hej du."),
    ],
)
def test_inserted_words_stand_apart_from_those_beside_them(
    qtbot: QtBot, text: str, caret: int, found: str
) -> None:
    field = field_with(qtbot, text, caret)
    insert(field, "Hej du.")
    assert field.toPlainText() == found


def test_inserting_is_one_step_of_undo(qtbot: QtBot) -> None:
    field = field_with(qtbot, "Före. Efter.", 5)
    insert(field, "Hej du.")
    field.undo()
    assert field.toPlainText() == "Före. Efter."


def test_first_gap_is_chosen_so_that_typing_fills_it(qtbot: QtBot) -> None:
    field = field_with(qtbot, "𝄞.", 3)
    insert(field, "Klockan ___ och ___.")
    qtbot.keyClicks(field, "9")
    assert field.toPlainText() == "𝄞. Klockan 9 och ___."


def test_what_was_chosen_in_the_text_is_replaced(qtbot: QtBot) -> None:
    field = field_with(qtbot, "Hej", 0)
    field.selectAll()
    insert(field, "Hej du.")
    assert field.toPlainText() == "Hej du."


def field_with(qtbot: QtBot, text: str, caret: int) -> QPlainTextEdit:
    field = QPlainTextEdit(text)
    qtbot.addWidget(field)
    cursor = field.textCursor()
    cursor.setPosition(caret)
    field.setTextCursor(cursor)
    return field


# the coach's side of a plan


@pytest.fixture
def finnish(speak: Callable[..., None], tab: PlanTab) -> PlanTab:
    speak("fi")
    return tab


def test_the_words_of_an_item_are_seen_to_their_edge_where_room_is_short(finnish: PlanTab) -> None:
    finnish.resize(1118, 492)  # a laptop's window with the line that offers to take back
    finnish.editor.show_section("goals")
    walking.settle(finnish)
    words = finnish.editor.form.text

    assert finnish.editor.pane.side.isVisible()
    assert words.geometry().bottom() <= words.parentWidget().rect().bottom()


def test_coach_reads_the_phrases_in_the_own_language_and_own_words_marked(finnish: PlanTab) -> None:
    side, text = finnish.editor.pane.side, finnish.editor.form.text
    assert side.isVisible() and side.field.caption.text() == "Sama suomeksi, sinulle"
    text.setPlainText(f"{ILL.sv} Göran åker buss.")
    assert side.text.toPlainText() == f"{ILL.fi} ”Göran åker buss.” (ei käännetty)"
    assert side.text.isReadOnly()


def test_phrase_changed_by_hand_is_own_words(finnish: PlanTab) -> None:
    finnish.editor.form.text.setPlainText(ILL.sv.replace("själv ", ""))
    assert finnish.editor.pane.side.text.toPlainText().endswith("(ei käännetty)")


def test_workshops_own_and_hidden_phrases_are_known_again(finnish: PlanTab, desk: Desk) -> None:
    phrases.add(desk, Phrase(fi="Käymme kalassa.", sv="Vi går och fiskar.", hidden=True))
    finnish.editor.open(finnish.editor.sheet.version.id)
    finnish.editor.form.text.setPlainText("Vi går och fiskar.")
    assert finnish.editor.pane.side.text.toPlainText() == "Käymme kalassa."


def test_there_is_no_other_side_where_plan_and_screen_speak_one_language(
    tab: PlanTab, speak: Callable[..., None]
) -> None:
    speak("sv")
    assert tab.editor.pane.side.isHidden()
    speak("fi")
    assert tab.editor.pane.side.isVisible()
    tab.editor.pane.language.buttons["fi"].click()
    assert tab.editor.pane.side.isHidden()


def test_trainees_own_words_have_no_other_side(finnish: PlanTab) -> None:
    finnish.editor.show_section("own_view")
    assert finnish.editor.pane.side.isHidden()


def test_phrases_typed_follow_the_plan_into_its_other_language_and_back(
    tab: PlanTab, desk: Desk, shell: Shell
) -> None:
    text, language = tab.editor.form.text, tab.editor.pane.language
    text.setPlainText(f"{ILL.sv} Göran åker buss.")
    language.buttons["fi"].click()
    assert text.toPlainText() == f"{ILL.fi} Göran åker buss."
    (draft,) = drafts.all_of_coach(desk)
    assert draft.text.startswith(ILL.fi)
    shell.undo.undo()
    assert text.toPlainText() == f"{ILL.sv} Göran åker buss."


def test_items_written_follow_too_and_come_back_to_the_letter(tab: PlanTab, shell: Shell) -> None:
    text, language = tab.editor.form.text, tab.editor.pane.language
    words = ILL.sv.replace(" ", "\n", 1)  # known as the phrase, but not its very letters
    text.setPlainText(words)
    tab.main_action()
    language.buttons["fi"].click()
    assert text.toPlainText() == ILL.fi
    shell.undo.undo()
    assert text.toPlainText() == words


def test_only_the_trainees_language_is_printed(finnish: PlanTab, desk: Desk) -> None:
    finnish.editor.form.text.setPlainText(ILL.sv)
    finnish.main_action()
    words = " ".join(pages(forms.plan(desk, finnish.editor.sheet.version.id).pdf))
    assert ILL.sv in words and ILL.fi not in words


class Slow(InlineJobs):
    """The bank is read only when ``run_all`` is called."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[Callable[[], object]] = []

    def run(self, *asked: object, **more: object) -> None:  # type: ignore[override]
        self.waiting.append(lambda: InlineJobs.run(self, *asked, **more))  # type: ignore[arg-type]


def test_second_press_while_the_bank_is_read_opens_no_second_list(
    qtbot: QtBot, tab: PlanTab, shell: Shell
) -> None:
    slow = Slow()
    slow.notices = shell.notices
    tab.editor.pane.phrases.shell.jobs = slow
    tab.editor.pane.phrases.open()
    tab.editor.pane.phrases.open()
    assert len(slow.waiting) == 1
    slow.waiting[0]()
    assert len(shown()) == 1
