"""The information text for trainees: given to whom, when, in which language, by whom."""

from dataclasses import asdict, replace
from datetime import date

from coachdesk.domain.information import InformationGiven, checked, text_on, version_on
from coachdesk.domain.papers import Both, InformationPaper, InformationSection, Sender
from coachdesk.services.desk import Desk
from coachdesk.services.plan_papers import coach_name, named, running_period, sender_of
from coachdesk.store import information, periods, removed, trainees
from coachdesk.store.unit import Unit


def give(
    desk: Desk, trainee_id: int, *, language: str, given: date, given_by: str, plain: bool = False
) -> InformationGiven:
    """Record that the text in force was given to a trainee, in fi or sv, perhaps in plain language.

    Raises:
        Refused: the day is still to come, or nobody is named.
    """
    with desk.writing() as unit:
        one = InformationGiven(
            trainee_id=trainee_id,
            text_version=version_on(given),
            language=f"{language}-plain" if plain else language,
            given=given,
            given_by=given_by.strip(),
        )
        kept = information.GIVEN.add(unit, checked(one, unit.on))
        unit.log("information.give", trainee_id=trainee_id, after=asdict(kept))
        unit.commit()
    return kept


def take_back(desk: Desk, given_id: int) -> InformationGiven:
    """Take a record that was made by mistake away: the undo of ``give``."""
    with desk.writing() as unit:
        old = information.GIVEN.get(unit, given_id)
        removed.take(unit, old.trainee_id, f"information:{given_id}", information.GIVEN, given_id)
        unit.log("information.take_back", trainee_id=old.trainee_id, before=asdict(old))
        unit.commit()
    return old


def given_to(desk: Desk, trainee_id: int) -> tuple[InformationGiven, ...]:
    """What was given to a trainee, the newest first."""
    with desk.reading() as unit:
        return information.of_trainee(unit, trainee_id)


def paper(desk: Desk, trainee_id: int | None, *, language: str, plain: bool = False) -> InformationPaper:
    """The text for a trainee with his or her services, or for anybody; its print is logged."""
    with desk.writing() as unit:
        period = running_period(unit, trainee_id) if trainee_id else None
        found = _text(unit, sender_of(unit, period), language, plain)
        if trainee_id is not None:
            given = information.of_trainee(unit, trainee_id)
            found = replace(
                found,
                trainee=trainees.TRAINEES.get(unit, trainee_id).spoken_name,
                services=_services(unit, trainee_id),
                given=given[0].given if given else None,
            )
            unit.log("information.print", trainee_id=trainee_id, subject=f"text:{found.version}")
            unit.commit()
    return found


def _text(unit: Unit, workshop: Sender, language: str, plain: bool) -> InformationPaper:
    region = information.region_name(unit, language)
    fields = {
        "workshop": workshop.name.name(language),
        "phone": workshop.phone or "–",
        "email": workshop.email or "–",
        "region": region or named("bodies", "wellbeing_area_ostrobothnia").name(language),
    }
    sections = tuple(
        InformationSection(
            title=section.title,
            text="\n\n".join(section.paragraphs),
            lists_services=section.list == "services",
        )
        for section in text_on(unit.on, language, plain=plain, fields=fields)
    )
    return InformationPaper(
        on=unit.on,
        workshop=workshop,
        version=version_on(unit.on),
        sections=sections,
        plain=plain,
        coach=coach_name(unit),
    )


def _services(unit: Unit, trainee_id: int) -> tuple[tuple[Both, Both], ...]:
    """Each service that runs, with its controller."""
    found = []
    for period in periods.running(unit, trainee_id, unit.on):
        name = period.controller_name
        controller = Both(name, name, name) if name else named("bodies", period.controller)
        found.append((named("service_kinds", period.service_kind), controller))
    return tuple(dict.fromkeys(found))
