"""Today (picture 03): what now? Marks by letter keys, what is late, what is unfinished, what comes next."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QTimer
from PySide6.QtWidgets import QBoxLayout, QMenu, QVBoxLayout, QWidget

from coachdesk.domain.appointments import Appointment
from coachdesk.domain.attendance import DayRecorded, letter_of
from coachdesk.domain.codes import codes
from coachdesk.domain.today import Attention, Coming, Expected, Health, TodaySheet, Unfinished
from coachdesk.i18n import N_, _, current, ngettext
from coachdesk.ui.announce import announce
from coachdesk.ui.attendance import spoken
from coachdesk.ui.attendance.saving import Saver
from coachdesk.ui.flow import FlowLayout
from coachdesk.ui.letters.card import RegionCard
from coachdesk.ui.screen import Screen
from coachdesk.ui.today.attention import TABS, AttentionList
from coachdesk.ui.today.cards import ComingCard, DraftCard
from coachdesk.ui.today.expected import counts, expected_table, with_mark
from coachdesk.ui.today.panel import HealthPanel
from coachdesk.ui.whose import WhoseBox
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.empty import EmptyState
from coachdesk.ui.widgets.layout import column_of, row_of, rule
from coachdesk.ui.widgets.pictures import Chip, Picture
from coachdesk.ui.widgets.words import label

if TYPE_CHECKING:
    from coachdesk.services.whose import Whose

Names = tuple[dict[int, str], dict[int, str]]  # workshops, groups
SETTLED_ON = {"follow_up": {"follow_up": True}, "request_due": {"open": "requests"}}
CONSENTS = ("consent", "permission", "prohibition", "information")
ON_OVERVIEW = (
    "trainee",
    "appointment",
    "period",
    "period_end",
    "benefit",
    "coaching",
    "feedback",
    "rights_request",
    "rights_answer",
    "next_step",
    "phase",
    "reopen",
)
BESIDE = ("own_view", "elsewhere")  # beside a note or a plan
DRAFT_TABS = {
    "plan": "plan",
    "self_assessment": "assessments",
    "day_word": "attendance",
    **dict.fromkeys(CONSENTS, "consents"),
    **dict.fromkeys(ON_OVERVIEW, "overview"),
}
DRAFT_HINTS: dict[str, dict[str, Any]] = {
    "note": {"new_note": True},
    "self_assessment": {"new_note": True},
}
OPENED = (*ON_OVERVIEW, *CONSENTS[1:], *BESIDE)  # forms that the page opens themselves


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
        self._names: tuple[dict[int, str], dict[int, str]] = ({}, {})
        self.saver = Saver(self.shell, self)
        self.saver.stale.connect(self.refresh)
        self.panel = HealthPanel()
        self.panel.asked.connect(self.shell.go)
        self.shell.health_changed.connect(self._read_health)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(14)
        self._columns.addWidget(self._build_expected(), 644)
        self._columns.addWidget(self._build_side(), 460)
        outer = QVBoxLayout(self)
        outer.setSpacing(13)
        outer.addLayout(self._columns, 1)
        outer.addWidget(self.panel)

    def _build_expected(self) -> QWidget:
        card = Card(margins=(0, 0, 0, 0))
        card.body.setSpacing(0)
        card.heading.hide()
        self.expected_title = label("", "heading")
        self.present, self.absent, self.unmarked = (
            Chip("", "ok", ""),
            Chip("", "info", ""),
            Chip("", "neutral"),
        )
        self.to_attendance = Button(kind="link")
        self.to_attendance.clicked.connect(lambda: self.shell.go("attendance"))
        top = FlowLayout(spacing=8)
        for shown in (self.expected_title, self.present, self.absent, self.unmarked):
            top.addWidget(shown)
        self.whose = WhoseBox(self.shell, self, together=True)
        self.whose.turned.connect(self.refresh)
        top.addWidget(self.whose)
        top.add_right(self.to_attendance)
        above = column_of(top)
        above.setContentsMargins(14, 9, 12, 9)
        self.table = expected_table(self._where, lambda: self.shell.settings.quiet_grid)
        self.model = self.table.rows
        self.table.marked.connect(self.mark)
        self.table.cleared.connect(self.clear)
        self.table.more.connect(self.offer_kinds)
        self.table.opened.connect(lambda row: self.shell.go("trainees", trainee_id=row.trainee_id))
        self.nobody = EmptyState("calendar-event", button=True)
        self.nobody.asked.connect(lambda: self.shell.go("trainees", hint="new"))
        self.nobody.hide()
        self.hint = label("", "secondary", wrap=True)
        foot = column_of(self.hint)
        foot.setContentsMargins(14, 7, 14, 7)
        card.body.addLayout(above)
        for part in (rule(), self.table, self.nobody, rule()):
            card.body.addWidget(part, 1 if part in (self.table, self.nobody) else 0)
        card.body.addLayout(foot)
        return card

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
        self.to_attendance.setText(_("Open attendance"))
        self.whose.retranslate()
        self.attention_title.setText(_("Needs attention"))
        self.table.setAccessibleName(_("People expected today"))
        self.attention.setAccessibleName(_("Needs attention"))
        self.calm.set_words(_("Nothing is late."))
        self.hint.setText(self._hint())
        self.model.retranslate()
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
        self.sheet, self.health, self._names = read
        first = not self.model.rows
        chosen = self.table.row()
        self.model.show_rows(self.sheet.expected)
        same = self.model.place_of(lambda row: chosen is not None and row.period_id == chosen.period_id)
        self.table.choose(self.table.first_unmarked() if first or same < 0 else same)
        self.attention.rows.show_rows(self.sheet.attention)
        self.drafts.show_drafts(self.sheet.drafts)
        self.next.show_coming(self.sheet.coming, self.shell.clock.today())
        self.panel.show_health(self.health)
        self._tell()
        QTimer.singleShot(0, self, self._look_at_reports)

    def fit(self, size_class: str) -> None:
        wide = size_class == "wide"
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(across if wide else down)
        self.table.setMinimumHeight(0 if wide else 300)
        self.attention.setMinimumHeight(0 if wide else 200)
        self.to_attendance.setVisible(size_class != "narrow")
        self.panel.fit(size_class)
        for at in (2, 3):
            self.table.setColumnHidden(at, size_class == "narrow")

    def first_focus(self) -> QWidget | None:
        return self.table if self.table.isVisible() else self.attention

    def mark(self, row: Expected, kind: str, everybody: bool = False) -> None:
        """Mark one person, or with Shift all that are left; the next one is then chosen."""
        if everybody:
            rows = [one for one in self.model.rows if one.mark is None]
        else:
            rows = [row]
        marked = [with_mark(one, kind) for one in rows]
        changes = [
            DayRecorded(before=old.mark, after=new.mark) for old, new in zip(rows, marked, strict=True)
        ]
        if not changes:
            return
        self._do(tuple(changes), bar=everybody)
        if not everybody:
            self.table.choose(self.table.next_unmarked())
            self._speak_next(kind)

    def clear(self, row: Expected) -> None:
        """Take a mark away."""
        if row.mark is not None:
            self._do((DayRecorded(before=row.mark, after=None),), bar=False)

    def offer_kinds(self, row: Expected, where: QRect) -> None:
        """The other kinds, each with its letter."""
        menu = QMenu(self)
        language = current().language
        for code in codes("attendance_kinds").on(self.shell.clock.today()):
            letter = letter_of(code.key, language)
            action = menu.addAction(f"{spoken.upper(code.name(language))}\t{letter}")
            action.triggered.connect(partial(self.mark, row, code.key))
        menu.popup(self.table.viewport().mapToGlobal(where.bottomLeft()))

    def settle(self, one: Attention) -> None:
        """Go where it can be settled."""
        if one.kind == "reports_due":
            self.shell.go("attendance", hint="reports")
            return
        if one.kind == "sheet_due":
            self.shell.go("settings", hint="KeysSection")
            return
        if one.kind == "gone_again":
            self.shell.go("settings", hint="RetentionSection")
            return
        if one.kind == "outcome_untold":
            self._open_told_of(one)
            return
        hint: Any = SETTLED_ON.get(one.kind)
        self.shell.go("trainees", trainee_id=one.trainee_id, tab=TABS[one.kind], hint=hint)

    def go_on_with(self, draft: Unfinished) -> None:
        """Open the form that a draft belongs to."""
        if draft.trainee_id is not None:
            form, subject = draft.draft.form, draft.draft.subject
            tab = "plan" if ":plan:" in subject else DRAFT_TABS.get(form, "notes")
            hint: Any = DRAFT_HINTS.get(form)
            if tab == "plan" and form not in BESIDE:
                hint = {"plan": subject}
            elif form in OPENED:
                hint = {"draft": (form, subject)}
            self.shell.go("trainees", trainee_id=draft.trainee_id, tab=tab, hint=hint)

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

    def _do(self, changes: tuple[DayRecorded, ...], *, bar: bool) -> None:
        self._show_marks(changes)
        self.saver.save(changes)
        count = len(changes)
        label = ngettext("{count} person marked", "{count} people marked", count).format(count=count)
        self.shell.undo.did(label, lambda: self._undo(changes), lambda: self._redo(changes), bar=bar)

    def _where(self, row: Expected) -> str:
        shops, groups = self._names
        return groups.get(row.group_id or 0) or shops.get(row.workshop_id, "")

    def _undo(self, changes: tuple[DayRecorded, ...]) -> None:
        self._show_marks([one.inverse for one in changes])
        self.saver.put_back(changes, "undo")

    def _redo(self, changes: tuple[DayRecorded, ...]) -> None:
        self._show_marks(changes)
        self.saver.save(changes)

    def _show_marks(self, changes: Any) -> None:
        for change in changes:
            one = change.after or change.before
            if one is None:
                continue
            period_id = one.period_id
            at = next((i for i, row in enumerate(self.model.rows) if row.period_id == period_id), -1)
            if at >= 0:
                self.model.change_row(at, replace(self.model.rows[at], mark=change.after))
        self._tell_counts()

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

    def open_letter(self, letter_id: int) -> None:
        """Open a letter of the region; when it is closed the card tells what is left."""
        from coachdesk.ui.letters.page import open_letter

        dialog = open_letter(self.shell, letter_id, self)
        dialog.finished.connect(lambda _result: self._read_letters())

    def show_more(self, due: Attention | None, untold: tuple[Attention, ...] = ()) -> None:
        """Put the reports that are due, and what nobody has told of yet, after what is late."""
        if self.sheet is not None:
            urgent = [one for one in self.sheet.attention if one.urgent]
            rest = [one for one in self.sheet.attention if not one.urgent]
            self.attention.rows.show_rows((*urgent, *((due,) if due else ()), *untold, *rest))
            self._tell()

    def _speak_next(self, kind: str) -> None:
        following = self.table.row()
        if following is not None:
            said = current().fill(
                N_("{mark}. Next: {name}"), mark=spoken.kind_words(kind), name=following.name
            )
            announce(self.table, said)

    def _tell(self) -> None:
        if self.sheet is None:
            return
        someone = bool(self.model.rows)
        self.table.setVisible(someone)
        self.nobody.setVisible(not someone)
        if self.sheet.nobody_yet:
            self.nobody.set_words(_("No trainees yet."), "", _("New trainee"))
        elif self.sheet.closed_for:
            self.nobody.set_words(current().fill(N_("Today is {holiday}."), holiday=self.sheet.closed_for))
        else:
            self.nobody.set_words(_("Nobody is expected today."))
        count = self.attention.rows.rowCount()
        self.attention.setVisible(bool(count))
        self.calm.setVisible(not count)
        things = ngettext("{count} thing", "{count} things", count).format(count=count)
        self.attention_count.setText(things if count else "")
        self._tell_counts()

    def _tell_counts(self) -> None:
        rows = self.model.rows
        title = current().fill(N_("Expected today {count}"), count=len(rows))
        self.expected_title.setText(title)
        present, absent, unmarked = counts(rows)
        self.present.set_state(current().fill(N_("{count} present"), count=present), "ok", "")
        self.absent.set_state(current().fill(N_("{count} absent"), count=absent), "info", "")
        self.unmarked.set_state(current().fill(N_("{count} not marked"), count=unmarked), "neutral", "")

    def _hint(self) -> str:
        language = current().language
        return current().fill(
            N_("{present} present · {ill} own illness · … other reasons · {shift}+{present} all the rest"),
            present=letter_of("present", language),
            ill=letter_of("own_illness", language),
            shift=_("Shift"),
        )
