"""How plans are said on screen."""

from datetime import date

from coachdesk.domain.codes import codes
from coachdesk.domain.plan import DRAFT, STATE_NAMES, Plan, PlanVersion
from coachdesk.domain.plan_sheet import PlanRow, VersionSheet
from coachdesk.i18n import N_, _, current
from coachdesk.ui.day_edit import upper

IN_LANGUAGE = {"fi": N_("in Finnish"), "sv": N_("in Swedish")}


def kind_name(plan: Plan, on: date) -> str:
    """The kind of a plan as a title."""
    return upper(codes("plan_kinds").at(plan.kind, plan.made or on).name(current().language))


def called(plan: Plan, on: date) -> str:
    """A plan in a sentence: its kind with its number, or its maker and day."""
    words = current()
    if plan.number:
        return words.fill("{kind} {number}", kind=kind_name(plan, on), number=plan.number)
    if plan.maker and plan.made:
        return words.fill("{kind}, {maker}, {day}", kind=kind_name(plan, on), maker=plan.maker, day=plan.made)
    if plan.made:
        return words.fill("{kind}, {day}", kind=kind_name(plan, on), day=plan.made)
    return kind_name(plan, on)


def standing(row: PlanRow, on: date) -> str:
    """How a plan stands today, in words."""
    words = current()
    if row.valid and row.signed and row.newest and row.newest.version != row.signed.version:
        return words.fill("Version {version} is valid", version=row.signed.version)
    if row.valid:
        return _("Valid today")
    if row.replaced_by is not None:
        return words.fill("Replaced by: {plan}", plan=called(row.replaced_by, on))
    if row.plan.begins is None:
        if row.newest is not None and row.newest.state != DRAFT:
            return _("Not yet signed")
        return words.fill("Not yet made: {state}", state=_(STATE_NAMES[DRAFT]))
    if row.plan.begins > on:
        return words.fill("In force from {day}", day=row.plan.begins)
    return words.fill("In force until {day}", day=row.plan.valid_to or on)


def approval(row: PlanRow) -> str:
    """That the region has approved a plan, by its letter; empty where it has not."""
    if row.approved is None or row.approved.day("approved") is None:
        return ""
    version, day = row.approved.plan.get("version"), row.approved.day("approved")
    if version:
        message = N_("version {version} approved by the region {day}")
        return current().fill(message, version=version, day=day)
    return current().fill(N_("approved by the region {day}"), day=day)


def version_words(version: PlanVersion) -> str:
    """A version with its state: Version 3, draft."""
    if version.signed:
        return current().fill("Version {version}, signed {day}", version=version.version, day=version.signed)
    return version_state(version)


def version_state(version: PlanVersion) -> str:
    """A version with its state alone, where there is little room."""
    return current().fill(
        "Version {version}, {state}", version=version.version, state=_(STATE_NAMES[version.state])
    )


def filled(sheet: VersionSheet) -> str:
    """How much of what is asked for is written."""
    return current().fill("{done} of {needed} items", done=sheet.done, needed=sheet.needed)


def law(section: str) -> str:
    """The section of law of an item: 189/2001, section 9."""
    return current().fill("{law}, section {section}", law="189/2001", section=section) if section else ""
