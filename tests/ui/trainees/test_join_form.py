"""Two cards side by side: chosen by key, joined, undone, parted again."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from coachdesk.domain.notes import Note
from coachdesk.domain.plan import Plan
from coachdesk.domain.trainee import Trainee
from coachdesk.services import joining, notes, plans_by_others, trainees
from coachdesk.services.desk import Desk
from coachdesk.ui.shell import Shell
from coachdesk.ui.trainees.duplicates import DuplicatePanel
from coachdesk.ui.trainees.join_form import JoinForm
from coachdesk.ui.widgets.buttons import Button


@pytest.fixture
def two(desk: Desk) -> tuple[Trainee, Trainee]:
    trainees.register(desk, Trainee(family_name="Aalto", given_names="Eva"))
    kept = trainees.register(desk, Trainee(family_name="Lindström", given_names="Göran", phone="040 1"))
    gone = trainees.register(
        desk,
        Trainee(family_name="Lindstrom", given_names="Göran", phone="040 2", email="g@example.fi"),
    )
    notes.add(desk, Note(trainee_id=gone.id, at=desk.clock.now(), kind="conversation", text="Puhuttiin"))
    return kept, gone


def opened(qtbot: QtBot, shell: Shell, kept: int, other: int | None = None) -> JoinForm:
    form = JoinForm(shell, kept, other)
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(form)
    form.open()
    return form


def words(form: JoinForm) -> str:
    return "\n".join(one.text() for one in form.findChildren(QLabel) if not one.isHidden())


def test_who_looks_alike_is_offered_first(
    qtbot: QtBot, shell: Shell, desk: Desk, two: tuple[Trainee, Trainee]
) -> None:
    form = opened(qtbot, shell, two[0].id)

    assert form.other.itemData(1) == str(two[1].id)
    assert not form.keep_button.isEnabled()


def test_values_are_chosen_by_key_and_joined(
    qtbot: QtBot, shell: Shell, desk: Desk, two: tuple[Trainee, Trainee]
) -> None:
    form = opened(qtbot, shell, two[0].id, two[1].id)
    assert set(form.sides) == {"family_name", "phone", "email"}
    assert form.chosen(1) == ("email",)  # only the other record tells it
    mine = form.sides["phone"][0].button
    qtbot.keyClick(mine, Qt.Key.Key_Right)
    assert "Notes 1" in words(form)

    with qtbot.waitSignal(form.did) as did:
        form.try_to_keep()

    kept = trainees.get(desk, two[0].id)
    assert (kept.family_name, kept.phone, kept.email) == ("Lindström", "040 2", "g@example.fi")
    _label, undo, redo = did.args
    undo()
    assert trainees.get(desk, two[0].id) == two[0] and trainees.get(desk, two[1].id) == two[1]
    redo()
    assert trainees.get(desk, two[0].id) == kept


def test_the_other_record_may_be_the_kept_one(
    qtbot: QtBot, shell: Shell, desk: Desk, two: tuple[Trainee, Trainee]
) -> None:
    form = opened(qtbot, shell, two[0].id, two[1].id)
    form.turn.click()
    with qtbot.waitSignal(form.went) as went:
        form.try_to_keep()

    assert went.args == [two[1].id]
    assert trainees.get(desk, two[1].id).family_name == "Lindstrom"


def test_of_two_valid_plans_one_is_asked_for_at_its_field(
    qtbot: QtBot, shell: Shell, desk: Desk, two: tuple[Trainee, Trainee]
) -> None:
    for one in two:
        plans_by_others.record_others(
            desk,
            Plan(trainee_id=one.id, kind="activation_plan", ours=False, maker="TE", made=date(2026, 12, 1)),
        )
    form = opened(qtbot, shell, two[0].id, two[1].id)
    form.try_to_keep()
    assert not form.fields["plan"].isHidden() and len(joining.of_trainee(desk, two[0].id)) == 0

    form.plan.choose("gone")
    form.try_to_keep()

    assert len(joining.of_trainee(desk, two[0].id)) == 1


def test_what_was_joined_is_parted_from_the_same_place(
    qtbot: QtBot, shell: Shell, desk: Desk, two: tuple[Trainee, Trainee]
) -> None:
    opened(qtbot, shell, two[0].id, two[1].id).try_to_keep()

    again = opened(qtbot, shell, two[0].id)
    assert "Lindstrom, Göran" in words(again)
    again.part_button.click()

    assert trainees.get(desk, two[1].id) == two[1]


def test_different_identity_codes_are_said_and_never_shown(qtbot: QtBot, shell: Shell, desk: Desk) -> None:
    codes = ("150385Y9024", "010190-900P")
    one, other = (
        trainees.register(desk, Trainee(family_name="Malli", personal_identity_code=code)) for code in codes
    )
    form = opened(qtbot, shell, one.id, other.id)

    assert not form.strange.isHidden()
    assert not any(code in words(form) for code in codes)


def test_the_warning_of_a_known_trainee_leads_to_joining(
    qtbot: QtBot, desk: Desk, two: tuple[Trainee, Trainee]
) -> None:
    panel = DuplicatePanel()
    qtbot.addWidget(panel)
    panel.show_found(two[0], trainees.duplicates(desk, two[0]))
    join = next(b for b in panel.findChildren(Button) if "join" in b.text())

    with qtbot.waitSignal(panel.join_asked) as asked:
        join.click()
    assert asked.args == [two[1].id]
