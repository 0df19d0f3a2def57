"""The JSON file that a region writes for another program of its own: every summary that it holds."""

from typing import Any

from coachdesk.domain.field_kinds import Day, Pattern, Whole, closed
from coachdesk.domain.summary import schema as summary_schema
from coachdesk.exchange.enrolment import REGION_ID
from coachdesk.exchange.keys import ID

VERSION = 1


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of the file."""
    ref = Pattern(r"[0-9a-f]{32}", 32).schema()
    fields = {name: value for name, value in summary_schema().items() if name not in ("$schema", "$id")}
    one = {
        "ref": ref,
        "device": Pattern(ID.pattern, 43).schema(),
        "version": Whole(1, 2**53 - 1).schema(),
        "consent": ref,
        "valid_to": Day().schema(),
        "fields": {**fields, "minProperties": 1},
        "joined": {"type": "array", "uniqueItems": True, "items": ref},
    }
    head = {
        "export": {"const": VERSION},
        "region": Pattern(REGION_ID.pattern, 40).schema(),
        "made": {"type": "string", "format": "date-time"},
        "summaries": {"type": "array", "items": closed(one)},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:coachdesk:schema:export-1",
        "title": "Export of a region: every summary that it holds",
        **closed(head),
    }
