"""The long run keeps each piece as it ends, and runs again what failed, what changed and nothing else."""

import json
import time
from threading import Thread

import pytest

from tests import faults, long_run

GOOD = """
import pytest
from tests.faults import held
@pytest.mark.faults("clock")
def test_good():
    held(3)
"""


@pytest.fixture
def a_run(tmp_path):
    (tmp_path / "out").mkdir()
    return long_run.Run(out=tmp_path / "out", code="code", commit="abc", beside=2, kept={})


@pytest.fixture
def a_piece(tmp_path, monkeypatch):
    """A made-up file of tests with the project's own way to count."""
    monkeypatch.setenv("PYTHONPATH", str(long_run.ROOT))

    def a_piece(name, text):
        path = tmp_path / f"test_{name}.py"
        path.write_text(text)
        options = ("-c", str(long_run.ROOT / "pyproject.toml"), "-p", "tests.conftest")
        return long_run.Piece(name=name, row="clock", tests=(*options, str(path)))

    return a_piece


def test_each_piece_is_kept_as_it_ends_and_stands_for_its_code_alone(a_run, a_piece, capsys):
    good, bad = a_piece("good", GOOD), a_piece("bad", GOOD.replace("held(3)", "held(2); assert not 'lost'"))

    long_run.follow(a_run, [good, bad])

    kept = faults.get(a_run.out)
    assert kept["good"]["rows"] == {"clock": {"tries": 3, "survived": 3, "lost": 0, "told": 0}}
    assert kept["bad"]["rows"] == {"clock": {"tries": 3, "survived": 2, "lost": 1, "told": 0}}
    assert kept["good"]["commit"] == "abc" and kept["good"]["processor"] >= 0
    assert long_run.stands(kept, good, "code") and not long_run.stands(kept, good, "other code")
    assert not long_run.stands(kept, bad, "code")
    assert "bad: 3 tries" in (said := capsys.readouterr().out) and "FAILED" in said
    assert faults.rows(kept)["clock"].lost == 1


def test_a_piece_that_counts_nothing_is_a_loss(a_run, a_piece):
    assert a_run.piece(a_piece("broken", "import nothing_of_that_name")) is False
    assert a_run.kept["broken"]["rows"]["clock"]["lost"] == 1


def test_what_is_stopped_leaves_what_was_finished(a_run, a_piece):
    good, endless = (
        a_piece("good", GOOD),
        a_piece("endless", GOOD.replace("held(3)", "import signal; signal.pause()")),
    )
    a_run.piece(good)
    running = Thread(target=a_run.piece, args=(endless,))
    running.start()
    while "endless" not in a_run.running:
        time.sleep(0.01)  # its own thread puts it there, and tells by this table alone
    a_run.stop()
    running.join(20)

    assert not running.is_alive()
    assert list(json.loads((a_run.out / "faults.json").read_text())) == ["good"]
    assert a_run.piece(good) is None


def test_code_that_changed_is_another_state(tmp_path):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "a.py").write_text("1")
    before = long_run.state(tmp_path)
    (tmp_path / "README.md").write_text("other words")
    assert long_run.state(tmp_path) == before
    (tmp_path / "tests" / "a.py").write_text("2")
    assert long_run.state(tmp_path) != before
