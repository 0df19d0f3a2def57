"""What was read at a mark is known to hold still, or is read again."""

import threading

from coachdesk.store.changes import Changes


def test_a_mark_holds_until_something_is_changed() -> None:
    changes = Changes()
    mark = changes.mark()
    assert changes.holds(mark)

    with changes.within():
        assert not changes.holds(mark)

    assert not changes.holds(mark)
    assert changes.holds(changes.mark())


def test_what_is_read_while_a_change_is_on_its_way_never_holds() -> None:
    changes = Changes()
    with changes.within():
        during = changes.mark()
        with changes.within():
            pass
        assert changes.mark() is None

    assert during is None
    assert not changes.holds(during)


def test_a_change_that_failed_counts_as_one() -> None:
    changes = Changes()
    mark = changes.mark()
    try:
        with changes.within():
            raise OSError
    except OSError:
        pass

    assert not changes.holds(mark)
    assert changes.holds(changes.mark())


def test_many_at_once_leave_none_on_its_way() -> None:
    changes = Changes()
    before = changes.mark()

    def change() -> None:
        for _time in range(500):
            with changes.within():
                pass

    threads = [threading.Thread(target=change) for _lane in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert changes.mark() == 2000
    assert not changes.holds(before)
