"""What a version of our plan says that it replaces.

It is part of the version: a paper that was printed or signed says the same for ever, and what is chosen
in a draft takes effect only when that version is signed.
"""

from collections.abc import Iterable
from dataclasses import replace

from coachdesk.domain.plan import Plan, PlanItem, PlanVersion, must_be_open

REPLACES = "replaces"  # the kind of the item that carries it: no item of the law, never shown as one


def replaces_of(plan: Plan, version: PlanVersion) -> tuple[int | None, str]:
    """The plan replaced, and the kind that it stands for where no such plan was made."""
    for item in version.items:
        if item.kind == REPLACES:
            return (int(item.who) if item.who else None), item.text
    return plan.replaces_id, plan.replaces_kind


def replacing(version: PlanVersion, replaces_id: int | None, replaces_kind: str) -> PlanVersion:
    """The draft that says what it replaces.

    Raises:
        Refused: the version is no longer a draft.
    """
    must_be_open(version)
    said = PlanItem(key=REPLACES, kind=REPLACES, text=replaces_kind, who=str(replaces_id or ""))
    return replace(version, items=(*written_items(version.items), said))


def written_items(items: Iterable[PlanItem]) -> tuple[PlanItem, ...]:
    """The items that the coach wrote."""
    return tuple(item for item in items if item.kind != REPLACES)
