"""The form of one item: its words, the fields its kind asks for, whose proposal, the trainee's own view."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from coachdesk.domain.plan import PlanItem
from coachdesk.errors import Refused
from coachdesk.i18n import N_, _, say
from coachdesk.ui import theme
from coachdesk.ui.day_edit import CodeBox, DayEdit
from coachdesk.ui.screen import Spoken
from coachdesk.ui.widgets.field import Field
from coachdesk.ui.widgets.layout import column_of
from coachdesk.ui.widgets.spin import DecimalBox, SpinBox

QWIDGETSIZE_MAX = 16777215
FIELDS = ("place", "minutes_a_day", "days_a_week", "begins", "ends", "who", "by_when")
CAPTIONS = {
    "place": N_("Place"),
    "minutes_a_day": N_("Hours a day"),
    "days_a_week": N_("Days a week"),
    "begins": N_("Starts"),
    "ends": N_("Ends"),
    "who": N_("Who answers for it"),
    "by_when": N_("By when"),
}
DAYS = ("begins", "ends", "by_when")


class Words(QPlainTextEdit):
    """The words of an item: they ask for no more than their least height, and take what is left."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())


class ItemForm(QWidget, Spoken):
    """Fields of one item; ``edited`` at each change by the coach."""

    edited = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._item = PlanItem(key="", kind="")
        self._filling = False
        self.text = Words()
        self.text.setTabChangesFocus(True)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.place, self.who = QLineEdit(), QLineEdit()
        self.minutes_a_day = DecimalBox()
        self.minutes_a_day.setRange(0, 12)
        self.minutes_a_day.setSingleStep(0.5)
        self.minutes_a_day.setDecimals(1)
        self.days_a_week = SpinBox()
        self.days_a_week.setRange(0, 7)
        self.begins, self.ends, self.by_when = DayEdit(today), DayEdit(today), DayEdit(today)
        self.proposed_by = CodeBox("proposers", on=today, empty=True)
        self.proposed_by.setMinimumContentsLength(18)  # the longest of them, beside a scroll bar too
        self.own_view = QPlainTextEdit()
        self.own_view.setTabChangesFocus(True)
        self.own_view.setFixedHeight(theme.px(52))
        self.disagrees = QCheckBox()
        self._place_all()
        self._connect()
        self.retranslate()

    def _place_all(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        self.text_field = Field(self.text)
        box.addWidget(self.text_field, 1)
        self._under_text = column_of()
        box.addLayout(self._under_text)
        self.fields = {name: Field(getattr(self, name)) for name in FIELDS}
        for field in self.fields.values():
            field.setParent(self)  # until it has its place; else showing it would open a window
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        box.addLayout(self._grid)
        last = QGridLayout()
        last.setSpacing(8)
        self.proposal_field, self.view_field = Field(self.proposed_by), Field(self.own_view)
        last.addWidget(self.proposal_field, 0, 0, Qt.AlignmentFlag.AlignTop)
        last.addWidget(self.view_field, 0, 1, Qt.AlignmentFlag.AlignTop)
        last.addWidget(self.disagrees, 1, 0, 1, 2)
        last.setColumnStretch(0, 2)
        last.setColumnStretch(1, 3)
        box.addLayout(last)

    def _connect(self) -> None:
        self.text.textChanged.connect(self._tell)
        self.own_view.textChanged.connect(self._tell)
        for line in (self.place, self.who, self.begins, self.ends, self.by_when):
            line.textEdited.connect(self._tell)
        self.minutes_a_day.valueChanged.connect(self._tell)
        self.days_a_week.valueChanged.connect(self._tell)
        self.proposed_by.chosen.connect(self._tell)
        self.disagrees.toggled.connect(self._tell)

    def show_item(
        self, item: PlanItem, fields: tuple[str, ...], *, short: bool = False, own_words: bool = False
    ) -> None:
        """Show an item with the fields of its kind; nothing is told.

        ``short`` has less room for words; ``own_words`` are the trainee's, with no other view beside.
        """
        self._filling = True
        self._item = item
        for beside in (self.proposal_field, self.view_field):
            beside.setVisible(not own_words)
        self._lay_out(fields)
        self.text.setMaximumHeight(theme.px(64) if short else QWIDGETSIZE_MAX)
        self.text.setMinimumHeight(theme.px(64))
        if self.text.toPlainText() != item.text:
            self.text.setPlainText(item.text)
        self.place.setText(item.place)
        self.who.setText(item.who)
        self.minutes_a_day.setValue((item.minutes_a_day or 0) / 60)
        self.days_a_week.setValue(item.days_a_week or 0)
        for name in DAYS:
            getattr(self, name).set_day(getattr(item, name))
            self.fields[name].set_error("")
        self.proposed_by.choose(item.proposed_by)
        if self.own_view.toPlainText() != item.own_view:
            self.own_view.setPlainText(item.own_view)
        self.disagrees.setChecked(item.disagrees)
        self._filling = False

    def put_at_text(self, button: QWidget, below: QWidget) -> None:
        """Put a button beside the caption of the words, and what belongs to them right below."""
        self.text_field.put_beside_caption(button)
        self._under_text.addWidget(below)

    def ask(self, words: str) -> None:
        """Say in the empty field what the law asks for."""
        self.text.setPlaceholderText(words)
        self.text.setAccessibleDescription(words)

    def item(self) -> PlanItem:
        """The item as it stands in the form; a day that is no day is left out."""
        return replace(
            self._item,
            text=self.text.toPlainText(),
            place=self.place.text(),
            who=self.who.text(),
            minutes_a_day=round(self.minutes_a_day.value() * 60) or None,
            days_a_week=self.days_a_week.value() or None,
            begins=written_day(self.begins),
            ends=written_day(self.ends),
            by_when=written_day(self.by_when),
            proposed_by=self.proposed_by.key,
            own_view=self.own_view.toPlainText(),
            disagrees=self.disagrees.isChecked(),
        )

    def judge(self) -> None:
        """Say beside the field what is no day.

        Raises:
            Refused: something is written that is no day.
        """
        for name in DAYS:
            self.fields[name].set_error("")
            try:
                getattr(self, name).day  # noqa: B018
            except Refused as problem:
                self.fields[name].set_error(say(problem))
                raise Refused(problem.message, field=name, **problem.values) from problem

    def say_wrong(self, problem: Refused) -> bool:
        """Say a refusal beside its field; False where it has none here."""
        field = self.fields.get(problem.field or "")
        if field is None:
            return False
        field.set_error(say(problem))
        return True

    def set_locked(self, locked: bool) -> None:
        """Words of a version that never changes are shown and not written."""
        for line in (self.text, self.place, self.who, self.own_view, self.begins, self.ends, self.by_when):
            line.setReadOnly(locked)
        for control in (self.minutes_a_day, self.days_a_week, self.proposed_by, self.disagrees):
            control.setEnabled(not locked)

    def retranslate(self) -> None:
        """Set the words."""
        for name, field in self.fields.items():
            field.set_caption(_(CAPTIONS[name]))
        self.proposal_field.set_caption(_("Whose proposal"))
        self.view_field.set_caption(_("Own view"))
        self.disagrees.setText(_("The trainee disagrees"))
        for spin in (self.minutes_a_day, self.days_a_week):
            spin.setSpecialValueText("–")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "fields"):
            self.retranslate()
        super().changeEvent(event)

    def _lay_out(self, fields: tuple[str, ...]) -> None:
        for name, field in self.fields.items():
            self._grid.removeWidget(field)
            field.setVisible(name in fields)
        shown = [name for name in FIELDS if name in fields]
        for at, name in enumerate(shown):
            self._grid.addWidget(self.fields[name], at // 2, at % 2, 1, 2 if len(shown) == 1 else 1)
        previous: QWidget = self.text
        for control in (*(getattr(self, name) for name in shown), self.proposed_by, self.own_view):
            QWidget.setTabOrder(previous, control)
            previous = control
        QWidget.setTabOrder(previous, self.disagrees)

    def _tell(self, *_what: object) -> None:
        if not self._filling:
            self.edited.emit()


def written_day(edit: DayEdit) -> date | None:
    """The day in a field; None for nothing and for what is no day."""
    try:
        return edit.day
    except Refused:
        return None
