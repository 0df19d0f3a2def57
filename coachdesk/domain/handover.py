"""Handing a trainee over to another desk: what goes, on what ground, and how it meets what is there.

What is kept on a controller's behalf goes back to the controller, or to the workshop that goes on for it.
Consents and permissions were given to one workshop: they do not go along, new ones are asked for.  Of the
region's letters only those go by which the record knows the responsible worker there, and of them only that.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from coachdesk.domain.comparing import How, Value
from coachdesk.domain.comparing import hidden as hide
from coachdesk.domain.trainee_sheets import Hit
from coachdesk.errors import Refused
from coachdesk.i18n import N_

OUT, IN = "out", "in"
WAYS = {OUT: N_("given to another desk"), IN: N_("taken over from another desk")}
WAITS, ACCEPTED, REFUSED = "waits", "accepted", "refused"
UNFINISHED = "unfinished"  # logged as given out, and not known to stand in its place
STATES = {
    UNFINISHED: N_("Interrupted: its file is not in its place"),
    WAITS: N_("Waits for an answer"),
    ACCEPTED: N_("Accepted"),
    REFUSED: N_("Refused"),
}
GROUNDS = {
    "ended": N_("The service has ended: what was kept on the controller's behalf goes back to it"),
    "goes_on": N_("The service goes on elsewhere on the same controller's behalf"),
    "asked": N_("The controller has asked for it"),
}
REASONS = {
    "not_ours": N_("The trainee is not ours"),
    "wrong_person": N_("It is about somebody else than was agreed"),
    "incomplete": N_("Something is missing or wrong"),
    "other": N_("Another reason, in words"),
}

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]

# what says that two rows are one and the same thing, table by table; what is pointed at comes first
SAME_BY: dict[str, tuple[str, ...]] = {
    "trainee": (),
    "benefit": ("benefit", "begins"),
    "period": ("service_kind", "controller", "begins"),
    "agreed_day": ("period_id", "weekday", "starts_at", "valid_from"),
    "attended_day": ("period_id", "day"),
    "absence_report": ("payer", "begins"),
    "opening": ("phase", "opened"),
    "coaching": ("begins",),
    "next_step": ("text",),
    "note": ("at", "kind"),
    "recorded_elsewhere": ("note_id", "system", "on_day"),
    "appointment": ("at", "kind"),
    "plan": ("number", "kind", "made"),
    "plan_version": ("plan_id", "version"),
    "prohibition": ("recipient", "given"),
    "information_given": ("text_version", "given"),
    "self_assessment": ("instrument", "on_day", "area"),
    "feedback": ("on_day", "grade"),
    "rights_request": ("kind", "asked"),
    "own_view": ("subject", "on_day", "text"),
    "region_letter": ("kind", "received"),
    "attachment": ("digest",),
}
LINKS = {"period_id": "period", "note_id": "note", "plan_id": "plan", "replaces_id": "plan"}
SUBJECTS = ("subject", "about")  # "note:12", "plan:3:2": a word, a number, and what is within
BESIDE = frozenset(
    {"id", "trainee_id", "coach", "workshop", "part", "body", *LINKS, *SUBJECTS}
)  # never compared
_APART = "\x1f"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """One handover of a trainee, out or in; ``rows`` are what went, and what the next one is compared by."""

    id: int = 0
    trainee_id: int
    uid: str
    way: str
    desk_id: str
    desk_name: str
    ground: str
    file: str = ""
    state: str = WAITS
    reason: str = ""
    words: str = ""
    at: datetime
    coach_id: int | None = None
    answered: datetime | None = None
    rows: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherDesk:
    """Another desk whose public file was taken in, or who wrote a handover: its name and fingerprint."""

    id: str
    name_fi: str
    name_sv: str
    fingerprint: str
    known: bool = True

    def name(self, language: str) -> str:
        """The name in a language, the other one where there is none."""
        return (self.name_sv if language == "sv" else self.name_fi) or self.name_fi or self.name_sv


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something open that goes along: its kind (a key of ``TASKS``), its words, its ISO day or moment."""

    kind: str
    text: str = ""
    when: str = ""


TASKS = {
    "next_step": N_("Next step"),
    "appointment": N_("Appointment"),
    "follow_up": N_("Follow-up"),
    "rights_request": N_("Request about own data"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What would leave of a trainee: rows by table, open tasks, and what stays.

    ``controllers`` are on whose behalf the trainee was served, as (key, name); ``stays`` rows by table.
    """

    counts: Mapping[str, int]
    tasks: tuple[Task, ...] = ()
    stays: Mapping[str, int] = field(default_factory=dict)
    controllers: tuple[tuple[str, str], ...] = ()
    earlier: tuple[Handover, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """How what arrives meets what is here: rows that are new by table, how many are the same, what differs.

    ``gone`` are rows that were removed here since the last handover and stay removed.
    """

    new: Mapping[str, int]
    same: int = 0
    gone: int = 0
    values: tuple[Value, ...] = ()

    def shown(self, hidden: Collection[str]) -> "Met":
        """The same as a screen may hold it: dots for these columns of the person."""
        values = (hide(one) if _is_of_person(one, hidden) else one for one in self.values)
        return replace(self, values=tuple(values))


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A handover as the receiver sees it before anything of it is kept.

    ``others`` may be the same person, surest first; ``onto`` is the one it is compared with, None for a new
    person.  ``consents`` are those given to the former desk, which do not come along.
    """

    uid: str
    desk: OtherDesk
    name: str
    birth_year: int | None
    ground: str
    coach: str
    made: datetime
    met: Met
    tasks: tuple[Task, ...] = ()
    papers: int = 0
    consents: int = 0
    others: tuple[Hit, ...] = ()
    onto: int | None = None
    by_code: bool = False  # the first of ``others`` has the same identity code
    answered: str = ""  # how it was answered here already: accepted or refused
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a value stands: table, which row of it, and the column."""

    table: str
    key: str
    column: str

    @classmethod
    def of(cls, name: str) -> "Place":
        """The place that a value's name tells."""
        table, key, column = name.split("\n")
        return cls(table=table, key=key, column=column)

    @property
    def told(self) -> tuple[str, ...]:
        """What the row is known by, part by part."""
        return tuple(part for part in self.key.split(_APART) if part)


def must_have_ground(ground: str) -> None:
    """Refuse to disclose without a ground.

    Raises:
        Refused: none is chosen.
    """
    if ground not in GROUNDS:
        raise Refused(N_("Choose on what ground the trainee is handed over."), field="ground")


def must_have_reason(reason: str, words: str) -> None:
    """Refuse to refuse without a reason.

    Raises:
        Refused: none is chosen, or it needs words.
    """
    if reason not in REASONS:
        raise Refused(N_("Choose why it is refused."), field="reason")
    if reason == "other" and not words.strip():
        raise Refused(N_("Say the reason in words."), field="words")


def keyed(tables: Tables) -> dict[str, dict[str, Row]]:
    """Each row under what says that it is the same thing, whatever numbers it has at which desk."""
    found: dict[str, dict[str, Row]] = {}
    ids: dict[tuple[str, Any], str] = {}
    for table, columns in SAME_BY.items():
        mine = found.setdefault(table, {})
        for row in tables.get(table, ()):
            key = _APART.join(_told(row, name, ids) for name in columns)
            while key in mine:
                key += "+"  # two of one kind at one moment
            mine[key] = row
            ids[table, row.get("id")] = key
    return found


def meet(before: Tables, mine: Tables, theirs: Tables) -> Met:
    """Compare what arrives with what is here, and with what went the last time where that is known."""
    was, here, there = keyed(before), keyed(mine), keyed(theirs)
    new: dict[str, int] = {}
    same = gone = 0
    values: list[Value] = []
    for table, rows in there.items():
        for key, row in rows.items():
            if key in here[table]:
                differing = tuple(_values(table, key, was[table].get(key, {}), here[table][key], row))
                values += differing
                same += not differing
            elif removed_here(was[table].get(key), row):
                gone += 1
            else:
                new[table] = new.get(table, 0) + 1
    return Met(new=new, same=same, gone=gone, values=tuple(values))


def _is_of_person(value: Value, columns: Collection[str]) -> bool:
    place = Place.of(value.name)
    return place.table == "trainee" and place.column in columns


def removed_here(was: Row | None, theirs: Row) -> bool:
    """Whether a row that is no longer here went the last time just as it arrives now."""
    return was is not None and all(was.get(name) == theirs.get(name) for name in _columns(theirs))


def tasks(tables: Tables, now: str) -> tuple[Task, ...]:
    """What is open: a next step, appointments to come, follow-ups, unanswered requests.

    Args:
        tables: the rows.
        now: the moment, as the store writes it.
    """
    return tuple(_tasks(tables, now))


def _tasks(tables: Tables, now: str) -> Iterator[Task]:
    for row in tables.get("next_step", ()):
        if row["done"] is None:
            yield Task(kind="next_step", text=row["text"], when=row["due"] or "")
    for row in tables.get("appointment", ()):
        if row["at"] > now:
            yield Task(kind="appointment", text=row["where"] or row["with_whom"], when=row["at"])
    for row in tables.get("note", ()):
        if row["follow_up"] and not row["followed_up"]:
            yield Task(kind="follow_up", text=row["text"][:80], when=row["follow_up"])
    for row in tables.get("rights_request", ()):
        if not row["answered"]:
            yield Task(kind="rights_request", text=row["what"][:80], when=row["asked"])


def _values(table: str, key: str, was: Row, mine: Row, theirs: Row) -> Iterator[Value]:
    for name in _columns(theirs):
        value = Value(
            name=f"{table}\n{key}\n{name}",
            before=was.get(name) or None,  # 0 is no, and tells nothing
            mine=mine.get(name) or None,
            theirs=theirs[name] or None,
        )
        if value.how is not How.SAME:
            yield value


def _columns(row: Row) -> Iterable[str]:
    return (name for name in row if name not in BESIDE)


def _told(row: Row, name: str, ids: Mapping[tuple[str, Any], str]) -> str:
    value = row.get(name)
    if name in LINKS:
        return ids.get((LINKS[name], value), "").replace(_APART, " ")
    if name in SUBJECTS and isinstance(value, str):
        word, _colon, rest = value.partition(":")
        number, _colon, within = rest.partition(":")
        if number.isdigit() and (word, int(number)) in ids:
            return " ".join((word, ids[word, int(number)].replace(_APART, " "), within))
    return "" if value is None else str(value)
