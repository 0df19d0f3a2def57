"""Names that are longer than their room: whoever reads them still knows who it is."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from coachdesk.ui import theme
from coachdesk.ui.cutting import cut_name
from coachdesk.ui.trainees.columns import hits_seen
from coachdesk.ui.widgets.cut_label import CutLabel

FAMILY, GIVEN = "Katajamäki-Westergårdholm", "Anna-Maria Josefiina Wilhelmiina"
WHOLE = f"{GIVEN} {FAMILY}"
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def measure(qapp):
    return theme.metrics("body")


def room(measure, text):
    return measure.horizontalAdvance(text)


def test_a_name_that_fits_stays_as_it_is(measure):
    assert cut_name("Aho, Väinö", measure, room(measure, "Aho, Väinö")) == "Aho, Väinö"


def test_the_family_name_stays_whole_where_it_has_room(measure):
    found = cut_name(f"{FAMILY}, {GIVEN}", measure, room(measure, f"{FAMILY}, Anna…"))

    assert found.startswith(f"{FAMILY}, An") and found.endswith("…")


def test_a_longer_one_keeps_both_of_its_ends_and_the_initial(measure):
    space = room(measure, "Katajamäki-Wester")
    first, second = (cut_name(f"{FAMILY}, {given}", measure, space) for given in ("Anna", "Karl"))

    assert first.startswith("Kata") and first.endswith("olm, A.") and second.endswith("olm, K.")
    assert room(measure, first) <= space


def test_a_word_without_a_comma_is_cut_at_its_end(measure):
    assert cut_name("Puutyö ja entisöinti", measure, 60).endswith("…")


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_head_of_a_persons_page_has_the_whole_name(app, a_trainee, speak, language):
    speak(language, app.window)
    person = a_trainee(FAMILY, GIVEN)
    app.shell.go("trainees", trainee_id=person.id)
    QApplication.processEvents()
    title = app.window.inside.head.title

    assert title.text().replace("\n", " ") == WHOLE
    assert title.sizeHint().width() <= title.width() and title.sizeHint().height() <= title.height()
    assert _below(title) <= app.window.inside.head.height()


def test_a_still_longer_name_stands_on_two_lines(app, a_trainee):
    person = a_trainee(f"von Schantz-{FAMILY}", f"{GIVEN} Aleksandra Kristiina")
    app.window.resize(1200, 688)
    app.shell.go("trainees", trainee_id=person.id)
    QApplication.processEvents()
    title = app.window.inside.head.title

    assert title.text().count("\n") == 1
    assert title.text().replace("\n", " ") == f"{GIVEN} Aleksandra Kristiina von Schantz-{FAMILY}"
    assert _below(title) <= app.window.inside.head.height()
    app.shell.go("today")
    assert "\n" not in title.text() and title.property("role") == "title"


def _below(title: QLabel) -> int:
    return title.y() + max(title.height(), title.sizeHint().height())


def test_a_list_has_the_whole_name_in_its_tool_tip_and_for_readers(app, a_trainee):
    a_trainee(FAMILY, GIVEN)
    app.shell.go("trainees")
    model = app.window.inside.screen_shown.table.model()
    cell = model.index(0, 0)

    assert f"{FAMILY}, {GIVEN}" in cell.data(Qt.ItemDataRole.ToolTipRole)
    assert f"{FAMILY}, {GIVEN}" in cell.data(SPOKEN)


def test_namesakes_are_told_apart_where_one_is_found_by_name(app, a_trainee):
    for year in (1967, 1994):
        a_trainee(FAMILY, f"{GIVEN} Kristiina", birth_date=date(year, 1, 1))
    finder = app.window.inside.head.finder
    finder.start()
    finder.setText("kata")
    finder.textEdited.emit("kata")
    hits = finder.popup.hits
    room = hits.viewport().width() - 12
    shown = {
        hits.fontMetrics().elidedText(hits.model().index(at, 0).data(), hits.textElideMode(), room)
        for at in range(2)
    }

    assert {line[-4:] for line in shown} == {"1967", "1994"}
    assert finder.popup.geometry().left() >= 0


def test_a_line_that_is_cut_tells_readers_all_of_it(qapp):
    line = CutLabel(f"{FAMILY}, {GIVEN}")
    line.resize(100, 20)
    line.show()

    assert line.text().endswith("…")
    assert line.toolTip() == line.accessibleName() == f"{FAMILY}, {GIVEN}"
    line.hide()


def test_what_was_typed_is_marked_also_in_a_name_that_is_cut():
    name, cut = f"{FAMILY}, Anna", "Katajam…årdholm, A."

    assert hits_seen("kata", name, cut) == [(0, 4)]
    assert hits_seen("kata west", name, cut) == [(0, 4)]  # the other stands where nothing is shown
    assert hits_seen("kata west", name, name) == [(0, 4), (11, 4)]
