"""The tables of the desk; a column has the name of the field it keeps.

Days are ISO text, moments ISO text in UTC, lists JSON.  ``WITHOUT ROWID`` where the key is the order
that the screen reads.
"""

from coachdesk.store.tables.access_log import log, log_key
from coachdesk.store.tables.columns import Json, Moment, metadata
from coachdesk.store.tables.consents import consent, information_given, permission, prohibition
from coachdesk.store.tables.keeping import (
    archived,
    attachment,
    handover,
    handover_answer,
    joined,
    known_desk,
    removed,
    rights_request,
)
from coachdesk.store.tables.letters import (
    aggregate,
    free_places,
    letter_answer,
    letter_bundle,
    region_letter,
    service_card,
)
from coachdesk.store.tables.notes import appointment, draft, note, recorded_elsewhere
from coachdesk.store.tables.periods import (
    absence_report,
    agreed_day,
    attended_day,
    day_not_held,
    membership,
    period,
)
from coachdesk.store.tables.phases import coaching, next_step, opening, phase_norm
from coachdesk.store.tables.phrases import phrase
from coachdesk.store.tables.plans import plan, plan_version
from coachdesk.store.tables.regions import (
    acceptance,
    bundle,
    bundle_item,
    device,
    line,
    receipt,
    reference,
    region,
)
from coachdesk.store.tables.trainees import (
    benefit,
    feedback,
    own_view,
    self_assessment,
    stand_in,
    trainee,
    trainee_key,
)
from coachdesk.store.tables.workshops import coach, import_batch, meta, workshop, workshop_group

__all__ = [
    "Json",
    "Moment",
    "absence_report",
    "acceptance",
    "aggregate",
    "agreed_day",
    "appointment",
    "archived",
    "attachment",
    "attended_day",
    "benefit",
    "bundle",
    "bundle_item",
    "coach",
    "coaching",
    "consent",
    "day_not_held",
    "device",
    "draft",
    "feedback",
    "free_places",
    "handover",
    "handover_answer",
    "import_batch",
    "information_given",
    "joined",
    "known_desk",
    "letter_answer",
    "letter_bundle",
    "line",
    "log",
    "log_key",
    "membership",
    "meta",
    "metadata",
    "next_step",
    "note",
    "opening",
    "own_view",
    "period",
    "permission",
    "phase_norm",
    "phrase",
    "plan",
    "plan_version",
    "prohibition",
    "receipt",
    "recorded_elsewhere",
    "reference",
    "region",
    "region_letter",
    "removed",
    "rights_request",
    "self_assessment",
    "service_card",
    "stand_in",
    "trainee",
    "trainee_key",
    "workshop",
    "workshop_group",
]
