from collections.abc import Callable
from datetime import date

import pytest

from coachdesk.domain.absences import Payee
from coachdesk.domain.trainee import Benefit
from coachdesk.errors import Refused
from coachdesk.services import absences, attendance, attendance_papers, trainees
from coachdesk.services.desk import Desk

from .test_attendance import TODAY, acts, person


@pytest.fixture
def ill(desk: Desk) -> int:
    """A person, paid by Kela, ill yesterday with a certificate; returns the trainee's id."""
    period = person(desk, "Aho")
    attendance.record_day(desk, period, date(2026, 12, 14), "own_illness", certificate_seen=True)
    attendance.record_day(desk, period, TODAY, "present")
    trainees.add_benefit(
        desk, Benefit(trainee_id=1, benefit="general_support", payer="kela", begins=date(2026, 5, 1))
    )
    return 1


def payee(desk: Desk) -> Payee:
    return absences.reports(desk, TODAY).rows[0].payee


def test_the_span_shows_what_is_told_and_what_is_still_to_be_done(desk: Desk, ill: int) -> None:
    sheet = absences.reports(desk, TODAY)
    row = sheet.rows[0]
    assert (row.trainee_id, row.payee.payer, row.state) == (ill, "kela", "")
    assert [one.day.day for one in row.told.absences] == [14]
    assert sheet.undone == 1


def test_made_sent_and_nothing_are_kept(desk: Desk, ill: int) -> None:
    absences.tell(desk, ill, payee(desk), absences.MADE)
    assert absences.reports(desk, TODAY).undone == 1
    absences.tell(desk, ill, payee(desk), absences.SENT)
    again = absences.reports(desk, TODAY)
    assert (again.rows[0].state, again.undone) == ("sent", 0)


def test_what_was_sent_cannot_be_taken_back(desk: Desk, ill: int) -> None:
    absences.tell(desk, ill, payee(desk), absences.SENT)
    with pytest.raises(Refused, match="cannot be taken back"):
        absences.untell(desk, ill, payee(desk), None)
    with pytest.raises(Refused, match="cannot be taken back"):
        absences.tell(desk, ill, payee(desk), absences.NOTHING)


def test_a_made_report_is_undone(desk: Desk, ill: int) -> None:
    before = absences.tell(desk, ill, payee(desk), absences.NOTHING)
    absences.untell(desk, ill, payee(desk), before)
    assert absences.reports(desk, TODAY).rows[0].state == ""


def test_without_a_payer_nothing_is_told(desk: Desk) -> None:
    person(desk, "Aho")
    row = absences.reports(desk, TODAY).rows[0]
    assert row.payee.payer == ""
    with pytest.raises(Refused, match="who pays"):
        absences.tell(desk, 1, row.payee, absences.MADE)


@pytest.mark.parametrize(("language", "holiday"), [("fi", "Jouluaatto"), ("sv", "Julafton")])
def test_the_report_names_person_service_provider_days_and_signer(
    desk: Desk, ill: int, language: str, holiday: str
) -> None:
    (paper,) = attendance_papers.absence_reports(desk, ill, payee(desk), language=language)
    assert (paper.trainee, paper.payer.fi, paper.signer) == ("Malli Aho", "Kela", "Aino Mallikas")
    assert paper.workshop.name.fi == "Mallipaja"
    assert paper.service.sv == "arbetsverksamhet i rehabiliteringssyfte"
    assert [(one.day.day, one.kind.fi, one.certificate) for one in paper.absences] == [
        (14, "oma sairaus", True)
    ]
    assert [one.reason.name(language) for one in paper.not_arranged] == [holiday]
    assert "absence_report.print" in acts(desk)


def test_the_month_list_never_tells_a_reason(desk: Desk, ill: int, language: Callable[[str], None]) -> None:
    paper = attendance_papers.month_list(desk, TODAY, language="sv")
    marks = dict(zip((d.day.day for d in paper.days), paper.rows[0].marks, strict=True))
    assert (marks[14], marks[15], marks[16], marks[24], marks[19]) == (
        "absent", "present", "planned", "not_arranged", ""
    )  # fmt: skip
    assert paper.rows[0].minutes == 300
    assert "sjukdom" not in repr(paper)
    assert paper.days[23].holiday == "Julafton"


def test_both_papers_are_drawn(desk: Desk, ill: int) -> None:
    assert attendance_papers.month_list_pdf(desk, TODAY, language="sv").startswith(b"%PDF")
    (pdf,) = attendance_papers.absence_report_pdfs(desk, ill, payee(desk))
    assert pdf.startswith(b"%PDF")


def test_no_paper_where_there_is_nothing_to_report(desk: Desk) -> None:
    person(desk, "Aho", ())
    with pytest.raises(Refused, match="nothing to report"):
        attendance_papers.absence_report_pdfs(desk, 1, payee(desk))
