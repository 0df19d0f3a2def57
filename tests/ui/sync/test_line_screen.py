"""The line on the screen: sent, paused, stopped and lost are seen; green comes only from a receipt."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtTest import QTest

from coachdesk.domain.identity_code import MASKED
from coachdesk.services import consents, line, sync, today
from coachdesk.store import enrolments
from coachdesk.ui.health_line import HealthLine
from coachdesk.ui.sync.code import CodeDialog
from coachdesk.ui.sync.line_watch import EACH_MS, SOON_MS, LineWatch
from coachdesk.ui.sync.screen import SyncScreen
from coachdesk.ui.today.panel import HealthPanel
from tests.served import BODY


class Hint(QObject):
    """What a computer says of its network."""

    came = Signal()
    cost_changed = Signal()
    metered = False

    def listen(self):
        pass


@pytest.fixture
def watch(shell, qtbot):
    found = LineWatch(shell, hint=Hint())
    shell.line = found
    yield found
    found.stop()


@pytest.fixture
def screen(qtbot, shell, watch):
    found = SyncScreen(shell)
    qtbot.addWidget(found)
    found.resize(1158, 598)
    found.show()
    found.refresh()
    found.turn_to("outbox")
    return found


@pytest.fixture
def accepted(desk, a_trainee):
    person = a_trainee("Aho", "Väinö", goal="Puutyöt")
    consents.give(desk, person.id, recipient=BODY, scopes=("goals",), valid_to=date(2027, 6, 30))
    (offer,) = sync.review(desk) if outbox_known(desk) else (None,)
    if offer is not None:
        sync.accept(desk, offer)
    return person


def outbox_known(desk):
    with desk.reading() as unit:
        return bool(enrolments.regions(unit))


def said(notice):
    return f"{notice._title.text()} {notice.text}"


def states(screen):
    return [one.state for one in screen.outbox.model.rows]


def test_send_now_sends_and_the_line_turns_green_by_the_receipt(screen, enrolled, accepted):
    screen.refresh()
    assert states(screen) == ["ready"]
    screen.outbox.send_button.click()

    assert states(screen) == ["acknowledged"]
    assert "Delivered" in said(screen.outbox.result)
    assert "The region answered" in said(screen.outbox.notice)
    assert enrolled.fields == [{"goal": "Puutyöt", "next_step": None, "next_step_due": None}]


def test_f5_tries_to_send(screen, enrolled, accepted):
    screen.refresh()
    screen.look_again()

    assert states(screen) == ["acknowledged"]


def test_a_pause_is_kept_seen_and_ended(screen, enrolled, accepted, desk):
    screen.refresh()
    screen.outbox.pause_button.click()

    assert "paused" in said(screen.outbox.notice)
    assert not screen.outbox.send_button.isEnabled()
    assert line.sheets(desk)[0].line.paused
    screen.outbox.send_now()
    assert states(screen) == ["ready"]
    screen.outbox.pause_button.click()
    assert screen.outbox.send_button.isEnabled()


def test_a_region_away_is_told_and_what_waits_stays(screen, enrolled, accepted, watch):
    enrolled.stop()
    screen.refresh()
    screen.outbox.send_button.click()

    assert "No line to the region" in said(screen.outbox.notice)
    assert watch._again.isActive()
    assert watch._failures == 1
    enrolled.start()
    screen.outbox.send_button.click()
    assert states(screen) == ["acknowledged"]
    assert watch._failures == 0


def test_a_revoked_desk_says_so_and_tries_no_more_by_itself(screen, enrolled, accepted, desk, watch):
    with desk.reading() as unit:
        enrolled.revoke(enrolments.device_of(unit, "pohjanmaa").id)
    screen.refresh()
    screen.outbox.send_button.click()

    assert "Sending has stopped" in said(screen.outbox.notice)
    assert "new one-time code" in said(screen.outbox.notice)
    before = line.sheets(desk)[0].line.tried
    watch.look()
    assert line.sheets(desk)[0].line.tried == before


def test_what_the_region_has_stands_there_with_its_receipt(screen, enrolled, accepted):
    screen.refresh()
    screen.outbox.send_button.click()
    screen.turn_to("held")

    (row,) = screen.held.model.rows
    assert (row.name, row.state, row.receipt > 0) == ("Aho, Väinö", "held", True)
    assert "Puutyöt" in screen.held.what.text()
    assert f"no. {row.receipt}" in screen.held.proof.text()


def test_an_identity_code_that_the_region_has_is_dots_on_the_screen(screen, enrolled, accepted):
    screen.refresh()
    screen.outbox.send_button.click()
    screen.turn_to("held")
    (row,) = screen.held.model.rows
    fields = dict(row.fields) | {"personal_identity_code": "241278-9553"}
    screen.held.show_held((replace(row, fields=fields),))

    assert "241278" not in screen.held.what.text()
    assert MASKED in screen.held.what.text()


def test_a_network_that_costs_is_asked_about(screen, enrolled, accepted, watch, desk):
    watch.hint.metered = True
    screen.refresh()
    watch.look()

    assert watch.waits_for_cost
    assert "counts what is moved" in said(screen.outbox.notice)
    assert states(screen) == ["ready"]
    screen.connection.metered.click()
    watch.look()
    assert states(screen) == ["acknowledged"]


def test_a_hint_of_the_network_only_makes_it_look_soon(screen, enrolled, watch):
    watch._again.stop()
    watch.hint.came.emit()

    assert (watch._again.isActive(), watch._again.interval()) == (True, SOON_MS)


def test_what_is_queued_goes_soon_but_never_before_the_wait_after_a_failure(screen, enrolled, watch):
    watch._again.stop()
    screen.shell.queued.emit()
    assert watch._again.interval() == SOON_MS

    watch._failures = 3
    watch._again.start(60_000)
    screen.shell.queued.emit()
    assert watch._again.interval() == 60_000


def test_opening_looks_soon_and_then_every_quarter_of_an_hour(watch):
    watch.start()

    assert watch._each.interval() == EACH_MS == 15 * 60 * 1000
    assert watch._again.isActive()


def test_locking_ends_the_timers(watch, shell):
    watch.start()
    shell.keeping.emit()

    assert not watch._again.isActive() and not watch._each.isActive()


def test_what_a_run_told_of_people_is_not_kept_once_the_desk_is_locked(screen, enrolled, accepted, watch):
    screen.refresh()
    screen.outbox.send_button.click()
    assert watch.results
    watch.shell.keeping.emit()
    assert watch.results == ()


def test_a_pause_for_other_keys_says_so_above_the_outbox_and_beside_the_fingerprints(
    screen, enrolled, desk, clock
):
    from coachdesk.region import key_changes
    from coachdesk.services import sync_sheets
    from coachdesk.ui.sync.enrol import KeysDialog

    key_changes.rotate(enrolled.region, clock.now(), who="it", at_once=True)
    sync.enrol(desk, enrolled.card, enrolled.at.parent / "out")
    screen.refresh()
    assert "Compare the fingerprints" in said(screen.outbox.notice)
    dialog = KeysDialog(screen.shell, sync_sheets.key_sheets(desk), None)
    assert "Compare the fingerprints" in dialog.strange.text and not dialog.strange.isHidden()
    screen.outbox.pause_button.click()
    assert "Compare" not in said(screen.outbox.notice)


def test_the_address_is_kept_and_a_wrong_one_is_told_by_its_field(screen, enrolled, desk):
    screen.refresh()
    screen.turn_to("connection")
    (card,) = screen.connection.cards
    card.address.setText("http://alue.example")
    card.save.click()
    assert "https://" in card.field.error
    card.address.setText("https://alue.example")
    card.save.click()

    assert card.field.error == ""
    assert line.sheets(desk)[0].line.address == "https://alue.example"


def test_the_health_line_and_today_tell_of_the_line_and_never_green(qtbot, desk, enrolled, accepted):
    strip, panel = HealthLine(), HealthPanel()
    for part in (strip, panel):
        qtbot.addWidget(part)
        part.show()

    def tell():
        for part in (strip, panel):
            part.show_health(today.whole_health(desk))

    tell()
    assert "not been tried" in strip.line.text()
    line.pause(desk, True)
    tell()
    assert (strip.line.text(), strip.line.property("tone")) == ("Sending is paused", "warn")
    assert panel.waiting.second == "Sending is paused"
    assert panel.receipt.token == "text2"


def test_nothing_is_told_before_the_fingerprint_was_compared(qtbot, shell, region, desk):
    dialog = CodeDialog(shell)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.address.setText(region.address)
    QTest.keyClicks(dialog.code, region.code())
    dialog.go.click()

    assert dialog.mark.text() == region.region.card.fingerprint
    dialog.other.click()
    assert not outbox_known(desk)
    assert "Nothing was sent" in said(dialog.problem)
    dialog.go.click()
    done = []
    dialog.enrolled.connect(done.append)
    dialog.go.click()
    assert len(done) == 1 and outbox_known(desk)


def test_a_wrong_code_or_address_is_told_by_its_field(qtbot, shell, region):
    dialog = CodeDialog(shell)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.address.setText(region.address)
    dialog.code.setText("7K3M")
    dialog.go.click()
    assert "twelve" in dialog.code_field.error
    dialog.code.setText("7K3M-9QWX-2B4C")
    dialog.address.setText("http://alue.example")
    dialog.go.click()
    assert "https://" in dialog.address_field.error
    dialog.address.setText(region.address)
    dialog.go.click()
    dialog.go.click()
    assert "does not know the code" in said(dialog.problem)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_word_of_the_line_follows_the_language(screen, enrolled, accepted, speak, language):
    def words():
        page = screen.outbox
        return {page.notice.text, page.send_button.text(), screen.connection.keys_button.text()}

    screen.refresh()
    screen.outbox.send_button.click()
    before = words()
    speak(language, screen)

    assert not before & words()
