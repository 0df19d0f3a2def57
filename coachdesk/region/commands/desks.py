"""The commands about desks: ``enrol``, ``code``, ``revoke``, ``letters``; and ``keys``, ``restored``."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from coachdesk import i18n
from coachdesk.arguments import Parser, whole
from coachdesk.arguments import folder as path
from coachdesk.exchange import enrolment, export_file
from coachdesk.exchange.keys import ID
from coachdesk.i18n import N_, _
from coachdesk.region import acts, devices, enrolling, folder, key_changes, letters, restored

_ID = "id:"
Taker = Callable[[argparse.ArgumentParser], None]


def add(commands: argparse._SubParsersAction[Parser], take_region: Taker) -> None:
    """All of them with their help."""
    enrol = commands.add_parser("enrol", help=_("take in a desk's public file"))
    enrol.add_argument("file", type=path, metavar=_("FILE"), help=_("the public file of a desk"))
    _take_place(enrol)
    take_region(enrol)
    enrol.set_defaults(carry_out=take_desk)

    code = commands.add_parser("code", help=_("make a one-time code by which a desk enrols itself"))
    _take_place(code)
    take_region(code)
    code.set_defaults(carry_out=make_code)

    revoke = commands.add_parser("revoke", help=_("believe a desk no longer"))
    revoke.add_argument("device", type=desk_id, metavar=_("ID"), help=_("the desk's id as list shows it"))
    revoke.add_argument("--delete", action="store_true", help=_("delete what it has sent, too"))
    take_region(revoke)
    revoke.set_defaults(carry_out=revoke_desk)

    out = commands.add_parser("letters", help=_("write the letters that wait for a desk as files"))
    out.add_argument("device", type=desk_id, metavar=_("ID"), help=_("the desk's id as list shows it"))
    out.add_argument(
        "--to",
        type=path,
        required=True,
        metavar=_("FOLDER"),
        help=_("folder for the files; made where the one it lies in is there"),
    )
    take_region(out)
    out.set_defaults(carry_out=write_letters)

    keys = commands.add_parser("keys", help=_("change the region's keys"))
    own = keys.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)
    rotate = own.add_parser("rotate", help=_("make new keys; the older ones stay for 18 months"))
    words = _("after a theft: the older keys sign no more, and every desk needs the new public file")
    rotate.add_argument("--at-once", action="store_true", help=words)
    take_region(rotate)
    rotate.set_defaults(carry_out=rotate_keys)

    retire = own.add_parser("retire", help=_("set the opening keys aside that were replaced long ago"))
    words = _("how many days ago they were replaced at least")
    life, own_days = key_changes.KEPT_DAYS, whole(31, 36_500)
    retire.add_argument("--days", type=own_days, default=life, metavar=_("NUMBER"), help=words)
    take_region(retire)
    retire.set_defaults(carry_out=retire_keys)

    after = commands.add_parser("restored", help=_("say that the region's store was restored from a backup"))
    take_region(after)
    after.set_defaults(carry_out=tell_restored)


def _note(connection: Connection, act: str, asked: argparse.Namespace, device: str = "") -> None:
    """A line of the log, in the same transaction as what it tells of."""
    acts.note(connection, act, who=acts.account(), at=asked.clock.now(), device=device)


def _take_place(found: argparse.ArgumentParser) -> None:
    found.add_argument("--label", default="", metavar=_("NAME"), help=_("how the desk is called here"))
    words = _("the id of the desk whose place it takes; that one is revoked")
    found.add_argument("--replaces", default="", type=desk_id, metavar=_("ID"), help=words)


def spelt(words: Sequence[str]) -> list[str]:
    """A command line in which an id of a desk that begins with a hyphen is no option."""
    return [f"{_ID}{word}" if word.startswith("-") and ID.fullmatch(word) else word for word in words]


def desk_id(text: str) -> str:
    """The id of a desk as it was typed."""
    return text.removeprefix(_ID)


def take_desk(asked: argparse.Namespace) -> int:
    """Enrol a desk."""
    region = folder.open_region(asked.region, asked.database)
    label, replaces = asked.label, asked.replaces
    device = folder.enrol(
        region,
        asked.file,
        asked.clock.now(),
        label=label,
        replaces=replaces,
        noted=lambda connection, desk: _note(connection, acts.ENROLLED, asked, desk),
    )
    print(_("Enrolled:"), region.folder / "devices" / f"{device}.jwk")
    print(_("Fingerprint of the region:"), region.card.fingerprint)
    both = enrolment.read_device_keys(export_file.read(asked.file))
    print(_("Fingerprint of the desk:"), enrolment.device_fingerprint(*both))
    return 0


def make_code(asked: argparse.Namespace) -> int:
    """Make a one-time code."""
    region = folder.open_region(asked.region, asked.database)
    code = enrolling.make_code(
        region,
        asked.clock.now(),
        label=asked.label,
        replaces=asked.replaces,
        noted=lambda connection: _note(connection, acts.CODE, asked, asked.replaces),
    )
    print(code)
    print(i18n.current().fill(N_("Good for {hours} hours and for one desk."), hours=enrolling.HOURS))
    print(_("Fingerprint of the region:"), region.card.fingerprint)
    return 0


def revoke_desk(asked: argparse.Namespace) -> int:
    """Revoke a desk."""
    region = folder.open_region(asked.region, asked.database)
    with region.writing() as connection:
        devices.revoke(connection, asked.device, asked.clock.now(), forget=asked.delete)
        _note(connection, acts.REVOKED, asked, asked.device)
    print(_("Revoked. The desk is told with its next receipt."))
    return 0


def write_letters(asked: argparse.Namespace) -> int:
    """Write the letters that wait."""
    region = folder.open_region(asked.region, asked.database)
    for file in letters.write_out(region, asked.device, asked.to):
        print(file)
    return 0


def rotate_keys(asked: argparse.Namespace) -> int:
    """Make new keys."""
    region = folder.open_region(asked.region, asked.database)
    card = key_changes.rotate(region, asked.clock.now(), who=acts.account(), at_once=asked.at_once)
    print(_("Hand out this file to the desks:"), asked.region / "region.json")
    print(_("Fingerprint of the region:"), card.fingerprint)
    if not asked.at_once:
        print(_("Desks that are enrolled get the new keys with their next receipt."))
    return 0


def retire_keys(asked: argparse.Namespace) -> int:
    """Set the opening keys aside that are too old."""
    region, words = folder.open_region(asked.region, asked.database), i18n.current()
    names = key_changes.set_aside(region, asked.clock.now(), who=acts.account(), days=asked.days)
    if not names:
        message = N_("No opening key was replaced more than {days} days ago. Nothing was changed.")
        print(words.fill(message, days=asked.days))
        return 0
    for name in names:
        print(words.fill(N_("Set aside: {name}"), name=name))
    print(_("What is sealed for these keys is refused from now on. Each desk is told so and seals it anew."))
    return 0


def tell_restored(asked: argparse.Namespace) -> int:
    """Number anew after a restored backup."""
    region = folder.open_region(asked.region, asked.database)
    count = restored.number_anew(
        region, asked.clock.now(), noted=lambda connection: _note(connection, acts.RESTORED, asked)
    )
    print(i18n.current().fill(N_("Desks that are told to send again what was lost: {count}."), count=count))
    return 0
