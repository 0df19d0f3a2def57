"""How attachments are written."""

from coachdesk.clock import HELSINKI
from coachdesk.domain.attachment import KIND_NAMES, MEGABYTE, PDF, Judged
from coachdesk.i18n import N_, _, current, ngettext
from coachdesk.services.attachments import AttachmentSheet
from coachdesk.services.papers_matched import Match


def title(sheet: AttachmentSheet) -> str:
    """What the coach called it."""
    return sheet.attachment.title


def about(sheet: AttachmentSheet) -> str:
    """The plan and version, or the consent, that it is the paper of."""
    found = ""
    if sheet.version:
        message = N_("Plan {number}, version {version}")
        found = current().fill(message, number=sheet.number, version=sheet.version)
    elif sheet.number:
        found = current().fill(N_("Consent {number}"), number=sheet.number)
    if found and sheet.replaced:
        return current().fill(N_("{paper}, replaced"), paper=found)
    return found


def original(sheet: AttachmentSheet) -> str:
    """Where the paper itself lies."""
    return sheet.attachment.original_at


def added(sheet: AttachmentSheet) -> str:
    """When it was added."""
    return current().day(sheet.attachment.added.astimezone(HELSINKI).date())


def added_told(sheet: AttachmentSheet) -> str:
    """When and by whom."""
    if not sheet.coach:
        return added(sheet)
    return current().fill(N_("{day}, {name}"), day=added(sheet), name=sheet.coach)


def size(sheet: AttachmentSheet) -> str:
    """Its kind with the pages of a PDF, and how large it is."""
    one = sheet.attachment
    kind = _(KIND_NAMES.get(one.kind, one.kind))
    if one.kind == PDF:
        pages = ngettext("{count} page", "{count} pages", one.pages).format(count=one.pages)
        kind = current().fill(N_("{kind}, {pages}"), kind=kind, pages=pages)
    return current().fill(N_("{kind}, {size} MB"), kind=kind, size=megabytes(one.size))


def megabytes(size: int) -> str:
    """A size in megabytes, one decimal."""
    return current().number(max(0.1, round(size / MEGABYTE, 1)))


def lies(judged: Judged) -> str:
    """That the name says another kind than the bytes; empty where it does not."""
    if not judged.said:
        return ""
    return current().fill(
        N_("The name of the file says {said}, but by its content it is a {kind}. It is kept as what it is."),
        said=_(KIND_NAMES[judged.said]),
        kind=_(KIND_NAMES[judged.kind]),
    )


def matched(match: Match) -> str:
    """What the paper is, by its code, and whether a newer one is in force."""
    if match.paper is not None:
        paper = match.paper
        found = current().fill(
            N_("By its code this is plan {number}, version {version}."),
            number=paper.plan.number,
            version=paper.version.version,
        )
        if paper.older and paper.valid is not None:
            older = N_("It is an older version: version {version} is in force.")
            return f"{found} {current().fill(older, version=paper.valid.version)}"
        return found
    assert match.consent is not None
    found = current().fill(N_("By its code this is consent {number}."), number=match.consent.number)
    if match.newer is not None:
        older = N_("It is an older one: consent {number} has replaced it.")
        return f"{found} {current().fill(older, number=match.newer.number)}"
    return found


def title_of(match: Match) -> str:
    """A title for a paper that is known by its code."""
    if match.paper is not None:
        paper = match.paper
        name = paper.kind.name(current().language)
        name = name[:1].upper() + name[1:]
        message = N_("{plan} {number}, version {version}")
        return current().fill(message, plan=name, number=paper.plan.number, version=paper.version.version)
    assert match.consent is not None
    return current().fill(N_("Consent {number}"), number=match.consent.number)
