"""The kinds of letter that a region writes to a desk, member by member (``docs/protocol.md`` 9).

One table says which members each kind has; of it the schema, the check and the lines on the screen are made.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from coachdesk.domain.codes import codes
from coachdesk.domain.field_kinds import Chosen, Day, Kind, Pattern, Speech, Whole, Words, closed, or_null
from coachdesk.errors import Refused
from coachdesk.i18n import N_

REFERRAL, DECISION, QUESTION = "referral", "decision", "question"
WORKER_CHANGED, PLAN_APPROVED = "worker_changed", "plan_approved"
UID = Pattern(r"[0-9a-f]{32}", 32)


@dataclass(frozen=True)
class Part:
    """An object with titled members; those not ``needed`` may be null."""

    members: Mapping[str, tuple[str, Kind]]
    needed: tuple[str, ...] = ()
    free: bool = True

    def fits(self, value: Any) -> bool:
        """Whether each member is there and fits, and no other."""
        if not isinstance(value, dict) or set(value) != set(self.members):
            return False
        return all(
            kind.fits(value[name]) or (value[name] is None and name not in self.needed)
            for name, (_title, kind) in self.members.items()
        )

    def schema(self) -> dict[str, Any]:
        """A closed object."""
        return closed(
            {
                name: kind.schema() if name in self.needed else or_null(kind.schema())
                for name, (_title, kind) in self.members.items()
            }
        )

    def lines(self, value: Mapping[str, Any], words: Speech) -> Iterator[tuple[str, str]]:
        """Title and text of each member that is not empty."""
        for name, (title, kind) in self.members.items():
            if value.get(name) is None:
                continue
            if isinstance(kind, Part):
                yield from kind.lines(value[name], words)
            else:
                yield words._(title), kind.show(value[name], words)

    def show(self, value: Any, words: Speech) -> str:
        """The texts in one line."""
        return ", ".join(text for _title, text in self.lines(value, words))


def named(title: str) -> Pattern:
    """A key of a code list; one of a newer list passes and is shown by its bare key."""
    return Pattern(r"[a-z0-9_]{1,60}", 60, shows=lambda key, words: codes(title).name(key, words.language))


_LANGUAGES = {"fi": N_("Finnish"), "sv": N_("Swedish")}
_ABOUT = {"decision": N_("Decision"), "voucher": N_("Service voucher"), "agreement": N_("Agreement")}
_LINE, _NAME, _NUMBER, _WORDS = Words(longest=200), Words(longest=100), Words(longest=80), Words()
_MUNICIPALITY = Pattern(
    r"[0-9]{3}", 3, shows=lambda key, words: codes("municipalities").name(key, words.language)
)
_SERVICE_LANGUAGE = Chosen(keys=("fi", "sv"), shows=lambda key, words: words._(_LANGUAGES[key]))
_SERVICE, _PLAN = named("service_kinds"), named("plan_kinds")

PERSON = Part(
    members={
        "family_name": (N_("Family name"), _NAME),
        "given_names": (N_("Given names"), _NAME),
        "personal_identity_code": (
            N_("Personal identity code"),
            Pattern(r"[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-FHJ-NPR-Y]", 11),
        ),
        "birth_date": (N_("Date of birth"), Day()),
        "municipality": (N_("Home municipality"), _MUNICIPALITY),
        "service_language": (N_("Language of service"), _SERVICE_LANGUAGE),
        "phone": (N_("Phone"), Pattern(r"\+?[0-9][0-9 -]{3,23}", 25)),
        "email": (N_("E-mail"), Pattern(r"[!-?A-~]{1,64}@[0-9A-Za-z.-]{1,64}\.[A-Za-z]{2,24}", 100)),
    },
    needed=("family_name", "given_names"),
)
WORKER = Part(
    members={
        "name": (N_("Responsible worker"), _LINE),
        "title": (N_("Worker's title"), _LINE),
        "phone": (N_("Worker's phone"), _LINE),
        "email": (N_("Worker's e-mail"), _LINE),
    },
    needed=("name",),
)
FROM = Part(
    members={
        "name": (N_("Written by"), _LINE),
        "title": (N_("Sender's title"), _LINE),
        "phone": (N_("Sender's phone"), _LINE),
        "email": (N_("Sender's e-mail"), _LINE),
    },
    needed=("name",),
)
_PLAN_MADE = Part(
    members={"kind": (N_("Plan"), _PLAN), "made": (N_("Plan made on"), Day())}, needed=("kind",)
)
_PLAN_VERSION = Part(
    members={
        "kind": (N_("Plan"), _PLAN),
        "version": (N_("Version"), Whole(1, 9999)),
        "made": (N_("Plan made on"), Day()),
    },
    needed=("kind",),
)

_SPECIAL: dict[str, tuple[dict[str, tuple[str, Kind]], tuple[str, ...]]] = {
    REFERRAL: (
        {
            "service": (N_("Service"), _SERVICE),
            "start": (N_("Wished start"), Day()),
            "days_a_week": (N_("Days a week"), Whole(1, 5)),
            "plan": (N_("Plan"), _PLAN_MADE),
        },
        ("person", "service"),
    ),
    DECISION: (
        {
            "about": (
                N_("Kind of decision"),
                Chosen(keys=tuple(_ABOUT), shows=lambda key, words: words._(_ABOUT[key])),
            ),
            "number": (N_("Number"), _NUMBER),
            "service": (N_("Service"), _SERVICE),
            "from_day": (N_("From the day"), Day()),
            "to_day": (N_("Until the day"), Day()),
            "days": (N_("Granted days"), Whole(1, 2000)),
            "expires": (N_("Voucher valid until"), Day()),
        },
        ("about", "number"),
    ),
    QUESTION: ({}, ("words",)),
    WORKER_CHANGED: (
        {"worker": (N_("Responsible worker"), WORKER), "from_day": (N_("From the day"), Day())},
        ("worker", "from_day"),
    ),
    PLAN_APPROVED: (
        {"plan": (N_("Plan"), _PLAN_VERSION), "approved": (N_("Approved on"), Day())},
        ("plan", "approved"),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterKind:
    """A kind of letter with its members, but ``kind``, ``letter`` and ``ref``."""

    key: str
    part: Part

    @property
    def answers(self) -> tuple[str, ...]:
        """What the coach may answer with."""
        return tuple(codes("letter_kinds")[self.key].more["answers"])


def _kind(key: str) -> LetterKind:
    special, needed = _SPECIAL[key]
    members: dict[str, tuple[str, Kind]] = {
        "person": (N_("Person"), PERSON),
        **special,
        "words": (N_("In words"), _WORDS),
        "reply_by": (N_("Answer by"), Day()),
        "written": (N_("Written on"), Day()),
        "from": (N_("Written by"), FROM),
    }
    return LetterKind(key=key, part=Part(members=members, needed=(*needed, "from", "written")))


KINDS = {key: _kind(key) for key in _SPECIAL}


def item_schemas() -> dict[str, dict[str, Any]]:
    """JSON Schema of each kind of item from a region to a desk."""
    return {key: _schema(kind) for key, kind in KINDS.items()}


def _schema(kind: LetterKind) -> dict[str, Any]:
    inner = kind.part.schema()
    head = {"kind": {"const": kind.key}, "letter": UID.schema(), "ref": or_null(UID.schema())}
    return closed({**head, **inner["properties"]})


def fits(item: Mapping[str, Any]) -> bool:
    """Whether an item of a known kind is as described, real days and composed words included."""
    kind, head = KINDS.get(str(item.get("kind"))), ("kind", "letter", "ref")
    if kind is None or any(name not in item for name in head):
        return False
    rest = {name: value for name, value in item.items() if name not in head}
    ref = item["ref"]
    return UID.fits(item["letter"]) and (ref is None or UID.fits(ref)) and kind.part.fits(rest)


def made(kind: str, letter: str, ref: str | None = None, **members: Any) -> dict[str, Any]:
    """An item to a desk; members that are left out are null, also those inside a person, worker or plan.

    Raises:
        Refused: there is no such kind or member, one is missing or cannot stand as written; says which.
    """
    known = KINDS.get(kind)
    if known is None:
        raise Refused(N_("There is no letter of the kind “{kind}”."), kind=kind)
    return {"kind": kind, "letter": letter, "ref": ref, **_whole(known.part, members)}


def worker_alone(item: Mapping[str, Any]) -> dict[str, Any]:
    """A letter about a new worker without whom it was about, its own id and its words."""
    told = {name: item[name] for name in ("worker", "from_day", "written", "from")}
    return made(WORKER_CHANGED, "0" * 32, **told)


def _whole(part: Part, given: Mapping[str, Any]) -> dict[str, Any]:
    strange = next((name for name in given if name not in part.members), None)
    if strange is not None:
        raise Refused(N_("A letter of this kind has no field “{name}”."), field=strange, name=strange)
    found: dict[str, Any] = {}
    for name, (_title, kind) in part.members.items():
        value = given.get(name)
        value = _whole(kind, value) if isinstance(kind, Part) and isinstance(value, Mapping) else value
        value = None if value == "" else value
        if value is None and name in part.needed:
            raise Refused(N_("The letter needs “{name}”."), field=name, name=name)
        if value is not None and not kind.fits(value):
            raise Refused(N_("“{name}” cannot leave as it is written."), field=name, name=name)
        found[name] = value
    return found
