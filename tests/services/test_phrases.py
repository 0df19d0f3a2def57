"""The phrase bank of a desk: every act with its line, every act taken back by a new one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from coachdesk.domain.phrases import Phrase, shipped
from coachdesk.domain.plan import PlanItem
from coachdesk.domain.trainee import Trainee
from coachdesk.errors import Refused
from coachdesk.services import phases, phrases, plan_items, plans
from coachdesk.services.desk import Desk
from coachdesk.store import tables
from coachdesk.store.phrases import PHRASES

ILL = "tells_if_ill"
NEW = Phrase(fi="Käymme kalassa.", sv="Vi går och fiskar.", plan_items=("goals",), phases=(2,))


def rows(desk: Desk) -> tuple[Phrase, ...]:
    with desk.reading() as unit:
        return PHRASES.find(unit)


def found(desk: Desk, key: str) -> Phrase:
    return next(one for one in phrases.bank(desk) if one.key == key)


def acts(desk: Desk) -> list[tuple[str, str]]:
    with desk.reading() as unit:
        found = select(tables.log.c.act, tables.log.c.subject).order_by(tables.log.c.seq)
        return [(act, subject) for act, subject in unit.connection.execute(found) if "phrase." in act]


def test_new_desk_has_the_shipped_phrases_and_no_row_of_them(desk: Desk) -> None:
    assert len(phrases.bank(desk)) >= 40
    assert rows(desk) == ()


def test_own_phrase_is_added_first_in_the_bank_and_taken_away_and_put_back(desk: Desk) -> None:
    kept = phrases.add(desk, NEW)
    assert phrases.bank(desk)[0] == kept == replace(NEW, key=kept.key)
    assert phrases.remove(desk, kept.key) == kept
    assert rows(desk) == ()
    assert phrases.restore(desk, kept) == kept
    assert rows(desk) == (kept,)
    assert acts(desk) == [
        (act, f"phrase:{kept.key}") for act in ("phrase.add", "phrase.remove", "phrase.restore")
    ]


def test_two_own_phrases_never_share_a_key_also_after_one_was_removed(desk: Desk) -> None:
    first = phrases.add(desk, NEW)
    phrases.remove(desk, first.key)
    second = phrases.add(desk, NEW)
    assert first.key != second.key


def test_hidden_shipped_phrase_leaves_a_row_without_words_and_none_once_it_is_shown(desk: Desk) -> None:
    before = phrases.write(desk, replace(shipped(ILL), hidden=True))
    assert before == shipped(ILL)
    assert rows(desk) == (Phrase(key=ILL, hidden=True),)
    assert found(desk, ILL) == replace(shipped(ILL), hidden=True)
    phrases.write(desk, before)
    assert rows(desk) == ()
    assert [act for act, _subject in acts(desk)] == ["phrase.hide", "phrase.show"]


def test_shipped_phrase_worded_anew_is_the_desks_until_it_is_put_back(desk: Desk) -> None:
    anew = replace(shipped(ILL), fi="Soitan, jos olen sairas.", sv="Jag ringer om jag är sjuk.")
    assert phrases.write(desk, anew) == shipped(ILL)
    assert found(desk, ILL) == anew and rows(desk) == (anew,)
    assert phrases.write(desk, replace(anew, hidden=True)) == anew
    assert found(desk, ILL).fi == anew.fi
    phrases.write(desk, shipped(ILL))
    assert rows(desk) == ()


def test_own_phrase_worded_anew_is_taken_back_by_writing_it_as_it_was(desk: Desk) -> None:
    kept = phrases.add(desk, NEW)
    before = phrases.write(desk, replace(kept, fi="Menemme kalaan.", note_kinds=("group",)))
    assert before == kept
    phrases.write(desk, before)
    assert rows(desk) == (kept,)


def test_shipped_phrase_is_never_removed_and_a_removed_one_not_written(desk: Desk) -> None:
    kept = phrases.add(desk, NEW)
    phrases.remove(desk, kept.key)
    for act in (
        lambda: phrases.remove(desk, ILL),
        lambda: phrases.remove(desk, kept.key),
        lambda: phrases.write(desk, kept),
    ):
        with pytest.raises(Refused, match="no longer in the bank"):
            act()


def test_refused_phrase_leaves_neither_row_nor_line(desk: Desk) -> None:
    with pytest.raises(Refused):
        phrases.add(desk, replace(NEW, sv=""))
    assert rows(desk) == () and acts(desk) == []


def test_phrases_come_with_the_phases_that_the_trainee_has_open(
    desk: Desk, a_trainee: Callable[..., Trainee]
) -> None:
    person = a_trainee()
    phases.open_phase(desk, person.id, 2, opened=date(2026, 12, 1))
    closed = phases.open_phase(desk, person.id, 4, opened=date(2026, 12, 2))
    phases.close_phase(desk, closed.id, closed=date(2026, 12, 10))
    offer = phrases.offer(desk, person.id)
    assert offer.phases == (2,) and offer.phrases == phrases.bank(desk)


def test_own_phrases_outlive_the_desk_being_closed(desk: Desk, reopen: Callable[..., Desk]) -> None:
    kept = phrases.add(desk, NEW)
    desk.close()
    again = reopen(desk.folder)
    assert phrases.bank(again)[0] == kept


def test_plan_in_its_other_language_has_its_phrases_in_it_and_the_trainees_words_as_they_were(
    desk: Desk, a_trainee: Callable[..., Trainee]
) -> None:
    version = plans.begin(desk, a_trainee().id, "coaching_plan", language="fi")
    said, own = shipped(ILL), "Ilmoitan itse, jos olen sairas."
    assert said.fi == own
    for kind in ("goals", "own_view"):
        plan_items.write_item(desk, version.id, PlanItem(key="", kind=kind, text=own, own_view=own))
    spoken = plan_items.set_language(desk, version.id, "sv")
    assert [(item.text, item.own_view) for item in spoken.items] == [(said.sv, own), (own, own)]
