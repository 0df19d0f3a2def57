import threading

import pytest
from PySide6.QtCore import QObject, Qt, QThread
from PySide6.QtWidgets import QWidget

from coachdesk.errors import Refused
from coachdesk.ui.jobs import InlineJobs, Jobs
from coachdesk.ui.notices import Recorder


@pytest.fixture
def jobs(qapp, notices):
    found = Jobs(notices)
    yield found
    found.stop()


def test_work_is_done_on_another_thread_and_its_result_comes_back_on_this_one(jobs):
    done = []

    jobs.run(threading.get_ident, then=lambda ident: done.append((ident, QThread.currentThread())))
    jobs.drain()

    ((ident, thread),) = done
    assert ident != threading.get_ident()
    assert thread is QObject().thread()


def test_saves_are_done_one_after_the_other_in_order(jobs):
    done = []

    for number in range(50):
        jobs.run(lambda number=number: done.append(number))
    jobs.drain()

    assert done == list(range(50))


def test_refusal_goes_to_who_asked(jobs, notices):
    refused = []

    def work():
        raise Refused("No.")

    jobs.run(work, failed=refused.append)
    jobs.drain()

    assert [str(problem) for problem in refused] == ["No."]
    assert notices.problems == []


def test_refusal_that_nobody_takes_is_shown(jobs, notices):
    def work():
        raise Refused("No.")

    jobs.run(work)
    jobs.drain()

    assert notices.sentences == ["No."]


def test_nothing_is_told_to_an_owner_that_is_gone(jobs):
    import shiboken6

    owner, told = QObject(), []
    jobs.run(lambda: 1, then=told.append, owner=owner)
    shiboken6.delete(owner)
    jobs.drain()

    assert told == []


def test_busy_counts_the_saves_that_are_not_done(jobs):
    counts = []
    jobs.busy.connect(counts.append)

    jobs.run(lambda: None)
    jobs.run(lambda: None, lane="reading")
    jobs.drain()

    assert counts == [1, 0]


def test_stopping_does_first_what_waits(qapp, notices):
    jobs, done = Jobs(notices), []

    for number in range(20):
        jobs.run(lambda number=number: done.append(number))
    jobs.stop()

    assert len(done) == 20


def test_inline_jobs_do_the_same_at_once(qapp):
    notices = Recorder()
    jobs, done = InlineJobs(notices), []

    jobs.run(lambda: 7, then=done.append)

    assert done == [7]


def test_inline_jobs_raise_our_own_mistakes(qapp):
    jobs = InlineJobs(Recorder())

    with pytest.raises(ZeroDivisionError):
        jobs.run(lambda: 1 / 0)


def test_lane_never_destroys_a_widget_that_its_work_knew(jobs, qtbot):
    ended, destroyed = [], []

    class Asking(QWidget):
        def ask(self, work):
            jobs.run(work, then=self.end, failed=self.end)

        def end(self, _result):
            ended.append(True)

    def refuse():
        raise Refused("No.")

    for work in (threading.get_ident, refuse):
        window = Asking()
        window.destroyed.connect(
            lambda *_gone: destroyed.append(threading.current_thread()), Qt.ConnectionType.DirectConnection
        )
        window.ask(work)
        qtbot.waitUntil(lambda: bool(ended))  # the lane waits for more, and has not been told to forget
        del window, ended[:]
        jobs.run(threading.get_ident)
        jobs.drain()

    assert destroyed == [threading.current_thread()] * 2
