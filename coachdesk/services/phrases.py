"""The phrase bank: read for a field, added to, worded anew, hidden.  It is the desk's, so every coach may.

No trainee is named in it; what is inserted into a plan or a note is that text's from then on.
"""

from dataclasses import asdict, dataclass, replace
from secrets import token_hex

from coachdesk.domain import phrases
from coachdesk.domain.letters import nfc
from coachdesk.domain.phrases import OWN, Phrase, judged
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services.desk import Desk
from coachdesk.services.trainees import changed
from coachdesk.store import phases as phase_store
from coachdesk.store.phrases import PHRASES
from coachdesk.store.unit import Unit


def bank(desk: Desk) -> tuple[Phrase, ...]:
    """Every phrase of the desk, hidden ones too."""
    with desk.reading() as unit:
        return _bank(unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What is offered in the fields of one trainee."""

    phrases: tuple[Phrase, ...] = ()
    phases: tuple[int, ...] = ()  # open now


def offer(desk: Desk, trainee_id: int) -> Offer:
    """The bank, and the phases that a trainee has open: their phrases come first."""
    with desk.reading() as unit:
        openings = phase_store.of_trainee(unit, trainee_id)
        now = {opening.phase for opening in openings if opening.closed is None}
        return Offer(phrases=_bank(unit), phases=tuple(sorted(now)))


def add(desk: Desk, phrase: Phrase) -> Phrase:
    """Add a phrase of the workshop's own.

    Raises:
        Refused: as ``phrases.judged``.
    """
    return _put(desk, "phrase.add", replace(phrase, key=OWN + token_hex(8)))


def add_all(desk: Desk, several: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """Add phrases in one, all or none; those that have a key already get it back.

    Raises:
        Refused: as ``phrases.judged``.
    """
    added: list[Phrase] = []
    with desk.writing() as unit:
        there = {(one.fi, one.sv): one for one in _bank(unit)}
        for phrase in several:
            same = there.get((nfc(phrase.fi), nfc(phrase.sv)))
            kept = judged(replace(phrase, key=phrase.key or OWN + token_hex(8)), (same,) if same else ())
            there[kept.fi, kept.sv] = kept
            added.append(PHRASES.add(unit, kept))
            unit.log("phrase.add", subject=f"phrase:{kept.key}", after=asdict(kept))
        unit.commit()
    return tuple(added)


def remove_all(desk: Desk, several: tuple[Phrase, ...]) -> None:
    """Take phrases of the workshop's own away in one; one that is gone already is no matter."""
    with desk.writing() as unit:
        there = {phrase.key for phrase in PHRASES.find(unit) if phrase.own}
        for phrase in several:
            if phrase.key in there:
                PHRASES.remove(unit, phrase.key)
                unit.log("phrase.remove", subject=f"phrase:{phrase.key}", before=asdict(phrase))
        unit.commit()


def write(desk: Desk, phrase: Phrase) -> Phrase:
    """Word a phrase anew, hide it or show it again; returns it as it was, for undo.

    A shipped phrase that is as shipped again leaves nothing behind in the desk.

    Raises:
        Refused: as ``phrases.judged``; the phrase is no longer in the bank.
    """
    with desk.writing() as unit:
        every = _bank(unit)
        before = next((one for one in every if one.key == phrase.key), None)
        if before is None:
            raise _gone()
        after = judged(phrase, every)
        _keep(unit, after)
        old, new = changed(before, after)
        unit.log(_act(before, after), subject=f"phrase:{phrase.key}", before=old, after=new)
        unit.commit()
    return before


def remove(desk: Desk, key: str) -> Phrase:
    """Remove a phrase of the workshop's own; returns it, to be put back.

    Raises:
        Refused: the phrase is no longer in the bank.
    """
    with desk.writing() as unit:
        before = next((one for one in _bank(unit) if one.key == key and one.own), None)
        if before is None:
            raise _gone()
        PHRASES.remove(unit, key)
        unit.log("phrase.remove", subject=f"phrase:{key}", before=asdict(before))
        unit.commit()
    return before


def restore(desk: Desk, phrase: Phrase) -> Phrase:
    """Put a removed phrase back.

    Raises:
        Refused: the bank has the same words meanwhile.
    """
    return _put(desk, "phrase.restore", phrase)


def _put(desk: Desk, act: str, phrase: Phrase) -> Phrase:
    with desk.writing() as unit:
        kept = PHRASES.add(unit, judged(phrase, _bank(unit)))
        unit.log(act, subject=f"phrase:{kept.key}", after=asdict(kept))
        unit.commit()
    return kept


def _gone() -> Refused:
    return Refused(N_("The phrase is no longer in the bank."))


def _bank(unit: Unit) -> tuple[Phrase, ...]:
    return phrases.bank(PHRASES.find(unit), unit.on)


def _keep(unit: Unit, phrase: Phrase) -> None:
    """Write the row of a phrase; none stays of a shipped one that is as shipped."""
    PHRASES.remove(unit, phrase.key)
    row = phrases.row_of(phrase)
    if row is not None:
        PHRASES.add(unit, row)


def _act(before: Phrase, after: Phrase) -> str:
    if before.hidden != after.hidden:
        return "phrase.hide" if after.hidden else "phrase.show"
    return "phrase.edit"
