"""Phrases: what is shipped is whole and true in both languages, what is offered where, what is refused."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from coachdesk.clock import HELSINKI
from coachdesk.domain.codes import codes
from coachdesk.domain.phases import PHASES
from coachdesk.domain.phrases import GAP, LONGEST, Phrase, Place, bank, is_changed, judged, offered, row_of
from coachdesk.domain.plan import Plan, PlanItem, PlanVersion
from coachdesk.domain.plan_cautions import cautions
from coachdesk.errors import Refused

TODAY = date(2026, 12, 15)
SHIPPED = bank((), TODAY)
ILL = "tells_if_ill"


def own(key: str = "own:1", **fields: object) -> Phrase:
    words = {"fi": "Käymme kalassa.", "sv": "Vi går och fiskar."}
    return Phrase(key=key, **(words | fields))  # type: ignore[arg-type]


def keys(found: tuple[tuple[Phrase, bool], ...]) -> list[str]:
    return [phrase.key for phrase, _fits in found]


@pytest.mark.parametrize("phrase", SHIPPED, ids=lambda phrase: phrase.key)
def test_shipped_phrase_is_a_sentence_in_both_languages_for_fields_that_there_are(phrase: Phrase) -> None:
    assert judged(phrase, ()) == phrase
    assert all(words.endswith(".") and words[0].isupper() for words in (phrase.fi, phrase.sv))
    assert all(key in codes("plan_items") for key in phrase.plan_items)
    assert all(key in codes("note_kinds") for key in phrase.note_kinds)
    assert set(phrase.phases) <= set(PHASES)


def test_every_item_of_a_plan_and_every_kind_of_note_has_phrases_of_its_own() -> None:
    items = {code.key for code in codes("plan_items") if not code.more.get("own_words")}
    kinds = {code.key for code in codes("note_kinds")} - {"other"}
    assert {key for phrase in SHIPPED for key in phrase.plan_items} == items
    assert {key for phrase in SHIPPED for key in phrase.note_kinds} == kinds


def test_every_phase_has_phrases_that_come_first() -> None:
    assert {phase for phrase in SHIPPED for phase in phrase.phases} == set(PHASES)


def test_no_shipped_phrase_says_the_same_twice() -> None:
    assert len({phrase.fi for phrase in SHIPPED}) == len({phrase.sv for phrase in SHIPPED}) == len(SHIPPED)


def test_shipped_phrase_says_he_or_she_of_nobody() -> None:
    said = {word.strip(".,:").lower() for phrase in SHIPPED for word in phrase.sv.split()}
    assert not said & {"han", "hon", "hans", "hennes", "honom", "henne"}


def test_field_is_offered_its_own_phrases_and_those_for_every_field() -> None:
    found = offered((own(), *SHIPPED), Place(plan_item="review"))
    assert {"review_together", "own:1", "agreed_together"} <= set(keys(found))
    assert ILL not in keys(found) and all(fits for _phrase, fits in found)


def test_phrases_of_an_open_phase_come_first() -> None:
    first, _fits = offered(SHIPPED, Place(plan_item="measures", phases=(3,)))[0]
    last, _fits = offered(SHIPPED, Place(plan_item="measures", phases=(3,)))[-1]
    assert 3 in first.phases
    assert last.phases and 3 not in last.phases


@pytest.mark.parametrize("typed", ["sjuk", "SAIRAS", "om jag sjuk", "itse jos"])
def test_what_is_typed_is_sought_in_both_languages_and_in_every_field(typed: str) -> None:
    found = offered(SHIPPED, Place(plan_item="review"), typed)
    assert (ILL, False) in [(phrase.key, fits) for phrase, fits in found]


def test_phrases_for_this_field_stand_before_the_others_that_are_found() -> None:
    fits = [fits for _phrase, fits in offered(SHIPPED, Place(note_kind="visit"), "arbets")]
    assert fits == sorted(fits, reverse=True) and len(set(fits)) == 2


def test_hidden_phrase_is_offered_nowhere() -> None:
    hidden = bank((Phrase(key=ILL, hidden=True),), TODAY)
    assert ILL not in keys(offered(hidden, Place(plan_item="goals")))
    assert ILL not in keys(offered(hidden, Place(plan_item="goals"), "sairas"))


def test_row_without_words_only_hides_what_is_shipped() -> None:
    shipped = next(phrase for phrase in SHIPPED if phrase.key == ILL)
    found = next(one for one in bank((Phrase(key=ILL, hidden=True),), TODAY) if one.key == ILL)
    assert found == replace(shipped, hidden=True)
    assert row_of(found) == Phrase(key=ILL, hidden=True)
    assert row_of(shipped) is None


def test_shipped_phrase_worded_anew_stands_in_its_place() -> None:
    anew = replace(next(one for one in SHIPPED if one.key == ILL), fi="Soitan, jos olen sairas.")
    found = bank((anew, own()), TODAY)
    assert [one.key for one in found] == ["own:1", *(one.key for one in SHIPPED)]
    assert anew in found and is_changed(anew) and row_of(anew) == anew
    assert not is_changed(own())


def test_phrase_before_its_first_day_is_not_in_the_bank() -> None:
    assert bank((own(),), date(2026, 10, 31)) == (own(),)


@pytest.mark.parametrize(
    ("fields", "name", "told"),
    [
        ({"sv": " \n"}, "sv", "both languages"),
        ({"fi": "x" * (LONGEST + 1)}, "fi", "at most 400"),
        ({"fi": "Tapaamme ___."}, "sv", "as many gaps"),
        ({"fi": "___ soittaa."}, "fi", "begins with a letter"),
        ({"sv": "=1+1"}, "sv", "begins with a letter"),
        ({"fi": "a __ b __ c __ d __"}, "fi", "at most 3 gaps"),
        ({"sv": "Jag är 010190-900P."}, "sv", "no identity code"),
        ({"fi": "Haluan palkkatyöhön.", "sv": "Jag vill ha lönearbete."}, "fi", "already"),
    ],
)
def test_phrase_that_could_not_serve_as_a_pair_is_refused(
    fields: dict[str, str], name: str, told: str
) -> None:
    from coachdesk import i18n

    with pytest.raises(Refused) as refused:
        judged(own(**fields), SHIPPED)
    assert refused.value.field == name and told in i18n.say(refused.value)


def test_phrase_is_kept_in_composed_letters_with_single_spaces() -> None:
    kept = judged(own(fi="  Käymme \n kalassa. "), ())
    assert kept.fi == "Käymme kalassa."


def test_gap_is_two_underscores_or_more() -> None:
    assert GAP.findall("a _ b __ c _____") == ["__", "_____"]


def test_gap_left_empty_in_a_draft_is_told_beside_its_item() -> None:
    plan = Plan(trainee_id=1, kind="coaching_plan")
    items = (
        PlanItem(key="1", kind="goals", text="Kokeilen ___ työpaikkaa."),
        PlanItem(key="2", kind="measures", text="Soitan."),
    )
    begun = datetime(2026, 12, 15, 9, 14, tzinfo=HELSINKI)
    version = PlanVersion(plan_id=1, version=1, language="fi", begun=begun, items=items)
    assert [(one.kinds, one.caution.key) for one in cautions(plan, version, TODAY)] == [(("goals",), "gap")]
