from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import insert, select

from coachdesk.domain.plan import PlanItem, PlanVersion, Signature, valid_on
from coachdesk.domain.plan_content import asked
from coachdesk.errors import Refused
from coachdesk.services import plan_items, plan_papers, plan_replacing, plan_sheets, plans_by_others
from coachdesk.services import plans as services
from coachdesk.services.desk import Desk
from coachdesk.store import access_log, plans, tables

TODAY = date(2026, 12, 15)
WHO = (Signature(role="trainee", name="Göran Lindström", on_day=TODAY),)
TEXT = {
    "text": "Göran vill ha ett arbete utomhus.",
    "who": "Göran",
    "place": "Kvarkens verkstad",
    "minutes_a_day": 300,
    "days_a_week": 3,
    "begins": date(2027, 1, 4),
    "ends": date(2027, 6, 30),
    "by_when": date(2027, 6, 16),
}


@pytest.fixture
def goran(desk: Desk) -> int:
    """A trainee served in Swedish."""
    with desk.writing() as unit:
        values = {"family_name": "Lindström", "given_names": "Göran", "service_language": "sv"}
        done = unit.connection.execute(insert(tables.trainee).values(**values))
        unit.commit()
    return int(done.inserted_primary_key[0])


def written(desk: Desk, version: PlanVersion) -> PlanVersion:
    """The version with each item that is asked for."""
    with desk.reading() as unit:
        plan = plans.PLANS.get(unit, version.plan_id)
    for one in asked(plan, version, TODAY):
        item = PlanItem(key="", kind=one.code.key, **{name: TEXT[name] for name in one.wants})
        version = plan_items.write_item(desk, version.id, item)
    return version


def lines(desk: Desk) -> list[str]:
    with desk.reading() as unit:
        query = (
            select(tables.log.c.act).where(tables.log.c.act.startswith("plan.")).order_by(tables.log.c.seq)
        )
        return list(unit.connection.scalars(query))


def test_a_plan_is_written_made_final_printed_and_signed(desk: Desk, goran: int) -> None:
    version = written(desk, services.begin(desk, goran, "activation_plan"))
    plan_items.set_participants(desk, version.id, ["Göran Lindström", " ", "Maria Bäckström"])
    services.finish(desk, version.id)
    services.mark_printed(desk, version.id)
    done = services.sign(desk, version.id, on=TODAY, signatures=WHO)

    assert (done.state, done.language, done.signed, len(done.check_code)) == ("signed", "sv", TODAY, 8)
    assert done.participants == ("Göran Lindström", "Maria Bäckström")
    with desk.reading() as unit:
        plan = plans.PLANS.get(unit, done.plan_id)
    assert (plan.number, plan.made, plan.review) == ("A-2026-0001", TODAY, date(2027, 6, 16))
    assert valid_on([plan], TODAY) == (plan,)


def test_each_act_has_its_line_with_what_was_there_before(desk: Desk, goran: int) -> None:
    version = services.begin(desk, goran, "coaching_plan")
    version = plan_items.write_item(desk, version.id, PlanItem(key="", kind="goals", text="Työ"))
    plan_items.write_item(desk, version.id, replace(version.items[0], text="Opinnot"))

    assert lines(desk) == ["plan.begin", "plan.write_item", "plan.write_item"]
    with desk.reading() as unit:
        seq = unit.connection.scalar(select(tables.log.c.seq).order_by(tables.log.c.seq.desc()).limit(1))
        detail = access_log.detail_of(unit.connection, seq)
    assert detail["before"]["items"][0]["text"] == "Työ"


def test_writing_the_same_again_is_no_act(desk: Desk, goran: int) -> None:
    version = services.begin(desk, goran, "coaching_plan")
    version = plan_items.write_item(desk, version.id, PlanItem(key="", kind="goals", text="Työ"))
    plan_items.write_item(desk, version.id, version.items[0])

    assert lines(desk) == ["plan.begin", "plan.write_item"]


def test_a_plan_with_items_missing_prints_as_a_draft_but_is_not_final(desk: Desk, goran: int) -> None:
    version = services.begin(desk, goran, "activation_plan")

    with pytest.raises(Refused, match="Items missing: 11"):
        services.finish(desk, version.id)
    printed = services.mark_printed(desk, version.id)
    assert (printed.state, printed.printed is not None) == ("draft", True)


def test_a_final_version_goes_back_to_a_draft_until_it_is_printed(desk: Desk, goran: int) -> None:
    version = written(desk, services.begin(desk, goran, "coaching_plan"))
    services.finish(desk, version.id)
    assert services.reopen(desk, version.id).state == "draft"
    services.finish(desk, version.id)
    services.mark_printed(desk, version.id)

    with pytest.raises(Refused, match="printed"):
        services.reopen(desk, version.id)


def test_a_signed_version_never_changes_and_a_new_one_begins_from_it(desk: Desk, goran: int) -> None:
    version = written(desk, services.begin(desk, goran, "coaching_plan"))
    services.finish(desk, version.id)
    signed = services.sign(desk, version.id, on=TODAY, signatures=WHO)

    with pytest.raises(Refused, match="signed"):
        plan_items.write_item(desk, signed.id, PlanItem(key="", kind="goals", text="Muu"))
    with pytest.raises(Refused):
        plan_items.explain(desk, signed.id, language="ar", by="tulkki")
    new = services.new_version(desk, signed.plan_id)
    assert (new.version, new.items, new.state) == (2, signed.items, "draft")
    with pytest.raises(Refused):
        services.new_version(desk, signed.plan_id)
    with desk.reading() as unit:
        assert plans.VERSIONS.get(unit, signed.id) == signed


def test_a_plan_cannot_be_signed_tomorrow(desk: Desk, goran: int) -> None:
    version = written(desk, services.begin(desk, goran, "coaching_plan"))
    services.finish(desk, version.id)

    with pytest.raises(Refused, match="future"):
        services.sign(desk, version.id, on=date(2026, 12, 16), signatures=WHO)


def test_plans_made_by_others_are_recorded_and_not_written_here(desk: Desk, goran: int) -> None:
    with pytest.raises(Refused, match="made by others"):
        services.begin(desk, goran, "client_plan")
    plan = plans_by_others.record_others_plan(
        desk,
        goran,
        kind="client_plan",
        maker="Pohjanmaan hyvinvointialue",
        made=date(2026, 10, 1),
        permission=True,
        our_goals="Kolme päivää viikossa",
    )

    assert (plan.ours, plan.number) == (False, "")
    with pytest.raises(Refused, match="no versions"):
        services.new_version(desk, plan.id)


def test_goals_are_taken_from_anothers_plan_only_with_permission(desk: Desk, goran: int) -> None:
    with pytest.raises(Refused) as refused:
        plans_by_others.record_others_plan(
            desk, goran, kind="client_plan", maker="Kela", made=TODAY, our_goals="Kolme päivää"
        )
    assert refused.value.field == "permission"


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"made": None}, "made"),
        ({"made": date(2027, 1, 1)}, "made"),
        ({"made": TODAY, "valid_to": date(2026, 1, 1)}, "valid_to"),
    ],
)
def test_days_of_anothers_plan_are_judged(desk: Desk, goran: int, days: dict, field: str) -> None:
    with pytest.raises(Refused) as refused:
        plans_by_others.record_others_plan(desk, goran, kind="client_plan", maker="Kela", **days)
    assert refused.value.field == field


def test_ours_replaces_anothers_and_never_in_a_ring(desk: Desk, goran: int) -> None:
    old = plans_by_others.record_others_plan(
        desk, goran, kind="work_ability_support_plan", maker="TYP", made=date(2026, 5, 1)
    )
    ours = services.begin(desk, goran, "activation_plan")
    plan_replacing.set_replaces(desk, ours.plan_id, replaces_id=old.id)

    with pytest.raises(Refused, match="itself replaced"):
        plan_replacing.set_replaces(desk, old.id, replaces_id=ours.plan_id)
    with pytest.raises(Refused, match="not this trainee's"):
        plan_replacing.set_replaces(desk, ours.plan_id, replaces_id=999)


def test_what_a_signed_plan_replaces_is_fixed_too(desk: Desk, goran: int) -> None:
    version = written(desk, services.begin(desk, goran, "coaching_plan"))
    services.finish(desk, version.id)
    services.sign(desk, version.id, on=TODAY, signatures=WHO)

    with pytest.raises(Refused, match="signed"):
        plan_replacing.set_replaces(desk, version.plan_id, replaces_kind="service_plan")


def test_the_end_of_an_activity_is_not_before_its_start(desk: Desk, goran: int) -> None:
    version = services.begin(desk, goran, "activation_plan")
    item = PlanItem(key="", kind="activity_period", begins=TODAY, ends=date(2026, 12, 1))

    with pytest.raises(Refused) as refused:
        plan_items.write_item(desk, version.id, item)
    assert refused.value.field == "ends"


def test_a_plan_that_was_printed_or_is_replaced_stays(desk: Desk, goran: int) -> None:
    old = plans_by_others.record_others_plan(desk, goran, kind="client_plan", maker="HVA", made=TODAY)
    ours = services.begin(desk, goran, "coaching_plan")
    plan_replacing.set_replaces(desk, ours.plan_id, replaces_id=old.id)
    with pytest.raises(Refused, match="replaces"):
        services.remove(desk, old.id)
    services.mark_printed(desk, ours.id)
    with pytest.raises(Refused, match="printed"):
        services.remove(desk, ours.plan_id)


def test_a_draft_begun_by_mistake_is_removed_with_its_words_in_the_log(desk: Desk, goran: int) -> None:
    version = services.begin(desk, goran, "coaching_plan")
    plan_items.write_item(desk, version.id, PlanItem(key="", kind="goals", text="Työ"))
    services.remove(desk, version.plan_id)

    with desk.reading() as unit:
        assert plans.of_trainee(unit, goran) == ()
        seq = unit.connection.scalar(select(tables.log.c.seq).order_by(tables.log.c.seq.desc()).limit(1))
        detail = access_log.detail_of(unit.connection, seq)
    assert detail["before"]["versions"][0]["items"][0]["text"] == "Työ"


def test_what_a_new_version_replaces_takes_effect_only_when_it_is_signed(desk: Desk, goran: int) -> None:
    old = plans_by_others.record_others_plan(
        desk, goran, kind="client_plan", maker="HVA", made=date(2026, 5, 1)
    )
    first = written(desk, services.begin(desk, goran, "activation_plan"))
    services.finish(desk, first.id)
    signed = services.sign(desk, first.id, on=TODAY, signatures=WHO)
    second = services.new_version(desk, first.plan_id)
    plan_replacing.set_replaces(desk, first.plan_id, replaces_id=old.id)

    def valid() -> set[int]:
        return {row.plan.id for row in plan_sheets.sheet(desk, goran).valid}

    assert valid() == {old.id, first.plan_id}
    assert plan_papers.plan_paper(desk, first.id).replaces == ()
    assert plan_papers.plan_paper(desk, first.id).check_code == signed.check_code
    services.finish(desk, second.id)
    services.sign(desk, second.id, on=TODAY, signatures=WHO)
    assert valid() == {first.plan_id}
    assert len(plan_papers.plan_paper(desk, second.id).replaces) == 1
    assert plan_papers.plan_paper(desk, first.id).replaces == ()


def test_a_plan_that_a_draft_replaces_is_not_removed(desk: Desk, goran: int) -> None:
    old = plans_by_others.record_others_plan(
        desk, goran, kind="client_plan", maker="HVA", made=date(2026, 5, 1)
    )
    version = services.begin(desk, goran, "coaching_plan")
    plan_replacing.set_replaces(desk, version.plan_id, replaces_id=old.id)

    with pytest.raises(Refused, match="Another plan replaces"):
        services.remove(desk, old.id)
