"""Finding a person by name from anywhere: Ctrl+K, two or three letters, Enter."""

from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QVBoxLayout

from coachdesk.i18n import _, current
from coachdesk.ui import icons, theme
from coachdesk.ui.columns import Column, ColumnModel
from coachdesk.ui.keynames import spoken_key
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.words import label

SHOWN = 12
WIDE = 420


def _line(hit: Any) -> str:
    year = getattr(hit, "birth_year", None)
    return f"{hit.name}  ·  {year}" if year else str(hit.name)


class Finder(QLineEdit):
    """A field whose hits hang below it; no identity code is ever shown."""

    left = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.setClearButtonEnabled(False)
        self.model = ColumnModel((Column(title="", text=_line),))
        self.popup = _Popup(self)
        self.textEdited.connect(self._seek)

    def start(self) -> None:
        """Begin to find: the field has the focus and is empty."""
        self.clear()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def retranslate(self) -> None:
        """Set every word again."""
        self.setPlaceholderText(_("Find a name"))
        self.setAccessibleName(_("Find a name"))
        self.popup.hits.setAccessibleName(_("People found"))

    def show_hits(self, typed: str, hits: tuple[Any, ...]) -> None:
        """Show the people found, unless something else was typed since."""
        if typed != self.text().strip() or not typed:
            self.popup.hide()
            return
        self.model.show_rows(hits)
        self.popup.show_under(self, len(hits))

    def open_current(self) -> None:
        """Go to the person chosen in the list."""
        hit = self.model.row(self.popup.hits.currentIndex())
        if hit is not None:
            self._close()
            self.shell.go("trainee", trainee_id=hit.trainee_id)
        else:
            self._find_paper(self.text())

    def _find_paper(self, text: str) -> None:
        """The code of a paper, scanned here as anywhere else, tells which version the paper is."""
        from coachdesk.domain.plan_returned import read_paper

        if read_paper(text).check:
            from coachdesk.ui.plans.find_paper import FindPaperForm

            self._close()
            FindPaperForm(self.shell, self.window(), text).open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.open_current()
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                self.popup.step(1 if event.key() == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Escape:
                if self.text():
                    self.clear()
                    self.popup.hide()
                else:
                    self._close()
                    self.focusNextChild()
            case _:
                super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._close()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        size = theme.px(18)
        picture = icons.pixmap("search", size, "text2", self.devicePixelRatioF())
        painter.drawPixmap(10, (self.height() - size) // 2, picture)
        if not self.text() and not self.hasFocus():
            painter.setFont(theme.font("secondary"))
            painter.setPen(theme.colour("text2"))
            room = self.rect().adjusted(0, 0, -10, 0)
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(room, side, spoken_key("Ctrl+K"))
        painter.end()

    def _seek(self, text: str) -> None:
        from coachdesk.services import names

        typed = text.strip()
        if not typed:
            self.popup.hide()
            return
        desk = self.shell.desk
        self.shell.jobs.run(
            lambda: names.find(desk, typed, SHOWN),
            then=lambda hits: self.show_hits(typed, hits),
            lane="reading",
            owner=self,
        )

    def _close(self) -> None:
        self.clear()
        self.popup.hide()
        self.model.show_rows(())
        self.left.emit()


class _Popup(QFrame):
    """The list below the field; the focus stays in the field."""

    def __init__(self, finder: Finder) -> None:
        super().__init__(finder.window())
        self.setObjectName("popup")
        self.finder = finder
        self.hits = QListView()
        self.hits.setModel(finder.model)
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.setFrameShape(QFrame.Shape.NoFrame)
        self.hits.setProperty("inside", True)
        self.hits.setUniformItemSizes(True)
        self.hits.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # the year tells namesakes apart
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.clicked.connect(lambda _index: finder.open_current())
        self.nobody = label("", "secondary")
        box = QVBoxLayout(self)
        box.setContentsMargins(2, 2, 2, 2)
        box.addWidget(self.hits)
        box.addWidget(self.nobody)
        self.hide()

    def show_under(self, field: QLineEdit, count: int) -> None:
        """Show below the field, chosen the first."""
        self.setParent(field.window())
        self.hits.setVisible(count > 0)
        self.nobody.setVisible(count == 0)
        self.nobody.setText("  " + _("Nobody by that name."))
        if count:
            self.hits.setCurrentIndex(self.finder.model.index(0, 0))
            self.setAccessibleDescription(str(current().number(count)))
        rows = max(1, count)
        size = QSize(max(field.width(), theme.px(WIDE)), rows * self.row_height() + 10)
        corner = field.mapTo(field.window(), QPoint(field.width() - size.width(), field.height() + 2))
        self.setGeometry(corner.x(), corner.y(), size.width(), size.height())
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Choose the next or the former hit."""
        model = self.finder.model
        if model.rows:
            at = (self.hits.currentIndex().row() + by) % len(model.rows)
            self.hits.setCurrentIndex(model.index(at, 0))

    def row_height(self) -> int:
        """The height of one hit."""
        hint = self.hits.sizeHintForRow(0)
        return max(hint, theme.metrics("body").height() + 8)
