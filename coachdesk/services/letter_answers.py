"""The coach's answers to a region's letters: looked at as they leave, accepted, taken back in time."""

from dataclasses import replace
from datetime import date

from coachdesk.domain import region_letters
from coachdesk.domain.region_letters import DONE, OPEN, Answer, RegionLetter
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services import without_consent
from coachdesk.services.desk import Desk
from coachdesk.store import letters
from coachdesk.store.unit import Unit


def answer(
    desk: Desk, letter_id: int, outcome: str, *, reason: str = "", words: str = "", start: date | None = None
) -> Answer:
    """Accept an answer as it was shown: it leaves with the next bundle, and cannot be undone once sealed.

    Raises:
        Refused: it may not be answered so; says which field.
    """
    with desk.writing() as unit:
        letter = letters.LETTERS.get(unit, letter_id)
        kept = letters.ANSWERS.add(
            unit, _answer(unit, letter, outcome, reason, words, start, uid=without_consent.new_id())
        )
        letters.LETTERS.put(unit, replace(letter, state=DONE))
        after = {"outcome": kept.outcome, "reason": kept.reason, "ground": kept.ground, "words": kept.words}
        unit.log("letter.answer", trainee_id=letter.trainee_id, subject=f"letter:{letter.id}", after=after)
        unit.commit()
    return kept


def take_back(desk: Desk, letter_id: int) -> Answer:
    """Take back an answer that was never sealed; the letter waits for one again.

    Raises:
        Refused: it has left, or stands in a bundle that is to leave.
    """
    with desk.writing() as unit:
        letter, found = letters.LETTERS.get(unit, letter_id), letters.answer_of(unit, letter_id)
        if found is None or found.uid in without_consent.answer_states(unit):
            raise Refused(N_("The answer has left already. It cannot be taken back."))
        letters.ANSWERS.remove(unit, found.id)
        letters.LETTERS.put(unit, replace(letter, state=OPEN))
        unit.log("letter.take_back", trainee_id=letter.trainee_id, subject=f"letter:{letter.id}")
        unit.commit()
    return found


def _answer(
    unit: Unit, letter: RegionLetter, outcome: str, reason: str, words: str, start: date | None, *, uid: str
) -> Answer:
    said = region_letters.checked_answer(letter, outcome, reason, words, unit.on)
    declined = outcome == region_letters.DECLINED
    return Answer(
        letter_id=letter.id,
        uid=uid,
        outcome=outcome,
        reason=reason if declined else "",
        words=said,
        start=start if outcome == region_letters.ACCEPTED else None,
        ground=letter.ground,
        written=unit.on,
        accepted=unit.at,
        coach_id=unit.coach_id,
    )
