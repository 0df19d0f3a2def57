"""Does what the grid's keys and buttons mean: the cell is painted at once, the save follows in order."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal

from coachdesk.domain.attendance import AttendedDay, DayRecorded, with_minutes
from coachdesk.errors import Refused
from coachdesk.i18n import N_, _, current
from coachdesk.ui.announce import announce
from coachdesk.ui.attendance import spoken
from coachdesk.ui.attendance.board import Board, Place
from coachdesk.ui.attendance.saving import Cell, Changes, Saver, cell_of
from coachdesk.ui.attendance.view import AttendanceView
from coachdesk.ui.shell import Shell


class Marker(QObject):
    """Marks, clears, repeats and takes back what a view asks."""

    changed = Signal()  # a mark, its count or a caution is other than before
    reason_wanted = Signal(object)  # the changes of "other reason" that may still get one

    def __init__(self, shell: Shell, view: AttendanceView) -> None:
        super().__init__(view)
        self.shell, self.view = shell, view
        self.saver = Saver(shell, self)
        self.by_person = shell.settings.grid_by_person
        self.last: AttendedDay | None = None
        self.said = ""
        view.marked.connect(self.mark)
        view.repeated.connect(self.repeat)
        view.filled.connect(self.fill_down)
        view.cleared.connect(self.clear)
        view.stepped.connect(self.step)
        self.saver.unsaved_changed.connect(self._flag)

    @property
    def board(self) -> Board:
        """The board that is shown."""
        return self.view.model_.board

    def overlay(self) -> None:
        """After another opening: show again what could not be saved."""
        waiting = list(self.saver.failed.values())
        self.board.put(waiting)
        for change in waiting:
            self.board.flag_unsaved(*cell_of(change), True)

    def mark(self, kind: str, everyone: bool = False) -> None:
        """Mark what is chosen, or everybody planned and unmarked of the day, and go on."""
        here = self.view.here
        if here is None:
            return
        several = self.view.several
        places = self.board.unmarked_of(here[1]) if everyone else self.view.chosen
        refused, changes = self._changes(places, lambda place: self.board.change(place, kind))
        if refused and not changes:
            return
        if changes:
            self.do(changes, bar=len(changes) > 1)
        if not (everyone or several):
            self.go_on(here)  # also where the same mark stood before
        self._announce(changes, here)
        if kind == "other" and changes:
            self.reason_wanted.emit(changes)

    def mark_here(self, kind: str) -> None:
        """Mark what is chosen and stay: the panel's buttons."""
        _refused, changes = self._changes(self.view.chosen, lambda place: self.board.change(place, kind))
        if changes and self.view.here:
            self.do(changes)
            self._announce(changes, self.view.here)

    def repeat(self) -> None:
        """The last mark again; with several chosen, fill them with the mark of the first."""
        here = self.view.here
        if here is None:
            return
        places = self.view.chosen
        pattern = self.board.mark(places[0]) if self.view.several else None
        pattern = pattern or self.last
        if pattern is not None:
            self._repeat(places, pattern, here)

    def fill_down(self) -> None:
        """The cursor's mark, else the last one made, to all planned and unmarked from here down."""
        here = self.view.here
        pattern = (self.board.mark(here) or self.last) if here else None
        if here and pattern:
            below = [place for place in self.board.unmarked_of(here[1]) if place[0] >= here[0]]
            self._repeat(below, pattern, here, stay=True)

    def clear(self) -> None:
        """Take the marks of what is chosen away."""

        def cleared(place: Place) -> DayRecorded:
            return DayRecorded(before=self.board.mark(place), after=None)

        _refused, changes = self._changes(self.view.chosen, cleared)
        if changes:
            self.do(changes, bar=len(changes) > 1)
            self._say(current().fill(N_("The mark was cleared.")))

    def step(self, minutes: int) -> None:
        """More or less hours for what is chosen; an unmarked planned person is present so long."""
        self._set_hours(lambda mark: mark.minutes + minutes)

    def set_hours(self, minutes: int) -> None:
        """Exact hours for what is chosen; an unmarked planned person is present so long."""
        self._set_hours(lambda _mark: minutes)

    def alter(self, change: Callable[[AttendedDay], AttendedDay]) -> None:
        """Change the marks of what is chosen, each by itself."""

        def altered(place: Place) -> DayRecorded:
            before = self.board.mark(place)
            return DayRecorded(before=before, after=change(before) if before is not None else None)

        _refused, changes = self._changes(self.view.chosen, altered)
        self._altered(changes)

    def _set_hours(self, wanted: Callable[[AttendedDay], int]) -> None:
        _refused, changes = self._changes(self.view.chosen, lambda place: self._hours_of(place, wanted))
        self._altered(changes)

    def _hours_of(self, place: Place, wanted: Callable[[AttendedDay], int]) -> DayRecorded:
        before = self.board.mark(place)
        if before is None and not self.board.planned(place):
            return DayRecorded(before=None, after=None)  # nothing is agreed here that could be longer
        mark = before or self.board.change(place, "present").after
        assert mark is not None
        return DayRecorded(before=before, after=with_minutes(mark, wanted(mark)))

    def _altered(self, changes: Sequence[DayRecorded]) -> None:
        if changes:
            self.do(changes)
            here = self.view.here
            if here:
                self._say(spoken.cell(self.board, here))

    def set_reason(self, changes: Sequence[DayRecorded], reason: str) -> None:
        """Give a reason to marks just made."""
        found = [
            DayRecorded(before=one.after, after=replace(one.after, reason=reason))
            for one in changes
            if one.after is not None and one.after.reason != reason
        ]
        if found:
            self.do(found)

    def do(self, changes: Sequence[DayRecorded], *, bar: bool = False) -> None:
        """Paint changes, save them, and remember how to take them back."""
        self._put(changes)
        last = next((one.after for one in changes if one.after is not None), None)
        self.last = last or self.last
        self.saver.save(changes)
        back = [one.inverse for one in reversed(changes)]
        self.shell.undo.did(
            self._label(changes),
            undo=lambda: self._again(changes, back, "undo"),
            redo=lambda: self._again(back, changes, "redo"),
            bar=bar,
        )

    def go_on(self, here: Place) -> None:
        """Move to the next planned person or the next planned day; stay where there is none."""
        self.view.go_to(self.board.next_planned(here, by_person=self.by_person))

    def _again(self, done: Changes, inverse: Changes, why: str) -> None:
        self._put(inverse)
        self.saver.put_back(done, why)
        place = self.board.place_of(*cell_of(inverse[0]))
        if place is not None and shown(self.view):
            self.view.go_to(place)

    def _repeat(
        self, places: Iterable[Place], pattern: AttendedDay, here: Place, *, stay: bool = False
    ) -> None:
        several = self.view.several

        def same(place: Place) -> DayRecorded:
            minutes = pattern.minutes if pattern.minutes != self._planned_minutes(pattern) else None
            return self.board.change(place, pattern.kind, minutes=minutes, reason=pattern.reason)

        refused, changes = self._changes(places, same)
        if refused and not changes:
            return
        if changes:
            self.do(changes, bar=len(changes) > 1)
        if not (several or stay):
            self.go_on(here)
        self._announce(changes, here)

    def _planned_minutes(self, mark: AttendedDay) -> int | None:
        place = self.board.place_of(mark.period_id, mark.day)
        planned = self.board.planned(place) if place else None
        return planned.minutes if planned else None

    def _changes(
        self, places: Iterable[Place], make: Callable[[Place], DayRecorded]
    ) -> tuple[bool, list[DayRecorded]]:
        """Whether a rule said no, and the changes let through; where none is, its sentence is told."""
        found, refusal = [], None
        for place in places:
            if self.board.day(place) is None:
                continue
            try:
                self.board.refuse_archived(place)
                change = make(place)
            except Refused as problem:
                refusal = problem
                continue
            if change.before != change.after:
                found.append(change)
        if refusal and not found:
            self.shell.notices.show(refusal)
        return refusal is not None, found

    def _put(self, changes: Iterable[DayRecorded]) -> None:
        self.view.model_.touch(self.board.put(changes))
        self.changed.emit()

    def _flag(self, cell: Cell, unsaved: bool) -> None:
        self.view.model_.touch(self.board.flag_unsaved(*cell, unsaved))

    def _label(self, changes: Sequence[DayRecorded]) -> Callable[[], str]:
        """What was done; whom it was about is known by the board of now, which another may replace."""
        first, count = changes[0].after, len(changes)
        place = self.board.place_of(*cell_of(changes[0])) if count == 1 else None
        name = spoken.short_name(self.board.names[place[0]]) if place else ""

        def label() -> str:
            words = spoken.kind_words(first.kind) if first else _("Cleared")
            if count > 1:
                return current().fill(N_("{mark}: {count} people"), mark=words, count=count)
            return current().fill(N_("{mark}: {name}"), mark=words, name=name)

        return label

    def _announce(self, changes: Sequence[DayRecorded], here: Place) -> None:
        after = changes[0].after if changes else self.board.mark(here)
        if after is None:
            return
        kind = spoken.kind_words(after.kind)
        now = self.view.here
        if len(changes) > 1:
            text = current().fill(N_("{mark}: {count} people"), mark=kind, count=len(changes))
        elif now and now != here:
            text = current().fill(N_("{mark}. Next: {next}"), mark=kind, next=self._next_name(here, now))
        else:
            text = kind
        self._say(text)

    def _next_name(self, here: Place, now: Place) -> str:
        day: date | None = self.board.day(now)
        if now[0] == here[0] and day:
            return spoken.short(day)
        return self.board.names[now[0]].partition(",")[0]

    def _say(self, text: str) -> None:
        self.said = text
        announce(self.view, text)


def shown(view: AttendanceView) -> bool:
    """Whether the view is on the screen, so that its cursor may be moved."""
    return view.isVisible()
