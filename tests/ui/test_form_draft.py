"""What is typed into a form survives locking, Esc and a kill, and is offered once."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coachdesk.services import drafts
from coachdesk.ui.notes.forms import OwnViewForm
from coachdesk.ui.plans.others_form import OthersPlanForm
from coachdesk.ui.trainees.editor import TraineeEditor
from coachdesk.ui.trainees.period_form import PeriodForm
from coachdesk.ui.trainees.periods import PeriodsDialog


def own_view(shell, person, qtbot):
    form = OwnViewForm(shell, person.id, "note:1")
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(form)
    form.open()
    return form


def test_form_waits_through_a_lock_and_stands_there_with_its_text_and_caret(app, a_trainee, reopen):
    form = TraineeEditor(app.shell, parent=app.window)
    form.open()
    form.family.setFocus()
    QTest.keyClicks(form.family, "Lind")
    form.family.setCursorPosition(2)

    QTest.keyClick(form.family, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert not app.shell.is_open
    assert not form.isVisible()
    app.open(reopen(app.folder))
    QApplication.processEvents()
    assert form.isVisible()
    assert (form.family.text(), form.family.cursorPosition()) == ("Lind", 2)
    assert form.focusWidget() is form.family
    form.try_to_keep()
    assert not form.isVisible()


def test_form_on_a_list_waits_with_its_list(app, a_trainee, reopen):
    periods = PeriodsDialog(app.shell, a_trainee("Lindström", "Göran").id, parent=app.window)
    periods.open()
    form = PeriodForm(app.shell, periods.trainee_id, None, parent=periods)
    form.open()

    app.lock()
    assert not form.isVisible() and not periods.isVisible()

    app.open(reopen(app.folder))
    assert form.isVisible() and periods.isVisible()
    form.reject()
    periods.reject()


def test_text_of_a_form_is_a_draft_from_the_first_key_and_offered_at_the_next_opening(
    shell, a_trainee, qtbot, type_text
):
    person = a_trainee("Lindström", "Göran")
    form = own_view(shell, person, qtbot)
    type_text(form.text, "Haluan töihin")
    form.disagrees.setChecked(True)
    form.reject()  # Esc, or the program is killed

    again = own_view(shell, person, qtbot)
    assert not again.draft.offer.isHidden()
    assert again.text.toPlainText() == ""

    again.draft.go_on.click()
    assert again.text.toPlainText() == "Haluan töihin"
    assert again.disagrees.isChecked()


def test_draft_is_gone_when_it_became_a_record_or_was_left(shell, desk, a_trainee, qtbot, type_text):
    person = a_trainee("Lindström", "Göran")
    form = own_view(shell, person, qtbot)
    type_text(form.text, "Haluan töihin")
    assert len(drafts.all_of_coach(desk)) == 1
    form.try_to_keep()
    assert drafts.all_of_coach(desk) == ()

    form = own_view(shell, person, qtbot)
    type_text(form.text, "x")
    form.leave_button.click()
    assert drafts.all_of_coach(desk) == ()


def test_nothing_is_kept_over_a_draft_that_is_still_offered(shell, desk, a_trainee, qtbot, type_text):
    person = a_trainee("Lindström", "Göran")
    form = own_view(shell, person, qtbot)
    type_text(form.text, "Haluan töihin")
    form.reject()

    again = own_view(shell, person, qtbot)
    type_text(again.text, "toinen")
    assert drafts.all_of_coach(desk)[0].text.startswith("Haluan töihin")


def test_form_that_nobody_typed_in_leaves_no_draft(shell, desk, a_trainee, qtbot):
    form = TraineeEditor(shell, a_trainee("Lindström", "Göran").id)
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(form)
    form.open()
    form.reject()
    assert drafts.all_of_coach(desk) == ()


def test_dialog_is_never_larger_than_the_screen(shell, qtbot):
    form = TraineeEditor(shell)
    form.resize(5000, 5000)
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(form)
    form.show()
    room = form.screen().availableGeometry()
    assert form.width() <= room.width()
    assert form.height() < room.height()


def test_plan_of_others_being_recorded_waits_through_a_lock(app, a_trainee, reopen):
    person = a_trainee("Lindström", "Göran")
    dialog = OthersPlanForm(app.shell, person.id, (), None, app.window)
    dialog.open()
    dialog.fields["maker"].control.setText("TE")
    app.lock()

    assert not dialog.isVisible()
    app.open(reopen(app.folder))
    assert dialog.isVisible()
    assert dialog.fields["maker"].control.text() == "TE"
    dialog.reject()


def door_of(app, qtbot):
    """The unlock window, whole."""
    door = app.window.centralWidget().currentWidget()
    qtbot.waitUntil(lambda: hasattr(door, "kept"))
    return door


def test_unlock_window_says_how_much_is_kept_and_nothing_of_it(app, a_trainee, reopen, qtbot):
    view = own_view(app.shell, a_trainee("Lindström", "Göran"), qtbot)
    QTest.keyClicks(view.text, "Sovittu puhelu")
    editor = TraineeEditor(app.shell, parent=app.window)
    editor.open()
    QTest.keyClicks(editor.family, "Salonen")

    app.lock()

    door = door_of(app, qtbot)
    assert door.kept.isVisibleTo(door)
    assert door.kept.text == "Unfinished work is safe (2 drafts, 9:14). You go on from the same place."
    app.open(reopen(app.folder))
    for form in (view, editor):
        form.reject()
    for kept in drafts.all_of_coach(app.shell.desk):
        drafts.discard(app.shell.desk, kept.form, kept.subject)
    app.lock()
    door = door_of(app, qtbot)
    assert not door.kept.isVisibleTo(door)
