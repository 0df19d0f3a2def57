"""The left of the tab: recipients with the state of their consent; below them what stands beside consents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from coachdesk.i18n import N_, _, current, ngettext
from coachdesk.ui.consents import wording
from coachdesk.ui.consents.recipients import StateList
from coachdesk.ui.consents.wording import RecipientRow, State
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card

if TYPE_CHECKING:
    from coachdesk.services.consent_sheets import ConsentsPage

DRAFT = "draft:"  # the row of a consent that is not recorded yet
BESIDE = ("permissions", "prohibitions", "information")


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideRow:
    """A quiet row below the recipients."""

    key: str
    name: str
    state: State


class ConsentList(Card):
    """Two lists of which one row is chosen; ``emptied`` tells that there is nothing to choose."""

    chosen = Signal(object)  # RecipientRow
    beside = Signal(object)  # BesideRow
    emptied = Signal()
    asked = Signal()  # a new consent

    def __init__(self) -> None:
        super().__init__(margins=(1, 10, 1, 12))
        self.list = StateList()
        self.others = StateList(quiet=True)
        self.new_button = Button(icon="plus", key="Ctrl+N")
        self.new_button.clicked.connect(self.asked)
        self.heading.setContentsMargins(14, 0, 0, 0)
        self.body.setSpacing(0)
        self.add(self.list, 1)
        self.add(self.others)
        below = QHBoxLayout()
        below.setContentsMargins(13, 10, 13, 0)
        below.addWidget(self.new_button)
        self.body.addLayout(below)
        self.list.chosen.connect(self._chose)
        self.others.chosen.connect(self._chose_beside)

    def retranslate(self) -> None:
        """Set the words again; the rows are shown anew by ``show_page``."""
        self.set_title(_("Consents by recipient"))
        self.list.setAccessibleName(_("Consents by recipient"))
        self.others.setAccessibleName(_("Permissions, prohibitions and information"))
        self.new_button.setText(_("New consent"))

    def show_page(self, page: ConsentsPage, wanted: str = "") -> None:
        """Show what was read, keeping the choice unless another is wanted."""
        kept = wanted or self._chosen_key()
        rows: list[Any] = list(wording.recipient_rows(page.sheet))
        if page.draft is not None:
            state = State(text=_("Draft, not recorded"), kind="neutral", picture="pencil")
            rows.append(RecipientRow(recipient=DRAFT, name=_("Unfinished consent"), state=state))
        self.list.show_rows(rows)
        self.others.show_rows(_beside(page))
        self._choose(kept, rows, page)

    def _chosen_key(self) -> str:
        if self.others.row is not None:
            return str(self.others.row.key)
        return str(self.list.row.recipient) if self.list.row is not None else ""

    def _choose(self, kept: str, rows: list[Any], page: ConsentsPage) -> None:
        if kept in BESIDE:
            self.others.choose(BESIDE.index(kept))
            return
        real = [row for row in rows if row.recipient != DRAFT]
        ending = (row for row in real if row.consent is not None and row.consent.ends_soon(page.sheet.on))
        wanted = next((row for row in real if row.recipient == kept), None) or next(ending, None)
        if real:
            self.list.choose(rows.index(wanted or real[0]))
        else:
            self.list.choose(-1)
            self.emptied.emit()

    def _chose(self, row: RecipientRow | None) -> None:
        if row is not None:
            self.others.choose(-1)
            self.chosen.emit(row)

    def _chose_beside(self, row: BesideRow | None) -> None:
        if row is not None:
            self.list.choose(-1)
            self.beside.emit(row)


def _beside(page: ConsentsPage) -> tuple[BesideRow, ...]:
    permits = sum(one.in_force(page.sheet.on) for one in page.sheet.permissions)
    bars = sum(one.in_force(page.sheet.on) for one in page.sheet.prohibitions)
    told = _("Not given yet")
    if page.information:
        message = N_("Given {day}") if page.informed else N_("Given {day}, older text")
        told = current().fill(message, day=page.information[0].given)
    names = (N_("Permissions"), N_("Prohibitions"), N_("Information"))
    texts = (_count(permits), _count(bars), told)
    return tuple(
        BesideRow(key=key, name=_(name), state=State(text=text, kind="neutral", picture="list"))
        for key, name, text in zip(BESIDE, names, texts, strict=True)
    )


def _count(number: int) -> str:
    if not number:
        return _("None in force")
    return ngettext("{count} in force", "{count} in force", number).format(count=number)
