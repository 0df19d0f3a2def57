"""A kept file on the screen; it lies in memory only, and is gone when the window is closed or locked."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QWidget

from coachdesk.domain.attachment import PDF, Attachment
from coachdesk.i18n import N_, _, current
from coachdesk.ui.paper import PagePreview, WideSheet
from coachdesk.ui.screen import Dialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button, ToolButton
from coachdesk.ui.widgets.layout import column_of, row_of
from coachdesk.ui.widgets.words import label


class PictureView(WideSheet):
    """A picture as wide as there is room, at most twice its own width."""

    def __init__(self, image: QImage) -> None:
        super().__init__()
        self._image = image

    def draw(self, width: int) -> QPixmap:
        smooth = Qt.TransformationMode.SmoothTransformation
        wide = min(width, self._image.width() * 2)
        return QPixmap.fromImage(self._image.scaledToWidth(max(1, wide), smooth))


class AttachmentViewer(Dialog):
    """The pages of a PDF, or a picture; nothing can be saved or opened elsewhere from here."""

    def __init__(
        self,
        shell: Shell,
        attachment: Attachment,
        content: bytes,
        image: QImage | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(shell, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("CoachDesk")
        self.name = label("", "strong", wrap=True)
        self.name.setText(attachment.title)
        self.count = label("", "secondary")
        self.former, self.following = ToolButton("chevron-left"), ToolButton("chevron-right")
        self.close_button = Button(key="Esc", kind="primary")
        self.close_button.clicked.connect(self.reject)
        self.pages = PagePreview() if attachment.kind == PDF else None
        shown: QWidget = self.pages or PictureView(image or QImage())
        self.shown = shown
        foot = row_of(self.former, self.count, self.following, None, self.close_button)
        box = column_of(self.name, shown, foot, spacing=12)
        box.setStretch(1, 1)
        box.setContentsMargins(16, 16, 16, 12)
        self.setLayout(box)
        self.resize(760, 640)
        self._connect()
        self.retranslate()
        if self.pages is not None:
            self.pages.show_pdf(content)
        shown.setFocus()

    def _connect(self) -> None:
        for part in (self.former, self.count, self.following):
            part.setVisible(self.pages is not None)
        if self.pages is not None:
            pages = self.pages
            pages.turned.connect(self._count)
            self.former.clicked.connect(lambda: pages.turn_to(pages.at - 1))
            self.following.clicked.connect(lambda: pages.turn_to(pages.at + 1))

    def retranslate(self) -> None:
        self.speak()
        self.shown.setAccessibleName(_("Content of the file"))
        self.former.set_words(_("Previous page"), "PgUp")
        self.following.set_words(_("Next page"), "PgDown")
        self.close_button.setText(_("Close"))
        self._count()

    def _count(self) -> None:
        if self.pages is None:
            return
        at, many = self.pages.at, self.pages.pages
        self.count.setText(current().fill(N_("Page {page} of {pages}"), page=at + 1, pages=many))
        self.former.setEnabled(at > 0)
        self.following.setEnabled(at < many - 1)
