"""Carrying the newest backup to the coach's own folder, on any thread and also after the desk was locked."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from coachdesk.errors import DeskBusy, Problem, Refused
from coachdesk.store import backup, copying, gone
from coachdesk.store.backup import Cancelled

BACKUP_FOLDER = "backup_folder"  # the word under which the store knows the coach's own


def local_folder(folder: Path) -> Path:
    """Where a desk's own backups lie: beside its folder, so that losing the one does not lose the other."""
    return folder.with_name(f"{folder.name}-backups")


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrying:
    """What is to be carried to the coach's own folder; needs neither desk nor key."""

    local: Path
    to: Path
    desk_id: str
    now: datetime
    look_through: bool = False  # hold what lies there against its sums

    def carry(self, cancelled: Cancelled | None = None) -> "Carried":
        """Carry the newest and thin what lies there; problems are told in the result."""
        if not self.to.is_dir():
            return Carried(absent=True)
        if not self.local.is_dir():
            return Carried()
        try:
            newest = next(iter(copying.made_in(self.local, self.desk_id)))
            there = copying.carry(backup.read(newest), self.to, cancelled=cancelled)
            gone.add(self.to, self.desk_id, gone.read(self.local, self.desk_id))
            copying.thin(self.to, self.desk_id, self.now)
            if self.look_through:
                backup.prove_whole(backup.read(there), cancelled=cancelled)
        except StopIteration:
            return Carried()
        except (DeskBusy, Refused):
            return Carried(postponed=True)
        except Problem as problem:
            return Carried(problem=problem)
        except OSError:
            return Carried(absent=True)
        return Carried(newest=copying.made_in(self.to, self.desk_id)[there])


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What became of carrying."""

    newest: datetime | None = None
    absent: bool = False
    postponed: bool = False
    problem: Problem | None = None
