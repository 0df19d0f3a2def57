"""What a plan must hold: the items its kind asks for, which are missing, and the check code of the words."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from coachdesk.domain.codes import Code, codes
from coachdesk.domain.plan import Plan, PlanItem, PlanVersion
from coachdesk.domain.plan_replacing import replaces_of, written_items

DONE, MISSING, PARTLY, OPTIONAL = "done", "missing", "partly", "optional"
_DAYS = ("by_when", "begins", "ends")
_ACTIVITY = ("activity", "duration", "activity_period", "activity_goal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One kind of item in a plan: whether it is there, and the items written."""

    code: Code
    section: str  # of the law: "8", "9" or empty
    state: str  # done, partly, missing or optional
    items: tuple[PlanItem, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """What is filled in beside the text."""
        return tuple(self.code.more.get("fields", ()))

    @property
    def wants(self) -> tuple[str, ...]:
        """Which of the fields, the text among them, must be there."""
        return tuple(self.code.more.get("wants", ("text",)))

    @property
    def many(self) -> bool:
        """Whether the item may stand several times."""
        return bool(self.code.more.get("many", False))


def writable_kinds(on: date) -> tuple[Code, ...]:
    """The kinds of plan that may be written here on that day."""
    return tuple(code for code in codes("plan_kinds").on(on) if code.more.get("ours"))


def kind_of(plan: Plan, on: date) -> Code:
    """The dated code of the plan's kind: as it was when the plan was made, else as it is today."""
    return codes("plan_kinds").at(plan.kind, plan.made or on)


def is_written(item: PlanItem, wants: tuple[str, ...]) -> bool:
    """Whether an item has all that its kind wants."""
    values = (getattr(item, name) for name in wants)
    return all(value.strip() if isinstance(value, str) else value is not None for value in values)


def asked(plan: Plan, version: PlanVersion, on: date) -> tuple[Asked, ...]:
    """Each item that the plan's kind has a place for, in the order of the law.

    The content of 189/2001 section 9 is asked of a multidisciplinary employment plan only once it holds
    rehabilitative work activity: when one of those items is written, all are asked for.
    """
    found = []
    active = plan.kind == "activation_plan" or _holds_activity(version)
    for code in codes("plan_items").on(on):
        kinds, optional = code.more.get("plans", ()), code.more.get("optional_in", ())
        if plan.kind not in kinds and plan.kind not in optional:
            continue
        section = str(code.more.get("sections", {}).get(plan.kind, ""))
        needed = plan.kind in kinds and (section != "9" or active)
        items = tuple(item for item in version.items if item.kind == code.key)
        found.append(Asked(code=code, section=section, state=_state(code, items, needed), items=items))
    return tuple(found)


def _holds_activity(version: PlanVersion) -> bool:
    return any(item.kind in _ACTIVITY for item in version.items)


def _state(code: Code, items: tuple[PlanItem, ...], needed: bool) -> str:
    wants = tuple(code.more.get("wants", ("text",)))
    if items and all(is_written(item, wants) for item in items):
        return DONE
    if items:
        return PARTLY
    return MISSING if needed else OPTIONAL


def missing(plan: Plan, version: PlanVersion, on: date) -> tuple[Asked, ...]:
    """The items without which the plan is not ready to be signed; a draft prints without them."""
    return tuple(one for one in asked(plan, version, on) if one.state in (MISSING, PARTLY))


def review_day(version: PlanVersion) -> date | None:
    """The day by which the plan is assessed, from its own item."""
    days = [item.by_when for item in version.items if item.kind == "review" and item.by_when]
    return max(days, default=None)


def item_table(item: PlanItem) -> dict[str, Any]:
    """An item as plain values, days as ISO text; what is empty is left out."""
    found: dict[str, Any] = {"key": item.key, "kind": item.kind}
    for field in fields(item):
        value = getattr(item, field.name)
        if value is None or value == "" or value is False:
            continue
        found[field.name] = value.isoformat() if isinstance(value, date) else value
    return found


def item_of(table: Mapping[str, Any]) -> PlanItem:
    """The item of its plain values."""
    values: dict[str, Any] = {
        name: date.fromisoformat(value) if name in _DAYS else value
        for name, value in table.items()
        if name in {field.name for field in fields(PlanItem)}
    }
    return PlanItem(**values)


def check_code(plan: Plan, version: PlanVersion) -> str:
    """First 8 hex digits of SHA-256 over the version's canonical content (settled 18).

    The content is JSON with sorted keys, without spaces, its words in NFC: number, kind, version,
    language, items in their order, who took part, what the plan replaces.  Signatures come after the
    paper and are not in it.
    """
    replaces_id, replaces_kind = replaces_of(plan, version)
    content = {
        "number": plan.number,
        "kind": plan.kind,
        "version": version.version,
        "language": version.language,
        "items": [item_table(item) for item in written_items(version.items)],
        "participants": list(version.participants),
        "support_person": version.support_person,
        "replaces": replaces_id,
        "replaces_kind": replaces_kind,
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()[:8]
