"""The command line: each command is a thin call of a service, in a module for each door of the desk.

Exit code 0 done, 1 refused or found wrong (one clear line on standard error), 2 wrong use.  Results go
to standard output, progress and problems to standard error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from coachdesk import i18n, settings
from coachdesk.arguments import read
from coachdesk.cli.commands import parser
from coachdesk.cli.terminal import tell
from coachdesk.errors import Problem
from coachdesk.i18n import N_, _

__all__ = ["parser", "run"]


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
