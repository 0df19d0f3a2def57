"""The workshop's own phrases as a spreadsheet: written for another workshop, taken in from one."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from coachdesk import whole_file
from coachdesk.domain.codes import codes
from coachdesk.domain.letters import nfc
from coachdesk.domain.phrases import Phrase, is_changed, judged
from coachdesk.errors import Refused
from coachdesk.exchange.export_file import disk_troubles
from coachdesk.i18n import N_, current
from coachdesk.importing.phrases import read_phrases
from coachdesk.services import phrases
from coachdesk.services.desk import Desk

MOST = 500  # in one file: who chooses from more finds none


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What a file brought: the phrases added, and how many the bank had already."""

    added: tuple[Phrase, ...]
    known: int


def write_own(desk: Desk, path: Path) -> int:
    """Write the workshop's own phrases, and those it worded anew, as CSV; returns how many.

    Raises:
        Refused: there are none.
        DiskFull, Trouble: the file cannot be written; nothing is.
    """
    own = [phrase for phrase in phrases.bank(desk) if phrase.own or is_changed(phrase)]
    if not own:
        raise Refused(N_("The workshop has no phrases of its own yet."))
    found = io.StringIO()
    rows = csv.writer(found, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    words = current()
    titles = (N_("Items of a plan"), N_("Kinds of note"), N_("Phases"), N_("In plain language"))
    rows.writerow(["Suomi", "Svenska", *(words._(title) for title in titles)])
    for phrase in own:
        rows.writerow(_row(phrase, words.language))
    with disk_troubles(path.parent):
        whole_file.write(path, found.getvalue().encode("utf-8-sig"))
    with desk.writing() as unit:
        unit.log("phrase.export", after={"rows": len(own)})
        unit.commit()
    return len(own)


def _row(phrase: Phrase, language: str) -> list[str]:
    named = (("plan_items", phrase.plan_items), ("note_kinds", phrase.note_kinds))
    names = (", ".join(codes(title).name(key, language) for key in keys) for title, keys in named)
    return [phrase.fi, phrase.sv, *names, ", ".join(map(str, phrase.phases)), "x" if phrase.plain else ""]


def take_in(desk: Desk, path: Path) -> TakenIn:
    """Take the phrases of a spreadsheet into the bank, all or none; those that it has already are left out.

    Raises:
        Refused: a row holds no phrase that may be kept; it says which and why.
        Unreadable: the file is no spreadsheet.
    """
    found = read_phrases(path)
    if len(found) > MOST:
        raise Refused(N_("The file has more than {most} phrases. Divide it."), most=MOST)
    pairs = {(one.fi, one.sv) for one in phrases.bank(desk)}
    new: dict[tuple[str, str], Phrase] = {}
    for number, phrase in found:
        pair = nfc(phrase.fi), nfc(phrase.sv)
        if pair not in pairs:
            new.setdefault(pair, _judged(number, phrase))
    return TakenIn(added=phrases.add_all(desk, tuple(new.values())), known=len(found) - len(new))


def _judged(number: int, phrase: Phrase) -> Phrase:
    try:
        return judged(phrase, ())
    except Refused as problem:
        why = N_(
            "Row {row} cannot be taken in. A phrase needs both languages, as many gaps (___) in each, and no "
            "identity code."
        )
        raise Refused(why, row=number) from problem
