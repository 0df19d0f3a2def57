"""What a person asks about the own data, and what was answered: access, rectification, restriction and so on.

Source: GDPR, articles 12 and 15-21.  An answer is due within one month of the asking (article 12(3)).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from coachdesk.domain.days import months_on
from coachdesk.domain.letters import nfc_lines
from coachdesk.errors import Refused
from coachdesk.i18n import N_

RESTRICTION, ERASURE = "restriction", "erasure"
REFUSED = "refused"
WARNED_DAYS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsRequest:
    """A request with its days: ``outcome`` is empty until it is answered."""

    id: int = 0
    trainee_id: int
    kind: str  # code of request_kinds
    asked: date
    what: str = ""
    outcome: str = ""  # code of request_outcomes
    answer: str = ""
    answered: date | None = None
    answered_by: str = ""
    lifted: date | None = None  # of a restriction: from this day it is no longer in force

    @property
    def due(self) -> date:
        """The last day for an answer."""
        return months_on(self.asked, 1)

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.answered is None

    def restricts(self, on: date) -> bool:
        """Whether it is a restriction in force: from the asking, unless refused, until it is lifted."""
        in_time = self.asked <= on and (self.lifted is None or on < self.lifted)
        return self.kind == RESTRICTION and self.outcome != REFUSED and in_time


def asks_for_erasure(requests: Iterable[RightsRequest]) -> bool:
    """Whether the person has asked to be removed and was not refused."""
    return any(one.kind == ERASURE and one.outcome != REFUSED for one in requests)


def checked(request: RightsRequest, on: date) -> RightsRequest:
    """The request when it is whole and its days stand in order.

    Raises:
        Refused: no kind or no words, a day to come, or an answer before the asking.
    """
    request = replace(request, what=nfc_lines(request.what), answer=nfc_lines(request.answer))
    if not request.kind:
        raise Refused(N_("Choose what is asked for."), field="kind")
    if not request.what:
        raise Refused(N_("Write what the trainee asks for."), field="what")
    for name, day in (("asked", request.asked), ("answered", request.answered), ("lifted", request.lifted)):
        if day is None:
            continue
        if day > on:
            raise Refused(N_("The day {day} is still to come."), field=name, day=day)
        if day < request.asked:
            raise Refused(N_("It was asked only on {day}."), field=name, day=request.asked)
    if request.answered is not None:
        if not request.outcome:
            raise Refused(N_("Choose how it was answered."), field="outcome")
        if request.outcome == REFUSED and not request.answer:
            raise Refused(N_("A refusal needs its grounds in words."), field="answer")
    return request
