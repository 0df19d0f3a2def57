"""A version of a plan on screen: its items, the words of one of them, the real page beside."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from coachdesk.domain.plan import DRAFT, PlanItem
from coachdesk.domain.plan_content import MISSING, PARTLY, Asked
from coachdesk.domain.plan_sheet import VersionSheet
from coachdesk.i18n import _
from coachdesk.ui.day_edit import upper
from coachdesk.ui.plans.draft_offer import DraftOffer
from coachdesk.ui.plans.drafts import ItemDrafts
from coachdesk.ui.plans.items_card import ItemsCard
from coachdesk.ui.plans.page_card import Asked as AskedPage
from coachdesk.ui.plans.page_card import PageCard
from coachdesk.ui.plans.version_bar import VersionBar
from coachdesk.ui.plans.views_card import ViewsCard
from coachdesk.ui.plans.writing_pane import WritingPane
from coachdesk.ui.screen import Spoken
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.layout import column_of

LACKING = (MISSING, PARTLY)


class VersionView(QWidget, Spoken):
    """Shows one version with what is typed into it; ``PlanEditor`` does what the coach asks."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)  # moved in later, all that is in it would be dressed once more
        self.shell = shell
        self.sheet: VersionSheet | None = None
        self._kind = ""
        self._key: str | None = None  # none: the first of its kind; empty: one not yet in the plan
        self._drafts = ItemDrafts(shell, self)
        self.bar, self.offer, self.left = VersionBar(), DraftOffer(), ItemsCard()
        self.pane, self.right = WritingPane(shell), PageCard(shell, self._page)
        self.views = ViewsCard()
        self.sections, self.items, self.form = self.left.sections, self.pane.items, self.pane.form
        self._lay_out()
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

    def fit(self, size_class: str) -> None:
        """Without room the page is behind its button, and the items stand above the words."""
        wide, narrow = size_class == "wide", size_class == "narrow"
        self.right.setVisible(wide)
        self.bar.fit(wide=wide)
        down = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self.columns.setDirection(down)
        self.left.fit(narrow=narrow)
        self.pane.fit(wide=wide)

    def open(self, version_id: int) -> None:
        """Show a version, or read the one that is shown again."""
        from coachdesk.services import plan_sheets

        desk = self.shell.desk
        self.shell.jobs.run(lambda: plan_sheets.version(desk, version_id), then=self.show_sheet, owner=self)

    def allow(self, *, writing: bool) -> None:
        """Let words be typed, or only be read."""
        if self.pane.writing != writing:
            self.pane.writing = writing
            if self.sheet is not None:
                self.show_section(self._kind, key=self._key)

    def _allow(self, ready: bool) -> None:
        for part in (self.left, self.pane, self.right):
            part.setEnabled(ready)
        self.bar.set_ready(ready)

    def show_sheet(self, sheet: VersionSheet) -> None:
        """Show a version that was read; another version begins at its first unwritten item."""
        other = self.sheet is None or self.sheet.version.id != sheet.version.id
        spoke = sheet.version.language if self.sheet is None or other else self.sheet.version.language
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
        if spoke != sheet.version.language:
            self._turn_typed(spoke)
        if waited:
            self.form.text.setFocus()

    def _turn_typed(self, spoke: str) -> None:
        """The phrases in what is typed follow the plan into its other language."""
        from coachdesk.domain.phrase_pairs import in_language
        from coachdesk.services import phrases

        assert self.sheet is not None
        desk, version, typed = self.shell.desk, self.sheet.version, dict(self._drafts.all())

        def show(turned: tuple[PlanItem, ...]) -> None:
            if self.sheet is None or self.sheet.version.id != version.id:
                return
            for slot, item in zip(typed, turned, strict=True):
                if self._drafts.get(slot) == typed[slot] != item:
                    self._drafts.put(slot, item, len(item.text))
            self.show_section(self._kind, key=self._key)
            self.draw()

        if typed:
            self.shell.jobs.run(
                lambda: in_language(typed.values(), phrases.bank(desk), spoke, version.language),
                then=show,
                owner=self,
            )

    def _show_all(self) -> None:
        assert self.sheet is not None
        sheet = self.sheet
        self.bar.show_sheet(sheet)
        self.left.show_sheet(sheet, self.shell.clock.today())
        self.views.show_views(sheet.views)
        self.pane.show_version(sheet.version, sheet.plan.trainee_id)
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
