"""What the desk holds: a spreadsheet in, figures out, and whether all is as it should be."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from coachdesk import i18n
from coachdesk.arguments import folder
from coachdesk.cli.commands import Commands
from coachdesk.cli.terminal import opened, progress, tell
from coachdesk.i18n import _

if TYPE_CHECKING:
    from coachdesk.services.imports import ImportPreview


def add(commands: Commands) -> None:
    """The commands of this door."""
    import_ = commands.add("import", import_file, _("take a spreadsheet in"))
    import_.add_argument("file", type=folder, metavar=_("FILE"), help=_("a CSV or XLSX file"))
    import_.add_argument("--sheet", metavar=_("SHEET"), help=_("which sheet of a workbook, by its name"))
    import_.add_argument("--dry-run", action="store_true", help=_("only show what would happen"))

    figures = commands.add("figures", show_figures, _("show the desk's figures"))
    figures.add_argument("--json", action="store_true", help=_("as JSON"))

    commands.add("check", check_desk, _("check the store, the keys and the log"))


def import_file(asked: argparse.Namespace) -> int:
    """Take a spreadsheet in: all of it, or nothing."""
    from coachdesk.services import imports

    with opened(asked) as desk:
        show = progress(_("Reading the file"))
        preview = imports.preview(desk, asked.file, sheet=asked.sheet, progress=show)
        if not _can_be_taken_in(preview):
            return 1
        if asked.dry_run:
            print(imports.summary_line(preview))
        else:
            print(imports.result_line(imports.carry_out(desk, preview)))
        return 0


def _can_be_taken_in(preview: ImportPreview) -> bool:
    from coachdesk.services import imports

    for line in (imports.unread_line(preview), imports.left_out_line(preview)):
        if line:
            tell(line)
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
    return not preview.errors


def show_figures(asked: argparse.Namespace) -> None:
    """The desk's figures: as the screen calls them, or with the names that a script relies on."""
    from coachdesk.services import figures
    from coachdesk.services.figure_lines import lines_of

    with opened(asked) as desk:
        found = figures.figures(desk)
    if asked.json:
        print(json.dumps(figures.as_table(found), ensure_ascii=False, indent=1))
        return
    for line in lines_of(found, i18n.current()):
        print(f"{line.words}: {line.number}")


def check_desk(asked: argparse.Namespace) -> int:
    """Check the store, the keys and the log; 1 where something is wrong."""
    from coachdesk.services.checks import check_desk as check

    show, sound = progress(_("Checking")), True
    with opened(asked) as desk:
        for step in check(desk):
            show(step.done, step.parts)
            sound = sound and step.good
            print(f"{_(step.part)}: {_('as it should be') if step.good else _('wrong')}")
            for problem in step.found:
                tell(i18n.say(problem))
    return 0 if sound else 1
