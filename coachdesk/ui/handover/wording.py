"""The words of handing over: an open task, a value that differs, what became of a handover."""

from datetime import date, datetime

from coachdesk.clock import HELSINKI
from coachdesk.domain.codes import codes
from coachdesk.domain.comparing import Value
from coachdesk.domain.dossier import PARTS
from coachdesk.domain.handover import OUT, REASONS, REFUSED, STATES, TASKS, Handover, Place, Task
from coachdesk.i18n import N_, _, current
from coachdesk.ui.day_edit import upper
from coachdesk.ui.trainees import join_words, wording

_PARTS = {part.table: part for part in PARTS}


def moment(text: str) -> str:
    """An ISO day or moment of the store in the reader's words; other text as it is."""
    words = current()
    try:
        if len(text) == len("2026-12-15"):
            return words.day(date.fromisoformat(text))
        found = datetime.fromisoformat(text)
    except ValueError:
        return text
    return words.moment(found.astimezone(HELSINKI)) if found.tzinfo else text


def task(one: Task) -> str:
    """An open task in one line."""
    parts = (_(TASKS[one.kind]), one.text, moment(one.when) if one.when else "")
    return wording.DOT.join(filter(None, parts))


def title(value: Value) -> str:
    """Which value differs: a field of the trainee, else the thing, what it is known by, and the field."""
    place = Place.of(value.name)
    if place.table == "trainee":
        return join_words.title(place.column)
    part = _PARTS[place.table]
    told = next((one.title for one in part.columns if one.name == place.column), "")
    known = " ".join(_known(part.table, text) for text in place.told)
    what = wording.DOT.join(filter(None, (_(part.title), known)))
    return current().fill(N_("{what}: {field}"), what=what, field=_(told)) if told else what


def shown(value: Value, one: object) -> str:
    """A value of one side; a dash for nothing."""
    place = Place.of(value.name)
    if one is None or one == "":
        return "–"
    if place.table == "trainee":
        if place.column == "non_disclosure":
            return upper(_("yes"))
        return moment(join_words.shown(place.column, one, {}))
    told = next((told for told in _PARTS[place.table].columns if told.name == place.column), None)
    if told is not None and told.codes and str(one) in codes(told.codes):
        return wording.name_of(told.codes, str(one))
    text = moment(str(one))
    return text if len(text) <= 300 else f"{text[:299]}…"


def earlier(one: Handover) -> str:
    """What became of a handover, in one line."""
    words = current()
    name, day = one.desk_name, one.at.astimezone(HELSINKI).date()
    message = N_("{day} to {desk}") if one.way == OUT else N_("{day} from {desk}")
    parts = [words.fill(message, day=day, desk=name)]
    if one.way == OUT:
        parts.append(_(STATES[one.state]))
    if one.state == REFUSED:
        parts.append(one.words or _(REASONS.get(one.reason, one.reason)))
    return wording.DOT.join(parts)


def _known(table: str, text: str) -> str:
    for told in _PARTS[table].columns:
        if told.codes and text in codes(told.codes):
            return wording.name_of(told.codes, text)
    return moment(text)
