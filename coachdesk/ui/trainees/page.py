"""The trainee's page: phases and next step above the overview, and a tab for each side of the work.

To add a tab: one line in ``TABS`` and a ``Screen`` with ``show_trainee(trainee_id)`` in its word's folder.
A tab keeps its key (Alt and its number) even where one before it is not built yet.
"""

from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QTabBar, QVBoxLayout, QWidget

from coachdesk.domain import archive as archive_rules
from coachdesk.domain.appointments import Appointment
from coachdesk.domain.trainee_sheets import TraineePage as Sheet
from coachdesk.errors import ReasonNeeded
from coachdesk.i18n import N_, _, current
from coachdesk.services import trainees
from coachdesk.ui import cutting
from coachdesk.ui.screen import Screen
from coachdesk.ui.together import laid_out_once
from coachdesk.ui.trainees import wording
from coachdesk.ui.trainees.archived import Shut, writers
from coachdesk.ui.trainees.code_chip import CodeChip
from coachdesk.ui.trainees.curtain import Curtain
from coachdesk.ui.trainees.next_step import NextStepCard
from coachdesk.ui.trainees.overview import Overview
from coachdesk.ui.trainees.pages import Pages
from coachdesk.ui.trainees.phase_form import PhaseForm
from coachdesk.ui.trainees.standing import Standing
from coachdesk.ui.trainees.stepper import PhaseStepper
from coachdesk.ui.trainees.timeline import PhaseTimeline
from coachdesk.ui.widgets.layout import rule

OVERVIEW = "overview"
BLINK = 0.03  # seconds
LISTS = {  # module and class of the lists that the overview opens, each with a form for its rows
    "period": ("periods", "PeriodsDialog"),
    "benefits": ("benefits", "BenefitsDialog"),
    "coaching": ("coaching", "CoachingDialog"),
    "grades": ("grades", "GradesDialog"),
    "requests": ("requests", "RequestsDialog"),
}
UNFINISHED_IN_LISTS = {
    "period": "period",
    "period_end": "period",
    "benefit": "benefits",
    "coaching": "coaching",
    "feedback": "grades",
    "rights_request": "requests",
    "rights_answer": "requests",
}


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A tab: its word, the number pressed with Alt, its name, and where its screen is."""

    word: str
    number: int
    name: str
    module: str = ""
    screen: str = ""

    def load(self) -> type[Screen]:
        """The class of its screen, imported when it is first shown."""
        found: type[Screen] = getattr(import_module(f"coachdesk.ui.{self.module}"), self.screen)
        return found


TABS = (
    Tab(word=OVERVIEW, number=1, name=N_("Overview")),
    Tab(word="notes", number=2, name=N_("Notes"), module="notes.screen", screen="NotesTab"),
    Tab(word="plan", number=3, name=N_("Plan"), module="plans.screen", screen="PlanTab"),
    Tab(word="attendance", number=4, name=N_("Attendance"), module="attendance.tab", screen="AttendanceTab"),
    Tab(word="consents", number=6, name=N_("Consents"), module="consents.screen", screen="ConsentsTab"),
    Tab(
        word="assessments",
        number=7,
        name=N_("Self-assessments"),
        module="assessments.screen",
        screen="AssessmentsTab",
    ),
    Tab(word="files", number=8, name=N_("Files"), module="attachments.screen", screen="FilesTab"),
    Tab(word="log", number=9, name=N_("Log"), module="access_log.screen", screen="LogTab"),
)


class TraineePage(Screen):
    """The page of picture 05."""

    keys = (
        (N_("Alt+1 … Alt+9"), N_("tabs")),
        (N_("Ctrl+Tab"), N_("next tab")),
        (N_("Ctrl+N"), N_("new note")),
        (N_("F2"), N_("edit details")),
        (N_("Ctrl+Enter"), N_("next step done")),
        (N_("Ctrl+PgUp, Ctrl+PgDn"), N_("former and next trainee of the list")),
    )

    def build(self) -> None:
        self.trainee_id = 0
        self.sheet: Sheet | None = None
        self.tabs: dict[str, QWidget] = {}
        self.beside: tuple[int, ...] = ()
        self._last_tab: dict[int, str] = {}
        self._hint: dict[str, Any] = {}
        self._about = ""
        self.stepper, self.timeline = PhaseStepper(), PhaseTimeline()
        self.stepper.asked.connect(self.ask_phase)
        self.step = NextStepCard(self.shell)
        self.step.note_asked.connect(self.new)
        self.step.did.connect(self.can_be_undone)
        self.shell.removed.connect(self.let_go)
        self.shell.grown.connect(self._shut_grown)
        self.shell.keeping.connect(cutting.forget)  # no words of anybody outlive the open desk
        self.above = QWidget()
        above = QVBoxLayout(self.above)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(5)
        for part in (self.stepper, self.timeline, self.step):
            above.addWidget(part)
        self.standing = Standing(self.shell)
        self.shut = Shut(self)
        self.standing.asked.connect(lambda what: self._asked(what, None))
        self.bar = QTabBar()
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(True)
        for _tab in TABS:
            self.bar.addTab("")
        self.code = CodeChip(self.shell)
        self.stack = Pages()
        self.overview = Overview(self.shell)
        self.overview.asked.connect(self._asked)
        self._add(TABS[0], self.overview)
        self.bar.currentChanged.connect(lambda at: self.show_tab(TABS[at].word))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 0, 20, 12)
        outer.setSpacing(0)
        outer.addWidget(self.standing)
        outer.addWidget(self.above)
        outer.addSpacing(4)
        outer.addWidget(self.bar)
        outer.addWidget(rule())
        outer.addWidget(self.stack, 1)
        self._size = "wide"
        self.curtain = Curtain(self, self._empty)
        self._make_keys()

    def _make_keys(self) -> None:
        def on(key: str, do: Any) -> None:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

        for tab in TABS:
            on(f"Alt+{tab.number}", partial(self.show_tab, tab.word))
        on("Ctrl+Tab", partial(self._step_tab, 1))
        on("Ctrl+Shift+Tab", partial(self._step_tab, -1))
        on("F2", self.edit)
        on("Ctrl+PgDown", partial(self._step_trainee, 1))
        on("Ctrl+PgUp", partial(self._step_trainee, -1))

    @property
    def tab(self) -> str:
        """The word of the tab shown."""
        return TABS[self.bar.currentIndex()].word

    @property
    def tab_shown(self) -> Screen | None:
        """The screen of the tab shown; None on the overview."""
        found = self.stack.shown
        return found if isinstance(found, Screen) else None

    def title(self) -> str:
        return self.sheet.trainee.spoken_name if self.sheet else ""

    def subtitle(self) -> str:
        return self._about if self.sheet else ""

    def beside_title(self) -> QWidget | None:
        return self.code

    def retranslate(self) -> None:
        super().retranslate()
        self.bar.setAccessibleName(_("Tabs of the trainee"))
        if self.sheet is not None:
            self._about = wording.about(self.sheet.trainee, self.shell.clock.today())
        self._name_tabs()
        for part in (self.stepper, self.step, self.code, self.overview, self.standing):
            part.retranslate()

    def _name_tabs(self) -> None:
        counts = {"notes": self.sheet.notes, "consents": len(self.sheet.consents)} if self.sheet else {}
        for at, tab in enumerate(TABS):
            count = counts.get(tab.word)
            words = f"{_(tab.name)}  {current().count(count)}" if count else _(tab.name)
            if words != self.bar.tabText(at):  # each change lays all the tabs out anew
                self.bar.setTabText(at, words)

    def first_focus(self) -> QWidget | None:
        shown = self.tab_shown
        return shown.first_focus() if shown is not None else self.step.note

    def show_trainee(self, trainee_id: int | None, tab: str | None = None) -> None:
        """Show somebody, on the tab asked for or the one used last for that person."""
        if trainee_id is None:
            return
        if trainee_id != self.trainee_id:
            self.leave()
            self.trainee_id, self.sheet = trainee_id, None
            self.code.wait()
            self.standing.show_page(None)
        self.show_tab(tab or self._last_tab.get(trainee_id, OVERVIEW))

    def let_go(self, trainee_id: int) -> None:
        """Somebody was removed for good: remember nothing of the person."""
        self._last_tab.pop(trainee_id, None)
        self.beside = tuple(who for who in self.beside if who != trainee_id)
        cutting.forget()  # whoever is on the page: words of the one removed may be kept from before
        if trainee_id == self.trainee_id:
            self.trainee_id, self.sheet = 0, None

    def arrive(self, hint: Any) -> None:
        self._hint = hint if isinstance(hint, dict) else {}
        self.beside = self._hint.get("beside", self.beside)

    def refresh(self) -> None:
        if self.trainee_id:
            if self.sheet is None:
                self.curtain.close(waiting=True)
            ahead = self.shell.ahead.take(self.trainee_id)
            work = partial(trainees.page, self.shell.desk, self.trainee_id, ahead=ahead)
            self.shell.jobs.run(
                work, then=self._seen, failed=self._refused, owner=self, early=self._lay_out, within=BLINK
            )

    def _empty(self) -> None:
        """Nobody is on the page: what is asked for is not read yet, or not given out."""
        self.sheet = None
        self.above.hide()
        self.stack.hide()
        self.shell.titled.emit()

    def _refused(self, problem: Exception) -> None:
        """Another coach's trainee: the reason is asked for, and without one the page is left."""
        from coachdesk.ui.coaches.reason import ReasonForm

        self.curtain.give_up()
        self.code.show_trainee(self.trainee_id, has_code=False)
        if not isinstance(problem, ReasonNeeded):
            self.shell.notices.show(problem)
            return
        asked = self.trainee_id
        form = ReasonForm(self.shell, asked, parent=self.window())
        form.kept.connect(lambda _stated: self._stated(asked))
        form.rejected.connect(lambda: self.shell.back() if self.trainee_id == asked else None)
        form.open()

    def _stated(self, trainee_id: int) -> None:
        if trainee_id == self.trainee_id:
            self.show_tab(self.tab)  # first: the page is seen when it is read, with what its tab holds then
            self.refresh()

    def show_sheet(self, sheet: Sheet) -> None:
        """Show what was read, unless somebody else was asked for since."""
        self._lay_out(sheet)
        self._seen(sheet)

    def _lay_out(self, sheet: Sheet) -> None:
        """Fill the page behind its curtain, while the line of this look is written into the log."""
        if sheet.trainee.id != self.trainee_id:
            return
        self.curtain.close()
        self.sheet = sheet
        self._about = wording.about(sheet.trainee, self.shell.clock.today())
        resting = (self, self.above, self.step, self.stack, self.overview, *self.overview.parts)
        with laid_out_once(resting):
            self.stepper.show_states(sheet.phases)
            self.timeline.show_states(sheet.phases, self.shell.clock.today())
            self.timeline.setVisible(any(state.now for state in sheet.phases))
            self.step.show_step(self.trainee_id, sheet.next_step)
            self.code.show_trainee(self.trainee_id, sheet.has_code)
            self.overview.show_page(sheet)
            self.standing.show_page(sheet)
            self._name_tabs()
            self._shut()
            self.above.setVisible(self.tab == OVERVIEW)
            self.stack.show()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    def _seen(self, sheet: Sheet) -> None:
        """The line of this look lies on the disk: now the page is seen."""
        if sheet.trainee.id != self.trainee_id:
            return
        self.curtain.open()
        self.shell.titled.emit()
        self._follow_hint()

    def _follow_hint(self) -> None:
        hint, self._hint = self._hint, {}
        if hint.get("new_note"):
            self.new()
        if hint.get("edit"):
            self.edit()
        if hint.get("appointment"):
            self._open_appointment(hint["appointment"])
        if hint.get("open"):
            self._asked(hint["open"], None)
        if hint.get("draft"):
            self._go_on_with(*hint["draft"])
        if hint.get("plan"):
            self._asked("plan", hint["plan"])

    def show_tab(self, word: str) -> None:
        """Show a tab; it is made when it is shown first."""
        at = next((at for at, tab in enumerate(TABS) if tab.word == word), 0)
        tab = TABS[at]
        if self.tab_shown is not None and self.tab != word:
            self.tab_shown.leave()
        if tab.word not in self.tabs:
            self._add(tab, tab.load()(self.shell, self.stack))
            self.shell.grown.emit()
        other = self.bar.currentIndex() != at
        if other:
            self.bar.blockSignals(True)
            self.bar.setCurrentIndex(at)
            self.bar.blockSignals(False)
        self.stack.show_page(self.tabs[tab.word])
        self.above.setVisible(tab.word == OVERVIEW and not self.stack.isHidden())
        if other:
            self._to_the_top()
        if self.trainee_id:
            self._last_tab[self.trainee_id] = tab.word
            shown = self.tab_shown
            if shown is not None:
                shown.fit(self._size)
                another = getattr(shown, "trainee_id", 0) not in (0, self.trainee_id)
                shown.show_trainee(self.trainee_id)  # type: ignore[attr-defined]
                if another and self.sheet is not None:
                    self._await_tab()

    def _await_tab(self) -> None:
        """The tab still holds another person's words: it is seen when its own are read, which come first."""
        asked = self.trainee_id
        self.curtain.close(waiting=True)
        self.shell.jobs.run(lambda: None, then=lambda _none: self._tab_read(asked), owner=self, within=BLINK)

    def _tab_read(self, asked: int) -> None:
        if asked != self.trainee_id:  # that person's page opens the curtain
            return
        if self.sheet is not None:
            self.curtain.open()
        else:  # it took long and the page was emptied
            self.refresh()

    def _to_the_top(self) -> None:
        """In a small window the page scrolls: another tab begins at its top."""
        at: QWidget | None = self
        while at is not None and not isinstance(at, QScrollArea):
            at = at.parentWidget()
        if at is not None:
            at.verticalScrollBar().setValue(0)

    def _add(self, tab: Tab, screen: QWidget) -> None:
        layout = screen.layout()
        if isinstance(screen, Screen) and layout is not None:
            layout.setContentsMargins(0, 12, 0, 0)
        told = getattr(screen, "told", None)
        if told is not None and isinstance(screen, Screen):
            told.connect(lambda *_what: self._count_again())
        self.tabs[tab.word] = screen
        self.stack.add(screen)
        if self.is_archived:
            self._shut_tab(tab.word, screen)

    def _step_tab(self, by: int) -> None:
        self.show_tab(TABS[(self.bar.currentIndex() + by) % len(TABS)].word)

    def _step_trainee(self, by: int) -> None:
        step = getattr(self.tab_shown, "step", None)
        if step is not None and step(by):  # the plan steps from item to item
            return
        if self.trainee_id in self.beside:
            at = self.beside.index(self.trainee_id) + by
            if 0 <= at < len(self.beside):
                self.shell.go("trainee", trainee_id=self.beside[at], tab=self.tab)

    def _asked(self, what: str, which: Any) -> None:
        match what:
            case "edit":
                self.edit()
            case "join":
                self.ask_join(which)
            case "handover":
                self.hand_over()
            case "archive":
                self.ask_archive()
            case "reopen":
                self.ask_reopen()
            case _ if what in LISTS:
                self._open_list(what)
            case "appointment":
                if not self._told_archived():
                    self._open_appointment(which)
            case _:
                self.show_tab(what)
                if self.tab_shown is not None and which is not None:
                    self.tab_shown.arrive(which)

    def edit(self) -> None:
        """F2: the note chosen on the notes, else the form of the trainee's details."""
        from coachdesk.ui.trainees.editor import TraineeEditor

        chosen = getattr(self.tab_shown, "edit_chosen", None)
        if self._told_archived():
            return
        if chosen is not None:
            chosen()
            return
        if self.trainee_id:
            editor = TraineeEditor(self.shell, self.trainee_id, parent=self.window())
            editor.did.connect(self.can_be_undone)
            editor.opened.connect(lambda trainee_id: self.shell.go("trainee", trainee_id=trainee_id))
            editor.alike.join_asked.connect(lambda _other: editor.reject())  # its values would be old ones
            editor.alike.join_asked.connect(self.ask_join)
            editor.open()

    def ask_join(self, other_id: int | None = None) -> None:
        """Join this record with another one of the same person, or part them again."""
        from coachdesk.ui.trainees.join_form import JoinForm

        form = JoinForm(self.shell, self.trainee_id, other_id, parent=self.window())
        form.did.connect(self.can_be_undone)
        form.went.connect(lambda trainee_id: self.shell.go("trainee", trainee_id=trainee_id))
        form.open()

    def hand_over(self) -> None:
        """Hand the trainee over to another desk."""
        from coachdesk.ui.handover.give import GiveForm

        form = GiveForm(self.shell, self.trainee_id, parent=self.window())
        form.did.connect(self.can_be_undone)
        form.open()

    @property
    def is_archived(self) -> bool:
        """Whether nothing of the one shown is changed any more."""
        return self.sheet is not None and self.sheet.archived is not None

    def ask_archive(self) -> None:
        """Archive the trainee: from then on only a lead coach opens again."""
        from coachdesk.services import archive

        words = current()
        question = words.fill(N_("Archive {name}?"), name=self.title())
        detail = _("Nothing of the trainee is changed any more. A lead coach can reopen.")
        if self.shell.notices.confirm(question, _("Archive"), _("Do not archive"), detail, danger=False):
            work = partial(archive.archive, self.shell.desk, self.trainee_id)
            self.shell.jobs.run(work, then=lambda _kept: self.refresh(), owner=self)

    def ask_reopen(self) -> None:
        """Reopen an archived trainee, with a reason."""
        from coachdesk.ui.trainees.reopen_form import ReopenForm

        form = ReopenForm(self.shell, self.trainee_id, parent=self.window())
        form.did.connect(lambda *_what: self.refresh())
        form.open()

    def _shut(self) -> None:
        """Offer nothing of an archived trainee that would be refused."""
        self.shut.open()
        self.stepper.setEnabled(not self.is_archived)
        if self.is_archived:
            self.shut.shut([self.step, self.overview.new_appointment])
        for word, tab in self.tabs.items():
            self._shut_tab(word, tab)

    def _shut_tab(self, word: str, tab: QWidget) -> None:
        allow = getattr(tab, "allow", None)
        if allow is not None:
            allow(writing=not self.is_archived)
        if self.is_archived:
            self.shut.shut(writers(word, tab))

    def _shut_grown(self) -> None:
        """A part of the tab shown was made just now: of an archived trainee it offers no writing either."""
        shown = self.tab_shown
        if self.is_archived and shown is not None:
            self.shut.shut(writers(self.tab, shown))

    def _told_archived(self) -> bool:
        """Say that somebody is archived, where a key asks to write."""
        if self.is_archived:
            self.shell.notices.show(archive_rules.refuse(self.title()))
        return self.is_archived

    def ask_phase(self, phase: int) -> None:
        """Open, close or enter a phase again."""
        if self.sheet is not None:
            form = PhaseForm(self.shell, self.trainee_id, self.sheet.phases[phase - 1], parent=self.window())
            form.did.connect(self.can_be_undone)
            form.open()

    def _open_list(self, what: str, draft: tuple[str, str] | None = None) -> None:
        module, name = LISTS[what]
        dialog = getattr(import_module(f"coachdesk.ui.trainees.{module}"), name)(
            self.shell, self.trainee_id, parent=self.window()
        )
        dialog.did.connect(self.can_be_undone)
        if self.is_archived and what != "requests":
            buttons = dialog.findChildren(QAbstractButton)
            Shut(dialog).shut(button for button in buttons if button is not dialog.close_)
        dialog.open()
        if draft is not None:
            dialog.go_on_with(*draft)

    def _go_on_with(self, form: str, subject: str) -> None:
        """Open the form of a draft itself; ``subject`` is trainee:12, trainee:12:benefit:3 and the like."""
        about = subject.split(":")[2:]
        match form:
            case "trainee":
                self.edit()
            case "appointment":
                self._open_unfinished_appointment(int(about[1]) if about else None)
            case "next_step":
                self.step.ask(self.step.step if about else None)
            case "phase":
                self.ask_phase(int(about[1]))
            case "reopen":
                self.ask_reopen()
            case "own_view" | "elsewhere":
                self._open_beside(form, about)
            case _ if form in UNFINISHED_IN_LISTS:
                self._open_list(UNFINISHED_IN_LISTS[form], (form, subject))
            case _:
                self._asked("consents", {"form": form})

    def _open_beside(self, form: str, about: list[str]) -> None:
        """The form beside a note or a plan: the own view, or that a note is recorded elsewhere too."""
        from coachdesk.ui.notes.forms import ElsewhereForm, OwnViewForm

        asked = (
            OwnViewForm(self.shell, self.trainee_id, ":".join(about), parent=self.window())
            if form == "own_view"
            else ElsewhereForm(self.shell, int(about[1]), self.trainee_id, parent=self.window())
        )
        asked.did.connect(self.can_be_undone)
        asked.open()

    def _open_unfinished_appointment(self, appointment_id: int | None) -> None:
        from coachdesk.services import appointments

        if appointment_id is None:
            self._open_appointment(None)
            return
        work = partial(appointments.get, self.shell.desk, appointment_id)
        self.shell.jobs.run(work, then=self._open_appointment, owner=self)

    def _open_appointment(self, appointment: Appointment | None) -> None:
        from coachdesk.ui.appointments.editor import AppointmentForm

        form = AppointmentForm(self.shell, self.trainee_id, appointment, parent=self.window())
        form.did.connect(self.can_be_undone)
        form.open()

    def acted(self, _result: object = None) -> None:
        """Something was done here: the page was logged as opened already, and is only read again."""
        self.shell.saved()
        self._read_again()

    def _count_again(self) -> None:
        """A tab has changed something: its number and the overview follow; the tab has read itself."""
        from coachdesk.services import trainees

        if self.trainee_id and self.shell.is_open:
            work = partial(trainees.read_again, self.shell.desk, self.trainee_id)  # already logged as opened
            self.shell.jobs.run(work, then=self.show_sheet, owner=self)

    def _read_again(self) -> None:
        self._count_again()
        if self.trainee_id and self.shell.is_open and self.tab_shown is not None:
            self.tab_shown.refresh()

    def new(self) -> None:
        if self._told_archived():
            return
        if getattr(self.tab_shown, "takes_new", False):  # a tab with things of its own
            assert self.tab_shown is not None
            self.tab_shown.new()
            return
        self.show_tab("notes")
        if self.tab_shown is not None:
            self.tab_shown.new()

    def find(self) -> None:  # type: ignore[override]
        if self.tab_shown is not None:
            self.tab_shown.find()

    def print_(self) -> None:
        if self.tab_shown is not None:
            self.tab_shown.print_()

    def main_action(self) -> None:
        if self._told_archived():
            return
        if self.tab_shown is not None:
            self.tab_shown.main_action()
        else:
            self.step.finish()

    def leave(self) -> None:
        self.code.hide_code()
        if self.tab_shown is not None:
            self.tab_shown.leave()

    def fit(self, size_class: str) -> None:
        self._size = size_class
        self.stepper.lay_out(size_class)
        self.step.fit(size_class)
        self.overview.fit(size_class)
        for tab in self.tabs.values():
            if isinstance(tab, Screen):
                tab.fit(size_class)
