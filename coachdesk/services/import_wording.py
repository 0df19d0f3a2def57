"""How an import is told: its findings, values and results as sentences, codes by name, dots for codes.

Used by the window and the command alike; takes what ``imports`` gives.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from coachdesk import i18n
from coachdesk.domain.attendance import AttendedDay
from coachdesk.domain.codes import codes
from coachdesk.domain.identity_code import MASKED
from coachdesk.i18n import N_
from coachdesk.importing import columns as columns_
from coachdesk.importing.draft import Finding, list_of

if TYPE_CHECKING:
    from coachdesk.importing.row_plan import RowPlan
    from coachdesk.services.import_preview import ImportPreview
    from coachdesk.services.imports import ImportResult

_CODE = re.compile(r"\b\d{6}[-+A-FU-Ya-fu-y]\d{3}[0-9A-Ya-y]\b")
KIND_NAMES = {
    "people": N_("People"),
    "attendance": N_("Attendance month"),
    "notes": N_("Notes"),
}


def fields(kind: str) -> tuple[tuple[str, str], ...]:
    """Key and title (a gettext id) of what a column of that kind may hold."""
    return tuple((f.key, f.title) for f in columns_.FIELDS[kind])


def told_of(finding: Finding, language: str | None = None) -> str:
    """What is wrong, without its place; an identity code in a cell is dots."""
    words = i18n.words(language) if language else i18n.current()
    told = {key: _told(words, value) for key, value in finding.told.items()}
    return words.fill(finding.message, **told)


def _told(words: i18n.Words, value: object) -> object:
    match value:
        case str():
            return masked(value)
        case tuple():  # agreed weekdays with their minutes
            days = [(words.weekday(date(2024, 1, number)), minutes) for number, minutes in value]
            return ", ".join(f"{day} {words.hours(m)} h" if m else day for day, m in days) or "–"
    return value


def masked(text: str) -> str:
    """The text with dots for every identity code in it."""
    return _CODE.sub(MASKED, text)


def hidden(value: object) -> str:
    """Dots for a value that may not be shown."""
    return MASKED if value else "–"


def codes_for(kind: str, field: str) -> str:
    """The code list that a field's words are of, empty for a field that is not of codes."""
    found = columns_.field_of(kind, field)
    return list_of(found) if found else ""


def title_of(kind: str, field: str) -> str:
    """The field's title in the screen's language; of a day of attendance the day."""
    words = i18n.current()
    if field.startswith(columns_.DAY):
        said = field.removeprefix(columns_.DAY)
        return said if said.isdigit() else words.day(date.fromisoformat(said))
    found = columns_.field_of(kind, field)
    return words._(found.title) if found else ""


def shown(kind: str, field: str, value: object, coaches: Mapping[int, str] | None = None) -> str:
    """A value of the desk or the sheet as a reader writes it: codes by name, dots for an identity code."""
    words = i18n.current()
    match value:
        case None | "":
            return "–"
        case AttendedDay():
            name = codes("attendance_kinds").name(value.kind, words.language)
            return f"{name} {words.hours(value.minutes)} h" if value.minutes else name
        case tuple():  # agreed days
            return str(_told(words, tuple((day.weekday, day.minutes) for day in value)))
        case bool():
            return words._(N_("yes")) if value else words._(N_("no"))
        case time():
            return words.time(value)
        case datetime() | date():
            return words.text(value)
        case int() if field == "responsible_coach":
            return (coaches or {}).get(value, str(value))
        case str():
            title = _list_of_language(field) or codes_for(kind, field)
            return codes(title).name(value, words.language) if title else masked(value)
    return str(value)


def _list_of_language(field: str) -> str:
    return "languages" if field == "service_language" else ""


def sentence(finding: Finding, language: str | None = None) -> str:
    """A finding as a line: row, column, what is wrong."""
    words = i18n.words(language) if language else i18n.current()
    told = told_of(finding, words.language)
    if finding.column:
        return words.fill(
            N_("Row {row}, column {column}: {told}"), row=finding.row, column=finding.column, told=told
        )
    return words.fill(N_("Row {row}: {told}"), row=finding.row, told=told)


def summary_line(found: ImportPreview) -> str:
    """What an import would do, as one line."""
    return i18n.current().fill(
        N_("New: {new}. More to known ones: {adds}. Other values: {differs}. Same as before: {same}."),
        new=len(found.of_state("new")),
        adds=len(found.of_state("adds")),
        differs=len(found.of_state("differs")),
        same=len(found.of_state("same")),
    )


def unread_line(found: ImportPreview) -> str:
    """Which sheets of the file were left unread; empty where there is only one."""
    if not found.unread:
        return ""
    return i18n.current().fill(
        N_("Read: sheet {sheet}. Not read: {others}."),
        sheet=found.sheets[found.sheet],
        others=", ".join(found.unread),
    )


def left_out_line(found: ImportPreview) -> str:
    """Which columns were left out: of an unknown heading, or of one that stood there before."""
    names = [c.heading or "–" for c in found.columns if not c.field and c.examples]
    if not names:
        return ""
    return i18n.current().fill(N_("Columns left out: {names}."), names=", ".join(names))


def result_line(done: ImportResult) -> str:
    """What an import did, as one line."""
    if not done.batch_id:
        return i18n.current().fill(N_("Nothing new: the desk knows all of it."))
    return i18n.current().fill(
        N_("Imported: {new} new, {added} with something more, {changed} with values taken."),
        new=done.new,
        added=done.added,
        changed=done.changed,
    )


_RECORDS: Mapping[str, str] = {
    "Coaching": N_("job coaching"),
    "Opening": N_("phase"),
    "Plan": N_("plan"),
    "Feedback": N_("grade"),
    "Period": N_("period"),
    "Note": N_("note"),
}


def what_comes(plan: RowPlan) -> str:
    """Which records a person's rows bring, as a list of words."""
    words = i18n.current()
    kinds = [type(record).__name__ for record in plan.adds]
    found = [words._(name) for kind, name in _RECORDS.items() if kind in kinds]
    if any(term.agreed for term in plan.terms):
        found.append(words._(N_("agreed week")))
    if any(term.group_id for term in plan.terms):
        found.append(words._(N_("place in a group")))
    if days := kinds.count("AttendedDay"):
        found.append(words.ngettext("{count} day", "{count} days", days).format(count=days))
    return ", ".join(found)
