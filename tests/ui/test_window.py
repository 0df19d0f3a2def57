import gc
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from coachdesk.errors import Refused, Trouble
from coachdesk.i18n import N_
from coachdesk.services import drafts, trainees
from coachdesk.settings import Settings
from coachdesk.ui import navigation, theme
from coachdesk.ui.main_window import size_class
from coachdesk.ui.trainees.screen import TraineesScreen


def press(app, keys):
    key = QKeySequence(keys)[0]
    QTest.keyClick(app.window.focusWidget() or app.window, key.key(), key.keyboardModifiers())
    QApplication.processEvents()


def test_today_is_the_first_page(app):
    assert app.window.inside.now.place == "today"
    assert app.window.inside.head.title.text() == "Tuesday 15 December"


@pytest.mark.parametrize("place", navigation.PLACES, ids=lambda place: place.word)
def test_each_place_has_its_key(app, place):
    press(app, f"Ctrl+{place.key}")

    assert app.window.inside.now.place == place.word
    assert app.window.inside.nav.buttons[place.word].isChecked()


def test_places_that_are_not_built_are_absent_and_others_keep_their_keys(app):
    assert [place.key for place in navigation.PLACES] == ["1", "2", "3", "5", "6", ","]
    assert "F8" not in visible_text(app.window)


def test_alt_left_goes_back_with_the_focus_where_it_was(app, a_trainee):
    a_trainee("Aho", "Väinö")
    press(app, "Ctrl+,")
    inside = app.window.inside
    settings = inside.screen_shown
    settings.list.setCurrentRow(2)
    settings.list.setFocus()

    press(app, "Ctrl+1")
    press(app, "Alt+Left")
    QApplication.processEvents()

    assert inside.now.place == "settings"
    assert settings.list.currentRow() == 2
    assert app.window.focusWidget() is settings.list


def test_a_sentence_above_the_page_follows_the_language(app):
    app.notices.show(Refused(N_("Write the last day of the consent.")))
    notice = app.window.inside.notice

    for language, told in (
        ("fi", "Kirjoita suostumuksen viimeinen päivä."),
        ("sv", "Skriv samtyckets sista dag."),
        ("en", "Write the last day of the consent."),
    ):
        app.shell.change_settings(language=language)
        assert notice.text == told


def test_the_window_fits_on_a_screen_smaller_than_it_wants(app):
    app.window.resize(5000, 4000)

    app.window.restore_place_on_screen()

    room = app.window.screen().availableGeometry()
    assert app.window.width() <= room.width()
    assert app.window.height() < room.height()


def test_going_back_to_the_list_opens_no_form_again(app, a_trainee, monkeypatch):
    from coachdesk.ui.trainees.screen import TraineesScreen

    opened = []
    monkeypatch.setattr(TraineesScreen, "new_trainee", lambda self: opened.append(self))
    press(app, "Ctrl+Shift+N")
    app.shell.go("trainees", trainee_id=a_trainee("Aho", "Aino").id)

    press(app, "Alt+Left")
    QApplication.processEvents()

    assert app.window.inside.now.place == "trainees"
    assert len(opened) == 1


def test_no_way_leads_back_to_who_was_removed_for_good(app, a_trainee):
    someone, other = a_trainee("Aho", "Aino"), a_trainee("Berg", "Bo")
    for who in (someone, other):
        app.shell.go("trainees", trainee_id=who.id)
    app.shell.go("settings")

    app.shell.removed.emit(other.id)
    app.shell.back()

    assert app.window.inside.now.trainee_id == someone.id


def test_name_is_found_from_anywhere_and_opened_by_enter(app, a_trainee):
    person = a_trainee("Lindström", "Göran", personal_identity_code="010190-900R")
    press(app, "Ctrl+,")

    press(app, "Ctrl+K")
    QTest.keyClicks(app.window.focusWidget(), "strom")
    popup = app.window.inside.head.finder.popup
    text = popup.hits.model().index(0, 0).data()
    press(app, "Return")

    assert "Lindström" in text
    assert "900R" not in text
    assert app.window.inside.now.place == "trainee"
    assert app.window.inside.now.trainee_id == person.id


def test_find_says_so_when_nobody_fits(app):
    press(app, "Ctrl+K")
    QTest.keyClicks(app.window.focusWidget(), "zzz")

    assert "Nobody by that name." in app.window.inside.head.finder.popup.nobody.text()


def test_esc_clears_the_search_and_then_leaves_it(app):
    press(app, "Ctrl+K")
    QTest.keyClicks(app.window.focusWidget(), "zzz")
    finder = app.window.inside.head.finder

    press(app, "Esc")
    assert (finder.text(), finder.popup.isVisible()) == ("", False)
    press(app, "Esc")
    assert not finder.hasFocus()


def test_window_title_names_the_workshop_and_nobody_else(app, a_trainee):
    person = a_trainee("Salainen", "Sanni")
    app.shell.go("trainees", trainee_id=person.id)

    assert app.window.windowTitle() == "CoachDesk – Mallipaja"


def test_f6_goes_round_the_parts_of_the_window(app):
    seen = set()
    inside = app.window.inside
    parts = {"nav": inside.nav, "head": inside.head, "body": inside.body, "health": inside.health}

    for _time in range(4):
        press(app, "F6")
        focus = app.window.focusWidget()
        seen |= {name for name, part in parts.items() if part.isAncestorOf(focus)}

    assert seen == set(parts)


def test_refusal_is_a_line_above_the_page_until_esc(app):
    app.notices.show(Refused("A rule said no."))

    assert app.window.inside.notice.text == "A rule said no."
    press(app, "Esc")
    assert not app.window.inside.notice_row.isVisible()


def test_trouble_goes_to_the_log_without_its_values(app, caplog):
    app.notices.show(Trouble("The file {name} is full.", name="Lindström.txt"))

    assert "Lindström" not in caplog.text
    assert "Trouble" in caplog.text


def test_our_own_mistake_ends_in_one_dialog_and_the_log_has_no_words_of_a_person(app, caplog, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "coachdesk.ui.notices.Question.exec",
        lambda self: asked.append([label.text() for label in self.findChildren(QLabel)]),
    )

    name = "".join(("Lind", "ström"))

    try:
        raise KeyError(name)
    except KeyError as error:
        app.broke(error)

    ((title, detail),) = asked
    assert title == "Something went wrong in the program"
    assert "not saved" in detail
    assert "errors.log" in detail
    assert "KeyError" in caplog.text
    assert "Lindström" not in caplog.text


def test_question_has_its_safe_answer_first(app, qtbot):
    from coachdesk.ui.notices import Question

    question = Question(app.window, "Withdraw?", "Withdraw", "Do not withdraw", "It is final.")
    qtbot.addWidget(question)
    question.show()

    assert question.focusWidget() is question.no
    assert question.no.isDefault()
    assert {button.text() for button in question.findChildren(QPushButton)} == {"Withdraw", "Do not withdraw"}


def test_undo_bar_tells_what_was_done_and_ctrl_z_takes_it_back(app):
    undone = []
    focus = app.window.focusWidget()

    app.shell.undo.did("3 people marked", lambda: undone.append(True))

    assert app.window.inside.undo_bar.isVisible()
    assert app.window.focusWidget() is focus
    press(app, "Ctrl+Z")
    assert undone == [True]


def test_health_line_says_when_it_was_saved(app):
    app.shell.saved()

    assert app.window.inside.health.saved.text() == "Saved 9:14"


def test_lock_hides_all_names_and_the_same_page_comes_back(app, a_trainee, reopen, qapp):
    person = a_trainee("Lindström", "Göran")
    app.shell.go("trainees", trainee_id=person.id)
    press(app, "Ctrl+L")

    assert not app.shell.is_open
    assert "Lindström" not in visible_text(app.window)
    assert app.window.windowTitle() == "CoachDesk"

    app.open(reopen(app.folder))
    assert app.window.inside.now.place == "trainee"
    assert app.window.inside.now.trainee_id == person.id


@pytest.mark.parametrize(
    "where", ["coachdesk.services.drafts.all_of_coach", "coachdesk.services.backups.at_lock"]
)
def test_lock_closes_the_desk_whatever_goes_wrong_on_the_way(app, monkeypatch, where):
    def broken(_desk):
        raise OSError("the disk is gone")

    desk = app.shell.desk
    monkeypatch.setattr(where, broken)
    with pytest.raises(OSError, match="disk is gone"):
        app.lock()  # said as any mistake, behind the door
    assert not desk.open and not app.shell.is_open and not app.shell.undo.can_undo
    assert app.window.centralWidget().currentWidget() is app.window._door


def test_nothing_is_seen_while_a_lock_waits_for_what_is_read_or_saved(app):
    seen = []
    app.shell.jobs.drain = lambda _lane: seen.append(app.window.is_covered)
    app.lock()
    assert seen == [True, True] and not app.window.is_covered


def test_page_that_was_being_read_ahead_is_not_kept_over_a_lock(app, a_trainee):
    ahead = trainees.read_ahead(app.shell.desk, a_trainee("Aho", "Aino").id)
    app.shell.jobs.drain = lambda _lane: app.shell.ahead.keep(ahead)
    app.lock()
    assert app.shell.ahead.take(ahead.page.trainee.id) is None


def test_undo_forgets_at_lock(app):
    app.shell.undo.did("marked", lambda: None, bar=False)

    app.lock()

    assert not app.shell.undo.can_undo


def test_keys_of_the_window_do_nothing_while_it_is_locked(app):
    app.lock()

    press(app, "Ctrl+2")

    assert app.window.inside.now.place == "today"


def test_language_is_changed_while_the_window_is_open(app):
    app.shell.change_settings(language="sv")

    assert app.window.inside.nav.buttons["trainees"].text() == "Deltagare"
    assert app.window.inside.head.title.text() == "Tisdag 15 december"
    app.shell.change_settings(language="fi")
    assert app.window.inside.nav.buttons["trainees"].text() == "Valmentautujat"


def test_door_knows_how_many_drafts_there_are_and_none_of_their_words(app):
    drafts.keep(app.shell.desk, "note", "trainee:1", "Salaista")
    app.lock()
    app.window._door._after_paint()
    assert "1 draft" in app.window._door.kept.text
    assert "Salaista" not in repr(vars(app))

    app._take_restored()  # another desk stands there: nothing of the former one is promised
    app.window._door._after_paint()
    assert app.window._door.kept.isHidden()


def test_settings_are_kept_on_this_computer(app, tmp_path):
    app.shell.change_settings(language="sv")

    assert '"sv"' in (tmp_path / "home" / "settings.json").read_text("utf-8")


def test_theme_is_changed_while_the_window_is_open(app):
    app.shell.change_settings(theme="dark")
    assert theme.is_dark()
    app.shell.change_settings(theme="light")
    assert not theme.is_dark()


def test_the_lens_of_the_search_has_the_colour_of_the_look(app, qapp):
    press(app, "Ctrl+2")
    (screen,) = app.window.findChildren(TraineesScreen)
    drawn = []
    for look in ("light", "dark", "light"):
        app.shell.change_settings(theme=look)
        qapp.processEvents()
        drawn.append(screen.lens.icon().pixmap(18).toImage())

    assert drawn[0] == drawn[2] != drawn[1]


def test_the_words_of_a_filter_have_room_when_the_text_grows_in_the_open_window(app, qapp):
    press(app, "Ctrl+2")
    (screen,) = app.window.findChildren(TraineesScreen)
    app.shell.change_settings(language="sv", text_size=150)
    qapp.processEvents()
    boxes = (screen.phase, screen.whose, screen.running)
    cut = [box.currentText() for box in boxes if box.fontMetrics().horizontalAdvance(box.currentText())
           > box.width() - theme.px(30)]  # fmt: skip

    assert cut == []


@pytest.mark.parametrize(
    ("width", "expected"),
    [(1366, "wide"), (1180, "wide"), (1179, "medium"), (900, "medium"), (899, "narrow")],
)
def test_width_chooses_the_layout(width, expected):
    assert size_class(width) == expected


def test_navigation_is_a_rail_of_pictures_when_there_is_less_room(app, qapp):
    app.window.resize(1000, 600)
    qapp.processEvents()

    assert app.window.inside.nav.width() == 56
    assert "Trainees" in app.window.inside.nav.buttons["trainees"].toolTip()


def test_window_works_at_its_smallest(app, qapp):
    app.window.resize(640, 300)
    qapp.processEvents()

    assert (app.window.width(), app.window.height()) == (640, 300)
    for place in navigation.PLACES:
        app.shell.go(place.word)
        qapp.processEvents()
        body = app.window.inside.body
        assert body.viewport().height() > 150
        assert body.horizontalScrollBar().maximum() == 0 or place.word == "attendance"


def test_unlock_window_imports_nothing_heavy():
    import subprocess
    import sys

    heavy = ("sqlalchemy", "reportlab", "babel", "cryptography", "sqlcipher3", "pypdfium2", "holidays")
    asked = f"import sys, coachdesk.app; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", asked],
        capture_output=True,
        text=True,
        check=True,
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": ""},
        cwd=Path(__file__).parents[2],
    )

    assert done.stdout.strip() == "[]"


def test_unlock_window_is_painted_before_all_of_qt_is_named(desk_folder, tmp_path):
    import subprocess
    import sys

    painted = """
import sys
from pathlib import Path
from PySide6 import QtCore
from coachdesk.app import App, make_application
from coachdesk.settings import Settings
from coachdesk.ui.unlock.screen import UnlockScreen
application = make_application()
UnlockScreen._after_paint = lambda self: application.exit(1 if "Qt" in vars(QtCore) else 0)
app = App(application, Path(sys.argv[1]), settings=Settings())
app.start()
sys.exit(application.exec())
"""
    done = subprocess.run(
        [sys.executable, "-c", painted, str(desk_folder)],
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": "", "COACHDESK_HOME": str(tmp_path)},
        cwd=Path(__file__).parents[2],
        timeout=60,
    )

    assert done.returncode == 0


def visible_text(window):
    found = [window.windowTitle()]
    for widget in window.findChildren(QLabel) + window.findChildren(QPushButton):
        if widget.isVisible():
            found += [widget.text(), widget.toolTip(), widget.accessibleName()]
    return " ".join(found)


def test_lock_is_also_in_the_menu_of_the_coach(app):
    menu = app.window.inside.nav.menu

    (lock,) = [action for action in menu.actions() if action.text().startswith("Lock")]
    lock.trigger()

    assert not app.shell.is_open


@pytest.fixture(autouse=True)
def as_it_was(qapp):
    from coachdesk.ui.language import use_language

    yield
    use_language(qapp, "en")
    if theme.look() != ("light", 1.0):
        theme.apply(qapp, Settings(theme="light"))
    assert Qt.LayoutDirection.LeftToRight == qapp.layoutDirection()


def test_what_was_done_is_not_told_on_in_the_language_before(app):
    app.notices.say("Saved")
    app.shell.change_settings(language="fi")

    assert app.window.inside.undo_bar.isHidden()


def test_nothing_of_a_desk_that_was_open_is_kept_from_being_collected(app):
    gc.unfreeze()
    app._keep()
    app.lock()
    app._keep()

    assert gc.get_freeze_count() == 0
