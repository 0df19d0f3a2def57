"""A paper that came back: what its code says, and how its version stands today."""

import re
from dataclasses import dataclass
from datetime import date

from coachdesk.domain.codes import Code
from coachdesk.domain.plan import Plan, PlanVersion

_NUMBER = re.compile(r"([A-ZÅÄÖ])[-\s]{0,2}(\d{4})[-\s]{1,2}(\d{1,6})", re.IGNORECASE)
_CHECK = re.compile(r"(?<![0-9A-Z])([0-9A-FIOL]{4})[\s-]?([0-9A-FIOL]{4})\W*\Z", re.IGNORECASE)
_VERSION = re.compile(r"\d{1,4}")
_LIKE = str.maketrans("iol", "101")  # letters that a hand writes for digits; no check code has them


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperWords:
    """What a code says: number, version and check code, each as far as it is there."""

    number: str = ""
    version: int = 0
    check: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedPaper:
    """The version that a paper is, and how it stands today.

    ``same`` tells whether the words on the paper are still those of the version; a draft is printed and
    written on.  ``valid`` is the version in force, where the plan is valid today.
    """

    plan: Plan
    kind: Code
    name: str
    version: PlanVersion
    newest: PlanVersion
    on: date
    same: bool = True
    valid: PlanVersion | None = None
    replaced_by: Plan | None = None

    @property
    def older(self) -> bool:
        """Whether a newer version is in force."""
        return self.valid is not None and self.valid.version > self.version.version


def read_paper(text: str) -> PaperWords:
    """What stands in a scanned code, or was typed from the foot of a paper, in large or small letters."""
    text = re.sub(r"^\s*CDP1\s+", "", text.strip(), flags=re.IGNORECASE)
    number = _NUMBER.search(text)
    rest = text[number.end() :] if number else text
    check = _CHECK.search(rest)
    between = rest[: check.start()] if check else rest
    version = _VERSION.search(between) if number else None
    return PaperWords(
        number=f"{number[1].upper()}-{number[2]}-{int(number[3]):04d}" if number else "",
        version=int(version[0]) if version else 0,
        check=(check[1] + check[2]).lower().translate(_LIKE) if check else "",
    )
