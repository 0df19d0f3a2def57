"""Taking in a region: its public file in, our own out, both fingerprints to be compared aloud."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from coachdesk.domain.line import STRANGE_KEYS
from coachdesk.i18n import N_, _, current
from coachdesk.services.sync_sheets import KeySheet
from coachdesk.ui.screen import Dialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.sync.files import Asks
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.layout import column_of, row_of
from coachdesk.ui.widgets.notice import Notice
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
        self.strange = Notice("warn")
        self.strange.setVisible(any(key.strange for key in keys))
        self.captions = [(label("", "label"), label(key.region_fingerprint, "person")) for key in keys]
        self.owns = [(label("", "label"), label(key.desk_fingerprint, "person")) for key in keys]
        pairs = [pair for both in zip(self.captions, self.owns, strict=True) for pair in both]
        for _caption, mark in pairs:
            mark.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.file = label("", "secondary", wrap=True)
        self._written: tuple[Path, ...] = (written,) if written else ()
        self.save = Button(icon="device-floppy")
        self.close_button = Button(kind="primary", key="Esc")
        self.save.clicked.connect(self.save_again)
        self.close_button.clicked.connect(self.accept)
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        for at, pair in enumerate(pairs):
            grid.addWidget(pair[0], 2 * at, 0)
            grid.addWidget(pair[1], 2 * at + 1, 0)
        foot = row_of(self.save, None, self.close_button, spacing=12)
        box = column_of(self.title, self.strange, self.what, 4, grid, 4, self.file, 8, foot, spacing=8)
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
        self.strange.set_state("warn", _(STRANGE_KEYS))
        for key, (caption, _mark) in zip(self.keys, self.captions, strict=True):
            name = key.name(words.language)
            caption.setText(words.fill(N_("Fingerprint of {name}"), name=name))
        one = len(self.keys) == 1  # towards each region the desk has keys of its own
        for key, (caption, _mark) in zip(self.keys, self.owns, strict=True):
            message = N_("Fingerprint of this desk for {name}")
            text = words.fill(message, name=key.name(words.language))
            caption.setText(_("Fingerprint of this desk") if one else text)
        self.save.setText(_("Save our public file again…"))
        self.close_button.setText(_("Close"))
        self._tell_file()

    def _tell_file(self) -> None:
        self.file.setVisible(bool(self._written))
        if self._written:
            message = N_("Our public file was saved: {file}. Carry it to the region.")
            self.file.setText(current().fill(message, file=", ".join(map(str, self._written))))

    def save_again(self) -> None:
        """Write our public key once more."""
        from coachdesk.services import sync_sheets

        folder = self.asks.folder(_("Where is our public file saved?"))
        if folder is not None:
            regions = [key.region_id for key in self.keys]
            work = partial(sync_sheets.write_own_keys, self.shell.desk, folder, regions)
            self.shell.jobs.run(work, then=self._wrote, owner=self)

    def _wrote(self, files: tuple[Path, ...]) -> None:
        self._written = files
        self._tell_file()
