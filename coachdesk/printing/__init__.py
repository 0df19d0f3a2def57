"""Printing: what leaves on paper, drawn by ReportLab alone.

Enters: frozen sheets of ``domain.papers`` and a language.  Stays out: the desk, SQL, Qt, the clock:
the same sheet gives the same bytes.  Every form is tagged (PDF/UA-1) and stands in ``FORMS``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from coachdesk.i18n import N_
from coachdesk.printing.absence import draw_absence_report
from coachdesk.printing.access_log import draw_log_report
from coachdesk.printing.attendance import draw_month_list
from coachdesk.printing.consent import draw_consent, draw_plain_consent
from coachdesk.printing.dossier import draw_dossier, draw_lost
from coachdesk.printing.figures import draw_figures
from coachdesk.printing.information import draw_information
from coachdesk.printing.plan import draw_plan
from coachdesk.printing.recovery import draw_recovery
from coachdesk.printing.replacement import draw_replacement
from coachdesk.printing.slip import draw_slip
from coachdesk.printing.summary import draw_summary


@dataclass(frozen=True, slots=True)
class Form:
    """A printed form: its key, its name for people, and what draws its sheet in a language."""

    key: str
    title: str
    draw: Callable[[Any, str], bytes]


FORMS = (
    Form("plan", N_("Plan"), draw_plan),
    Form("replacement", N_("Sheet for the maker of another's plan"), draw_replacement),
    Form("consent", N_("Consent"), draw_consent),
    Form("plain_consent", N_("Consent in plain language"), draw_plain_consent),
    Form("information", N_("Information for trainees"), draw_information),
    Form("month_list", N_("Attendance list of the month"), draw_month_list),
    Form("absence_report", N_("Report of absences"), draw_absence_report),
    Form("slip", N_("Slip of an appointment"), draw_slip),
    Form("recovery", N_("Recovery sheet"), draw_recovery),
    Form("summary", N_("What leaves about the trainee"), draw_summary),
    Form("log_report", N_("Report of the log"), draw_log_report),
    Form("dossier", N_("Copy of personal data"), draw_dossier),
    Form("figures", N_("Figures"), draw_figures),
    Form("lost_laptop", N_("Lost laptop"), draw_lost),
)


def form(key: str) -> Form:
    """The form of a key."""
    return next(form for form in FORMS if form.key == key)
