"""Every form gathered from a desk: in the trainee's language, logged, under a name that tells nobody."""

from datetime import date, datetime

import pytest

from coachdesk import i18n, printing
from coachdesk.clock import HELSINKI
from coachdesk.domain.appointments import Appointment
from coachdesk.domain.consent import CONSENT_SCOPES, Consent
from coachdesk.domain.summary import Record, fields_of
from coachdesk.domain.summary_fields import FIELDS
from coachdesk.domain.trainee import Benefit, Trainee
from coachdesk.errors import Refused
from coachdesk.services import absences, appointments, attendance, forms, plans, plans_by_others, trainees
from coachdesk.services.desk import Desk
from tests.printing import reading

from .test_attendance import TODAY, acts, person

SCOPES = tuple(scope.key for scope in CONSENT_SCOPES)


@pytest.fixture
def who(desk: Desk) -> int:
    """A Swedish-speaking person with a code and an address that nobody may see."""
    trainee = Trainee(
        family_name="Lindström",
        given_names="Göran",
        personal_identity_code="010190-901R",
        street_address="Strandgatan 1",
        non_disclosure=True,
        municipality="905",
        service_language="sv",
        goal="Jag vill arbeta med händerna.",
    )
    return trainees.register(desk, trainee).id


def a_consent(trainee_id: int, *scopes: str, **more: object) -> Consent:
    values: dict[str, object] = {
        "number": "S-0147",
        "recipient": "wellbeing_area_ostrobothnia",
        "given": TODAY,
        "valid_to": date(2027, 12, 14),
        "explained_language": "sv",
        "explained_by": "Aino Mallikas",
    }
    return Consent(trainee_id=trainee_id, scopes=scopes, **(values | more))  # type: ignore[arg-type]


def test_each_form_has_its_way_from_the_desk() -> None:
    for form in printing.FORMS:
        assert callable(getattr(forms, {"absence_report": "absence_reports"}.get(form.key, form.key)))


def test_consent_lists_the_very_fields_that_the_scope_lets_out(desk: Desk, who: int) -> None:
    printed = forms.consent(desk, a_consent(who, "basic", "goals"))
    words = i18n.words("sv")
    text = reading.text(printed.pdf)
    leaves, _, stays = text.partition(words._("What this consent does not cover"))

    for scope in CONSENT_SCOPES:
        given = scope.key in ("basic", "goals")
        assert words._(scope.title) in (leaves if given else stays)
        assert not given or all(words._(FIELDS[name].title) in leaves for name in scope.fields)
    assert printed.language == "sv"
    assert acts(desk)[-1] == "consent.print"


@pytest.mark.parametrize("plain", [False, True])
def test_consent_with_every_scope_is_a_paper_without_failures(desk: Desk, who: int, plain: bool) -> None:
    printed = forms.consent(desk, a_consent(who, *SCOPES), plain=plain)

    assert reading.failures(printed.pdf) == []
    assert "Österbottens välfärdsområde" in reading.text(printed.pdf)


def test_consent_by_a_representative_is_signed_by_the_representative(desk: Desk, who: int) -> None:
    one = a_consent(who, "basic", given_how="representative", witness="Sten Nygård")
    text = reading.text(forms.consent(desk, one).pdf)

    assert "Laglig företrädare" in text
    assert "Den som ger samtycke" not in text


def test_summary_shows_what_goes_beside_what_the_region_has(desk: Desk, who: int) -> None:
    record = Record(trainee=trainees.get(desk, who))
    goals = [scope for scope in CONSENT_SCOPES if scope.key == "goals"]
    goes = fields_of(record, goals, TODAY)
    printed = forms.summary(
        desk, who, "wellbeing_area_ostrobothnia", goes, had={**goes, "goal": "Något annat"}, had_on=TODAY
    )
    text = reading.text(printed.pdf)

    assert "Jag vill arbeta med händerna." in text
    assert "Något annat" in text
    assert "ändrad" in text
    assert acts(desk)[-1] == "summary.print"


def test_withdrawn_summary_says_that_nothing_else_leaves(desk: Desk, who: int) -> None:
    printed = forms.summary(desk, who, "wellbeing_area_ostrobothnia", {})

    assert "Samtycket är återkallat" in reading.text(printed.pdf)


def test_no_form_shows_an_address_under_non_disclosure_or_names_a_person_in_its_file(
    desk: Desk, who: int
) -> None:
    made = forms.plan(desk, plans.begin(desk, who, "activation_plan").id)
    one = appointments.add(
        desk,
        Appointment(trainee_id=who, at=datetime(2026, 12, 17, 13, 30, tzinfo=HELSINKI), kind="conversation"),
    )
    all_of_them = [
        made,
        forms.consent(desk, a_consent(who, *SCOPES)),
        forms.information(desk, who),
        forms.slip(desk, one.id),
        forms.summary(desk, who, "kela", {}),
    ]
    for printed in all_of_them:
        assert "Strandgatan" not in reading.text(printed.pdf)
        assert "Vasa" not in reading.text(printed.pdf)
        assert "lindstr" not in printed.file_name
        assert printed.language == "sv"
    assert [p.file_name for p in all_of_them] == [
        "plan-a-2026-0001-1.pdf",
        "samtycke-s-0147.pdf",
        "information-till-deltagaren-2026-1.pdf",
        "moteslapp-2026-12-17.pdf",
        "vad-som-lamnas-ut-om-deltagaren-2026-12-15.pdf",
    ]


def test_absence_report_has_the_code_and_is_one_for_a_service(desk: Desk) -> None:
    period = person(desk, "Aho")
    attendance.record_day(desk, period, date(2026, 12, 14), "own_illness", certificate_seen=True)
    trainees.add_benefit(
        desk, Benefit(trainee_id=1, benefit="general_support", payer="kela", begins=date(2026, 5, 1))
    )
    payee = absences.reports(desk, TODAY).rows[0].payee
    (printed,) = forms.absence_reports(desk, 1, payee)

    assert printed.file_name == "ilmoitus-poissaoloista-2026-12-14.pdf"
    assert reading.failures(printed.pdf) == []


def test_month_list_is_named_by_its_month(desk: Desk) -> None:
    person(desk, "Aho")

    assert forms.month_list(desk, TODAY, language="fi").file_name == "kuukauden-lasnaololista-2026-12.pdf"


def test_sheet_for_the_maker_says_the_fixed_sentence(desk: Desk, who: int) -> None:
    plan = plans_by_others.record_others_plan(
        desk,
        who,
        kind="client_plan",
        maker="Pohjanmaan hyvinvointialue",
        made=date(2026, 10, 5),
        permission=True,
        permission_given=date(2026, 10, 6),
        our_goals="Deltidsarbete",
        replaces_kind="work_ability_support_plan",
    )
    text = reading.text(forms.replacement(desk, plan.id).pdf)

    assert "tämä suunnitelma korvaa työkyvyn tuen suunnitelman" in text
    assert "Deltidsarbete" in text
    assert "010190" not in text


def test_sheet_is_not_made_without_the_trainees_permission(desk: Desk, who: int) -> None:
    plan = plans_by_others.record_others_plan(
        desk, who, kind="client_plan", maker="Kela", made=date(2026, 10, 5), permission=False
    )
    with pytest.raises(Refused, match="permitted"):
        forms.replacement(desk, plan.id)
