"""Personal identity code (henkilötunnus, personbeteckning): parse, check.

Form DDMMYYCZZZQ.  Since 2023 a century has several intermediate characters C, and two people may differ
only by it, so it is never changed, dropped or left out of a comparison.  Individual numbers 900-999 are
temporary and are not refused.  Source: Digital and Population Data Services Agency, reform of the code.
"""

import re
from dataclasses import dataclass
from datetime import date

from coachdesk.errors import Refused
from coachdesk.i18n import N_

CHECK_SYMBOLS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
CENTURIES = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}
MASKED = "••••••-••••"
_FORM = re.compile(r"(\d{2})(\d{2})(\d{2})([-+A-FU-Y])(\d{3})([0-9A-FHJ-NPR-Y])")


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityCode:
    """A checked code as written, with what it tells."""

    code: str
    birth_date: date
    temporary: bool  # individual number 900-999: not in the population register

    def __str__(self) -> str:
        """Dots: a code is shown only where somebody asks for it by name."""
        return MASKED


def check_symbol(birth: str, individual: str) -> str:
    """The check symbol of DDMMYY and ZZZ; the intermediate character takes no part."""
    return CHECK_SYMBOLS[int(birth + individual) % 31]


def parse(text: str) -> IdentityCode:
    """The code in ``text``; spaces around it and small letters are corrected, nothing else.

    Raises:
        Refused: the form, the day of birth or the check symbol is wrong.
    """
    code = text.strip().upper().replace("\N{EN DASH}", "-").replace("\N{NON-BREAKING HYPHEN}", "-")
    found = _FORM.fullmatch(code)
    if not found or not code.isascii():
        raise Refused(
            N_("An identity code is six digits, a mark, three digits and a check symbol, as in 131052-308T."),
            field="personal_identity_code",
        )
    day, month, year, between, individual, symbol = found.groups()
    try:
        birth = date(CENTURIES[between] + int(year), int(month), int(day))
    except ValueError:
        raise Refused(
            N_("The identity code begins with a day that does not exist."), field="personal_identity_code"
        ) from None
    if individual in ("000", "001") or check_symbol(day + month + year, individual) != symbol:
        raise Refused(
            N_("The check symbol of the identity code does not fit its digits."),
            field="personal_identity_code",
        )
    return IdentityCode(code=code, birth_date=birth, temporary=individual >= "900")


def is_valid(text: str) -> bool:
    """Whether the text is a whole, right code."""
    try:
        parse(text)
    except Refused:
        return False
    return True
