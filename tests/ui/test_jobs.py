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


def test_what_is_told_early_comes_before_the_end_and_on_this_thread(jobs):
    came = []

    def work(tell):
        tell("half")
        return "whole"

    jobs.run(work, then=came.append, early=lambda half: came.append((half, QThread.currentThread())))
    jobs.drain()

    assert came == [("half", QObject().thread()), "whole"]


def test_what_is_there_at_once_is_handed_out_before_the_events_after_what_was_asked_before(jobs):
    came = []

    jobs.run(lambda: "save", then=came.append)
    jobs.run(lambda tell: tell("half") or "page", then=came.append, early=came.append, within=30)

    assert came == ["save", "half", "page"]


def test_a_busy_lane_is_not_waited_for(jobs):
    came, hindrance = [], threading.Event()

    jobs.run(hindrance.wait)
    jobs.run(lambda: "page", then=came.append, within=0.001)

    assert came == []
    hindrance.set()
    jobs.drain()
    assert came == ["page"]


def test_a_problem_after_what_was_told_early_is_told_too(jobs, notices):
    came = []

    def work(tell):
        tell("half")
        raise Refused("The disk is full.")

    jobs.run(work, then=came.append, failed=lambda problem: came.append(str(problem)), early=came.append)
    jobs.drain()

    assert came == ["half", "The disk is full."]
