"""Unlock: a passphrase and Enter, or the recovery sheet; nothing of any trainee is here.

``opened`` gives the open desk.  Only light modules are imported above; what opens a desk is fetched
after the first paint, while the coach types.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from coachdesk import i18n
from coachdesk.clock import Clock
from coachdesk.errors import Problem, TooSoon, WrongPassphrase
from coachdesk.i18n import N_, _, current, ngettext
from coachdesk.ui import theme
from coachdesk.ui.screen import Screen
from coachdesk.ui.shell import Shell
from coachdesk.ui.unlock import art
from coachdesk.ui.unlock.foot import Foot
from coachdesk.ui.unlock.passphrase import PassphraseEdit
from coachdesk.ui.unlock.tries import seconds_after
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.field import Field
from coachdesk.ui.widgets.layout import column_of, row_of
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.pictures import Picture
from coachdesk.ui.widgets.segmented import Segmented
from coachdesk.ui.widgets.words import label

if TYPE_CHECKING:
    from coachdesk.services.desk import Desk
    from coachdesk.services.door import Door
    from coachdesk.ui.unlock.sheet import SheetPage
    from coachdesk.ui.unlock.who import WhoField

Opener = Callable[..., "Desk"]  # folder, passphrase, and who was chosen where there are several
Recoverer = Callable[[Path, tuple[str, ...]], "Desk"]
COLUMN, NARROW = 440, 900
LANGUAGES = {"fi": "Suomi", "sv": "Svenska"}


class UnlockScreen(Screen):
    """The form that opens a desk."""

    opened = Signal(object)  # Desk
    painted = Signal()  # once: what takes time may begin
    looked = Signal(object)  # Door: the desk was looked at from outside

    def __init__(
        self,
        shell: Shell,
        folder: Path,
        *,
        opener: Opener | None = None,
        recoverer: Recoverer | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self.folder = folder
        self._opener, self._recoverer = opener, recoverer
        self._wrong, self._wait = 0, 0
        self._problem: Problem | None = None
        self._opening = self._warmed = self._painted = self._whole = False
        self._kept: tuple[int, datetime, int] | None = None  # drafts, since when, and whose
        super().__init__(shell, parent)

    def build(self) -> None:
        """The form and the picture; the rest comes right after the first paint (``_build_rest``)."""
        self.art = art.Art()
        self.sheet: SheetPage | None = None
        self.pages = QStackedWidget()
        self.pages.addWidget(self._build_form())
        self._top, self._bottom = row_of(None), column_of()
        self._top.addStrut(theme.px(36))
        self._bottom.addSpacing(theme.px(28))
        inside = QWidget()
        inside.setProperty("screen", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(44, 26, 44, 16)
        column.addLayout(self._top)
        column.addStretch(1)
        column.addLayout(row_of(None, self.pages, None))
        column.addStretch(2)
        column.addLayout(self._bottom)
        self._scroll = scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(inside)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.art)
        box.addWidget(scroll, 1)

    def _build_form(self) -> QWidget:
        form = QWidget()
        heading = label("", "unlock", wrap=True)
        self.lead = label("", "secondary", wrap=True)
        self.passphrase = PassphraseEdit(eye_later=True)
        self.passphrase.setProperty("tall", True)
        self.field = Field(self.passphrase)
        self.passphrase.returnPressed.connect(self.open_desk)
        self.passphrase.caps_lock.connect(self._show_caps)
        self.open_button = Button(kind="primary", icon="lock-open", key="Enter", tall=True)
        self.open_button.clicked.connect(self.open_desk)
        self.sheet_button = Button(kind="flat", tall=True)
        self.sheet_button.clicked.connect(self.use_sheet)
        self.who: WhoField | None = None
        self._above_field, self._below_field, self._below = column_of(), column_of(), column_of()
        self._below.addSpacing(theme.px(42))  # where the tall button will be: nothing moves then
        self.form, self._buttons = form, row_of(self.open_button, 12, self.sheet_button, None)
        form.setLayout(
            column_of(
                heading,
                self.lead,
                12,
                self._above_field,
                self.field,
                self._below_field,
                8,
                self._buttons,
                14,
                self._below,
            )
        )
        self.word(heading.setText, N_("Open CoachDesk"))
        self.word(self.lead.setText, N_("The data are encrypted on this computer. No network is needed."))
        self.word(self.field.set_caption, N_("Passphrase"))
        self.word(self.open_button.setText, N_("Open"))
        self.word(self.sheet_button.setText, N_("Use the recovery sheet"))
        return form

    def _build_rest(self) -> None:
        if self._whole:
            return
        self._whole = True
        self._scroll.setFocusPolicy(QtCore.Qt.FocusPolicy.NoFocus)
        spoken = self.shell.settings.language
        self.language = Segmented(tuple(LANGUAGES))
        self.language.set_words(LANGUAGES)
        self.language.choose(spoken if spoken in LANGUAGES else "fi")
        self.language.picked.connect(lambda key: self.shell.change_settings(language=key))
        self.foot = Foot()
        self.passphrase.add_eye()
        self.caps = label("", "secondary")
        self.caps_row = QWidget()
        self.caps_row.setLayout(row_of(Picture("alert-triangle", 16, "warn"), self.caps, None, spacing=6))
        self.problem, self.kept = Notice("danger"), Notice("info", icon="pencil")
        for hidden in (self.caps_row, self.problem, self.kept):
            hidden.hide()
        self._top.addWidget(self.language)
        self._below_field.addWidget(self.caps_row)
        self._below.takeAt(0)
        self._below.addWidget(self.problem)
        self._below.addWidget(self.kept)
        self.restore_button = Button(kind="flat", icon="archive", tall=True)
        self.restore_button.clicked.connect(self.shell.restoring)
        self._below.addLayout(row_of(self.restore_button, None))
        self._bottom.takeAt(0)
        self._bottom.addWidget(self.foot)
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self.count_down)
        QWidget.setTabOrder(self.sheet_button, self.restore_button)
        QWidget.setTabOrder(self.restore_button, self.language)
        self.word(self.restore_button.setText, N_("Restore from a backup…"))
        self.word(self.caps.setText, N_("Caps Lock is on."))
        self.retranslate()

    def first_focus(self) -> QWidget | None:
        return (
            self.sheet.first_focus()
            if self.sheet and self.pages.currentWidget() is self.sheet
            else self.passphrase
        )

    def retranslate(self) -> None:
        super().retranslate()
        self._buttons.invalidate()
        self.form.setFixedWidth(max(COLUMN, self._buttons.sizeHint().width()))
        self._show_state()
        if self.who is not None:
            self.who.speak()
        if self._whole:
            self.foot.retranslate()
            self._show_problem()
            self._show_kept()

    # opening

    def open_desk(self) -> None:
        """Open the desk with what is typed."""
        if self._opening or self._wait or not self.passphrase.text():
            return
        self._build_rest()
        passphrase, folder = self.passphrase.take(), self.folder
        who = (self.who.coach_id,) if self.who else ()
        self._opening, self._problem = True, None
        self._show_problem()
        self._show_state()
        opener = self._opener or partial(_open, self.shell.clock)
        self.shell.jobs.run(
            lambda: opener(folder, passphrase, *who), then=self._let_in, failed=self._refused, owner=self
        )

    def use_sheet(self) -> None:
        """Go to the eight groups."""
        from coachdesk.ui.unlock.sheet import SheetPage

        if self.sheet is None:
            self.sheet = SheetPage(self.shell, self.folder, self._recoverer)
            self.sheet.setFixedWidth(max(COLUMN, self.form.width()))
            self.sheet.opened.connect(self._let_in)
            self.sheet.left.connect(self.use_passphrase)
            self.pages.addWidget(self.sheet)
        self.passphrase.forget()
        self.pages.setCurrentWidget(self.sheet)
        self.sheet.first_focus().setFocus()

    def use_passphrase(self) -> None:
        """Back to the passphrase."""
        self.pages.setCurrentIndex(0)
        self.passphrase.setFocus()

    def leave(self) -> None:
        self.passphrase.forget()
        if self.sheet is not None:
            self.sheet.abandon()

    def remember_kept(self, drafts: int, at: datetime, coach_id: int) -> None:
        """Say that unfinished texts are kept, after locking, and to nobody but the coach whose they are."""
        self._kept = (drafts, at, coach_id) if drafts else None
        if self._whole:
            self._show_kept()

    def count_down(self) -> None:
        """One second of waiting is over."""
        self._wait = max(0, self._wait - 1)
        if not self._wait:
            self._second.stop()
        self._show_problem()
        self._show_state()

    def _let_in(self, desk: "Desk") -> None:
        self._opening, self._wrong, self._kept = False, 0, None
        if self.who is not None and desk.coach_id != self.shell.settings.coach:
            self.shell.change_settings(coach=desk.coach_id)
        self._show_state()
        self.opened.emit(desk)

    def _refused(self, problem: Exception) -> None:
        self._opening = False
        assert isinstance(problem, Problem)
        self._problem = problem
        if isinstance(problem, WrongPassphrase):
            self._wrong += 1
            self._wait = int(str(problem.values.get("seconds", seconds_after(self._wrong))))
            self._second.start()
        elif isinstance(problem, TooSoon):
            self._wait = int(str(problem.values["seconds"]))
            self._second.start()
        self._show_problem()
        self._show_state()
        self.passphrase.setFocus()

    # what is shown

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.passphrase.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._after_paint)

    def _after_paint(self) -> None:
        self._build_rest()
        self._look()
        self.painted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.art.setVisible(self.width() >= NARROW)

    def _look(self) -> None:
        """After the first paint: look at the desk from outside, and fetch what opens it."""
        if not self._warmed:
            self._warmed = True
            folder = self.folder
            self.shell.jobs.run(
                lambda: _look_at(folder), then=self._looked, failed=self._refused, lane="outside", owner=self
            )

    def _looked(self, door: "Door") -> None:
        self.art.show_names(door.workshop)
        self.foot.show_door(door)
        if door.coaches and self.who is None:
            self._ask_who(door.coaches)
        if door.wait and not self._wait:
            self._refused(TooSoon(N_("Wait a moment before you try again."), seconds=door.wait))
        self.looked.emit(door)

    def _ask_who(self, coaches: Mapping[int, str]) -> None:
        from coachdesk.ui.unlock.who import WhoField

        self.who = WhoField(coaches, self.shell.settings.coach)
        self.who.box.currentIndexChanged.connect(self._show_kept)
        self._show_kept()
        self._above_field.addWidget(self.who)
        QWidget.setTabOrder(self.who.control, self.passphrase)

    def _show_problem(self) -> None:
        wrong = isinstance(self._problem, WrongPassphrase | TooSoon)
        sentence = i18n.say(self._problem) if self._problem else ""
        if wrong and self._wait:
            wait = ngettext("Try again in {seconds} second.", "Try again in {seconds} seconds.", self._wait)
            sentence = f"{sentence} {wait.format(seconds=self._wait)}"
        elif isinstance(self._problem, TooSoon):
            sentence = ""  # the wait is over
        elif wrong:
            sentence = f"{sentence} {_('Check Caps Lock.')}"
        self.field.set_error(sentence if wrong else "")
        self.problem.set_text("" if wrong else sentence)
        self.problem.setVisible(bool(sentence) and not wrong)

    def _show_kept(self) -> None:
        if self._kept is not None:
            count, at, _coach_id = self._kept
            sentence = ngettext(
                "Unfinished work is safe ({count} draft, {time}). You go on from the same place.",
                "Unfinished work is safe ({count} drafts, {time}). You go on from the same place.",
                count,
            )
            self.kept.set_text(sentence.format(count=count, time=current().time(at)))
        self.kept.setVisible(self._kept is not None and self._is_chosen(self._kept[2]))

    def _is_chosen(self, coach_id: int) -> bool:
        """Whether the desk will be opened as this coach, as far as is known."""
        return self.who is None or self.who.coach_id == coach_id

    def _show_state(self) -> None:
        self.open_button.setText(_("Opening") if self._opening else _("Open"))
        self.open_button.setEnabled(not self._opening and not self._wait)
        self.passphrase.setReadOnly(self._opening)
        self.sheet_button.setEnabled(not self._opening)

    def _show_caps(self, on: bool) -> None:
        self._build_rest()
        self.caps_row.setVisible(on)


def _open(clock: Clock, folder: Path, passphrase: str, coach_id: int | None = None) -> "Desk":
    from coachdesk.services.opening import open_desk

    return open_desk(folder, passphrase=passphrase, clock=clock, coach_id=coach_id)


def _look_at(folder: Path) -> "Door":
    from coachdesk.services import door, keys, opening  # noqa: F401 - fetched while the coach types

    return door.look_at_door(folder)
