"""Which rows of the list fit what is typed, the best first."""

from coachdesk.domain import letters
from coachdesk.domain.trainee_sheets import TraineeRow


def best_first(rows: list[TraineeRow], typed: str) -> list[TraineeRow]:
    """The rows that fit what is typed: family names begun, other words begun, the rest; each in order.

    One pass over 10,000 rows for each key, so nothing is called for a row that can be looked at.
    """
    from coachdesk.services.names import CODE_LETTERS, code_fits

    fits = letters.Typed(typed)
    if not fits:
        return rows
    own, plain, written = fits.words[0]
    found = [row for row in rows if (written in row.exact if own else plain in row.folded)]
    if len(fits.words) > 1:
        found = [row for row in found if fits.match(row.folded, row.exact)]
    places: tuple[list[TraineeRow], ...] = tuple([] for _rank in range(6))
    begun = f" {plain}"
    for row in found:
        folded = row.folded
        rank = 0 if folded.startswith(plain) else 2 if begun in folded else 4
        places[rank + (written not in row.exact)].append(row)
    best = [row for place in places for row in place]
    if len(typed) >= CODE_LETTERS and any(letter.isdigit() for letter in typed):
        best += [row for row in rows if row.code and code_fits(typed, row.code)]
    return best
