"""Every printed form as a PDF: gathered from the desk, drawn in the trainee's language, logged.

A print writes its line ("consent.print", "attendance.print") in the transaction that gathers it.  A
plan's pages are looked at more often than printed: ``plans.mark_printed`` is called when they really go
on paper.  No file name holds a person's name.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from coachdesk import i18n
from coachdesk.domain import summary as summaries
from coachdesk.domain.absences import Payee
from coachdesk.domain.codes import codes
from coachdesk.domain.consent import CONSENT_SCOPES, SCOPES, Consent, known_scopes
from coachdesk.domain.papers import (
    Both,
    ConsentPaper,
    FiguresPaper,
    SummaryGroup,
    SummaryPaper,
    SummaryRow,
)
from coachdesk.domain.plan import PlanItem
from coachdesk.i18n import Words
from coachdesk.services import access_log as logs
from coachdesk.services import attendance_papers, figure_lines, plan_papers, recovery_sheet, slips
from coachdesk.services import dossier as dossiers
from coachdesk.services import figures as counting
from coachdesk.services import information as informing
from coachdesk.services import lost_laptop as lost
from coachdesk.services.desk import Desk
from coachdesk.services.plan_papers import coach_name, named, running_period, sender_of
from coachdesk.store import appointments, plans, tables, trainees
from coachdesk.store.rows import Rows
from coachdesk.store.unit import Unit

_CONSENTS: Rows[Consent] = Rows(tables.consent, Consent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A paper ready to be shown, printed or saved: its title and file name in its own language."""

    pdf: bytes
    title: str
    file_name: str
    language: str
    data: bytes = b""  # the same as JSON, where the paper has such a twin


def plan(desk: Desk, version_id: int, items: tuple[PlanItem, ...] | None = None) -> Printed:
    """The pages of a plan's version, with words not kept yet where they are given; not logged as a print."""
    pdf, language = plan_papers.preview(desk, version_id, items)
    with desk.reading() as unit:
        version = plans.VERSIONS.get(unit, version_id)
        number = plans.PLANS.get(unit, version.plan_id).number
    return _printed("plan", pdf, language, number, str(version.version))


def replacement(desk: Desk, plan_id: int) -> Printed:
    """The sheet with the fixed sentence for the maker of another's plan.

    Raises:
        Refused: the plan is our own, or the trainee does not let us take part in it.
    """
    pdf, language = plan_papers.draw_replacement(desk, plan_id)
    return _printed("replacement", pdf, language, desk.clock.today().isoformat())


def consent(desk: Desk, consent: Consent, *, plain: bool = False) -> Printed:
    """The form of a consent, kept or still to be given, in standard or plain language."""
    from coachdesk import printing

    with desk.writing() as unit:
        language = trainees.TRAINEES.get(unit, consent.trainee_id).service_language
        paper = _consent_paper(unit, consent, i18n.words(language))
        subject = f"consent:{consent.number or 'new'}"
        unit.log("consent.print", trainee_id=consent.trainee_id, subject=subject)
        unit.commit()
    key = "plain_consent" if plain else "consent"
    return _printed(key, printing.form(key).draw(paper, language), language, consent.number)


def plain_consent(desk: Desk, consent_: Consent) -> Printed:
    """The form of a consent in plain language."""
    return consent(desk, consent_, plain=True)


def information(desk: Desk, trainee_id: int | None, *, language: str = "", plain: bool = False) -> Printed:
    """The information text, for a trainee or for anybody, in the trainee's language or the screen's."""
    from coachdesk import printing

    if not language:
        language = attendance_papers.service_language(desk, trainee_id) if trainee_id else ""
    language = language or ("sv" if i18n.current().language == "sv" else "fi")
    paper = informing.paper(desk, trainee_id, language=language, plain=plain)
    return _printed(
        "information", printing.form("information").draw(paper, language), language, paper.version
    )


def month_list(
    desk: Desk,
    month: date,
    workshop_id: int | None = None,
    group_id: int | None = None,
    *,
    language: str = "fi",
) -> Printed:
    """The attendance list of a month for signature."""
    pdf = attendance_papers.month_list_pdf(desk, month, workshop_id, group_id, language=language)
    return _printed("month_list", pdf, language, f"{month:%Y-%m}")


def absence_reports(desk: Desk, trainee_id: int, payee: Payee) -> tuple[Printed, ...]:
    """The reports of absences of a person to one payer, one for each service.

    Raises:
        Refused: there is nothing to report.
    """
    language = attendance_papers.service_language(desk, trainee_id)
    pdfs = attendance_papers.absence_report_pdfs(desk, trainee_id, payee, language=language)
    begins = payee.begins.isoformat()
    return tuple(
        _printed("absence_report", pdf, language, begins, str(number) if len(pdfs) > 1 else "")
        for number, pdf in enumerate(pdfs, 1)
    )


def slip(desk: Desk, appointment_id: int) -> Printed:
    """The slip of an appointment."""
    with desk.reading() as unit:
        one = appointments.APPOINTMENTS.get(unit, appointment_id)
    language = attendance_papers.service_language(desk, one.trainee_id)
    return _printed("slip", slips.pdf(desk, appointment_id), language, one.at.date().isoformat())


def recovery(desk: Desk, groups: tuple[str, ...], language: str) -> Printed:
    """The recovery sheet; its groups are nowhere else."""
    return _printed("recovery", recovery_sheet.draw_sheet(desk, groups, language), language)


def summary(
    desk: Desk,
    trainee_id: int,
    recipient: str,
    goes: Mapping[str, Any],
    *,
    had: Mapping[str, Any] | None = None,
    had_on: date | None = None,
    consent: Consent | None = None,
) -> Printed:
    """Exactly what leaves of a trainee, beside what the recipient has had; nothing going is a withdrawal."""
    from coachdesk import printing

    with desk.writing() as unit:
        person = trainees.TRAINEES.get(unit, trainee_id)
        language = person.service_language
        paper = SummaryPaper(
            on=unit.on,
            workshop=sender_of(unit, running_period(unit, trainee_id)),
            trainee=person.spoken_name,
            recipient=body(recipient),
            consent=consent.number if consent else "",
            consent_valid_to=consent.valid_to if consent else None,
            withdrawal=not goes,
            last_sent=had_on,
            groups=summary_groups(goes, had or {}, i18n.words(language)),
            sha256=summaries.digest(goes) if goes else "",
        )
        unit.log("summary.print", trainee_id=trainee_id, subject=f"recipient:{recipient}")
        unit.commit()
    return _printed("summary", printing.form("summary").draw(paper, language), language, paper.on.isoformat())


def log_report(
    desk: Desk, trainee_id: int, begins: date | None = None, ends: date | None = None, why: str = ""
) -> Printed:
    """Who has looked at a trainee's data and to whom it was given; from the first line unless told."""
    from coachdesk import printing

    begins = begins or logs.first_day(desk, trainee_id)
    paper, language = logs.report(desk, trainee_id, begins, ends or desk.clock.today(), why)
    drawn = printing.form("log_report").draw(paper, language)
    return _printed("log_report", drawn, language, paper.on.isoformat())


def dossier(desk: Desk, trainee_id: int, why: str = "") -> Printed:
    """Everything that is held of a trainee, to read; its data go with it (``Printed.data``)."""
    from coachdesk import printing

    made = dossiers.make(desk, trainee_id, why)
    drawn = printing.form("dossier").draw(made.paper, made.language)
    printed = _printed("dossier", drawn, made.language, made.paper.on.isoformat())
    return replace(printed, data=made.data)


def lost_laptop(desk: Desk, language: str = "") -> Printed:
    """What a notice of a lost laptop needs, in a language or the screen's."""
    from coachdesk import printing

    made = lost.make(desk, language or ("sv" if i18n.current().language == "sv" else "fi"))
    drawn = printing.form("lost_laptop").draw(made.paper, made.language)
    printed = _printed("lost_laptop", drawn, made.language, made.paper.on.isoformat())
    return replace(printed, data=made.data)


def figures(desk: Desk, begins: date | None = None, ends: date | None = None, language: str = "") -> Printed:
    """The figures of a period, in a language or the screen's; counts under five are not told.

    Raises:
        Refused: the end is before the start.
    """
    from coachdesk import printing

    language = language or ("sv" if i18n.current().language == "sv" else "fi")
    words = i18n.words(language)
    found = counting.figures(desk, begins, ends)
    lines = figure_lines.lines_of(found, words)
    with desk.writing() as unit:
        paper = FiguresPaper(
            on=unit.on,
            workshop=sender_of(unit, None),
            period=figure_lines.period_words(found, words),
            rows=tuple((line.words, line.told(words), line.counted) for line in lines),
        )
        unit.log("figures.print", subject=f"figures:{begins or ''}:{ends or ''}")
        unit.commit()
    return _printed("figures", printing.form("figures").draw(paper, language), language, paper.on.isoformat())


def summary_groups(goes: Mapping[str, Any], had: Mapping[str, Any], words: Words) -> tuple[SummaryGroup, ...]:
    """The items of a summary by scope, each with what changes in words."""
    groups: dict[str, list[SummaryRow]] = {}
    for line in summaries.lines(goes, words):
        now = summaries.shown(line.field, had[line.field], words) if line.field in had else ""
        row = SummaryRow(title=line.title, now=now, goes=line.text, change=_change(now, line.text, words))
        groups.setdefault(line.scope, []).append(row)
    return tuple(
        SummaryGroup(title=words._(SCOPES[key].title), rows=tuple(rows)) for key, rows in groups.items()
    )


def body(recipient: str) -> Both:
    """A recipient by its official names, or by the words it was named with."""
    if recipient in codes("bodies"):
        return named("bodies", recipient)
    return Both(recipient, recipient, recipient)


def file_name(title: str, *parts: str) -> str:
    """A file name of plain letters: what the paper is, its number or day, never a person's name."""
    words = unicodedata.normalize("NFKD", "-".join(filter(None, (title, *parts)))).lower()
    plain = "".join(letter for letter in words if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") + ".pdf"


def _printed(key: str, pdf: bytes, language: str, *parts: str) -> Printed:
    from coachdesk import printing

    title = i18n.words(language)._(printing.form(key).title)
    return Printed(pdf=pdf, title=title, file_name=file_name(title, *parts), language=language)


def _consent_paper(unit: Unit, one: Consent, words: Words) -> ConsentPaper:
    person = trainees.TRAINEES.get(unit, one.trainee_id)
    scopes = known_scopes(one)
    old = _CONSENTS.get(unit, one.replaces_id).number if one.replaces_id else ""
    explained = one.explained_language
    return ConsentPaper(
        number=one.number,
        on=unit.on,
        workshop=sender_of(unit, running_period(unit, one.trainee_id)),
        trainee=person.spoken_name,
        recipient=body(one.recipient),
        purpose=one.purpose,
        ground=one.ground,
        scopes=tuple(summaries.on_paper(scope, words) for scope in scopes),
        not_given=tuple(words._(scope.title) for scope in CONSENT_SCOPES if scope not in scopes),
        valid_from=one.given,
        valid_to=one.valid_to,
        replaces=old,
        spoken_before=one.witness if one.given_how == "spoken" else "",
        representative=one.witness if one.given_how == "representative" else "",
        given=one.given,
        explained_language=named("languages", explained) if explained else Both(),
        explained_by=one.explained_by,
        coach=coach_name(unit),
    )


def _change(now: str, goes: str, words: Words) -> str:
    if not now:
        return words.pgettext("item", "new")
    return "" if now == goes else words.pgettext("item", "changed")
