"""Why a region does nothing with a request: one table for the region that says it and the desk that hears.

A refusal travels as a signed statement (``docs/protocol.md`` 7).  ``again`` marks what the desk tries again
by itself; everything else stops and waits for a person.
"""

from dataclasses import dataclass

from coachdesk.errors import Unreadable
from coachdesk.i18n import N_

_NOT_UNDERSTOOD = N_("The region did not understand the request.")
_NO_ROOM = N_("The region cannot keep anything just now.")
_STRANGE = N_("The region does not know the form of the bundle.")
_OLDER = N_("The region's program is older than this one. The region must update it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One reason: its HTTP status, the sentence on the laptop, whether trying again by itself helps."""

    reason: str
    status: int
    sentence: str
    again: bool = False


def _table(*rows: tuple[int, str, str, bool]) -> dict[str, Refusal]:
    found = (Refusal(status=row[0], reason=row[1], sentence=row[2], again=row[3]) for row in rows)
    return {one.reason: one for one in found}


AGAIN, STOPS = True, False
REFUSALS = _table(
    (400, "bad_request", _NOT_UNDERSTOOD, STOPS),
    (400, "hash_mismatch", N_("The bundle was changed on its way."), AGAIN),
    (400, "not_a_bundle", _STRANGE, STOPS),
    (400, "damaged", N_("The bundle is damaged."), STOPS),
    (400, "not_an_enrolment", N_("The region did not understand the enrolment."), STOPS),
    (401, "unknown_device", N_("This desk is not enrolled in the region."), STOPS),
    (401, "wrong_signature", N_("The signature does not fit this desk."), STOPS),
    (401, "token_wrong", N_("The region did not accept how this desk said who it is."), STOPS),
    (401, "token_old", N_("The region did not accept the time of the request."), AGAIN),
    (401, "token_used", N_("The request came to the region twice."), AGAIN),
    (403, "code_unknown", N_("The region does not know the code."), STOPS),
    (403, "code_used", N_("The code has been used already. Ask the region for a new one."), STOPS),
    (403, "code_expired", N_("The code is too old. Ask the region for a new one."), STOPS),
    (403, "device_revoked", N_("The region has revoked this desk."), STOPS),
    (404, "no_such_path", N_("There is no such service at the region's address."), STOPS),
    (405, "wrong_method", _NOT_UNDERSTOOD, STOPS),
    (408, "too_slow", N_("The connection was too slow."), AGAIN),
    (413, "too_big", N_("The bundle is bigger than the region takes."), STOPS),
    (415, "wrong_type", _NOT_UNDERSTOOD, STOPS),
    (422, "wrong_audience", N_("The bundle is meant for another region."), STOPS),
    (422, "wrong_key", N_("The bundle is sealed with a key that the region no longer has."), STOPS),
    (422, "too_big_inside", N_("The bundle is far bigger inside than it may be."), STOPS),
    (422, "wrong_form", _STRANGE, STOPS),
    (422, "newer_version", _OLDER, STOPS),
    (429, "too_many", N_("The region asks to wait."), AGAIN),
    (500, "fault", N_("Something went wrong at the region. Nothing was changed."), AGAIN),
    (503, "store_away", _NO_ROOM, AGAIN),
    (503, "store_full", _NO_ROOM, AGAIN),
    (503, "stopping", N_("The region is busy."), AGAIN),
)  # fmt: skip


class Unaccepted(Unreadable):
    """Something from outside that is refused for a ``reason`` of ``REFUSALS``.

    ``device`` is who it says to be from, where that could be read; it is not proved.
    """

    def __init__(self, reason: str, message: str = "", *, device: str = "") -> None:
        super().__init__(message or REFUSALS[reason].sentence)
        self.reason = reason
        self.device = device
