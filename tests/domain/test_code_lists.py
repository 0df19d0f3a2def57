"""Dated codes: complete in both languages, each with its source, never two in force for one key."""

from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from babel import Locale

from coachdesk.domain import codes as code_lists
from coachdesk.domain.codes import codes
from coachdesk.domain.letters import fold

FOLDER = Path(__file__).parents[2] / "resources" / "codes"
LISTS = sorted(path.stem for path in FOLDER.glob("*.toml") if "[[code]]" in path.read_text("utf-8"))


@pytest.mark.parametrize("title", LISTS)
def test_each_code_has_both_names_and_a_source(title: str) -> None:
    found = codes(title)
    assert found.codes
    for code in found:
        assert code.fi.strip() and code.sv.strip() and code.en.strip() and code.source.strip()
        assert code.valid_from <= code.valid_to


@pytest.mark.parametrize("title", LISTS)
def test_a_key_has_one_entry_in_force_on_a_day(title: str) -> None:
    for one, other in combinations(codes(title).codes, 2):
        if one.key == other.key:
            assert one.valid_to < other.valid_from or other.valid_to < one.valid_from


def test_names_of_benefits_changed_on_the_first_of_may_2026() -> None:
    benefits = codes("benefits")
    before = {code.key for code in benefits.on(date(2026, 4, 30))}
    after = {code.key for code in benefits.on(date(2026, 5, 1))}
    assert before - after == {"labour_market_subsidy", "basic_unemployment_allowance"}
    assert after - before == {"general_support"}
    assert benefits.name("labour_market_subsidy", "sv") == "arbetsmarknadsstöd"


def test_fourteen_municipalities_of_the_county_stand_first_and_others_follow() -> None:
    found = codes("municipalities").codes
    own = [code for code in found if code.more.get("area") == "ostrobothnia"]
    assert len(own) == 14 and found[:14] == tuple(own)
    assert len(found) == 309
    assert codes("municipalities").called("Mustasaari") == codes("municipalities").called("Korsholm")
    assert all(code.key.isdigit() and len(code.key) == 3 for code in found)


def test_names_are_folded_once_however_often_a_field_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    folded: list[str] = []

    def counted(text: str) -> str:
        folded.append(text)
        return fold(text)

    found = replace(codes("municipalities"))  # a fresh list of the same codes
    monkeypatch.setattr(code_lists, "fold", counted)
    assert found.called("vaasa") == found.called("Vasa")
    count = len(folded)
    assert found.called("Korsnäs") is not None
    assert len(folded) == count + 1


def test_languages_are_named_as_unicode_names_them() -> None:
    fi, sv = Locale("fi"), Locale("sv", "FI")
    for code in codes("languages"):
        assert (code.fi, code.sv) == (fi.languages[code.key], sv.languages[code.key])


def test_every_outcome_counts_in_a_figure_and_answers_to_the_names_of_spreadsheets() -> None:
    outcomes = codes("outcomes")
    assert all(code.more["counts_as"] for code in outcomes)
    assert outcomes.called("Keskeytti: ei tavoitettu").more["counts_as"] == "interrupted"
    assert outcomes.called("Opinnot jatkuvat").key == "studies"
    assert codes("referrers").called("TE-toimisto").key == "te_office"
    assert codes("referrers").called("ei kukaan") is None


def test_limits_point_to_a_law_that_a_service_names() -> None:
    laws = {code.more.get("limits") for code in codes("service_kinds")} - {None}
    assert {code.more["law"] for code in codes("limits")} == laws
