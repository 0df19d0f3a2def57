"""What stands in a window: every word of every visible widget, and what can take the focus."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QWidget,
)

from coachdesk import i18n

CODE = re.compile(r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]")
SAME = {"Ctrl", "Alt", "Esc", "CoachDesk", "English"}  # the name of a language is written in it
Said = tuple[QWidget, str, str]  # widget, where it stands, what it says
_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
ROWS = 60


def widgets(window: QWidget) -> Iterator[QWidget]:
    """The window and all in it that is seen."""
    yield window
    for found in window.findChildren(QWidget):
        if found.isVisibleTo(window) and not isinstance(found, QMenu):
            yield found


def words(window: QWidget) -> Iterator[Said]:
    """Every word that is seen or spoken."""
    for widget in widgets(window):
        for where, text in _words_of(widget):
            if text:
                yield widget, where, str(text)
    for menu in window.findChildren(QMenu):
        for action in menu.actions():
            yield menu, "menu", action.text().split("\t")[0]


def _words_of(widget: QWidget) -> Iterator[tuple[str, object]]:
    yield "tooltip", widget.toolTip()
    yield "name", widget.accessibleName()
    yield "description", widget.accessibleDescription()
    yield "title", widget.windowTitle() if widget.isWindow() else ""
    match widget:
        case QLabel() | QAbstractButton():
            yield "text", widget.text()
        case QLineEdit():
            yield "placeholder", widget.placeholderText()
            yield "text", widget.text() if widget.echoMode() == QLineEdit.EchoMode.Normal else ""
        case QPlainTextEdit():
            yield "placeholder", widget.placeholderText()
            yield "text", widget.toPlainText()
        case QComboBox():
            for at in range(widget.count()):
                yield "choice", widget.itemText(at)
        case QTabBar():
            for at in range(widget.count()):
                yield "tab", widget.tabText(at)
        case QHeaderView():
            model = widget.model()
            for at in range(widget.count() if model else 0):
                for role in _ROLES:
                    yield "header", model.headerData(at, widget.orientation(), role)
        case QAbstractItemView():
            yield from _cells(widget.model())


def _cells(model: QAbstractItemModel | None) -> Iterator[tuple[str, object]]:
    if model is None:
        return
    top = QModelIndex()
    columns = model.columnCount(top) if isinstance(model, QAbstractTableModel) else 1
    for row in range(min(model.rowCount(top), ROWS)):
        for column in range(columns):
            index = model.index(row, column, top)
            for role in _ROLES:
                yield "cell", index.data(role)


def controls(window: QWidget) -> Iterator[QWidget]:
    """What the keyboard can reach."""
    for widget in widgets(window):
        stops = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled()
        proxied = widget is window or widget.focusProxy() is not None
        if stops and not proxied and not isinstance(widget, QHeaderView):
            yield widget


def name_of(widget: QWidget) -> str:
    """What a screen reader calls it."""
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name).strip() if found else ""


def told(widget: QWidget) -> str:
    """Where a widget is, for the message of a failing test."""
    chain = []
    at: QWidget | None = widget
    while at is not None and len(chain) < 4:
        chain.append(f"{type(at).__name__}{'#' + at.objectName() if at.objectName() else ''}")
        at = at.parentWidget()
    return " < ".join(chain)


def cut(window: QWidget, *, scrolled: bool = False) -> Iterator[str]:
    """Labels, buttons and tabs whose words have not enough room; ``scrolled`` tabs may have arrows."""
    across = Qt.Orientation.Horizontal
    for widget in widgets(window):
        match widget:
            case QLabel() if widget.text() and widget.wordWrap():
                need = widget.heightForWidth(widget.width())
                if need > widget.height() + 2:
                    yield f"{told(widget)}: {widget.text()!r} needs {need} px, has {widget.height()}"
            case QLabel() | QAbstractButton() if widget.text():
                need = widget.sizeHint().width()
                if need > widget.width() + 1:
                    yield f"{told(widget)}: {widget.text()!r} needs {need} px, has {widget.width()}"
            case QTabBar() if not (scrolled and widget.usesScrollButtons()):
                need = sum(widget.tabRect(at).width() for at in range(widget.count()))
                if need > widget.width() + 1:
                    yield f"{told(widget)}: the tabs need {need} px, have {widget.width()}"
            case QHeaderView() if type(widget) is QHeaderView and widget.orientation() == across:
                yield from _cut_titles(widget)


def _cut_titles(header: QHeaderView) -> Iterator[str]:
    model = header.model()
    for at in range(header.count() if model else 0):
        title = str(model.headerData(at, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) or "")
        need = header.fontMetrics().horizontalAdvance(title) + 16
        if title and not header.isSectionHidden(at) and need > header.sectionSize(at):
            yield f"{told(header)}: column {title!r} needs {need} px, has {header.sectionSize(at)}"


def tab_round(window: QWidget, first: QWidget) -> list[QWidget]:
    """What Tab stops at, from a control until it comes round."""
    first.setFocus(Qt.FocusReason.TabFocusReason)
    found: list[QWidget] = []
    while (at := window.focusWidget()) is not None and at not in found and len(found) < 300:
        found.append(at)
        QTest.keyClick(at, Qt.Key.Key_Tab)
    return found


def untranslated(language: str) -> set[str]:
    """English texts that are written otherwise in a language."""
    found = set(i18n.words(language)._catalogue.ids())
    return {key for key in found if i18n.words(language)._(key) != key and "{" not in key} - SAME


def settle(window: QWidget) -> None:
    """Let layouts that wait for one another come to rest: none of them asks for another place."""
    rest, before = 0, None
    for _time in range(60):
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        now = [(w.geometry(), w.isVisible()) for w in window.findChildren(QWidget)]
        rest, before = rest + 1 if now == before else 0, now
        if rest == 3:
            return


def too_wide(area: QScrollArea) -> list[str]:
    """Why a page needs a sideways scroll bar: empty when it does not."""
    if not area.horizontalScrollBar().maximum():
        return []
    room = area.viewport().width()
    inside = area.widget().findChildren(QWidget)
    found = [
        f"{told(w)} needs {w.minimumSizeHint().width()}, {w.minimumWidth()} px"
        for w in inside
        if max(w.minimumSizeHint().width(), w.minimumWidth()) > room - 60
    ]
    return [f"{area.widget().width()} px in {room}", *found]


def cut_choices(window: QWidget) -> Iterator[str]:
    """What is chosen in a box, or a number with its unit, and has not enough room there."""
    control, field = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    for box in window.findChildren(QComboBox):
        if box.isVisibleTo(window) and not box.isEditable():
            option = QStyleOptionComboBox()
            box.initStyleOption(option)
            room = box.style().subControlRect(control, option, field, box).width()
            need = box.fontMetrics().horizontalAdvance(box.currentText())
            if room < need:
                yield f"{told(box)}: {box.currentText()!r} needs {need} px, has {room}"
    for number in window.findChildren(QAbstractSpinBox):
        edit = number.lineEdit()
        room, need = (
            edit.width() - edit.textMargins().left(),
            edit.fontMetrics().horizontalAdvance(edit.text()),
        )
        if number.isVisibleTo(window) and room < need:
            yield f"{told(number)}: {edit.text()!r} needs {need} px, has {room}"
