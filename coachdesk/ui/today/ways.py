"""Where a line of Today leads: the place, the tab and the hint by which it can be settled or gone on with."""

from typing import Any

from coachdesk.domain.today import Attention, Unfinished
from coachdesk.ui.going import Going

SETTINGS = {"sheet_due": "KeysSection", "gone_again": "RetentionSection"}  # settled in a section
TABS = {
    "step_late": "overview",
    "follow_up": "notes",
    "unexplained": "attendance",
    "outcome_untold": "overview",
    "request_due": "overview",
    "consent_ends": "consents",
    "decision_ends": "overview",
    "norm_passed": "overview",
}
HINTS = {"follow_up": {"follow_up": True}, "request_due": {"open": "requests"}}

CONSENTS = ("consent", "permission", "prohibition", "information")
ON_OVERVIEW = (
    "trainee",
    "appointment",
    "period",
    "period_end",
    "benefit",
    "coaching",
    "feedback",
    "rights_request",
    "rights_answer",
    "next_step",
    "phase",
    "reopen",
)
BESIDE = ("own_view", "elsewhere")  # beside a note or a plan
DRAFT_TABS = {
    "plan": "plan",
    "self_assessment": "assessments",
    "day_word": "attendance",
    **dict.fromkeys(CONSENTS, "consents"),
    **dict.fromkeys(ON_OVERVIEW, "overview"),
}
DRAFT_HINTS = {"note": {"new_note": True}, "self_assessment": {"new_note": True}}
OPENED = (*ON_OVERVIEW, *CONSENTS[1:], *BESIDE)  # forms that the page opens themselves


def way_of_attention(one: Attention) -> Going:
    """Where what asks for attention can be settled."""
    if one.kind == "reports_due":
        return Going(place="attendance", hint="reports")
    if one.kind in SETTINGS:
        return Going(place="settings", hint=SETTINGS[one.kind])
    return Going(place="trainees", trainee_id=one.trainee_id, tab=TABS[one.kind], hint=HINTS.get(one.kind))


def way_of_draft(unfinished: Unfinished) -> Going:
    """The form that a draft belongs to, on its person's page."""
    form, subject = unfinished.draft.form, unfinished.draft.subject
    tab = "plan" if ":plan:" in subject else DRAFT_TABS.get(form, "notes")
    hint: Any = DRAFT_HINTS.get(form)
    if tab == "plan" and form not in BESIDE:
        hint = {"plan": subject}
    elif form in OPENED:
        hint = {"draft": (form, subject)}
    return Going(place="trainees", trainee_id=unfinished.trainee_id, tab=tab, hint=hint)
