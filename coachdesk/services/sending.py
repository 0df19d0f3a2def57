"""Sending by network: one run over the lines, one request at a time; what comes back is taken in at once.

The desk is touched only between requests and never while one is waited for; ``stop`` ends a run from any
thread, and what was under way is simply sent again: the same bytes, so once is once.  A bundle is noted as
tried before its first byte leaves.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from coachdesk import i18n
from coachdesk.clock import MovedClock
from coachdesk.domain.line import NET, Line, SendResult
from coachdesk.errors import NoLine, Problem, Refused, Unreadable
from coachdesk.exchange import line_troubles, region_client
from coachdesk.exchange.keys import SIGN, Jwk
from coachdesk.exchange.line import Wire
from coachdesk.exchange.region_client import Online, RegionClient, Told
from coachdesk.i18n import N_
from coachdesk.services import letters, receipts, sealing
from coachdesk.services.desk import Desk
from coachdesk.services.enrolment import card_of, signing_key
from coachdesk.store import enrolments, lines, outbox
from coachdesk.store.enrolments import RegionRow
from coachdesk.store.outbox import BundleRow
from coachdesk.store.unit import Unit

ProxyFor = Callable[[str], str | None]
MOST_REQUESTS = 2000  # in one run: a region that never comes to an end is left until the next
MOST_ROWS = 3  # of numbers begun anew in one run: an honest side asks for one, or two
_AGAIN_AND_AGAIN = N_(
    "The region says again and again that it lacks what was sent, so sending was stopped. Tell the region."
)
_OF_THE_DESK = {"unknown_device", "wrong_signature", "token_wrong", "no_such_path", "device_revoked"}
_CLOCK_WRONG = N_(
    "The clock of this computer differs from the region's by {minutes} minutes. Set it right: dates that you "
    "record follow it. Sending does not."
)


class Ended(Exception):
    """The run was stopped."""


@dataclass(slots=True)
class _Run:
    """What one run over one line has done so far."""

    region: RegionRow
    line: Line
    device: str
    key: Jwk
    handed: int = 0
    delivered: int = 0
    refused: int = 0
    letters: int = 0  # that wait there
    came: int = 0  # that are new here
    revoked: bool = False
    anew: bool = False  # sealed anew for the region's key: once in a run
    rows: int = 0  # of numbers that were begun because of what the region said
    told: list[str] = field(default_factory=list)
    aside: set[str] = field(default_factory=set)
    problem: NoLine | None = None
    online: Online | None = None


class Sender:
    """One run; ``proxy_for`` gives the proxy for an address as a plain value."""

    def __init__(
        self, desk: Desk, *, proxy_for: ProxyFor | None = None, wires: Callable[..., Wire] = Wire
    ) -> None:
        self.desk = desk
        self._wires = wires
        self._proxy_for = proxy_for or (lambda _address: None)
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._wire: Wire | None = None

    def stop(self) -> None:
        """End the run: what is under way is cut, and the desk is not touched any more when this returns."""
        self._stopped.set()
        wire = self._wire
        if wire is not None:
            wire.cut()
        with self._lock:
            pass

    def send(self, *, by_hand: bool = False) -> tuple[SendResult, ...]:
        """Send over each line that may be used; ``by_hand`` tries also what had stopped.

        Problems of a line are told in its result.
        """
        found: list[SendResult] = []
        try:
            with self._at_desk(), self.desk.reading() as unit:
                known = [region.id for region in enrolments.regions(unit)]
            for region_id in known:
                result = self._over(region_id, by_hand)
                if result is not None:
                    found.append(result)
        except Ended:
            pass
        return tuple(found)

    def _over(self, region_id: str, by_hand: bool) -> SendResult | None:
        with self._at_desk():
            run = self._begin(region_id, by_hand)
        if run is None:
            return None
        try:
            self._wire = self._open(run)
            with self._wire as wire:
                if self._stopped.is_set():
                    raise Ended
                self._speak(run, wire)
        except NoLine as problem:
            run.problem = problem
        finally:
            self._wire = None
        with self._at_desk():
            return self._finish(run)

    def _open(self, run: _Run) -> Wire:
        try:
            return self._wires(run.line.address, proxy=self._proxy_for(run.line.address))
        except Refused as problem:  # an address that is none any more
            raise NoLine(problem.message, stops=True) from problem

    def _speak(self, run: _Run, wire: Wire) -> None:
        client = self._client(run, wire)
        run.online = client.status()
        with self._at_desk():
            self._note_online(run, run.online)
        self._take_in(run, client.state(run.key), fresh=True)
        if not run.revoked:
            with self._at_desk():
                self._no_longer_revoked(run)
        self._hand_all(run, wire)
        with self._at_desk():
            unread = letters.place_unread(self.desk, run.region.id)
        if (run.letters or unread) and not run.revoked:
            self._fetch_letters(run, self._client(run, wire), unread)
            self._hand_all(run, wire)  # the word that they came

    def _hand_all(self, run: _Run, wire: Wire) -> None:
        for _request in range(MOST_REQUESTS):
            if run.revoked:
                return
            with self._at_desk():
                bundle = self._next(run)
            if bundle is None:
                return
            self._hand(run, self._client(run, wire), bundle)

    def _fetch_letters(self, run: _Run, client: RegionClient, unread: tuple[int, int] | None) -> None:
        """Fetch the letters that wait; one that cannot be read is told, and stops none of the others.

        After an update of the program also what the one before could not read.
        """
        with self._at_desk():
            epoch, seq = unread or letters.place(self.desk, run.region.id)
        for _request in range(MOST_REQUESTS):
            content = client.letter(epoch, seq, run.key)
            if content is None:
                with self._at_desk():
                    letters.fetched(self.desk, run.region.id)
                return
            with self._at_desk():
                try:
                    told = letters.take_in(self.desk, content)
                except letters.TooMany as problem:
                    run.told.append(i18n.say(problem))
                    return
                except Unreadable as problem:
                    run.told.append(i18n.say(problem))
                    epoch, seq = max(epoch, 1), seq + 1
                    continue
            if told.at <= (epoch, seq):
                raise line_troubles.strange()  # what lies before the place that was asked after
            epoch, seq = told.at
            run.came += told.new
            if not told.again:
                run.told.extend(line for line in told.lines if line != letters.new_words(told.new))

    def _hand(self, run: _Run, client: RegionClient, bundle: BundleRow) -> None:
        assert bundle.sealed is not None
        try:
            told = client.put(bundle.sha256, bundle.sealed)
        except NoLine as problem:
            if not problem.stops or problem.reason in _OF_THE_DESK or not problem.reason:
                raise
            with self._at_desk():
                self._set_aside(run, bundle, problem)
            return
        self._take_in(run, told)
        with self._at_desk(), self.desk.reading() as unit:
            if any(row.sha256 == bundle.sha256 for row in outbox.waiting(unit, run.region.id)):
                run.aside.add(bundle.sha256)  # answered, and still not settled: never in a circle

    def _set_aside(self, run: _Run, bundle: BundleRow, problem: NoLine) -> None:
        """The region takes no such bundle: it waits for a person, and the others go on.

        One that is sealed for a key that the region no longer has is of no use: everything is sealed anew,
        once in a run, since a region that has lost its own key would say so for ever.
        """
        run.aside.add(bundle.sha256)
        with self.desk.writing() as unit:
            if problem.reason == "wrong_key" and not run.anew:
                run.anew = True
                run.region = receipts.begin_anew(unit, enrolments.REGIONS.get(unit, run.region.id))
            else:
                outbox.tell_problem(unit, bundle, _kept(problem))
                run.refused += 1
                run.told.append(i18n.say(problem))
                subject = f"bundle:{bundle.region_id}:{bundle.epoch}:{bundle.seq}"
                unit.log("outbox.refused", subject=subject, after={"reason": problem.reason})
            unit.commit()

    def _take_in(self, run: _Run, told: Told, *, fresh: bool = False) -> None:
        with self._at_desk():
            try:
                found = receipts.take_in(self.desk, told.content, NET, fresh=fresh)
            except Unreadable as problem:
                raise line_troubles.strange() from problem
            run.delivered += found.delivered
            run.refused += found.refused
            run.revoked = run.revoked or found.revoked or told.revoked
            run.letters = max(run.letters, found.letters)
            run.rows += found.begun_anew
            if found.delivered or found.refused or found.begun_anew or found.revoked:
                run.told.extend(found.lines)
            with self.desk.reading() as unit:
                run.region = enrolments.REGIONS.get(unit, run.region.id)
        if run.rows > MOST_ROWS:
            raise NoLine(_AGAIN_AND_AGAIN, stops=True)

    def _begin(self, region_id: str, by_hand: bool) -> _Run | None:
        with self.desk.writing() as unit:
            region, device = enrolments.REGIONS.get(unit, region_id), enrolments.device_of(unit, region_id)
            line = lines.line_of(unit, region_id)
            if by_hand and line.address and not line.paused:
                line = self._try_again(unit, line)
            if device is None or not line.may_send:
                return None
            unit.commit()
        return _Run(region=region, line=line, device=device.id, key=signing_key(self.desk, device))

    def _try_again(self, unit: Unit, line: Line) -> Line:
        """A person wants it tried: what had stopped is forgotten, but not that the desk was revoked."""
        for row in outbox.waiting(unit, line.region_id):
            if row.problem is not None:
                outbox.tell_problem(unit, row, None)
        if not line.stopped or line.revoked:
            return replace(line, stopped=False)
        line = replace(line, stopped=False, problem=None)
        lines.keep(unit, line)
        unit.log("line.try_again", subject=f"region:{line.region_id}")
        return line

    def _note_online(self, run: _Run, online: Online) -> None:
        with self.desk.writing() as unit:
            line = lines.line_of(unit, run.region.id)
            problem = line.problem if line.revoked else None
            run.line = replace(line, online=unit.at, tried=unit.at, problem=problem)
            lines.keep(unit, run.line)
            unit.commit()
        if isinstance(self.desk.clock, MovedClock):
            return
        differs = abs(self.desk.clock.now() - online.time)
        if differs > region_client.CLOCK_MAY_DIFFER:
            minutes = int(differs.total_seconds() // 60)
            run.told.append(i18n.current().fill(_CLOCK_WRONG, minutes=minutes))

    def _no_longer_revoked(self, run: _Run) -> None:
        """The region answers this desk as its own: what it had said before holds no more."""
        if not run.line.revoked:
            return
        with self.desk.writing() as unit:
            run.line = replace(lines.line_of(unit, run.region.id), stopped=False, problem=None)
            lines.keep(unit, run.line)
            unit.log("line.try_again", subject=f"region:{run.region.id}")
            unit.commit()

    def _next(self, run: _Run) -> BundleRow | None:
        with self.desk.writing() as unit:
            found = sealing.hand_next(self.desk, unit, run.region, but=run.aside)
            unit.commit()
        run.handed += found is not None
        return found

    def _finish(self, run: _Run) -> SendResult:
        with self.desk.writing() as unit:
            line = lines.line_of(unit, run.region.id)
            if run.problem is not None and not line.revoked:
                line = replace(
                    line, problem=_kept(run.problem), stopped=line.stopped or run.problem.stops, tried=unit.at
                )
                lines.keep(unit, line)
                if run.problem.stops:
                    after = {"reason": run.problem.reason}
                    unit.log("line.stop", subject=f"region:{line.region_id}", after=after)
            waiting = outbox.waiting(unit, run.region.id)
            unit.commit()
        if run.handed:
            self.desk.keep_head()
        return SendResult(
            region_id=run.region.id,
            name_fi=run.region.name_fi,
            name_sv=run.region.name_sv,
            delivered=run.delivered,
            refused=run.refused,
            waiting=len(waiting),
            stuck=sum(row.problem is not None for row in waiting),
            letters=run.letters,
            lines=tuple(dict.fromkeys([*run.told, *([letters.new_words(run.came)] if run.came else [])])),
            problem=run.problem,
            revoked=run.revoked,
        )

    def _client(self, run: _Run, wire: Wire) -> RegionClient:
        """The client with the keys that the region has told last."""
        keys = card_of(run.region).of_use(SIGN)
        client = RegionClient(wire, region_id=run.region.id, device=run.device, keys=keys)
        client.online = run.online
        return client

    @contextmanager
    def _at_desk(self) -> Iterator[None]:
        """The desk may be touched: it is not locked before this is left."""
        with self._lock:
            if self._stopped.is_set():
                raise Ended
            yield


def send(desk: Desk, *, proxy_for: ProxyFor | None = None, by_hand: bool = True) -> tuple[SendResult, ...]:
    """One run over every line, asked for by a person."""
    return Sender(desk, proxy_for=proxy_for).send(by_hand=by_hand)


def _kept(problem: Problem) -> dict[str, Any]:
    """A problem as the store keeps it: the sentence's id and plain values."""
    values = {name: one if isinstance(one, int) else str(one) for name, one in problem.values.items()}
    return {"message": problem.message, "values": values}
