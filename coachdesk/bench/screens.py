"""Screens: the month grid, a key press, finding a name, a trainee's page; painted offscreen, for real."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from coachdesk.bench.desk import PHRASE, Place
from coachdesk.bench.row import Row, milliseconds, taking_turns

if TYPE_CHECKING:
    from coachdesk.app import App
    from coachdesk.domain.phases import PhaseState

TURNS = 15
PAGES = 60  # people opened, each once: words and rows of a person that was seen before are at hand
LETTERS = "LSLLPLHLLTLLLIL"
NAMES = ("m", "mä", "mak", "kar", "str", "ny", "a", "o")


def rows(place: Place, tell: Callable[[str], None]) -> Iterator[Row]:
    """Every row of the screens, in one window on one desk."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from coachdesk.app import App, make_application
    from coachdesk.services.opening import open_desk
    from coachdesk.settings import Settings
    from coachdesk.ui.jobs import InlineJobs
    from coachdesk.ui.notices import Recorder

    application = make_application()
    app = App(application, place.folder, settings=Settings(theme="light"), jobs=InlineJobs(Recorder()))
    app.window.show()
    if not QTest.qWaitForWindowExposed(app.window):  # a window that is not exposed paints nothing at all
        raise RuntimeError("the window is not shown, so nothing can be measured")
    app.open(open_desk(place.folder, passphrase=PHRASE, clock=place.clock))
    try:
        yield from _grid(app, application)
        yield _key_press(app, application)
        yield _sixteen_keys(app, application)
        yield _find(app)
        yield from _pages(app, application)
    finally:
        app.close_desk()
        app.window.close()
        QApplication.processEvents()


def _grid(app: App, application: Any) -> Iterator[Row]:
    """The month of sixty people, opened and painted, against the raw read and one repaint."""
    from PySide6.QtWidgets import QWidget

    app.shell.go("attendance")
    screen: Any = _screen(app, "attendance")
    workshop = max(screen.workshops, key=lambda shop: min(_people(app, screen, shop.id), 60))
    screen.places.choose(f"workshop:{workshop.id}")
    screen.refresh()
    raw = app.shell.desk.driver()
    first = screen.month
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    ids = [row.period_id for row in screen.sheet.rows]
    # each by itself: what is drawn whole is not drawn again with the frame around it
    parts = [screen.pane.grid, *screen.pane.grid.findChildren(QWidget)]
    sql = (
        "SELECT period_id, day, trainee_id, kind, minutes, reason, certificate_seen, word FROM attended_day "
        f"WHERE period_id IN ({','.join('?' * len(ids))}) AND day BETWEEN ? AND ?"
    )

    def opened() -> None:
        screen.refresh()
        application.processEvents()  # lays out and paints all that changed

    def read_and_repaint() -> None:
        raw.execute(sql, (*ids, first.isoformat(), last.isoformat())).fetchall()
        for part in parts:
            part.update()
        application.processEvents()

    try:
        measured, baseline = taking_turns(TURNS, opened, read_and_repaint)
    finally:
        raw.close()
    yield Row(
        what=f"month grid of {len(ids)} trainees, opened", measured=measured, baseline=baseline,
        baseline_is="the raw cursor's read of the same rows, plus one repaint", most=2, samples=TURNS,
    )  # fmt: skip


def _key_press(app: App, application: Any) -> Row:
    """One letter in the grid, from the key event to the painted cell; the commit goes on beside it."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from coachdesk.ui.jobs import Jobs

    screen: Any = _screen(app, "attendance")
    lanes = Jobs(app.shell.notices)
    app.shell.jobs, inline = lanes, app.shell.jobs
    times = []
    try:
        screen.view.setFocus()
        for _round in range(10):
            QTest.keyClick(screen.view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
            for letter in LETTERS:
                key = getattr(Qt.Key, f"Key_{letter}")

                def press(key: Any = key) -> None:
                    QTest.keyClick(screen.view, key)
                    application.sendPostedEvents()
                    application.processEvents()

                times.append(milliseconds(press))
            lanes.drain()
    finally:
        lanes.drain()
        lanes.stop()
        app.shell.jobs = inline
    return Row(
        what="key press in the grid, painted", measured=statistics.median(times), most=16, samples=len(times)
    )


def _sixteen_keys(app: App, application: Any) -> Row:
    """Ctrl+3 and fifteen letters, each painted, until the last mark lies on the disk.

    It is the program's own share of the half minute that a coach has for a day of fifteen people.
    """
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from coachdesk.ui.jobs import Jobs

    screen: Any = _screen(app, "attendance")
    lanes = Jobs(app.shell.notices)
    app.shell.jobs, inline = lanes, app.shell.jobs

    def settle() -> None:
        application.sendPostedEvents()
        application.processEvents()

    def day() -> None:
        app.shell.go("attendance")
        settle()
        for letter in LETTERS:
            QTest.keyClick(screen.view, getattr(Qt.Key, f"Key_{letter}"))
            settle()
        lanes.drain()

    times = []
    try:
        for _round in range(5):
            app.shell.go("today")
            settle()
            times.append(milliseconds(day))
    finally:
        lanes.drain()
        lanes.stop()
        app.shell.jobs = inline
    return Row(
        what="sixteen keys mark fifteen people, all saved",
        measured=statistics.median(times),
        most=30_000,
        samples=len(times),
    )


def _find(app: App) -> Row:
    """One more letter in the list's search, the list painted."""
    app.shell.go("trainees")
    screen: Any = _screen(app, "trainees")
    times = []
    for text in NAMES * 3:
        screen.search.setText(text[:-1])

        def typed(text: str = text) -> None:
            screen.search.setText(text)
            screen.table.viewport().repaint()

        times.append(milliseconds(typed))
    return Row(
        what="find as you type, one key, list shown", measured=statistics.median(times), most=30,
        samples=len(times),
    )  # fmt: skip


def _pages(app: App, application: Any) -> Iterator[Row]:
    """A trainee's page, read and painted, against the same widgets filled with nothing and painted.

    As coaches open it: from the list, where a name is chosen and its card has been read, by Enter.  Then of
    somebody who was not chosen before, from another's page.  Read on its lane as in the program; painted
    when its look lies on the disk, not before.
    """
    from coachdesk.services import today
    from coachdesk.ui.jobs import Jobs

    lanes = Jobs(app.shell.notices)
    app.shell.jobs, inline = lanes, app.shell.jobs
    people = [row.trainee_id for row in today.sheet(app.shell.desk, language="fi").expected]
    app.shell.go("trainees", trainee_id=people[0], tab="overview")
    _settle(application, lanes)
    try:
        yield _page_from_the_list(app, application, lanes, people[1:])
        yield _page_of_another(app, application, people[-PAGES - 1 :])
    finally:
        lanes.drain()
        lanes.stop()
        app.shell.jobs = inline


def _page_from_the_list(app: App, application: Any, lanes: Any, people: list[int]) -> Row:
    """Enter on a name on which the choice rests; in turns the page of the person and that of nobody."""
    app.shell.go("trainees")
    _settle(application, lanes)
    listed, screen = _screen(app, "trainees"), _screen(app, "trainee")
    places = {row.trainee_id: at for at, row in enumerate(listed.model.rows)}
    people = [who for who in people if who in places][:PAGES]
    times: tuple[list[float], list[float]] = ([], [])
    read = screen.refresh

    def opened() -> None:
        listed.open_chosen("overview")
        _paint(app, application, screen)

    for turn, who in enumerate(who for who in people for _twice in range(2)):
        app.shell.go("trainees")
        _settle(application, lanes)
        listed.table.selectRow(places[who])
        listed.preview.resting.timeout.emit()  # the choice has rested
        _settle(application, lanes)
        if turn % 2:
            screen.refresh = partial(_show_nobody, screen, screen.sheet.phases)
        screen.trainee_id = 0  # nobody is on the page
        try:
            times[turn % 2].append(milliseconds(opened))
        finally:
            screen.refresh = read
    measured, baseline = map(statistics.median, times)
    return Row(
        what="trainee page opened, painted", measured=measured, baseline=baseline,
        baseline_is="an empty page of the same widgets, opened", most=1.5, samples=len(people),
    )  # fmt: skip


def _page_of_another(app: App, application: Any, people: list[int]) -> Row:
    """From page to page, nothing read before."""
    screen = _screen(app, "trainee")
    turn = iter(people)

    def opened() -> None:
        app.shell.go("trainees", trainee_id=next(turn), tab="overview")
        _paint(app, application, screen)

    def refilled() -> None:
        _show_nobody(screen, screen.sheet.phases)
        _paint(app, application, screen)

    measured, baseline = taking_turns(len(people) - 1, opened, refilled)
    return Row(
        what="trainee page of somebody not chosen before, painted", measured=measured, baseline=baseline,
        baseline_is="the same page filled with nothing, painted", most=2, samples=len(people) - 1,
    )  # fmt: skip


def _show_nobody(screen: Any, phases: tuple[PhaseState, ...]) -> None:
    """The same widgets with a person of whom nothing is recorded but the phases."""
    from coachdesk.domain.trainee import Trainee
    from coachdesk.domain.trainee_sheets import TraineePage

    nobody = Trainee(id=screen.trainee_id, family_name="Aho", given_names="Väinö")
    screen.show_sheet(TraineePage(trainee=nobody, has_code=False, phases=phases))


def _paint(app: App, application: Any, screen: Any) -> None:
    while screen.curtain.closed:
        application.processEvents()
    app.window.update()
    application.processEvents()  # lays out and paints all, once


def _settle(application: Any, lanes: Any) -> None:
    """Let everything under way come to its end."""
    for lane in ("desk", "reading", "desk"):
        application.processEvents()
        lanes.drain(lane)
    application.processEvents()


def _people(app: App, screen: Any, workshop_id: int) -> int:
    from coachdesk.services import attendance

    return attendance.sheet(app.shell.desk, screen.month, workshop_id, None).trainees


def _screen(app: App, word: str) -> Any:
    assert app.window.inside is not None
    return app.window.inside.screens[word]
