"""Every dialog of the window, how a test opens it, and what is typed into it."""

import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTextEdit,
    QWidget,
)

import coachdesk.ui
from coachdesk import i18n
from coachdesk.clock import HELSINKI
from coachdesk.domain import aggregate, letter_kinds
from coachdesk.domain.absences import span_of
from coachdesk.domain.notes import Note
from coachdesk.domain.period import Period
from coachdesk.domain.phases import Coaching, PhaseState
from coachdesk.domain.phrases import Phrase, Place, shipped
from coachdesk.domain.plan import Plan
from coachdesk.domain.region_letters import RegionLetter
from coachdesk.domain.rights_request import RightsRequest
from coachdesk.domain.trainee import Benefit, Feedback, Trainee
from coachdesk.domain.workshop import Coach
from coachdesk.services import (
    coaching,
    consent_sheets,
    letter_lists,
    notes,
    offering,
    periods,
    phases,
    phrases,
    plan_sheets,
    plans,
    plans_by_others,
    retention,
    rights_requests,
    trainees,
    workshops,
)
from coachdesk.services.desk import Desk
from coachdesk.store.enrolments import REGIONS, RegionRow
from coachdesk.store.letters import LETTERS
from coachdesk.ui.day_edit import DayEdit, TimeField
from coachdesk.ui.shell import Shell

DAY = date(2026, 12, 14)
BASES = {
    "handover.slow.SlowForm",
    "form.FormDialog",
    "screen.Dialog",
    "consents.dialogs._About",
    "trainees.rows_dialog.RowsDialog",
    "trainees.rows_dialog.KeptRowsDialog",
    "why_form.WhyForm",
}


def furnish(desk: Desk) -> int:
    """Somebody with one of everything that a dialog may be about; the trainee's id."""
    person = trainees.register(desk, Trainee(family_name="Lindström", given_names="Göran"))
    trainees.add_benefit(
        desk, Benefit(trainee_id=person.id, benefit="general_support", payer="kela", begins=DAY)
    )
    workshops.add_group(desk, 1, "Puu")
    body = "wellbeing_area_ostrobothnia"
    periods.add(
        desk,
        Period(
            trainee_id=person.id, workshop_id=1, service_kind="rehabilitative_work_activity", controller=body,
            purchaser=body, ground="service_decision", begins=DAY,
        ),
    )  # fmt: skip
    phases.set_next_step(desk, person.id, "Työpaikkakäynti", due=date(2026, 12, 21))
    at = datetime(2026, 12, 14, 10, 0, tzinfo=HELSINKI)
    notes.add(
        desk, Note(trainee_id=person.id, at=at, kind="conversation", place="workshop", text="Puhuttiin")
    )
    coaching.begin(desk, Coaching(trainee_id=person.id, begins=DAY))
    coaching.grade(desk, Feedback(trainee_id=person.id, grade=8, on_day=DAY))
    rights_requests.record(
        desk, RightsRequest(trainee_id=person.id, kind="rectification", asked=DAY, what="Osoite on väärä")
    )
    plans.begin(desk, person.id, "coaching_plan")
    plans_by_others.record_others(
        desk, Plan(trainee_id=person.id, kind="activation_plan", ours=False, maker="TE", made=DAY)
    )
    return person.id


@dataclass
class World:
    """A furnished desk, as the dialogs see it."""

    shell: Shell
    person: int
    paper: bytes = b""

    @property
    def desk(self) -> Desk:
        return self.shell.desk

    @cached_property
    def consents(self) -> Any:
        return consent_sheets.page(self.desk, self.person)

    @cached_property
    def plans(self) -> Any:
        return plan_sheets.sheet(self.desk, self.person).rows

    @property
    def own(self) -> Plan:
        return next(row.plan for row in self.plans if row.plan.ours)

    @property
    def version(self) -> Any:
        row = next(row for row in self.plans if row.plan.ours)
        return plan_sheets.version(self.desk, row.newest.id)

    @property
    def shop(self) -> Any:
        return workshops.all_workshops(self.desk)[0]

    @cached_property
    def letter(self) -> Any:
        return letter_lists.open_letter(self.desk, a_letter(self.desk))

    @property
    def card(self) -> Any:
        return offering.cards(self.desk)[0]

    @property
    def figures(self) -> Any:
        quarter = aggregate.last_finished(DAY)
        member = aggregate.Member(**{key: names[0] for key, names in aggregate.classes().items()})
        item = aggregate.item("0" * 32, "0" * 32, quarter, 40, aggregate.tables([member] * 40))
        return offering.FiguresSheet(
            region=("Malli", "Modell"), region_id="m", shop=self.shop, quarter=quarter, state="open",
            item=item, lines=aggregate.lines(item, i18n.current()),
        )  # fmt: skip

    def first(self, found: Any) -> Any:
        return found(self.desk, self.person)[0]


def _at(name: str) -> Any:
    module, _, word = name.rpartition(".")
    return getattr(import_module(f"coachdesk.ui.{module}"), word)


Maker = Callable[[World, Callable[..., Any]], QDialog]
TYPED: dict[str, tuple[Maker, ...]] = {
    "access_log.screen.CopyForm": (lambda w, form: form(w.shell, w.person, None),),
    "access_log.screen.ReportForm": (lambda w, form: form(w.shell, w.person, None),),
    "appointments.editor.AppointmentForm": (lambda w, form: form(w.shell, w.person, None),),
    "assessments.form.AssessmentForm": (lambda w, form: form(w.shell, w.person, None),),
    "attachments.form.AttachmentForm": (
        lambda w, form: form(w.shell, w.person, arrived(b"%PDF-1.7")),
        lambda w, form: form(w.shell, w.person, kept(w.person)),
    ),
    "coaches.everybody.EverybodyForm": (lambda w, form: form(w.shell),),
    "coaches.reason.ReasonForm": (lambda w, form: form(w.shell, w.person),),
    "consents.dialogs.InformationForm": (lambda w, form: form(w.shell, w.consents),),
    "consents.dialogs.PermissionForm": (lambda w, form: form(w.shell, w.consents),),
    "consents.dialogs.ProhibitionForm": (lambda w, form: form(w.shell, w.consents),),
    "handover.arrived.RefuseForm": (lambda w, form: form(w.shell, Path("x"), handed_over()),),
    "letters.answer.AnswerForm": (lambda w, form: form(w.shell, w.letter),),
    "notes.forms.ElsewhereForm": (lambda w, form: form(w.shell, 1, w.person),),
    "notes.forms.OwnViewForm": (lambda w, form: form(w.shell, w.person, "note:1"),),
    "phrases.form.PhraseForm": (
        lambda w, form: form(w.shell, Phrase()),
        lambda w, form: form(w.shell, shipped("tells_if_ill")),
    ),
    "plans.end_form.EndForm": (lambda w, form: form(w.shell, w.own),),
    "plans.others_form.OthersPlanForm": (lambda w, form: form(w.shell, w.person, w.plans),),
    "plans.people_form.PeopleForm": (lambda w, form: form(w.shell, w.own, w.version.version),),
    "plans.sign_form.SignForm": (lambda w, form: form(w.shell, w.version),),
    "settings.card_form.CardForm": (lambda w, form: form(w.shell, w.card),),
    "settings.coaches.CoachForm": (
        lambda w, form: form(w.shell, Coach(name=""), None),
        lambda w, form: form(w.shell, workshops.coach(w.desk), None),
    ),
    "settings.places.WorkshopForm": (lambda w, form: form(w.shell, w.shop, None),),
    "settings.places.GroupForm": (
        lambda w, form: form(w.shell, w.shop, None),
        lambda w, form: form(w.shell, w.shop, None, workshops.groups(w.desk)[0]),
    ),
    "trainees.benefits.BenefitForm": (
        lambda w, form: form(w.shell, w.person, None),
        lambda w, form: form(w.shell, w.person, w.first(trainees.benefits)),
    ),
    "trainees.coaching.CoachingForm": (
        lambda w, form: form(w.shell, w.person, None),
        lambda w, form: form(w.shell, w.person, w.first(coaching.of_trainee)),
    ),
    "trainees.editor.TraineeEditor": (
        lambda w, form: form(w.shell),
        lambda w, form: form(w.shell, w.person),
    ),
    "trainees.grades.GradeForm": (
        lambda w, form: form(w.shell, w.person, None),
        lambda w, form: form(w.shell, w.person, w.first(coaching.grades)),
    ),
    "trainees.next_step.NextStepForm": (
        lambda w, form: form(w.shell, w.person, None),
        lambda w, form: form(w.shell, w.person, phases.next_step(w.desk, w.person)),
    ),
    "trainees.period_form.PeriodForm": (
        lambda w, form: form(w.shell, w.person, None),
        lambda w, form: form(w.shell, w.person, w.first(periods.of_trainee)),
    ),
    "trainees.periods.EndForm": (lambda w, form: form(w.shell, w.first(periods.of_trainee)),),
    "trainees.reopen_form.ReopenForm": (lambda w, form: form(w.shell, w.person),),
    "trainees.requests.RequestForm": (lambda w, form: form(w.shell, w.person),),
    "trainees.requests.AnswerForm": (lambda w, form: form(w.shell, w.first(rights_requests.of_trainee)),),
    "trainees.phase_form.PhaseForm": (
        lambda w, form: form(w.shell, w.person, PhaseState(phase=1, state="not_started")),
        lambda w, form: form(w.shell, w.person, PhaseState(phase=2, state="done")),
    ),
}
WITHOUT_WORDS: dict[str, Maker] = {  # nothing can be typed into these
    "access_log.removed.RemovedDialog": lambda w, dialog: dialog(w.shell, w.person),
    "attachments.viewer.AttachmentViewer": lambda w, dialog: dialog(w.shell, kept(w.person), w.paper),
    "attendance.reports.ReportsDialog": lambda w, dialog: dialog(w.shell, span_of(DAY)),
    "handover.arrived.ArrivedForm": lambda w, form: form(w.shell, Path("x"), handed_over()),
    "handover.give.GiveForm": lambda w, form: form(w.shell, w.person),
    "imports.dialog.ImportDialog": lambda w, dialog: dialog(w.shell),  # its corrections: test_import_dialog
    "keyboard.KeyList": lambda w, dialog: dialog(w.shell, _at("today.screen.TodayScreen")(w.shell)),
    "letters.grant.GrantForm": lambda w, form: form(w.shell, w.letter),  # ticks only: tests/ui/letters
    "letters.whose.WhoseForm": lambda w, form: form(w.shell, w.letter),
    "letters.dialog.LetterDialog": lambda w, dialog: dialog(w.shell, w.letter.letter.id),
    "notes.not_recorded.NotRecordedDialog": lambda w, dialog: dialog(w.shell),
    "notices.Question": lambda w, dialog: dialog(None, "Poistetaanko?", "Poista", "Älä poista"),
    "plans.replaces_form.ReplacesForm": lambda w, form: form(w.shell, w.own, w.plans, (None, ""), "fi"),
    "practice.dialog.PracticeDialog": lambda w, dialog: dialog(w.shell, begins=False),
    "reports.rows.RowsDialog": lambda w, dialog: dialog(w.shell, "Rivit", ()),
    "settings.figures_dialog.FiguresDialog": lambda w, dialog: dialog(w.shell, w.figures),
    "sync.enrol.KeysDialog": lambda w, dialog: dialog(w.shell, (_keys(),), None),
    "trainees.benefits.BenefitsDialog": lambda w, dialog: dialog(w.shell, w.person),
    "trainees.coaching.CoachingDialog": lambda w, dialog: dialog(w.shell, w.person),
    "trainees.grades.GradesDialog": lambda w, dialog: dialog(w.shell, w.person),
    "trainees.join_form.JoinForm": lambda w, form: form(w.shell, w.person),
    "trainees.requests.RequestsDialog": lambda w, dialog: dialog(w.shell, w.person),
    "settings.retention.RemovalForm": lambda w, form: form(w.shell, retention.what_goes(w.desk, w.person)),
    "trainees.periods.PeriodsDialog": lambda w, dialog: dialog(w.shell, w.person),
}
NOT_KEPT: dict[str, tuple[str, Maker]] = {
    "backups.restore.RestoreDialog": (
        "a passphrase is never written down, and no desk is open",
        lambda w, dialog: dialog(w.shell, w.desk.folder),
    ),
    "coaches.forms.LetInForm": (
        "a passphrase is never written down",
        lambda w, form: form(w.shell, workshops.coach(w.desk)),
    ),
    "coaches.prove.ProveForm": (
        "the groups of the recovery key are never written down by the program",
        lambda w, form: form(w.shell),
    ),
    "coaches.forms.RemovalForm": (
        "a passphrase is never written down",
        lambda w, form: form(w.shell, workshops.coach(w.desk)),
    ),
    "paper.PaperDialog": (
        "a page number is no record",
        lambda w, dialog: dialog(w.shell, w.paper, "", "plan.pdf"),
    ),
    "plans.find_paper.FindPaperForm": (
        "a check code that is looked up is no record",
        lambda w, form: form(w.shell),
    ),
    "phrases.picker.PhrasePicker": (
        "what is looked for in the bank is no record",
        lambda w, dialog: dialog(w.shell, phrases.bank(w.desk), Place(plan_item="goals"), "fi"),
    ),
    "sync.code.CodeDialog": (
        "a one-time code is good once and never written down",
        lambda w, dialog: dialog(w.shell),
    ),
    "settings.keys.SheetDialog": (
        "the groups of the recovery key are never written down by the program",
        lambda w, dialog: dialog(w.shell),
    ),
}


def a_letter(desk: Desk) -> int:
    """A referral as it lies in the desk; its id."""
    person = {"family_name": "Åström", "given_names": "Mio", "phone": "040 000 2233"}
    item = letter_kinds.made(
        "referral", "1" * 32, person=person, service="work_tryout", written="2026-12-14",
        **{"from": {"name": "Siv Sjöblom"}},
    )  # fmt: skip
    at = datetime(2026, 12, 14, 10, 0, tzinfo=HELSINKI)
    with desk.writing() as unit:
        for before in LETTERS.find(unit):
            return before.id
        region = RegionRow(id="m", recipient="kela", name_fi="Malli", name_sv="Modell", keys=(), enrolled=at)
        REGIONS.add(unit, region)
        kept = LETTERS.add(
            unit,
            RegionLetter(region_id="m", uid="1" * 32, kind="referral", content=item, received=at),
        )
        unit.commit()
    return kept.id


def arrived(content: bytes) -> Any:
    """A file that says another kind than it is."""
    from coachdesk.domain.attachment import Judged, LookedAt
    from coachdesk.services.attachments import ReadFile
    from coachdesk.ui.attachments.form import Arrived

    judged = Judged(name="todistus.png", kind="pdf", said="png")
    return Arrived(file=ReadFile(judged=judged, content=content), looked=LookedAt())


def kept(person: int) -> Any:
    """A kept file of somebody."""
    from coachdesk.domain.attachment import Attachment

    return Attachment(
        id=1, trainee_id=person, file="0" * 32, kind="pdf", title="Todistus", size=9,
        added=datetime(2026, 12, 14, 10, 0, tzinfo=HELSINKI),
    )  # fmt: skip


def handed_over() -> Any:
    """A trainee from another desk who is somebody here."""
    from coachdesk.domain import handover
    from coachdesk.domain.comparing import Value

    return handover.Arrived(
        uid="0" * 32,
        desk=handover.OtherDesk(
            id="x" * 43, name_fi="Toinen", name_sv="Den andra", fingerprint="AAAA", known=False
        ),
        name="Göran Lindström", birth_year=1990, ground="ended", coach="Maija Malli",
        made=datetime(2026, 12, 14, 10, 0, tzinfo=HELSINKI),
        met=handover.Met(
            new={"note": 2},
            values=(
                Value(name="trainee\n\nphone", mine="040 1", theirs="050 2"),
                Value(name="attended_day\nx\x1f2026-12-07\nkind", mine="present", theirs="absent"),
            ),
        ),
        tasks=(handover.Task(kind="next_step", text="Soitetaan", when="2026-12-21"),),
        consents=2,
    )  # fmt: skip


def _keys() -> Any:
    from coachdesk.services.sync_sheets import KeySheet

    names = {"name_fi": "Malli", "name_sv": "Modell"}
    return KeySheet(
        region_id="m", recipient="kela", **names, region_fingerprint="AAAA", desk_fingerprint="BBBB"
    )


def known() -> set[str]:
    """The names of the dialogs in the tables above."""
    return {*TYPED, *WITHOUT_WORDS, *NOT_KEPT}


def everywhere() -> set[str]:
    """The names of all dialogs that there are."""
    for module in pkgutil.walk_packages(coachdesk.ui.__path__, "coachdesk.ui."):
        import_module(module.name)
    return {name for kind in _under(QDialog) if (name := _name(kind))} - BASES


def _under(kind: type) -> Iterator[type]:
    for sub in kind.__subclasses__():
        yield sub
        yield from _under(sub)


def _name(kind: type) -> str:
    whole = f"{kind.__module__}.{kind.__qualname__}"
    return whole.removeprefix("coachdesk.ui.") if whole.startswith("coachdesk.ui.") else ""


def make(world: World, name: str, which: int = 0) -> QDialog:
    """Open a dialog of the tables."""
    if name in TYPED:
        return TYPED[name][which](world, _at(name))
    maker = WITHOUT_WORDS.get(name) or NOT_KEPT[name][1]
    return maker(world, _at(name))


def fields(dialog: QWidget) -> list[QWidget]:
    """Everything that can be typed into, in the order of the form."""
    kinds = (QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox)
    found = [w for w in dialog.findChildren(QWidget) if isinstance(w, kinds)]
    inside = [w for w in found if isinstance(w, QLineEdit) and isinstance(w.parent(), QAbstractSpinBox)]
    return [w for w in found if w not in inside]


def type_into(dialog: QWidget) -> dict[int, Any]:
    """Type something of its own into each field; what stands there then, by place."""
    for at, field in enumerate(fields(dialog)):
        match field:
            case DayEdit():
                field.setText(f"{at % 27 + 1}.12.2026")
            case TimeField():
                field.setText(f"{at % 12 + 8}.15")
            case QSpinBox():
                field.setValue(at + 3)
            case QPlainTextEdit() | QTextEdit():
                field.setPlainText(f"Sanoja {at}, å ä ö")
            case QLineEdit() if field.maxLength() < 8:
                field.setText(str(at + 3))
            case QLineEdit():
                field.setText(f"Sana {at}")
    return standing(dialog)


def standing(dialog: QWidget) -> dict[int, Any]:
    """What stands in each field, by place."""
    found: dict[int, Any] = {}
    for at, field in enumerate(fields(dialog)):
        if isinstance(field, QSpinBox):
            found[at] = field.value()
        else:
            found[at] = field.text() if isinstance(field, QLineEdit) else field.toPlainText()  # type: ignore[attr-defined]
    return found
