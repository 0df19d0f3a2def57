"""Every command with its own help: each door of the desk adds its own."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from coachdesk import __version__
from coachdesk.arguments import Parser, folder, whole
from coachdesk.i18n import _

Carry = Callable[[argparse.Namespace], int | None]


class Commands:
    """The commands of a command line; ``add`` gives the arguments of a new one."""

    def __init__(self, top: Parser) -> None:
        self._parsers = top.add_subparsers(title=_("commands"), metavar=_("COMMAND"))

    def add(self, name: str, carry_out: Carry, words: str, *, desk: bool = True) -> argparse.ArgumentParser:
        """A command; with ``desk`` it must be told which one."""
        found = self._parsers.add_parser(name, help=words, description=words)
        found.set_defaults(carry_out=carry_out)
        if desk:
            take_desk(found, required=True)
        return found


def parser() -> Parser:
    """Every command with its own help."""
    from coachdesk.cli import backups, handover, made_up, records, region, window

    top = Parser(prog="coachdesk", description=_("A desk for workshop coaches."))
    words = _("show program's version number and exit")
    top.add_argument("--version", action="version", version=f"CoachDesk {__version__}", help=words)
    take_desk(top, required=False)
    top.set_defaults(carry_out=window.open_window)
    commands = Commands(top)
    for door in (made_up, records, region, handover, backups):
        door.add(commands)
    return top


def take_desk(found: argparse.ArgumentParser, *, required: bool) -> None:
    """Which desk, and what opens it."""
    words = _("the desk's folder")
    found.add_argument("--desk", type=folder, required=required, metavar=_("FOLDER"), help=words)
    take_passphrase(found, first=not required)


def take_passphrase(found: argparse.ArgumentParser, *, first: bool = False) -> None:
    """A file that the passphrase is read from; one told before the command's name holds for the command."""
    words = _("read the passphrase from a file's first line")
    otherwise = None if first else argparse.SUPPRESS
    found.add_argument("--passphrase-file", type=folder, default=otherwise, metavar=_("FILE"), help=words)


def take_place(found: argparse.ArgumentParser, name: str, metavar: str, words: str) -> None:
    """Where something is written; it has to be said."""
    found.add_argument(name, type=folder, required=True, metavar=metavar, help=words)


def take_number(
    found: argparse.ArgumentParser, name: str, most: int, default: int, words: str, *, least: int = 0
) -> None:
    """A whole number within bounds."""
    found.add_argument(name, type=whole(least, most), default=default, metavar=_("NUMBER"), help=words)


def take_language(found: argparse.ArgumentParser) -> None:
    """The language of what is made."""
    words = _("language of what is made")
    found.add_argument("--language", choices=("fi", "sv"), default="fi", help=words)
