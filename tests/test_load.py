"""The harness of the load, small: what is played through the receiver on PostgreSQL is there afterwards."""

import json

from coachdesk.bench import letters, load
from coachdesk.bench.desk import Place
from coachdesk.bench.load_desks import Laptop
from coachdesk.exchange import bundle, keys

from .exchange.letters import SEAL, opened


def test_a_few_laptops_play_a_few_weeks_and_nothing_is_lost(tmp_path, capsys):
    code = load.main(
        ["--laptops", "4", "--trainees", "8", "--weeks", "3", "--json", str(tmp_path / "load.json")]
    )
    told = json.loads((tmp_path / "load.json").read_text())

    assert code == 0
    assert (told["lost"], told["strange"]) == (0, 0)
    assert told["bundles"] >= 4
    assert told["bare_bundles"] >= 1
    assert told["ratio"] > 0
    assert "0 lost" in capsys.readouterr().out


def test_a_laptop_s_year_withdraws_and_comes_back_and_opens_at_the_region():
    laptop = Laptop(1, 100, "pohjanmaa", keys.public(SEAL))
    kinds: set[str] = set()
    held: dict[str, int] = {}
    for week in range(40):
        letter = laptop.week(week)
        if letter is None:
            continue
        for item in bundle.items_of(opened(letter.content, device=laptop.key).value):
            kinds.add(item["kind"])
            if item["kind"] == "put":
                held[item["ref"]] = item["version"]
            else:
                held.pop(item["ref"])
        assert held == laptop.held

    assert kinds == {"put", "withdraw"}


def test_every_step_of_a_letter_is_measured_beside_its_baseline(monkeypatch, tmp_path):
    monkeypatch.setattr(letters, "TURNS", 1)
    rows = list(letters.rows(Place(tmp_path, tmp_path / "words"), lambda _line: None))

    assert [row.what.split("summaries ")[1].split()[0].strip(",") for row in rows] == [
        "sealed", "sent", "opened", "judged",
    ]  # fmt: skip
    assert all(row.ratio and row.baseline_is for row in rows)
