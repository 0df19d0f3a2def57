"""Backups, and the page that is written when the laptop itself is lost."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from coachdesk import i18n, whole_file
from coachdesk.arguments import folder
from coachdesk.cli.commands import Commands, take_passphrase, take_place
from coachdesk.cli.terminal import opened, passphrase, progress, secret_text, show_lines, tell
from coachdesk.clock import SystemClock
from coachdesk.errors import Trouble, Unreadable
from coachdesk.i18n import N_, _

if TYPE_CHECKING:
    from coachdesk.services.restore import Secret

RECOVERY_GROUPS = 8


def add(commands: Commands) -> None:
    """The commands of this door."""
    backup = commands.add("backup", make_backup, _("make a backup of the desk"))
    take_place(backup, "--to", _("FOLDER"), _("folder for the files; made where the one it lies in is there"))

    words = _("restore a backup; a desk that stands there is set aside")
    restore = commands.add("restore", restore_backup, words)
    words = _("prove a backup by restoring it into scratch")
    prove = commands.add("prove", prove_backup, words, desk=False)
    take_passphrase(prove)
    for found in (restore, prove):
        found.add_argument("file", type=folder, metavar=_("FILE"), help=_("the backup"))
        words = _("read the eight groups of the recovery sheet from a file")
        found.add_argument("--recovery-file", type=folder, metavar=_("FILE"), help=words)

    lost = commands.add("lost", tell_of_lost, _("write the page that a lost laptop asks for"))
    take_place(lost, "--to", _("FILE"), _("the PDF to write; its numbers go beside it as JSON"))


def make_backup(asked: argparse.Namespace) -> None:
    """Make one backup into a folder."""
    from coachdesk.services import backups

    with opened(asked) as desk:
        print(backups.make(desk, asked.to, progress=progress(_("Making a backup")), why="coachdesk backup"))


def restore_backup(asked: argparse.Namespace) -> None:
    """Restore a backup; what stood there is set aside."""
    from coachdesk.services import backups_found, restore, restore_wording

    backups_found.refuse_wrong_place(asked.file, asked.desk)
    done = restore.restore(
        asked.file, asked.desk, opening(asked), clock=SystemClock(), progress=progress(_("Restoring"))
    )
    show_lines(restore_wording.lines(done))


def prove_backup(asked: argparse.Namespace) -> int:
    """Prove a backup; where it cannot be, name a whole one beside it."""
    from coachdesk.services import backups_found, restore, restore_wording

    backups_found.look_at(asked.file)
    secret = opening(asked)
    try:
        done = restore.prove(asked.file, secret, progress=progress(_("Proving the backup")))
    except Unreadable as problem:
        tell(i18n.say(problem))
        if (other := backups_found.newest_whole(asked.file)) is not None:
            tell(i18n.current().fill(N_("The newest whole backup beside it is {name}."), name=other.name))
        return 1
    print(restore_wording.proved_line(done))
    return 0


def opening(asked: argparse.Namespace) -> Secret:
    """What opens a backup: the recovery sheet's groups where a file has them, else the passphrase."""
    from coachdesk.services.restore import Secret

    if asked.recovery_file is None:
        return Secret(passphrase=passphrase(asked))
    otherwise = N_("The recovery file does not hold eight groups.")
    groups = tuple(secret_text(asked.recovery_file, otherwise).replace("-", " ").split())
    if len(groups) != RECOVERY_GROUPS:
        raise Trouble(otherwise)
    return Secret(groups=groups)


def tell_of_lost(asked: argparse.Namespace) -> None:
    """Write what a notice of a lost laptop needs: a page, and its numbers as JSON."""
    from coachdesk.services import forms

    if not (place := asked.to.absolute().parent).is_dir():
        raise Trouble(N_("There is no folder {folder}."), folder=str(place))
    with opened(asked) as desk:
        printed = forms.lost_laptop(desk)
    for path, content in ((asked.to, printed.pdf), (asked.to.with_suffix(".json"), printed.data)):
        whole_file.write(path, content, half=whole_file.hidden_half(path))
        print(path)
