"""One consent to read: what is let out, from when to when, how it was given; withdrawal and renewal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QWidget,
)

from coachdesk.domain.consent import CONSENT_SCOPES, Consent, Scope, known_scopes
from coachdesk.i18n import N_, _, current, ngettext
from coachdesk.ui.consents import wording
from coachdesk.ui.flow import FlowLayout
from coachdesk.ui.screen import Spoken
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.empty import EmptyState
from coachdesk.ui.widgets.layout import column_of, row_of, scrolled
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.pictures import Chip, Picture
from coachdesk.ui.widgets.words import label

if TYPE_CHECKING:
    from coachdesk.services.consents import ConsentSheet

FACTS = ("purpose", "valid", "given_how", "ground", "explained", "withdrawn")
SIDE = 224


class ConsentView(Card, Spoken):
    """The consent chosen, read only; a change makes a new version."""

    renewed = Signal(object)  # Consent
    withdrawn = Signal(object)  # Consent
    printed = Signal(object, bool)  # Consent, in plain language
    begun = Signal(str)  # recipient: a new consent

    def __init__(self) -> None:
        super().__init__(margins=(18, 8, 18, 12))
        self.sheet: ConsentSheet | None = None
        self.recipient = ""
        self.consent: Consent | None = None
        self._build_head()
        self._build_middle()
        self._build_foot()
        self.retranslate()

    def _build_head(self) -> None:
        self.wrap_title()
        self.chip = Chip()
        self.add_aside(self.chip)
        self.version = Button(kind="link")
        self.version.clicked.connect(self.show_versions)
        self.add_aside(self.version)

    def _build_middle(self) -> None:
        self.scopes_caption = label("", "label")
        self.scopes = [_ScopeLine(scope, self) for scope in CONSENT_SCOPES]
        self.not_out = label("", "secondary", wrap=True)
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(14)
        self.grid.setVerticalSpacing(4)
        self._across = 2
        left = column_of(self.scopes_caption, self.grid, self.not_out, None, spacing=5)
        self.facts = {name: (label("", "label"), label("", wrap=True)) for name in FACTS}
        pairs = [part for pair in self.facts.values() for part in pair]
        right = self.right = QWidget()
        right.setLayout(column_of(*pairs, None, spacing=3))
        right.setFixedWidth(SIDE)
        self.columns = QHBoxLayout()
        self.columns.setSpacing(20)
        self.columns.addLayout(left, 1)
        self.columns.addWidget(right)
        self.columns.setContentsMargins(0, 0, 0, 0)
        self.none = EmptyState("circle-dashed", button=True)
        self.none.asked.connect(lambda: self.begun.emit(self.recipient))
        self.middle = QWidget()
        self.middle.setLayout(self.columns)
        self.area = scrolled(self.middle)
        self.add(self.area, 1)
        self.add(self.none, 1)

    def _build_foot(self) -> None:
        self.note = Notice("info")
        self.withdraw_box = _WithdrawBox()
        self.withdraw = self.withdraw_box.button
        self.withdraw.clicked.connect(lambda: self.withdrawn.emit(self.consent))
        self.paper = Button(icon="printer", key="Ctrl+P")
        self.plain = Button()
        self.renew = Button(kind="primary", icon="pencil")
        self.paper.clicked.connect(lambda: self.printed.emit(self.consent, False))
        self.plain.clicked.connect(lambda: self.printed.emit(self.consent, True))
        self.renew.clicked.connect(lambda: self.renewed.emit(self.consent))
        self.stays = label("", "secondary", wrap=True)
        self.foot = QWidget()
        row = FlowLayout(self.foot)
        for part in (self.renew, self.paper, self.plain):
            row.addWidget(part)
        for below in (self.note, self.withdraw_box, self.foot, self.stays):
            self.add(below)

    def show_row(self, sheet: ConsentSheet, row: wording.RecipientRow) -> None:
        """Show the consent of a recipient, the newest one or the one in force."""
        self.sheet, self.recipient, self.consent = sheet, row.recipient, row.consent
        self._show()

    def show_version(self, consent: Consent) -> None:
        """Show an older version."""
        self.consent = consent
        self._show()

    def retranslate(self) -> None:
        """Set the words again."""
        self.speak()
        self.paper.setText(_("Print the form"))
        self.plain.setText(_("Plain-language form"))
        self.withdraw_box.title.setText(_("Withdrawal"))
        self.withdraw.setText(_("Withdraw…"))
        self.stays.setText(
            _(
                "A change makes a new version. Statutory reporting to the purchaser needs no consent and is "
                "not shown here."
            )
        )
        for name, caption in (
            ("purpose", _("Purpose")),
            ("valid", _("In force")),
            ("given_how", _("How it was given")),
            ("ground", _("Ground")),
            ("explained", _("Explained")),
            ("withdrawn", _("Withdrawn")),
        ):
            self.facts[name][0].setText(caption)
        for line in self.scopes:
            line.retranslate()
        if self.sheet is not None:
            self._show()

    @property
    def standing(self) -> bool:
        """Whether the consent shown is the one in force."""
        if self.sheet is None or self.consent is None:
            return False
        now = self.sheet.in_force(self.recipient)
        return now is not None and now.id == self.consent.id

    def _show(self) -> None:
        assert self.sheet is not None
        sheet, consent = self.sheet, self.consent
        self.set_title(wording.recipient_name(self.recipient))
        barred = sheet.barred(self.recipient)
        there = consent is not None
        for part in (self.area, self.foot, self.stays, self.chip, self.version):
            part.setVisible(there)
        self.none.setVisible(not there)
        self._show_none(barred is not None)
        self._show_note(barred is not None)
        self.withdraw_box.setVisible(self.standing)
        if consent is None:
            return
        self._show_state(consent)
        self._show_scopes(consent)
        self._show_facts(consent)
        self._show_withdrawal()
        newest = wording.versions(sheet.consents, self.recipient)[-1]
        self.renew.setVisible(barred is None and consent.id == newest.id)
        self.renew.setText(_("New consent…") if consent.withdrawn else _("Renew or change…"))

    def _show_none(self, barred: bool) -> None:
        self.none.set_words(
            _("No consent to this recipient yet. Nothing leaves without one."), "", _("New consent")
        )
        self.none.button.setVisible(not barred)

    def _show_note(self, barred: bool) -> None:
        if barred:
            self.note.set_state(
                "danger", _("The trainee has forbidden it. Nothing leaves before the prohibition is lifted.")
            )
        elif self.consent is not None and not self.standing:
            self.note.set_state("neutral", _("Read only: this version is no longer in force."))
        self.note.setVisible(barred or (self.consent is not None and not self.standing))

    def _show_state(self, consent: Consent) -> None:
        assert self.sheet is not None
        known = wording.versions(self.sheet.consents, self.recipient)
        number = next(at for at, one in enumerate(known, 1) if one.id == consent.id)
        state = wording.consent_state(consent, self.sheet.on, replaced=self._replaced(consent))
        self.chip.set_state(state.text, state.kind, state.picture)
        self.version.setText(
            current().fill(N_("Version {number} · {paper}"), number=number, paper=consent.number)
        )
        self.version.updateGeometry()

    def _replaced(self, consent: Consent) -> bool:
        assert self.sheet is not None
        return any(one.replaces_id == consent.id for one in self.sheet.consents)

    def _show_scopes(self, consent: Consent) -> None:
        out = {scope.key for scope in known_scopes(consent)}
        self.scopes_caption.setText(
            current().fill(N_("May be let out ({count} of {all})"), count=len(out), all=len(CONSENT_SCOPES))
        )
        given = [line for line in self.scopes if line.scope.key in out]
        for line in self.scopes:
            self.grid.removeWidget(line)
            line.hide()
        for at, line in enumerate(given):  # into the page first: shown alone it would be a window of its own
            self.grid.addWidget(line, at // self._across, at % self._across, Qt.AlignmentFlag.AlignTop)
            line.show()
        rest = [_(scope.title) for scope in CONSENT_SCOPES if scope.key not in out]
        self.not_out.setVisible(bool(rest))
        self.not_out.setText(current().fill(N_("Not let out: {scopes}."), scopes="; ".join(rest)))

    def _show_facts(self, consent: Consent) -> None:
        words = current()
        texts = {
            "purpose": consent.purpose,
            "valid": f"{words.day(consent.given)} – {words.day(consent.valid_to)}",
            "given_how": wording.how_given(consent),
            "ground": consent.ground,
            "explained": wording.explained(consent),
            "withdrawn": words.moment(consent.withdrawn) if consent.withdrawn else "",
        }
        for name, text in texts.items():
            caption, value = self.facts[name]
            value.setText(text)
            caption.setVisible(bool(text))
            value.setVisible(bool(text))

    def _show_withdrawal(self) -> None:
        assert self.sheet is not None
        count = self.sheet.unsent.get(self.recipient, 0)
        self.withdraw_box.text.setText(withdrawal_words(count, told=self.recipient in self.sheet.sent_to))

    def show_versions(self) -> None:
        """The versions as a menu; choosing one shows it."""
        menu = self.versions_menu()
        menu.popup(self.version.mapToGlobal(QPoint(0, self.version.height() + 2)))

    def versions_menu(self) -> QMenu:
        """Every version of the consent to this recipient, the newest first."""
        assert self.sheet is not None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        known = wording.versions(self.sheet.consents, self.recipient)
        for number, one in reversed(tuple(enumerate(known, 1))):
            state = wording.consent_state(one, self.sheet.on, replaced=self._replaced(one))
            action = menu.addAction(wording.version_line(number, one, state))
            action.triggered.connect(lambda _checked=False, one=one: self.show_version(one))
        return menu

    def fit(self, size_class: str) -> None:
        """Put the facts below what is let out where there is little room."""
        narrow = size_class == "narrow"
        direction = QHBoxLayout.Direction.TopToBottom if narrow else QHBoxLayout.Direction.LeftToRight
        self.columns.setDirection(direction)
        self.right.setMinimumWidth(0 if narrow else SIDE)
        self.right.setMaximumWidth(16_777_215 if narrow else SIDE)
        self.asides_below(narrow)
        self._across = 1 if narrow else 2
        for column in range(2):
            self.grid.setColumnStretch(column, int(column < self._across))
        if self.sheet is not None:
            self._show()


def withdrawal_words(unsent: int, *, told: bool) -> str:
    """What a withdrawal does, told before it is done."""
    parts = [_("Works at once, also without a network.")]
    if unsent:
        parts.append(
            ngettext(
                "{count} item that waits is stopped.", "{count} items that wait are stopped.", unsent
            ).format(count=unsent)
        )
    if told:
        parts.append(_("The recipient is told to delete what it has."))
    parts.append(_("What has been let out by now stays lawful."))
    return " ".join(parts)


class _ScopeLine(QWidget):
    """A scope that is let out: a mark, its name, what it means in plain words."""

    def __init__(self, scope: Scope, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()  # until it is let out
        self.scope = scope
        self.title = label("", wrap=True)
        self.text = label("", "secondary", wrap=True)
        words = column_of(self.title, self.text, spacing=0)
        row = row_of(spacing=8)
        row.addWidget(Picture("check", 18, "primary"), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.setLayout(row)

    def retranslate(self) -> None:
        """Set the words again."""
        self.title.setText(_(self.scope.title))
        self.text.setText(_(self.scope.plain))
        self.setToolTip(_(self.scope.sentence))


class _WithdrawBox(QFrame):
    """Withdrawal with what it does, in the colour of what cannot be undone."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "danger")
        self.title, self.text = label("", "strong"), label("", "secondary", wrap=True)
        self.button = Button(kind="danger")
        words = column_of(self.title, self.text, spacing=0)
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 8, 14, 8)
        grid.setHorizontalSpacing(12)
        grid.addWidget(Picture("ban", 20, "danger"), 0, 0)
        grid.addLayout(words, 0, 1)
        grid.addWidget(self.button, 0, 2)
        grid.setColumnStretch(1, 1)
