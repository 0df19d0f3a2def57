"""Trainees: register, edit, find, open; benefits and own views.

Each look at a person and each change writes its line in the log.  What changes something returns what
its undo needs: the value as it was.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from coachdesk.clock import HELSINKI
from coachdesk.domain import identity_code
from coachdesk.domain import period as period_rules
from coachdesk.domain import phases as phase_rules
from coachdesk.domain import retention as retention_rules
from coachdesk.domain import trainee as rules
from coachdesk.domain.codes import attended_kinds
from coachdesk.domain.letters import nfc, nfc_lines
from coachdesk.domain.trainee import Benefit, Likeness, OwnView, Trainee
from coachdesk.domain.trainee_sheets import TraineePage, TraineeRow
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services import rights
from coachdesk.services.desk import Desk
from coachdesk.services.whose import ALL, EVERYBODY, Whose
from coachdesk.store import letters, periods, removed, retention, trainees
from coachdesk.store.sheets import trainees as sheet
from coachdesk.store.unit import Unit

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

FRESH = timedelta(minutes=1)  # what is said of the hour, as the next appointment, was true then


def register(desk: Desk, trainee: Trainee) -> Trainee:
    """Register a trainee; the one returned has its id.

    Raises:
        Refused: no name, a wrong identity code or a day to come.
    """
    with desk.writing() as unit:
        kept = register_in(unit, trainee)
        unit.commit()
    return kept


def register_in(unit: Unit, trainee: Trainee) -> Trainee:
    """Register a trainee in a unit that others also write to: an import, the demo."""
    kept = trainees.add(unit, rules.checked(trainee, unit.on))
    unit.log("trainee.register", trainee_id=kept.id, after=asdict(kept))
    return kept


def edit(desk: Desk, trainee: Trainee, *, why: str = "") -> Trainee:
    """Write a changed trainee; returns the one before, for undo.

    Raises:
        Refused: no name, a wrong identity code or a day to come.
    """
    with desk.writing() as unit:
        before = edit_in(unit, trainee, why=why)
        unit.commit()
    return before


def edit_in(unit: Unit, trainee: Trainee, *, why: str = "") -> Trainee:
    """Write a changed trainee in a unit that others also write to; returns the one before."""
    before = trainees.TRAINEES.get(unit, trainee.id)
    after = rules.checked(trainee, unit.on)
    if after != before:
        trainees.put(unit, after)
        old, new = changed(before, after)
        unit.log("trainee.edit", trainee_id=after.id, before=old, after=new, why=why)
    return before


def remove(desk: Desk, trainee_id: int) -> Trainee:
    """Take back a registration that nothing was recorded to yet; returns the trainee, for redo.

    Raises:
        Refused: something is recorded of the trainee.
    """
    with desk.writing() as unit:
        kept = remove_in(unit, trainee_id)
        unit.commit()
    return kept


def remove_in(unit: Unit, trainee_id: int) -> Trainee:
    """As ``remove``, within a unit.

    Raises:
        Refused: something is recorded of the trainee.
    """
    kept = trainees.TRAINEES.get(unit, trainee_id)
    if trainees.has_records(unit, trainee_id):
        raise Refused(N_("Something is already recorded of this trainee."))
    trainees.TRAINEES.remove(unit, trainee_id)
    unit.log("trainee.remove", trainee_id=trainee_id, before=asdict(kept))
    return kept


def get(desk: Desk, trainee_id: int) -> Trainee:
    """The trainee as kept, for a form that changes it; the page that led here was logged."""
    with desk.reading() as unit:
        return trainees.TRAINEES.get(unit, trainee_id)


def listing(desk: Desk, whose: Whose = EVERYBODY) -> tuple[TraineeRow, ...]:
    """The list with phases, next step and consent; its opening is one line in the log.

    The long read is not in the writing transaction, so that no save waits for it.
    """
    with desk.writing() as unit:
        unit.log("trainee.list", why=desk.reason_for_lists if whose.key == ALL else "")
        unit.commit()
    with desk.reading() as unit:
        return sheet.listing(unit, unit.on, whose.others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """A trainee's page as it was read for the card in the list, and at which mark of the desk's changes."""

    page: TraineePage
    at: datetime
    mark: int | None

    def holds(self, desk: Desk, at: datetime) -> bool:
        """Whether reading it at a moment would find the same."""
        soon = self.at <= at < self.at + FRESH and _day(self.at) == _day(at)
        return soon and desk.changes.holds(self.mark)


def page(
    desk: Desk,
    trainee_id: int,
    early: Callable[[TraineePage], object] | None = None,
    *,
    ahead: Ahead | None = None,
) -> TraineePage:
    """The trainee's page; its opening is one line in the log.

    ``early`` gets the page before that line lies on the disk: it may be laid out meanwhile, and nobody
    sees it before this returns.  What was read ``ahead`` is not read again where it holds still.

    Raises:
        ReasonNeeded: the trainee is another coach's and no reason was stated.
    """
    with desk.looking() as unit:
        unit.log("trainee.open", trainee_id=trainee_id)
        if ahead is not None and ahead.holds(desk, unit.at):
            found = ahead.page
        else:
            found = _page(unit, trainee_id)
        if early is not None:
            early(found)
        unit.commit()
    return found


def read_again(desk: Desk, trainee_id: int) -> TraineePage:
    """The page of somebody whose page is open, after a change; its opening is logged already.

    Raises:
        ReasonNeeded: the trainee is another coach's.
    """
    with desk.reading() as unit:
        rights.see_to(desk, unit, trainee_id)
        return _page(unit, trainee_id)


def read_ahead(desk: Desk, trainee_id: int) -> Ahead:
    """What the preview card shows; the look is logged by ``previewed`` once it has lasted.

    Raises:
        ReasonNeeded: the trainee is another coach's.
    """
    mark = desk.changes.mark()  # before the reading begins
    with desk.reading() as unit:
        rights.see_to(desk, unit, trainee_id)
        return Ahead(page=_page(unit, trainee_id), at=unit.at, mark=mark)


def previewed(desk: Desk, trainee_id: int) -> None:
    """Log that a preview card has stood for two seconds."""
    with desk.looking() as unit:
        unit.log("trainee.preview", trainee_id=trainee_id)
        unit.commit()


def _page(unit: Unit, trainee_id: int) -> TraineePage:
    kept, on = sheet.person(unit, trainee_id), unit.on
    openings, norms = sheet.openings(unit, trainee_id)
    period, agreed = sheet.best_period(unit, trainee_id, on)
    counted = period is not None and period.granted_days is not None
    used = periods.attended(unit, period.id, attended_kinds()) if period and counted else 0
    plan = sheet.plan(unit, trainee_id)
    due = phase_rules.plan_due(kept.first_contact) if kept.first_contact and plan is None else None
    happenings, count = sheet.happenings(unit, trainee_id, 4)
    standing = sheet.standing(unit, trainee_id, on)
    return TraineePage(
        trainee=rules.for_reading(kept),
        has_code=bool(kept.personal_identity_code),
        phases=phase_rules.states(openings, norms, on),
        next_step=sheet.next_step(unit, trainee_id),
        period=period,
        agreed=period_rules.agreed_on(agreed, max(on, period.begins)) if period else (),
        cautions=period_rules.ending(period, used, on) if period else (),
        benefit=sheet.benefit(unit, trainee_id, on),
        coaching=sheet.coaching(unit, trainee_id),
        grade=sheet.grade(unit, trainee_id),
        plan=plan,
        worker=letters.worker_of(unit, trainee_id, on) if standing.told_a_worker else None,
        plan_due=due,
        happenings=happenings,
        notes=count,
        appointments=sheet.coming(unit, trainee_id, unit.at, 3),
        consents=sheet.consents(unit, trainee_id, on),
        attendance=sheet.marks(unit, trainee_id, on),
        used=used,
        keeping=retention_rules.keeping(retention.services_of(unit, trainee_id), on),
        archived=_day(standing.archived),
        restricted=standing.restricted,
    )


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(HELSINKI).date() if moment else None


def show_code(desk: Desk, trainee_id: int) -> str:
    """The whole identity code, because somebody asked for it; that is logged."""
    with desk.writing() as unit:
        code = trainees.TRAINEES.get(unit, trainee_id).personal_identity_code
        unit.log("trainee.show_code", trainee_id=trainee_id)
        unit.commit()
    return code


def duplicates(desk: Desk, trainee: Trainee) -> tuple[Likeness, ...]:
    """Who may already be this person: by code, folded names or day of birth, surest first."""
    with desk.reading() as unit:
        return duplicates_in(unit, trainee)


def duplicates_in(unit: Unit, trainee: Trainee) -> tuple[Likeness, ...]:
    """As ``duplicates``, within a unit; a code half typed tells nothing yet."""
    code = trainee.personal_identity_code.strip().upper()
    if identity_code.is_valid(code):
        born = identity_code.parse(code).birth_date
        trainee = replace(trainee, personal_identity_code=code, birth_date=born)
    found = [(other, rules.alike(trainee, other)) for other in trainees.like(unit, trainee)]
    likely = [Likeness(trainee=other, alike=by) for other, by in found if by]
    return tuple(sorted(likely, key=lambda like: ("code" not in like.alike, -len(like.alike))))


def add_benefit(desk: Desk, benefit: Benefit) -> Benefit:
    """Record a benefit and its payer with their days."""
    with desk.writing() as unit:
        kept = trainees.BENEFITS.add(unit, _checked_benefit(benefit))
        if benefit.id:  # removed and undone
            removed.forget(unit, kept.trainee_id, f"benefit:{kept.id}")
        unit.log("benefit.add", trainee_id=kept.trainee_id, subject=f"benefit:{kept.id}", after=asdict(kept))
        unit.commit()
    return kept


def edit_benefit(desk: Desk, benefit: Benefit) -> Benefit:
    """Write a changed benefit; returns the one before, for undo."""
    with desk.writing() as unit:
        before = trainees.BENEFITS.get(unit, benefit.id)
        trainees.BENEFITS.put(unit, _checked_benefit(benefit))
        old, new = changed(before, benefit)
        subject = f"benefit:{benefit.id}"
        unit.log("benefit.edit", trainee_id=benefit.trainee_id, subject=subject, before=old, after=new)
        unit.commit()
    return before


def remove_benefit(desk: Desk, benefit_id: int) -> Benefit:
    """Take a benefit recorded by mistake away; returns it, for undo."""
    with desk.writing() as unit:
        before = trainees.BENEFITS.get(unit, benefit_id)
        subject = f"benefit:{benefit_id}"
        removed.take(unit, before.trainee_id, subject, trainees.BENEFITS, benefit_id)
        unit.log("benefit.remove", trainee_id=before.trainee_id, subject=subject, before=asdict(before))
        unit.commit()
    return before


def benefits(desk: Desk, trainee_id: int) -> tuple[Benefit, ...]:
    """A trainee's benefits, the newest first."""
    with desk.reading() as unit:
        return trainees.benefits(unit, trainee_id)


def add_own_view(desk: Desk, view: OwnView) -> OwnView:
    """Write the trainee's own view beside a note or a plan item, in own words.

    Raises:
        Refused: there are no words.
    """
    view = replace(view, text=nfc_lines(view.text), subject=nfc(view.subject))
    if not view.text:
        raise Refused(N_("An own view needs words."), field="text")
    with desk.writing() as unit:
        kept = trainees.OWN_VIEWS.add(unit, view)
        if view.id:  # removed and undone
            removed.forget(unit, kept.trainee_id, f"own_view:{kept.id}")
        unit.log("own_view.add", trainee_id=kept.trainee_id, subject=kept.subject, after=asdict(kept))
        unit.commit()
    return kept


def remove_own_view(desk: Desk, view_id: int) -> OwnView:
    """Take back an own view that was just written; returns it, for redo."""
    with desk.writing() as unit:
        before = trainees.OWN_VIEWS.get(unit, view_id)
        removed.take(unit, before.trainee_id, f"own_view:{view_id}", trainees.OWN_VIEWS, view_id)
        unit.log(
            "own_view.remove", trainee_id=before.trainee_id, subject=before.subject, before=asdict(before)
        )
        unit.commit()
    return before


def own_views(desk: Desk, trainee_id: int) -> tuple[OwnView, ...]:
    """A trainee's own views by day."""
    with desk.reading() as unit:
        return trainees.own_views(unit, trainee_id)


def changed(
    before: "DataclassInstance", after: "DataclassInstance"
) -> tuple[dict[str, object], dict[str, object]]:
    """The fields that differ between two values of one class: as they were, as they are."""
    old, new = asdict(before), asdict(after)
    names = [name for name in new if old[name] != new[name]]
    return {name: old[name] for name in names}, {name: new[name] for name in names}


def _checked_benefit(benefit: Benefit) -> Benefit:
    if not benefit.benefit:
        raise Refused(N_("Choose a benefit."), field="benefit")
    if benefit.ends is not None and benefit.ends < benefit.begins:
        raise Refused(N_("The benefit ends before it begins."), field="ends")
    return replace(benefit, payer_name=nfc(benefit.payer_name))
