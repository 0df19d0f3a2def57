"""Command lines in the reader's language: how one is read, and how it ends.

Wrong use is told in one clear line with exit code 2, and what goes wrong on the way in one with exit code 1.

``argparse`` asks the standard ``gettext`` for its own words.  While a command line is read, that is led to
our catalogues, which is why argparse's messages are marked here as they stand there (Python 3.11-3.14).
"""

from __future__ import annotations

import argparse
import errno
import gettext
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from coachdesk import i18n
from coachdesk.errors import Problem
from coachdesk.i18n import N_, _

_STANDARD = (
    N_("usage: "),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("show program's version number and exit"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("not allowed with argument %s"),
    N_("ignored explicit argument %r"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
)


class Parser(argparse.ArgumentParser):
    """A parser whose wrong use is told in one line; an option is never guessed from its beginning."""

    def __init__(self, *arguments: object, **named: object) -> None:
        named.setdefault("allow_abbrev", False)
        super().__init__(*arguments, **named)  # type: ignore[arg-type]  # argparse's own

    def error(self, message: str) -> NoReturn:
        """One line and exit code 2."""
        line = N_("{command}: {message}. Help: {command} --help")
        self.exit(2, i18n.current().fill(line, command=self.prog, message=message) + "\n")


def read(parser: Callable[[], Parser], words: Sequence[str]) -> argparse.Namespace:
    """What a command line asks for.

    Raises:
        SystemExit: 0 after help or version, 2 after wrong use.
    """
    with _spoken():
        return parser().parse_args(words)


def exit_code(work: Callable[[], int]) -> int:
    """What ``work`` answers; 1 where something went wrong, which is told in one line on standard error."""
    try:
        code = work()
        if sys.stdout is not None:
            sys.stdout.flush()  # here what cannot be written can still be told
        return code
    except Problem as problem:
        line = i18n.say(problem)
    except KeyboardInterrupt:
        line = _("Interrupted. Nothing half done was kept.")
    except OSError as error:
        line = _told_by_system(error)
    sys.stderr.write(line + "\n")
    return 1


def _told_by_system(error: OSError) -> str:
    """The sentence for what the system refused; one that names no file is about the output."""
    if isinstance(error, BrokenPipeError) or (error.filename is None and error.errno == errno.ENOSPC):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing more is said at the end
        return _("The output cannot be written. Nothing more was done.")
    name, fill = Path(str(error.filename or "")).name[:60], i18n.current().fill
    match error:
        case FileNotFoundError():
            return fill(N_("There is no file {name}."), name=name)
        case PermissionError():
            return fill(N_("CoachDesk may not read or write {name}."), name=name)
        case IsADirectoryError() | NotADirectoryError():
            place = Path(str(error.filename)).absolute()
            return fill(N_("{name} is not a file, or lies in no folder."), name=place)
    if error.errno in (errno.ENAMETOOLONG, errno.ELOOP):
        path = str(error.filename)
        name = f"{path[:60]}…" if len(path) > 60 else path
        return fill(N_("The path {name} is too long, or leads round to itself."), name=name)
    reason = errno.errorcode.get(error.errno or 0, type(error).__name__)  # the system's own words are English
    return fill(N_("The disk could not be used: {reason}."), reason=reason)


def whole(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers from ``least`` to ``most``."""

    def number(text: str) -> int:
        if len(text) > 20 or not text.removeprefix("-").isdecimal() or not least <= int(text) <= most:
            message = N_("“{text}” is not a whole number from {least} to {most}")
            raise argparse.ArgumentTypeError(
                i18n.current().fill(message, text=text[:40], least=least, most=most)
            )
        return int(text)

    return number


def folder(text: str) -> Path:
    """The path of a folder or a file; an empty word, which would mean the folder one stands in, is none."""
    if not text or "\0" in text:
        raise argparse.ArgumentTypeError(_("the path is empty"))
    return Path(text)


@contextmanager
def _spoken() -> Iterator[None]:
    """The standard ``gettext`` speaks our catalogue in the screen's language, and then as before."""
    before = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain(i18n.DOMAIN, i18n.catalogue_folder())
    gettext.textdomain(i18n.DOMAIN)
    os.environ["LANGUAGE"] = i18n.current().language
    try:
        yield
    finally:
        gettext.textdomain(before[0])
        if before[1] is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before[1]
