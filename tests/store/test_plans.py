from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from coachdesk.domain.plan import Plan, PlanItem, PlanVersion, Signature
from coachdesk.errors import Refused
from coachdesk.services.desk import Desk
from coachdesk.store import plans, tables

DAYS = st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)
ITEMS = st.builds(
    PlanItem,
    key=WORDS,
    kind=st.sampled_from(["goals", "measures", "duration"]),
    text=WORDS,
    who=WORDS,
    by_when=DAYS,
    place=WORDS,
    minutes_a_day=st.one_of(st.none(), st.integers(0, 600)),
    days_a_week=st.one_of(st.none(), st.integers(0, 7)),
    begins=DAYS,
    ends=DAYS,
    proposed_by=WORDS,
    own_view=WORDS,
    disagrees=st.booleans(),
)
SIGNATURES = st.builds(Signature, role=WORDS, name=WORDS, on_day=st.dates(date(1990, 1, 1), date(2100, 1, 1)))
VERSIONS = st.builds(
    PlanVersion,
    id=st.just(0),
    plan_id=st.just(1),
    version=st.just(1),
    state=st.sampled_from(["draft", "final", "printed", "signed"]),
    language=st.sampled_from(["fi", "sv"]),
    items=st.lists(ITEMS, max_size=4).map(tuple),
    participants=st.lists(WORDS, max_size=4).map(tuple),
    signatures=st.lists(SIGNATURES, max_size=3).map(tuple),
    begun=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(tzinfo=UTC)),  # noqa: DTZ001
    signed=DAYS,
)


def a_person(unit: object) -> int:
    values = {"family_name": "Aho", "given_names": "Väinö", "name_fold": "aho", "name_sort": "aho"}
    done = unit.connection.execute(insert(tables.trainee).values(**values))
    return int(done.inserted_primary_key[0])


@given(VERSIONS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_version_comes_back_as_it_was_kept(desk: Desk, version: PlanVersion) -> None:
    with desk.writing() as unit:
        plan = plans.PLANS.add(unit, Plan(trainee_id=a_person(unit), kind="coaching_plan"))
        kept = plans.VERSIONS.add(unit, replace(version, plan_id=plan.id))

        assert plans.VERSIONS.get(unit, kept.id) == kept


def test_numbers_run_by_kind_and_year(desk: Desk, tmp_path: Path) -> None:
    with desk.writing() as unit:
        person = a_person(unit)
        numbers = []
        for prefix, year in [("A", 2026), ("A", 2026), ("V", 2026), ("A", 2027)]:
            plan = plans.numbered(unit, Plan(trainee_id=person, kind="activation_plan"), prefix, year)
            numbers.append(plans.PLANS.add(unit, plan).number)

        assert numbers == ["A-2026-0001", "A-2026-0002", "V-2026-0001", "A-2027-0001"]
        assert plans.by_number(unit, "A-2026-0002") is not None
        assert plans.by_number(unit, "A-2026-0009") is None


@pytest.mark.parametrize(
    "change", [{"items": ()}, {"state": "draft"}, {"language": "sv"}, {"signatures": ()}]
)
def test_a_signed_version_never_changes_whoever_asks(desk: Desk, change: dict[str, object]) -> None:
    version = PlanVersion(
        plan_id=1,
        version=1,
        state="signed",
        items=(PlanItem(key="goals", kind="goals", text="Työ"),),
        signatures=(Signature(role="trainee", name="Väinö", on_day=date(2026, 12, 15)),),
        begun=datetime(2026, 12, 15, tzinfo=UTC),
    )
    with desk.writing() as unit:
        plan = plans.PLANS.add(unit, Plan(trainee_id=a_person(unit), kind="coaching_plan"))
        kept = plans.VERSIONS.add(unit, replace(version, plan_id=plan.id))

        with pytest.raises(Refused):
            plans.VERSIONS.put(unit, replace(kept, **change))
        assert plans.VERSIONS.get(unit, kept.id) == kept


def test_a_printed_version_keeps_its_words_and_may_be_signed(desk: Desk) -> None:
    version = PlanVersion(
        plan_id=1, version=1, state="printed", language="fi", begun=datetime(2026, 12, 15, tzinfo=UTC)
    )
    with desk.writing() as unit:
        plan = plans.PLANS.add(unit, Plan(trainee_id=a_person(unit), kind="coaching_plan"))
        kept = plans.VERSIONS.add(unit, replace(version, plan_id=plan.id))

        with pytest.raises(Refused):
            plans.VERSIONS.put(unit, replace(kept, participants=("Väinö",)))
        signed = replace(kept, state="signed", signed=date(2026, 12, 15))
        plans.VERSIONS.put(unit, signed)
        assert plans.VERSIONS.get(unit, kept.id) == signed
