from datetime import date

import pytest
from PySide6.QtTest import QTest

from coachdesk.domain.phases import norm_on
from coachdesk.errors import WrongPassphrase
from coachdesk.services import phases, workshops
from coachdesk.services.opening import open_desk
from coachdesk.ui.settings.coaches import CoachForm
from coachdesk.ui.settings.places import GroupForm, WorkshopForm
from coachdesk.ui.settings.screen import SettingsScreen
from tests.conftest import CHEAP, PASSPHRASE


@pytest.fixture
def open_section(shell, qtbot):
    screens = []

    def open_section(name):
        screen = SettingsScreen(shell)
        screens.append(screen)
        qtbot.addWidget(screen)
        screen.resize(1118, 586)
        screen.show()
        screen.arrive(name)
        section = screen.sections[screen._at]
        section.refresh()
        return section

    yield open_section


def test_language_is_changed_by_a_button(shell, open_section):
    told = []
    shell.settings_changed.connect(told.append)

    open_section("LookSection").tongue.buttons["sv"].click()

    assert told[-1].language == "sv"


def test_text_size_and_look_are_chosen(shell, open_section):
    section = open_section("LookSection")

    section.text_size.buttons["130"].click()
    section.dark.buttons["dark"].click()

    assert (shell.settings.text_size, shell.settings.theme) == (130, "dark")


def test_own_details_are_kept_and_can_be_undone(desk, shell, open_section):
    section = open_section("OwnSection")
    assert not section.keep_button.isEnabled()

    QTest.keyClicks(section.edit("title"), "Handledare")
    section.keep_button.click()
    assert workshops.coach(desk).title == "Handledare"

    shell.undo.undo()
    assert workshops.coach(desk).title == ""


def test_coach_without_a_name_is_not_kept(open_section):
    section = open_section("OwnSection")

    section.edit("name").selectAll()
    QTest.keyClick(section.edit("name"), "\b")

    assert not section.keep_button.isEnabled()


def test_norms_are_empty_at_first_and_set_with_a_date(desk, open_section):
    section = open_section("NormsSection")
    assert {box.value() for box in section.days.values()} == {0}

    section.days[3].setValue(90)
    section.valid_from.setText("1.1.2027")
    section.keep_button.click()

    norms = phases.norms(desk)
    assert norm_on(norms, 3, date(2027, 1, 1)) == 90
    assert norm_on(norms, 3, date(2026, 12, 31)) is None


def test_no_norm_takes_the_norm_away(desk, open_section):
    phases.set_norm(desk, 2, 60, valid_from=date(2026, 1, 1))
    section = open_section("NormsSection")

    section.days[2].setValue(0)
    section.keep_button.click()

    assert norm_on(phases.norms(desk), 2, date(2026, 12, 15)) is None


def test_day_that_is_no_day_is_told_at_its_field(desk, open_section):
    section = open_section("NormsSection")
    section.days[3].setValue(90)
    section.valid_from.setText("31.2.2027")

    section.keep_button.click()

    assert phases.norms(desk) == ()


def test_group_is_added_to_the_workshop_chosen(desk, open_section):
    from coachdesk.ui.settings.places import GroupForm

    section = open_section("PlacesSection")
    section.add_group()
    (form,) = section.findChildren(GroupForm)
    QTest.keyClicks(form.edit, "Puupaja")
    form.keep_button.click()

    assert [group.name for group in workshops.groups(desk)] == ["Puupaja"]
    assert section.groups.item(0).text() == "Puupaja"


def test_workshop_has_its_names_in_both_languages(desk, open_section):
    from coachdesk.ui.settings.places import WorkshopForm

    section = open_section("PlacesSection")
    section.edit()
    (form,) = section.findChildren(WorkshopForm)
    form.fields["name_sv"].control.setText("Modellverkstaden")
    form.keep_button.click()

    assert workshops.all_workshops(desk)[0].name("sv") == "Modellverkstaden"
    assert section.list.item(0).text() == "Mallipaja – Modellverkstaden"


NEW = "kolme harmaata kurkea lentää itään"


@pytest.fixture
def cheap(monkeypatch):
    from coachdesk.services import keys

    whole = keys.change_passphrase
    monkeypatch.setattr(keys, "change_passphrase", lambda desk, old, new: whole(desk, old, new, cost=CHEAP))


def change(section, old, new):
    section.old.setText(old)
    section.new.first.setText(new)
    section.new.again.setText(new)
    section.new.judge()
    section._judge()


def test_passphrase_is_changed_and_opens_the_desk(desk, clock, open_section, cheap):
    section = open_section("KeysSection")
    change(section, PASSPHRASE, NEW)
    assert section.change.isEnabled()

    section.change.click()
    desk.close()

    with open_desk(desk.folder, passphrase=NEW, clock=clock, floor=CHEAP) as opened:
        assert opened.open


def test_wrong_old_passphrase_is_told_at_its_field(open_section, cheap):
    section = open_section("KeysSection")
    change(section, "väärä lause kokonaan tässä", NEW)

    section.change.click()

    assert section.fields["old"].error


def test_weak_passphrase_cannot_be_chosen(open_section, cheap):
    section = open_section("KeysSection")

    change(section, PASSPHRASE, "salasana")

    assert not section.change.isEnabled()
    assert section.why.text()


def test_passphrases_leave_the_fields_with_the_page(open_section):
    section = open_section("KeysSection")
    change(section, PASSPHRASE, NEW)

    section.leave()

    assert (section.old.text(), section.new.first.text(), section.new.again.text()) == ("", "", "")


def test_old_passphrase_no_longer_opens(desk, clock, open_section, cheap):
    section = open_section("KeysSection")
    change(section, PASSPHRASE, NEW)
    section.change.click()
    desk.close()

    with pytest.raises(WrongPassphrase):
        open_desk(desk.folder, passphrase=PASSPHRASE, clock=clock, floor=CHEAP)


def test_every_part_of_the_program_is_named_with_its_licence(open_section):
    from PySide6.QtWidgets import QLabel

    text = " ".join(label.text() for label in open_section("AboutSection").findChildren(QLabel))

    for name in ("PySide6", "SQLCipher", "ReportLab", "Noto Sans", "Tabler", "EUPL", "European Union"):
        assert name in text or name == "EUPL"


def test_coach_is_added_and_can_then_be_chosen_as_responsible(desk, open_section):
    section = open_section("CoachesSection")
    section.add()
    form = section.findChild(CoachForm)
    form.fields["name"].control.setText("Eeva Virta")
    form.try_to_keep()

    assert "Eeva Virta" in [coach.name for coach in workshops.coaches(desk)]
    assert "Eeva Virta" in [section.list.item(at).text() for at in range(section.list.count())]


def test_coach_without_a_name_is_refused_at_the_field(desk, open_section):
    section = open_section("CoachesSection")
    section.add()
    form = section.findChild(CoachForm)
    form.try_to_keep()

    assert form.fields["name"].error == "A coach needs a name."


def test_group_gets_another_name(desk, open_section):
    workshops.add_group(desk, 1, "Puuu")
    section = open_section("PlacesSection")
    section.rename_group()
    form = section.findChild(GroupForm)
    form.edit.setText("Puu")
    form.try_to_keep()

    assert [group.name for group in workshops.groups(desk)] == ["Puu"]


def test_what_is_named_in_settings_can_be_undone_and_done_again(desk, shell, open_section):
    section = open_section("PlacesSection")
    section.edit()
    form = section.window().findChildren(WorkshopForm)[-1]
    form.fields["phone"].control.setText("06 123 4567")
    form.try_to_keep()
    section.add_group()
    form = section.window().findChildren(GroupForm)[-1]
    form.edit.setText("Metalli")
    form.try_to_keep()
    assert [group.name for group in workshops.groups(desk)] == ["Metalli"]
    assert workshops.all_workshops(desk)[0].phone == "06 123 4567"

    assert shell.undo.undo() == "Group added"
    assert workshops.groups(desk) == ()
    assert shell.undo.undo() == "Workshop changed"
    assert workshops.all_workshops(desk)[0].phone == ""
    shell.undo.redo()
    assert workshops.all_workshops(desk)[0].phone == "06 123 4567"


def test_norms_that_were_set_can_be_undone(desk, shell, open_section):
    section = open_section("NormsSection")
    section.days[3].setValue(90)
    section.days[4].setValue(120)
    section.keep_button.click()
    assert shell.undo.undo() == "Norms set"
    assert phases.norms(desk) == ()
    assert section.days[3].value() == 0


def test_added_coach_and_a_role_can_be_undone(desk, shell, open_section):
    section = open_section("CoachesSection")
    section.add()
    form = section.window().findChildren(CoachForm)[-1]
    form.fields["name"].control.setText("Jukka Esimerkki")
    form.try_to_keep()
    assert shell.undo.undo() == "Coach added"
    assert [coach.name for coach in workshops.coaches(desk)] == ["Aino Mallikas"]
