"""What a command says to the terminal, and what it asks of the person or of a file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coachdesk.clock import SystemClock
from coachdesk.errors import Trouble
from coachdesk.i18n import N_, _

if TYPE_CHECKING:
    from coachdesk.services.desk import Desk

MOST_SECRET = 64 * 1024  # bytes that are read of a file with a passphrase or the recovery sheet's groups


def tell(line: str) -> None:
    """One line for the person, on standard error."""
    print(line, file=sys.stderr)


def show_lines(lines: Sequence[str]) -> None:
    """Lines on standard output, and really there before anything goes on."""
    for line in lines:
        print(line)
    sys.stdout.flush()


def progress(words: str) -> Callable[[int, int], None]:
    """A line that counts on a terminal, and says each tenth where there is none."""
    told = [-1]

    def show(done: int, total: int) -> None:
        tenth = 10 * done // total if total else 10
        if tenth == told[0] or (tenth == 0 and not sys.stderr.isatty()):
            return
        told[0] = tenth
        if sys.stderr.isatty():
            end = "\n" if done >= total else ""
            print(f"\r{words} {10 * tenth} %", end=end, file=sys.stderr, flush=True)
        else:
            tell(f"{words} {10 * tenth} %")

    return show


def passphrase(asked: argparse.Namespace, *, new: bool = False) -> str:
    """The passphrase: a file's first line in UTF-8 and NFC, else asked for.

    Raises:
        Trouble: the file has no first line, or is not UTF-8.
    """
    import unicodedata

    if asked.passphrase_file is not None:
        kept = secret_text(asked.passphrase_file, N_("The passphrase file is not UTF-8 text."))
        text = kept.split("\n", 1)[0].removesuffix("\r")
    else:
        text = _asked(_("Passphrase: "))
        if new and _asked(_("The same once more: ")) != text:
            raise Trouble(N_("The two passphrases differ."))
    if not text:
        raise Trouble(N_("The passphrase is empty."))
    return unicodedata.normalize("NFC", text)


def secret_text(file: Path, otherwise: str) -> str:
    """The text of a small file.

    Raises:
        Trouble: it is not UTF-8; with the sentence ``otherwise``.
    """
    try:
        with file.open("rb") as found:
            return found.read(MOST_SECRET).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Trouble(otherwise) from error


def _asked(words: str) -> str:
    """What is typed without being shown; where nobody can type, that is said."""
    import getpass
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)  # it would be shown as it is typed
            return getpass.getpass(words)
    except (EOFError, getpass.GetPassWarning) as error:
        raise Trouble(N_("Nobody can type the passphrase here. Give it by --passphrase-file.")) from error


def opened(asked: argparse.Namespace) -> Desk:
    """The desk that the command line names."""
    from coachdesk.services.opening import open_desk

    return open_desk(asked.desk, passphrase=passphrase(asked), clock=SystemClock())
