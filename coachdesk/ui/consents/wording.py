"""How consents are told: a recipient's name, the state in colour, picture and word, versions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from coachdesk.clock import HELSINKI
from coachdesk.domain.codes import codes
from coachdesk.domain.consent import HOW_GIVEN, Consent, Permission, Prohibition
from coachdesk.i18n import N_, _, current, ngettext
from coachdesk.ui.columns import collate
from coachdesk.ui.day_edit import upper

if TYPE_CHECKING:
    from coachdesk.services.consents import ConsentSheet

SOON_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state as a chip shows it."""

    text: str
    kind: str
    picture: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientRow:
    """Somebody to whom a consent was given, or may be: with the newest consent, if there is one."""

    recipient: str
    name: str
    state: State
    consent: Consent | None = None
    rank: int = 0


def recipient_name(recipient: str) -> str:
    """The official name of a body in the screen's language, or the words it was named with."""
    bodies = codes("bodies")
    return upper(bodies.name(recipient, current().language)) if recipient in bodies else recipient


def recipient_rows(sheet: ConsentSheet) -> tuple[RecipientRow, ...]:
    """Everybody a consent was given to and every region enrolled: in force first, then by name."""
    names = dict.fromkeys((*sheet.recipients, *sorted(sheet.enrolled)))
    return tuple(sorted((_row(sheet, key) for key in names), key=lambda row: (row.rank, collate(row.name))))


def _row(sheet: ConsentSheet, recipient: str) -> RecipientRow:
    consent = sheet.in_force(recipient)
    newest = next((one for one in sheet.consents if one.recipient == recipient), None)
    barred = sheet.barred(recipient)
    if barred is not None:
        state, rank = prohibition_state(barred), 1
        consent = newest
    elif consent is not None:
        state, rank = consent_state(consent, sheet.on), 0
    elif newest is not None:
        consent, state, rank = newest, consent_state(newest, sheet.on), 3
    else:
        state, rank = State(text=_("No consent"), kind="neutral", picture="circle-dashed"), 2
    return RecipientRow(
        recipient=recipient, name=recipient_name(recipient), state=state, consent=consent, rank=rank
    )


def consent_state(consent: Consent, on: date, *, replaced: bool = False) -> State:
    """How a consent stands on a day."""
    words = current()
    if consent.withdrawn is not None:
        day = consent.withdrawn.astimezone(HELSINKI).date()
        return State(text=words.fill(N_("Withdrawn {day}"), day=day), kind="neutral", picture="ban")
    if replaced:
        return State(text=_("Replaced"), kind="neutral", picture="archive")
    if consent.valid_to < on:
        text = words.fill(N_("Ended {day}"), day=consent.valid_to)
        return State(text=text, kind="neutral", picture="archive")
    days = (consent.valid_to - on).days
    if days > SOON_DAYS:
        text = words.fill(N_("In force to {day}"), day=consent.valid_to)
        return State(text=text, kind="ok", picture="circle-check")
    if days == 0:
        return State(text=_("Ends today"), kind="warn", picture="clock")
    message = ngettext("Ends {day}, in {days} day", "Ends {day}, in {days} days", days)
    return State(
        text=message.format(day=words.day(consent.valid_to), days=days), kind="warn", picture="clock"
    )


def prohibition_state(one: Prohibition) -> State:
    """How a prohibition stands."""
    if one.lifted is not None:
        day = one.lifted.astimezone(HELSINKI).date()
        text = current().fill(N_("Lifted {day}"), day=day)
        return State(text=text, kind="neutral", picture="archive")
    return State(text=current().fill(N_("Forbidden {day}"), day=one.given), kind="danger", picture="ban")


def permission_state(one: Permission, on: date) -> State:
    """How a permission stands on a day."""
    words = current()
    if one.withdrawn is not None:
        day = one.withdrawn.astimezone(HELSINKI).date()
        return State(text=words.fill(N_("Withdrawn {day}"), day=day), kind="neutral", picture="ban")
    if one.valid_to is not None and one.valid_to < on:
        return State(text=words.fill(N_("Ended {day}"), day=one.valid_to), kind="neutral", picture="archive")
    if one.valid_to is None:
        return State(text=_("In force"), kind="ok", picture="circle-check")
    return State(
        text=words.fill(N_("In force to {day}"), day=one.valid_to), kind="ok", picture="circle-check"
    )


def how_given(consent: Consent) -> str:
    """How it was given, and who heard it or gave it for the trainee."""
    how = upper(_(HOW_GIVEN.get(consent.given_how, "")))
    return f"{how}: {consent.witness}" if consent.witness and consent.given_how != "signed" else how


def explained(consent: Consent) -> str:
    """In which language it was explained, by whom."""
    spoken, known = consent.explained_language, codes("languages")
    language = known.name(spoken, current().language) if spoken in known else spoken
    if language and consent.explained_by:
        return current().fill(N_("{language}, {name}"), language=upper(language), name=consent.explained_by)
    return upper(language) or consent.explained_by


def versions(consents: Iterable[Consent], recipient: str) -> tuple[Consent, ...]:
    """Every consent to a recipient, the oldest first: version 1, 2, ..."""
    return tuple(sorted((one for one in consents if one.recipient == recipient), key=lambda one: one.id))


def version_line(number: int, consent: Consent, state: State) -> str:
    """A version in the list of versions."""
    return current().fill(
        N_("Version {number} · {paper} · {given}–{valid_to} · {state}"),
        number=number,
        paper=consent.number,
        given=consent.given,
        valid_to=consent.valid_to,
        state=state.text,
    )
