"""Finding people by name or code as they are typed: names in memory, fresh by the log.

Every change of a name writes a log line, so a look at the log's last line tells whether what is kept in
memory still holds.  It is forgotten with its desk.
"""

from collections.abc import Iterable
from weakref import WeakKeyDictionary

from coachdesk.domain import letters
from coachdesk.domain.trainee_sheets import Hit
from coachdesk.services.desk import Desk
from coachdesk.store import trainees
from coachdesk.store.trainees import NameRow
from coachdesk.store.unit import Unit

CODE_LETTERS = 4  # so many of a code must be typed before it finds anybody


class Register:
    """The names of everybody, folded, in the order of both languages."""

    def __init__(self, seq: int, rows: Iterable[NameRow]) -> None:
        self.seq = seq
        self.rows = tuple(rows)
        self.folded = [row.name_fold for row in self.rows]
        self.exact = [
            letters.exact_fold(f"{row.family_name} {row.given_names} {row.former_names}") for row in self.rows
        ]
        self.codes = [row.personal_identity_code for row in self.rows]

    def find(self, typed: str, limit: int) -> tuple[Hit, ...]:
        """The people who fit, word starts first, then exact letters, then in order."""
        typed = letters.nfc(typed)
        fits = letters.Typed(typed)
        if not fits:
            return ()
        found = {i for i, folded in enumerate(self.folded) if fits.match(folded, self.exact[i])}
        found |= {i for i, code in enumerate(self.codes) if code_fits(typed, code)}
        ranked = sorted(found, key=lambda i: (fits.rank(self.folded[i], self.exact[i]), i))
        return tuple(_hit(self.rows[i]) for i in ranked[:limit])


_CHANGES = (
    *("trainee.register", "trainee.edit", "trainee.remove", "trainee.join", "trainee.part"),
    *("import", "demo", "retention"),
)
_registers: "WeakKeyDictionary[Desk, Register]" = WeakKeyDictionary()


def find(desk: Desk, typed: str, limit: int = 12) -> tuple[Hit, ...]:
    """People whose names or code fit what is typed; nobody for nothing typed.

    ``strom`` finds Ström; å ä ö typed find only themselves.  A code is found by its beginning or end of at
    least four signs, one of them a digit.
    """
    with desk.reading() as unit:
        register = _fresh(desk, unit)
    return register.find(typed, limit)


def forget(desk: Desk) -> None:
    """Let go of the names: at lock."""
    _registers.pop(desk, None)


def code_fits(typed: str, code: str) -> bool:
    """Whether a code begins or ends with what is typed: at least four signs, one of them a digit."""
    if len(typed) < CODE_LETTERS or not code:
        return False
    typed = typed.upper()
    return (code.startswith(typed) or code.endswith(typed)) and any(c.isdigit() for c in typed)


def _fresh(desk: Desk, unit: Unit) -> Register:
    kept = _registers.get(desk)
    if kept is not None:
        acts, seq = trainees.acts_since(unit, kept.seq)
        if not any(act.startswith(_CHANGES) for act in acts):
            kept.seq = seq
            return kept
    _acts, seq = trainees.acts_since(unit, None)
    kept = _registers[desk] = Register(seq, trainees.names(unit))
    return kept


def _hit(row: NameRow) -> Hit:
    name = f"{row.family_name}, {row.given_names}" if row.given_names else row.family_name
    year = row.birth_date.year if row.birth_date else None
    return Hit(trainee_id=row.id, name=name, birth_year=year, former_names=row.former_names)
