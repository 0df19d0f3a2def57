"""The form of a period: service, on whose behalf, decision or voucher, days and hours; limits warn."""

from dataclasses import replace
from datetime import date, time
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from coachdesk.domain import period as rules
from coachdesk.domain.codes import codes
from coachdesk.domain.period import AgreedDay, Period
from coachdesk.domain.workshop import Group, Workshop
from coachdesk.errors import Problem, Refused
from coachdesk.i18n import N_, _, current
from coachdesk.services.periods import Agreement
from coachdesk.ui.day_edit import ChoiceBox, CodeBox, DayEdit, day_in
from coachdesk.ui.form import FormDialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.trainees import wording
from coachdesk.ui.trainees.week_editor import WeekEditor
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.words import heading

FIELDS: dict[str, tuple[str, str]] = {  # name -> caption, control
    "service_kind": (N_("Service"), "code service_kinds"),
    "workshop_id": (N_("Workshop"), "choice"),
    "group_id": (N_("Group"), "choice"),
    "begins": (N_("First day"), "day"),
    "ends": (N_("Agreed last day"), "day"),
    "controller": (N_("On whose behalf (controller)"), "code bodies"),
    "controller_name": (N_("Its name"), "line"),
    "purchaser": (N_("Who buys the service"), "code bodies"),
    "purchaser_name": (N_("Its name"), "line"),
    "ground": (N_("Ground"), "code grounds"),
    "decision_number": (N_("Decision number"), "line"),
    "decided_by": (N_("Who decided"), "line"),
    "decided_on": (N_("Decided on"), "day"),
    "granted_days": (N_("Granted days"), "number"),
    "granted_to": (N_("Granted to"), "day"),
    "used_before": (N_("Used before"), "number"),
    "voucher_number": (N_("Voucher number"), "line"),
    "voucher_expires": (N_("Voucher valid to"), "day"),
}
LAYOUT = (
    (("service_kind", 2), ("workshop_id", 1), ("group_id", 1)),
    (("controller", 2), ("controller_name", 1), ("begins", 1)),
    (("purchaser", 2), ("purchaser_name", 1), ("ends", 1)),
    (("ground", 2), ("decision_number", 1), ("decided_by", 1)),
    (("decided_on", 1), ("granted_days", 1), ("used_before", 1), ("granted_to", 1)),
    (("voucher_number", 2), ("voucher_expires", 1)),
)


class PeriodForm(FormDialog):
    """Everything of a period; a new one proposes the wellbeing services county and a service decision."""

    wide = 900

    def __init__(
        self, shell: Shell, trainee_id: int, agreement: Agreement | None, parent: QWidget | None = None
    ) -> None:
        self._trainee_id, self.before = trainee_id, agreement
        self._groups: tuple[Group, ...] = ()
        super().__init__(shell, parent)
        self.open_at(940)
        self._load()

    def build(self) -> None:
        self.controls: dict[str, Any] = {name: self._control(kind) for name, (_c, kind) in FIELDS.items()}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        across = 4 if self._room() >= 900 else 2
        at = 0
        for row in LAYOUT:
            column = 0
            for name, columns in row:
                columns = min(columns, across)  # the names of services and bodies are long
                if column + columns > across:
                    at, column = at + 1, 0
                field = self.put(name, self.controls[name])
                self.body.removeWidget(field)
                grid.addWidget(field, at, column, 1, columns, Qt.AlignmentFlag.AlignTop)
                column += columns
            at += 1
        for column in range(across):
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid)
        self.week = WeekEditor()
        self.week_title = heading()
        self.cautions = Notice("warn")
        for part in (self.week_title, self.week):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.keep_in_sight(self.cautions)
        self._connect()

    def _control(self, kind: str) -> QWidget:
        today = self.shell.clock.today()
        what, _space, title = kind.partition(" ")
        match what:
            case "code":
                return CodeBox(title, on=today, empty=title != "service_kinds")
            case "choice":
                return ChoiceBox()
            case "day":
                return DayEdit(today)
            case _:
                return QLineEdit()

    def _connect(self) -> None:
        for name in ("controller", "purchaser"):
            self.controls[name].chosen.connect(lambda _key: self._ask_names())
        self.controls["workshop_id"].chosen.connect(lambda _key: self._name_groups())
        self.controls["service_kind"].chosen.connect(lambda _key: self.warn())
        for name in ("begins", "ends"):
            self.controls[name].editingFinished.connect(self.warn)
        self.week.changed = self.warn

    def retranslate(self) -> None:
        super().retranslate()
        self.say(
            title=_("Period") if self.before else _("New period"),
            **{name: _(caption) for name, (caption, _kind) in FIELDS.items()},
        )
        self.week_title.setText(_("Agreed weekdays and hours"))
        self.week.retranslate()
        self._name_groups()
        self.warn()

    def _load(self) -> None:
        from coachdesk.services import workshops

        desk = self.shell.desk
        self.shell.jobs.run(
            lambda: (workshops.all_workshops(desk), workshops.groups(desk)),
            then=lambda found: self.show_agreement(*found),
            owner=self,
        )

    def show_agreement(self, workshops: tuple[Workshop, ...], groups: tuple[Group, ...]) -> None:
        """Fill the form."""
        self._groups = groups
        language = current().language
        self.controls["workshop_id"].offer((str(w.id), w.name(language)) for w in workshops)
        today = self.shell.clock.today()
        period = self.before.period if self.before else None
        self.controls["workshop_id"].choose(str(period.workshop_id if period else workshops[0].id))
        self._name_groups()
        if self.before is None or period is None:
            self.controls["service_kind"].choose("rehabilitative_work_activity")
            for name in ("controller", "purchaser"):
                self.controls[name].choose("wellbeing_area_ostrobothnia")
            self.controls["ground"].choose("service_decision")
            self.controls["begins"].set_day(today)
        else:
            self._show_period(period)
            self.week.show_days(rules.agreed_on(self.before.agreed, max(today, period.begins)))
            places = [place.group_id for place in self.before.memberships]
            self.controls["group_id"].choose(str(places[-1]) if places else "")
        self._ask_names()
        self.warn()
        which = f":period:{period.id}" if period else ""
        self.keep_draft("period", f"trainee:{self._trainee_id}{which}", agreed=self.week)

    def _show_period(self, period: Period) -> None:
        for name, (_caption, kind) in FIELDS.items():
            value = getattr(period, name, None)
            control = self.controls[name]
            if kind.startswith("code"):
                control.choose(value)
            elif kind == "day":
                control.set_day(value)
            elif kind in ("line", "number"):
                control.setText("" if value in (None, 0) else str(value))

    def _name_groups(self) -> None:
        workshop = self.controls["workshop_id"].key
        choices = [(str(g.id), g.name) for g in self._groups if str(g.workshop_id) == workshop]
        self.controls["group_id"].offer([("", "–"), *choices])
        self.fields["group_id"].setVisible(bool(choices))

    def _ask_names(self) -> None:
        for name in ("controller", "purchaser"):
            named = (
                codes("bodies")[self.controls[name].key].more.get("named")
                if self.controls[name].key
                else False
            )
            self.fields[f"{name}_name"].setVisible(bool(named))

    def written(self) -> tuple[Period, tuple[AgreedDay, ...]]:
        """What stands in the form.

        Raises:
            Refused: a day, a number or hours cannot be read.
        """
        values: dict[str, Any] = {}
        for name, (_caption, kind) in FIELDS.items():
            control = self.controls[name]
            if kind.startswith("code"):
                values[name] = control.key
            elif kind == "day":
                values[name] = day_in(control, name)
            elif kind == "number":
                values[name] = _number(control.text(), name)
            elif kind == "line":
                values[name] = control.text().strip()
        values["workshop_id"] = int(self.controls["workshop_id"].key or 1)
        values["used_before"] = values["used_before"] or 0
        values["begins"] = values["begins"] or self.shell.clock.today()
        period = (
            replace(self.before.period, **values)
            if self.before
            else Period(trainee_id=self._trainee_id, **values)
        )
        return period, self._agreed(period)

    def _agreed(self, period: Period) -> tuple[AgreedDay, ...]:
        """The agreed days: a change begins today, what was agreed before stays in its past."""
        days = self.week.days(period.begins)
        old = self.before.agreed if self.before else ()
        today = self.shell.clock.today()
        if not old or today <= period.begins:
            return days
        now = rules.agreed_on(old, today)
        if [_hours(day) for day in now] == [_hours(day) for day in days]:
            return old
        past = tuple(
            replace(day, valid_to=min(day.valid_to or today, date.fromordinal(today.toordinal() - 1)))
            for day in old
            if day.valid_from < today
        )
        return past + tuple(replace(day, valid_from=today) for day in days)

    def warn(self) -> None:
        """Show what the limits of law warn of; nothing is blocked."""
        try:
            found = rules.warnings(*self.written()) if self.controls["workshop_id"].count() else ()
        except Problem:
            return
        self.cautions.set_title(" ".join(wording.told(caution) for caution in found))
        sources = "; ".join(dict.fromkeys(caution.source for caution in found))
        self.cautions.set_text(current().fill(N_("Source: {source}. You decide."), source=sources))
        self.cautions.setVisible(bool(found))
        if found:
            self.grow()

    def keep(self) -> None:
        from coachdesk.services import periods

        desk = self.shell.desk
        period, agreed = self.written()
        group = self.controls["group_id"].key
        if self.before is None:
            work = partial(periods.add, desk, period, agreed=agreed, group_id=int(group) if group else None)
            self.run(work, then=self._added)
            return
        before = self.before
        undo = partial(periods.edit, desk, before.period, agreed=before.agreed)
        redo = partial(periods.edit, desk, period, agreed=agreed)
        self.run(redo, then=lambda _b: self._changed(group, undo, redo))

    def _changed(self, group: str, undo: Any, redo: Any) -> None:
        from coachdesk.services import periods

        assert self.before is not None
        places = [str(place.group_id) for place in self.before.memberships]
        if group != (places[-1] if places else ""):
            day = max(self.shell.clock.today(), self.before.period.begins)
            desk, period_id = self.shell.desk, self.before.period.id
            work = partial(periods.join_group, desk, period_id, int(group) if group else None, day=day)
            back = partial(periods.put_places, desk, period_id, self.before.memberships)
            self.run(
                work,
                then=lambda _p: self.done_with(
                    N_("Period changed"), lambda: (undo(), back()), lambda: (redo(), work())
                ),
            )
        else:
            self.done_with(N_("Period changed"), undo, redo)

    def _added(self, kept: Period) -> None:
        from coachdesk.services import periods

        self.done_with(N_("Period begun"), partial(periods.remove, self.shell.desk, kept.id))


def _hours(day: AgreedDay) -> tuple[int, time, int]:
    return day.weekday, day.starts_at, day.minutes


def _number(text: str, name: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not text.isdecimal():
        raise Refused(N_("Write a whole number."), field=name)
    return int(text)
