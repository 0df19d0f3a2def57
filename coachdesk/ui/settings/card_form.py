"""The service card of a workshop: what it offers, how many places are free, and exactly what leaves of it."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from coachdesk.domain import offering
from coachdesk.domain.codes import codes
from coachdesk.domain.offering import LANGUAGE_NAMES, LANGUAGES, MOST_FREE, WEEKDAYS, FreePlaces, ServiceCard
from coachdesk.errors import Problem
from coachdesk.i18n import N_, _, current
from coachdesk.services.offering import CardSheet
from coachdesk.ui.day_edit import CodeBox, DayEdit, day_in, upper
from coachdesk.ui.flow import FlowLayout
from coachdesk.ui.form import FormDialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.spin import SpinBox
from coachdesk.ui.widgets.told import Told
from coachdesk.ui.widgets.words import label


class CardForm(FormDialog):
    """See the module."""

    wide = 640

    def __init__(self, shell: Shell, sheet: CardSheet, parent: QWidget | None = None) -> None:
        self.sheet = sheet
        super().__init__(shell, parent)

    def build(self) -> None:
        today, card = self.shell.clock.today(), self.sheet.card
        self.shop = label(self.sheet.shop.name(current().language), "strong", wrap=True)
        self.body.addWidget(self.shop)
        self.services = PlacesRows(self.shell, self.sheet.places)
        self.counted = DayEdit(today, card.counted or today)
        self.days = Ticks((str(n), name) for n, name in enumerate(WEEKDAYS, start=1))
        self.languages = Ticks((key, LANGUAGE_NAMES[key]) for key in LANGUAGES)
        self.days.put_typed([str(day) for day in card.days])
        self.languages.put_typed(list(card.languages))
        self.about_fi, self.about_sv = _words(card.about_fi), _words(card.about_sv)
        self.contact = QLineEdit(card.contact)
        self.contact.setMaxLength(200)
        self.municipality = CodeBox("municipalities", on=today, key=card.municipality, empty=True)
        self.told = QCheckBox()
        self.told.setChecked(card.told)
        for name in ("services", "counted", "days", "languages", "contact", "municipality", "about_fi",
                     "about_sv"):  # fmt: skip
            self.put(name, getattr(self, name))
        self.body.addWidget(self.told)
        self.leaves, self.lines = Card(margins=(14, 9, 14, 10)), Told()
        self.none = label("", "secondary", wrap=True)
        self.leaves.add(self.none)
        self.leaves.add(self.lines)
        self.body.addWidget(self.leaves)
        for edit in (self.about_fi, self.about_sv, self.contact, self.counted):
            edit.textChanged.connect(self._judge)
        for ticks in (self.services, self.days, self.languages):
            ticks.typed.connect(self._judge)
        self.told.toggled.connect(lambda _on: self._judge())
        self.municipality.chosen.connect(lambda _key: self._judge())
        self.keep_draft("service_card", f"workshop:{self.sheet.shop.id}", told=self.told)

    def retranslate(self) -> None:
        super().retranslate()
        self.say(
            title=_("What the workshop offers"),
            keep=_("Save"),
            services=_("Services and free places"),
            counted=_("Places counted on"),
            days=_("Weekdays"),
            languages=_("Languages"),
            contact=_("Contact"),
            municipality=_("Municipality"),
            about_fi=_("In Finnish: for whom, how to come"),
            about_sv=_("In Swedish: for whom, how to come"),
        )
        self.told.setText(_("The region is told of this, now and when it changes"))
        self.leaves.set_title(_("Exactly this leaves"))
        for part in (self.services, self.days, self.languages):
            part.retranslate()
        self._judge()

    def _judge(self) -> None:
        """Show what would leave, or why nothing does."""
        said: tuple[tuple[str, str], ...] = ()
        try:
            card, places = self._card(), self.services.places
            card = offering.checked(card, places, self.shell.clock.today())
            if card.told:
                on = self.shell.clock.today()
                item = offering.card_item(card, self.sheet.shop, places, version=1, on=on)
                said = offering.lines(item, current())
            self.none.setText(_("Nothing leaves. The card is only kept here."))
        except Problem as problem:
            self.none.setText(current().say(problem))
        self.none.setVisible(not said)
        self.lines.tell(said)

    def _card(self) -> ServiceCard:
        return replace(
            self.sheet.card,
            uid=self.sheet.card.uid or "0" * 32,
            languages=tuple(self.languages.typed_value),
            days=tuple(int(day) for day in self.days.typed_value),
            about_fi=self.about_fi.toPlainText(),
            about_sv=self.about_sv.toPlainText(),
            contact=self.contact.text(),
            municipality=self.municipality.key,
            counted=day_in(self.counted, "counted"),
            told=self.told.isChecked(),
        )

    def keep(self) -> None:
        from coachdesk.services import offering as offers

        card = replace(self._card(), uid=self.sheet.card.uid)
        redo = partial(offers.put_card, self.shell.desk, card, self.services.places)
        self.run(redo, then=self._done)

    def _done(self, before: tuple[ServiceCard, tuple[FreePlaces, ...]]) -> None:
        from coachdesk.services import offering as offers

        self.kept.emit(None)
        self.shell.health_changed.emit()
        undo = partial(offers.put_card, self.shell.desk, *before)
        self.done_with(N_("What the workshop offers was changed"), undo)


class Ticks(QWidget):
    """A row of ticks; what is ticked by key."""

    typed = Signal()

    def __init__(self, choices: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self.ticks: dict[str, tuple[QCheckBox, str]] = {}
        row = FlowLayout(self, spacing=12)
        for key, name in choices:
            tick = QCheckBox()
            tick.toggled.connect(lambda _on: self.typed.emit())
            self.ticks[key] = (tick, name)
            row.addWidget(tick)
        self.retranslate()

    @property
    def typed_value(self) -> list[str]:
        """The keys that are ticked."""
        return [key for key, (tick, _name) in self.ticks.items() if tick.isChecked()]

    def put_typed(self, value: list[str]) -> None:
        """Tick these and no others."""
        for key, (tick, _name) in self.ticks.items():
            tick.setChecked(key in value)

    def retranslate(self) -> None:
        """Set every word again."""
        for tick, name in self.ticks.values():
            tick.setText(_(name))


class PlacesRows(QWidget):
    """A row for each kind of service: offered or not, free places, the queue, the next start."""

    typed = Signal()

    def __init__(self, shell: Shell, places: tuple[FreePlaces, ...]) -> None:
        super().__init__()
        self.shell = shell
        self.rows: dict[str, tuple[QCheckBox, SpinBox, SpinBox, DayEdit]] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        self.heads: tuple[QLabel, ...] = tuple(label("", "secondary") for _at in range(4))
        for at, head in enumerate(self.heads):
            grid.addWidget(head, 0, at)
        own = {one.service_kind: one for one in places}
        found = dict.fromkeys([*own, *(code.key for code in codes("service_kinds").on(shell.clock.today()))])
        for at, key in enumerate(found, start=1):
            self.rows[key] = row = self._row(own.get(key))
            for column, part in enumerate(row):
                grid.addWidget(part, at, column)
        self.retranslate()

    def _row(self, one: FreePlaces | None) -> tuple[QCheckBox, SpinBox, SpinBox, DayEdit]:
        tick, free, queue = QCheckBox(), SpinBox(), SpinBox()
        start = DayEdit(self.shell.clock.today(), one.next_start if one else None)
        tick.setChecked(one is not None)
        free.setRange(0, MOST_FREE)
        queue.setRange(-1, MOST_FREE)
        free.setValue(one.free if one else 0)
        queue.setValue(-1 if one is None or one.queue is None else one.queue)
        for part in (free, queue, start):
            part.setFixedWidth(110)
            part.setEnabled(tick.isChecked())
            tick.toggled.connect(part.setEnabled)
        for signal in (tick.toggled, free.valueChanged, queue.valueChanged, start.textChanged):
            signal.connect(lambda _value: self.typed.emit())
        return tick, free, queue, start

    @property
    def places(self) -> tuple[FreePlaces, ...]:
        """What is offered, as it is kept."""
        return tuple(
            FreePlaces(
                workshop_id=0,
                service_kind=key,
                free=free.value(),
                queue=queue.value() if queue.value() >= 0 else None,
                next_start=day_in(start, "services"),
            )
            for key, (tick, free, queue, start) in self.rows.items()
            if tick.isChecked()
        )

    @property
    def typed_value(self) -> dict[str, list[Any]]:
        """What a draft keeps, also of services that are not ticked just now."""
        return {
            key: [tick.isChecked(), free.value(), queue.value(), start.text()]
            for key, (tick, free, queue, start) in self.rows.items()
        }

    def put_typed(self, value: dict[str, list[Any]]) -> None:
        """Put a draft back."""
        for key, (tick, free, queue, start) in self.rows.items():
            if key in value:
                ticked, number, waiting, text = value[key]
                tick.setChecked(ticked)
                free.setValue(number)
                queue.setValue(waiting)
                start.setText(text)

    def retranslate(self) -> None:
        """Set every word again."""
        names = (_("Service"), _("Free places"), _("In the queue"), _("Next start"))
        for head, text in zip(self.heads, names, strict=True):
            head.setText(text)
        language = current().language
        for key, (tick, free, queue, start) in self.rows.items():
            name = upper(codes("service_kinds").name(key, language))
            tick.setText(name)
            queue.setSpecialValueText(_("not told"))
            said = ((free, N_("{service}: free places")), (queue, N_("{service}: in the queue")),
                    (start, N_("{service}: next start")))  # fmt: skip
            for part, words in said:
                part.setAccessibleName(current().fill(words, service=name))


def _words(text: str) -> QPlainTextEdit:
    edit = QPlainTextEdit(text)
    edit.setTabChangesFocus(True)
    edit.setFixedHeight(72)
    return edit
