"""Paper: a plan of three pages as tagged PDF, against the same drawing without tags."""

from collections.abc import Callable, Iterator

from coachdesk.bench.desk import Place
from coachdesk.bench.row import Row, taking_turns

TURNS = 20


def rows(place: Place, tell: Callable[[str], None]) -> Iterator[Row]:
    """The row of the plan."""
    from coachdesk.printing.plan import draw_plan

    sheet = _three_pages(place)
    measured, baseline = taking_turns(
        TURNS, lambda: draw_plan(sheet, "fi"), lambda: draw_plan(sheet, "fi", tagged=False)
    )
    yield Row(
        what="plan of 3 pages to tagged PDF", measured=measured, baseline=baseline,
        baseline_is="ReportLab untagged", most=1.6, samples=TURNS,
    )  # fmt: skip


def _three_pages(place: Place):  # type: ignore[no-untyped-def]
    """A plan of a made-up person that fills exactly three pages."""
    from datetime import date

    from coachdesk.domain.papers import Both, Sender, Signer
    from coachdesk.domain.plan_papers import PlanLine, PlanPaper, PlanPart, PlanText

    words = "Kurssi, työkokeilu ja tutustuminen sovitaan yhdessä. Åsa och Öjvind hjälper vid behov. " * 3
    lines = tuple(
        PlanLine(title=Both(fi=f"Kohta {n}", sv=f"Punkt {n}"), texts=(PlanText(text=words),))
        for n in range(26)
    )
    workshop = Sender(name=Both(fi="Merenkurkun työpaja", sv="Kvarkens verkstad"))
    signer = Signer(role=Both(fi="valmentautuja", sv="deltagare"), name="Väinö Aho")
    return PlanPaper(
        kind=Both(fi="aktivointisuunnitelma", sv="aktiveringsplan"),
        number="A-2026-0001",
        version=1,
        check_code="0123abcd",
        state="final",
        on=date(2026, 12, 15),
        workshop=workshop,
        trainee="Väinö Aho",
        parts=(PlanPart(title=Both(fi="Tilanne", sv="Läget"), lines=lines),),
        signers=(signer,),
    )
