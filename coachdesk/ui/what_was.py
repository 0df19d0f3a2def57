"""What is told once after a desk is opened: what came while it was shut, and what is odd around it."""

from collections.abc import Iterable
from datetime import datetime

from coachdesk.errors import Problem
from coachdesk.i18n import current, ngettext, say
from coachdesk.services.desk import Desk


def what_was(desk: Desk, untold: Iterable[Exception]) -> str:
    """The sentences, or nothing; the desk tells each of them once."""
    told = [problem for problem in untold if isinstance(problem, Problem)]
    said = [_failed_tries(desk), *map(say, (*told, *desk.take_odd()))]
    return " ".join(filter(None, said))


def _failed_tries(desk: Desk) -> str:
    """That somebody tried in vain to open the desk."""
    failed = desk.take_failed()
    if not failed.wrong:
        return ""
    sentence = ngettext(
        "One try to open the desk failed before you, {moment}. It is in the log.",
        "{count} tries to open the desk failed before you, the last {moment}. They are in the log.",
        failed.wrong,
    )
    moment = current().moment(datetime.fromisoformat(failed.last[-1].at)) if failed.last else ""
    return sentence.format(count=failed.wrong, moment=moment)
