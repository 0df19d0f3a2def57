"""The commands ``export`` and ``figures``: what is held leaves for the region's own programs and people."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable

from coachdesk import i18n
from coachdesk.arguments import Parser
from coachdesk.arguments import folder as path
from coachdesk.i18n import N_, _
from coachdesk.region import acts, export, figures_told, folder


def add(
    commands: argparse._SubParsersAction[Parser],
    take_region: Callable[[argparse.ArgumentParser], None],
) -> None:
    """Both commands with their help."""
    out = commands.add_parser("export", help=_("write every summary that is held into a file"))
    form = out.add_mutually_exclusive_group(required=True)
    forms = {
        export.CSV: _("for a spreadsheet program"),
        export.JSON: _("as JSON, as the published schema says"),
        export.FHIR: _("as a FHIR R4 Bundle, by the published table"),
    }
    for key, words in forms.items():
        form.add_argument(f"--{key}", dest="form", action="store_const", const=key, help=words)
    out.add_argument("--out", type=path, required=True, metavar=_("FILE"), help=_("the file to write"))
    out.add_argument("--replace", action="store_true", help=_("write over a file of that name"))
    take_region(out)
    out.set_defaults(carry_out=write)

    figures = commands.add_parser("figures", help=_("show figures of people together, small numbers hidden"))
    figures.add_argument("--json", action="store_true", help=_("as JSON"))
    take_region(figures)
    figures.set_defaults(carry_out=show)


def write(asked: argparse.Namespace) -> int:
    """Write an export."""
    region = folder.open_region(asked.region, asked.database)
    words = i18n.current()
    count = export.export(
        region,
        asked.form,
        asked.out,
        who=acts.account(),
        at=asked.clock.now(),
        words=words,
        replace=asked.replace,
    )
    print(words.fill(N_("Summaries written: {count}. The look at each is logged."), count=count))
    print(asked.out)
    return 0


def show(asked: argparse.Namespace) -> int:
    """Show the figures."""
    region = folder.open_region(asked.region, asked.database)
    found = figures_told.told(region, who=acts.account(), at=asked.clock.now())
    if asked.json:
        print(json.dumps(found.as_value(), ensure_ascii=False, indent=1))
        return 0
    for line in found.lines(i18n.current()):
        print(line)
    return 0
