"""The figures as text for a report elsewhere."""

from collections.abc import Sequence

from coachdesk.i18n import _, current
from coachdesk.services.figure_lines import Line


def text_of(lines: Sequence[Line], period: str) -> str:
    """The table as text with tabs, for a spreadsheet; a count under five is not told outside the desk."""
    rows = [(_("Figure"), _("Count"), _("How it is counted"))]
    rows += [(line.words, line.told(current()), line.counted) for line in lines]
    return (
        "\n".join(["\t".join(filter(None, (_("Figures"), period))), *("\t".join(row) for row in rows)]) + "\n"
    )
