"""The tab Log of a trainee's page: who has looked at or changed what, and the report for the trainee."""

from functools import partial

from PySide6.QtWidgets import QBoxLayout, QLineEdit, QVBoxLayout, QWidget

from coachdesk.i18n import N_, _
from coachdesk.services.access_log import LogSheet
from coachdesk.services.forms import Printed
from coachdesk.ui import theme
from coachdesk.ui.access_log import wording
from coachdesk.ui.access_log.table import LogTable
from coachdesk.ui.day_edit import DayEdit, day_in
from coachdesk.ui.form import FormDialog
from coachdesk.ui.paper import PaperDialog
from coachdesk.ui.screen import Screen
from coachdesk.ui.shell import Shell
from coachdesk.ui.why_form import WhyForm
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.words import label

COLUMNS = (wording.AT, wording.WHO, wording.WHAT, wording.KIND, wording.WHY)


class LogTab(Screen):
    """Read only; opening it is a line of the log too."""

    keys = ((N_("Ctrl+P"), N_("print the report for the trainee")),)

    def build(self) -> None:
        self.trainee_id = 0
        card = Card(margins=(14, 10, 14, 12))
        self.about = label("", "secondary", wrap=True)
        self.print_button = Button(icon="printer", key="Ctrl+P")
        self.print_button.clicked.connect(self.print_)
        self.copy_button = Button(icon="copy")
        self.copy_button.clicked.connect(self.copy_all)
        self.removed_button = Button(icon="trash")
        self.removed_button.clicked.connect(self.show_removed)
        self.lines = LogTable(self.shell, COLUMNS)
        self.head = row_of(self.about, self.removed_button, self.copy_button, self.print_button, spacing=12)
        self.head.setStretch(0, 1)
        card.body.addLayout(self.head)
        card.add(self.lines, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)

    def retranslate(self) -> None:
        super().retranslate()
        self.about.setText(
            _("Who has opened, changed, printed or given out what. Nobody can change the log.")
        )
        self.print_button.setText(_("Print for the trainee…"))
        self.copy_button.setText(_("Copy of all data…"))
        self.removed_button.setText(_("Removed…"))
        self.lines.retranslate()

    def fit(self, size_class: str) -> None:
        """The buttons stand below the words in a narrow window."""
        narrow = size_class == "narrow"
        self.head.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )
        self.lines.setMinimumHeight(theme.px(200) if narrow else 0)
        self.lines.fit(size_class)

    def show_trainee(self, trainee_id: int) -> None:
        """Read the log of somebody; the lines of another one are gone at once."""
        if trainee_id != self.trainee_id:
            self.trainee_id = trainee_id
            self.lines.forget()
            self.lines.none.hide()
        self.refresh()

    def refresh(self) -> None:
        from coachdesk.services import access_log

        if self.trainee_id:
            work = partial(access_log.of_trainee, self.shell.desk, self.trainee_id)
            asked = self.trainee_id
            self.shell.jobs.run(work, then=lambda sheet: self._show(asked, sheet), lane="reading", owner=self)

    def _show(self, asked: int, sheet: LogSheet) -> None:
        if asked == self.trainee_id:
            self.lines.show_sheet(sheet)

    def first_focus(self) -> QWidget:
        return self.lines.table if self.lines.model.rows else self.print_button

    def print_(self) -> None:
        if self.trainee_id:
            ReportForm(self.shell, self.trainee_id, self.window()).open()

    def show_removed(self) -> None:
        """What was removed in the last 30 days; it can be brought back."""
        from coachdesk.ui.access_log.removed import RemovedDialog

        if self.trainee_id:
            dialog = RemovedDialog(self.shell, self.trainee_id, self.window())
            dialog.finished.connect(lambda _result: self.refresh())
            dialog.open()

    def copy_all(self) -> None:
        """Everything that is held of the trainee, as a paper and as data."""
        if self.trainee_id:
            CopyForm(self.shell, self.trainee_id, self.window()).open()


class CopyForm(WhyForm):
    """Why the copy was asked for; what it holds is shown before it is printed or saved."""

    form = "dossier"

    def retranslate(self) -> None:
        super().retranslate()
        self.say(
            title=_("Copy of all data for the trainee"),
            keep=_("Show the copy"),
            why=_("Why the copy was asked for"),
        )
        self.about.setText(
            _(
                "Everything that is held of the trainee, in his or her language, to print or save; the same "
                "as data (JSON) for another program. A saved file is not encrypted."
            )
        )

    def keep(self) -> None:
        from coachdesk.services import forms

        desk, trainee_id, why = self.shell.desk, self.trainee_id, self.why.text().strip()
        self.run(lambda: forms.dossier(desk, trainee_id, why), self._drawn)

    def _drawn(self, printed: Printed) -> None:
        shell, parent = self.shell, self.parentWidget()
        self.done_with(N_("Copy of all data"))
        dialog = PaperDialog(
            shell, printed.pdf, printed.title, printed.file_name, data=printed.data, parent=parent
        )
        dialog.open()


class ReportForm(FormDialog):
    """The days of the report and why it was asked for."""

    def __init__(self, shell: Shell, trainee_id: int, parent: QWidget) -> None:
        self.trainee_id = trainee_id
        super().__init__(shell, parent)

    def build(self) -> None:
        today = self.shell.clock.today()
        two_years = today.replace(year=today.year - 2, day=min(today.day, 28))
        self.begins, self.ends = DayEdit(today, two_years), DayEdit(today, today)
        self.why = QLineEdit()
        self.why.setMaxLength(200)
        for name, control in (("begins", self.begins), ("ends", self.ends), ("why", self.why)):
            self.put(name, control)
        self.keep_draft("log_report", f"trainee:{self.trainee_id}")

    def retranslate(self) -> None:
        super().retranslate()
        self.say(title=_("Report of the log for the trainee"), keep=_("Show the report"))
        self.fields["begins"].set_caption(_("First day"))
        self.fields["ends"].set_caption(_("Last day"))
        self.fields["why"].set_caption(_("Why the report was asked for"))

    def keep(self) -> None:
        from coachdesk.services import forms

        begins, ends = day_in(self.begins, "begins"), day_in(self.ends, "ends")
        why = self.why.text().strip()
        desk, trainee_id = self.shell.desk, self.trainee_id
        self.run(lambda: forms.log_report(desk, trainee_id, begins, ends, why), self._drawn)

    def _drawn(self, printed: Printed) -> None:
        shell, parent = self.shell, self.parentWidget()
        self.done_with(N_("Report of the log"))
        PaperDialog(shell, printed.pdf, printed.title, printed.file_name, parent=parent).open()
