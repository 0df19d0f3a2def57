"""Exporting: what may leave is shown, sealed, and written into files that are carried.

A bundle is marked as handed over before its file is written: what was ever tried is never taken back.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from coachdesk import i18n
from coachdesk.domain.line import FILE
from coachdesk.domain.sending import PUT, ExportResult, Offer, rows
from coachdesk.errors import Refused
from coachdesk.exchange import export_file
from coachdesk.i18n import N_, Words
from coachdesk.services import without_consent
from coachdesk.services.desk import Desk
from coachdesk.services.sealing import label_of, seal_region
from coachdesk.store import consents, enrolments, outbox
from coachdesk.store.outbox import BundleRow
from coachdesk.store.unit import Unit


def export(
    desk: Desk,
    to: Path,
    *,
    accepted_only: bool = False,
    show: Callable[[Sequence[str]], None] | None = None,
) -> ExportResult:
    """Seal what may leave and write every bundle that no receipt has named, the same bytes each time.

    Without ``accepted_only`` what is shown counts as accepted, and the log says so.  ``show`` is given the
    preview before anything is kept or written: where it fails, nothing was accepted and nothing is sealed.

    Raises:
        Refused: something may leave, but no region is enrolled.
        DiskFull, Trouble: the folder cannot be written; what is sealed stays and is written next time.
    """
    with desk.writing() as unit:
        regions = enrolments.regions(unit)
        if not regions:
            _refuse_unenrolled(unit)
            return ExportResult()
        preview: list[str] = []
        for region in regions:
            beside = without_consent.going(unit, region)
            sealed = seal_region(desk, unit, region, accept_all=not accepted_only)
            preview += preview_lines(sealed, i18n.current())
            preview += without_consent.preview_lines(beside, i18n.current())
            outbox.hand(unit, region.id, unit.at, FILE)
        if show is not None:
            show(preview)
        waiting = [row for region in regions for row in outbox.waiting(unit, region.id)]
        if waiting:
            export_file.must_take_files(Path(to))  # where it cannot, nothing of this is kept
            names = [f"{row.epoch}:{row.seq}" for row in waiting]
            unit.log("outbox.export", after={"bundles": names})
        unit.commit()
    if not waiting:
        return ExportResult(preview=tuple(preview))
    ids = {region.id: region.device for region in regions}
    files = tuple(_write(Path(to), row, ids[row.region_id]) for row in waiting)
    desk.keep_head()
    return ExportResult(preview=tuple(preview), files=files)


def preview_lines(sealed: Iterable[Offer], words: Words) -> list[str]:
    """What leaves, as text: a heading for each trainee, a line for each field, what changes."""
    found: list[str] = []
    for offer in sealed:
        if offer.problem is not None:
            message = N_("{name}: does not leave. {why}")
            found.append(words.fill(message, name=offer.name, why=words.say(offer.problem)))
            continue
        if offer.kind != PUT or offer.consent is None:
            message = N_("{name}: consent withdrawn. The region deletes what it has.")
            found.append(words.fill(message, name=offer.name))
            continue
        found.append(
            words.fill(
                N_("{name}: consent {number}, kept until {day}"),
                name=offer.name,
                number=offer.consent.number,
                day=offer.consent.valid_to,
            )
        )
        marks = {"": "", "new": " (+)", "changed": " (*)", "gone": " (-)"}
        for row in rows(offer, words):
            text = row.goes.replace("\n", "; ")
            found.append(f"  {row.title}: {text}{marks[row.change]}")
    return found


def _refuse_unenrolled(unit: Unit) -> None:
    if consents.any_in_force(unit, unit.on):
        raise Refused(N_("No region is enrolled yet. Read in the region's public file first."))


def _write(to: Path, row: BundleRow, device: str) -> Path:
    assert row.sealed is not None
    return export_file.write(to, export_file.bundle_name(label_of(row, device)), row.sealed)
