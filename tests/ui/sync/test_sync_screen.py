import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coachdesk import i18n
from coachdesk.region import folder as region_folder
from coachdesk.region.__main__ import main as region_command
from coachdesk.services import consents, phases, sync, trainees
from coachdesk.ui.sync.enrol import KeysDialog
from coachdesk.ui.sync.screen import OUTBOX, SyncScreen
from tests.ui import walking

TO = "wellbeing_area_ostrobothnia"


class Carrier:
    """Answers in the place of the system's file dialogs, and walks between the desk and the region."""

    def __init__(self, folder: Path, clock) -> None:
        self.stick, self.region, self.receipts = folder / "stick", folder / "region", folder / "receipts"
        self.stick.mkdir()
        self.clock = clock
        self.next_file: Path | None = None
        self.asked: list[str] = []

    def folder(self, title: str) -> Path | None:
        self.asked.append(title)
        return self.stick

    def file(self, title: str, _kind: str) -> Path | None:
        self.asked.append(title)
        return self.next_file

    def command(self, *words: str) -> int:
        spoken = i18n.current().language
        try:
            return region_command(["--language", "en", *words], self.clock)
        finally:
            i18n.use_language(spoken)

    def to_the_region(self) -> Path:
        """The region receives every export file on the stick; its newest receipt."""
        files = sorted(str(file) for file in self.stick.glob("*.jwe"))
        self.command("receive", *files, "--region", str(self.region), "--receipts", str(self.receipts))
        return max(self.receipts.glob("*.jws"), key=lambda file: int(file.stem.rsplit("-", 1)[1]))

    def held(self, capsys) -> dict:
        capsys.readouterr()
        self.command("list", "--region", str(self.region), "--json")
        return json.loads(capsys.readouterr().out)


@pytest.fixture
def carrier(tmp_path, clock):
    found = Carrier(tmp_path, clock)
    region_folder.init(
        found.region, region_id="ostrobothnia", body=TO, name_fi="Pohjanmaa", name_sv="Österbotten"
    )
    found.next_file = found.region / "region.json"
    return found


@pytest.fixture
def screen(qtbot, shell, carrier):
    found = SyncScreen(shell)
    qtbot.addWidget(found)
    found.asks = carrier
    found.resize(1158, 598)
    found.show()
    found.refresh()
    return found


@pytest.fixture
def enrolled(screen, carrier):
    """The screen once both sides know each other's keys."""
    sync.enrol(screen.shell.desk, carrier.next_file, carrier.stick)
    (public,) = carrier.stick.glob("*.jwk")
    carrier.command("enrol", str(public), "--region", str(carrier.region))
    screen.refresh()
    return screen


@pytest.fixture
def consented(shell, a_trainee):
    """``consented("Aho", "Väinö")`` is somebody whose phases and goal may go to the region."""

    def consented(family, given, scopes=("basic", "phases", "goals"), **more):
        person = a_trainee(family, given, municipality="905", goal="Töihin ulos", **more)
        phases.open_phase(shell.desk, person.id, 2, opened=date(2026, 11, 2))
        consents.give(shell.desk, person.id, recipient=TO, scopes=scopes, valid_to=date(2027, 6, 30))
        return person

    return consented


def states(screen):
    return {(line.name, line.kind): line.state for line in screen.outbox.model.rows}


def names(screen):
    return [offer.name for offer in screen.review.list.rows.rows]


def test_before_a_region_is_enrolled_one_button_takes_it_in(qtbot, screen, carrier):
    assert screen.none.isVisible()
    screen.none.button.click()

    dialog = screen.window().findChild(KeysDialog)
    assert dialog.isVisible()
    (public,) = carrier.stick.glob("*.jwk")
    assert str(public) in dialog.file.text()
    marks = [mark.text() for _caption, mark in dialog.captions] + [
        mark.text() for _caption, mark in dialog.owns
    ]
    assert len(set(marks)) == 2 and all(marks)
    assert not screen.none.isVisible()
    dialog.accept()


def test_both_sides_show_the_same_fingerprints(screen, carrier, capsys):
    screen.enrol()
    dialog = screen.window().findChild(KeysDialog)
    (public,) = carrier.stick.glob("*.jwk")
    capsys.readouterr()
    carrier.command("enrol", str(public), "--region", str(carrier.region))
    told = capsys.readouterr().out

    assert dialog.captions[0][1].text() in told
    assert dialog.owns[0][1].text() in told
    dialog.accept()


def test_giving_up_the_file_dialog_changes_nothing(screen, carrier):
    carrier.next_file = None
    screen.none.button.click()

    assert screen.none.isVisible()
    assert list(carrier.stick.iterdir()) == []


def test_a_file_that_is_no_regions_is_told_and_nothing_is_enrolled(screen, carrier, notices, tmp_path):
    carrier.next_file = tmp_path / "other.json"
    carrier.next_file.write_text('{"id": "x"}')
    screen.none.button.click()

    assert len(notices.sentences) == 1
    assert screen.none.isVisible()


def test_first_summary_waits_and_its_words_are_the_very_ones_that_go(enrolled, consented, shell):
    consented("Mäkelä", "Säde")
    enrolled.refresh()

    assert names(enrolled) == ["Mäkelä, Säde"]
    offer = enrolled.review.table.offer
    shown = {row.field: row.goes for row in enrolled.review.table.preview.rows}
    assert shown["family_name"] == offer.fields["family_name"] == "Mäkelä"
    assert shown["goal"] == offer.fields["goal"] == "Töihin ulos"
    assert set(shown) == set(offer.fields)
    assert "Säde Mäkelä" in enrolled.review.card.heading.text()


def test_identity_code_is_dots_until_somebody_asks_and_that_is_logged(enrolled, consented, shell):
    consented("Koodi", "Kaisa", personal_identity_code="010190-999W")
    consented("Aho", "Väinö")
    enrolled.refresh()
    enrolled.review.list.choose(1)
    model = enrolled.review.table.preview

    def shown():
        return "".join(
            str(model.data(model.index(row, at))) for row in range(model.rowCount()) for at in (1, 2)
        )

    assert "999W" not in shown() and "•••" in shown()
    enrolled.review.eye.click()
    assert "010190-999W" in shown()
    assert "trainee.show_code" in acts(shell)

    enrolled.review.list.choose(0)
    assert not enrolled.review.eye.isVisible()
    enrolled.review.list.choose(1)
    assert "999W" not in shown()


def acts(shell):
    from coachdesk.store import tables

    with shell.desk.reading() as unit:
        return [row.act for row in unit.connection.execute(tables.log.select())]


def test_long_words_break_and_nothing_else_changes():
    from coachdesk.ui.sync.preview import breakable

    assert breakable("Töihin ulos") == "Töihin ulos"
    assert (
        breakable("pitka.osoite@esimerkki.example").replace("\u200b", "") == "pitka.osoite@esimerkki.example"
    )
    assert "\u200b" in breakable("pitka.osoite@esimerkki.example")


def test_accept_goes_to_the_next_that_waits(enrolled, consented):
    for family in ("Aho", "Hassan", "Mäkelä"):
        consented(family, "Elli")
    enrolled.refresh()
    assert enrolled.bar.tabText(0).endswith("3")

    enrolled.main_action()
    assert enrolled.review.table.offer.name == "Hassan, Elli"
    enrolled.review.later.click()
    assert enrolled.review.table.offer.name == "Mäkelä, Elli"
    enrolled.main_action()

    assert enrolled.review.table.offer.name == "Hassan, Elli"
    assert enrolled.bar.tabText(0).endswith("1")
    assert [offer.accepted for offer in enrolled.review.offers] == [True, False, True]


def test_what_changed_since_it_was_shown_is_not_accepted(enrolled, consented, shell, notices):
    person = consented("Aho", "Väinö")
    enrolled.refresh()
    trainees.edit(shell.desk, replace(person, goal="Jotain muuta"))
    enrolled.main_action()

    assert "changed since it was shown" in notices.sentences[0]
    assert sync.review(shell.desk)[0].waits_for_coach


def test_words_too_long_to_leave_are_told_with_a_way_to_correct_them(enrolled, consented, shell):
    person = consented("Aho", "Väinö")
    trainees.edit(shell.desk, replace(person, goal="a" * 501))
    enrolled.refresh()

    assert enrolled.review.problem.isVisible()
    assert not enrolled.review.accept_button.isEnabled()
    enrolled.review.open_button.click()
    assert (shell.gone[-1].place, shell.gone[-1].trainee_id) == ("trainee", person.id)


def test_nothing_unseen_is_in_the_export_file(enrolled, consented, carrier):
    consented("Aho", "Väinö")
    enrolled.refresh()
    enrolled.turn_to(OUTBOX)
    enrolled.main_action()

    assert list(carrier.stick.glob("*.jwe")) == []
    assert "nothing to send" in enrolled.outbox.result.text


def test_accepted_exported_received_and_the_receipt_turns_it_green(enrolled, consented, carrier, capsys):
    consented("Mäkelä", "Säde")
    enrolled.refresh()
    enrolled.main_action()
    enrolled.turn_to(OUTBOX)
    assert states(enrolled) == {("Mäkelä, Säde", "put"): "ready"}

    enrolled.main_action()
    assert states(enrolled) == {("Mäkelä, Säde", "put"): "handed"}
    (file,) = carrier.stick.glob("*.jwe")
    assert file.name in enrolled.outbox.result.text
    assert "Mäkelä" not in file.name

    carrier.next_file = carrier.to_the_region()
    (held,) = carrier.held(capsys)["summaries"]
    assert held["fields"]["family_name"] == "Mäkelä"
    enrolled.outbox.read_button.click()

    assert states(enrolled) == {("Mäkelä, Säde", "put"): "acknowledged"}
    assert enrolled.outbox.side.chip.property("chip") == "ok"
    assert "Delivered" in enrolled.outbox.result.text


def test_withdrawn_consent_goes_first_and_the_region_holds_nothing(
    enrolled, consented, carrier, capsys, shell
):
    person = consented("Norrgård", "Ulf")
    other = consented("Aho", "Väinö")
    enrolled.refresh()
    enrolled.main_action()
    enrolled.main_action()
    enrolled.outbox.save_file()
    carrier.next_file = carrier.to_the_region()
    enrolled.outbox.read_receipt()
    consents.withdraw(shell.desk, consents.sheet(shell.desk, person.id).consents[0].id)
    trainees.edit(shell.desk, replace(other, municipality="499"))
    enrolled.refresh()
    assert names(enrolled) == ["Norrgård, Ulf", "Aho, Väinö"]
    enrolled.review.list.choose(0)
    assert {row.change for row in enrolled.review.table.preview.rows} == {"gone"}
    assert not enrolled.review.later.isVisible()

    enrolled.turn_to(OUTBOX)
    assert enrolled.outbox.model.rows[0].kind == "withdraw"
    assert enrolled.outbox.line.kind == "withdraw"
    enrolled.main_action()
    carrier.next_file = carrier.to_the_region()
    enrolled.outbox.read_receipt()

    held = carrier.held(capsys)
    assert [one["fields"]["family_name"] for one in held["summaries"]] == ["Aho"]
    assert len(held["withdrawn"]) == 1
    assert states(enrolled)[("Norrgård, Ulf", "withdraw")] == "acknowledged"


def test_later_changes_of_codes_go_by_themselves_unless_asked_for(enrolled, consented, carrier, shell):
    person = consented("Aho", "Väinö")
    enrolled.refresh()
    enrolled.main_action()
    enrolled.outbox.save_file()
    trainees.edit(shell.desk, replace(person, municipality="499"))
    enrolled.refresh()
    assert enrolled.review.waiting == 0

    enrolled.review.beside.each.click()

    assert enrolled.review.beside.each.isChecked()
    assert enrolled.review.waiting == 1


def test_changed_rows_stand_first_and_are_marked_by_a_word(enrolled, consented, carrier, shell):
    person = consented("Aho", "Väinö")
    enrolled.refresh()
    enrolled.main_action()
    enrolled.outbox.save_file()
    trainees.edit(shell.desk, replace(person, goal="Puutarhalle"))
    enrolled.refresh()

    model = enrolled.review.table.preview
    first = model.rows[0]
    assert (first.field, first.had, first.goes) == ("goal", "Töihin ulos", "Puutarhalle")
    assert model.data(model.index(0, 3)) == "changes"
    assert model.data(model.index(1, 3)) == "no change"
    assert "15" in model.headerData(1, Qt.Orientation.Horizontal)


def test_preview_is_printed_for_the_trainee_in_own_language(enrolled, consented):
    consented("Norrgård", "Ulf", service_language="sv")
    enrolled.refresh()
    shown = []
    enrolled.show_paper = shown.append
    enrolled.print_()

    assert shown[0].language == "sv"
    assert "norrg" not in shown[0].file_name


def test_item_set_aside_is_chosen_with_its_steps_and_put_back(enrolled, consented, shell, carrier):
    from coachdesk.store import outbox

    person = consented("Sjöholm", "Frida")
    consented("Aho", "Väinö")
    enrolled.refresh()
    enrolled.main_action()
    enrolled.main_action()
    enrolled.outbox.save_file()
    carrier.next_file = carrier.to_the_region()
    enrolled.outbox.read_receipt()
    with shell.desk.writing() as unit:
        (item,) = (one for one in outbox.sent_items(unit, 9) if one.item.trainee_id == person.id)
        outbox.judge(unit, item.item, outbox.SET_ASIDE)
        unit.commit()
    enrolled.turn_to(OUTBOX)
    enrolled.refresh()

    assert enrolled.outbox.line.state == "aside"
    assert enrolled.outbox.side.name.text() == "Frida Sjöholm"
    assert enrolled.outbox.side.steps.text().startswith("1. ")
    enrolled.outbox.side.open_button.click()
    assert shell.gone[-1].trainee_id == person.id
    enrolled.outbox.side.back_button.click()
    assert any(offer.trainee_id == person.id for offer in enrolled.review.offers)


def test_foreign_receipt_is_told_in_one_sentence(enrolled, carrier, notices, tmp_path):
    carrier.next_file = tmp_path / "receipt.jws"
    carrier.next_file.write_bytes(b"not a receipt")
    enrolled.turn_to(OUTBOX)
    enrolled.outbox.read_receipt()

    assert len(notices.sentences) == 1
    assert not enrolled.outbox.result.isVisible()


def test_same_receipt_twice_does_no_harm(enrolled, consented, carrier):
    consented("Aho", "Väinö")
    enrolled.refresh()
    enrolled.main_action()
    enrolled.outbox.save_file()
    carrier.next_file = carrier.to_the_region()
    enrolled.outbox.read_receipt()
    enrolled.outbox.read_receipt()

    assert "nothing new" in enrolled.outbox.result.text
    assert set(states(enrolled).values()) == {"acknowledged"}


def test_what_cannot_be_written_is_told_and_written_the_next_time(
    enrolled, consented, carrier, notices, tmp_path
):
    consented("Aho", "Väinö")
    enrolled.refresh()
    enrolled.main_action()
    real, carrier.stick = carrier.stick, tmp_path / "gone" / "stick"
    (tmp_path / "gone").write_text("a file where a folder should be")
    enrolled.outbox.save_file()
    assert len(notices.sentences) == 1

    carrier.stick = real
    enrolled.outbox.save_file()
    assert len(list(real.glob("*.jwe"))) == 1


def test_tabs_are_turned_by_keys(enrolled, qtbot):
    QTest.keyClick(enrolled.review.table, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert enrolled.tab == OUTBOX
    QTest.keyClick(enrolled.outbox.table, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert enrolled.tab == "review"


def test_public_file_can_be_saved_again(enrolled, carrier):
    for file in carrier.stick.glob("*.jwk"):
        file.unlink()
    dialog = enrolled.show_keys()
    dialog.save.click()

    assert len(list(carrier.stick.glob("*.jwk"))) == 1


def test_look_is_logged_once_it_has_stood(enrolled, consented, shell):
    from coachdesk.store import tables

    person = consented("Aho", "Väinö")
    enrolled.refresh()
    assert enrolled.review.standing.isActive()
    enrolled.review.standing.stop()
    enrolled.review._log()

    with shell.desk.reading() as unit:
        log = tables.log
        rows = unit.connection.execute(log.select().where(log.c.act == "summary.look")).all()
    assert [row.trainee_id for row in rows] == [person.id]
    enrolled.leave()
    assert not enrolled.review.standing.isActive()


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_long_names_widen_nothing(enrolled, consented, carrier, speak, language):
    speak(language)
    consented("Wadenström-Kauppakangas-Pietarinen", "Maria Margareta Elisabeth Kristiina")
    enrolled.refresh()
    assert enrolled.minimumSizeHint().width() <= 1158
    enrolled.main_action()
    enrolled.turn_to(OUTBOX)
    enrolled.main_action()

    assert enrolled.minimumSizeHint().width() <= 1158


def test_no_send_button_before_there_is_a_network(enrolled):
    from PySide6.QtWidgets import QPushButton

    words = {
        button.text() for button in enrolled.outbox.findChildren(QPushButton) if button.isVisibleTo(enrolled)
    }
    assert not any("Send" in word for word in words)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_both_pages_have_names_and_room_for_their_words(
    qtbot, enrolled, consented, carrier, shell, speak, language
):
    speak(language)
    person = consented("Norrgård", "Ulf")
    other = consented("Aho", "Väinö", personal_identity_code="010190-999W")
    enrolled.refresh()
    walked(enrolled)
    enrolled.main_action()
    enrolled.main_action()
    enrolled.outbox.save_file()
    carrier.next_file = carrier.to_the_region()
    enrolled.outbox.read_receipt()
    consents.withdraw(shell.desk, consents.sheet(shell.desk, person.id).consents[0].id)
    trainees.edit(shell.desk, replace(other, goal="a" * 501))
    enrolled.refresh()
    for at in range(2):
        enrolled.review.list.choose(at)
        walked(enrolled)
    enrolled.turn_to(OUTBOX)
    for at in range(enrolled.outbox.model.rowCount()):
        enrolled.outbox.table.selectRow(at)
        walked(enrolled)
    dialog = enrolled.show_keys()
    dialog.show()
    walked(dialog)
    dialog.accept()


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_word_changes_with_the_language_while_it_is_open(enrolled, consented, carrier, speak, language):
    consented("Norrgård", "Ulf")
    enrolled.refresh()
    for tab in ("review", OUTBOX):
        enrolled.turn_to(tab)
        speak("en")
        before = {text for _widget, where, text in walking.words(enrolled) if where != "cell"}
        speak(language)
        after = {text for _widget, where, text in walking.words(enrolled) if where != "cell"}
        assert {text for text in before & after if " " in text and text[0].isalpha()} <= {"Ulf Norrgård"}


def walked(window):
    from PySide6.QtWidgets import QApplication

    for _time in range(4):
        QApplication.processEvents()
    assert [walking.told(one) for one in walking.controls(window) if not walking.name_of(one)] == []
    assert list(walking.cut(window)) == []
    codes = [text for _widget, _where, text in walking.words(window) if "999W" in text]
    assert codes == []


def test_no_line_breaks_within_a_date() -> None:
    from coachdesk.ui.sync.preview import breakable

    assert breakable("3.8.2026–9.12.2026") == "3.8.2026–9.12.2026"


def test_what_was_told_goes_with_its_language(enrolled, consented, carrier, speak):
    consented("Norrgård", "Ulf")
    enrolled.refresh()
    enrolled.main_action()
    enrolled.outbox.save_file()
    assert enrolled.outbox.result.isVisibleTo(enrolled.outbox)

    speak("sv", enrolled)

    assert not enrolled.outbox.result.isVisibleTo(enrolled.outbox)
