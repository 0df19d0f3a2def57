"""What a restoring and a proof of a backup found, in words for window and command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coachdesk import i18n
from coachdesk.domain.backups import ProvedBackup
from coachdesk.i18n import N_

if TYPE_CHECKING:
    from coachdesk.services.restore import Restored


def proved_line(done: ProvedBackup) -> str:
    """What a proof found, in words."""
    many = i18n.ngettext(
        "The backup {name} of {moment} can be restored: {count} row, log of {lines} lines.",
        "The backup {name} of {moment} can be restored: {count} rows, log of {lines} lines.",
        done.rows,
    )
    moment = i18n.current().moment(done.made)
    return many.format(name=done.name, moment=moment, count=done.rows, lines=done.lines)


def lines(done: Restored) -> tuple[str, ...]:
    """What was restored, in words; what only the desk set aside has is said."""
    fill = i18n.current().fill
    what = N_("The backup of {moment} was restored into {folder}.")
    found = [fill(what, moment=done.made, folder=str(done.folder))]
    if done.aside is not None:
        found.append(fill(N_("The desk that stood there lies in {folder}."), folder=str(done.aside)))
    if done.newer:
        many = i18n.ngettext(
            "The backup is older than the desk: {count} act was done after it, and stands only in the desk "
            "set aside.",
            "The backup is older than the desk: {count} acts were done after it, and stand only in the desk "
            "set aside.",
            done.newer,
        )
        found.append(many.format(count=done.newer))
    if done.again:
        said = N_(
            "These coaches were removed after the backup was made and can open the desk again: {names}."
        )
        found.append(fill(said, names=", ".join(done.again)))
    if done.back:
        many = i18n.ngettext(
            "{count} person was removed for good after the backup was made and is here again: "
            "remove once more.",
            "{count} people were removed for good after the backup was made and are here again: remove them "
            "once more.",
            done.back,
        )
        found.append(many.format(count=done.back))
    if done.lost:
        many = i18n.ngettext(
            "{count} attachment did not lie beside the backup and is missing.",
            "{count} attachments did not lie beside the backup and are missing.",
            done.lost,
        )
        found.append(many.format(count=done.lost))
    return tuple(found)
