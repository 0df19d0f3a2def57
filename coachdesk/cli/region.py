"""The desk and its region: enrolment, the files that leave, the receipts that come back."""

from __future__ import annotations

import argparse

from coachdesk.arguments import folder
from coachdesk.cli.commands import Commands, take_place
from coachdesk.cli.terminal import opened, show_lines, tell
from coachdesk.errors import Refused
from coachdesk.i18n import N_, _


def add(commands: Commands) -> None:
    """The commands of this door."""
    enrol = commands.add("enrol", enrol_region, _("take in a region's public file and write ours"))
    words = _("the region's public file, region.json")
    enrol.add_argument("region_json", type=folder, metavar=_("FILE"), help=words)
    take_place(
        enrol, "--to", _("FOLDER"), _("folder for our public file; made where the one it lies in is there")
    )

    words = _("write the consented summaries as files for the region")
    export = commands.add("export", export_summaries, words)
    take_place(export, "--to", _("FOLDER"), _("folder for the files; made where the one it lies in is there"))
    words = _("only what was accepted in the window")
    export.add_argument("--accepted-only", action="store_true", help=words)

    commands.add("send", send_summaries, _("send what was accepted over the network"))

    receipt = commands.add("receipt", read_receipt, _("read a receipt file from the region"))
    receipt.add_argument("file", type=folder, metavar=_("FILE"), help=_("the region's answer"))

    letters = commands.add("letters", read_letters, _("read a file of letters from the region"))
    letters.add_argument("file", type=folder, metavar=_("FILE"), help=_("the region's letters"))


def enrol_region(asked: argparse.Namespace) -> None:
    """Take in a region's public file and write the laptop's own to carry back."""
    from coachdesk.services import sync

    with opened(asked) as desk:
        done = sync.enrol(desk, asked.region_json, asked.to)
    show_lines(done.lines)


def export_summaries(asked: argparse.Namespace) -> None:
    """Write the consented summaries as files; what leaves is shown before it is written."""
    from coachdesk.services import sync

    with opened(asked) as desk:
        done = sync.export(desk, asked.to, accepted_only=asked.accepted_only, show=show_lines)
    show_lines([str(file) for file in done.files] or [_("There is nothing to send.")])


def send_summaries(asked: argparse.Namespace) -> int:
    """Send over the network what was accepted in the window or goes by itself; a line for each result.

    0 where nothing is left without a receipt, 1 where a line is down, paused or stopped, or something was
    refused.
    """
    from coachdesk.services import line, send_wording, sending

    with opened(asked) as desk:
        known = line.sheets(desk)
        if not known:
            raise Refused(N_("No region is enrolled yet. Read in the region's public file first."))
        done = sending.send(desk, proxy_for=system_proxy)
        standing = line.sheets(desk)
    wrong = False
    for said in send_wording.lines(standing, done):
        (tell if said.wrong else print)(said.text)
        wrong = wrong or said.wrong
    return int(wrong)


def system_proxy(address: str) -> str | None:
    """The proxy of the environment for an address: a command has no desktop to ask."""
    from urllib.parse import urlsplit
    from urllib.request import getproxies, proxy_bypass

    parts = urlsplit(address)
    if proxy_bypass(parts.hostname or ""):
        return None
    found = getproxies().get(parts.scheme)
    return found if found is None or "//" in found else f"http://{found}"


def read_receipt(asked: argparse.Namespace) -> None:
    """Read a receipt file: delivered, refused with the reason, missing."""
    from coachdesk.services import sync

    with opened(asked) as desk:
        done = sync.read_receipt(desk, asked.file)
    show_lines(done.lines)


def read_letters(asked: argparse.Namespace) -> None:
    """Read a file of letters: what came, what was set aside, what is missing."""
    from coachdesk.services import letters

    with opened(asked) as desk:
        done = letters.read_file(desk, asked.file)
    show_lines(done.lines)
