"""The forms of the plan tab: each opened with what it asks about."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from coachdesk.domain.plan_sheet import PlanRow, PlansSheet, VersionSheet
from coachdesk.ui.form import FormDialog
from coachdesk.ui.plans.end_form import EndForm
from coachdesk.ui.plans.find_paper import FindPaperForm
from coachdesk.ui.plans.others_form import OthersPlanForm
from coachdesk.ui.plans.people_form import PeopleForm
from coachdesk.ui.plans.replaces_form import ReplacesForm
from coachdesk.ui.plans.sign_form import SignForm
from coachdesk.ui.screen import Screen
from coachdesk.ui.shell import Shell


class PlanDialogs(QObject):
    """Opens a form and tells what it did: label, undo work, redo work."""

    did = Signal(str, object, object)

    def __init__(self, shell: Shell, tab: Screen) -> None:
        super().__init__(tab)
        self.shell, self.tab = shell, tab

    def ask_of_plan(self, what: str, sheet: PlansSheet, row: PlanRow | None) -> FormDialog:
        """A form about a plan of the list: "others", "replaces", "end", "find"."""
        window = self.tab.window()
        form: FormDialog
        if what == "find":
            form = FindPaperForm(self.shell, window)
        elif what == "replaces" and row is not None:
            language = row.newest.language if row.newest else "fi"
            form = ReplacesForm(self.shell, row.plan, sheet.rows, row.replaces, language, window)
        elif what == "end" and row is not None:
            form = EndForm(self.shell, row.plan, window)
        else:
            form = OthersPlanForm(
                self.shell,
                sheet.trainee_id,
                sheet.rows,
                row.plan if row else None,
                window,
                first_contact=sheet.first_contact,
            )
        return self._open(form)

    def ask_of_version(self, what: str, sheet: VersionSheet, rows: Sequence[PlanRow]) -> FormDialog:
        """A form about the version in the editor: "sign", "people", "view", "replaces"."""
        window = self.tab.window()
        if what == "sign":
            return self._open(SignForm(self.shell, sheet, parent=window))
        if what == "people":
            return self._open(PeopleForm(self.shell, sheet.plan, sheet.version, window))
        if what == "view":
            return self._open(self._view(sheet))
        said = (sheet.replaced.id if sheet.replaced else None, sheet.stands_for)
        language = sheet.version.language
        return self._open(ReplacesForm(self.shell, sheet.plan, rows, said, language, window))

    def _view(self, sheet: VersionSheet) -> FormDialog:
        from coachdesk.services.plan_sheets import view_subject
        from coachdesk.ui.notes.forms import OwnViewForm

        subject = view_subject(sheet.plan.id, sheet.version.version)
        return OwnViewForm(self.shell, sheet.plan.trainee_id, subject, self.tab.window())

    def _open(self, form: FormDialog) -> FormDialog:
        form.did.connect(self.did)
        form.open()
        return form
