"""Today (picture 03): what now? Marks by letter keys, what is late, what is unfinished, what comes next."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QBoxLayout, QVBoxLayout, QWidget

from coachdesk.domain.appointments import Appointment
from coachdesk.domain.today import Attention, Coming, Health, TodaySheet, Unfinished
from coachdesk.i18n import N_, _, current, ngettext
from coachdesk.ui.going import Going
from coachdesk.ui.letters.card import RegionCard
from coachdesk.ui.screen import Screen
from coachdesk.ui.today.attention import AttentionList
from coachdesk.ui.today.cards import ComingCard, DraftCard
from coachdesk.ui.today.expected_card import ExpectedCard, Names
from coachdesk.ui.today.panel import HealthPanel
from coachdesk.ui.today.ways import way_of_attention, way_of_draft
from coachdesk.ui.whose import WhoseBox
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.empty import EmptyState
from coachdesk.ui.widgets.layout import row_of, rule
from coachdesk.ui.widgets.pictures import Picture
from coachdesk.ui.widgets.words import label

if TYPE_CHECKING:
    from coachdesk.services.whose import Whose


class TodayScreen(Screen):
    """Who is expected on the left; what asks for attention on the right."""

    keys = (
        (N_("L"), N_("present")),
        (N_("Shift+L"), N_("all that are left are present")),
        (N_("S"), N_("own illness")),
        (".", N_("other reasons")),
        ("Backspace", N_("clear the mark")),
        ("Enter", N_("open the trainee")),
    )

    def build(self) -> None:
        self.sheet: TodaySheet | None = None
        self.health: Health | None = None
        self.panel = HealthPanel()
        self.panel.asked.connect(self.shell.go)
        self.shell.health_changed.connect(self._read_health)
        self.whose = WhoseBox(self.shell, self, together=True)
        self.whose.turned.connect(self.refresh)
        self.expected = ExpectedCard(self.shell, self.whose)
        self.expected.stale.connect(self.refresh)
        self.table, self.model = self.expected.table, self.expected.model
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(14)
        self._columns.addWidget(self.expected, 644)
        self._columns.addWidget(self._build_side(), 460)
        outer = QVBoxLayout(self)
        outer.setSpacing(13)
        outer.addLayout(self._columns, 1)
        outer.addWidget(self.panel)

    def _build_side(self) -> QWidget:
        side = QWidget()
        card = Card(margins=(0, 0, 0, 0))
        card.heading.hide()
        card.body.setSpacing(0)
        self.attention_title, self.attention_count = label("", "heading"), label("", "secondary")
        top = row_of(Picture("flag", 18), self.attention_title, None, self.attention_count)
        top.setContentsMargins(14, 10, 14, 10)
        self.attention = AttentionList()
        self.attention.opened.connect(self.settle)
        self.calm = EmptyState("circle-check")
        card.body.addLayout(top)
        card.body.addWidget(rule())
        card.body.addWidget(self.attention, 1)
        card.body.addWidget(self.calm, 1)
        self.letters = RegionCard()
        self.letters.asked.connect(self.open_letter)
        self.letters.all_asked.connect(lambda: self.shell.go("sync", tab="letters"))
        self.drafts = DraftCard()
        self.drafts.asked.connect(self.go_on_with)
        self.next = ComingCard()
        self.next.asked.connect(self.open_appointment)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(13)
        column.addWidget(card, 5)
        column.addWidget(self.letters)
        column.addWidget(self.drafts)
        column.addWidget(self.next, 2)
        return side

    def title(self) -> str:
        return current().long_day(self.shell.clock.today())

    def subtitle(self) -> str:
        week = self.shell.clock.today().isocalendar().week
        return current().fill(N_("week {number}"), number=week)

    def retranslate(self) -> None:
        super().retranslate()
        self.whose.retranslate()
        self.expected.retranslate()
        self.attention_title.setText(_("Needs attention"))
        self.attention.setAccessibleName(_("Needs attention"))
        self.calm.set_words(_("Nothing is late."))
        self.attention.rows.retranslate()
        for part in (self.panel, self.letters, self.drafts, self.next):
            part.retranslate()
        self._tell()

    def refresh(self) -> None:
        from coachdesk.services import today, whose, workshops

        desk, language, wish = self.shell.desk, current().language, self.whose.wish

        def read() -> tuple["Whose", tuple[TodaySheet, Health, Names]]:
            shown = whose.of(desk, wish, together=True)
            shops = {shop.id: shop.name(language) for shop in workshops.all_workshops(desk)}
            groups = {group.id: group.name for group in workshops.groups(desk)}
            sheet = today.sheet(desk, language=language, others=shown.others)
            return shown, (sheet, today.health(desk), (shops, groups))

        def show(found: tuple["Whose", tuple[TodaySheet, Health, Names]]) -> None:
            shown, read = found
            self.whose.show_key(shown.key, shared=shown.shared)
            self.show_sheet(read)

        self.shell.jobs.run(read, then=show, owner=self)

    def _read_health(self) -> None:
        """Something was sent, acknowledged, backed up or proved: the panel tells it too."""
        from coachdesk.services import today

        if self.shell.is_open and self.isVisible():
            desk = self.shell.desk
            self.shell.jobs.run(
                lambda: today.health(desk), then=self.panel.show_health, lane="reading", owner=self
            )

    def show_sheet(self, read: tuple[TodaySheet, Health, Names]) -> None:
        """Show what was read; the cursor stays on its person."""
        self.sheet, self.health, names = read
        focused = QApplication.focusWidget()
        self.expected.show_expected(self.sheet.expected, names)
        self.attention.rows.show_rows(self.sheet.attention)
        self.drafts.show_drafts(self.sheet.drafts)
        self.next.show_coming(self.sheet.coming, self.shell.clock.today())
        self.panel.show_health(self.health)
        self._tell()
        if focused is not None and not focused.isVisible() and self.isAncestorOf(focused):
            first = self.first_focus()
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._look_at_reports)

    def fit(self, size_class: str) -> None:
        wide = size_class == "wide"
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(across if wide else down)
        self.expected.fit(size_class)
        self.attention.setMinimumHeight(0 if wide else 200)
        self.panel.fit(size_class)

    def first_focus(self) -> QWidget | None:
        stops = (self.table, self.expected.nobody.button, self.attention, self.expected.to_attendance)
        return next((stop for stop in stops if stop.isVisible()), None)

    def settle(self, one: Attention) -> None:
        """Go where it can be settled."""
        if one.kind == "outcome_untold":
            self._open_told_of(one)
        else:
            self._go(way_of_attention(one))

    def go_on_with(self, unfinished: Unfinished) -> None:
        """Open the form that a draft belongs to."""
        if unfinished.letter_id is not None:
            self.open_letter(unfinished.letter_id, unfinished.draft.form)
        elif unfinished.trainee_id is not None:
            self._go(way_of_draft(unfinished))

    def _go(self, way: Going) -> None:
        self.shell.go(way.place, trainee_id=way.trainee_id, tab=way.tab, hint=way.hint)

    def open_appointment(self, one: Coming) -> None:
        """Open the appointment on its person's page: to move it, print its slip, tell how it went."""
        self._open_appointment(one.appointment)

    def _open_told_of(self, one: Attention) -> None:
        from coachdesk.services import appointments

        work = partial(appointments.get, self.shell.desk, one.about)
        self.shell.jobs.run(work, then=self._open_appointment, owner=self)

    def _open_appointment(self, found: Appointment) -> None:
        hint = {"appointment": found}
        self.shell.go("trainees", trainee_id=found.trainee_id, tab="overview", hint=hint)

    def main_action(self) -> None:
        self.shell.go("attendance")

    def _look_at_reports(self) -> None:
        from coachdesk.services import appointments, keys, rights_requests, today

        if self.shell.is_open:
            desk = self.shell.desk
            self.shell.jobs.run(
                lambda: (
                    today.reports_due(desk),
                    (*rights_requests.due(desk), *appointments.untold(desk), *keys.sheet_due(desk)),
                ),
                then=lambda found: self.show_more(*found),
                lane="reading",
                owner=self,
            )
            self._read_letters()
            self.shell.jobs.run(
                lambda: today.whole_health(desk), then=self.panel.show_health, lane="reading", owner=self
            )

    def _read_letters(self) -> None:
        from coachdesk.services import letter_lists

        if self.shell.is_open:
            work = partial(letter_lists.card, self.shell.desk)
            self.shell.jobs.run(work, then=self.letters.show_letters, lane="reading", owner=self)

    def open_letter(self, letter_id: int, form: str = "") -> None:
        """Open a letter of the region; when it is closed the card tells what is left."""
        from coachdesk.ui.letters.page import open_letter

        dialog = open_letter(self.shell, letter_id, self, form)
        dialog.finished.connect(lambda _result: self._read_letters())

    def show_more(self, due: Attention | None, untold: tuple[Attention, ...] = ()) -> None:
        """Put the reports that are due, and what nobody has told of yet, after what is late."""
        if self.sheet is not None:
            urgent = [one for one in self.sheet.attention if one.urgent]
            rest = [one for one in self.sheet.attention if not one.urgent]
            self.attention.rows.show_rows((*urgent, *((due,) if due else ()), *untold, *rest))
            self._tell()

    def _tell(self) -> None:
        if self.sheet is None:
            return
        self.expected.tell(self.sheet)
        count = self.attention.rows.rowCount()
        self.attention.setVisible(bool(count))
        self.calm.setVisible(not count)
        things = ngettext("{count} thing", "{count} things", count).format(count=count)
        self.attention_count.setText(things if count else "")
