"""Letters of a region taken in, once, from a file or the network.

A letter is verified whole before anything of it is kept, and kept in one transaction; a kind that is not
known is set aside and stops nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from coachdesk import __version__, i18n
from coachdesk.domain import letter_kinds, region_letters
from coachdesk.domain.letter_sheets import TakenIn
from coachdesk.domain.region_letters import ASIDE, NEW, RegionLetter
from coachdesk.errors import Problem, Unreadable
from coachdesk.exchange import bundle, export_file, from_region, schemas
from coachdesk.exchange.from_region import Open
from coachdesk.exchange.keys import SIGN
from coachdesk.i18n import N_, ngettext
from coachdesk.services.desk import Desk
from coachdesk.services.enrolment import card_of, letter_key
from coachdesk.store import enrolments, letters, meta, summaries
from coachdesk.store.letters import LetterBundle
from coachdesk.store.unit import Unit

FURTHEST = 1_000_000  # ahead of what is known: no region has written so much to one desk
MOMENTS = 100_000_000_000  # rows of a restored region begin at the moment, in seconds: to the year 5138
MOST_OPEN = 5_000  # letters of one region that nobody has answered: a lying one fills the store no further
READ_BY = "letters.read_by.{}"  # by the region's id: the program that last fetched what could not be read


class TooMany(Unreadable):
    """So many letters wait that no more are taken in."""


@dataclass(slots=True)
class _Told:
    new: int = 0
    set_aside: int = 0
    before: int = 0
    unread: int = 0
    missing: tuple[int, ...] = ()
    broken: bool = False


def read_file(desk: Desk, file: Path) -> TakenIn:
    """Read a carried file of letters; reading it twice does no harm.

    Raises:
        Unreadable: as ``take_in``, or the file cannot be read.
    """
    return take_in(desk, export_file.read(Path(file)))


def take_in(desk: Desk, content: bytes) -> TakenIn:
    """Take in a sealed bundle of letters, from a file or the network.

    Raises:
        Unreadable: it is damaged or changed, for another desk, of a region that is not enrolled here, or
            another bundle under a number that was read; nothing of it is kept.
    """
    with desk.writing() as unit:
        opened = _opened(desk, unit, content)
        forget_nobodys(unit)
        region_id, told = opened.label.iss, _Told()
        row = _row(unit, opened)
        _refuse_far_ahead(unit, row)
        _refuse_too_many(unit, region_id)
        same = letters.bundles_at(unit, region_id, row.epoch, row.seq)
        before = next((one for one in same if one.sha256 == row.sha256), None)
        if before is not None and before.result == region_letters.STORED:
            said = i18n.current()._(N_("This letter was read before."))
            return _taken(unit, row, (said,), again=True)
        problem = _FORK if _is_fork(same, row) else _keep_items(unit, opened, told)
        if problem is not None:
            row = replace(row, result=region_letters.UNREADABLE)
        elif told.set_aside and not told.new and not told.before:
            row = replace(row, result=region_letters.SET_ASIDE)
        if before is None:
            letters.BUNDLES.add(unit, row)
        else:  # a newer program may read what was set aside before
            letters.BUNDLES.put(unit, replace(before, result=row.result))
        told.missing, told.broken = _gaps(unit, row)
        after = {"new": told.new, "set_aside": told.set_aside, "number": f"{row.epoch}:{row.seq}"}
        unit.log("letter.take_in", subject=f"region:{region_id}", after=after)
        unit.commit()
        if problem is not None:
            raise problem
        return _taken(unit, row, tuple(_lines(told)), new=told.new, set_aside=told.set_aside)


def _refuse_far_ahead(unit: Unit, row: LetterBundle) -> None:
    """A letter in the last place of all would leave none for those that come after it."""
    epoch = letters.newest_epoch(unit, row.region_id)
    if row.epoch > max(epoch, MOMENTS) + FURTHEST or row.seq > FURTHEST:
        raise Unreadable(N_("The answer is not of the form that is agreed."))


def _refuse_too_many(unit: Unit, region_id: str) -> None:
    if letters.count_open(unit, region_id) >= MOST_OPEN:
        raise TooMany(
            N_("More than {most} letters of the region wait here. Answer some first."), most=MOST_OPEN
        )


def _is_fork(same: tuple[LetterBundle, ...], row: LetterBundle) -> bool:
    return any(one.result != region_letters.UNREADABLE and one.sha256 != row.sha256 for one in same)


def forget_nobodys(unit: Unit) -> int:
    """Empty what was answered long ago and belongs to no trainee of this desk, as a refused referral."""
    found = letters.forget_nobodys(unit, unit.at - timedelta(days=region_letters.FORGET_DAYS))
    for letter_id in found:
        unit.log("letter.forget", subject=f"letter:{letter_id}")
    return len(found)


def read_aside(unit: Unit) -> int:
    """Read what an earlier program had set aside, where this one knows it; how many letters."""
    found = 0
    for kept in letters.set_aside(unit):
        item = dict(kept.content)
        if _known(item):
            refs = {ref: who for who, ref in _refs(unit, kept.region_id).items()}
            _keep(unit, kept.region_id, item, refs, _Told())
            found += 1
    return found


def place_unread(desk: Desk, region_id: str) -> tuple[int, int] | None:
    """The place after which letters are fetched once more: an earlier program could not read what follows.

    None where everything was read, or this very program has tried.
    """
    with desk.reading() as unit:
        tried = meta.get(unit, READ_BY.format(region_id)) == __version__
        return None if tried else letters.first_unread(unit, region_id)


def fetched(desk: Desk, region_id: str) -> None:
    """Note that this program has fetched all once more: what it cannot read waits for the next one."""
    with desk.writing() as unit:
        meta.put(unit, READ_BY.format(region_id), __version__)
        unit.commit()


_FORK = Unreadable(N_("Another letter came under a number that was read before. Tell the region."))


def place(desk: Desk, region_id: str) -> tuple[int, int]:
    """The place after which the region is asked for its next letter: a hole is asked for again."""
    with desk.reading() as unit:
        return _place(unit, region_id)


def _opened(desk: Desk, unit: Unit, content: bytes) -> Open:
    """Open it as the desk that its region knows; no region writes to a key that another region knows."""
    regions = enrolments.regions(unit)
    if not regions:
        raise Unreadable(N_("No region is enrolled yet. Read in the region's public file first."))
    kid = from_region.sealed_for(content)
    own = [device for device in enrolments.DEVICES.find(unit) if (device.enc_public or {}).get("kid") == kid]
    key = letter_key(desk, own[0]) if own else None
    device = own[0].id if own else ""
    signed = {one.id: card_of(one).of_use(SIGN) for one in regions if one.device == device}
    return from_region.unseal(content, device=device, own_keys={kid: key} if key else {}, regions=signed)


def _row(unit: Unit, opened: Open) -> LetterBundle:
    label = opened.label
    return LetterBundle(
        region_id=label.iss,
        epoch=label.epoch,
        seq=label.seq,
        sha256=opened.sha256,
        prev=label.prev,
        result=region_letters.STORED,
        received=unit.at,
    )


def _keep_items(unit: Unit, opened: Open, told: _Told) -> Problem | None:
    """Keep each letter by itself; the problem of a bundle whose JSON is of no form that we know."""
    try:
        items = bundle.items_of(opened.value)
    except Unreadable as problem:
        return problem
    refs = {ref: who for who, ref in _refs(unit, opened.label.iss).items()}
    for item in items:
        kind = bundle.kind_of(item)
        if _known(item):
            _keep(unit, opened.label.iss, item, refs, told)
        else:
            told.set_aside += 1
            _keep_aside(unit, opened, item, kind)
    return None


def _known(item: Any) -> bool:
    kind = bundle.kind_of(item)
    return kind in letter_kinds.KINDS and schemas.fits(item, kind) and letter_kinds.fits(item)


def _keep(unit: Unit, region_id: str, item: dict[str, Any], refs: Mapping[str, int], told: _Told) -> None:
    kept = letters.by_uid(unit, region_id, item["letter"])
    if kept is not None and kept.state != ASIDE:
        told.before += 1
        return
    letter = RegionLetter(
        id=kept.id if kept else 0,
        region_id=region_id,
        uid=item["letter"],
        kind=item["kind"],
        ref=item["ref"] or "",
        content=item,
        received=unit.at,
        state=NEW,
        trainee_id=refs.get(item["ref"] or ""),
    )
    if kept is None:
        letter = letters.LETTERS.add(unit, letter)
    else:
        letters.LETTERS.put(unit, letter)
    told.new += 1
    about = f"letter:{letter.id}"
    unit.log("letter.receive", trainee_id=letter.trainee_id, subject=about, after={"kind": letter.kind})


def _keep_aside(unit: Unit, opened: Open, item: Any, kind: str) -> None:
    """A letter that this version does not know stays as it came, for a later version."""
    uid = bundle.id_of(item)
    if uid and letters.by_uid(unit, opened.label.iss, uid) is None:
        aside = {"uid": uid, "kind": kind[:60], "content": item, "state": ASIDE}
        letters.LETTERS.add(unit, RegionLetter(region_id=opened.label.iss, received=unit.at, **aside))


def _refs(unit: Unit, region_id: str) -> dict[int, str]:
    return summaries.known_refs(unit, enrolments.REGIONS.get(unit, region_id).recipient)


def _gaps(unit: Unit, row: LetterBundle) -> tuple[tuple[int, ...], bool]:
    """The numbers that have not come, and whether the letter does not name the one before it."""
    own = [one for one in letters.bundles_of(unit, row.region_id) if one.epoch == row.epoch]
    there = {one.seq for one in own}
    holes = (number for number in range(1, max(there)) if number not in there)
    missing = tuple(islice(holes, 20))
    before = [one for one in own if one.seq == row.seq - 1]
    return missing, bool(before) and row.prev not in {one.sha256 for one in before}


def _place(unit: Unit, region_id: str) -> tuple[int, int]:
    epoch = letters.newest_epoch(unit, region_id)
    there = {one.seq for one in letters.bundles_of(unit, region_id) if one.epoch == epoch}
    last = 0
    while last + 1 in there:
        last += 1
    return epoch, last


def _taken(unit: Unit, row: LetterBundle, lines: tuple[str, ...], **found: Any) -> TakenIn:
    at, place_ = (row.epoch, row.seq), _place(unit, row.region_id)
    return TakenIn(lines=lines, region_id=row.region_id, at=at, place=place_, **found)


def new_words(count: int) -> str:
    """How many letters came."""
    return ngettext("One new letter came.", "{count} new letters came.", count).format(count=count)


def _lines(told: _Told) -> list[str]:
    words, found = i18n.current(), []
    if told.new:
        found.append(new_words(told.new))
    if told.before:
        found.append(words._(N_("The letter was read before under another number.")))
    if told.set_aside:
        found.append(
            words._(N_("The file holds something that this version does not know. It was set aside."))
        )
    if told.missing:
        numbers = ", ".join(map(str, told.missing))
        found.append(
            words.fill(N_("Letters that have not come: {numbers}. Ask the region for them."), numbers=numbers)
        )
    if told.broken:
        found.append(words._(N_("The letter does not follow the one before it. Ask the region why.")))
    return found
