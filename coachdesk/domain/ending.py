"""What is still open when a service is ended: told, each where it can be mended, and never in the way."""

from dataclasses import dataclass
from datetime import date

from coachdesk.i18n import N_

KINDS = {
    "plan_unsigned": N_("The plan {text} is not signed."),
    "plan_unprinted": N_("The plan {text} is finished but not printed."),
    "plan_unfinished": N_("The plan {text} is still a draft."),
    "summary_unaccepted": N_("A summary waits for you to accept it."),
    "summary_unsent": N_("A summary or a withdrawal is not sent yet."),
    "report_undone": N_("The absence report of {day} – {last} is not made or not sent."),
    "phase_open": N_("The phase {text} is open."),
    "coaching_open": N_("Job coaching since {day} is open."),
    "appointment_ahead": N_("An appointment is agreed for {day}."),
    "step_open": N_("The next step is open: {text}"),
    "consent_running": N_("A consent runs on until {day}."),
    "draft_left": N_("A text of yours is unfinished."),
    "request_open": N_("A request about own data waits for an answer until {day}."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """One thing that is open: its kind, and the words and days that its sentence names."""

    kind: str
    text: str = ""
    day: date | None = None
    last: date | None = None
