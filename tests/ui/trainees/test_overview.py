"""The overview stays on one laptop screen whatever is recorded; the code stands beside the name."""

from datetime import date, datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from coachdesk.clock import HELSINKI
from coachdesk.domain.appointments import Appointment
from coachdesk.domain.notes import Note
from coachdesk.domain.trainee import Trainee
from coachdesk.services import appointments, notes, phases, trainees
from coachdesk.services.desk import Desk
from coachdesk.ui.head_bar import HeadBar
from coachdesk.ui.shell import Shell
from coachdesk.ui.trainees.page import TraineePage
from tests.ui import walking

LAPTOP = (1118, 586)  # what is left for a page of 1366 x 688
WORD = "kuntoutussuunnittelupalaverikutsu"
LONG = "Haluan rauhallisen aloituksen, kirjalliset ohjeet ja saman ohjaajan koko kuukauden. " * 4


@pytest.fixture
def full(desk: Desk) -> Trainee:
    """Somebody of whom all there is to say is said at length."""
    person = trainees.register(
        desk,
        Trainee(
            family_name="Hassanpour-Virtanen-Österbotten" * 2,
            given_names="Muhammad-Ali Alexander Maximilian",
            personal_identity_code="241278-9553",
            non_disclosure=True,
            phone="+358 40 000 0000 (klo 9-11, tekstiviesti ensin)",
            email="muhammad.ali.hassanpour.virtanen.osterbotten@esimerkki.example",
            reached_how=LONG,
            devices="älypuhelin, kannettava tietokone ja tabletti",
            interpreter_language="ar",
            goal=LONG,
            support_needed=LONG + WORD * 3,
            first_contact=date(2026, 6, 20),
        ),
    )
    for phase in range(1, 6):
        phases.open_phase(desk, person.id, phase, opened=date(2026, 6, 1) + timedelta(days=30 * phase))
    phases.set_next_step(desk, person.id, LONG, due=date(2026, 12, 17))
    for hour in range(8, 14):
        at = datetime(2026, 12, 17, hour, tzinfo=HELSINKI)
        appointments.add(desk, Appointment(trainee_id=person.id, at=at, kind="plan_meeting"))
        before = datetime(2026, 12, 10, hour, tzinfo=HELSINKI)
        notes.add(desk, Note(trainee_id=person.id, at=before, kind="phone_call", text=LONG + WORD * 4))
    return person


@pytest.fixture
def page(qtbot: QtBot, shell: Shell, full: Trainee) -> TraineePage:
    page = TraineePage(shell)
    qtbot.addWidget(page)
    assert page.layout() is not None
    page.layout().setContentsMargins(0, 0, 0, 0)
    page.resize(*LAPTOP)
    page.show_trainee(full.id)
    page.refresh()
    page.show()
    walking.settle(page)
    return page


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_everything_fits_without_a_scroll_bar(page: TraineePage, speak, language: str) -> None:
    speak(language, page)
    walking.settle(page)
    assert page.minimumSizeHint().height() <= LAPTOP[1]
    assert (page.width(), page.height()) == LAPTOP
    assert page.overview.list.verticalScrollBar().maximum() == 0
    assert list(walking.cut(page)) == []


def test_what_is_cut_is_told_whole_to_a_reader_and_in_the_tool_tip(page: TraineePage) -> None:
    support = next(at for at, line in enumerate(page.overview.facts.lines) if line.caption == "What helps")
    assert page.overview.facts.cut
    assert LONG.strip() in page.overview.facts.accessibleDescription()
    assert LONG.strip() in page.step.words.accessibleDescription()
    assert WORD * 3 in page.overview.facts.tip_of(support)


def test_newest_notes_are_shown_with_the_way_to_all(page: TraineePage) -> None:
    assert len(page.overview.list.notes.rows) == 4
    assert page.overview.all_notes.text() == "All 6"


def test_long_name_stands_whole_in_the_head_with_the_code_beside_it(
    qtbot: QtBot, shell: Shell, page: TraineePage
) -> None:
    head = HeadBar(shell)
    qtbot.addWidget(head)
    head.resize(1158, 58)
    head.show_title(page.title(), page.subtitle(), page.beside_title())
    head.show()
    walking.settle(head)
    assert head.title.text().replace("\n", " ") == page.title()
    assert head.title.geometry().bottom() <= head.height()
    assert page.code.isVisible() and page.code.mapTo(head, page.code.rect().topRight()).x() < head.finder.x()
    head.show_title("Settings", "")
    assert not page.code.isVisible() and head.title.text() == "Settings"
    page.code.setParent(page)  # this head goes before the page does


def test_page_of_somebody_new_says_where_a_period_is_begun(qtbot: QtBot, shell: Shell, desk: Desk) -> None:
    person = trainees.register(desk, Trainee(family_name="Uusi"))
    page = TraineePage(shell)
    qtbot.addWidget(page)
    page.show_trainee(person.id)
    page.refresh()
    lines = {line.caption: line for line in page.overview.facts.lines}

    assert (lines["Period"].text, lines["Period"].asks) == ("not begun", "period")
    assert [line.text for line in page.overview.reach.lines] == ["Nothing recorded yet."]
