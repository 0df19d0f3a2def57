"""The day of one person: every mark as a button, exact hours, reason, certificate, a word."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QWidget,
)

from coachdesk.domain.attendance import AttendedDay, asks_certificate, counts_present, is_absence
from coachdesk.domain.codes import codes
from coachdesk.i18n import N_, _, current
from coachdesk.ui import theme
from coachdesk.ui.attendance import spoken
from coachdesk.ui.attendance.kind_button import KindButton
from coachdesk.ui.attendance.marker import Marker
from coachdesk.ui.attendance.word_draft import WordDraft
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button, ToolButton
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.field import Field
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.spin import DecimalBox
from coachdesk.ui.widgets.words import label


class DayPanel(Card):
    """Follows the cursor; what is changed in it is saved at once."""

    closed = Signal()

    def __init__(self, shell: Shell, marker: Marker) -> None:
        super().__init__()
        self.shell, self.marker = shell, marker
        self.setFixedWidth(theme.px(356))
        self.close_button = ToolButton("x")
        self.close_button.clicked.connect(self.closed)
        self.add_aside(self.close_button)
        self.day = label("", "secondary", wrap=True)
        self.add(self.day)
        self.kinds: dict[str, KindButton] = {}
        self.body.addLayout(self._kinds())
        self.hours = DecimalBox()
        self.reason = QComboBox()
        self.certificate = QCheckBox()
        self.word = QLineEdit()
        self.draft = WordDraft(shell, self.word)
        self.clear = Button(icon="trash")
        self.meaning = label("", "secondary", wrap=True)
        self.fields = (Field(self.hours), Field(self.reason), Field(self.word))
        self._lay_out()
        marker.view.moved.connect(lambda _place: self.show_cell())
        marker.changed.connect(self.show_cell)

    def _kinds(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        for at, code in enumerate(codes("attendance_kinds")):
            button = KindButton(code.key)
            button.clicked.connect(lambda _on=False, kind=code.key: self._mark(kind))
            button.reached.connect(lambda kind=code.key: self._mean(kind))
            self.kinds[code.key] = button
            grid.addWidget(button, at // 2, at % 2)
        return grid

    def _lay_out(self) -> None:
        self.hours.setRange(0, 24)
        self.hours.setSingleStep(0.5)
        self.hours.setDecimals(2)
        self.hours.setKeyboardTracking(False)
        self.hours.valueChanged.connect(self._set_hours)
        self.reason.activated.connect(self._set_reason)
        self.certificate.clicked.connect(self._set_certificate)
        self.word.editingFinished.connect(self._set_word)
        self.clear.clicked.connect(self.marker.clear)
        hours, reason, word = self.fields
        hours.setFixedWidth(theme.px(110))
        side = row_of(hours, reason, spacing=8)
        side.setStretch(1, 1)
        self.body.setSpacing(6)
        self.body.addLayout(side)
        self.add(word)
        self.body.addLayout(row_of(self.certificate, None, self.clear))
        self.add(self.meaning)
        self.body.addStretch(1)

    def retranslate(self) -> None:
        """Say all again in the screen's language."""
        language = current().language
        self.close_button.set_words(_("Close the day"), "Esc")
        for button in self.kinds.values():
            button.retranslate()
        for one, caption in zip(self.fields, (N_("Hours"), N_("Reason"), N_("Tasks or a word")), strict=True):
            one.set_caption(_(caption))
        self.hours.setSuffix(f"{chr(0xA0)}h")
        self.certificate.setText(_("Certificate seen"))
        self.clear.setText(_("Clear the mark"))
        with QSignalBlocker(self.reason):
            self.reason.clear()
            self.reason.addItem(_("No reason chosen"), "")
            for code in codes("absence_reasons"):
                self.reason.addItem(spoken.upper(code.name(language)), code.key)
        self.show_cell()

    def show_cell(self) -> None:
        """Show the cell that the cursor is on."""
        place, board = self.marker.view.here, self.marker.board
        if self.isHidden() or place is None:
            return
        mark = board.mark(place)
        shown = None if mark and board.quiet and is_absence(mark.kind) else mark
        self.set_title(board.names[place[0]])
        self.day.setText(spoken.day_line(board, place))
        for key, button in self.kinds.items():
            button.setChecked(shown is not None and shown.kind == key)
        self._fill(shown)
        self.draft.turn_to(shown)
        if shown is None and mark is None and self._may_be_present():
            self.hours.setEnabled(True)
        self.clear.setEnabled(mark is not None)
        self._shut(board.archived(place))
        self._mean(shown.kind if shown else "")

    def _fill(self, mark: AttendedDay | None) -> None:
        present = mark is not None and counts_present(mark.kind)
        with QSignalBlocker(self.hours), QSignalBlocker(self.reason), QSignalBlocker(self.word):
            self.hours.setValue(mark.minutes / 60 if mark else self._planned_hours())
            self.reason.setCurrentIndex(max(0, self.reason.findData(mark.reason if mark else "")))
            if not self.word.hasFocus():
                self.word.setText(mark.word if mark else "")
        self.certificate.setChecked(mark is not None and mark.certificate_seen)
        self.hours.setEnabled(present)
        self.reason.setEnabled(mark is not None and mark.kind == "other")
        self.certificate.setEnabled(mark is not None and asks_certificate(mark.kind))
        self.word.setEnabled(mark is not None)

    def _shut(self, archived: bool) -> None:
        """Nothing of somebody archived is changed: only shown."""
        for button in self.kinds.values():
            button.setEnabled(not archived)
        if archived:
            for part in (self.hours, self.reason, self.certificate, self.word, self.clear):
                part.setEnabled(False)

    def _planned_hours(self) -> float:
        place = self.marker.view.here
        agreed = self.marker.board.planned(place) if place else None
        return agreed.minutes / 60 if agreed else 0

    def _may_be_present(self) -> bool:
        """Whether hours alone make a mark: somebody planned, on a day that has come."""
        place, board = self.marker.view.here, self.marker.board
        day = board.day(place) if place else None
        return place is not None and bool(board.planned(place)) and day is not None and day <= board.today

    def _mean(self, kind: str) -> None:
        """Show what a kind means for benefit, allowance and invoice."""
        self.meaning.setText(f"{spoken.kind_words(kind)}:\n{spoken.meaning(kind)}" if kind else "")

    def focus_kinds(self) -> None:
        """Start at the mark that stands, else at the first."""
        chosen = next((button for button in self.kinds.values() if button.isChecked()), None)
        (chosen or next(iter(self.kinds.values()))).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_hours(self) -> None:
        """Start at the exact hours; without hours at the word."""
        field: QWidget = self.hours if self.hours.isEnabled() else self.word
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if field is self.hours:
            self.hours.selectAll()

    def _mark(self, kind: str) -> None:
        place = self.marker.view.here
        if place is not None and (self.marker.board.mark(place) is None or not self._is(kind)):
            self.marker.mark_here(kind)
        self.show_cell()

    def _is(self, kind: str) -> bool:
        place = self.marker.view.here
        mark = self.marker.board.mark(place) if place else None
        return mark is not None and mark.kind == kind

    def _set_hours(self, hours: float) -> None:
        self.marker.set_hours(round(hours * 60))

    def _set_reason(self, _at: int) -> None:
        key = self.reason.currentData()
        self.marker.alter(lambda mark: replace(mark, reason=key) if mark.kind == "other" else mark)

    def _set_certificate(self, seen: bool) -> None:
        self.marker.alter(
            lambda mark: replace(mark, certificate_seen=seen) if is_absence(mark.kind) else mark
        )

    def _set_word(self) -> None:
        if not self.shell.is_open:  # left by locking: what is typed stays a draft
            return
        word = self.word.text().strip()
        self.marker.alter(lambda mark: replace(mark, word=word))
        self.draft.recorded()

    def event(self, event: QEvent) -> bool:
        # Esc is the window's key too: inside the panel it closes the panel
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.closed.emit()
                return True
        return super().event(event)
