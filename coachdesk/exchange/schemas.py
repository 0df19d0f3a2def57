"""The published schemas, written from the tables: ``python -m coachdesk.exchange.schemas``."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from coachdesk.domain import letter_kinds, summary
from coachdesk.exchange import bundle, export_schema, receipt, statement_schemas

PUBLISHED: dict[str, Callable[[], dict[str, Any]]] = {
    "summary-1.json": summary.schema,
    "bundle-1.json": bundle.schema,
    "receipt-1.json": receipt.schema,
    "letters-1.json": bundle.letter_schema,
    "export-1.json": export_schema.schema,
    **statement_schemas.PUBLISHED,
}


@cache
def _validator(kind: str) -> Any:
    known = bundle.item_schemas() | letter_kinds.item_schemas() | {bundle.RECEIPT: receipt.item_schema()}
    return jsonschema_rs.Draft202012Validator(known[kind], validate_formats=True)


def fits(item: Any, kind: str) -> bool:
    """Whether an item is as its kind is described."""
    return bool(_validator(kind).is_valid(item))


def text(name: str) -> str:
    """A published schema as its file stands."""
    return json.dumps(PUBLISHED[name](), indent=1, ensure_ascii=False) + "\n"


def write(folder: Path) -> None:
    """Write every schema anew."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in PUBLISHED:
        (folder / name).write_text(text(name), "utf-8")


if __name__ == "__main__":
    write(Path(__file__).parent.parent.parent / "resources" / "schema")
