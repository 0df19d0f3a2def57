"""What a coach removed: it can be brought back for 30 days, then it is gone for good."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from coachdesk.i18n import N_

KEPT = timedelta(days=30)
NOTE, ATTACHMENT = "note", "attachment"
KIND_NAMES = {
    NOTE: N_("Note"),
    "appointment": N_("Appointment"),
    "benefit": N_("Benefit"),
    "own_view": N_("The trainee's own view"),
    "self_assessment": N_("Self-assessment"),
    ATTACHMENT: N_("File"),
    "phase": N_("Opening of a phase"),
    "plan": N_("Plan"),
    "period": N_("Period"),
    "coaching": N_("Job coaching"),
    "feedback": N_("Grade"),
    "consent": N_("Consent"),
    "permission": N_("Permission to disclose"),
    "information": N_("Information given"),
    "rights_request": N_("Request about own data"),
    "elsewhere": N_("Mark of recording elsewhere"),
    "day": N_("Mark of a day"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """One removed thing: ``subject`` names it as the log does ("note:12"), ``rows`` hold it table by table.

    What is only marked as removed and still lies in its own table (notes, attachments) has no rows.
    """

    id: int = 0
    trainee_id: int
    subject: str
    at: datetime
    coach_id: int | None = None
    rows: Mapping[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The word it is of: a key of ``KIND_NAMES``."""
        return self.subject.partition(":")[0]

    @property
    def key(self) -> int:
        """The number of what is only marked."""
        return int(self.subject.partition(":")[2])

    @property
    def until(self) -> datetime:
        """When it can no longer be brought back."""
        return self.at + KEPT


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedSheet:
    """A removed thing for a reader: who removed it, which words say what it was, and its own moment or day.

    ``code`` is a code of the list that fits the kind, where there is one.
    """

    removed: Removed
    coach: str = ""
    text: str = ""
    when: str = ""  # ISO day or moment
    code: str = ""
