"""The board behind the grid: which mark stands where, how each cell looks, where the cursor goes.

Nothing of Qt: lines and columns only.  A line is one period and the days that its columns are; in the
month grid each line has the same days, on a trainee's page each line is another month.  Marks of one
period are shared by its lines.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from coachdesk.domain import archive
from coachdesk.domain import attendance as rules
from coachdesk.domain.attendance import AttendedDay, DayRecorded, counts_present
from coachdesk.domain.attendance_limits import DayCaution, of_marks
from coachdesk.domain.attendance_sheet import AttendanceSheet
from coachdesk.domain.period import AgreedDay
from coachdesk.domain.planned_days import NotHeld
from coachdesk.ui.attendance.lines import Line

PLAIN, WEEKEND, CLOSED = range(3)  # grounds
SWAP, LIMIT, UNSAVED, RED = 1, 2, 4, 8  # flags
DASH, CROSS = "–", "×"

Place = tuple[int, int]  # line, column


class Face(NamedTuple):
    """How a cell looks: ground, what is written, colour token of the mark, flags."""

    ground: int
    text: str  # a letter, a dash, or "" ; DOT for a planned day
    token: str
    flags: int


DOT = "•"
NOTHING = Face(PLAIN, "", "", 0)


class Board:
    """Lines, columns and marks of what is open; changes are put in with ``put`` and seen at once."""

    def __init__(
        self,
        sheet: AttendanceSheet,
        lines: Sequence[Line],
        today: date,
        *,
        language: str,
        quiet: bool = False,
    ) -> None:
        self.sheet = sheet
        self.lines = tuple(lines)
        self.today = today
        self.language = language
        self.names = tuple(line.say() for line in self.lines)
        self.quiet = quiet
        self.unsaved: set[tuple[int, date]] = set()
        self.columns = len(self.lines[0].days) if self.lines else len(sheet.days)
        self.one_month = all(line.days is self.lines[0].days for line in self.lines)
        self._lines_of: dict[int, list[int]] = {}
        for at, line in enumerate(self.lines):
            self._lines_of.setdefault(line.row.period_id, []).append(at)
        self._cautions = [self._judge(line) for line in self.lines]
        self._faces: list[list[Face | None]] = [[None] * self.columns for _line in self.lines]
        self._counts: dict[int, str] = {}
        self._totals: dict[int, tuple[int, int]] = {}
        self._agreed: dict[int, tuple[AgreedDay | None, ...]] = {}

    # what stands where

    def day(self, place: Place) -> date | None:
        """The day of a cell; None where a month is shorter."""
        return self.lines[place[0]].days[place[1]]

    def mark(self, place: Place) -> AttendedDay | None:
        """The mark of a cell."""
        day = self.day(place)
        return None if day is None else self.lines[place[0]].marks.get(day)

    def planned(self, place: Place) -> AgreedDay | None:
        """What is agreed for a cell, where the day is held."""
        agreed = self._agreed_of(place[0])[place[1]]
        return None if agreed is None or self.closed(place) else agreed

    def closed(self, place: Place) -> NotHeld | None:
        """Why nothing is arranged in a cell."""
        day = self.day(place)
        return None if day is None else self.sheet.closed(self.lines[place[0]].row, day)

    def covered(self, place: Place) -> bool:
        """Whether the period is running on the cell's day."""
        day = self.day(place)
        return day is not None and self.lines[place[0]].row.covers(day)

    def place_of(self, period_id: int, day: date) -> Place | None:
        """The cell of a period's day, where it is shown."""
        for at in self._lines_of.get(period_id, ()):
            if day in (days := self.lines[at].days):
                return at, days.index(day)
        return None

    def cautions(self) -> Iterator[tuple[Place, DayCaution]]:
        """What is over or under a limit, line by line."""
        for at, found in enumerate(self._cautions):
            for caution in found:
                yield (at, self.lines[at].days.index(caution.day)), caution

    # changing

    def archived(self, place: Place) -> bool:
        """Whether nothing of the one on a line is marked any more."""
        return self.lines[place[0]].row.trainee_id in self.sheet.archived

    def refuse_archived(self, place: Place) -> None:
        """Refuse to change anything of an archived trainee.

        Raises:
            Refused: the one on the line is archived.
        """
        if self.archived(place):
            raise archive.refuse(self.lines[place[0]].row.name)

    def change(
        self,
        place: Place,
        kind: str,
        *,
        minutes: int | None = None,
        reason: str = "",
        certificate_seen: bool = False,
        word: str = "",
    ) -> DayRecorded:
        """The change that a mark of a kind makes; nothing is put in yet.

        Raises:
            Refused: the day is outside the period or still to come, or the hours are impossible.
        """
        row, day = self.lines[place[0]].row, self.day(place)
        if day is None:
            raise ValueError("no such day")
        rules.refuse_outside(row.begins, row.last, day)
        rules.refuse_kind(kind, day, self.today)
        agreed = row.agreed_on(day)
        mark = rules.marked(
            period_id=row.period_id,
            trainee_id=row.trainee_id,
            day=day,
            kind=kind,
            planned_minutes=agreed.minutes if agreed else row.usual_minutes(day),
            minutes=minutes,
            reason=reason,
            certificate_seen=certificate_seen,
            word=word,
        )
        return DayRecorded(before=self.mark(place), after=mark, swap=agreed is None)

    def put(self, changes: Iterable[DayRecorded]) -> set[Place]:
        """Put changes in; the cells that look otherwise now, on whichever line."""
        touched: set[Place] = set()
        for change in changes:
            one = change.after or change.before
            if one is None:
                continue
            lines = self._lines_of.get(one.period_id)
            if not lines:
                continue
            marks = self.lines[lines[0]].marks
            if change.after is None:
                marks.pop(one.day, None)
            else:
                marks[one.day] = change.after
            touched |= self._freshen(one.period_id, one.day)
        return touched

    def flag_unsaved(self, period_id: int, day: date, unsaved: bool) -> set[Place]:
        """Show that a mark is not on the disk, or that it is."""
        key = (period_id, day)
        (self.unsaved.add if unsaved else self.unsaved.discard)(key)
        place = self.place_of(period_id, day)
        if place is None:
            return set()
        self._faces[place[0]][place[1]] = None
        return {place}

    def show_quiet(self, quiet: bool) -> None:
        """Show present and absent only, or the kinds."""
        self.quiet = quiet
        self.forget_faces()

    def speak(self, language: str, holidays: Mapping[date, str]) -> None:
        """Show everything in another language; ``holidays`` are the same days by their names there."""
        self.language = language
        self.sheet = replace(self.sheet, holidays=holidays)
        self.forget_faces()

    def forget_faces(self) -> None:
        """Work every cell and name out anew: another language, another way of showing."""
        self.names = tuple(line.say() for line in self.lines)
        self._faces = [[None] * self.columns for _line in self.lines]
        self._counts.clear()

    # how it looks

    def face(self, place: Place) -> Face:
        """How a cell looks."""
        line, column = place
        found = self._faces[line][column]
        if found is None:
            found = self._faces[line][column] = self._look(place)
        return found

    def count(self, column: int) -> str:
        """How many people were present in a column; nothing for a day on which nobody is marked."""
        if column not in self._counts:
            self._counts[column] = self._count(column)
        return self._counts[column]

    def total(self, line: int) -> tuple[int, int]:
        """Days present and days planned of a line."""
        if line not in self._totals:
            self._totals[line] = self._add_up(line)
        return self._totals[line]

    def _add_up(self, line: int) -> tuple[int, int]:
        present = planned = 0
        row, marks = self.lines[line].row, self.lines[line].marks
        for day, agreed in zip(self.lines[line].days, self._agreed_of(line), strict=True):
            if day is None:
                continue
            mark = marks.get(day)
            present += mark is not None and counts_present(mark.kind)
            held = mark is None or mark.kind != "not_arranged"
            planned += agreed is not None and held and self.sheet.closed(row, day) is None
        return present, planned

    def _agreed_of(self, line: int) -> tuple[AgreedDay | None, ...]:
        """What is agreed for each day of a line, held or not: worked out once, when it is first drawn."""
        found = self._agreed.get(line)
        if found is None:
            row, days = self.lines[line].row, self.lines[line].days
            found = self._agreed[line] = tuple(row.agreed_on(day) if day else None for day in days)
        return found

    # where the cursor goes

    def next_planned(self, place: Place, *, by_person: bool) -> Place | None:
        """The cell that the cursor goes on to: the next planned person, or the next planned day."""
        line, column = place
        if by_person:
            ahead = [(line, c) for c in range(column + 1, self.columns)]
        else:
            ahead = [(at, column) for at in range(line + 1, len(self.lines))]
        return next((found for found in ahead if self.planned(found)), None)

    def first_unmarked(self, day: date) -> Place | None:
        """The first planned person of a day who has no mark; else the first planned; else the first line."""
        column = self.column_of(day)
        if column is None or not self.lines:
            return None
        cells = [(at, column) for at in range(len(self.lines)) if self.lines[at].days[column] == day]
        planned = [cell for cell in cells if self.planned(cell)]
        unmarked = [cell for cell in planned if self.mark(cell) is None]
        return next(iter([*unmarked, *planned, *cells]), None)

    def first_planned(self) -> Place | None:
        """The first planned cell, line by line; else the first cell, where there is one."""
        cells = ((at, column) for at in range(len(self.lines)) for column in range(self.columns))
        return next((cell for cell in cells if self.planned(cell)), (0, 0) if self.lines else None)

    def unmarked_of(self, column: int) -> list[Place]:
        """The planned people of a column who have no mark yet."""
        cells = [(at, column) for at in range(len(self.lines))]
        return [cell for cell in cells if self.planned(cell) and self.mark(cell) is None]

    def days_of(self, column: int) -> set[date | None]:
        """The days of a column: one in the month grid, others on each line of a trainee's months."""
        if self.one_month:
            return {self.lines[0].days[column]} if self.lines else set()
        return {line.days[column] for line in self.lines}

    def column_of(self, day: date) -> int | None:
        """The column that a day is in, on any line."""
        return next((line.days.index(day) for line in self.lines if day in line.days), None)

    def _freshen(self, period_id: int, day: date) -> set[Place]:
        """Judge the lines of a period anew; a week may get or lose its corner elsewhere."""
        touched: set[Place] = set()
        for at in self._lines_of.get(period_id, ()):
            line = self.lines[at]
            before = {one.day for one in self._cautions[at]}
            self._cautions[at] = self._judge(line)
            days = before ^ {one.day for one in self._cautions[at]} | {day}
            touched |= {(at, line.days.index(one)) for one in days if one in line.days}
        for line_at, column in touched:
            self._faces[line_at][column] = None
            self._counts.pop(column, None)
            self._totals.pop(line_at, None)
        return touched

    def _judge(self, line: Line) -> tuple[DayCaution, ...]:
        days = [day for day in line.days if day is not None]
        return of_marks(line.row.service_kind, line.marks, days)

    def _count(self, column: int) -> str:
        cells = [
            (line.row.trainee_id, line.marks.get(day)) for line in self.lines if (day := line.days[column])
        ]
        marked = [(person, mark) for person, mark in cells if mark is not None]
        return str(len({person for person, mark in marked if counts_present(mark.kind)})) if marked else ""

    def _look(self, place: Place) -> Face:
        day = self.day(place)
        if day is None:
            return NOTHING
        line = self.lines[place[0]]
        mark = line.marks.get(day)
        agreed, closed = self._agreed_of(place[0])[place[1]], self.sheet.closed(line.row, day)
        ground = WEEKEND if day.weekday() > 4 else CLOSED if closed else PLAIN
        if mark is None:
            text = "" if agreed is None else DASH if closed else DOT
            return Face(ground, text, "", UNSAVED if (line.row.period_id, day) in self.unsaved else 0)
        flags = 0 if agreed else SWAP
        if any(one.day == day for one in self._cautions[place[0]]):
            flags |= LIMIT
        if (line.row.period_id, day) in self.unsaved:
            flags |= UNSAVED
        if self.quiet and rules.is_absence(mark.kind):
            return Face(ground, CROSS, "aN", flags)
        if mark.kind == "unnotified":
            flags |= RED
        if self.quiet and counts_present(mark.kind):
            return Face(ground, rules.letter_of("present", self.language), "aL", flags)
        token = str(rules.kind_of(mark.kind).more.get("colour", "aM"))
        return Face(ground, rules.letter_of(mark.kind, self.language), token, flags)
