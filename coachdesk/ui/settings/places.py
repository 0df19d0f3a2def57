"""Workshops and their groups: what papers say of them, and who is in which grid."""

from dataclasses import fields, replace
from functools import partial

from PySide6.QtWidgets import QLineEdit, QListWidget

from coachdesk.domain.workshop import Group, Workshop
from coachdesk.i18n import N_, _, current
from coachdesk.ui.flow import flowing
from coachdesk.ui.form import FormDialog, Work
from coachdesk.ui.settings.page import Section
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.words import label

Both = tuple[tuple[Workshop, ...], tuple[Group, ...]]


class PlacesSection(Section):
    """The workshops of the desk; the groups of the one chosen."""

    name = N_("Workshops and groups")

    def build(self) -> None:
        self.shops: tuple[Workshop, ...] = ()
        self.all_groups: tuple[Group, ...] = ()
        card, group_card = Card(), Card()
        self.list, self.groups = QListWidget(), QListWidget()
        for found in (self.list, self.groups):
            found.setMaximumHeight(185)
            found.setSizeAdjustPolicy(QListWidget.SizeAdjustPolicy.AdjustToContents)  # as high as its rows
            found.setTabKeyNavigation(False)
        self.list.currentRowChanged.connect(lambda _at: self._show_groups())
        self.list.itemActivated.connect(lambda _item: self.edit())
        self.edit_button, self.add_button = Button(icon="pencil"), Button(icon="plus")
        self.edit_button.clicked.connect(self.edit)
        self.add_button.clicked.connect(self.add)
        self.rename_button, self.group_button = Button(icon="pencil"), Button(icon="plus")
        self.rename_button.clicked.connect(self.rename_group)
        self.group_button.clicked.connect(self.add_group)
        self.no_groups = label("", "secondary", wrap=True)
        card.add(self.list)
        card.body.addLayout(flowing(self.edit_button, self.add_button))
        group_card.add(self.groups)
        group_card.add(self.no_groups)
        group_card.body.addLayout(flowing(self.rename_button, self.group_button))
        self.body.addWidget(card)
        self.body.addWidget(group_card)
        self._group_card = group_card
        group_card.wrap_title()
        self.word(card.set_title, N_("Workshops"))
        self.word(self.list.setAccessibleName, N_("Workshops"))
        self.word(self.groups.setAccessibleName, N_("Groups"))
        self.word(self.edit_button.setText, N_("Edit"))
        self.word(self.add_button.setText, N_("Add a workshop"))
        self.word(self.rename_button.setText, N_("Rename"))
        self.word(self.group_button.setText, N_("Add a group"))
        self.word(self.no_groups.setText, N_("No groups. The grid shows the whole workshop."))

    def refresh(self) -> None:
        from coachdesk.services import workshops

        desk = self.shell.desk
        self.run(lambda: (workshops.all_workshops(desk), workshops.groups(desk)), self.show_places)

    def show_places(self, both: Both) -> None:
        """Show the workshops, the same one chosen."""
        at = max(0, self.list.currentRow())
        self.shops, self.all_groups = both
        self.retranslate()
        self.list.setCurrentRow(min(at, len(self.shops) - 1))
        self._show_groups()

    def retranslate(self) -> None:
        super().retranslate()
        at = self.list.currentRow()
        self.list.clear()
        self.list.addItems([self._name(shop) for shop in self.shops])
        self.list.setCurrentRow(at)
        self._show_groups()

    def edit(self) -> None:
        """Edit the workshop chosen."""
        if (shop := self._chosen()) is not None:
            self._open(WorkshopForm(self.shell, shop, self))

    def add(self) -> None:
        """Add a workshop."""
        self._open(WorkshopForm(self.shell, Workshop(name_fi=""), self))

    def add_group(self) -> None:
        """Add a group to the workshop chosen."""
        if (shop := self._chosen()) is not None:
            self._open(GroupForm(self.shell, shop, self))

    def rename_group(self) -> None:
        """Give the group chosen another name."""
        shop, at = self._chosen(), self.groups.currentRow()
        own = [group for group in self.all_groups if shop and group.workshop_id == shop.id]
        if shop is not None and 0 <= at < len(own):
            self._open(GroupForm(self.shell, shop, self, own[at]))

    def _open(self, form: FormDialog) -> None:
        form.did.connect(self.can_be_undone)
        form.open()

    def _chosen(self) -> Workshop | None:
        at = self.list.currentRow()
        return self.shops[at] if 0 <= at < len(self.shops) else None

    def _show_groups(self) -> None:
        shop = self._chosen()
        own = [group.name for group in self.all_groups if shop and group.workshop_id == shop.id]
        self.groups.clear()
        self.groups.addItems(own)
        self.groups.setCurrentRow(0)
        self.rename_button.setVisible(bool(own))
        self.groups.setVisible(bool(own))
        self.no_groups.setVisible(not own)
        self._group_card.setVisible(shop is not None)
        title = current().fill(N_("Groups of {workshop}"), workshop=self._name(shop)) if shop else ""
        self._group_card.set_title(title)

    def _name(self, shop: Workshop) -> str:
        return " – ".join(filter(None, (shop.name_fi, shop.name_sv)))


class WorkshopForm(FormDialog):
    """A workshop's names and what papers say of it."""

    wide = 520

    def __init__(self, shell: object, shop: Workshop, parent: object) -> None:
        self.shop = shop
        super().__init__(shell, parent)  # type: ignore[arg-type]

    def build(self) -> None:
        for name in (one.name for one in fields(Workshop) if one.name != "id"):
            edit = QLineEdit(getattr(self.shop, name))
            edit.setMaxLength(200)
            self.put(name, edit)
        self.keep_draft("workshop", f"workshop:{self.shop.id or 'new'}")

    def retranslate(self) -> None:
        super().retranslate()
        self.say(
            title=_("Workshop"),
            name_fi=_("Name in Finnish"),
            name_sv=_("Name in Swedish"),
            organisation=_("Organisation"),
            street_address=_("Street address"),
            postal_code=_("Postal code"),
            post_office=_("Post office"),
            phone=_("Phone"),
            email=_("E-mail"),
        )

    def keep(self) -> None:
        from coachdesk.services import workshops

        desk = self.shell.desk
        written = {name: field.control.text().strip() for name, field in self.fields.items()}  # type: ignore[attr-defined]
        shop, before = replace(self.shop, **written), self.shop
        if shop.id:
            undo = partial(workshops.edit_workshop, desk, before)
            redo = partial(workshops.edit_workshop, desk, shop)
            self.run(redo, lambda _before: self._kept(shop, N_("Workshop changed"), undo, redo))
            return
        take_back = workshops.take_back_workshop
        self.run(
            partial(workshops.add_workshop, desk, shop),
            lambda kept: self._kept(kept, N_("Workshop added"), partial(take_back, desk, kept.id)),
        )

    def _kept(self, shop: Workshop, words: str, undo: Work, redo: Work | None = None) -> None:
        self.kept.emit(shop)
        self.done_with(words, undo, redo)


class GroupForm(FormDialog):
    """The name of a group."""

    def __init__(self, shell: object, shop: Workshop, parent: object, group: Group | None = None) -> None:
        self.shop, self.group = shop, group
        super().__init__(shell, parent)  # type: ignore[arg-type]

    def build(self) -> None:
        self.edit = QLineEdit(self.group.name if self.group else "")
        self.edit.setMaxLength(80)
        self.put("name", self.edit)
        which = f"group:{self.group.id}" if self.group else f"workshop:{self.shop.id}:new"
        self.keep_draft("group", which)

    def retranslate(self) -> None:
        super().retranslate()
        self.say(title=_("Group") if self.group else _("New group"), name=_("Name"))

    def keep(self) -> None:
        from coachdesk.services import workshops

        desk, shop, name = self.shell.desk, self.shop, self.edit.text()
        if self.group is not None:
            undo = partial(workshops.rename_group, desk, self.group.id, self.group.name)
            redo = partial(workshops.rename_group, desk, self.group.id, name)
            self.run(redo, lambda _before: self._kept(N_("Group renamed"), undo, redo))
            return
        self.run(
            partial(workshops.add_group, desk, shop.id, name),
            lambda kept: self._kept(N_("Group added"), partial(workshops.take_back_group, desk, kept.id)),
        )

    def _kept(self, words: str, undo: Work, redo: Work | None = None) -> None:
        self.kept.emit(self.shop)
        self.done_with(words, undo, redo)
