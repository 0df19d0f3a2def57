"""``coachdesk-region``: init, enrol, code, revoke, receive, list, serve and the rest.

Exit code 0 done, 1 refused or found wrong (one clear line each on standard error), 2 wrong use.  The
language is ``--language``, else ``COACHDESK_LANGUAGE``, else English.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from coachdesk import __version__, i18n
from coachdesk.arguments import Parser, exit_code, read
from coachdesk.arguments import folder as path
from coachdesk.clock import Clock, SystemClock
from coachdesk.domain.codes import codes
from coachdesk.errors import Problem
from coachdesk.exchange import enrolment, export_file
from coachdesk.exchange.receipt import RESULTS, STORED, reason_sentence
from coachdesk.exchange.refusals import REFUSALS
from coachdesk.i18n import N_, _
from coachdesk.region import acts, folder, letters, listing, receive
from coachdesk.region.commands import desks, handing_out, serving, staff
from coachdesk.region.devices import REVOKED


def main(arguments: Sequence[str] | None = None, clock: Clock | None = None) -> int:
    """Carry out one command line; the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)

    def carry_out() -> int:
        i18n.use_language(_language(words))
        asked = read(parser, desks.spelt(words))
        asked.clock = clock or SystemClock()
        return int(asked.carry_out(asked))

    return exit_code(carry_out)


def parser() -> Parser:
    """Every command with its own help."""
    top = Parser(prog="coachdesk-region", description=_("Receives summaries from desks."))
    words = _("show program's version number and exit")
    top.add_argument("--version", action="version", version=f"CoachDesk {__version__}", help=words)
    top.add_argument("--language", choices=i18n.LANGUAGES, help=_("language of the messages"))
    commands = top.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)

    init = commands.add_parser("init", help=_("make a region's keys and its public file"))
    init.add_argument("dir", type=path, metavar=_("FOLDER"), help=_("the region's folder"))
    words = _("the region's id; one is made up if it is left out")
    init.add_argument("--id", default="", metavar=_("ID"), help=words)
    init.add_argument("--name-fi", default="", metavar=_("NAME"), help=_("the region's Finnish name"))
    init.add_argument("--name-sv", default="", metavar=_("NAME"), help=_("the region's Swedish name"))
    words = _("the body to whom consents are given")
    init.add_argument("--body", default=enrolment.DEFAULT_BODY, metavar=_("BODY"), help=words)
    words = _("where it receives over the network, https://...")
    init.add_argument("--address", default="", metavar=_("ADDRESS"), help=words)
    init.set_defaults(carry_out=make)

    desks.add(commands, _take_region)
    take = commands.add_parser("receive", help=_("take in files from desks and write receipts"))
    take.add_argument("files", type=path, nargs="+", metavar=_("FILE"), help=_("files from desks"))
    words = _("folder for the receipt files; made where the one it lies in is there")
    take.add_argument("--receipts", type=path, required=True, metavar=_("FOLDER"), help=words)
    _take_region(take)
    take.set_defaults(carry_out=take_files)

    held = commands.add_parser("list", help=_("show what the region holds"))
    held.add_argument("--json", action="store_true", help=_("as JSON"))
    _take_region(held)
    held.set_defaults(carry_out=show)
    handing_out.add(commands, _take_region)
    staff.add(commands, _take_region)
    serving.add(commands, _take_region)
    return top


def _take_region(found: argparse.ArgumentParser) -> None:
    words = _("the region's folder")
    found.add_argument("--region", type=path, required=True, metavar=_("FOLDER"), help=words)
    words = _("URL of another store than the region's own")
    found.add_argument("--database", default="", metavar="URL", help=words)


def make(asked: argparse.Namespace) -> int:
    """Make a region."""
    if asked.body not in codes("bodies"):
        tell(i18n.current().fill(N_("There is no body “{body}”."), body=asked.body))
        return 1
    body = codes("bodies")[asked.body]
    names = {"name_fi": asked.name_fi or body.fi, "name_sv": asked.name_sv or body.sv}
    address = asked.address
    card = folder.init(asked.dir, region_id=asked.id, body=asked.body, address=address, **names)
    print(_("Hand out this file to the desks:"), asked.dir / "region.json")
    print(_("Fingerprint of the region:"), card.fingerprint)
    return 0


def take_files(asked: argparse.Namespace) -> int:
    """Receive files, each by itself, and answer each desk."""
    region = folder.open_region(asked.region, asked.database)
    export_file.must_take_files(asked.receipts)  # before anything is taken in that would have no answer
    received, wrong = [], False
    for file in asked.files:
        try:
            one = receive.receive(region, export_file.read(file), asked.clock.now())
        except Problem as problem:
            tell(f"{file.name}: {i18n.say(problem)}")
            wrong = True
            continue
        received.append(one)
        wrong |= not one.stored
        _tell_of(file.name, one)
    for answer in receive.write_answers(region, received, asked.receipts, asked.clock.now()):
        print(answer)
    for device in dict.fromkeys(one.device for one in received if one.named is not None):
        for letter in letters.write_out(region, device, asked.receipts):
            print(letter)
    return int(wrong)


def show(asked: argparse.Namespace) -> int:
    """List what the region holds."""
    region = folder.open_region(asked.region, asked.database)
    found = listing.listed(region, asked.clock.today())
    with region.writing() as connection:  # before anybody sees it
        seen, who = found["summaries"], acts.account()
        acts.note(connection, acts.LIST, who=who, at=asked.clock.now(), seen=seen)
    if asked.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return 0
    for device in found["devices"]:
        print(_told_of_desk(device))
        if device["missing"]:
            numbers = ", ".join(map(str, device["missing"]))
            print("  " + i18n.current().fill(N_("missing: {numbers}"), numbers=numbers))
        for alarm in device["alarms"]:
            print("  " + i18n.current().fill(N_("alarm at number {seq}: {kind}"), **alarm))
    for summary in found["summaries"]:
        message = N_("{ref}, version {version}, kept until {valid_to}")
        told = {"ref": summary["ref"], "version": summary["version"]}
        print(i18n.current().fill(message, **told, valid_to=date.fromisoformat(summary["valid_to"])))
        for ref in summary["joined"]:
            print("  " + i18n.current().fill(N_("same identity code as {ref}"), ref=ref))
    return 0


def _told_of_desk(device: Mapping[str, Any]) -> str:
    """A desk in one line: its id, how it is called, when it was last heard, whether it is revoked."""
    words, heard = i18n.current(), device["heard"]
    parts = [words.fill(N_("Desk {id}"), id=device["id"])]
    if device["label"]:
        parts.append(device["label"])
    moment = words.moment(datetime.fromisoformat(heard)) if heard else ""
    parts.append(words.fill(N_("last heard {moment}"), moment=moment) if heard else _("never heard"))
    if device["state"] == REVOKED:
        day = date.fromisoformat(device["since"])
        parts.append(words.fill(N_("revoked {day}"), day=words.day(day)))
    return ", ".join(parts)


def tell(line: str) -> None:
    """One line for the person, on standard error."""
    print(line, file=sys.stderr)


def _tell_of(name: str, one: receive.Received) -> None:
    said, named = i18n.current(), one.named
    if named is None:
        tell(f"{name}: " + _(REFUSALS["device_revoked"].sentence))
        return
    if named.result != STORED:
        tell(f"{name}: " + said.fill(N_("Refused: {why}."), why=_(RESULTS[named.result])))
    elif one.again:
        print(f"{name}: " + said.fill(N_("Received before as number {seq}. Nothing changed."), seq=named.seq))
    else:
        print(f"{name}: " + said.fill(N_("Received as number {seq}."), seq=named.seq))
    if one.broken_chain:
        alarm = _("It does not follow the bundle before it. Ask the desk whether it was restored.")
        tell(f"{name}: {alarm}")
    for item in named.rejected:
        tell(f"{name}: {item.ref}: " + _(reason_sentence(item.reason)))
    if named.set_aside:
        message = N_("Items of an unknown kind set aside: {count}.")
        tell(f"{name}: " + said.fill(message, count=named.set_aside))


def _language(words: Sequence[str]) -> str:
    for place, word in enumerate(words):
        named = words[place + 1] if word == "--language" and place + 1 < len(words) else ""
        named = named or word.removeprefix("--language=")
        if word.startswith("--language") and named in i18n.LANGUAGES:
            return named
    return os.environ.get("COACHDESK_LANGUAGE") or "en"


if __name__ == "__main__":
    raise SystemExit(main())
