"""The command line: each command is a thin call of a service.

Exit code 0 done, 1 refused or found wrong (one clear line on standard error), 2 wrong use.  Results go
to standard output, progress and problems to standard error.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from coachdesk import __version__, i18n, settings
from coachdesk.arguments import Parser, folder, read, whole
from coachdesk.clock import HELSINKI, FixedClock, SystemClock
from coachdesk.errors import Problem, Trouble, Unreadable
from coachdesk.i18n import N_, _

if TYPE_CHECKING:
    from coachdesk.services.desk import Desk
    from coachdesk.services.restore import Secret

DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
MOST_PASSPHRASE = 64 * 1024  # bytes that are read of its file
MOST_TRAINEES, MOST_YEARS = 50_000, 20
RECOVERY_GROUPS = 8
DEMO_NOW = datetime(2026, 12, 15, 9, 14, tzinfo=HELSINKI)


def run(arguments: Sequence[str]) -> int:
    """Carry out one command line; the exit code."""
    i18n.use_language(os.environ.get("COACHDESK_LANGUAGE") or settings.load().language)
    asked = read(parser, arguments)
    try:
        return int(asked.carry_out(asked) or 0)
    except Problem as problem:
        tell(i18n.say(problem))
    except FileNotFoundError as error:
        tell(i18n.current().fill(N_("There is no file {name}."), name=Path(str(error.filename)).name))
    except PermissionError as error:
        name = Path(str(error.filename)).name
        tell(i18n.current().fill(N_("CoachDesk may not read or write {name}."), name=name))
    except (IsADirectoryError, NotADirectoryError) as error:
        message = N_("{name} is not a file, or lies in no folder.")
        tell(i18n.current().fill(message, name=Path(str(error.filename)).absolute()))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing more is said at the end
        tell(_("The output cannot be written. Nothing more was done."))
    except KeyboardInterrupt:
        tell(_("Interrupted. Nothing half done was kept."))
    return 1


def parser() -> Parser:
    """Every command with its own help."""
    top = Parser(prog="coachdesk", description=_("A desk for workshop coaches."))
    words = _("show program's version number and exit")
    top.add_argument("--version", action="version", version=f"CoachDesk {__version__}", help=words)
    _take_desk(top, required=False)
    top.set_defaults(carry_out=open_window)
    commands = top.add_subparsers(title=_("commands"), metavar=_("COMMAND"))

    def command(
        name: str, carry_out: Callable[[argparse.Namespace], int | None], words: str, *, desk: bool = True
    ) -> argparse.ArgumentParser:
        found = commands.add_parser(name, help=words, description=words)
        found.set_defaults(carry_out=carry_out)
        if desk:
            _take_desk(found, required=True)
        return found

    demo = command("demo", make_demo, _("make a desk and fill it with made-up people"))
    _take_number(demo, "--trainees", MOST_TRAINEES, 40, _("how many people; 0 makes an empty desk"))
    _take_number(demo, "--years", MOST_YEARS, 1, _("how many years back the first contacts go"))
    _take_number(demo, "--seed", 10**9, 1, _("the same number makes the same people"))
    _take_language(demo)

    tour = command(
        "tour", make_tour, _("drive the window through the main job and keep pictures"), desk=False
    )
    tour.add_argument("--out", type=folder, required=True, metavar=_("FOLDER"), help=_("folder for them"))
    _take_language(tour)

    import_ = command("import", import_file, _("take a spreadsheet in"))
    import_.add_argument("file", type=folder, metavar=_("FILE"), help=_("a CSV or XLSX file"))
    import_.add_argument("--sheet", metavar=_("SHEET"), help=_("which sheet of a workbook, by its name"))
    import_.add_argument("--dry-run", action="store_true", help=_("only show what would happen"))

    figures = command("figures", show_figures, _("show the desk's figures"))
    figures.add_argument("--json", action="store_true", help=_("as JSON"))

    export = command("export", export_summaries, _("write the consented summaries as files for the region"))
    export.add_argument(
        "--to", type=folder, required=True, metavar=_("FOLDER"), help=_("folder for the files")
    )
    export.add_argument(
        "--accepted-only", action="store_true", help=_("only what was accepted in the window")
    )

    receipt = command("receipt", read_receipt, _("read a receipt file from the region"))
    receipt.add_argument("file", type=folder, metavar=_("FILE"), help=_("the region's answer"))

    command("check", check_desk, _("check the store, the keys and the log"))

    backup = command("backup", make_backup, _("make a backup of the desk"))
    words = _("folder for the files")
    backup.add_argument("--to", type=folder, required=True, metavar=_("FOLDER"), help=words)

    lost = command("lost", tell_of_lost, _("write the page that a lost laptop asks for"))
    words = _("the PDF to write; its numbers go beside it as JSON")
    lost.add_argument("--to", type=folder, required=True, metavar=_("FILE"), help=words)

    restore = command("restore", restore_backup, _("restore a backup; a desk that stands there is set aside"))
    prove = command("prove", prove_backup, _("prove a backup by restoring it into scratch"), desk=False)
    words = _("read the passphrase from a file's first line")
    prove.add_argument("--passphrase-file", type=folder, metavar=_("FILE"), help=words)
    for found in (restore, prove):
        found.add_argument("file", type=folder, metavar=_("FILE"), help=_("the backup"))
        words = _("read the eight groups of the recovery sheet from a file")
        found.add_argument("--recovery-file", type=folder, metavar=_("FILE"), help=words)

    bench = command("bench", make_bench, _("measure speed and memory beside their baselines"), desk=False)
    bench.add_argument(
        "--json", type=folder, required=True, metavar=_("FILE"), help=_("where the results go")
    )
    _take_number(bench, "--trainees", MOST_TRAINEES, 10_000, _("how many people"))
    _take_number(bench, "--days", 20_000_000, 2_000_000, _("how many attended days"))
    _take_number(bench, "--notes", 2_000_000, 200_000, _("how many notes"))

    enrol = command("enrol", enrol_region, _("take in a region's public file and write ours"))
    enrol.add_argument(
        "region_json", type=folder, metavar=_("FILE"), help=_("the region's public file, region.json")
    )
    enrol.add_argument(
        "--to", type=folder, required=True, metavar=_("FOLDER"), help=_("folder for our public file")
    )
    return top


def _take_desk(found: argparse.ArgumentParser, *, required: bool) -> None:
    found.add_argument(
        "--desk", type=folder, required=required, metavar=_("FOLDER"), help=_("the desk's folder")
    )
    words = _("read the passphrase from a file's first line")
    found.add_argument("--passphrase-file", type=folder, metavar=_("FILE"), help=words)


def _take_number(found: argparse.ArgumentParser, name: str, most: int, default: int, words: str) -> None:
    found.add_argument(name, type=whole(0, most), default=default, metavar=_("NUMBER"), help=words)


def _take_language(found: argparse.ArgumentParser) -> None:
    words = _("language of what is made")
    found.add_argument("--language", choices=("fi", "sv"), default="fi", help=words)


def tell(line: str) -> None:
    """One line for the person, on standard error."""
    print(line, file=sys.stderr)


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

    file: Path | None = asked.passphrase_file
    if file is not None:
        try:
            with file.open("rb") as opened_:
                text = opened_.read(MOST_PASSPHRASE).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise Trouble(N_("The passphrase file is not UTF-8 text.")) from error
        text = text.split("\n", 1)[0].removesuffix("\r")
    else:
        text = _asked(_("Passphrase: "))
        if new and _asked(_("The same once more: ")) != text:
            raise Trouble(N_("The two passphrases differ."))
    if not text:
        raise Trouble(N_("The passphrase is empty."))
    return unicodedata.normalize("NFC", text)


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
    from coachdesk.services.desk import open_desk

    return open_desk(asked.desk, passphrase=passphrase(asked), clock=SystemClock())


def open_window(asked: argparse.Namespace) -> int:
    """The window; with ``--desk`` that desk."""
    if sys.platform == "linux" and not any(map(os.environ.get, DISPLAYS)):
        raise Trouble(N_("There is no display for a window. Use one of the commands."))
    from coachdesk.app import run_window

    words = passphrase(asked) if asked.passphrase_file else None
    return run_window(desk_folder=asked.desk, passphrase=words)


def make_demo(asked: argparse.Namespace) -> None:
    """Make a desk and fill it with made-up people."""
    from coachdesk.services.demo import make_demo as make

    make(
        asked.desk,
        trainees=asked.trainees,
        years=asked.years,
        seed=asked.seed,
        language=asked.language,
        passphrase=passphrase(asked, new=True),
        clock=FixedClock(DEMO_NOW) if asked.trainees else SystemClock(),
        progress=progress(_("Making the desk")),
    )
    print(asked.desk)


def make_tour(asked: argparse.Namespace) -> int:
    """Drive the window through the main job."""
    from coachdesk.tour import take_tour

    for line in take_tour(asked.out, asked.language, FixedClock(DEMO_NOW), tell):
        print(line)
    return 0


def import_file(asked: argparse.Namespace) -> int:
    """Take a spreadsheet in: all of it, or nothing."""
    from coachdesk.services import imports

    desk = opened(asked)
    try:
        preview = imports.preview(
            desk, asked.file, sheet=asked.sheet, progress=progress(_("Reading the file"))
        )
        if preview.unread:
            tell(imports.unread_line(preview))
        for problem in preview.problems:
            tell(imports.sentence(problem))
        if preview.errors:
            tell(
                i18n.ngettext(
                    "{count} thing has to be corrected first. Nothing was imported.",
                    "{count} things have to be corrected first. Nothing was imported.",
                    len(preview.errors),
                ).format(count=len(preview.errors))
            )
            return 1
        if asked.dry_run:
            print(imports.summary_line(preview))
            return 0
        print(imports.result_line(imports.carry_out(desk, preview)))
        return 0
    finally:
        desk.close()


def show_figures(asked: argparse.Namespace) -> None:
    """The desk's figures."""
    from coachdesk.services import figures

    desk = opened(asked)
    try:
        found = figures.as_table(figures.figures(desk))
    finally:
        desk.close()
    if asked.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for key, value in found.items():
        print(f"{key}: {json.dumps(value, ensure_ascii=False)}")


def export_summaries(asked: argparse.Namespace) -> None:
    """Write the consented summaries as files; what leaves is shown before it is written."""
    from coachdesk.services import sync

    desk = opened(asked)
    try:
        done = sync.export(desk, asked.to, accepted_only=asked.accepted_only, show=show_lines)
    finally:
        desk.close()
    for file in done.files:
        print(file)
    if not done.files:
        print(_("There is nothing to send."))


def show_lines(lines: Sequence[str]) -> None:
    """Lines on standard output, and really there before anything goes on."""
    for line in lines:
        print(line)
    sys.stdout.flush()


def read_receipt(asked: argparse.Namespace) -> int:
    """Read a receipt file: delivered, refused with the reason, missing."""
    from coachdesk.services import sync

    desk = opened(asked)
    try:
        done = sync.read_receipt(desk, asked.file)
    finally:
        desk.close()
    for line in done.lines:
        print(line)
    return 0


def check_desk(asked: argparse.Namespace) -> int:
    """Check the store, the keys and the log; 1 where something is wrong."""
    from coachdesk.services.checks import check_desk as check

    show, sound = progress(_("Checking")), True
    desk = opened(asked)
    try:
        for step in check(desk):
            show(step.done, step.parts)
            sound = sound and step.good
            print(f"{_(step.part)}: {_('as it should be') if step.good else _('wrong')}")
            for problem in step.found:
                tell(i18n.say(problem))
    finally:
        desk.close()
    return 0 if sound else 1


def make_backup(asked: argparse.Namespace) -> None:
    """Make one backup into a folder."""
    from coachdesk.services import backups

    desk = opened(asked)
    try:
        print(backups.make(desk, asked.to, progress=progress(_("Making a backup")), why="coachdesk backup"))
    finally:
        desk.close()


def tell_of_lost(asked: argparse.Namespace) -> None:
    """Write what a notice of a lost laptop needs: a page, and its numbers as JSON."""
    from coachdesk.services import forms

    desk = opened(asked)
    try:
        printed = forms.lost_laptop(desk)
    finally:
        desk.close()
    for path, content in ((asked.to, printed.pdf), (asked.to.with_suffix(".json"), printed.data)):
        path.write_bytes(content)
        print(path)


def restore_backup(asked: argparse.Namespace) -> None:
    """Restore a backup; what stood there is set aside."""
    from coachdesk.services import restore

    restore.refuse_wrong_place(asked.file, asked.desk)
    done = restore.restore(
        asked.file, asked.desk, opening(asked), clock=SystemClock(), progress=progress(_("Restoring"))
    )
    for line in restore.lines(done):
        print(line)


def prove_backup(asked: argparse.Namespace) -> int:
    """Prove a backup; where it cannot be, name a whole one beside it."""
    from coachdesk.services import restore

    restore.look_at(asked.file)
    secret = opening(asked)
    try:
        done = restore.prove(asked.file, secret, progress=progress(_("Proving the backup")))
    except Unreadable as problem:
        tell(i18n.say(problem))
        if (other := restore.newest_whole(asked.file)) is not None:
            tell(i18n.current().fill(N_("The newest whole backup beside it is {name}."), name=other.name))
        return 1
    print(restore.proved_line(done))
    return 0


def opening(asked: argparse.Namespace) -> Secret:
    """What opens a backup: the recovery sheet's groups where a file has them, else the passphrase."""
    from coachdesk.services.restore import Secret

    if asked.recovery_file is None:
        return Secret(passphrase=passphrase(asked))
    groups = tuple(asked.recovery_file.read_text("utf-8-sig").replace("-", " ").split())
    if len(groups) != RECOVERY_GROUPS:
        raise Trouble(N_("The recovery file does not hold eight groups."))
    return Secret(groups=groups)


def make_bench(asked: argparse.Namespace) -> None:
    """Measure, each row beside its own baseline."""
    from coachdesk.bench import measure

    rows = measure(asked.trainees, asked.days, asked.notes, tell)
    asked.json.parent.mkdir(parents=True, exist_ok=True)
    asked.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
    print(asked.json)


def enrol_region(asked: argparse.Namespace) -> None:
    """Take in a region's public file and write the laptop's own to carry back."""
    from coachdesk.services import sync

    desk = opened(asked)
    try:
        done = sync.enrol(desk, asked.region_json, asked.to)
    finally:
        desk.close()
    for line in done.lines:
        print(line)
