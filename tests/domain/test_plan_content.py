import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from coachdesk.domain.codes import codes
from coachdesk.domain.plan import Plan, PlanItem, PlanVersion
from coachdesk.domain.plan_content import asked, check_code, item_of, item_table, missing, writable_kinds

DAY = date(2026, 12, 15)
ACTIVATION = Plan(id=1, trainee_id=1, kind="activation_plan", number="A-2026-0001")
MULTI = replace(ACTIVATION, kind="multidisciplinary_employment_plan")
EMPTY = PlanVersion(plan_id=1, version=1, begun=datetime(2026, 12, 15, 7, 14, tzinfo=UTC))


def names(plan: Plan, version: PlanVersion) -> list[str]:
    return [one.code.key for one in missing(plan, version, DAY)]


def test_the_law_asks_eleven_items_of_an_activation_plan_in_its_order() -> None:
    found = asked(ACTIVATION, EMPTY, DAY)

    assert [(one.section, one.code.key) for one in found] == [
        ("8", "education_and_career"),
        ("8", "earlier_services"),
        ("8", "earlier_plans"),
        ("8", "measures"),
        ("9", "activity"),
        ("9", "duration"),
        ("9", "activity_period"),
        ("9", "activity_goal"),
        ("9", "support_and_guidance"),
        ("9", "parallel_services"),
        ("9", "review"),
        ("", "own_view"),
    ]
    assert {one.state for one in found if one.section} == {"missing"}
    assert found[-1].state == "optional"


def test_section_9_is_asked_of_a_multidisciplinary_plan_only_with_the_activity_in_it() -> None:
    with_activity = replace(EMPTY, items=(PlanItem(key="activity", kind="activity", text="Puutyöt"),))

    assert names(MULTI, EMPTY) == ["service_need", "measures"]
    assert {"activity", "duration", "activity_goal", "review"} <= set(names(MULTI, with_activity))


def test_an_item_is_done_when_all_it_wants_is_written() -> None:
    half = PlanItem(key="duration", kind="duration", minutes_a_day=300)
    whole = replace(half, days_a_week=4)

    assert "duration" in names(ACTIVATION, replace(EMPTY, items=(half,)))
    assert "duration" not in names(ACTIVATION, replace(EMPTY, items=(whole,)))


def test_goal_and_support_are_asked_since_2021() -> None:
    found = [one.code.key for one in asked(ACTIVATION, EMPTY, date(2020, 6, 1))]

    assert "activity_goal" not in found


def test_the_plans_written_here_are_four() -> None:
    assert [code.key for code in writable_kinds(DAY)] == [
        "activation_plan",
        "multidisciplinary_employment_plan",
        "work_ability_support_plan",
        "coaching_plan",
    ]


@pytest.mark.parametrize("kind", [code.key for code in codes("plan_kinds") if code.more.get("ours")])
def test_each_plan_of_ours_has_items_a_prefix_and_signers(kind: str) -> None:
    code = codes("plan_kinds")[kind]

    assert asked(replace(ACTIVATION, kind=kind), EMPTY, DAY)
    assert len(str(code.more["prefix"])) == 1
    assert all(role in codes("signing_roles") for role in [*code.more["signs"], *code.more["may_sign"]])


def test_items_name_only_fields_and_plans_that_exist() -> None:
    for code in codes("plan_items"):
        for name in [*code.more["fields"], *code.more["wants"]]:
            assert hasattr(PlanItem(key="", kind=""), name), (code.key, name)
        for kind in [*code.more["plans"], *code.more["optional_in"], *code.more.get("sections", {})]:
            assert kind in codes("plan_kinds"), (code.key, kind)
        assert code.more["part"] in codes("plan_parts") or code.more["own_words"]
        assert code.more["asks_fi"]
        assert code.more["asks_sv"]


def test_the_fixed_sentence_is_word_for_word() -> None:
    assert (
        codes("fixed_sentences")["work_ability_support_plan"].fi
        == "tämä suunnitelma korvaa työkyvyn tuen suunnitelman"
    )


def test_the_check_code_follows_the_words_and_not_the_signatures() -> None:
    version = replace(EMPTY, items=(PlanItem(key="goals", kind="goals", text="Työ ulkona"),))
    code = check_code(ACTIVATION, version)

    assert len(code) == 8
    assert code == check_code(ACTIVATION, replace(version, state="signed", signed=DAY))
    assert code != check_code(ACTIVATION, replace(version, version=2))
    assert code != check_code(ACTIVATION, replace(version, items=()))
    assert code != check_code(replace(ACTIVATION, replaces_kind="service_plan"), version)


def test_the_check_code_does_not_depend_on_how_letters_are_composed() -> None:
    text = "Työpäivä häätyy"
    composed = replace(EMPTY, items=(PlanItem(key="g", kind="goals", text=text),))
    apart = replace(EMPTY, items=(PlanItem(key="g", kind="goals", text=unicodedata.normalize("NFD", text)),))

    assert check_code(ACTIVATION, composed) == check_code(ACTIVATION, apart)


def test_an_item_is_the_same_after_its_table() -> None:
    item = PlanItem(
        key="d", kind="duration", minutes_a_day=300, days_a_week=4, begins=DAY, ends=DAY, disagrees=True
    )

    assert item_of(item_table(item)) == item
