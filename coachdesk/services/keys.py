"""Passphrases and the recovery key: judged, changed, proved.

A change wraps the same master key anew; nothing of the store is encrypted again, and what was
recorded while the old passphrase was known to somebody else stays readable with an old key file.
"""

from dataclasses import dataclass
from datetime import datetime

from coachdesk.clock import HELSINKI
from coachdesk.domain.today import Attention
from coachdesk.errors import Refused, WrongPassphrase
from coachdesk.i18n import N_
from coachdesk.services.desk import MADE_FOR, Desk
from coachdesk.services.door import short_names
from coachdesk.store import argon, keyfile, keys, meta, recovery
from coachdesk.store.argon import KdfCost
from coachdesk.store.keyfile import KeyFile
from coachdesk.store.keys import Slot

STRONG_ENOUGH = 3
SHORTEST = 12
YEAR = 365  # days after which the sheet is to be proved again
_LONGEST_JUDGED = 72

_ADVICE = {
    "This is a top-10 common password.": N_("This is one of the most used passphrases in the world."),
    "This is a top-100 common password.": N_("This is one of the most used passphrases in the world."),
    "This is a very common password.": N_("This is one of the most used passphrases in the world."),
    "This is similar to a commonly used password.": N_("This is close to a much used passphrase."),
    "A word by itself is easy to guess.": N_("One word alone is easy to guess."),
    "Names and surnames by themselves are easy to guess.": N_("A name alone is easy to guess."),
    "Common names and surnames are easy to guess.": N_("A common name is easy to guess."),
    "Straight rows of keys are easy to guess.": N_("Keys in a row are easy to guess."),
    "Short keyboard patterns are easy to guess.": N_("Keys in a row are easy to guess."),
    'Repeats like "aaa" are easy to guess.': N_("Repeated letters are easy to guess."),
    'Sequences like "abc" or "6543" are easy to guess.': N_("Letters or numbers in order are easy to guess."),
    "Recent years are easy to guess.": N_("Years are easy to guess."),
    "Dates are often easy to guess.": N_("Dates are easy to guess."),
}
# what people here choose first; the library knows English only
_USED_HERE = (
    "salasana lösenord losenord tunnussana tunnuslause lösenfras suomi finland sverige ruotsi kesä sommar "
    "talvi vinter syksy höst kevät vår kesäloma semester joulu jul juhannus midsommar helsinki helsingfors "
    "tampere turku åbo vaasa vasa pohjanmaa österbotten työpaja verkstad valmentaja handledare coachdesk "
    "perkele saatana vittu helvetti fan jävla moikka terve hej rakkaus kärlek kulta älskling äiti isä mamma "
    "pappa koira hund kissa katt auto bil jääkiekko ishockey tappara hifk jokerit leijonat maanantai måndag "
    "perjantai fredag tammikuu januari joulukuu december qwertyuiopå asdfghjklöä tervetuloa välkommen"
)
_MORE = N_("Add words that do not belong together: four or five are enough.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """How hard a passphrase is to guess: score 0 to 4, and what would make it better."""

    score: int
    advice: tuple[str, ...] = ()

    @property
    def enough(self) -> bool:
        """Whether a desk takes it."""
        return self.score >= STRONG_ENOUGH


def strength(passphrase: str, *known: str) -> Strength:
    """Judge a passphrase with zxcvbn; ``known`` are words a guesser would try first (names, workshop)."""
    from zxcvbn import zxcvbn

    if not passphrase:
        return Strength(score=0)
    words = [word for text in known for word in (text, *text.split())]
    judged = zxcvbn(passphrase[:_LONGEST_JUDGED], user_inputs=[*words, *_USED_HERE.split()])
    score = int(judged["score"])
    if len(passphrase) < SHORTEST and score >= STRONG_ENOUGH:
        # the library takes Finnish and Swedish words for chance letters
        return Strength(score=STRONG_ENOUGH - 1, advice=(_MORE,))
    if score >= STRONG_ENOUGH:
        return Strength(score=score)
    warning = _ADVICE.get(judged["feedback"]["warning"])
    return Strength(score=score, advice=(warning, _MORE) if warning else (_MORE,))


def require_strong(passphrase: str, *known: str) -> None:
    """Refuse a passphrase that can be guessed.

    Raises:
        Refused: with ``field="passphrase"``.
    """
    if not strength(passphrase, *known).enough:
        raise Refused(N_("This passphrase is too easy to guess. Add a word or two."), field="passphrase")


def change_passphrase(desk: Desk, old: str, new: str, *, cost: KdfCost | None = None) -> None:
    """Wrap the master key under a new passphrase; done when both copies of the key file are replaced.

    Raises:
        WrongPassphrase: ``old`` is not the coach's passphrase.
        Refused: ``new`` is too easy to guess.
        DiskFull, Trouble: the old passphrase stays in force.
    """
    mine = _own_slots(desk)
    prove_passphrase(desk, old)
    require_strong(new)
    _replace(desk, mine, new, cost, "desk.change_passphrase")


def set_passphrase(desk: Desk, new: str, *, cost: KdfCost | None = None, coach_id: int | None = None) -> None:
    """Give the coach a new passphrase in a desk that the recovery key opened.

    ``coach_id`` is whose passphrase was forgotten, where several can open the desk; the desk goes on as
    that coach.

    Raises:
        Refused: it is too easy to guess.
        DiskFull, Trouble: nothing was changed.
    """
    require_strong(new)
    if coach_id is not None and coach_id in desk.openers:
        desk.coach_id = coach_id
    _replace(desk, _own_slots(desk), new, cost, "desk.set_passphrase")


def new_recovery_key(desk: Desk) -> tuple[str, ...]:
    """Make a new recovery key for a new sheet; the old sheet opens nothing any more."""
    secret = recovery.new_key()
    groups = recovery.groups_of(secret)
    old = desk.keyfile.of_kind(keys.RECOVERY)
    label = old[0].label if old else ""
    slot = keys.recovery_slot(desk.master, desk.keyfile.desk_id, secret, label=label)
    keys.wipe(secret)
    with desk.writing() as unit:
        meta.remove(unit, "recovery_proved")
        unit.log("desk.new_recovery_key")
        save(desk, desk.keyfile.with_slot(slot, instead_of=old))
        unit.commit()
    return groups


def prove_recovery(desk: Desk, groups: tuple[str, ...]) -> None:
    """Open the recovery slot with the eight groups typed back from the sheet, and remember that it did.

    Raises:
        Refused: a group is mistyped; ``field`` says which.
        WrongPassphrase: the sheet is another one.
    """
    secret = recovery.key_of(groups)
    try:
        for slot in desk.keyfile.of_kind(keys.RECOVERY):
            found = keys.open_slot(slot, desk.keyfile.desk_id, secret, desk.floor)
            same = found.same_as(desk.master)
            found.wipe()
            if same:
                break
        else:
            raise keys.wrong(keys.RECOVERY)
    finally:
        keys.wipe(secret)
    with desk.writing() as unit:
        meta.put(unit, "recovery_proved", unit.at.isoformat())
        unit.log("desk.prove_recovery")
        unit.commit()


def recovery_proved(desk: Desk) -> datetime | None:
    """When the sheet in use was typed back, if it was."""
    with desk.reading() as unit:
        found = meta.get(unit, "recovery_proved")
    return datetime.fromisoformat(found) if found else None


def sheet_due(desk: Desk) -> tuple[Attention, ...]:
    """A reminder to prove the recovery sheet: none was yet, or a year ago; not in a demo or a first run."""
    with desk.reading() as unit:
        proved, made = meta.get(unit, "recovery_proved"), meta.get(unit, "made")
        resting = meta.get(unit, MADE_FOR) or meta.get(unit, "first_run")
        on = unit.on
    since = datetime.fromisoformat(proved or made).astimezone(HELSINKI).date() if proved or made else on
    days = (on - since).days
    if resting or (proved and days < YEAR):
        return ()
    dates = (since,) if proved else ()
    return (Attention(kind="sheet_due", trainee_id=0, name="", days=days, dates=dates),)


def names_of_openers(desk: Desk) -> dict[int, str]:
    """The coaches who can open the desk, as short as they can be told apart."""
    slots = desk.keyfile.of_kind(keys.PASSPHRASE)
    return short_names({slot.coach_id: slot.label for slot in slots if slot.coach_id})


def group_fits(place: int, text: str) -> bool:
    """Whether the text can be the group of this place (from 0) of some recovery key."""
    return recovery.fits(place, text)


def _own_slots(desk: Desk) -> tuple[Slot, ...]:
    slots = desk.keyfile.of_kind(keys.PASSPHRASE)
    return tuple(slot for slot in slots if slot.coach_id == desk.coach_id)


def prove_passphrase(desk: Desk, passphrase: str) -> Slot:
    """The slot of the coach at the desk that this passphrase opens.

    Raises:
        WrongPassphrase: none; with ``field="old"``.
    """
    secret = keys.passphrase_bytes(passphrase)
    try:
        for slot in _own_slots(desk):
            try:
                keys.open_slot(slot, desk.keyfile.desk_id, secret, desk.floor).wipe()
            except WrongPassphrase:
                continue
            return slot
    finally:
        keys.wipe(secret)
    raise WrongPassphrase(N_("The present passphrase is not right."), field="old")


def _replace(desk: Desk, old: tuple[Slot, ...], new: str, cost: KdfCost | None, act: str) -> None:
    slot = keys.passphrase_slot(
        desk.master,
        desk.keyfile.desk_id,
        new,
        coach_id=desk.coach_id,
        cost=cost or argon.calibrated(),
        label=old[0].label if old else "",
        floor=desk.floor,
    )
    with desk.writing() as unit:
        unit.log(act)
        save(desk, desk.keyfile.with_slot(slot, instead_of=old))
        unit.commit()


def save(desk: Desk, changed: KeyFile) -> None:
    """Write the slots, and go on with what lies on the disk."""
    keyfile.save(desk.folder, changed, desk.master)
    desk.keyfile = keyfile.read(desk.folder)[0]
