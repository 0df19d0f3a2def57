"""Registering and editing: duplicates side by side, the code behind dots, the protected address."""

from dataclasses import replace
from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coachdesk.domain.identity_code import MASKED
from coachdesk.domain.trainee import Benefit, Trainee
from coachdesk.services import periods, trainees
from coachdesk.services.desk import Desk
from coachdesk.ui.day_edit import read_day, read_time
from coachdesk.ui.shell import Shell
from coachdesk.ui.trainees.benefits import BenefitForm, BenefitsDialog
from coachdesk.ui.trainees.editor import TraineeEditor
from coachdesk.ui.trainees.period_form import PeriodForm
from coachdesk.ui.trainees.periods import EndForm, PeriodsDialog

TODAY = date(2026, 12, 15)  # a Tuesday


@pytest.fixture
def goran(desk: Desk) -> Trainee:
    return trainees.register(
        desk,
        Trainee(
            family_name="Lindström",
            given_names="Göran",
            personal_identity_code="150385Y9024",
            municipality="475",
            street_address="Mallikatu 1",
        ),
    )


def editor(qtbot: QtBot, shell: Shell, trainee_id: int | None = None) -> TraineeEditor:
    found = TraineeEditor(shell, trainee_id)
    found.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot closes it
    qtbot.addWidget(found)
    return found


def test_name_alone_registers_somebody(qtbot: QtBot, shell: Shell, desk: Desk) -> None:
    form = editor(qtbot, shell)
    form.family.setText("Mäkelä")
    form.given.setText("Säde")
    with qtbot.waitSignal(form.kept) as kept:
        form.try_to_keep()
    found = trainees.get(desk, kept.args[0].id)
    assert (found.name, found.responsible_coach_id, found.first_contact) == ("Mäkelä, Säde", 1, TODAY)


def test_nobody_is_registered_without_a_name(qtbot: QtBot, shell: Shell) -> None:
    form = editor(qtbot, shell)
    form.try_to_keep()
    assert form.fields["family_name"].error == "A trainee needs a family name."


def test_all_fields_go_to_the_record_and_come_back(qtbot: QtBot, shell: Shell, desk: Desk) -> None:
    whole = Trainee(
        family_name="Đorđević",
        given_names="Zoran",
        former_names="Petrović",
        personal_identity_code="070705B998M",
        phone="050 000 0000",
        email="zoran@example.invalid",
        street_address="Mallikatu 2",
        postal_code="65100",
        post_office="Vaasa",
        municipality="905",
        mother_tongue="sr",
        service_language="sv",
        interpreter_language="sr",
        language_level="A2",
        reached_how="tekstiviestillä",
        devices="oma puhelin",
        responsible_coach_id=1,
        referred_by="kela",
        referred_by_whom="M. Malli",
        first_contact=date(2026, 12, 1),
        goal="Oma verstas.",
        support_needed="rauhallinen aloitus",
    )
    kept = trainees.register(desk, whole)
    form = editor(qtbot, shell, kept.id)
    assert form.typed() == kept


def test_possible_duplicate_is_shown_beside_what_is_typed(qtbot: QtBot, shell: Shell, goran: Trainee) -> None:
    form = editor(qtbot, shell)
    form.show()
    form.family.setText("Lindstrom")
    form.given.setText("Goran")
    form.looking.timeout.emit()
    assert form.alike.isVisible()
    (like,) = form.alike.found
    assert (like.trainee.id, like.alike) == (goran.id, ("names",))
    with qtbot.waitSignal(form.opened) as opened:
        form.alike.opened.emit(goran.id)
    assert opened.args == [goran.id]


def test_warning_of_a_duplicate_blocks_nothing(qtbot: QtBot, shell: Shell, goran: Trainee) -> None:
    form = editor(qtbot, shell)
    form.family.setText("Lindström")
    form.given.setText("Göran")
    form.look()
    with qtbot.waitSignal(form.kept):
        form.try_to_keep()


def test_wrong_code_is_told_after_leaving_the_field(qtbot: QtBot, shell: Shell) -> None:
    form = editor(qtbot, shell)
    form.code.edit.setText("150385Y9025")
    assert form.fields["personal_identity_code"].error == ""
    form.code.edit.editingFinished.emit()
    assert form.fields["personal_identity_code"].error == (
        "The check symbol of the identity code does not fit its digits."
    )
    form.code.edit.setText("150385Y902")
    form.code.edit.editingFinished.emit()
    assert form.fields["personal_identity_code"].error == "This is not a right identity code yet."
    form.code.edit.setText("150385y9024")
    form.code.edit.editingFinished.emit()
    assert form.fields["personal_identity_code"].error == ""
    assert form.controls["birth_date"].day == date(1985, 3, 15)


def test_code_stands_behind_dots_and_survives_an_edit(
    qtbot: QtBot, shell: Shell, desk: Desk, goran: Trainee
) -> None:
    form = editor(qtbot, shell, goran.id)
    assert form.code.edit.text() == MASKED
    form.controls["phone"].setText("050 111 1111")
    form.try_to_keep()
    assert trainees.get(desk, goran.id) == replace(goran, phone="050 111 1111")


def test_code_is_shown_when_asked_for_and_hides_again(qtbot: QtBot, shell: Shell, goran: Trainee) -> None:
    form = editor(qtbot, shell, goran.id)
    form.code.eye.click()
    assert form.code.edit.text() == "150385Y9024"
    form.code.hiding.timeout.emit()
    assert form.code.edit.text() == MASKED


def test_protected_address_is_not_in_the_form_and_is_not_lost(
    qtbot: QtBot, shell: Shell, desk: Desk, goran: Trainee
) -> None:
    protected = replace(goran, non_disclosure=True)
    trainees.edit(desk, protected)
    form = editor(qtbot, shell, goran.id)
    assert form.controls["street_address"].text() == ""
    form.try_to_keep()
    assert trainees.get(desk, goran.id) == protected


def test_non_disclosure_is_asked_before_the_address(qtbot: QtBot, shell: Shell) -> None:
    form = editor(qtbot, shell)
    form.show()
    at = form.non_disclosure.nextInFocusChain()
    while at is not form.controls["street_address"]:
        assert at is not form.controls["phone"] and at is not form.family
        at = at.nextInFocusChain()
    assert form.non_disclosure.y() < form.fields["street_address"].y()


def test_any_finnish_municipality_or_text_is_taken(qtbot: QtBot, shell: Shell) -> None:
    form = editor(qtbot, shell)
    box = form.controls["municipality"]
    assert box.itemText(0) == "Kaskinen"
    for typed, key in (("Korsholm", "499"), ("905", "905"), ("inari", "148"), ("Utopia", "Utopia")):
        box.setCurrentText(typed)
        assert box.key == key


def test_undo_of_a_registration_takes_it_back(qtbot: QtBot, shell: Shell, desk: Desk) -> None:
    form = editor(qtbot, shell)
    form.family.setText("Mäkelä")
    with qtbot.waitSignal(form.kept) as kept:
        form.try_to_keep()
    shell.undo.undo()
    with pytest.raises(LookupError):
        trainees.get(desk, kept.args[0].id)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("", None),
        ("17.12", date(2026, 12, 17)),
        ("17.12.", date(2026, 12, 17)),
        ("3.1", date(2027, 1, 3)),
        ("3.1.26", date(2026, 1, 3)),
        ("2026-12-24", date(2026, 12, 24)),
        ("to", date(2026, 12, 17)),
        ("Torstai", date(2026, 12, 17)),
        ("tors", date(2026, 12, 17)),
        ("ti", date(2026, 12, 22)),
        ("tänään", TODAY),
        ("i morgon", date(2026, 12, 16)),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, day: date | None) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["31.2", "x", "17.13.2026", "12345"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    from coachdesk.errors import Refused

    with pytest.raises(Refused):
        read_day(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "at"), [("", None), ("9", time(9)), ("9.30", time(9, 30)), ("0930", time(9, 30))]
)
def test_times_are_read_as_people_write_them(typed: str, at: time | None) -> None:
    assert read_time(typed) == at


def test_period_is_begun_with_its_week_and_warned_of(
    qtbot: QtBot, shell: Shell, desk: Desk, goran: Trainee
) -> None:
    dialog = PeriodsDialog(shell, goran.id)
    qtbot.addWidget(dialog)
    dialog.new.click()
    form = dialog.findChild(PeriodForm)
    for number in range(1, 6):
        form.week.ticks[number].setChecked(True)
    form.controls["ends"].setText("15.6.2027")
    form.warn()
    assert "5 days a week" in form.cautions.text and "189/2001" in form.cautions.text
    form.try_to_keep()
    (found,) = periods.of_trainee(desk, goran.id)
    assert len(found.agreed) == 5 and found.period.controller == "wellbeing_area_ostrobothnia"
    assert len(dialog.model.rows) == 1


def test_change_of_the_week_leaves_its_past_as_it_was(
    qtbot: QtBot, shell: Shell, desk: Desk, goran: Trainee
) -> None:
    from coachdesk.domain.period import AgreedDay, Period, planned

    monday = AgreedDay(period_id=0, weekday=1, starts_at=time(9), minutes=300, valid_from=date(2026, 10, 1))
    period = Period(trainee_id=goran.id, workshop_id=1, service_kind="work_tryout", begins=date(2026, 10, 1))
    periods.add(desk, period, agreed=[monday])
    form = PeriodForm(shell, goran.id, periods.of_trainee(desk, goran.id)[0])
    form.week.ticks[1].setChecked(False)
    form.week.ticks[3].setChecked(True)
    form.try_to_keep()
    (found,) = periods.of_trainee(desk, goran.id)
    assert planned(found.agreed, date(2026, 12, 14)) is not None
    assert planned(found.agreed, date(2026, 12, 21)) is None
    assert planned(found.agreed, date(2026, 12, 16)).minutes == 300


def test_period_ends_with_its_reason_and_undo_opens_it(
    qtbot: QtBot, shell: Shell, desk: Desk, goran: Trainee
) -> None:
    from coachdesk.domain.period import Period

    periods.add(
        desk,
        Period(trainee_id=goran.id, workshop_id=1, service_kind="work_tryout", begins=date(2026, 10, 1)),
    )
    dialog = PeriodsDialog(shell, goran.id)
    qtbot.addWidget(dialog)
    undo = []
    dialog.did.connect(lambda _label, work, _redo: undo.append(work))
    dialog.end.click()
    form = dialog.findChild(EndForm)
    form.day.setText("30.11.")
    form.reason.choose("employed")
    form.try_to_keep()
    assert periods.of_trainee(desk, goran.id)[0].period.ended == date(2026, 11, 30)
    undo[0]()
    assert periods.of_trainee(desk, goran.id)[0].period.ended is None


def test_fund_is_named_when_a_fund_pays(qtbot: QtBot, shell: Shell, desk: Desk, goran: Trainee) -> None:
    dialog = BenefitsDialog(shell, goran.id)
    qtbot.addWidget(dialog)
    dialog.new.click()
    form = dialog.findChild(BenefitForm)
    assert form.fields["payer_name"].isHidden()
    form.benefit.choose("earnings_related_allowance")
    form.payer.choose("unemployment_fund")
    form.payer.chosen.emit("unemployment_fund")
    assert not form.fields["payer_name"].isHidden()
    form.payer_name.setText("Mallikassa")
    form.try_to_keep()
    (found,) = trainees.benefits(desk, goran.id)
    assert isinstance(found, Benefit) and found.payer_name == "Mallikassa"


def test_abolished_benefit_is_not_offered_but_stays_where_it_stands(
    qtbot: QtBot, shell: Shell, goran: Trainee
) -> None:
    old = Benefit(
        id=3, trainee_id=goran.id, benefit="labour_market_subsidy", payer="kela", begins=date(2026, 1, 1)
    )
    new, kept = BenefitForm(shell, goran.id, None), BenefitForm(shell, goran.id, old)
    for form in (new, kept):
        qtbot.addWidget(form)
    assert new.benefit.findData("labour_market_subsidy") < 0
    assert new.benefit.findData("general_support") >= 0
    assert kept.benefit.key == "labour_market_subsidy"


def test_long_name_of_a_duplicate_leaves_the_form_its_width(qtbot: QtBot, shell: Shell, desk: Desk) -> None:
    family = "Mallinen-Esimerkkinen-Pitkänimi-Lisänimi-Vielälisää"
    trainees.register(desk, Trainee(family_name=family, given_names="Maximiliana Alexandra Konstantina"))
    form = editor(qtbot, shell)
    form.family.setText(family)
    form.given.setText("Maximiliana")
    form.show()
    form.look()
    assert form.alike.isVisible()
    room = form.alike.parentWidget()
    assert room is not None
    assert room.width() <= form.width()
