"""Writing a plan: its items to the left, the words in the middle, the real page to the right.

What is typed is a draft until Ctrl+Enter or the button makes it part of the plan; choosing another item
or leaving keeps the draft.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from coachdesk.domain.notes import Draft
from coachdesk.domain.plan import DRAFT, SIGNED, PlanItem, PlanVersion
from coachdesk.domain.plan_content import MISSING, PARTLY, Asked
from coachdesk.domain.plan_sheet import VersionSheet
from coachdesk.errors import Refused
from coachdesk.i18n import _
from coachdesk.ui.day_edit import upper
from coachdesk.ui.paper import PaperDialog
from coachdesk.ui.plans.draft_offer import DraftOffer
from coachdesk.ui.plans.drafts import ItemDrafts
from coachdesk.ui.plans.items_card import ItemsCard
from coachdesk.ui.plans.page_card import Asked as AskedPage
from coachdesk.ui.plans.page_card import PageCard
from coachdesk.ui.plans.version_acts import VersionActs
from coachdesk.ui.plans.version_bar import VersionBar
from coachdesk.ui.plans.views_card import ViewsCard
from coachdesk.ui.plans.writing_pane import WritingPane
from coachdesk.ui.screen import Spoken
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.layout import column_of

LACKING = (MISSING, PARTLY)


class PlanEditor(QWidget, Spoken):
    """One version of a plan; ``closed`` goes back to the list, ``changed`` after each act."""

    closed = Signal()
    changed = Signal()
    asked = Signal(str)  # replaces, people, sign, view: the dialogs that the tab owns
    opened = Signal(int)  # another version

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.sheet: VersionSheet | None = None
        self._kind = ""
        self._key: str | None = None  # none: the first of its kind; empty: one not yet in the plan
        self._drafts = ItemDrafts(shell, self)
        self.acts = VersionActs(shell, self)
        self.bar, self.offer, self.left = VersionBar(), DraftOffer(), ItemsCard()
        self.pane, self.right = WritingPane(shell), PageCard(shell, self._page)
        self.views = ViewsCard()
        self.sections, self.items, self.form = self.left.sections, self.pane.items, self.pane.form
        self._lay_out()
        self._connect()
        self._allow(False)
        self.retranslate()

    def _lay_out(self) -> None:
        self.columns = QHBoxLayout()
        self.columns.setSpacing(14)
        self.columns.addWidget(self.left)
        for part, share in ((self.pane, 51), (self.right, 49)):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self.columns.addWidget(part, share)
        whole = column_of(self.bar, self.offer, self.views, self.columns, spacing=8)
        whole.setStretch(3, 1)
        self.setLayout(whole)

    def _connect(self) -> None:
        self._drafts.found.connect(self._offered)
        self.offer.taken.connect(self._take)
        self.offer.thrown.connect(self._discard)
        self.bar.back.clicked.connect(self.closed)
        self.bar.opened.connect(self.opened)
        self.bar.asked.connect(self.asked)
        self.bar.paper.clicked.connect(self.print_)
        self.bar.step.clicked.connect(self.take_step)
        self.bar.step_back.clicked.connect(self.take_back)
        self.sections.picked.connect(self.show_section)
        self.items.picked.connect(self.show_item)
        self.items.added.connect(self.add_item)
        self.items.moved.connect(self.move_item)
        self.items.removed.connect(self.remove_item)
        self.form.edited.connect(self._typed)
        self.pane.language.picked.connect(self._speak_plan)
        self.pane.former.clicked.connect(self.previous)
        self.pane.following.clicked.connect(self.next)
        self.right.print_button.clicked.connect(self.print_)
        self.acts.kept.connect(self._kept)
        self.acts.refused.connect(self._refused)

    def fit(self, size_class: str) -> None:
        """Without room the page is behind its button, and the items stand above the words."""
        wide, narrow = size_class == "wide", size_class == "narrow"
        self.right.setVisible(wide)
        self.bar.fit(wide=wide)
        down = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self.columns.setDirection(down)
        self.left.fit(narrow=narrow)
        self.pane.fit(wide=wide)

    # showing

    def begin(self, version_id: int) -> None:
        """Show a version from its beginning; nothing can be typed before it is there."""
        self.leave()
        self.sheet = None
        self._allow(False)
        self.open(version_id)

    def _allow(self, ready: bool) -> None:
        for part in (self.left, self.pane, self.right):
            part.setEnabled(ready)
        self.bar.set_ready(ready)

    def open(self, version_id: int) -> None:
        """Show a version, or read the one that is shown again."""
        from coachdesk.services import plan_sheets

        desk = self.shell.desk
        self.shell.jobs.run(lambda: plan_sheets.version(desk, version_id), then=self.show_sheet, owner=self)

    def show_sheet(self, sheet: VersionSheet) -> None:
        """Show a version that was read; another version begins at its first unwritten item."""
        other = self.sheet is None or self.sheet.version.id != sheet.version.id
        self.sheet = sheet
        if other:
            self.offer.withdraw()
            self._drafts.open(sheet.plan, sheet.version)
            first = next((one for one in sheet.asked if one.state in LACKING), sheet.asked[0])
            self._kind, self._key = first.code.key, None
        waited = not self.pane.isEnabled()
        self._allow(True)
        self._show_all()
        self.draw()
        if waited:
            self.form.text.setFocus()

    def _show_all(self) -> None:
        assert self.sheet is not None
        sheet = self.sheet
        self.bar.show_sheet(sheet)
        self.left.show_sheet(sheet, self.shell.clock.today())
        self.views.show_views(sheet.views)
        self.pane.show_version(sheet.version)
        self.right.say(sheet.version.language)
        self._show_states()
        self.show_section(self._kind, key=self._key)

    def show_section(self, kind: str, key: str | None = None) -> None:
        """Show a kind of item; the words typed for another stay a draft."""
        self._kind = kind
        one = self._asked()
        self.sections.choose(kind)
        self.pane.show_kind(one)
        keys = [item.key for item in one.items]
        self.show_item(key if key in keys or key == "" else keys[0] if keys else "")

    def show_item(self, key: str) -> None:
        """Show one item of the kind, with the words typed for it."""
        assert self.sheet is not None
        one, self._key = self._asked(), key
        kept = next((item for item in one.items if item.key == key), PlanItem(key="", kind=self._kind))
        self.pane.show_item(self.sheet.version, one, kept, self._drafts.get(kept.key or kept.kind))
        if one.many:
            new = [] if kept.key and not self._drafts.get(kept.kind) else [PlanItem(key="", kind=self._kind)]
            self.items.show_items([*one.items, *new], kept.key)
        self._show_buttons()

    def draw(self) -> None:
        """Draw the page as it would print now."""
        self.right.draw()

    def _page(self) -> AskedPage | None:
        """What to draw: the items with what is typed, and the heading to have in sight."""
        if self.sheet is None:
            return None
        version = self.sheet.version
        known = {item.key for item in version.items}
        items = [self._drafts.get(item.key) or item for item in version.items]
        items += [item for slot, item in self._drafts.all() if slot not in known]
        return version, items, upper(self._asked().code.name(version.language))

    def _show_states(self) -> None:
        assert self.sheet is not None
        self.left.show_states(self.sheet, [slot for slot, _item in self._drafts.all()])

    def _show_buttons(self) -> None:
        assert self.sheet is not None
        self.bar.allow(self.sheet, self._hindrance())
        self.pane.former.setEnabled(bool(self.sections.beside(-1)))
        self.pane.following.setEnabled(bool(self.sections.beside(1)))
        self.pane.show_cautions(self.sheet, self._kind)

    def _hindrance(self) -> str:
        """Why the version cannot be marked final yet; empty where nothing hinders the next step."""
        assert self.sheet is not None
        if self.sheet.version.state != DRAFT:
            return ""
        if not self.sheet.ready and not self._nearly():
            return _("Some items are still missing.")
        if self.offer.drafts or any(item.kind != self._kind for _slot, item in self._drafts.all()):
            return _("Some items are typed but not yet part of the plan.")
        return ""

    def _nearly(self) -> bool:
        """Whether the words typed now complete the plan."""
        assert self.sheet is not None
        lacking = [one for one in self.sheet.asked if one.state in LACKING]
        return len(lacking) == 1 and lacking[0].code.key == self._kind and self._drafts.any_of(self._kind)

    def _asked(self) -> Asked:
        assert self.sheet is not None
        return next((one for one in self.sheet.asked if one.code.key == self._kind), self.sheet.asked[0])

    # acts

    def record(self, then: Callable[[], object] | None = None) -> None:
        """Make the words typed part of the plan; ``then`` follows when it is done or nothing was typed."""
        assert self.sheet is not None
        item, version, go_on = self.form.item(), self.sheet.version, then or (lambda: None)
        slot = item.key or item.kind
        if not version.open or not self._drafts.get(slot):
            go_on()
            return
        try:
            self.form.judge()
        except Refused:
            return

        def written(kept: PlanVersion) -> None:
            self._drafts.forget(slot)
            self._key = item.key or next((i.key for i in reversed(kept.items) if i.kind == item.kind), "")

        self.acts.write(version, item, written, go_on)

    def next(self) -> None:
        """Write the item and go on to the next."""
        self._go(1)

    def previous(self) -> None:
        """Write the item and go to the one before."""
        self._go(-1)

    def add_item(self) -> None:
        """Write this item and begin another of its kind."""

        def begin() -> None:
            self.show_item("")
            self.form.text.setFocus()

        self.record(begin)

    def move_item(self, key: str, to: int) -> None:
        """Move an item among its kind."""
        assert self.sheet is not None
        self.acts.move(self.sheet.version, key, to)

    def remove_item(self, key: str) -> None:
        """Take an item away; it can be taken back."""
        assert self.sheet is not None
        self._drafts.forget(key)
        self._key = None
        self.acts.remove(self.sheet.version, key)

    def take_step(self) -> None:
        """Do what comes next: mark final, record signatures, or begin a new version."""
        assert self.sheet is not None
        if self.sheet.version.state in (DRAFT, SIGNED):
            self.record(self._take_step)
        else:
            self.asked.emit("sign")

    def _take_step(self) -> None:
        assert self.sheet is not None
        self.acts.go_on(self.sheet.version)

    def take_back(self) -> None:
        """Take a final version back to a draft, or begin a new one from a printed."""
        assert self.sheet is not None
        self.acts.go_back(self.sheet.version)

    def print_(self) -> None:
        """Show the paper, to be printed or saved; only then is it marked printed."""
        from coachdesk.services import forms

        assert self.sheet is not None
        desk, version = self.shell.desk, self.sheet.version

        def show(drawn: forms.Printed) -> None:
            PaperDialog(
                self.shell,
                drawn.pdf,
                drawn.title,
                drawn.file_name,
                printed=lambda: self.acts.printed(version),
                parent=self.window(),
            ).exec()

        self.record(
            lambda: self.shell.jobs.run(
                lambda: forms.plan(desk, version.id), then=show, lane="reading", owner=self
            )
        )

    def leave(self) -> None:
        """Keep what is typed as a draft."""
        self._drafts.keep()

    def _go(self, step: int) -> None:
        key = self.sections.beside(step)

        def go() -> None:
            if key:
                self.show_section(key)
                self.draw()
            self.form.text.setFocus()

        self.record(go)

    def _speak_plan(self, language: str) -> None:
        assert self.sheet is not None
        self.acts.speak(self.sheet.version, language)

    def _typed(self) -> None:
        item = self.form.item()
        new = not self._drafts.get(item.key or item.kind)
        self._drafts.put(item.key or item.kind, item, self.form.text.textCursor().position())
        if new:
            self._show_states()
            self._show_buttons()
        self.right.pause.start()

    def _kept(self, version: PlanVersion) -> None:
        self.changed.emit()
        if self.sheet is not None and self.sheet.plan.id == version.plan_id:
            self.open(version.id)

    def _refused(self, problem: Exception) -> None:
        if not (isinstance(problem, Refused) and self.form.say_wrong(problem)):
            self.shell.notices.show(problem)

    # words left before

    def _offered(self, drafts: tuple[Draft, ...]) -> None:
        self.offer.offer(drafts)
        self._show_buttons()

    def _take(self, drafts: tuple[Draft, ...]) -> None:
        """Go on with the words left before, the caret where it was."""
        self._drafts.take(drafts)
        slot = drafts[0].subject.rpartition(":")[2]
        item = self._drafts.get(slot)
        self._show_states()
        self._show_buttons()
        if item is not None:
            self.show_section(item.kind, item.key)
            cursor = self.form.text.textCursor()
            cursor.setPosition(min(drafts[0].caret, len(item.text)))
            self.form.text.setTextCursor(cursor)
            self.form.text.setFocus()
        self.draw()

    def _discard(self, drafts: tuple[Draft, ...]) -> None:
        self._drafts.discard(drafts)
        self._show_buttons()

    # words

    def retranslate(self) -> None:
        """Set the words."""
        self.speak()
        for part in (self.bar, self.offer, self.left, self.views, self.pane):
            part.retranslate()
        if self.sheet is not None:
            self._show_all()
        else:
            self.right.say("")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "views"):
            self.retranslate()
        super().changeEvent(event)
