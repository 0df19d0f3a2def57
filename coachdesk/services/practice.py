"""Practice: a desk of made-up people and a region of its own process, both in a folder that is thrown away.

What can go wrong on the way is made to go wrong here: the region refuses, an answer is lost, the desk is
restored from an old copy.  Then both sides are held against each other.
"""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from coachdesk.clock import Clock
from coachdesk.domain import summary
from coachdesk.domain.consent import may_disclose
from coachdesk.domain.line import SendResult
from coachdesk.domain.trainee import Trainee
from coachdesk.errors import NoLine
from coachdesk.exchange.line import Answer, Wire
from coachdesk.i18n import N_
from coachdesk.services import consents, offers, sync
from coachdesk.services.desk import Desk
from coachdesk.services.opening import create_desk, open_desk
from coachdesk.services.practice_left import PREFIX, sweep
from coachdesk.services.practice_region import PracticeRegion
from coachdesk.services.sending import Sender
from coachdesk.store import consents as kept_consents
from coachdesk.store import outbox, records, summaries, trainees
from coachdesk.store.argon import FLOOR, KdfCost
from coachdesk.store.lockfile import LockFile
from coachdesk.store.unit import Unit

TAKES, REFUSES, LOSES = "takes", "refuses", "loses"
BODY = "wellbeing_area_ostrobothnia"
_PHRASE = "harjoitus tekee mestarin"
_PEOPLE = (("Aho", "Väinö"), ("Björklund", "Åsa"), ("Mäkelä", "Säde"), ("Nguyễn", "Lan"), ("Öhman", "Kaj"))
_GOALS = (
    N_("Woodwork"),
    N_("A job in the kitchen"),
    N_("Metalwork"),
    N_("Finishing school"),
    N_("Gardening"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One person as one side has them; ``goal`` is None where it has nothing."""

    trainee_id: int
    name: str
    consented: bool
    here: str | None
    there: str | None
    waits: bool

    @property
    def same(self) -> bool:
        """Whether the region has exactly what may leave."""
        return self.here == self.there


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Both sides, person by person; ``strange`` counts what the region has beyond them."""

    sides: tuple[Side, ...]
    strange: int = 0
    waiting: int = 0

    @property
    def alike(self) -> bool:
        """Whether nothing is lost and nothing is doubled."""
        return not self.strange and all(side.same for side in self.sides)


class Practice:
    """Both sides; nothing of it is outside its folder."""

    def __init__(self, clock: Clock, language: str, *, cost: KdfCost = FLOOR, floor: KdfCost = FLOOR) -> None:
        self.clock, self.language = clock, language
        self.cost, self.floor = cost, floor
        sweep()
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        self._lock = LockFile(self.folder)
        self._lock.take()
        self.region = PracticeRegion(self.folder / "region")
        self.mode = TAKES
        self._desk: Desk | None = None
        self._goals = 0

    @property
    def desk(self) -> Desk:
        """The practice desk."""
        assert self._desk is not None
        return self._desk

    def begin(self) -> Compared:
        """Make both sides and let them know each other; the desk as it is now is the old copy.

        Raises:
            Trouble: the region's program does not start.
        """
        self._desk, _groups = create_desk(
            self.folder / "desk",
            passphrase=_PHRASE,
            coach_name="Harjoittelija",
            language=self.language,
            workshop_name="Harjoituspaja",
            clock=self.clock,
            cost=self.cost,
            floor=self.floor,
        )
        self._fill()
        self.region.make()
        done = sync.enrol(self.desk, self.region.card, self.folder / "carried")
        self.region.enrol(done.file)
        from coachdesk.services import line

        line.move(self.desk, "practice", self.region.start())
        self.copy()
        return self.compared()

    def send(self, mode: str = TAKES) -> tuple[SendResult, ...]:
        """Send what may leave; ``mode`` is what becomes of it on the way."""
        for offer in sync.review(self.desk):
            if offer.waits_for_coach and offer.problem is None:
                sync.accept(self.desk, offer)
        wires = {TAKES: Wire, REFUSES: _Refused, LOSES: _Lost}
        return Sender(self.desk, wires=wires[mode]).send(by_hand=True)

    def change(self, trainee_id: int) -> None:
        """Give a person another goal."""
        from coachdesk.i18n import current

        with self.desk.writing() as unit:
            self._goals += 1
            person = trainees.TRAINEES.get(unit, trainee_id)
            known = [current()._(goal) for goal in _GOALS]
            at = known.index(person.goal) if person.goal in known else self._goals
            trainees.TRAINEES.put(unit, replace(person, goal=known[(at + 1) % len(known)]))
            unit.log("trainee.edit", trainee_id=trainee_id)  # what may leave is kept fresh by the log
            unit.commit()

    def withdraw(self, trainee_id: int) -> None:
        """Withdraw a person's consent, or give a new one where there is none."""
        standing = consents.sheet(self.desk, trainee_id).in_force(BODY)
        if standing is not None:
            consents.withdraw(self.desk, standing.id)
        else:
            self._consent(trainee_id)

    def copy(self) -> None:
        """Keep the desk as it is now as the old copy."""
        self._closed(lambda: _exchange(self.folder / "desk", self.folder / "copy"))

    def restore(self) -> None:
        """Put the old copy in the place of the desk, which knows nothing of what came after."""
        self._closed(lambda: _exchange(self.folder / "copy", self.folder / "desk"))

    def compared(self) -> Compared:
        """Hold what may leave against what the region has."""
        held = {one["ref"]: one["fields"] for one in self.region.held()["summaries"]}
        with self.desk.reading() as unit:
            refs = summaries.known_refs(unit, BODY)
            waiting = len(outbox.waiting(unit, "practice"))
            sides = [self._side(unit, person, refs, held) for person in trainees.TRAINEES.find(unit)]
        strange = len(held.keys() - set(refs.values()))
        return Compared(sides=tuple(sides), strange=strange, waiting=waiting)

    def close(self) -> None:
        """End the region, close the desk, throw everything away."""
        self.region.stop()
        if self._desk is not None:
            self._desk.close()
            self._desk = None
        self._lock.release()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _side(self, unit: Unit, person: Trainee, refs: Mapping[int, str], held: Mapping[str, Any]) -> Side:
        own = kept_consents.of_trainee(unit, person.id)
        allowed = may_disclose(own, (), BODY, unit.on) is not None
        may = None
        if allowed:
            record = records.record(unit, person.id, unit.on, offers.present_kinds())
            may = summary.project(record, own, unit.on, recipient=BODY)
        there = held.get(refs.get(person.id, ""))
        return Side(
            trainee_id=person.id,
            name=person.name,
            consented=allowed,
            here=_goal(may),
            there=_goal(there),
            waits=may != there,
        )

    def _fill(self) -> None:
        from coachdesk.i18n import current

        for (family, given), goal in zip(_PEOPLE, _GOALS, strict=True):
            person = Trainee(family_name=family, given_names=given, goal=current()._(goal))
            with self.desk.writing() as unit:
                kept = trainees.add(unit, person)
                unit.commit()
            self._consent(kept.id)

    def _consent(self, trainee_id: int) -> None:
        last = self.clock.today() + timedelta(days=180)
        consents.give(self.desk, trainee_id, recipient=BODY, scopes=("goals",), valid_to=last)

    def _closed(self, do: Callable[[], object]) -> None:
        self.desk.close()
        do()
        self._desk = open_desk(self.folder / "desk", passphrase=_PHRASE, clock=self.clock, floor=self.floor)


class _Lost(Wire):
    """The region does what it is asked, and its answer to a bundle never comes."""

    def ask(self, method: str, path: str, **more: Any) -> Answer:
        answer = super().ask(method, path, **more)
        if method == "PUT":
            raise NoLine(N_("The connection broke before the answer came."))
        return answer


class _Refused(Wire):
    """Bundles come as something that the region does not take: it refuses them, signed."""

    def ask(self, method: str, path: str, **more: Any) -> Answer:
        if method == "PUT":
            more["headers"] = {**more["headers"], "content-type": "text/plain"}
        return super().ask(method, path, **more)


def _exchange(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)


def _goal(fields: Mapping[str, Any] | None) -> str | None:
    return None if fields is None else str(fields.get("goal") or "")
