"""Sync where very much waits: what takes long is read beside, and what was read too early is not shown."""

from PySide6.QtCore import QObject

from coachdesk.services import sync
from coachdesk.ui.jobs import InlineJobs
from coachdesk.ui.notices import Recorder
from tests.ui.sync.test_sync_screen import carrier, consented, enrolled, screen  # noqa: F401 - fixtures


class SlowReading(InlineJobs):
    """Work of the reading lane is done when ``read`` is called; the other lanes do theirs at once."""

    def __init__(self) -> None:
        super().__init__(Recorder())
        self.waiting: list = []
        self.lanes: list[str] = []

    def run(self, work, then=None, failed=None, lane="desk", owner: QObject | None = None, **more) -> None:
        self.lanes.append(lane)
        if lane == "reading":
            found = work()  # of the desk as it is now, shown later
            self.waiting.append(
                lambda: super(SlowReading, self).run(lambda: found, then, failed, owner=owner)
            )
        else:
            super().run(work, then, failed, lane, owner, **more)

    def read(self) -> None:
        waiting, self.waiting = self.waiting, []
        for one in waiting:
            one()


def test_the_page_is_read_on_a_lane_that_keeps_no_save_waiting(enrolled, shell):  # noqa: F811
    shell.jobs = SlowReading()
    enrolled.refresh()

    assert shell.jobs.lanes == ["reading"]


def test_accepting_reads_the_outbox_on_that_lane_too(enrolled, consented, shell):  # noqa: F811
    consented("Aho", "Elli")
    enrolled.refresh()
    shell.jobs = SlowReading()
    enrolled.main_action()

    assert shell.jobs.lanes == ["desk", "reading"]  # what is saved, and what is shown of it


def test_what_was_accepted_while_the_page_was_read_stays_accepted(enrolled, consented, shell, desk):  # noqa: F811
    for family in ("Aho", "Hassan"):
        consented(family, "Elli")
    enrolled.refresh()
    shell.jobs = SlowReading()

    enrolled.refresh()
    (too_early,) = shell.jobs.waiting
    enrolled.main_action()
    too_early()
    assert [offer.name for offer in enrolled.review.offers if offer.accepted] == ["Aho, Elli"]
    shell.jobs.read()

    assert [offer.name for offer in enrolled.review.offers if offer.accepted] == ["Aho, Elli"]
    assert enrolled.outbox.outbox.ready == 1 == sync.ready(desk)


def test_how_many_wait_is_written_in_groups_on_the_tab(enrolled, consented, shell, monkeypatch):  # noqa: F811
    consented("Aho", "Elli")
    enrolled.refresh()
    monkeypatch.setattr(type(enrolled.review), "waiting", property(lambda _page: 10_000))
    enrolled.retranslate()

    assert enrolled.bar.tabText(0).endswith("10,000")
