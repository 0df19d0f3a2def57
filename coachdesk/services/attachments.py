"""Attachments of a trainee: kept encrypted, opened in memory, matched to the plan or consent they are of."""

from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path

from coachdesk.domain import attachment as rules
from coachdesk.domain.attachment import Attachment, Judged, LookedAt
from coachdesk.domain.removed import ATTACHMENT
from coachdesk.errors import Problem, Refused, Trouble
from coachdesk.i18n import N_
from coachdesk.services.desk import Desk
from coachdesk.services.trainees import changed
from coachdesk.store import attachments, consents, meta, plans, removed, workshops
from coachdesk.store.attachments import ATTACHMENTS
from coachdesk.store.unit import Unit

_WHERE = "original_at"  # the place named last


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """A file from outside that may be kept: its bytes, and what they are."""

    judged: Judged
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentSheet:
    """One attachment as listed: who added it, and what it is the paper of."""

    attachment: Attachment
    coach: str = ""
    number: str = ""  # of the plan or the consent
    version: int = 0
    replaced: bool = False  # there is a newer one in force


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentsPage:
    """The tab: the files, and where the last original was put."""

    sheets: tuple[AttachmentSheet, ...] = ()
    original_at: str = ""


def read_file(path: Path) -> ReadFile:
    """Read a file from outside and tell by its bytes what it is; nothing of it is run or decoded.

    Raises:
        Refused: too large, empty, none of the three kinds, or a picture too large to be a paper.
        Unreadable, Trouble: damaged, or the disk does not give it.
    """
    path = Path(path)
    try:
        rules.refuse_size(path.name, path.stat().st_size)
        with path.open("rb") as file:
            content = file.read(rules.MOST_BYTES + 1)
    except (IsADirectoryError, FileNotFoundError) as error:
        raise Refused(N_("There is no file {name}."), field="file", name=path.name) from error
    except OSError as error:
        raise Trouble(N_("The file {name} cannot be read."), name=path.name) from error
    return ReadFile(judged=rules.judge(path.name, content), content=content)


def add(
    desk: Desk,
    trainee_id: int,
    file: ReadFile,
    looked: LookedAt,
    *,
    title: str,
    about: str = "",
    original_at: str = "",
) -> Attachment:
    """Keep a file: encrypted and on the disk before its row is written.

    Raises:
        Refused: no title, or the very same file is here already.
        DiskFull, Trouble: it was not kept; nothing of it stays.
    """
    digest = sha256(file.content).hexdigest()
    with desk.reading() as unit:
        _refuse_twice(unit, trainee_id, digest)
        new = rules.checked(
            Attachment(
                trainee_id=trainee_id,
                file="",
                kind=file.judged.kind,
                title=title,
                about=about,
                original_at=original_at,
                size=len(file.content),
                pages=looked.pages,
                digest=digest,
                added=unit.at,
                coach_id=desk.coach_id or None,
            )
        )
    sealed = attachments.write(desk.folder, file.content)
    try:
        with desk.writing() as unit:
            _refuse_twice(unit, trainee_id, digest)
            kept = attachments.add(unit, replace(new, file=sealed.file), sealed.key)
            meta.put(unit, _WHERE, kept.original_at) if kept.original_at else None
            unit.log("attachment.add", trainee_id=trainee_id, subject=_named(kept), after=_told(kept))
            unit.commit()
    except BaseException:
        attachments.destroy(desk.folder, sealed.file)
        raise
    return kept


def open_(desk: Desk, attachment_id: int) -> bytes:
    """The content of an attachment, in memory only; logged as a look.

    Raises:
        Unreadable: its file is missing, damaged, or another lies in its place.
    """
    with desk.writing() as unit:
        found = ATTACHMENTS.get(unit, attachment_id)
        content = attachments.read(desk.folder, found, attachments.key_of(unit, attachment_id))
        unit.log("attachment.open", trainee_id=found.trainee_id, subject=_named(found))
        unit.commit()
    return content


def edit(desk: Desk, attachment: Attachment) -> Attachment:
    """Change the title, what it is of, or where the original paper lies; returns it as it was, for undo.

    Raises:
        Refused: no title.
    """
    with desk.writing() as unit:
        before = ATTACHMENTS.get(unit, attachment.id)
        asked = rules.checked(attachment)
        after = replace(before, title=asked.title, about=asked.about, original_at=asked.original_at)
        ATTACHMENTS.put(unit, after)
        if after.original_at:
            meta.put(unit, _WHERE, after.original_at)
        old, new = changed(before, after)
        unit.log("attachment.edit", trainee_id=after.trainee_id, subject=_named(after), before=old, after=new)
        unit.commit()
    return before


def remove(desk: Desk, attachment_id: int) -> Attachment:
    """Put an attachment out of sight; it can be brought back for 30 days."""
    with desk.writing() as unit:
        found = ATTACHMENTS.get(unit, attachment_id)
        if not found.deleted:
            attachments.set_deleted(unit, attachment_id, deleted=True)
            removed.keep(unit, found.trainee_id, _named(found))
            unit.log("attachment.remove", trainee_id=found.trainee_id, subject=_named(found))
            unit.commit()
    return found


def restore(desk: Desk, attachment_id: int) -> Attachment:
    """Bring a removed attachment back.

    Raises:
        LookupError: it is gone for good.
    """
    with desk.writing() as unit:
        attachments.set_deleted(unit, attachment_id, deleted=False)
        found = ATTACHMENTS.get(unit, attachment_id)
        removed.forget(unit, found.trainee_id, _named(found))
        unit.log("attachment.restore", trainee_id=found.trainee_id, subject=_named(found))
        unit.commit()
    return found


def page(desk: Desk, trainee_id: int) -> AttachmentsPage:
    """A trainee's attachments, the newest first; the trainee's page has logged the look."""
    with desk.reading() as unit:
        names = {coach.id: coach.name for coach in workshops.COACHES.find(unit)}
        found = attachments.of_trainee(unit, trainee_id)
        return AttachmentsPage(
            sheets=tuple(_sheet(unit, one, names.get(one.coach_id or 0, "")) for one in found),
            original_at=meta.get(unit, _WHERE),
        )


def verify(desk: Desk) -> tuple[Problem, ...]:
    """Open every attachment in memory; what is missing or damaged.  Nothing is logged."""
    with desk.reading() as unit:
        found = ATTACHMENTS.find(unit)
        keys = {one.id: attachments.key_of(unit, one.id) for one in found}
    problems: list[Problem] = []
    for one in found:
        try:
            attachments.read(desk.folder, one, keys[one.id])
        except Problem as problem:
            problems.append(problem)
    return tuple(problems)


def _refuse_twice(unit: Unit, trainee_id: int, digest: str) -> None:
    twin = attachments.same(unit, trainee_id, digest)
    if twin is not None and twin.deleted:
        raise Refused(
            N_("This very file was removed: “{title}”. Bring it back from the Log tab."),
            field="file",
            title=twin.title,
        )
    if twin is not None:
        raise Refused(N_("This very file is here already: “{title}”."), field="file", title=twin.title)


def _sheet(unit: Unit, one: Attachment, coach: str) -> AttachmentSheet:
    word, _colon, rest = one.about.partition(":")
    if word == "plan":
        plan_id, version = (int(part) for part in rest.split(":"))
        plan = next(iter(plans.PLANS.find(unit, plans.PLANS.table.c.id == plan_id)), None)
        if plan is not None:
            signed = [v.version for v in plans.versions(unit, plan_id) if v.signed]
            return AttachmentSheet(
                attachment=one,
                coach=coach,
                number=plan.number,
                version=version,
                replaced=bool(signed) and max(signed) > version,
            )
    if word == "consent":
        c = consents.CONSENTS.table.c
        consent = next(iter(consents.CONSENTS.find(unit, c.id == int(rest))), None)
        if consent is not None:
            newer = consents.CONSENTS.find(unit, c.replaces_id == consent.id, limit=1)
            return AttachmentSheet(attachment=one, coach=coach, number=consent.number, replaced=bool(newer))
    return AttachmentSheet(attachment=one, coach=coach)


def _named(attachment: Attachment) -> str:
    return f"{ATTACHMENT}:{attachment.id}"


def _told(kept: Attachment) -> dict[str, object]:
    return {name: value for name, value in asdict(kept).items() if name not in ("file", "deleted")}
