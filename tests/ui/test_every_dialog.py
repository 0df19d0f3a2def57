"""Walks the doors and the dialogs as ``test_every_screen`` walks the pages."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from coachdesk.domain.absences import span_of
from coachdesk.domain.period import Period
from coachdesk.domain.phases import PhaseState
from coachdesk.domain.phrases import Phrase, Place
from coachdesk.domain.rights_request import RightsRequest
from coachdesk.domain.trainee import Trainee
from coachdesk.domain.workshop import Workshop
from coachdesk.services import periods, phases, phrases, retention, rights_requests, trainees
from coachdesk.services.periods import Agreement
from coachdesk.ui.access_log.removed import RemovedDialog
from coachdesk.ui.appointments.editor import AppointmentForm
from coachdesk.ui.assessments.form import AssessmentForm
from coachdesk.ui.attachments.form import AttachmentForm
from coachdesk.ui.attachments.viewer import AttachmentViewer
from coachdesk.ui.attendance.reports import ReportsDialog
from coachdesk.ui.backups.restore import RestoreDialog
from coachdesk.ui.first_run.screen import FirstRunScreen
from coachdesk.ui.imports.dialog import ImportDialog
from coachdesk.ui.keyboard import KeyList
from coachdesk.ui.language import use_language
from coachdesk.ui.notes.forms import ElsewhereForm, OwnViewForm
from coachdesk.ui.notes.not_recorded import NotRecordedDialog
from coachdesk.ui.notices import Question
from coachdesk.ui.paper import PaperDialog
from coachdesk.ui.phrases.form import PhraseForm
from coachdesk.ui.phrases.picker import PhrasePicker
from coachdesk.ui.settings.keys import SheetDialog
from coachdesk.ui.settings.places import GroupForm, WorkshopForm
from coachdesk.ui.settings.retention import RemovalForm
from coachdesk.ui.shell import Shell
from coachdesk.ui.today.screen import TodayScreen
from coachdesk.ui.trainees.benefits import BenefitForm, BenefitsDialog
from coachdesk.ui.trainees.editor import TraineeEditor
from coachdesk.ui.trainees.join_form import JoinForm
from coachdesk.ui.trainees.next_step import NextStepForm
from coachdesk.ui.trainees.period_form import PeriodForm
from coachdesk.ui.trainees.periods import EndForm, PeriodsDialog
from coachdesk.ui.trainees.phase_form import PhaseForm
from coachdesk.ui.trainees.requests import AnswerForm, RequestForm, RequestsDialog
from coachdesk.ui.unlock.screen import UnlockScreen
from tests.ui import walking
from tests.ui.dialogs import arrived, kept
from tests.ui.test_paper import pdf  # noqa: F401 - a fixture

DAY, SHOP = date(2026, 12, 15), Workshop(id=1, name_fi="Malli")


def closed(shell: Shell, tmp_path) -> Shell:
    return Shell(jobs=shell.jobs, notices=shell.notices, clock=shell.clock, save_settings=lambda _s: None)


def agreement(shell: Shell, person: int) -> Agreement:
    kind = "rehabilitative_work_activity"
    begun = Period(trainee_id=person, workshop_id=1, service_kind=kind, begins=DAY.replace(year=2014))
    periods.add(shell.desk, replace(begun, ends=DAY.replace(year=2015)))
    phases.set_next_step(shell.desk, person, "Työpaikkakäynti", due=DAY)
    return periods.of_trainee(shell.desk, person)[0]


def asked(shell: Shell, person: int) -> RightsRequest:
    what = "Osoite on väärä"
    return rights_requests.record(
        shell.desk, RightsRequest(trainee_id=person, kind="restriction", asked=DAY, what=what)
    )


def somebody_like(shell: Shell, person: int) -> int:
    """A second record of the same person, with other values."""
    known = trainees.get(shell.desk, person)
    names = {"family_name": known.family_name, "given_names": "Göran Erik", "phone": "040 123 4567"}
    return trainees.register(shell.desk, Trainee(**names, personal_identity_code="010190-900P")).id


MADE = {
    "unlock": lambda shell, person, paper, folder: UnlockScreen(shell, shell.desk.folder),
    "first run": lambda shell, person, paper, folder: FirstRunScreen(closed(shell, folder), folder / "new"),
    "first run, recovery": lambda shell, person, paper, folder: FirstRunScreen(
        shell, shell.desk.folder, desk=shell.desk
    ),
    "keys": lambda shell, person, paper, folder: KeyList(shell, TodayScreen(shell)),
    "paper": lambda shell, person, paper, folder: PaperDialog(shell, paper, "", "plan.pdf"),
    "recovery sheet": lambda shell, person, paper, folder: SheetDialog(shell),
    "workshop": lambda shell, person, paper, folder: WorkshopForm(
        shell, Workshop(id=1, name_fi="Malli"), None
    ),
    "group": lambda shell, person, paper, folder: GroupForm(shell, SHOP, None),
    "phrase": lambda shell, person, paper, folder: PhraseForm(shell, Phrase()),
    "phrases": lambda shell, person, paper, folder: PhrasePicker(
        shell, phrases.bank(shell.desk), Place(note_kind="visit"), "sv"
    ),
    "join": lambda shell, person, paper, folder: JoinForm(shell, person, somebody_like(shell, person)),
    "trainee": lambda shell, person, paper, folder: TraineeEditor(shell),
    "period": lambda shell, person, paper, folder: PeriodForm(shell, person, None),
    "periods": lambda shell, person, paper, folder: PeriodsDialog(shell, person),
    "end of a period": lambda shell, person, paper, folder: EndForm(shell, agreement(shell, person)),
    "requests": lambda shell, person, paper, folder: RequestsDialog(shell, asked(shell, person).trainee_id),
    "request": lambda shell, person, paper, folder: RequestForm(shell, person),
    "answer": lambda shell, person, paper, folder: AnswerForm(shell, asked(shell, person)),
    "removal": lambda shell, person, paper, folder: RemovalForm(
        shell, retention.what_goes(shell.desk, agreement(shell, person).period.trainee_id)
    ),
    "benefit": lambda shell, person, paper, folder: BenefitForm(shell, person, None),
    "benefits": lambda shell, person, paper, folder: BenefitsDialog(shell, person),
    "next step": lambda shell, person, paper, folder: NextStepForm(shell, person, None),
    "phase": lambda shell, person, paper, folder: PhaseForm(
        shell, person, PhaseState(phase=1, state="not_started")
    ),
    "self-assessment": lambda shell, person, paper, folder: AssessmentForm(shell, person, None),
    "file": lambda shell, person, paper, folder: AttachmentForm(shell, person, arrived(paper)),
    "file shown": lambda shell, person, paper, folder: AttachmentViewer(shell, kept(person), paper),
    "removed": lambda shell, person, paper, folder: RemovedDialog(shell, person),
    "appointment": lambda shell, person, paper, folder: AppointmentForm(shell, person, None),
    "elsewhere": lambda shell, person, paper, folder: ElsewhereForm(shell, 1, person),
    "own view": lambda shell, person, paper, folder: OwnViewForm(shell, person, "note:1"),
    "not recorded": lambda shell, person, paper, folder: NotRecordedDialog(shell),
    "absence reports": lambda shell, person, paper, folder: ReportsDialog(shell, span_of(DAY)),
    "import": lambda shell, person, paper, folder: ImportDialog(shell),
    "restore": lambda shell, person, paper, folder: RestoreDialog(shell, folder / "desk"),
}
EACH = pytest.mark.parametrize("make", MADE.values(), ids=MADE.keys())
LANGUAGE = pytest.mark.parametrize("language", ["fi", "sv", "en"])
FIXED = {"keys"}  # made anew each time it is opened


@pytest.fixture
def open_(shell, a_trainee, pdf, tmp_path, qapp, qtbot):  # noqa: F811
    person = a_trainee("Lindström", "Göran", personal_identity_code="010190-900R")

    def open_(make, language):
        use_language(qapp, language)
        found = make(shell, person.id, pdf, tmp_path)
        qtbot.addWidget(found)
        if not found.isWindow() or isinstance(found, (UnlockScreen, FirstRunScreen)):
            found.resize(1366, 688)
        found.show()
        found.activateWindow()
        for _time in range(3):
            qapp.processEvents()
        return found

    yield open_
    use_language(qapp, "en")


@EACH
@LANGUAGE
def test_every_control_has_a_name(open_, make, language):
    window = open_(make, language)

    assert [walking.told(w) for w in walking.controls(window) if not walking.name_of(w)] == []


@EACH
@LANGUAGE
def test_no_word_is_cut(open_, make, language):
    assert list(walking.cut(open_(make, language))) == []


@EACH
@LANGUAGE
def test_it_fits_on_a_laptop(open_, make, language):
    window = open_(make, language)

    assert window.width() <= 1366
    assert window.height() <= 688


@EACH
def test_every_control_is_reached_by_tab(open_, make):
    window = open_(make, "en")
    wanted = list(walking.controls(window))

    reached = walking.tab_round(window, wanted[0])

    assert [walking.told(w) for w in wanted if w not in reached] == []


@pytest.mark.parametrize("name", [name for name in MADE if name not in FIXED])
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_word_changes_with_the_language_while_it_is_open(open_, qapp, name, language):
    window = open_(MADE[name], "en")

    use_language(qapp, language)
    QApplication.processEvents()

    english = walking.untranslated(language)
    said = walking.words(window)
    assert {(walking.told(w), where, text) for w, where, text in said if text in english} == set()


@EACH
def test_no_identity_code_stands_anywhere(open_, make):
    said = walking.words(open_(make, "fi"))

    assert [walking.told(w) for w, _where, text in said if walking.CODE.search(text.upper())] == []


@LANGUAGE
def test_question_has_room_for_its_words(qapp, qtbot, language):
    use_language(qapp, language)
    question = Question(
        None, "Perutaanko Göran Lindströmin suostumus?", "Peru suostumus", "Älä peru", "x" * 20
    )
    qtbot.addWidget(question)
    question.show()

    assert list(walking.cut(question)) == []
    use_language(qapp, "en")
