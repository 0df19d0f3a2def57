"""Times of keeping: whose service has ended, what is due; the lead coach removes somebody for good."""

from functools import partial

from PySide6.QtWidgets import QSizePolicy, QWidget

from coachdesk.domain.dossier import PARTS
from coachdesk.domain.retention import GROUNDS
from coachdesk.i18n import N_, _, current, ngettext
from coachdesk.services.retention import Gone, KeptRow, RemovalSheet
from coachdesk.ui.columns import ColumnModel, column, table_of
from coachdesk.ui.day_edit import ChoiceBox
from coachdesk.ui.flow import flowing
from coachdesk.ui.form import FormDialog
from coachdesk.ui.settings.page import Section
from coachdesk.ui.shell import Shell
from coachdesk.ui.trainees import wording
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.empty import EmptyState
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.words import label

TITLES = {part.table: part.title for part in PARTS} | {
    "trainee": N_("Details of the trainee"),
    "draft": N_("Unfinished texts"),
}


def due_words(row: KeptRow) -> str:
    """Why and since when it is due, or until when it is kept."""
    words = current()
    if row.again:
        return _("Due: removed once already, back by an older backup")
    if row.asked:
        return _("Due: the trainee has asked for it")
    if row.keeping is None or row.keeping.due is None:
        return _("For the controller to say")
    message = N_("Due since {day}") if row.over else N_("Kept until {day}")
    return words.fill(message, day=row.keeping.due)


def ended_words(row: KeptRow) -> str:
    """When the service ended, if there was one."""
    if row.keeping is None:
        return _("service goes on")
    return current().day(row.keeping.ended) if row.keeping.kind else _("no service")


def source_words(row: KeptRow) -> str:
    """How many years, from where, and whether the controller has still to confirm it."""
    kept = row.keeping
    if kept is None or not kept.source:
        return ""
    years = ngettext("{count} year", "{count} years", kept.years).format(count=kept.years)
    parts = (
        years,
        kept.source_in(current().language),
        _("ask the controller to confirm") if kept.review else "",
    )
    return wording.DOT.join(filter(None, parts))


class RetentionSection(Section):
    """A list, what is due first; one button that shows what would go."""

    name = N_("Times of keeping")

    def build(self) -> None:
        self.setMaximumWidth(16777215)
        card = Card()
        about = label("", "secondary", wrap=True)
        self.model = ColumnModel(
            (
                column(N_("Name"), lambda row: row.name, width=0),
                column(
                    N_("Ended"),
                    ended_words,
                    width=170,
                ),
                column(N_("Time of keeping"), due_words, tip=due_words, width=320),
            ),
            self,
        )
        self.table = table_of(self.model)
        self.table.setMinimumHeight(260)
        self.table.doubleClicked.connect(lambda _index: self.ask())
        self.table.selectionModel().currentRowChanged.connect(lambda *_at: self._judge())
        self.none = EmptyState("archive")
        self.look = Button(icon="eye")
        self.open_ = Button()
        self.look.clicked.connect(self.ask)
        self.open_.clicked.connect(self.open_page)
        self.source, self.only = label("", "secondary", wrap=True), label("", "secondary", wrap=True)
        for part in (about, self.table, self.none, self.source):
            card.add(part)
        card.body.addLayout(flowing(self.look, self.open_))
        card.add(self.only)
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.body.addWidget(card, 1)
        self.word(card.set_title, N_("Times of keeping"))
        self.word(
            about.setText,
            N_(
                "Whose service has ended, and how long what is kept of them stays. Nothing is removed by "
                "itself: the lead coach decides."
            ),
        )
        self.word(self.table.setAccessibleName, N_("Times of keeping"))
        self.word(self.look.setText, N_("Show what would be removed…"))
        self.word(self.open_.setText, N_("Open the page"))
        self.word(self.only.setText, N_("Only the lead coach may do this."))
        self.show_rows((), leads=False)

    def retranslate(self) -> None:
        super().retranslate()
        self.model.retranslate()
        self.none.set_words(_("No service has ended yet."))
        self._judge()

    def refresh(self) -> None:
        from coachdesk.domain.permissions import Right
        from coachdesk.services import retention, rights

        desk = self.shell.desk

        def read() -> tuple[tuple[KeptRow, ...], bool]:
            leads = rights.may(desk, Right.RETENTION)
            return (retention.sheet(desk) if leads else ()), leads

        self.run(read, lambda found: self.show_rows(*found))

    def show_rows(self, rows: tuple[KeptRow, ...], leads: bool = True) -> None:
        """Show what was read; nothing to who is no lead coach."""
        at = max(0, self.table.currentIndex().row())
        self.model.show_rows(rows)
        if rows:
            self.table.selectRow(min(at, len(rows) - 1))
        self.table.setVisible(bool(rows))
        self.none.setVisible(leads and not rows)
        self.only.setVisible(not leads)
        for button in (self.look, self.open_):
            button.setVisible(leads)
        self._judge()

    @property
    def chosen(self) -> KeptRow | None:
        """The row chosen."""
        found: KeptRow | None = self.model.row(self.table.currentIndex())
        return found

    def ask(self) -> None:
        """Show what would go with the trainee chosen."""
        from coachdesk.services import retention

        if self.chosen is not None:
            work = partial(retention.what_goes, self.shell.desk, self.chosen.trainee_id)
            self.run(work, self._show)

    def open_page(self) -> None:
        """Open the trainee's page."""
        if self.chosen is not None:
            self.shell.go("trainees", trainee_id=self.chosen.trainee_id)

    def _show(self, sheet: RemovalSheet) -> None:
        form = RemovalForm(self.shell, sheet, self)
        form.kept.connect(lambda gone: self._gone(sheet.trainee_id, gone))
        form.open()

    def _gone(self, trainee_id: int, gone: Gone) -> None:
        self.shell.removed.emit(trainee_id)
        self.shell.undo.clear()  # an earlier act on the person can no longer be taken back
        self.shell.health_changed.emit()
        if gone.problem is not None:
            self.shell.notices.show(gone.problem)
        self.refresh()

    def _judge(self) -> None:
        source = source_words(self.chosen) if self.chosen is not None else ""
        self.source.setText(source)
        self.source.setVisible(bool(source))
        for button in (self.look, self.open_):
            button.setEnabled(self.chosen is not None)


class RemovalForm(FormDialog):
    """What goes, on what ground, and that it cannot be undone; the safe button has the focus."""

    wide = 560

    def __init__(self, shell: Shell, sheet: RemovalSheet, parent: QWidget | None = None) -> None:
        self.sheet = sheet
        super().__init__(shell, parent)

    def build(self) -> None:
        self.what, self.rest = label("", wrap=True), label("", wrap=True)
        self.ground = ChoiceBox()
        self.barred = Notice("warn")
        self.body.addWidget(self.what)
        self.put("ground", self.ground)
        self.body.addWidget(self.rest)
        self.body.addWidget(self.barred)
        self.keep_button.set_kind("danger")
        self.leave_button.setFocus()

    def retranslate(self) -> None:
        super().retranslate()
        words, sheet = current(), self.sheet
        self.say(
            title=words.fill(N_("Remove {name} for good?"), name=sheet.name),
            keep=_("Remove for good"),
            leave=_("Do not remove"),
            ground=_("On what ground"),
        )
        listed = (
            words.fill(N_("{title}: {count}"), title=_(TITLES.get(name, name)), count=count)
            for name, count in sheet.counts.items()
            if name in TITLES
        )
        self.what.setText(words.fill(N_("These go: {things}."), things=", ".join(listed)))
        self.rest.setText(
            _(
                "It cannot be undone. The log keeps only that it happened. Older backups hold the trainee "
                "until they are thinned out, at the latest after nine months."
            )
        )
        held = ((key, _(text)) for key, text in GROUNDS.items() if key in sheet.grounds)
        self.ground.offer([("", _("Choose…")), *held])
        self._judge()

    def keep(self) -> None:
        from coachdesk.services import retention

        work = partial(retention.remove, self.shell.desk, self.sheet.trainee_id, ground=self.ground.key)
        self.keep_button.setEnabled(False)
        self.run(work, self._removed)

    def refuse(self, problem: Exception) -> None:
        self._judge()
        super().refuse(problem)

    def _removed(self, gone: Gone) -> None:
        self.done_with(N_("Trainee removed for good"))
        self.kept.emit(gone)

    def _judge(self) -> None:
        sheet = self.sheet
        why = ""
        if sheet.at_region:
            why = _("The region still has a summary of this trainee. Withdraw the consent and send it first.")
        elif not sheet.grounds:
            why = _("No ground for removing holds yet.")
        self.barred.set_text(why)
        self.barred.setVisible(bool(why))
        self.fields["ground"].setVisible(bool(sheet.grounds))
        self.keep_button.setEnabled(not why)
