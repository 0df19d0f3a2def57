"""What stands in a version: its items, who took part, its language, how it was explained.

Only a draft is written; an act on its items is undone by ``set_items``.
"""

from collections.abc import Sequence
from dataclasses import replace

from coachdesk.domain.letters import nfc, nfc_lines
from coachdesk.domain.phrase_pairs import in_language
from coachdesk.domain.plan import SIGNED, PlanItem, PlanVersion, moved, must_be_open, with_item, without_item
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services import phrases
from coachdesk.services.desk import Desk
from coachdesk.services.plan_changes import change


def write_item(desk: Desk, version_id: int, item: PlanItem) -> PlanVersion:
    """Write an item: in the place of the one with its key, else as a new one (an empty key is given).

    Raises:
        Refused: the version is no longer a draft; the end of a period is before its start.
    """
    if item.begins and item.ends and item.ends < item.begins:
        raise Refused(N_("The end is before the start."), field="ends")
    item = replace(
        item,
        text=nfc_lines(item.text),
        own_view=nfc_lines(item.own_view),
        who=nfc(item.who),
        place=nfc(item.place),
    )
    return change(desk, version_id, "plan.write_item", lambda version: with_item(version, item))


def remove_item(desk: Desk, version_id: int, key: str) -> PlanVersion:
    """Take an item away.

    Raises:
        Refused: the version is no longer a draft, or has no such item.
    """
    return change(desk, version_id, "plan.remove_item", lambda version: without_item(version, key))


def move_item(desk: Desk, version_id: int, key: str, to: int) -> PlanVersion:
    """Move an item to place ``to`` (0 first) among the items of its kind.

    Raises:
        Refused: the version is no longer a draft, or has no such item.
    """
    return change(desk, version_id, "plan.move_item", lambda version: moved(version, key, to))


def set_items(desk: Desk, version_id: int, items: Sequence[PlanItem]) -> PlanVersion:
    """Write all items of a draft anew: how an act on its items is undone.

    Raises:
        Refused: the version is no longer a draft.
    """

    def written(version: PlanVersion) -> PlanVersion:
        must_be_open(version)
        return replace(version, items=tuple(items))

    return change(desk, version_id, "plan.set_items", written)


def set_participants(
    desk: Desk, version_id: int, names: Sequence[str], *, support_person: str = ""
) -> PlanVersion:
    """Say who took part in making the plan, and who was there at the trainee's side.

    Raises:
        Refused: the version is no longer a draft.
    """

    def written(version: PlanVersion) -> PlanVersion:
        must_be_open(version)
        took_part = tuple(name.strip() for name in names if name.strip())
        return replace(version, participants=took_part, support_person=support_person.strip())

    return change(desk, version_id, "plan.set_participants", written)


def set_language(
    desk: Desk, version_id: int, language: str, *, items: Sequence[PlanItem] | None = None
) -> PlanVersion:
    """Say in which language the plan is written and printed: fi or sv.

    Phrases of the bank come in that language from then on; other words stay as they are.  ``items`` are
    those to stand there instead: how a change of language is undone.

    Raises:
        Refused: the version is no longer a draft.
    """
    bank = phrases.bank(desk)

    def written(version: PlanVersion) -> PlanVersion:
        must_be_open(version)
        spoken = in_language(version.items, bank, version.language, language) if items is None else items
        return replace(version, language=language, items=tuple(spoken))

    return change(desk, version_id, "plan.set_language", written)


def explain(desk: Desk, version_id: int, *, language: str, by: str) -> PlanVersion:
    """Record in which language the plan was explained to the trainee, and by whom.

    Raises:
        Refused: the version is signed.
    """

    def written(version: PlanVersion) -> PlanVersion:
        if version.state == SIGNED:
            must_be_open(version)
        return replace(version, explained_language=language, explained_by=by.strip())

    return change(desk, version_id, "plan.explain", written)
