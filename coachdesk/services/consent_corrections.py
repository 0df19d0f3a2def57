"""What was recorded by mistake and is taken away again: the undo of recording a consent or a permission.

A consent under which something has left, that is withdrawn or that a newer one replaces, stays: it is
withdrawn instead.
"""

from dataclasses import asdict

from coachdesk.domain.consent import Consent, Permission
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services.desk import Desk
from coachdesk.services.sealing import take_back_forbidden
from coachdesk.store import consents, enrolments, removed, summaries
from coachdesk.store.unit import Unit


def take_back(desk: Desk, consent_id: int) -> Consent:
    """Take a consent away that was just recorded; the one it replaced is in force again.

    Raises:
        Refused: something has left under it, it is withdrawn, or a newer one replaces it.
    """
    with desk.writing() as unit:
        old = consents.CONSENTS.get(unit, consent_id)
        _must_be_untouched(unit, old)
        removed.take(unit, old.trainee_id, f"consent:{consent_id}", consents.CONSENTS, consent_id)
        region = enrolments.region_of(unit, old.recipient)
        if region is not None and take_back_forbidden(unit, region):
            unit.log("outbox.take_back", subject=f"region:{region.id}")
        unit.log(
            "consent.take_back",
            trainee_id=old.trainee_id,
            subject=f"consent:{old.number}",
            before=asdict(old),
        )
        unit.commit()
    return old


def take_back_permission(desk: Desk, permission_id: int) -> Permission:
    """Take a permission away that was just recorded.

    Raises:
        Refused: it is withdrawn already.
    """
    with desk.writing() as unit:
        old = consents.PERMISSIONS.get(unit, permission_id)
        if old.withdrawn is not None:
            raise Refused(N_("A permission that is withdrawn stays as it is."))
        removed.take(unit, old.trainee_id, f"permission:{old.id}", consents.PERMISSIONS, permission_id)
        unit.log(
            "permission.take_back",
            trainee_id=old.trainee_id,
            subject=f"permission:{old.id}",
            before=asdict(old),
        )
        unit.commit()
    return old


def _must_be_untouched(unit: Unit, consent: Consent) -> None:
    known = consents.of_trainee(unit, consent.trainee_id)
    if consent.withdrawn is not None or any(one.replaces_id == consent.id for one in known):
        raise Refused(N_("A consent that is withdrawn or replaced stays as it is."))
    if summaries.has_left_under(unit, consent.uid):
        raise Refused(N_("Something has left under this consent. It can only be withdrawn."))
