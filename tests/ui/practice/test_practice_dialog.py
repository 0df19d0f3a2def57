"""Practice as a coach does it: everything that can go wrong is made to, and both sides end alike."""

from coachdesk.services.practice import Practice
from coachdesk.ui.practice.dialog import PracticeDialog
from tests.conftest import CHEAP


def said(notice):
    return f"{notice._title.text()} {notice.text}"


def test_nothing_is_lost_in_practice_and_nothing_of_it_stays(shell, desk, monkeypatch):
    cheap = {"cost": CHEAP, "floor": CHEAP}
    monkeypatch.setattr(Practice.__init__, "__kwdefaults__", cheap)
    with desk.reading() as unit:
        before = unit.connection.exec_driver_sql("SELECT count(*) FROM log").scalar()
    dialog = PracticeDialog(shell)
    dialog.show()
    folder = dialog.practice.folder
    assert "made up" in said(dialog.marked)
    assert "5 are not yet the same" in said(dialog.verdict)

    dialog.refuse.click()
    assert "5 are not yet the same" in said(dialog.verdict)
    dialog.lose.click()
    assert "no receipt has told so" in said(dialog.verdict)
    dialog.send.click()
    assert "exactly what may leave. Nothing is lost" in said(dialog.verdict)
    dialog.withdraw.click()
    assert "1 is not yet the same" in said(dialog.verdict)
    dialog.send.click()
    dialog.restore.click()
    dialog.send.click()
    assert "exactly what may leave. Nothing is lost" in said(dialog.verdict)
    assert dialog.model.rows[0].there is None  # the region knew that it was withdrawn

    dialog.reject()
    assert not folder.exists()
    with desk.reading() as unit:
        after = unit.connection.exec_driver_sql("SELECT count(*) FROM log").scalar()
    assert after == before  # the coach's own desk was not touched
