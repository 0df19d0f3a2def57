"""A paper that comes back tells which plan and version it is."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from coachdesk.domain.plan import PlanItem, PlanVersion, Signature
from coachdesk.domain.trainee import Trainee
from coachdesk.errors import Refused
from coachdesk.services import plan_items, plan_papers, plan_returned, plan_sheets, plans, plans_by_others
from coachdesk.services.desk import Desk
from coachdesk.store import tables
from tests.plans import a_whole_plan

TODAY = date(2026, 12, 15)
WHO = [Signature(role="trainee", name="Väinö Aho", on_day=TODAY)]


@pytest.fixture
def vaino(a_trainee: Callable[..., Trainee]) -> Trainee:
    return a_trainee("Aho", "Väinö")


def code_of(desk: Desk, version: PlanVersion) -> str:
    return plan_papers.plan_paper(desk, version.id).check_code


@pytest.mark.parametrize(
    "typed",
    [
        "CDP1 V-2026-0001 1 {code}",
        "  v-2026-1   1  {code}",
        "V-2026-0001, versio 1 · tarkiste {spaced}",
        "V-2026-0001, version 1 · kontrollkod {spaced}",
        "V-2026-0001 {spaced}",
        "{spaced}",
        "{code}",
    ],
)
def test_the_code_is_read_as_scanned_and_as_typed_from_the_foot(
    desk: Desk, vaino: Trainee, typed: str
) -> None:
    version = a_whole_plan(desk, vaino.id)
    plans.finish(desk, version.id)
    code = code_of(desk, version)
    spaced = f"{code[:4]} {code[4:]}".upper()

    found = plan_returned.find_paper(desk, typed.format(code=code, spaced=spaced))
    assert (found.plan.number, found.version.version, found.name) == ("V-2026-0001", 1, "Väinö Aho")


def test_the_paper_of_the_version_in_force_is_valid(desk: Desk, vaino: Trainee) -> None:
    version = a_whole_plan(desk, vaino.id)
    plans.finish(desk, version.id)
    code = code_of(desk, version)
    plans.mark_printed(desk, version.id)
    waiting = plan_returned.find_paper(desk, code)
    assert (waiting.valid, waiting.older) == (None, False)
    plans.sign(desk, version.id, on=TODAY, signatures=WHO)

    found = plan_returned.find_paper(desk, code)
    assert found.valid is not None
    assert (found.valid.id, found.older, found.same) == (version.id, False, True)


def test_a_paper_older_than_the_version_in_force_is_told(desk: Desk, vaino: Trainee) -> None:
    first = a_whole_plan(desk, vaino.id)
    plans.finish(desk, first.id)
    code = code_of(desk, first)
    plans.sign(desk, first.id, on=TODAY, signatures=WHO)
    second = plans.new_version(desk, first.plan_id)
    begun = plan_returned.find_paper(desk, code)
    assert (begun.older, begun.newest.version) == (False, 2)
    plans.finish(desk, second.id)
    plans.sign(desk, second.id, on=TODAY, signatures=WHO)

    found = plan_returned.find_paper(desk, code)
    assert found.older
    assert (found.version.version, found.valid.version) == (1, 2)


def test_a_draft_written_on_after_its_printing_is_told(desk: Desk, vaino: Trainee) -> None:
    version = a_whole_plan(desk, vaino.id)
    code = code_of(desk, version)
    plans.mark_printed(desk, version.id)
    assert plan_returned.find_paper(desk, f"V-2026-0001 1 {code}").same
    item = plan_sheets.version(desk, version.id).version.items[0]
    plan_items.write_item(desk, version.id, PlanItem(key=item.key, kind=item.kind, text="Toinen"))

    assert not plan_returned.find_paper(desk, code).same


def test_a_plan_replaced_by_anothers_is_no_longer_valid(desk: Desk, vaino: Trainee) -> None:
    version = a_whole_plan(desk, vaino.id)
    plans.finish(desk, version.id)
    plans.sign(desk, version.id, on=TODAY, signatures=WHO)
    other = plans_by_others.record_others_plan(
        desk, vaino.id, kind="client_plan", maker="HVA", made=TODAY, replaces_id=version.plan_id
    )

    found = plan_returned.find_paper(desk, code_of(desk, version))
    assert found.valid is None
    assert found.replaced_by == other


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("https://example.org", "not the code"),
        ("", "not the code"),
        ("V-2026-0001 1", "check code too"),
        ("V-2026-0001 1 00000000", "not that of plan V-2026-0001, version 1"),
        ("V-2026-0001 00000000", "No version of plan"),
        ("V-2026-0001 7 00000000", "no version 7"),
        ("V-2026-0002 1 00000000", "no plan V-2026-0002"),
        ("00000000", "No plan on this desk"),
    ],
)
def test_what_is_no_code_of_a_plan_here_is_told_in_words(
    desk: Desk, vaino: Trainee, typed: str, told: str
) -> None:
    plans.finish(desk, a_whole_plan(desk, vaino.id).id)

    with pytest.raises(Refused) as refused:
        plan_returned.find_paper(desk, typed)
    assert told in str(refused.value) or told in refused.value.message.format(**refused.value.values)
    assert refused.value.field == "code"


def test_finding_somebodys_paper_is_a_look_in_the_log(desk: Desk, vaino: Trainee) -> None:
    version = a_whole_plan(desk, vaino.id)
    plans.finish(desk, version.id)
    plan_returned.find_paper(desk, code_of(desk, version))

    with desk.reading() as unit:
        rows = unit.connection.execute(select(tables.log.c.act, tables.log.c.trainee_id)).all()
    assert ("plan.find_paper", vaino.id) in [tuple(row) for row in rows]
