"""What a run over the lines is told to be, a sentence for each result."""

from collections.abc import Iterator
from dataclasses import dataclass

from coachdesk import i18n
from coachdesk.domain.line import BY_FILE, PAUSED, SendResult
from coachdesk.i18n import N_, ngettext
from coachdesk.services.line import LineSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One sentence; ``wrong`` where something asks for a person or did not get through."""

    text: str
    wrong: bool = False


def lines(known: tuple[LineSheet, ...], done: tuple[SendResult, ...]) -> Iterator[Said]:
    """What became of each line, each on a line of its own."""
    words, by_id = i18n.current(), {one.region_id: one for one in done}
    for sheet in known:
        name, result = sheet.name(words.language), by_id.get(sheet.region_id)
        if result is not None:
            for text in of_result(result):
                yield Said(text=f"{name}: {text.text}", wrong=text.wrong)
        elif sheet.line.state == PAUSED:
            yield Said(
                text=words.fill(N_("{name}: sending is paused. Nothing was sent."), name=name), wrong=True
            )
        elif sheet.line.state == BY_FILE:
            message = N_("{name}: no address of the region is known. Files are carried.")
            yield Said(text=words.fill(message, name=name), wrong=True)


def of_result(result: SendResult) -> Iterator[Said]:
    """What one run over one line did."""
    words = i18n.current()
    for line in result.lines:
        yield Said(text=line, wrong=bool(result.refused or result.revoked))
    if result.problem is not None:
        yield Said(text=i18n.say(result.problem), wrong=True)
    goes_again = result.waiting - result.stuck
    if goes_again:
        text = ngettext(
            "{count} bundle is without a receipt. It is sent again.",
            "{count} bundles are without a receipt. They are sent again.",
            goes_again,
        )
        yield Said(text=text.format(count=goes_again), wrong=True)
    elif result.problem is None and not result.lines:
        yield Said(text=words._(N_("The region has everything that may leave.")))
