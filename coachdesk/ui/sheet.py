"""The style sheet, written from the tokens: one for each look and text size."""

import re
from collections.abc import Mapping

from coachdesk.settings import resource_folder
from coachdesk.ui.tokens import FONT, POINTS


def sheet(tokens: Mapping[str, str], scale: float, dark: bool, *, door: bool = False) -> str:
    """The style sheet of a look at a text size (1.0 to 1.5); ``door``: what the unlock window shows first."""
    values = dict(tokens)
    values.update({f"pt_{name}": f"{points * scale:.2f}pt" for name, points in POINTS.items()})
    values.update({f"h{size}": f"{round(size * scale)}px" for size in (16, 18, 20, 28, 34, 40, 44)})
    values["font"] = FONT
    values["drawn"] = (resource_folder() / "icons" / "drawn" / ("dark" if dark else "light")).as_posix()
    whole = (_WORDS, _DOOR, _BUTTONS, _EDITS, _FIELDS, _BOXES, _TABLES, _FRAME, _REST)
    text = "".join((_WORDS, _DOOR, _BUTTONS, _EDITS) if door else whole)
    return re.sub(r"@(\w+)", lambda found: values[found[1]], text)


_WORDS = """
QWidget { font-family: "@font"; font-size: @pt_body; color: @text; }
QMainWindow, QDialog, QScrollArea, QScrollArea > QWidget > QWidget[screen="true"] { background: @window; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: @pt_title; font-weight: 700; }
QLabel[role="unlock"] { font-size: @pt_unlock; font-weight: 700; }
QLabel[role="figure"] { font-size: @pt_unlock; font-weight: 700; color: @primary; }
QLabel[role="page"] { border: 1px solid @line; background: #FFFFFF; }
QLabel[role="heading"] { font-size: @pt_heading; font-weight: 700; }
QLabel[role="person"] { font-size: @pt_person; font-weight: 700; }
QLabel[role="strong"] { font-weight: 700; }
QLabel[role="secondary"] { font-size: @pt_secondary; color: @text2; }
QLabel[role="label"] { font-size: @pt_secondary; font-weight: 700; color: @text2; }
QLabel[role="error"] { font-size: @pt_secondary; color: @danger; }
QLabel[role="key"] { font-size: @pt_key; color: @text2; border: 1px solid @control;
    border-radius: 4px; padding: 1px 6px; background: @surface; }
QToolTip { background: @surface; color: @text; border: 1px solid @control; padding: 4px; }
"""

_BUTTONS = """
QPushButton, QToolButton[kind="box"] { background: @surface; color: @text; border: 1px solid @control;
    border-radius: 6px; padding: 0px 13px; min-height: @h34; }
QToolButton[kind="box"] { padding: 0px 8px; min-width: @h18; }
QPushButton:hover, QToolButton[kind="box"]:hover { background: @sunken; border-color: @primary; }
QPushButton:pressed, QToolButton[kind="box"]:pressed { background: @soft; }
QPushButton:focus { border: 2px solid @focus; padding: 0px 12px; min-height: @h34; margin: 0px; }
QToolButton[kind="box"]:focus { border: 2px solid @focus; padding: 0px 7px; }
QPushButton:disabled, QToolButton[kind="box"]:disabled { background: @nav; color: @text2;
    border-color: @line; }
QPushButton[kind="primary"] { background: @primary; color: @onprimary; border-color: @primary;
    font-weight: 700; }
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed { background: @primaryH;
    border-color: @primaryH; }
QPushButton[kind="primary"]:focus { border: 2px solid @focus; }
QPushButton[kind="primary"]:disabled { background: @nav; color: @text2; border-color: @line; }
QPushButton[kind="danger"] { color: @danger; border-color: @danger; }
QPushButton[kind="danger"]:hover, QPushButton[kind="danger"]:pressed { background: @dangerbg; }
QPushButton[kind="danger"]:focus { border: 2px solid @focus; }
QPushButton[kind="danger"]:disabled { color: @text2; border-color: @line; }
QPushButton[kind="flat"] { color: @primary; background: transparent; border-color: transparent; }
QPushButton[kind="flat"]:hover { background: @soft; }
QPushButton[kind="flat"]:focus { border: 2px solid @focus; }
QPushButton[kind="flat"]:disabled { color: @text2; }
QPushButton[kind="link"] { color: @primary; background: transparent; border: 1px solid transparent;
    padding: 0px 3px; min-height: @h20; text-decoration: underline; }
QPushButton[kind="link"]:disabled { color: @text2; background: transparent; border-color: transparent; }
QPushButton[kind="link"]:focus { border: 2px solid @focus; padding: 0px 2px; border-radius: 4px; }
QPushButton[tall="true"] { min-height: @h40; }
QPushButton[part="only"] { border-radius: 6px; }
QPushButton[part="first"] { border-top-right-radius: 0px; border-bottom-right-radius: 0px; }
QPushButton[part="middle"] { border-radius: 0px; border-left-width: 0px; }
QPushButton[part="last"] { border-top-left-radius: 0px; border-bottom-left-radius: 0px;
    border-left-width: 0px; }
QPushButton[part]:checked { background: @primary; color: @onprimary; border-color: @primary;
    font-weight: 700; }
QPushButton[part]:checked:disabled { background: @control; color: @surface; border-color: @control; }
QPushButton[part]:focus { border: 2px solid @focus; }
"""

_DOOR = """
QWidget#art { color: #FFFFFF; }
"""

_EDITS = """
QLineEdit, QComboBox, QDateEdit, QTimeEdit, QDateTimeEdit, QSpinBox, QDoubleSpinBox {
    background: @surface; color: @text; border: 1px solid @control; border-radius: 6px;
    padding: 0px 9px; min-height: @h34; selection-background-color: @primary;
    selection-color: @onprimary; lineedit-password-character: 8226; }
QLineEdit[tall="true"] { min-height: @h40; }
QLineEdit:focus, QComboBox:focus, QDateEdit:focus, QTimeEdit:focus, QDateTimeEdit:focus, QSpinBox:focus,
QDoubleSpinBox:focus { border: 2px solid @focus; padding: 0px 8px; }
"""

_FIELDS = """
QPlainTextEdit, QTextEdit, QTextBrowser { background: @surface; color: @text; border: 1px solid @control;
    border-radius: 6px; padding: 5px; selection-background-color: @primary;
    selection-color: @onprimary; }
QPlainTextEdit:focus, QTextEdit:focus, QTextBrowser:focus { border: 2px solid @focus; padding: 4px; }
QLineEdit[wrong="true"], QComboBox[wrong="true"], QDateEdit[wrong="true"], QPlainTextEdit[wrong="true"],
QSpinBox[wrong="true"], QDoubleSpinBox[wrong="true"] { border: 2px solid @danger; padding: 0px 8px; }
QLineEdit:disabled, QComboBox:disabled, QDateEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled,
QPlainTextEdit:disabled, QLineEdit:read-only, QPlainTextEdit[readOnly="true"] { background: @nav;
    color: @text2; }
QComboBox::drop-down, QDateEdit::drop-down, QDateTimeEdit::drop-down { subcontrol-origin: padding;
    subcontrol-position: center right; width: 28px; border: none; }
QComboBox::down-arrow, QDateEdit::down-arrow, QDateTimeEdit::down-arrow {
    image: url("@drawn/chevron-down.svg"); width: 16px; height: 16px; }
QSpinBox::up-button, QDoubleSpinBox::up-button, QTimeEdit::up-button { subcontrol-origin: border;
    subcontrol-position: top right; width: 24px; border: none; }
QSpinBox::down-button, QDoubleSpinBox::down-button, QTimeEdit::down-button { subcontrol-origin: border;
    subcontrol-position: bottom right; width: 24px; border: none; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow, QTimeEdit::up-arrow {
    image: url("@drawn/chevron-up.svg"); width: 12px; height: 12px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow, QTimeEdit::down-arrow {
    image: url("@drawn/chevron-down.svg"); width: 12px; height: 12px; }
QDateEdit, QTimeEdit, QDateTimeEdit, QSpinBox, QDoubleSpinBox { padding: 0px 26px 0px 9px; }
QDateEdit:focus, QTimeEdit:focus, QDateTimeEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus {
    padding: 0px 25px 0px 8px; }
QDateEdit::up-button, QDateTimeEdit::up-button { subcontrol-origin: border;
    subcontrol-position: top right; width: 24px; border: none; }
QDateEdit::down-button, QDateTimeEdit::down-button { subcontrol-origin: border;
    subcontrol-position: bottom right; width: 24px; border: none; }
QDateEdit::up-arrow, QDateTimeEdit::up-arrow { image: url("@drawn/chevron-up.svg"); width: 12px;
    height: 12px; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit, QAbstractSpinBox QLineEdit:focus,
QComboBox QLineEdit:focus { border: none; padding: 0px; min-height: 0px; background: transparent; }
QComboBox QAbstractItemView { background: @surface; border: 1px solid @control; padding: 2px;
    selection-background-color: @soft; selection-color: @text; outline: none; }
QCheckBox, QRadioButton { spacing: 8px; padding: 3px; border: 2px solid transparent;
    border-radius: 4px; background: transparent; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid @focus; }
QCheckBox:disabled, QRadioButton:disabled { color: @text2; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator { width: @h18; height: @h18;
    border: 1px solid @control; background: @surface; }
QCheckBox::indicator, QAbstractItemView::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { background: @primary;
    border-color: @primary; image: url("@drawn/check.svg"); }
QRadioButton::indicator:checked { background: @primary; border: 4px solid @surface;
    width: 12px; height: 12px; }
QRadioButton::indicator:checked { border: 1px solid @primary; width: @h18; height: @h18;
    background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5,
    stop: 0 @primary, stop: 0.55 @primary, stop: 0.6 @surface, stop: 1 @surface); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: @nav;
    border-color: @line; }
"""

_BOXES = """
QFrame[card="true"] { background: @surface; border: 1px solid @line; border-radius: 8px; }
QFrame[card="danger"] { background: @surface; border: 1px solid @danger; border-radius: 8px; }
QFrame[drop="true"] { background: @surface; border: 1px dashed @control; border-radius: 8px; }
QFrame[drop="true"][over="true"] { border: 2px dashed @primary; }
QScrollArea[plain="true"], QWidget[plain="true"] { background: transparent; border: none; }
QFrame[notice="info"] { background: @infobg; border: none; border-left: 4px solid @info; }
QFrame[notice="ok"] { background: @okbg; border: none; border-left: 4px solid @ok; }
QFrame[notice="warn"] { background: @warnbg; border: none; border-left: 4px solid @warn; }
QFrame[notice="danger"] { background: @dangerbg; border: none; border-left: 4px solid @danger; }
QFrame[notice="neutral"] { background: @neutralbg; border: none; border-left: 4px solid @control; }
QLabel[chip] { font-size: @pt_secondary; border-radius: 4px; padding: 2px 8px; min-height: @h20; }
QLabel[chip][pictured="true"] { padding-left: 28px; }
QLabel[chip="neutral"] { background: @neutralbg; color: @neutral; }
QLabel[chip="ok"] { background: @okbg; color: @ok; }
QLabel[chip="warn"] { background: @warnbg; color: @warn; }
QLabel[chip="danger"] { background: @dangerbg; color: @danger; }
QLabel[chip="info"] { background: @infobg; color: @info; }
QLabel[chip="soft"] { background: @soft; color: @text; }
QFrame[rule="true"] { background: @line; border: none; max-height: 1px; min-height: 1px; }
QGroupBox { border: none; margin-top: 24px; font-weight: 700; }
QGroupBox::title { subcontrol-origin: margin; left: 0px; }
"""

_TABLES = """
QTableView, QListView, QTreeView, QTableWidget, QListWidget { background: @surface; color: @text;
    alternate-background-color: @sunken; border: 1px solid @line; border-radius: 8px;
    gridline-color: @line; selection-background-color: @soft; selection-color: @text; outline: none;
    padding: 1px; }
QTableView[inside="true"], QListView[inside="true"], QTreeView[inside="true"] {
    border: 1px solid transparent; border-radius: 6px; }
QTableView:focus, QListView:focus, QTreeView:focus { border: 2px solid @focus; padding: 0px; }
QTableView::item, QTreeView::item { padding: 0px 8px; border: none; }
QListView::item { padding: 6px 8px; border: none; }
QTableView::item:selected, QListView::item:selected, QTreeView::item:selected { background: @soft;
    color: @text; }
QHeaderView { background: @sunken; border: none; }
QHeaderView::section { background: @sunken; color: @text2; font-size: @pt_secondary; font-weight: 700;
    border: none; border-bottom: 1px solid @line; padding: 0px 8px; min-height: @h34; }
QHeaderView:focus { border: 2px solid @focus; }
QTableCornerButton::section { background: @sunken; border: none; }
"""

_FRAME = """
QFrame#nav { background: @nav; border: none; border-right: 1px solid @line; }
QFrame#health { background: @nav; border: none; border-top: 1px solid @line; }
QFrame#head { background: @window; border: none; }
QFrame#bar { background: @bar; border: none; border-radius: 6px; }
QFrame#bar QLabel { color: @onbar; }
QFrame#bar QPushButton { background: transparent; border: 1px solid transparent; color: @barlink; }
QFrame#bar QPushButton:focus { border: 2px solid @onbar; }
QFrame#health QToolButton { background: transparent; border: 1px solid transparent; border-radius: 4px;
    padding: 2px 6px; font-size: @pt_secondary; color: @text2; }
QFrame#health QToolButton:hover { background: @surface; }
QFrame#health QToolButton:focus { border: 2px solid @focus; padding: 1px 5px; }
QFrame#health QToolButton[tone="warn"] { background: @warnbg; color: @warn; }
QFrame#health QToolButton[tone="danger"] { background: @dangerbg; color: @danger; }
QFrame#popup { background: @surface; border: 1px solid @control; border-radius: 6px; }
"""

_REST = """
QTabBar { background: transparent; qproperty-drawBase: 0; border: none; }
QTabBar::tab { background: transparent; color: @text2; padding: 0px 10px; min-height: @h34;
    border: 2px solid transparent; border-bottom: 3px solid transparent; margin: 0px; }
QTabBar::tab:selected { color: @primary; font-weight: 700; border-bottom: 3px solid @primary; }
QTabBar::tab:hover { color: @text; }
QTabBar:focus { border: none; }
QTabBar::tab:selected:focus { border: 2px solid @focus; border-bottom: 3px solid @primary; }
QTabWidget::pane { border: none; }
QMenu { background: @surface; border: 1px solid @control; padding: 4px; }
QMenu::item { padding: 6px 20px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: @soft; color: @text; }
QMenu::item:disabled { color: @text2; }
QMenu::separator { height: 1px; background: @line; margin: 4px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0px; }
QScrollBar::handle:vertical { background: @control; border-radius: 3px; min-height: 32px; margin: 2px 3px; }
QScrollBar::handle:horizontal { background: @control; border-radius: 3px; min-width: 32px;
    margin: 3px 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: @nav; border: 1px solid @control; border-radius: 4px; text-align: center;
    min-height: @h18; }
QProgressBar::chunk { background: @soft; }
QSplitter::handle { background: transparent; }
QCalendarWidget QWidget { background: @surface; }
"""
