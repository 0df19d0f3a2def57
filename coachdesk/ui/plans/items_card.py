"""The left side of the editor: which plan this is, its items with their state, what it replaces."""

from collections.abc import Collection
from datetime import date

from coachdesk.domain.plan_sheet import VersionSheet
from coachdesk.i18n import _, current
from coachdesk.ui import theme
from coachdesk.ui.day_edit import upper
from coachdesk.ui.plans.item_form import QWIDGETSIZE_MAX
from coachdesk.ui.plans.sections import WRITING, SectionList, SectionRow
from coachdesk.ui.plans.words import called, filled, kind_name
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.words import heading, label

WIDE = 256


class ItemsCard(Card):
    """The items of the plan; ``sections`` tells which one is picked."""

    def __init__(self) -> None:
        super().__init__(margins=(1, 10, 1, 8))
        self.name, self.progress = heading(wrap=True), label("", "secondary")
        self.replaced = label("", "secondary", wrap=True)
        for words in (self.name, self.progress, self.replaced):
            words.setContentsMargins(12, 0, 8, 0)
        self.sections = SectionList()
        self.body.setSpacing(3)
        self.add(self.name)
        self.add(self.progress)
        self.add(self.sections, 1)
        self.add(self.replaced)
        self.setFixedWidth(theme.px(WIDE))

    def fit(self, *, narrow: bool) -> None:
        """A column of its own, or above the words."""
        self.setMinimumWidth(0 if narrow else theme.px(WIDE))
        self.setMaximumWidth(QWIDGETSIZE_MAX if narrow else theme.px(WIDE))
        self.sections.setMinimumHeight(theme.px(150) if narrow else 0)

    def show_sheet(self, sheet: VersionSheet, today: date) -> None:
        """Show another version, or the same one again."""
        self.name.setText(kind_name(sheet.plan, today))
        self.progress.setText(filled(sheet))
        self.replaced.setText(_replaced(sheet, today))
        self.replaced.setVisible(bool(self.replaced.text()))

    def show_states(self, sheet: VersionSheet, typed: Collection[str]) -> None:
        """Show each item done, missing or, where its slot is among ``typed``, being written."""
        rows = []
        for one in sheet.asked:
            slots = {one.code.key, *(item.key for item in one.items)}
            state = WRITING if slots & set(typed) else one.state
            rows.append(SectionRow(code=one.code, section=one.section, state=state))
        self.sections.lines.show_rows(tuple(rows))

    def retranslate(self) -> None:
        """Set the words that do not change with the plan."""
        self.sections.setAccessibleName(_("Items of the plan"))


def _replaced(sheet: VersionSheet, today: date) -> str:
    from coachdesk.services.plan_papers import sentence

    words, lines = current(), []
    former = next((one for one in sheet.versions if one.version < sheet.version.version), None)
    if former and former.signed:
        lines.append(
            words.fill("Replaces version {version} ({day})", version=former.version, day=former.signed)
        )
    if sheet.replaced:
        lines.append(words.fill("Replaces: {plan}", plan=called(sheet.replaced, today)))
    elif sheet.stands_for:
        lines.append(upper(sentence(sheet.stands_for).name(words.language)))
    return "\n".join(lines)
