"""How long what is kept of an ended trainee stays, and on what ground it may be removed for good.

Whole years from the day the service ended, by the dated codes of ``retention``.  Where somebody was in
several services the longest time counts.  Source: Act 703/2023, annex.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from coachdesk.domain.codes import codes
from coachdesk.domain.days import months_on
from coachdesk.errors import Refused
from coachdesk.i18n import N_

DUE, ASKED, CONTROLLER, AGAIN = "due", "asked", "controller", "again"
GROUNDS = {
    DUE: N_("The time of keeping is over"),
    ASKED: N_("The trainee has asked for it"),
    CONTROLLER: N_("The controller has decided so"),
    AGAIN: N_("Removed once already: an older backup brought it back"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service that somebody was or is in: its last day, None while it runs."""

    kind: str  # code of service_kinds; empty for job coaching within the other services
    ended: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How long an ended trainee is kept.

    ``due`` is the first day on which removing is due; None where no time is known of one of the services,
    so that the controller decides.  ``review``: the time has still to be confirmed by the controller.
    Of who was never in a service ``kind`` is empty and ``ended`` the day of the first contact.
    """

    ended: date
    due: date | None
    kind: str  # the service that keeps longest, or the one without a time
    years: int = 0
    source: str = ""
    source_sv: str = ""
    review: bool = False

    def source_in(self, language: str) -> str:
        """Where the time stands, for a reader."""
        return self.source_sv or self.source if language == "sv" else self.source

    def over(self, on: date) -> bool:
        """Whether the time of keeping is over."""
        return self.due is not None and self.due <= on


def keeping(services: Iterable[Service], on: date) -> Keeping | None:
    """How long somebody is kept; None while a service runs, or where there never was one.

    The times are those in force on ``on``, also for what ended earlier.
    """
    services = tuple(services)
    ends = [one.ended for one in services if one.ended is not None and one.ended < on]
    if not ends or len(ends) != len(services):
        return None
    kinds = {one.kind for one in services if one.kind} or {""}
    each = [
        _of(kind, last, max(ends), on)
        for one, last in zip(services, ends, strict=True)
        for kind in ({one.kind} if one.kind else kinds)
    ]
    unknown = [one for one in each if one.due is None]
    return unknown[0] if unknown else max(each, key=lambda one: one.due or date.min)


def never_begun(known_since: date | None, on: date) -> Keeping | None:
    """Somebody who was registered and never in a service: after a year the controller is asked."""
    if known_since is None or months_on(known_since, 12) > on:
        return None
    return Keeping(ended=known_since, due=None, kind="")


def _of(kind: str, last: date, ended: date, on: date) -> Keeping:
    if kind not in codes("retention"):
        return Keeping(ended=ended, due=None, kind=kind)
    code = codes("retention").at(kind, on)
    years = int(code.more["years"])
    due = months_on(last, 12 * years)
    return Keeping(
        ended=ended,
        due=due,
        kind=kind,
        years=years,
        source=code.source,
        source_sv=str(code.more.get("source_sv", "")),
        review=code.review,
    )


def must_be_removable(
    ground: str, kept: Keeping | None, asked: bool, on: date, *, again: bool = False
) -> None:
    """Refuse to remove somebody for good on a ground that does not hold.

    ``again``: the person was removed after the backup was made that this desk was restored from.

    Raises:
        Refused: a service still runs, the time is not over, or nobody has asked.
    """
    if ground not in GROUNDS:
        raise Refused(N_("Choose on what ground the trainee is removed."), field="ground")
    if ground == AGAIN:
        if not again:
            raise Refused(N_("The trainee was not removed before."), field="ground")
        return
    if ground == ASKED:
        if not asked:
            raise Refused(N_("Record the trainee's request first: Requests about own data."), field="ground")
        return
    if kept is None:
        raise Refused(N_("The trainee's service has not ended."), field="ground")
    if ground == DUE and not kept.over(on):
        if kept.due is None:
            raise Refused(N_("No time of keeping is known for this service."), field="ground")
        raise Refused(N_("The time of keeping is over on {day}."), field="ground", day=kept.due)
