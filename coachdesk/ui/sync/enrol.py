"""Taking in a region: its public file in, our own out, both fingerprints to be compared aloud."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from coachdesk.i18n import N_, _, current
from coachdesk.services.sync_sheets import KeySheet
from coachdesk.ui.screen import Dialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.sync.files import Asks
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.layout import column_of, row_of
from coachdesk.ui.widgets.words import heading, label


class KeysDialog(Dialog):
    """Both fingerprints large enough to read aloud; our public key can be saved again."""

    def __init__(
        self,
        shell: Shell,
        keys: tuple[KeySheet, ...],
        asks: Asks,
        *,
        written: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(shell, parent)
        self.keys, self.asks = keys, asks
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("CoachDesk")
        self.title = heading(wrap=True)
        self.what = label("", wrap=True)
        self.captions = [(label("", "label"), label(key.region_fingerprint, "person")) for key in keys]
        self.own_caption, self.own = label("", "label"), label(keys[0].desk_fingerprint, "person")
        for _caption, mark in (*self.captions, (self.own_caption, self.own)):
            mark.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.file = label("", "secondary", wrap=True)
        self._written = written
        self.save = Button(icon="device-floppy")
        self.close_button = Button(kind="primary", key="Esc")
        self.save.clicked.connect(self.save_again)
        self.close_button.clicked.connect(self.accept)
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        for at, pair in enumerate((*self.captions, (self.own_caption, self.own))):
            grid.addWidget(pair[0], 2 * at, 0)
            grid.addWidget(pair[1], 2 * at + 1, 0)
        foot = row_of(self.save, None, self.close_button, spacing=12)
        box = column_of(self.title, self.what, 4, grid, 4, self.file, 8, foot, spacing=8)
        box.setContentsMargins(20, 16, 20, 16)
        self.setLayout(box)
        self.setMinimumWidth(560)
        self.retranslate()
        self.close_button.setDefault(True)
        self.close_button.setFocus()

    def retranslate(self) -> None:
        """Set the words again."""
        super().retranslate()
        words = current()
        self.title.setText(_("Compare the fingerprints"))
        self.what.setText(
            _("Read both aloud with the region, by phone or face to face. They must be alike on both sides.")
        )
        for key, (caption, _mark) in zip(self.keys, self.captions, strict=True):
            name = key.name(words.language)
            caption.setText(words.fill(N_("Fingerprint of {name}"), name=name))
        self.own_caption.setText(_("Fingerprint of this desk"))
        self.save.setText(_("Save our public file again…"))
        self.close_button.setText(_("Close"))
        self._tell_file()

    def _tell_file(self) -> None:
        self.file.setVisible(self._written is not None)
        if self._written is not None:
            message = N_("Our public file was saved: {file}. Carry it to the region.")
            self.file.setText(current().fill(message, file=str(self._written)))

    def save_again(self) -> None:
        """Write our public key once more."""
        from coachdesk.services import sync_sheets

        folder = self.asks.folder(_("Where is our public file saved?"))
        if folder is not None:
            work = partial(sync_sheets.write_own_key, self.shell.desk, folder)
            self.shell.jobs.run(work, then=self._wrote, owner=self)

    def _wrote(self, file: Path) -> None:
        self._written = file
        self._tell_file()
