import pytest
from PySide6.QtWidgets import QPlainTextEdit

from coachdesk.services import drafts
from coachdesk.ui.drafts import DraftKeeper
from coachdesk.ui.jobs import Jobs


@pytest.fixture
def field(qtbot):
    found = QPlainTextEdit()
    qtbot.addWidget(found)
    return found


@pytest.fixture
def keeper(shell, field):
    return DraftKeeper(shell, field, "note", "trainee:1")


def test_every_key_is_kept(desk, keeper, field, type_text):
    type_text(field, "Sovittiin käynnistä")

    kept = drafts.find(desk, "note", "trainee:1")
    assert kept.text == "Sovittiin käynnistä"
    assert kept.caret == 19


def test_draft_comes_back_with_its_caret(desk, shell, keeper, field, qtbot):
    drafts.keep(desk, "note", "trainee:1", "Alku ja loppu", 4)
    found = []
    keeper.found.connect(found.append)

    keeper.look()
    keeper.take(found[0])

    assert field.toPlainText() == "Alku ja loppu"
    assert field.textCursor().position() == 4


def test_other_forms_and_subjects_have_their_own(desk, keeper, field, type_text):
    type_text(field, "a")

    assert drafts.find(desk, "note", "trainee:2") is None
    assert drafts.find(desk, "plan", "trainee:1") is None


def test_discarded_draft_is_gone(desk, keeper, field, type_text):
    type_text(field, "ei näin")
    keeper.clear()

    assert field.toPlainText() == ""
    assert drafts.find(desk, "note", "trainee:1") is None


def test_emptied_field_is_no_draft(desk, keeper, field, type_text):
    type_text(field, "x")
    field.clear()

    assert drafts.find(desk, "note", "trainee:1") is None


def test_draft_is_no_record_and_leaves_no_line_in_the_log(desk, keeper, field, type_text):
    def lines():
        with desk.reading() as unit:
            return unit.connection.exec_driver_sql("SELECT count(*) FROM log").scalar()

    before = lines()
    type_text(field, "salainen")

    assert lines() == before


def test_typing_on_real_lanes_loses_nothing_at_lock(desk, shell, notices, field, qapp, type_text):
    jobs = Jobs(notices)
    shell.jobs = jobs
    DraftKeeper(shell, field, "note", "trainee:1")

    type_text(field, "monta nopeaa merkkiä peräkkäin")
    shell.keeping.emit()
    jobs.drain()
    jobs.stop()

    assert drafts.find(desk, "note", "trainee:1").text == "monta nopeaa merkkiä peräkkäin"


def test_text_is_only_in_the_encrypted_store(desk, keeper, field, type_text):
    type_text(field, "Merkillinen-sana-tässä")
    folder = desk.folder
    desk.close()

    for path in folder.rglob("*"):
        if path.is_file():
            assert b"Merkillinen-sana" not in path.read_bytes()
