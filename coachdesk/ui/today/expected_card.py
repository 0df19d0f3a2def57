"""The card of people expected today: it marks them, saves the marks and takes them back."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QMenu

from coachdesk.domain.attendance import DayRecorded, letter_of
from coachdesk.domain.codes import codes
from coachdesk.domain.today import Expected, TodaySheet
from coachdesk.i18n import N_, _, current, ngettext
from coachdesk.ui.announce import announce
from coachdesk.ui.attendance import spoken
from coachdesk.ui.attendance.saving import Saver
from coachdesk.ui.flow import FlowLayout
from coachdesk.ui.shell import Shell
from coachdesk.ui.today.expected import counts, expected_table, with_mark
from coachdesk.ui.whose import WhoseBox
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.empty import EmptyState
from coachdesk.ui.widgets.layout import column_of, rule
from coachdesk.ui.widgets.pictures import Chip
from coachdesk.ui.widgets.words import label

Names = tuple[dict[int, str], dict[int, str]]  # workshops, groups


class ExpectedCard(Card):
    """Who comes today, with the counts above and the letters of the marks below."""

    stale = Signal()  # what is shown is no longer what is kept

    def __init__(self, shell: Shell, whose: WhoseBox) -> None:
        super().__init__(margins=(0, 0, 0, 0))
        self.shell = shell
        self._names: Names = ({}, {})
        self.saver = Saver(shell, self)
        self.saver.stale.connect(self.stale)
        self.body.setSpacing(0)
        self.heading.hide()
        self.title = label("", "heading")
        self.present, self.absent = Chip("", "ok", ""), Chip("", "info", "")
        self.unmarked = Chip("", "neutral")
        self.to_attendance = Button(kind="link")
        self.to_attendance.clicked.connect(lambda: shell.go("attendance"))
        top = FlowLayout(spacing=8)
        for shown in (self.title, self.present, self.absent, self.unmarked, whose):
            top.addWidget(shown)
        top.add_right(self.to_attendance)
        above = column_of(top)
        above.setContentsMargins(14, 9, 12, 9)
        self.nobody = EmptyState("calendar-event", button=True)
        self.nobody.asked.connect(lambda: shell.go("trainees", hint="new"))
        self.nobody.hide()
        self.hint = label("", "secondary", wrap=True)
        foot = column_of(self.hint)
        foot.setContentsMargins(14, 7, 14, 7)
        self.body.addLayout(above)
        self._build_table()
        for part in (rule(), self.table, self.nobody, rule()):
            self.body.addWidget(part, 1 if part in (self.table, self.nobody) else 0)
        self.body.addLayout(foot)

    def _build_table(self) -> None:
        self.table = expected_table(self._where, lambda: self.shell.settings.quiet_grid)
        self.model = self.table.rows
        self.table.marked.connect(self.mark)
        self.table.cleared.connect(self.clear)
        self.table.more.connect(self.offer_kinds)
        self.table.opened.connect(lambda row: self.shell.go("trainees", trainee_id=row.trainee_id))

    def retranslate(self) -> None:
        """Write the words in the screen's language."""
        self.to_attendance.setText(_("Open attendance"))
        self.table.setAccessibleName(_("People expected today"))
        self.hint.setText(self._hint())
        self.model.retranslate()

    def show_expected(self, rows: Iterable[Expected], names: Names) -> None:
        """Show who comes; the cursor stays on its person."""
        self._names = names
        first = not self.model.rows
        chosen = self.table.row()
        self.model.show_rows(rows)
        same = self.model.place_of(lambda row: chosen is not None and row.period_id == chosen.period_id)
        self.table.choose(self.table.first_unmarked() if first or same < 0 else same)

    def tell(self, sheet: TodaySheet) -> None:
        """Tell how many come, or why nobody does."""
        someone = bool(self.model.rows)
        self.table.setVisible(someone)
        self.nobody.setVisible(not someone)
        if sheet.nobody_yet:
            self.nobody.set_words(_("No trainees yet."), "", _("New trainee"))
        elif sheet.closed_for:
            self.nobody.set_words(current().fill(N_("Today is {holiday}."), holiday=sheet.closed_for))
        else:
            self.nobody.set_words(_("Nobody is expected today."))
        self._tell_counts()

    def fit(self, size_class: str) -> None:
        """Take the room that the window has."""
        self.table.setMinimumHeight(0 if size_class == "wide" else 300)
        self.to_attendance.setVisible(size_class != "narrow")
        for at in (2, 3):
            self.table.setColumnHidden(at, size_class == "narrow")

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

    def _do(self, changes: tuple[DayRecorded, ...], *, bar: bool) -> None:
        self._show_marks(changes)
        self.saver.save(changes)
        count = len(changes)

        def label() -> str:
            return ngettext("{count} person marked", "{count} people marked", count).format(count=count)

        self.shell.undo.did(label, lambda: self._undo(changes), lambda: self._redo(changes), bar=bar)

    def _undo(self, changes: tuple[DayRecorded, ...]) -> None:
        self._show_marks([one.inverse for one in changes])
        self.saver.put_back(changes, "undo")

    def _redo(self, changes: tuple[DayRecorded, ...]) -> None:
        self._show_marks(changes)
        self.saver.save(changes)

    def _show_marks(self, changes: Iterable[DayRecorded]) -> None:
        for change in changes:
            one = change.after or change.before
            if one is None:
                continue
            period_id = one.period_id
            at = next((i for i, row in enumerate(self.model.rows) if row.period_id == period_id), -1)
            if at >= 0:
                self.model.change_row(at, replace(self.model.rows[at], mark=change.after))
        self._tell_counts()

    def _where(self, row: Expected) -> str:
        shops, groups = self._names
        return groups.get(row.group_id or 0) or shops.get(row.workshop_id, "")

    def _speak_next(self, kind: str) -> None:
        following = self.table.row()
        if following is not None:
            said = current().fill(
                N_("{mark}. Next: {name}"), mark=spoken.kind_words(kind), name=following.name
            )
            announce(self.table, said)

    def _tell_counts(self) -> None:
        rows = self.model.rows
        self.title.setText(current().fill(N_("Expected today {count}"), count=len(rows)))
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
