"""The command line: each command is a thin call of a service, in a module for each door of the desk.

Exit code 0 done, 1 refused or found wrong (one clear line on standard error), 2 wrong use.  Results go
to standard output, progress and problems to standard error.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from coachdesk import i18n, settings
from coachdesk.arguments import exit_code, read
from coachdesk.cli.commands import parser

__all__ = ["parser", "run"]


def run(arguments: Sequence[str]) -> int:
    """Carry out one command line; the exit code."""

    def carry_out() -> int:
        i18n.use_language(os.environ.get("COACHDESK_LANGUAGE") or settings.load().language)
        asked = read(parser, arguments)
        return int(asked.carry_out(asked) or 0)

    return exit_code(carry_out)
