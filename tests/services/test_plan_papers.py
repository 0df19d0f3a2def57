from dataclasses import replace
from datetime import date

import pytest

from coachdesk.domain.plan import PlanItem, Signature
from coachdesk.domain.plan_content import missing
from coachdesk.domain.trainee import Trainee
from coachdesk.errors import Refused
from coachdesk.services import (
    plan_items,
    plan_papers,
    plan_replacing,
    plan_returned,
    plan_sheets,
    plans,
    plans_by_others,
    trainees,
)
from coachdesk.services.desk import Desk

TODAY = date(2026, 12, 15)


@pytest.fixture
def vaino(desk: Desk) -> int:
    trainee = Trainee(
        family_name="Aho",
        given_names="Väinö",
        personal_identity_code="150385Y9024",
        municipality="905",
        first_contact=date(2026, 9, 1),
    )
    return trainees.register(desk, trainee).id


def test_the_paper_has_the_parts_of_the_law_with_their_sections(desk: Desk, vaino: int) -> None:
    version = plans.begin(desk, vaino, "activation_plan")
    paper = plan_papers.plan_paper(desk, version.id)

    assert [(part.title.fi, part.section, len(part.lines)) for part in paper.parts] == [
        ("tilanne nyt", "8", 4),
        ("kuntouttava työtoiminta", "9", 7),
    ]
    assert (paper.trainee, paper.personal_identity_code) == ("Väinö Aho", "150385Y9024")
    assert paper.secret_under == "812/2000"
    assert [signer.role.fi for signer in paper.signers] == [
        "valmentautuja",
        "työvoimaviranomainen",
        "hyvinvointialue",
    ]


def test_the_workshop_is_no_signing_party_of_an_activation_plan(desk: Desk, vaino: int) -> None:
    version = plans.begin(desk, vaino, "activation_plan")

    assert "valmentaja" not in [s.role.fi for s in plan_papers.plan_paper(desk, version.id).signers]


def test_a_coaching_plan_has_no_law_and_no_identity_code(desk: Desk, vaino: int) -> None:
    version = plans.begin(desk, vaino, "coaching_plan")
    paper = plan_papers.plan_paper(desk, version.id)

    assert (bool(paper.law), paper.personal_identity_code, len(paper.parts)) == (False, "", 1)
    assert [s.name for s in paper.signers] == ["Väinö Aho", "Aino Mallikas"]


def test_a_new_version_waits_for_whoever_also_signed_the_one_before_it(desk: Desk, vaino: int) -> None:
    version = plans.begin(desk, vaino, "coaching_plan")
    words = {"text": "Teksti", "who": "Väinö", "by_when": date(2027, 3, 1)}
    for one in missing(plan_sheets.version(desk, version.id).plan, version, TODAY):
        item = PlanItem(key="", kind=one.code.key, **{name: words[name] for name in one.wants})
        version = plan_items.write_item(desk, version.id, item)
    plans.finish(desk, version.id)
    who = [
        Signature(role=role, name=name, on_day=TODAY)
        for role, name in (("trainee", "Väinö Aho"), ("wellbeing_area", "Tuula Mallikas"))
    ]
    plans.sign(desk, version.id, on=TODAY, signatures=who)
    second = plans.new_version(desk, version.plan_id)

    signers = plan_papers.plan_paper(desk, second.id).signers
    assert [s.role.fi for s in signers] == ["valmentautuja", "valmentaja", "hyvinvointialue"]
    assert [s.name for s in signers] == ["Väinö Aho", "Aino Mallikas", ""]  # another may sign for a body


def test_the_preview_shows_words_not_kept_yet(desk: Desk, vaino: int) -> None:
    version = plans.begin(desk, vaino, "coaching_plan")
    item = PlanItem(key="goals", kind="goals", text="Työ ulkona")
    paper = plan_papers.plan_paper(desk, version.id, [item])

    texts = [text.text for part in paper.parts for line in part.lines for text in line.texts]
    assert texts == ["Työ ulkona"]
    pdf, language = plan_papers.preview(desk, version.id, [item])
    assert (pdf[:5], language) == (b"%PDF-", "fi")


def test_the_fixed_sentence_stands_on_what_replaces(desk: Desk, vaino: int) -> None:
    version = plans.begin(desk, vaino, "activation_plan")
    plan_replacing.set_replaces(desk, version.plan_id, replaces_kind="work_ability_support_plan")
    (replaced,) = plan_papers.plan_paper(desk, version.id).replaces

    assert replaced.sentence.fi == "tämä suunnitelma korvaa työkyvyn tuen suunnitelman"


def test_the_sheet_for_the_maker_carries_the_fixed_sentence_and_our_goals(desk: Desk, vaino: int) -> None:
    plan = plans_by_others.record_others_plan(
        desk,
        vaino,
        kind="client_plan",
        maker="Pohjanmaan hyvinvointialue",
        made=date(2026, 11, 2),
        permission=True,
        our_goals="Kolme päivää viikossa puupajalla",
    )
    paper = plan_papers.replacement_paper(desk, plan.id)

    assert paper.sentence.fi == "tämä suunnitelma korvaa työkyvyn tuen suunnitelman"
    assert (paper.goals, paper.plan_maker) == (plan.our_goals, plan.maker)
    with pytest.raises(Refused):
        plan_papers.replacement_paper(desk, plans.begin(desk, vaino, "coaching_plan").plan_id)


def test_a_paper_that_comes_back_tells_whether_it_is_the_newest(desk: Desk, vaino: int) -> None:
    version = plans.begin(desk, vaino, "coaching_plan")
    for kind, words in [("situation_now", {}), ("goals", {}), ("measures", {"who": "Väinö"})]:
        version = plan_items.write_item(desk, version.id, PlanItem(key="", kind=kind, text="Teksti", **words))
    version = plan_items.write_item(
        desk, version.id, PlanItem(key="", kind="support_and_guidance", text="Kerran viikossa")
    )
    version = plan_items.write_item(
        desk, version.id, PlanItem(key="", kind="review", by_when=date(2027, 3, 1))
    )
    plans.finish(desk, version.id)
    code = plan_papers.plan_paper(desk, version.id).check_code
    plans.sign(
        desk,
        version.id,
        on=TODAY,
        signatures=[Signature(role="trainee", name="Väinö Aho", on_day=TODAY)],
    )
    plans.new_version(desk, version.plan_id)

    found = plan_returned.find_paper(desk, f"CDP1 V-2026-0001 1 {code}")
    assert (found.plan.number, found.version.version, found.newest.version) == ("V-2026-0001", 1, 2)
    assert (found.valid.version, found.older, found.same) == (1, False, True)


def test_the_sheet_of_plans_tells_which_is_valid_and_the_days_to_it(desk: Desk, vaino: int) -> None:
    plans_by_others.record_others_plan(desk, vaino, kind="client_plan", maker="HVA", made=date(2026, 12, 10))
    plans.begin(desk, vaino, "coaching_plan")
    sheet = plan_sheets.sheet(desk, vaino)

    assert [row.plan.kind for row in sheet.valid] == ["client_plan"]
    assert (sheet.days, sheet.late) == (100, True)
    draft = plan_sheets.version(desk, sheet.rows[1].newest.id)
    assert (draft.done, draft.needed, draft.ready) == (0, 5, False)


def test_the_paper_names_the_authorities_of_the_period(desk: Desk, vaino: int) -> None:
    from coachdesk.domain.period import Period
    from coachdesk.store import periods

    with desk.writing() as unit:
        period = Period(
            trainee_id=vaino,
            workshop_id=1,
            service_kind="rehabilitative_work_activity",
            controller="wellbeing_area_ostrobothnia",
            begins=date(2026, 9, 1),
        )
        periods.PERIODS.add(unit, period)
        unit.commit()
    paper = plan_papers.plan_paper(desk, plans.begin(desk, vaino, "activation_plan").id)

    assert paper.organiser.both("fi") == ("Pohjanmaan hyvinvointialue", "Österbottens välfärdsområde")
    assert paper.signers[2].body == paper.organiser
    assert replace(paper, organiser=paper.organiser) == paper
