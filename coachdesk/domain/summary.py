"""Summary (yhteenveto, sammandrag): exactly what a region gets of a trainee, field by field.

``domain.consent`` says which scope lets which field out, ``domain.summary_fields`` what each field is.
The two make the projection, the JSON Schema, the lines of the consent form and of the preview.  The
projection starts from nothing and copies only the fields of scopes that are let out.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from coachdesk.domain.consent import CONSENT_SCOPES, Consent, Prohibition, Scope, known_scopes, may_disclose
from coachdesk.domain.field_kinds import Speech, Words, closed, or_null
from coachdesk.domain.papers import ScopeOnPaper
from coachdesk.domain.summary_fields import FIELDS, FREE, Field, Record
from coachdesk.errors import Refused
from coachdesk.i18n import N_

__all__ = ["FIELDS", "Line", "Record", "project"]

SCHEMA_ID = "urn:coachdesk:schema:summary-1"
NONE = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A field as the preview and the turned screen show it."""

    scope: str
    field: str
    title: str
    text: str


def project(
    record: Record,
    consents: Iterable[Consent],
    on: date,
    *,
    recipient: str,
    prohibitions: Iterable[Prohibition] = (),
) -> dict[str, Any]:
    """The summary that may go to a recipient on a day; empty where nothing may.

    Raises:
        Refused: a value does not fit its field, such as words longer than 500 letters; says which.
    """
    consent = may_disclose(consents, prohibitions, recipient, on)
    return {} if consent is None else fields_of(record, known_scopes(consent), on)


def fields_of(record: Record, scopes: Iterable[Scope], on: date) -> dict[str, Any]:
    """The fields of some scopes, from nothing.

    Raises:
        Refused: as ``project``.
    """
    found: dict[str, Any] = {}
    for scope in scopes:
        for name in scope.fields:
            value = FIELDS[name].take(record, on)
            _check(FIELDS[name], value)
            found[name] = value
    return found


def _check(field: Field, value: Any) -> None:
    if (value is None and field.optional) or field.kind.fits(value):
        return
    if isinstance(field.kind, Words) and isinstance(value, str) and len(value) > field.kind.longest:
        raise Refused(
            N_("A text of more than {most} letters cannot leave. Shorten it."),
            field=field.name,
            most=field.kind.longest,
        )
    raise Refused(N_("A value cannot leave as it is written. Correct it."), field=field.name)


def canonical(value: Any) -> bytes:
    """The one way to write a value as bytes: RFC 8785 (JCS), for text keys in ASCII and whole numbers."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def digest(fields: Mapping[str, Any]) -> str:
    """SHA-256 of a summary's canonical bytes in hex: what acceptance is about."""
    return sha256(canonical(fields)).hexdigest()


def words_digest(fields: Mapping[str, Any]) -> str:
    """SHA-256 of the free words alone: when it changes, the coach must see the summary again."""
    return digest({name: value for name, value in fields.items() if name in FREE})


def fits(fields: Mapping[str, Any]) -> bool:
    """Whether these are fields of whole scopes and each value passes: the last gate before sealing."""
    for scope in CONSENT_SCOPES:
        there = sum(name in fields for name in scope.fields)
        if there not in (0, len(scope.fields)):
            return False
    return all(name in FIELDS and _passes(FIELDS[name], value) for name, value in fields.items())


def _passes(field: Field, value: Any) -> bool:
    return (value is None and field.optional) or field.kind.fits(value)


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of a summary, made of the same table."""
    properties: dict[str, Any] = {}
    for scope in CONSENT_SCOPES:
        for name in scope.fields:
            field = FIELDS[name]
            inner = or_null(field.kind.schema()) if field.optional else field.kind.schema()
            properties[name] = {"title": field.title, "description": scope.title, **inner}
    together = {
        name: [other for other in scope.fields if other != name]
        for scope in CONSENT_SCOPES
        for name in scope.fields
        if len(scope.fields) > 1
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "Summary of a trainee: only the fields of consented scopes are there",
        **closed(properties, optional=tuple(properties)),
        "dependentRequired": together,
    }


def lines(fields: Mapping[str, Any], words: Speech) -> tuple[Line, ...]:
    """A summary as a person reads it, in the order of the form; what is empty shows a dash."""
    return tuple(
        Line(
            scope=scope.key,
            field=name,
            title=words._(FIELDS[name].title),
            text=shown(name, fields[name], words),
        )
        for scope in CONSENT_SCOPES
        for name in scope.fields
        if name in fields
    )


def shown(name: str, value: Any, words: Speech) -> str:
    """One value as a person reads it."""
    return NONE if value is None or value == [] else FIELDS[name].kind.show(value, words)


def on_paper(scope: Scope, words: Speech) -> ScopeOnPaper:
    """A scope as the consent form prints it."""
    return ScopeOnPaper(
        title=words._(scope.title),
        sentence=words._(scope.sentence),
        fields=tuple(words._(FIELDS[name].title) for name in scope.fields),
        plain=words._(scope.plain),
    )
