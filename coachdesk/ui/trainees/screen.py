"""Trainees: find as you type, filter, sort, look at one beside the list, open."""

from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from coachdesk.domain.phases import PHASE_NAMES, PHASES
from coachdesk.domain.trainee_sheets import TraineeRow
from coachdesk.i18n import N_, _, current, ngettext
from coachdesk.ui import icons, theme
from coachdesk.ui.columns import ColumnModel, table_of
from coachdesk.ui.day_edit import ChoiceBox
from coachdesk.ui.flow import FlowLayout
from coachdesk.ui.screen import Screen
from coachdesk.ui.trainees import columns
from coachdesk.ui.trainees.finding import best_first
from coachdesk.ui.trainees.preview import PreviewCard
from coachdesk.ui.whose import WhoseBox
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.empty import EmptyState
from coachdesk.ui.widgets.layout import row_of, rule
from coachdesk.ui.widgets.words import label

ALL, MINE, RUNNING, ENDED_TOO = "all", "mine", "running", "ended"
MOST_WORDS = 190  # a box of the filters is no wider, however long what it offers is
WIDEST_SEARCH = 300
LARGE = 1.3  # text from which a narrow window has room for two columns


class TraineesScreen(Screen):
    """The list of picture 04."""

    keys = (
        (N_("Up, Down"), N_("choose")),
        (N_("Enter"), N_("open")),
        (N_("Esc"), N_("clear the search")),
        (N_("Ctrl+N"), N_("new note to the person chosen")),
        (N_("Ctrl+Shift+N"), N_("new trainee")),
        (N_("F2"), N_("edit the person chosen")),
    )

    def build(self) -> None:
        self.rows: tuple[TraineeRow, ...] = ()
        self._wide = True
        self.workshops: tuple[tuple[int, str], ...] = ()
        self._let_through: tuple[object, list[TraineeRow]] = (None, [])
        self._build_top()
        self.model = ColumnModel(columns.columns(self._today), self)
        self.table = table_of(self.model, row_height=columns.ROW, inside=True)
        self.delegate = columns.TraineeDelegate(self.table, self._today)
        self.table.setItemDelegate(self.delegate)
        self.table.doubleClicked.connect(lambda _index: self.open_chosen())
        self.table.selectionModel().currentRowChanged.connect(self._chose)
        self.model.modelReset.connect(self._choose_first)
        self.table.installEventFilter(self)
        self.preview = PreviewCard(self.shell)
        self.preview.setFixedWidth(296)
        self.preview.open.clicked.connect(self.open_chosen)
        self.preview.note.clicked.connect(self.new)
        self.none = EmptyState("users", button=True, picture="archive")
        self.none.asked.connect(self._asked)
        self.none.hide()
        self.foot = label("", "secondary", wrap=True)
        self.foot.setContentsMargins(14, 7, 14, 8)
        self.bring = Button(kind="link", icon="file-import")
        self.bring.clicked.connect(self.import_file)
        self.list = Card(margins=(1, 1, 1, 1))
        for part in (self.table, self.none):
            self.list.add(part, 1)
        self.list.add(rule())
        foot = row_of(self.foot, self.bring, 12)
        foot.setStretch(0, 1)
        self.list.body.addLayout(foot)
        self.list.body.setSpacing(0)
        body = row_of(self.list, self.preview, spacing=14)
        body.setStretch(0, 1)
        self.outer = QVBoxLayout(self)
        self.outer.setContentsMargins(20, 0, 20, 12)
        self.outer.setSpacing(12)
        self.outer.addLayout(self.top)
        self.outer.addLayout(body, 1)

    def _build_top(self) -> None:
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(150)
        self.search.setMaximumWidth(theme.px(WIDEST_SEARCH))
        self.lens = self.search.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self.filter)
        self.search.installEventFilter(self)
        self.phase, self.whose, self.running, self.workshop = (ChoiceBox() for _at in range(4))
        self.shared_whose = WhoseBox(self.shell, self)
        self.shared_whose.turned.connect(self.refresh)
        for box in (self.phase, self.whose, self.running, self.workshop):
            box.chosen.connect(lambda _key: self.filter())
            box.fit_words(MOST_WORDS)
        self.whose.setMinimumContentsLength(5)  # its words are short: the room is for what is searched
        self.workshop.hide()
        self.add = Button(kind="primary", icon="plus")
        self.add.clicked.connect(self.new_trainee)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.filters = QWidget()
        flow = FlowLayout(self.filters)
        for box in (self.phase, self.whose, self.shared_whose, self.running, self.workshop):
            flow.addWidget(box)
        self.top = row_of(self.search, self.filters, None, self.add)
        self.top.setStretch(0, 100)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "lens"):
            self.lens.setIcon(icons.icon("search"))
            self.search.setMaximumWidth(theme.px(WIDEST_SEARCH))
        super().changeEvent(event)

    def _today(self) -> date:
        return self.shell.clock.today()

    def title(self) -> str:
        return _("Trainees")

    def subtitle(self) -> str:
        count = sum(1 for row in self.rows if row.ended is None)
        return ngettext("{count} active", "{count} active", count).format(count=count)

    def retranslate(self) -> None:
        super().retranslate()
        self.search.setPlaceholderText(_("Search by name or code"))
        self.search.setAccessibleName(_("Search by name or code"))
        self.add.setText(_("New trainee"))
        self.bring.setText(_("Import a spreadsheet"))
        phases = [(str(phase), f"{phase} {_(PHASE_NAMES[phase])}") for phase in PHASES]
        self.phase.offer([(ALL, _("All phases")), *phases])
        self.phase.setAccessibleName(_("Phase"))
        self.whose.offer([(ALL, _("Everybody's")), (MINE, _("My own"))])
        self.whose.setAccessibleName(_("Whose trainees"))
        self.shared_whose.retranslate()
        self.running.offer([(RUNNING, _("Active only")), (ENDED_TOO, _("Ended too"))])
        self.running.setAccessibleName(_("Active or ended too"))
        self.workshop.offer([(ALL, _("All workshops")), *((str(i), name) for i, name in self.workshops)])
        self.workshop.setAccessibleName(_("Workshop"))
        self.table.setAccessibleName(_("Trainees"))
        self.model.retranslate()
        self.preview.retranslate()
        self._tell_count()

    def import_file(self) -> None:
        """Take a spreadsheet in; the list is read anew when it changed the desk."""
        from coachdesk.ui.imports.dialog import open_import

        open_import(self.shell, self, then=self.refresh)

    def first_focus(self) -> QWidget:
        return self.search

    def arrive(self, hint: Any) -> None:
        if isinstance(hint, str) and hint == "new":
            self.new_trainee()

    def refresh(self) -> None:
        from coachdesk.services import trainees, whose, workshops

        desk, wish = self.shell.desk, self.shared_whose.wish

        def read() -> tuple[Any, Any, Any]:
            shown = whose.of(desk, wish)
            return shown, trainees.listing(desk, shown), workshops.all_workshops(desk)

        self.shell.jobs.run(read, then=self._show_read, lane="reading", owner=self)

    def _show_read(self, found: tuple[Any, Any, Any]) -> None:
        shown, rows, workshops = found
        self.shared_whose.show_key(shown.key, shared=shown.shared)
        self.whose.setVisible(not shown.shared)
        if shown.shared:
            self.whose.choose(ALL)
        self.workshops = tuple((w.id, w.name(current().language)) for w in workshops)
        self.workshop.setVisible(len(workshops) > 1)
        self.workshop.offer([(ALL, _("All workshops")), *((str(i), name) for i, name in self.workshops)])
        self.show_rows(rows)

    def show_rows(self, rows: tuple[TraineeRow, ...]) -> None:
        """Show other rows, keeping the choice and the filters."""
        chosen = self.chosen_id
        self.rows = tuple(rows)
        self.filter()
        self.shell.titled.emit()
        at = self.model.place_of(lambda row: row.trainee_id == chosen)
        if at >= 0:
            self.table.selectRow(at)

    def filter(self, _typed: str = "") -> None:
        """Show the rows that fit what is typed and chosen, the best hits first."""
        typed = self.search.text().strip()
        self.delegate.typed = typed
        self.model.show_rows(best_first(self._chosen_rows(), typed))
        self._tell_count()

    def _chosen_rows(self) -> list[TraineeRow]:
        """The rows that the boxes let through; kept while only the typed text changes."""
        now = (self.running.key, self.whose.key, self.phase.key, self.workshop.key, id(self.rows))
        if self._let_through[0] != now:
            self._let_through = (now, [row for row in self.rows if self._kept(row)])
        return self._let_through[1]

    def _kept(self, row: TraineeRow) -> bool:
        return (row.ended is None or self.running.key == ENDED_TOO) and self._fits_boxes(row)

    def _fits_boxes(self, row: TraineeRow) -> bool:
        if self.whose.key == MINE and row.coach_id != self.shell.desk.coach_id:
            return False
        if self.phase.key != ALL and row.phases[int(self.phase.key) - 1] != "o":
            return False
        return self.workshop.key in ("", ALL) or int(self.workshop.key) in row.workshop_ids

    def _tell_count(self) -> None:
        count, everybody = len(self.model.rows), len(self.rows)
        self.table.setVisible(bool(count))
        self.none.setVisible(not count)
        self._show_preview()
        self.none.button.picture = "archive" if self._ended_wait() else "x" if self.rows else "plus"
        if not self.rows:
            detail = _("Register somebody, or bring in the spreadsheet that the workshop has.")
            self.none.set_words(_("No trainees yet."), detail, _("New trainee"))
        elif not self._ended_wait():
            self.none.set_words(_("No hits."), "", _("Clear the search"))
        else:
            self.none.set_words(_("No hits. Look among the ended too?"), "", _("Show the ended too"))
        words = [current().fill(N_("{count} of {all}"), count=count, all=everybody)]
        if self.search.text().strip():
            words.append(_("letters without dots also find those with dots"))
        words += [_("↑ ↓ choose"), _("Enter open"), _("Esc clear the search")]
        self.foot.setText(" · ".join(words))

    def _ended_wait(self) -> bool:
        """Whether somebody who has ended would be found."""
        if self.running.key == ENDED_TOO or self.model.rows:
            return False
        ended = [row for row in self.rows if row.ended is not None and self._fits_boxes(row)]
        return bool(best_first(ended, self.search.text().strip()))

    def _show_preview(self) -> None:
        """The card beside the list stands there only where somebody is chosen to be shown."""
        shown = self._wide and bool(self.model.rows)
        if self.preview.isHidden() == shown:
            self.preview.setVisible(shown)

    def _asked(self) -> None:
        if not self.rows:
            self.new_trainee()
        elif not self._ended_wait():
            self.search.clear()
            for box in (self.phase, self.whose, self.workshop):
                box.choose(ALL)
            self.filter()
        else:
            self.running.choose(ENDED_TOO)
            self.filter()
        self.search.setFocus()

    def _choose_first(self) -> None:
        if self.model.rows:
            self.table.selectRow(0)
        else:
            self.preview.choose(None)

    def _chose(self, index: QModelIndex, _before: QModelIndex) -> None:
        row = self.model.row(index)
        self.preview.choose(row)
        self.table.viewport().update()

    @property
    def chosen_id(self) -> int | None:
        """The person chosen in the list."""
        row = self.model.row(self.table.currentIndex())
        return row.trainee_id if row else None

    def open_chosen(self, tab: str | None = None, hint: Any = None) -> None:
        """Open the page of the person chosen."""
        if self.chosen_id is not None:
            beside = tuple(row.trainee_id for row in self.model.rows)
            self.shell.go("trainees", trainee_id=self.chosen_id, tab=tab, hint=hint or {"beside": beside})

    def new(self) -> None:
        if self.chosen_id is None:
            self.new_trainee()
        else:
            self.open_chosen("notes", {"new_note": True})

    def new_trainee(self) -> None:
        """Register somebody; the page opens when that is done."""
        from coachdesk.ui.trainees.editor import TraineeEditor

        editor = TraineeEditor(self.shell, parent=self)
        editor.kept.connect(lambda kept: self.shell.go("trainees", trainee_id=kept.id, tab="overview"))
        editor.opened.connect(lambda trainee_id: self.shell.go("trainees", trainee_id=trainee_id))
        editor.open()

    def find(self) -> None:  # type: ignore[override]
        self.search.setFocus()
        self.search.selectAll()

    def main_action(self) -> None:
        self.open_chosen()

    def leave(self) -> None:
        self.preview.let_go()

    def fit(self, size_class: str) -> None:
        self._wide = size_class == "wide"
        self._show_preview()
        if size_class == "wide":
            self.top.insertWidget(1, self.filters)
        else:
            self.outer.insertWidget(1, self.filters)
        self.table.setMinimumHeight(200 if size_class == "narrow" else 0)
        for column in (columns.DAYS, columns.CONSENT):
            self.table.setColumnHidden(column, size_class == "narrow")
        self.table.setColumnHidden(columns.STEP, size_class == "narrow" and theme.look()[1] > LARGE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if watched is self.search and event.key() == Qt.Key.Key_Escape and self.search.text():
                event.accept()  # the search is emptied before the window takes Esc
                return True
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                self.open_chosen()
                return True
            if event.key() == Qt.Key.Key_F2:
                self.open_chosen("overview", {"edit": True})
                return True
            if watched is self.search and self._search_key(event):
                return True
        return super().eventFilter(watched, event)

    def _search_key(self, event: QKeyEvent) -> bool:
        step = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 10,
            Qt.Key.Key_PageUp: -10,
        }.get(Qt.Key(event.key()))
        if step is not None and self.model.rows:
            at = max(0, min(len(self.model.rows) - 1, self.table.currentIndex().row() + step))
            self.table.selectRow(at)
            return True
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            return True
        return False
