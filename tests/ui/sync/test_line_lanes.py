"""Sending on its own lane: the window goes on, and locking ends it without loss."""

import threading
from datetime import date

import pytest

from coachdesk.exchange.line import Wire
from coachdesk.services import consents, sending, sync
from coachdesk.ui.jobs import Jobs
from coachdesk.ui.shell import Shell
from coachdesk.ui.sync.line_watch import LineWatch
from tests.conftest import CHEAP, PASSPHRASE
from tests.served import BODY


@pytest.fixture
def shell(desk, notices, clock, qapp):
    """A shell whose lanes are threads."""
    found = Shell(desk=desk, jobs=Jobs(notices), notices=notices, clock=clock, save_settings=lambda _s: None)
    yield found
    found.jobs.stop()


@pytest.fixture
def accepted(desk, a_trainee, enrolled):
    person = a_trainee("Aho", "Väinö", goal="Puutyöt")
    consents.give(desk, person.id, recipient=BODY, scopes=("goals",), valid_to=date(2027, 6, 30))
    (offer,) = sync.review(desk)
    sync.accept(desk, offer)
    return person


def test_it_is_sent_on_the_lane_that_waits_for_the_network(shell, region, accepted):
    watch = LineWatch(shell)
    shell.sending_asked.emit()
    assert watch.busy  # this thread went on
    shell.jobs.drain("outside")

    assert not watch.busy
    assert [result.delivered for result in watch.results] == [1]


def test_locking_while_it_is_sent_ends_it_and_the_same_bytes_go_later(
    shell, region, accepted, desk, monkeypatch
):
    under_way, over = threading.Event(), threading.Event()

    class Slow(Wire):
        def ask(self, method, path, **more):
            if method == "PUT":
                under_way.set()
                over.wait(20)  # a region that does not answer
            return super().ask(method, path, **more)

    monkeypatch.setattr(sending, "Wire", Slow)
    monkeypatch.setattr(sending.Sender.__init__, "__kwdefaults__", {"proxy_for": None, "wires": Slow})
    watch = LineWatch(shell)
    shell.sending_asked.emit()
    assert under_way.wait(20)
    shell.keeping.emit()
    shell.desk = None
    desk.close()
    over.set()
    shell.jobs.drain("outside")

    assert (watch.busy, watch.results) == (False, ())
    monkeypatch.undo()
    from coachdesk.services.opening import open_desk

    with open_desk(desk.folder, passphrase=PASSPHRASE, clock=shell.clock, floor=CHEAP) as again:
        assert [one.state for one in sync.outbox_sheet(again).lines] == ["handed"]
        assert sending.send(again)[0].waiting == 0
    assert len(region.fields) == 1
