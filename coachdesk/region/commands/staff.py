"""The command ``staff``: who may sign in to the region's pages, under which role, and whose client who is."""

from __future__ import annotations

import argparse
import getpass
import sys
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import Connection

from coachdesk import i18n
from coachdesk.arguments import Parser
from coachdesk.arguments import folder as path
from coachdesk.errors import Refused, Trouble
from coachdesk.exchange import export_file
from coachdesk.i18n import N_, _
from coachdesk.region import acts, folder
from coachdesk.region.staff import codes, holdings, people, roles, sessions
from coachdesk.region.staff.key import staff_key
from coachdesk.region.staff.roles import ROLES

Taker = Callable[[argparse.ArgumentParser], None]


def add(commands: argparse._SubParsersAction[Parser], take_region: Taker) -> None:
    """The command with its own commands."""
    top = commands.add_parser("staff", help=_("who may sign in to the region's pages"))
    own = top.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)

    new = _one(own, "add", _("let somebody sign in"), let_in, take_region)
    new.add_argument("--role", required=True, choices=list(ROLES), help=_("what the pages show to them"))
    _take_password(new)
    word = _one(own, "password", _("give somebody another password"), change_password, take_region)
    _take_password(word)
    _one(own, "codes", _("give somebody a new authenticator; the old one opens nothing"), renew, take_region)
    _one(own, "remove", _("let somebody sign in no more"), close, take_region)
    give = _one(own, "assign", _("say whose client somebody is"), assign, take_region)
    give.add_argument("ref", metavar=_("REFERENCE"), help=_("the reference as list shows it"))

    shown = own.add_parser("list", help=_("show who may sign in"))
    take_region(shown)
    shown.set_defaults(carry_out=show)


def let_in(asked: argparse.Namespace) -> int:
    """Add somebody and show what the authenticator reads."""
    region, name, role = _region(asked), people.checked(asked.name), roles.role(asked.role)
    made = people.made_password(region, name, password(asked))
    with region.writing() as connection:
        person, secret = people.add(
            connection, staff_key(region.folder), name=name, role=role, password=made, at=asked.clock.now()
        )
        sessions.end_others(connection, person)
        _note(connection, acts.LET_IN, asked, person)
    _show_codes(region, person.name, secret)
    return 0


def change_password(asked: argparse.Namespace) -> int:
    """Another password; whoever is signed in under the name is signed out."""
    region = _region(asked)
    with region.reading() as connection:
        person = people.find(connection, asked.name)
    made = people.made_password(region, person.name, password(asked))
    with region.writing() as connection:
        people.keep_password(connection, person, made)
        sessions.end_others(connection, person)
        _note(connection, acts.PASSWORD, asked, person)
    print(i18n.current().fill(N_("{name} has another password."), name=person.name))
    return 0


def renew(asked: argparse.Namespace) -> int:
    """A new authenticator."""
    region = _region(asked)
    with region.writing() as connection:
        person = people.find(connection, asked.name)
        secret = people.new_codes(connection, staff_key(region.folder), person)
        sessions.end_others(connection, person)
        _note(connection, acts.CODES, asked, person)
    _show_codes(region, person.name, secret)
    return 0


def close(asked: argparse.Namespace) -> int:
    """Let somebody in no more."""
    with _region(asked).writing() as connection:
        person = people.find(connection, asked.name)
        people.close(connection, person)
        sessions.end_others(connection, person)
        _note(connection, acts.CLOSED, asked, person)
    print(i18n.current().fill(N_("{name} cannot sign in any more."), name=person.name))
    return 0


def assign(asked: argparse.Namespace) -> int:
    """Say whose client somebody is."""
    with _region(asked).writing() as connection:
        person = people.find(connection, asked.name)
        found = holdings.give_ref(connection, asked.ref, person, asked.clock.today())
        if not found:
            raise Refused(N_("No summary is held under {ref}."), ref=asked.ref)
        _note(connection, acts.ASSIGNED, asked, person, seen=found)
    print(i18n.current().fill(N_("{ref} is a client of {name}."), ref=asked.ref, name=person.name))
    return 0


def show(asked: argparse.Namespace) -> int:
    """List who may sign in."""
    with _region(asked).reading() as connection:
        for person in people.everybody(connection):
            print(f"{person.name}: {_(person.role.title)} ({person.role.key})")
    return 0


def password(asked: argparse.Namespace) -> str:
    """The password from a file's first line, or typed twice.

    Raises:
        Refused: the two are not the same.
        Trouble: nobody can type here, or the file cannot be read.
    """
    if asked.password_file is not None:
        return _first_line(asked.password_file)
    if not sys.stdin.isatty():
        raise Trouble(N_("Nobody can type the password here. Give it by --password-file."))
    first = getpass.getpass(_("Password") + ": ")
    if getpass.getpass(_("New password again") + ": ") != first:
        raise Refused(N_("The new passwords are not the same."))
    return unicodedata.normalize("NFC", first)


def _region(asked: argparse.Namespace) -> folder.Region:
    return folder.open_region(asked.region, asked.database)


def _note(
    connection: Connection,
    act: str,
    asked: argparse.Namespace,
    person: people.Person,
    seen: Sequence[holdings.Found] = (),
) -> None:
    """A line of the log in the same transaction: who ran the command, when, on whom."""
    acts.note(connection, act, who=acts.account(), at=asked.clock.now(), seen=seen, whom=person.id)


def _one(
    own: argparse._SubParsersAction[Parser],
    name: str,
    words: str,
    carry_out: Callable[[argparse.Namespace], int],
    take_region: Taker,
) -> Parser:
    found = own.add_parser(name, help=words)
    found.add_argument("name", metavar=_("NAME"), help=_("the name that is typed at the sign-in"))
    take_region(found)
    found.set_defaults(carry_out=carry_out)
    return found


def _take_password(found: Parser) -> None:
    words = _("file whose first line is the password; it is asked for if this is left out")
    found.add_argument("--password-file", type=path, metavar=_("FILE"), help=words)


def _first_line(file: Path) -> str:
    try:
        text = export_file.read(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Trouble(N_("The password file is not UTF-8 text.")) from error
    return unicodedata.normalize("NFC", text.partition("\n")[0].rstrip("\r"))


def _show_codes(region: folder.Region, name: str, secret: bytes) -> None:
    card, words = region.card, i18n.current()
    issuer = card.name_sv if words.language == "sv" else card.name_fi
    link = codes.uri(secret, name, issuer)
    print(
        words.fill(N_("{name} can sign in. Read this with the authenticator; it is shown once."), name=name)
    )
    print(codes.square(link))
    print(link)
