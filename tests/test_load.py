"""The harness of the load, small: what is played through the receiver on PostgreSQL is there afterwards."""

import json

from coachdesk.bench import load
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
