"""Information to the trainee about personal data (informointi): which text was given, when, how.

The text itself is dated data in ``resources/codes/information_text.toml`` (GDPR articles 12-14).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from coachdesk.domain.codes import codes
from coachdesk.errors import Refused
from coachdesk.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationGiven:
    """That the information text was given to a trainee.

    ``language`` is fi or sv, followed by "-plain" where the plain-language text was given.
    """

    id: int = 0
    trainee_id: int
    text_version: str
    language: str
    given: date
    given_by: str

    @property
    def plain(self) -> bool:
        """Whether the text was in plain language."""
        return self.language.endswith("-plain")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading of the text with its paragraphs; ``list`` names what is listed under it."""

    key: str
    title: str
    paragraphs: tuple[str, ...]
    list: str = ""
    articles: tuple[str, ...] = ()


def version_on(day: date) -> str:
    """The version of the text in force on a day."""
    return max(str(code.more["version"]) for code in codes("information_text").on(day))


def text_on(
    day: date, language: str, *, plain: bool = False, fields: Mapping[str, str] = MappingProxyType({})
) -> tuple[Section, ...]:
    """The text in force on a day, in fi or sv, its {workshop}, {phone}, {email} and {region} filled in."""
    known = {"workshop": "", "phone": "", "email": "", "region": ""} | dict(fields)
    kind = "plain" if plain else "text"
    found = []
    for code in codes("information_text").on(day):
        text = str(code.more[f"{kind}_{'sv' if language == 'sv' else 'fi'}"])
        found.append(
            Section(
                key=code.key,
                title=code.name("sv" if language == "sv" else "fi"),
                paragraphs=tuple(part.strip() for part in text.format_map(known).split("\n\n")),
                list=str(code.more.get("list", "")),
                articles=tuple(code.more.get("articles", ())),
            )
        )
    return tuple(found)


def is_current(given: Sequence[InformationGiven], on: date) -> bool:
    """Whether the trainee has been given the text in force on a day."""
    now = version_on(on)
    return any(one.text_version == now and one.given <= on for one in given)


def checked(given: InformationGiven, on: date) -> InformationGiven:
    """What is recorded, when it may be.

    Raises:
        Refused: the day is still to come, or nobody is named as the giver.
    """
    if given.given > on:
        raise Refused(N_("The day {day} is still to come."), field="given", day=given.given)
    if not given.given_by.strip():
        raise Refused(N_("Write who gave the information."), field="given_by")
    return given
