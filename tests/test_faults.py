"""The table of faults tells the truth: a failing test is a loss, and a row that was not run is no success."""

import re
from pathlib import Path

import pytest

from tests import faults


@pytest.fixture(autouse=True)
def own_counts(monkeypatch):
    monkeypatch.setattr(faults, "_counts", {})
    monkeypatch.setattr(faults, "_now", [])


def test_each_try_is_counted_and_a_test_that_counts_none_is_one():
    with faults.counted("clock"):
        faults.held()
        faults.held(3, told=True)
    with faults.counted("clock", told=True):
        pass
    assert faults._counts["clock"] == faults.Count(tries=5, survived=5, lost=0, told=4)


def test_a_failing_test_is_a_loss():
    with pytest.raises(AssertionError), faults.counted("clock"):
        faults.held()
        raise AssertionError("lost")
    assert faults._counts["clock"] == faults.Count(tries=2, survived=1, lost=1)


def a_piece(rows, **more):
    own = {"passed": True, "state": "s", "commit": "c", "began": "2026-11-22T14:00:00+00:00"}
    return own | {"seconds": 600, "processor": 300, "beside": 4, "rows": rows} | more


def test_table_is_wrong_while_a_row_is_lost_or_was_not_tried_in_full(tmp_path):
    whole = {
        row: {"tries": least, "survived": least, "lost": 0, "told": 0}
        for row, (_what, least) in faults.ROWS.items()
    }
    kept = {"all": a_piece(whole)}
    assert faults.wrong(faults.rows(kept)) == []
    lost = a_piece({"clock": {"tries": 1, "survived": 0, "lost": 1, "told": 0}})
    assert faults.wrong(faults.rows({**kept, "more": lost})) == [faults.ROWS["clock"][0]]
    without = {row: count for row, count in whole.items() if row != "clock"}
    assert faults.wrong(faults.rows({"all": a_piece(without)})) == [faults.ROWS["clock"][0]]
    faults.put(kept, tmp_path)
    assert faults.main(tmp_path) == 0
    drawn = (tmp_path / "faults.md").read_text()
    assert "| The clock jumps" in drawn and "| all | 2026-11-22T14:00:00+00:00 | c | 4 | 600 | 300 |" in drawn


def test_pieces_of_a_row_are_added_up():
    one = {"fuzz": {"tries": 1000, "survived": 1000, "lost": 0, "told": 0}}
    two = {"fuzz": {"tries": 2, "survived": 1, "lost": 1, "told": 1}}
    found = faults.rows({"fuzz: csv": a_piece(one), "fuzz: bundle": a_piece(two)})
    assert found == {"fuzz": faults.Count(tries=1002, survived=1001, lost=1, told=1)}


def test_each_row_has_a_test():
    said = " ".join(path.read_text("utf-8") for path in Path(__file__).parent.rglob("test_*.py"))
    assert set(re.findall(r"mark\.faults\(\s*\"([a-z ]+)\"", said)) == set(faults.ROWS)
