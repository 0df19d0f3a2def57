"""Writing a plan: its items to the left, the words in the middle, the real page to the right.

What is typed is a draft until Ctrl+Enter or the button makes it part of the plan; choosing another item
or leaving keeps the draft.
"""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QMenu, QScrollArea, QSizePolicy, QWidget

from coachdesk.domain.notes import Draft
from coachdesk.domain.plan import DRAFT, FINAL, PRINTED, SIGNED, PlanItem, PlanVersion
from coachdesk.domain.plan_content import Asked
from coachdesk.domain.plan_sheet import VersionSheet
from coachdesk.errors import Refused
from coachdesk.i18n import _, current
from coachdesk.ui import theme
from coachdesk.ui.day_edit import upper
from coachdesk.ui.paper import PaperDialog
from coachdesk.ui.plans.drafts import ItemDrafts
from coachdesk.ui.plans.item_form import QWIDGETSIZE_MAX, ItemForm
from coachdesk.ui.plans.items_bar import ItemsBar
from coachdesk.ui.plans.preview import PageImage, PlanPages, draw_pages
from coachdesk.ui.plans.sections import WRITING, SectionList, SectionRow, short_name
from coachdesk.ui.plans.words import IN_LANGUAGE, called, filled, kind_name, law, version_words
from coachdesk.ui.screen import Spoken
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.layout import column_of, row_of
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.pictures import Chip
from coachdesk.ui.widgets.segmented import Segmented
from coachdesk.ui.widgets.words import heading, label

PAUSE = 400  # milliseconds after the last key before the page is drawn again
CHIPS = {DRAFT: "neutral", FINAL: "info", PRINTED: "info", SIGNED: "ok"}


class PlanEditor(QWidget, Spoken):
    """One version of a plan; ``closed`` goes back to the list, ``changed`` after each act."""

    closed = Signal()
    changed = Signal()
    asked = Signal(str)  # replaces, people, sign: the dialogs that the tab owns
    opened = Signal(int)  # another version

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.sheet: VersionSheet | None = None
        self._kind = ""
        self._key = ""
        self._drafts = ItemDrafts(shell, self)
        self._drafts.found.connect(self._offer)
        self._old: tuple[Draft, ...] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.draw)
        self._drawing, self._again = False, False
        self._build()
        self.retranslate()

    # building

    def _build(self) -> None:
        self.back = Button(kind="flat", icon="arrow-left")
        self.state = Chip()
        self.versions = Button(icon="list")
        self.versions.setMenu(QMenu(self.versions))
        self.replaces, self.people = Button(icon="copy"), Button(icon="users-group")
        self.step_back = Button(icon="arrow-back-up")
        self.step = Button(kind="primary")
        self.paper = Button(icon="printer", key="Ctrl+P")
        self.paper.clicked.connect(self.print_)
        self.paper.hide()
        self.top = row_of(
            row_of(self.back, self.state, self.versions, None),
            row_of(self.paper, self.replaces, self.people, self.step_back, self.step),
        )
        self.columns = QHBoxLayout()
        self.columns.setSpacing(14)
        self.columns.addWidget(self._build_sections())
        for part, share in ((self._build_middle(), 51), (self._build_preview(), 49)):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self.columns.addWidget(part, share)
        whole = column_of(self.top, self._build_offer(), self.columns, spacing=8)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.back.clicked.connect(self.closed)
        self.replaces.clicked.connect(lambda: self.asked.emit("replaces"))
        self.people.clicked.connect(lambda: self.asked.emit("people"))
        self.step.clicked.connect(self.take_step)
        self.step_back.clicked.connect(self.take_back)

    def _build_offer(self) -> QWidget:
        """Drafts from before are offered once, when the version is opened."""
        self.offer = Notice("info", icon="pencil")
        self.go_on, self.throw = Button(kind="primary"), Button()
        for button in (self.throw, self.go_on):
            self.offer.add_button(button)
        self.go_on.clicked.connect(self.take_drafts)
        self.throw.clicked.connect(self.discard_drafts)
        self.offer.hide()
        return self.offer

    def _build_sections(self) -> QWidget:
        self.left = Card(margins=(1, 10, 1, 8))
        self.name, self.progress = heading(wrap=True), label("", "secondary")
        self.replaced = label("", "secondary", wrap=True)
        for words in (self.name, self.progress, self.replaced):
            words.setContentsMargins(12, 0, 8, 0)
        self.sections = SectionList()
        self.sections.picked.connect(self.show_section)
        self.left.body.setSpacing(3)
        for part in (self.name, self.progress):
            self.left.add(part)
        self.left.add(self.sections, 1)
        self.left.add(self.replaced)
        self.left.setFixedWidth(theme.px(256))
        return self.left

    def _build_middle(self) -> QWidget:
        self.title, self.section = heading(), label("", "secondary")
        self.language = Segmented(("fi", "sv"))
        self.language.picked.connect(self._speak_plan)
        self.locked = Notice("neutral", icon="lock")
        self.items = ItemsBar()
        self.items.picked.connect(self.show_item)
        self.items.added.connect(self.add_item)
        self.items.moved.connect(self.move_item)
        self.items.removed.connect(self.remove_item)
        self.form = ItemForm(self.shell.clock.today())
        self.form.edited.connect(self._typed)
        self.caution = Notice("warn")
        self.former, self.following = Button(icon="arrow-left"), Button(kind="primary", key="Ctrl+PgDown")
        self.former.clicked.connect(self.previous)
        self.following.clicked.connect(self.next)
        inside = QWidget()
        inside.setProperty("screen", True)
        words = column_of(self.locked, self.items, self.form, self.caution)
        words.setContentsMargins(2, 2, 2, 2)
        words.setStretch(2, 1)
        inside.setLayout(words)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self.middle = middle = QWidget()
        head = row_of(column_of(self.title, self.section, spacing=0), None, self.language)
        foot = row_of(self.former, self.following, None)
        whole = column_of(head, scroll, foot, spacing=6)
        whole.setStretch(1, 1)
        middle.setLayout(whole)
        return middle

    def _build_preview(self) -> QWidget:
        self.right = Card(margins=(10, 8, 10, 10))
        self.print_button = Button(icon="printer", key="Ctrl+P")
        self.print_button.clicked.connect(self.print_)
        self.right.add_aside(self.print_button)
        self.pages = PlanPages()
        self.right.add(self.pages, 1)
        return self.right

    def fit(self, size_class: str) -> None:
        """Without room the page is behind its button, and the items stand above the words."""
        wide, narrow = size_class == "wide", size_class == "narrow"
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self.right.setVisible(wide)
        self.paper.setVisible(not wide)
        self.top.setDirection(across if wide else down)
        self.columns.setDirection(down if narrow else across)
        self.left.setMinimumWidth(0 if narrow else theme.px(256))
        self.left.setMaximumWidth(QWIDGETSIZE_MAX if narrow else theme.px(256))
        self.sections.setMinimumHeight(theme.px(150) if narrow else 0)
        self.middle.setMinimumHeight(0 if wide else theme.px(430))

    # showing

    def open(self, version_id: int) -> None:
        """Show a version."""
        from coachdesk.services import plan_sheets

        desk = self.shell.desk
        self.shell.jobs.run(lambda: plan_sheets.version(desk, version_id), then=self.show_sheet, owner=self)

    def show_sheet(self, sheet: VersionSheet) -> None:
        """Show a version that was read; another version begins at its first unwritten item."""
        other = self.sheet is None or self.sheet.version.id != sheet.version.id
        self.sheet = sheet
        if other:
            self.offer.hide()
            self._drafts.open(sheet.plan, sheet.version)
            first = next((one for one in sheet.asked if one.state != "done"), sheet.asked[0])
            self._kind, self._key = first.code.key, ""
        self._show_head()
        self._show_sections()
        self.show_section(self._kind, key=self._key)
        self.draw()

    def show_section(self, kind: str, key: str = "") -> None:
        """Show a kind of item; the words typed for another stay a draft."""
        assert self.sheet is not None
        self._kind = kind
        one = self._asked()
        self.sections.choose(kind)
        self.title.setText(short_name(one.code))
        self.section.setText(law(one.section, kind))
        language = current().language
        self.form.ask(str(one.code.more["asks_sv" if language == "sv" else "asks_fi"]))
        self.items.setVisible(one.many)
        first = one.items[0].key if one.items else ""
        self.show_item(key or first)

    def show_item(self, key: str) -> None:
        """Show one item of the kind, with the words typed for it."""
        assert self.sheet is not None
        one = self._asked()
        self._key = key
        kept = next((item for item in one.items if item.key == key), PlanItem(key="", kind=self._kind))
        shown = self._drafts.get(kept.key or kept.kind) or kept
        locked = not self.sheet.version.open
        self.form.show_item(replace(shown, key=kept.key), one.fields, short=one.many)
        self.form.text_field.set_caption(self._caption())
        self.form.set_locked(locked)
        self.items.set_locked(locked)
        if one.many:
            new = [] if kept.key and not self._drafts.get(kept.kind) else [PlanItem(key="", kind=self._kind)]
            self.items.show_items([*one.items, *new], kept.key)
        self._show_buttons()

    def draw(self) -> None:
        """Draw the page as it would print now, off this thread; one drawing at a time."""
        if self.sheet is None:
            return
        if self._drawing:
            self._again = True
            return
        from coachdesk.services import plan_papers

        self._drawing = True
        desk, version = self.shell.desk, self.sheet.version
        items, find = self._as_typed(), self._asked().code.name(version.language)
        width = round(self.pages.page_width() * self.devicePixelRatioF())

        def work() -> tuple[PageImage, ...]:
            pdf, _language = plan_papers.preview(desk, version.id, items)
            return draw_pages(pdf, width, upper(find))

        self.shell.jobs.run(work, then=self._drawn, failed=self._not_drawn, lane="reading", owner=self)

    def _drawn(self, pages: tuple[PageImage, ...]) -> None:
        self._drawing = False
        self.pages.show_pages(pages)
        if self._again:
            self._again = False
            self.draw()

    def _not_drawn(self, problem: Exception) -> None:
        self._drawing = False
        self.shell.notices.show(problem)

    # acts

    def record(self, then: Callable[[], object] | None = None) -> None:
        """Make the words typed part of the plan; ``then`` follows when it is done or nothing was typed."""
        from coachdesk.services import plans

        assert self.sheet is not None
        item, version = self.form.item(), self.sheet.version
        if not version.open or not self._drafts.get(item.key or item.kind):
            if then is not None:
                then()
            return
        try:
            self.form.judge()
        except Refused:
            return
        desk, slot = self.shell.desk, item.key or item.kind

        def recorded(kept: PlanVersion) -> None:
            self._drafts.forget(slot)
            self._key = item.key or next((i.key for i in reversed(kept.items) if i.kind == item.kind), "")
            self._did(_("The item was written."), version, kept)
            if then is not None:
                then()

        self.shell.jobs.run(
            lambda: plans.write_item(desk, version.id, item), then=recorded, failed=self._refused, owner=self
        )

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
        from coachdesk.services import plans

        assert self.sheet is not None
        desk, version = self.shell.desk, self.sheet.version
        self.shell.jobs.run(
            lambda: plans.move_item(desk, version.id, key, to),
            then=lambda kept: self._did(_("The item was moved."), version, kept),
            owner=self,
        )

    def remove_item(self, key: str) -> None:
        """Take an item away; it can be taken back."""
        from coachdesk.services import plans

        assert self.sheet is not None
        desk, version = self.shell.desk, self.sheet.version
        self._drafts.forget(key)

        def removed(kept: PlanVersion) -> None:
            self._key = ""
            self._did(_("The item was removed."), version, kept)

        self.shell.jobs.run(lambda: plans.remove_item(desk, version.id, key), then=removed, owner=self)

    def take_step(self) -> None:
        """Do what comes next: mark final, record signatures, or begin a new version."""
        from coachdesk.services import plans

        assert self.sheet is not None
        desk, version = self.shell.desk, self.sheet.version
        match version.state:
            case "draft":
                self.record(lambda: self._act(lambda: plans.finish(desk, version.id)))
            case "signed":
                self._act(lambda: plans.new_version(desk, version.plan_id))
            case _:
                self.asked.emit("sign")

    def take_back(self) -> None:
        """Take a final version back to a draft, or begin a new one from a printed."""
        from coachdesk.services import plans

        assert self.sheet is not None
        desk, version = self.shell.desk, self.sheet.version
        if version.state == FINAL:
            self._act(lambda: plans.reopen(desk, version.id))
        else:
            self._act(lambda: plans.new_version(desk, version.plan_id))

    def print_(self) -> None:
        """Show the paper, to be printed or saved; only then is it marked printed."""
        from coachdesk.services import forms

        assert self.sheet is not None
        desk, version = self.shell.desk, self.sheet.version

        def show(drawn: forms.Printed) -> None:
            dialog = PaperDialog(
                self.shell,
                drawn.pdf,
                drawn.title,
                drawn.file_name,
                printed=self.printed,
                parent=self.window(),
            )
            dialog.exec()

        self.record(
            lambda: self.shell.jobs.run(
                lambda: forms.plan(desk, version.id), then=show, lane="reading", owner=self
            )
        )

    def printed(self) -> None:
        """Record that the paper was printed."""
        from coachdesk.services import plans

        assert self.sheet is not None
        desk, version = self.shell.desk, self.sheet.version
        self._act(lambda: plans.mark_printed(desk, version.id))

    def _offer(self, old: tuple[Draft, ...]) -> None:
        self._old = old
        self._say_offer()
        self.offer.show()
        self._show_buttons()

    def _say_offer(self) -> None:
        if self._old:
            at = current().time(max(draft.at for draft in self._old))
            self.offer.set_text(current().fill("A draft of this plan was left at {time}.", time=at))

    def take_drafts(self) -> None:
        """Go on with the words left before."""
        self._drafts.take(self._old)
        self.offer.hide()
        self._show_buttons()
        slot = self._old[0].subject.rpartition(":")[2]
        item = self._drafts.get(slot)
        self._show_sections()
        if item is not None:
            self.show_section(item.kind, item.key)
            cursor = self.form.text.textCursor()
            cursor.setPosition(min(self._old[0].caret, len(item.text)))
            self.form.text.setTextCursor(cursor)
            self.form.text.setFocus()
        self.draw()

    def discard_drafts(self) -> None:
        """Throw the words left before away."""
        self._drafts.discard(self._old)
        self._old = ()
        self.offer.hide()
        self._show_buttons()

    def leave(self) -> None:
        """Keep what is typed as a draft."""
        self._drafts.keep()

    # words

    def retranslate(self) -> None:
        """Set the words."""
        self.speak()
        self.back.setText(_("All plans"))
        self.replaces.setText(_("Replaces…"))
        self.people.setText(_("Who took part…"))
        self.former.setText(_("Previous"))
        self.go_on.setText(_("Go on"))
        self.throw.setText(_("Discard"))
        self._say_offer()
        self.following.setText(_("Next item"))
        self.print_button.setText(_("Print"))
        self.paper.setText(_("Print"))
        self.sections.setAccessibleName(_("Items of the plan"))
        self.language.set_words({"fi": "Suomi", "sv": "Svenska"})
        for key, words in (("fi", _("Plan in Finnish")), ("sv", _("Plan in Swedish"))):
            self.language.buttons[key].setAccessibleName(words)
        if self.sheet is not None:
            self._show_head()
            self._show_sections()
            self.show_section(self._kind, self._key)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "pages"):
            self.retranslate()
        super().changeEvent(event)

    def _show_head(self) -> None:
        assert self.sheet is not None
        sheet, today = self.sheet, self.shell.clock.today()
        version = sheet.version
        self.name.setText(kind_name(sheet.plan, today))
        self.progress.setText(filled(sheet))
        self.state.set_state(version_words(version), CHIPS[version.state])
        self.replaced.setText(self._replaced())
        self.replaced.setVisible(bool(self.replaced.text()))
        self.language.choose(version.language)
        for button in self.language.buttons.values():
            button.setEnabled(version.open)
        self.right.set_title(
            current().fill("Print, {language}", language=_(IN_LANGUAGE.get(version.language, "")))
        )
        self._show_versions()
        self._show_caution()

    def _replaced(self) -> str:
        assert self.sheet is not None
        former = next((v for v in self.sheet.versions if v.version < self.sheet.version.version), None)
        lines = []
        if former and former.signed:
            lines.append(
                current().fill(
                    "Replaces version {version} ({day})", version=former.version, day=former.signed
                )
            )
        if self.sheet.replaced:
            plan = called(self.sheet.replaced, self.shell.clock.today())
            lines.append(current().fill("Replaces: {plan}", plan=plan))
        elif self.sheet.plan.replaces_kind:
            from coachdesk.services.plan_papers import sentence

            lines.append(upper(sentence(self.sheet.plan.replaces_kind).name(current().language)))
        return "\n".join(lines)

    def _show_versions(self) -> None:
        assert self.sheet is not None
        self.versions.setText(current().fill("Version {version}", version=self.sheet.version.version))
        self.versions.setVisible(len(self.sheet.versions) > 1)
        menu = self.versions.menu()
        menu.clear()
        for version in self.sheet.versions:
            menu.addAction(version_words(version)).triggered.connect(
                lambda _checked=False, found=version.id: self.opened.emit(found)
            )

    def _show_caution(self) -> None:
        assert self.sheet is not None
        found = [current().fill(one.message, **one.values) for one in self.sheet.cautions]
        sources = [one.source for one in self.sheet.cautions if one.source]
        self.caution.set_state("warn", "\n".join([*found, *dict.fromkeys(sources)]))
        on_place = self._kind in ("duration", "activity_period")
        self.caution.setVisible(bool(found) and on_place)

    def _show_sections(self) -> None:
        assert self.sheet is not None
        rows = []
        for one in self.sheet.asked:
            keys = [one.code.key, *(item.key for item in one.items)]
            state = WRITING if any(self._drafts.get(key) for key in keys) else one.state
            rows.append(SectionRow(code=one.code, section=one.section, state=state))
        self.sections.lines.show_rows(tuple(rows))

    def _show_buttons(self) -> None:
        assert self.sheet is not None
        sheet, version = self.sheet, self.sheet.version
        steps = {
            DRAFT: _("Mark final"),
            FINAL: _("Record signatures…"),
            PRINTED: _("Record signatures…"),
            SIGNED: _("New version"),
        }
        newest = version.id == sheet.versions[0].id
        self.step.setText(steps[version.state])
        self.step.setEnabled(newest and not self._hindrance())
        self.step.setToolTip(self._hindrance())
        self.step_back.setText(_("Back to a draft") if version.state == FINAL else _("New version"))
        self.step_back.setVisible(newest and version.state in (FINAL, PRINTED))
        self.replaces.setEnabled(version.open)
        self.former.setEnabled(bool(self.sections.beside(-1)))
        self.following.setEnabled(bool(self.sections.beside(1)))
        self.locked.setVisible(not version.open)
        self.locked.set_text(self._why_locked())
        self._show_caution()

    def _why_locked(self) -> str:
        assert self.sheet is not None
        match self.sheet.version.state:
            case "signed":
                return _("This version is signed and never changes. A new version begins from it.")
            case "printed":
                return _("This version is printed for signing. A change begins a new version.")
            case "final":
                return _("This version is final. Take it back to a draft to change it.")
        return ""

    def _hindrance(self) -> str:
        """Why the version cannot be marked final yet; empty where nothing hinders the next step."""
        assert self.sheet is not None
        if self.sheet.version.state != DRAFT:
            return ""
        if not self.sheet.ready and not self._nearly():
            return _("Some items are still missing.")
        own = self._asked().code.key
        if self.offer.isVisible() or any(item.kind != own for _slot, item in self._drafts.all()):
            return _("Some items are typed but not yet part of the plan.")
        return ""

    def _nearly(self) -> bool:
        """Whether the words typed now complete the plan."""
        assert self.sheet is not None
        lacking = [one for one in self.sheet.asked if one.state in ("missing", "partly")]
        return len(lacking) == 1 and lacking[0].code.key == self._kind and self._drafts.any_of(self._kind)

    def _caption(self) -> str:
        assert self.sheet is not None
        if self.sheet.version.language == "sv":
            return _("Text of the plan in Swedish")
        return _("Text of the plan in Finnish")

    # inside

    def _asked(self) -> Asked:
        assert self.sheet is not None
        return next((one for one in self.sheet.asked if one.code.key == self._kind), self.sheet.asked[0])

    def _as_typed(self) -> list[PlanItem]:
        """The items with what is typed, for the page."""
        assert self.sheet is not None
        kept = self.sheet.version.items
        items = [self._drafts.get(item.key) or item for item in kept]
        known = {item.key for item in kept}
        return [*items, *(item for slot, item in self._drafts.all() if slot not in known)]

    def _typed(self) -> None:
        item = self.form.item()
        new = not self._drafts.get(item.key or item.kind)
        self._drafts.put(item.key or item.kind, item, self.form.text.textCursor().position())
        if new:
            self._show_sections()
            self._show_buttons()
        self._pause.start()

    def _go(self, step: int) -> None:
        key = self.sections.beside(step)

        def go() -> None:
            if key:
                self.show_section(key)
                self.draw()
            self.form.text.setFocus()

        self.record(go)

    def _speak_plan(self, language: str) -> None:
        from coachdesk.services import plans

        assert self.sheet is not None
        desk, version = self.shell.desk, self.sheet.version
        self._act(lambda: plans.set_language(desk, version.id, language))

    def _act(self, work: Callable[[], PlanVersion]) -> None:
        self.shell.jobs.run(work, then=lambda kept: self._kept(kept.id), failed=self._refused, owner=self)

    def _did(self, words: str, before: PlanVersion, after: PlanVersion) -> None:
        """Undo is a new act: the items are written as they were."""
        from coachdesk.services import plans

        desk = self.shell.desk
        self.shell.undo.did(
            words,
            undo=lambda: self._act(lambda: plans.set_items(desk, before.id, before.items)),
            redo=lambda: self._act(lambda: plans.set_items(desk, after.id, after.items)),
            bar=False,
        )
        self._kept(after.id)

    def _kept(self, version_id: int) -> None:
        self.shell.saved()
        self.changed.emit()
        self.open(version_id)

    def _refused(self, problem: Exception) -> None:
        if not (isinstance(problem, Refused) and self.form.say_wrong(problem)):
            self.shell.notices.show(problem)
