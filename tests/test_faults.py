"""The table of faults tells the truth: a failing test is a loss, and a row that was not run is no success."""

import json
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


def test_table_is_wrong_while_a_row_is_lost_or_was_not_tried_in_full(tmp_path):
    whole = {
        row: {"tries": least, "survived": least, "lost": 0, "told": 0}
        for row, (_what, least) in faults.ROWS.items()
    }
    assert faults.wrong(whole) == []
    assert faults.wrong({**whole, "clock": {**whole["clock"], "lost": 1}}) == [faults.ROWS["clock"][0]]
    assert faults.wrong({row: count for row, count in whole.items() if row != "clock"}) == [
        faults.ROWS["clock"][0]
    ]
    (tmp_path / "faults.json").write_text(json.dumps(whole))
    assert faults.main(tmp_path) == 0
    assert "| The clock jumps" in (tmp_path / "faults.md").read_text()


def test_each_row_has_a_test():
    said = " ".join(path.read_text("utf-8") for path in Path(__file__).parent.rglob("test_*.py"))
    assert set(re.findall(r"mark\.faults\(\s*\"([a-z ]+)\"", said)) == set(faults.ROWS)
