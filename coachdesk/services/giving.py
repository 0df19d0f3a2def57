"""A handover being made: gathered at the desk, written to a stick that may be slow, logged, put in its place.

``prepare``, ``record`` and ``placed`` touch the desk, each for a moment; ``write`` and ``place`` wait for the
stick and need nothing of it, so nobody's saves wait for them.  Until it is placed a handover is unfinished;
what a kill leaves of it on the stick is settled with the next opening (``halves``).
"""

import contextlib
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from coachdesk.domain import handover as rules
from coachdesk.domain.attachment import Attachment
from coachdesk.domain.handover import OUT, UNFINISHED, Handover
from coachdesk.errors import Problem, Refused
from coachdesk.exchange import export_file, handover_file
from coachdesk.exchange.desk_letter import DeskCard
from coachdesk.exchange.handover_file import Cancelled, Half, Progress
from coachdesk.exchange.keys import Jwk
from coachdesk.i18n import N_
from coachdesk.services import enrolment, halves, other_desks, rights
from coachdesk.services.desk import Desk
from coachdesk.services.handing_over import ALL, STAYING, counts, everything, of_controller
from coachdesk.store import attachments, enrolments, handover, trainees, workshops
from coachdesk.store.attachments import ATTACHMENTS
from coachdesk.store.unit import Unit

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A handover that was written: its file and its record."""

    file: Path
    handover: Handover


@dataclass(frozen=True, slots=True, kw_only=True)
class Giving:
    """All that is needed to write one handover, without the desk."""

    desk_folder: Path
    made: Handover
    record: Mapping[str, Any]
    papers: tuple[tuple[Attachment, bytes], ...]  # each with its key
    own: DeskCard
    signing_key: Jwk
    to: DeskCard
    half: Half
    left: tuple[Path, ...]  # what a kill left half written before


def hand_over(
    desk: Desk,
    trainee_id: int,
    desk_id: str,
    folder: Path,
    *,
    ground: str,
    controller: str = ALL,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Written:
    """Seal everything that goes into one file for another desk; its five steps in turn.

    Raises:
        Refused, ReasonNeeded: as ``prepare``; or stopped.
        Unreadable, DiskFull, Trouble: as ``write``.
    """
    giving = prepare(desk, trainee_id, desk_id, folder, ground=ground, controller=controller)
    write(giving, progress, cancelled)
    kept = record(desk, giving)
    try:
        file = place(giving)
    except Problem:
        not_placed(desk, kept)
        raise
    return Written(handover=placed(desk, giving), file=file)


def prepare(
    desk: Desk, trainee_id: int, desk_id: str, folder: Path, *, ground: str, controller: str = ALL
) -> Giving:
    """Gather what goes; nothing is given out yet.

    Args:
        desk: the open desk.
        trainee_id: who is handed over.
        desk_id: a desk whose public file was taken in.
        folder: where the file will be put.
        ground: a key of ``GROUNDS``; the log keeps it.
        controller: on whose behalf, a key of ``Leaving.controllers``; all where there is one.

    Raises:
        Refused: no ground, the desk is not known, or there are too many papers.
        ReasonNeeded: the trainee is another coach's.
    """
    rules.must_have_ground(ground)
    with desk.writing() as unit:
        rights.see_to(desk, unit, trainee_id)
        row = handover.known(unit, desk_id)
        if row is None:
            raise Refused(N_("Read in the public file of the other desk first."), field="desk")
        to, own, device = other_desks.card_of(row), other_desks.own_card(desk, unit), enrolments.device(unit)
        assert device is not None
        goes = of_controller(everything(unit, trainee_id), controller)
        papers = _number_papers(goes)
        made = Handover(
            trainee_id=trainee_id,
            uid=secrets.token_hex(16),
            way=OUT,
            desk_id=to.id,
            desk_name=to.name_fi or to.name_sv,
            ground=ground,
            at=unit.at,
            coach_id=desk.coach_id or None,
            rows=goes,
        )
        half = Half.of(Path(folder).absolute(), to, made.uid)
        left = halves.remember(unit, half, lambda: desk.open)  # what a lock cut off is never recorded
        giving = Giving(
            desk_folder=desk.folder,
            made=made,
            record=_record(unit, made, goes),
            papers=tuple((ATTACHMENTS.get(unit, one), attachments.key_of(unit, one)) for one in papers),
            own=own,
            signing_key=enrolment.signing_key(desk, device),
            to=to,
            half=half,
            left=left,
        )
        unit.commit()
    return giving


def write(giving: Giving, progress: Progress | None = None, cancelled: Cancelled | None = None) -> None:
    """Write it beside its place; it may take long, and is done on any thread.

    Raises:
        Unreadable: an attached paper is missing or damaged.
        DiskFull, Trouble: the folder does not take it.  Nothing is logged as given out.
        Refused: stopped.
    """
    with _dropped_else(giving):
        halves.take_away(giving.left)
        export_file.must_take_files(giving.half.path.parent)
        handover_file.write(
            giving.half,
            giving.made.uid,
            giving.record,
            (attachments.read(giving.desk_folder, one, key) for one, key in giving.papers),
            own=giving.own,
            signing_key=giving.signing_key,
            to=giving.to,
            iat=int(giving.made.at.timestamp()),
            sizes=tuple(one.size for one, _key in giving.papers),
            progress=progress,
            cancelled=cancelled,
        )


def record(desk: Desk, giving: Giving) -> Handover:
    """Log it as a disclosure, before its file stands in its place; it is unfinished until then.

    Raises:
        LookupError: the trainee was removed in the meantime.
        Trouble: the desk was locked in the meantime; nothing was given out.
    """
    made = giving.made
    with _dropped_else(giving), desk.writing() as unit:
        trainees.TRAINEES.get(unit, made.trainee_id)
        kept = handover.HANDOVERS.add(unit, replace(made, file=giving.half.target.name, state=UNFINISHED))
        unit.log(
            "handover.write",
            trainee_id=made.trainee_id,
            subject=f"desk:{made.desk_id}",
            after={"to": made.desk_name, **{name: len(rows) for name, rows in made.rows.items()}},
            why=rules.GROUNDS[made.ground],
        )
        unit.commit()
    return kept


def place(giving: Giving) -> Path:
    """Put the written file in its place.

    Raises:
        Trouble: the stick was taken away in the meantime; ``not_placed`` says so in the log.
    """
    halves.UNDER_WAY[giving.half.path] = lambda: True
    with _dropped_else(giving):
        file = giving.half.place()
    halves.UNDER_WAY.pop(giving.half.path, None)
    return file


def placed(desk: Desk, giving: Giving) -> Handover:
    """Say that the file stands in its place."""
    with desk.writing() as unit:
        kept = halves.placed(unit, giving.made.uid, giving.half)
        unit.commit()
    return kept


def not_placed(desk: Desk, kept: Handover) -> None:
    """Say that the file, which was logged before it stood in its place, does not stand there."""
    with desk.writing() as unit:
        handover.HANDOVERS.remove(unit, kept.id)
        unit.log("handover.not_written", trainee_id=kept.trainee_id, subject=f"desk:{kept.desk_id}")
        unit.commit()


@contextlib.contextmanager
def _dropped_else(giving: Giving) -> Iterator[None]:
    """What goes wrong within leaves nothing half written."""
    try:
        yield
    except BaseException:
        giving.half.drop()
        halves.UNDER_WAY.pop(giving.half.path, None)
        raise


def _number_papers(goes: Mapping[str, list[dict[str, Any]]]) -> list[int]:
    rows = goes.get("attachment", ())
    if len(rows) > handover_file.MOST_PARTS:
        raise Refused(
            N_("There are more than {most} files. Remove some first."), most=handover_file.MOST_PARTS
        )
    for number, row in enumerate(rows, 1):
        row["part"] = number
    return [int(row["id"]) for row in rows]


def _record(unit: Unit, made: Handover, goes: Mapping[str, Any]) -> dict[str, Any]:
    coach = workshops.COACHES.get(unit, unit.coach_id).name if unit.coach_id else ""
    return {
        "format": FORMAT,
        "uid": made.uid,
        "made": made.at.isoformat(),
        "ground": made.ground,
        "coach": coach,
        "consents": sum(counts(unit, made.trainee_id, STAYING).values()),
        "tables": goes,
    }
