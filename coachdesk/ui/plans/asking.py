"""The forms of the plan tab: each opened with what it asks about, and imported when it is."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from coachdesk.domain.plan import Plan
from coachdesk.domain.plan_sheet import PlanRow, PlansSheet, VersionSheet
from coachdesk.ui.form import FormDialog
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
        if what == "find":
            from coachdesk.ui.plans.find_paper import FindPaperForm

            return self._open(FindPaperForm(self.shell, self.tab.window()))
        if what == "replaces" and row is not None:
            language = row.newest.language if row.newest else "fi"
            return self._replaces(row.plan, sheet.rows, row.replaces, language)
        if what == "end" and row is not None:
            from coachdesk.ui.plans.end_form import EndForm

            return self._open(EndForm(self.shell, row.plan, self.tab.window()))
        from coachdesk.ui.plans.others_form import OthersPlanForm

        plan, first = row.plan if row else None, sheet.first_contact
        others = OthersPlanForm(
            self.shell, sheet.trainee_id, sheet.rows, plan, self.tab.window(), first_contact=first
        )
        return self._open(others)

    def ask_of_version(self, what: str, sheet: VersionSheet, rows: Sequence[PlanRow]) -> FormDialog:
        """A form about the version in the editor: "sign", "people", "view", "replaces"."""
        if what == "sign":
            from coachdesk.ui.plans.sign_form import SignForm

            return self._open(SignForm(self.shell, sheet, parent=self.tab.window()))
        if what == "people":
            from coachdesk.ui.plans.people_form import PeopleForm

            return self._open(PeopleForm(self.shell, sheet.plan, sheet.version, self.tab.window()))
        if what == "view":
            return self._open(self._view(sheet))
        said = (sheet.replaced.id if sheet.replaced else None, sheet.stands_for)
        return self._replaces(sheet.plan, rows, said, sheet.version.language)

    def _replaces(
        self, plan: Plan, rows: Sequence[PlanRow], said: tuple[int | None, str], language: str
    ) -> FormDialog:
        from coachdesk.ui.plans.replaces_form import ReplacesForm

        return self._open(ReplacesForm(self.shell, plan, rows, said, language, self.tab.window()))

    def _view(self, sheet: VersionSheet) -> FormDialog:
        from coachdesk.services.plan_sheets import view_subject
        from coachdesk.ui.notes.forms import OwnViewForm

        subject = view_subject(sheet.plan.id, sheet.version.version)
        return OwnViewForm(self.shell, sheet.plan.trainee_id, subject, self.tab.window())

    def _open(self, form: FormDialog) -> FormDialog:
        form.did.connect(self.did)
        form.open()
        return form
