"""Outbox and receipts: what waits, what is in a file, what the region has acknowledged."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coachdesk.domain.line import SendResult
from coachdesk.domain.sending import ExportResult, Offer, Outbox, OutboxLine, ReceiptResult
from coachdesk.i18n import N_, _, current
from coachdesk.services.line import LineSheet
from coachdesk.ui.columns import ColumnModel, table_of
from coachdesk.ui.screen import Spoken
from coachdesk.ui.shell import Shell
from coachdesk.ui.sync import notice_words
from coachdesk.ui.sync.files import Asks
from coachdesk.ui.sync.outbox_side import OutboxSide
from coachdesk.ui.sync.outbox_table import (
    RECEIPT,
    WAY,
    WHAT,
    OutboxDelegate,
    asks_for_something,
    columns_of,
    rank,
    ready_line,
    same_line,
)
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.empty import EmptyState
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.words import label


@dataclass(frozen=True, slots=True)
class Told:
    """What was done last, in words that stay until something else is done."""

    kind: str
    title: str
    lines: tuple[str, ...]


class OutboxPage(QWidget, Spoken):
    """The second tab of sending."""

    changed = Signal()  # something was written or read: read all again
    opened = Signal(int)  # trainee_id
    keys_asked = Signal()

    def __init__(self, shell: Shell, asks: Asks) -> None:
        super().__init__()
        self.shell, self.asks = shell, asks
        self.outbox = Outbox()
        self.lines: tuple[LineSheet, ...] = ()
        self.told: Told | None = None
        self._narrow = False
        self._build_top()
        self._build_table()
        self.side = OutboxSide()
        self.side.open_button.clicked.connect(self._open)
        self.side.back_button.clicked.connect(self.put_back)
        self.columns = QHBoxLayout()
        self.columns.setContentsMargins(0, 0, 0, 0)
        self.columns.setSpacing(14)
        self.columns.addWidget(self.card, 1)
        self.columns.addWidget(self.side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addLayout(self.top)
        whole.addWidget(self.result)
        whole.addLayout(self.columns, 1)
        self.retranslate()

    def _build_top(self) -> None:
        self.notice = Notice("info")
        self.notice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.send_button = Button(kind="primary", icon="refresh", key="F5")
        self.send_button.clicked.connect(self.send_now)
        self.pause_button = Button(icon="player-pause")
        self.pause_button.clicked.connect(self.pause)
        self.notice.add_button(self.pause_button)
        self.save_button = Button(kind="primary", icon="usb", key="Ctrl+Enter")
        self.read_button = Button(icon="file-import")
        self.save_button.clicked.connect(self.save_file)
        self.read_button.clicked.connect(self.read_receipt)
        self.acts = row_of(self.send_button, self.save_button, self.read_button, spacing=8)
        self.acts.addStretch(0)
        self.top = row_of(self.notice, self.acts, spacing=8)
        self.top.setStretch(0, 1)
        self.result = Notice("ok")
        self.close_result = Button(kind="flat")
        self.close_result.clicked.connect(self._forget)
        self.result.add_button(self.close_result)
        self.result.hide()

    def _build_table(self) -> None:
        self.model = ColumnModel(columns_of(self.shell.clock.today), self)
        self.table = table_of(self.model, row_height=44, inside=True)
        self.table.setItemDelegate(OutboxDelegate(self.table, self.shell))
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._chose())
        self.none = EmptyState("inbox")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.none)
        self.green = label("", "secondary", wrap=True)
        self.keys_button = Button(kind="link")
        self.keys_button.clicked.connect(self.keys_asked)
        foot = row_of(self.green, self.keys_button)
        foot.setStretch(0, 1)
        foot.setContentsMargins(13, 8, 13, 8)
        self.card = Card(margins=(1, 1, 1, 1))
        self.card.body.setSpacing(0)
        self.card.add(self.stack, 1)
        self.card.body.addLayout(foot)

    def retranslate(self) -> None:
        """Set the words again."""
        self.speak()
        self.send_button.setText(_("Send now"))
        self.save_button.setText(_("Save export file…"))
        self.read_button.setText(_("Read a receipt file…"))
        self.close_result.setText(_("Close"))
        self.table.setAccessibleName(_("Outbox and receipts"))
        self.none.set_words(
            _("Nothing has been sent yet."),
            _("What you accept leaves by itself, or with the next export file."),
        )
        self.green.setText(_("Green always means a receipt of the region that is kept here."))
        self.keys_button.setText(_("Keys and fingerprints…"))
        self.side.retranslate()
        self.model.retranslate()
        self._forget()  # it was told in the other language, and the table shows it all
        self._show_notice()
        self._chose()

    def show_outbox(self, outbox: Outbox, ready: tuple[Offer, ...]) -> None:
        """Show what was sealed and what is ready for the next file."""
        kept, former = self.line, self.model.rows[0] if self.model.rows else None
        self.outbox = outbox
        lines = [*(ready_line(offer, self.shell) for offer in ready), *outbox.lines]
        lines.sort(key=rank)
        self.model.show_rows(lines)
        self.stack.setCurrentIndex(0 if lines else 1)
        if lines:
            at = self.model.place_of(lambda line: kept is not None and same_line(line, kept))
            asks = asks_for_something(lines[0]) and not (former and same_line(lines[0], former))
            self.table.selectRow(0 if asks or lines[0].state == "aside" else max(at, 0))
        self._show_notice()
        self._chose()

    @property
    def line(self) -> OutboxLine | None:
        """The item chosen."""
        found: OutboxLine | None = self.model.row(self.table.currentIndex())
        return found

    def show_lines(self, lines: tuple[LineSheet, ...]) -> None:
        """Show how the lines stand: what can be sent now, and what keeps it back."""
        self.lines = lines
        self._show_notice()

    def _show_notice(self) -> None:
        net = any(sheet.line.address for sheet in self.lines)
        paused = any(sheet.line.paused for sheet in self.lines)
        watch = self.shell.line
        self.send_button.setVisible(net)
        self.send_button.setEnabled(not paused and not (watch is not None and watch.busy))
        self.send_button.setToolTip(_("Sending is paused.") if paused else "")
        self.save_button.set_kind("" if net else "primary")
        self.pause_button.setVisible(net)
        self._lay_out_top()
        self.pause_button.setText(_("Go on sending") if paused else _("Pause"))
        self.pause_button.picture = "player-play" if paused else "player-pause"
        told = notice_words.of_line(self.lines, watch, waits=bool(self.outbox.waiting or self.outbox.ready))
        rest = notice_words.of_outbox(self.outbox)
        if told is None:
            self.notice.set_state(rest.kind, rest.text, icon=rest.icon)
        else:
            text = " ".join(filter(None, (told.text, rest.text if rest.waits else "")))
            worse = told.kind == "info" and rest.kind == "warn" and not told.title
            kind, icon = (rest.kind, rest.icon) if worse else (told.kind, told.icon)
            self.notice.set_state(kind, text, told.title, icon)

    def _chose(self) -> None:
        line = self.line
        self.side.setVisible(line is not None)
        if line is not None:
            self.side.show_line(line, self.shell.clock.today())

    def _lay_out_top(self) -> None:
        """The buttons below the sentence where it is long: where there is a line, or little room."""
        below = self._narrow or any(sheet.line.address for sheet in self.lines)
        down, across = QHBoxLayout.Direction.TopToBottom, QHBoxLayout.Direction.LeftToRight
        self.top.setDirection(down if below else across)

    def send_now(self) -> None:
        """Try the lines now, also those that had stopped."""
        if self.send_button.isEnabled() and any(sheet.line.address for sheet in self.lines):
            self.shell.sending_asked.emit()

    def pause(self) -> None:
        """Pause sending, or let it go on; it stays so until it is changed, and shows."""
        from coachdesk.services import line

        paused = not any(sheet.line.paused for sheet in self.lines)
        work = partial(line.pause, self.shell.desk, paused)
        self.shell.jobs.run(work, then=lambda _none: self._paused(paused), owner=self)

    def _paused(self, paused: bool) -> None:
        self.shell.saved()
        self.shell.health_changed.emit()
        self.changed.emit()
        if not paused:
            self.shell.queued.emit()

    def tell_sent(self, results: tuple[SendResult, ...]) -> None:
        """What came of the last run, where there is something to tell."""
        from coachdesk.services import send_wording

        said = [one for result in results for one in send_wording.of_result(result)]
        if not said or not any(result.delivered or result.refused or result.lines for result in results):
            return
        kind = "warn" if any(one.wrong for one in said) else "ok"
        self._tell(Told(kind, _("What the region answered"), tuple(one.text for one in said)))

    def save_file(self) -> None:
        """Seal what may leave and write every file without a receipt into a folder."""
        from coachdesk.services import sync

        folder = self.asks.folder(_("Where are the export files saved?"))
        if folder is None:
            return
        work = partial(sync.export, self.shell.desk, folder, accepted_only=True)
        self.shell.jobs.run(work, then=partial(self._saved, folder), failed=self._failed, owner=self)

    def _saved(self, folder: Path, done: ExportResult) -> None:
        words = current()
        if done.files:
            names = tuple(file.name for file in done.files)
            title = words.fill(N_("Saved in {folder}"), folder=str(folder))
            self._tell(Told("ok", title, (*names, _("Carry the files to the region."))))
        else:
            self._tell(Told("info", _("There is nothing to send."), ()))
        self._after()

    def read_receipt(self) -> None:
        """Read the region's answer from a file."""
        from coachdesk.services import sync

        kind = f"{_('Receipts')} (*.jws)"
        file = self.asks.file(_("Which receipt file is read?"), kind)
        if file is not None:
            work = partial(sync.read_receipt, self.shell.desk, file)
            self.shell.jobs.run(work, then=self._read, failed=self._failed, owner=self)

    def _read(self, done: ReceiptResult) -> None:
        kind = "warn" if done.refused or done.missing or done.begun_anew else "ok"
        self._tell(Told(kind, _("The receipt was read."), done.lines))
        self._after()

    def _after(self) -> None:
        self.shell.undo.clear()
        self.shell.saved()
        self.shell.health_changed.emit()
        self.changed.emit()

    def _failed(self, problem: Exception) -> None:
        self.shell.notices.show(problem)
        self.changed.emit()

    def put_back(self) -> None:
        """Put the item that was set aside back into the queue."""
        from coachdesk.services import sync

        line = self.line
        if line is not None and line.state == "aside":
            work = partial(sync.put_back, self.shell.desk, line.item_id)
            self.shell.jobs.run(work, then=lambda _none: self._after(), owner=self)

    def _tell(self, told: Told) -> None:
        self.told = told
        self.result.set_state(told.kind, "\n".join(told.lines), told.title)
        self.result.show()

    def _forget(self) -> None:
        self.told = None
        self.result.hide()

    def _open(self) -> None:
        if self.line is not None and self.line.trainee_id is not None:
            self.opened.emit(self.line.trainee_id)

    def fit(self, size_class: str) -> None:
        """The card of the item below the table where there is little room."""
        wide = size_class == "wide"
        down, across = QHBoxLayout.Direction.TopToBottom, QHBoxLayout.Direction.LeftToRight
        self.columns.setDirection(across if wide else down)
        self._narrow = size_class == "narrow"
        self.acts.setDirection(down if self._narrow else across)
        self._lay_out_top()
        self.side.fit(size_class)
        self.card.setMinimumHeight(0 if wide else 240)
        for at in (WHAT, WAY, RECEIPT):
            self.table.setColumnHidden(at, size_class == "narrow")
