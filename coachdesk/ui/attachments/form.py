"""The form of a file: its title, the code at the foot of the paper, and where the original lies."""

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from coachdesk.domain.attachment import (
    LONGEST_PLACE,
    LONGEST_TITLE,
    Attachment,
    LookedAt,
    title_of,
)
from coachdesk.i18n import N_, _
from coachdesk.services.attachments import ReadFile
from coachdesk.services.papers_matched import Match
from coachdesk.ui.attachments import wording
from coachdesk.ui.form import FormDialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.notice import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A file from outside, looked at and matched; kept nowhere yet."""

    file: ReadFile
    looked: LookedAt
    match: Match | None = None


class AttachmentForm(FormDialog):
    """A file that arrived, or one that is kept and whose words are changed."""

    wide = 520

    def __init__(
        self,
        shell: Shell,
        trainee_id: int,
        what: Arrived | Attachment,
        *,
        original_at: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.trainee_id, self.what = trainee_id, what
        self.match = what.match if isinstance(what, Arrived) else None
        self._original_at = original_at
        super().__init__(shell, parent)

    def build(self) -> None:
        self.told, self.lies = Notice("info"), Notice("warn")
        for notice in (self.lies, self.told):
            notice.hide()
            self.body.addWidget(notice)
        self.title, self.code, self.original_at = QLineEdit(), QLineEdit(), QLineEdit()
        self.title.setMaxLength(LONGEST_TITLE)
        self.code.setMaxLength(60)
        self.original_at.setMaxLength(LONGEST_PLACE)
        what = self.what
        if isinstance(what, Arrived):
            name = what.file.judged.name
            self.title.setText(wording.title_of(self.match) if self.match else title_of(name))
            self.original_at.setText(self._original_at)
        else:
            self.title.setText(what.title)
            self.original_at.setText(what.original_at)
        for field in ("title", "code", "original_at"):
            self.put(field, getattr(self, field))
        self.fields["code"].setVisible(self.match is None and not self._about())
        subject = f"trainee:{self.trainee_id}:{self._which()}"
        self.keep_draft("attachment", subject)
        self.title.setFocus()
        self.title.selectAll()

    def _about(self) -> str:
        return "" if isinstance(self.what, Arrived) else self.what.about

    def _which(self) -> str:
        """The same file chosen again finds its draft."""
        if isinstance(self.what, Arrived):
            from hashlib import sha256

            return sha256(self.what.file.content).hexdigest()[:16]
        return str(self.what.id)

    def retranslate(self) -> None:
        super().retranslate()
        arrived = isinstance(self.what, Arrived)
        self.say(
            title=_("Add a file") if arrived else _("Change the details of the file"),
            keep=_("Keep the file") if arrived else _("Keep"),
            leave=_("Do not add") if arrived else "",
            code=_("Code at the foot of the paper, if it has one"),
            original_at=_("Where the original paper lies"),
        )
        self.fields["title"].set_caption(_("Title of the file"))
        self.fields["code"].set_help(_("The number of the plan with its check code, or of the consent."))
        if isinstance(self.what, Arrived):
            self._tell(self.lies, wording.lies(self.what.file.judged))
        self._tell(self.told, wording.matched(self.match) if self.match else "")
        if self.match is not None and self.match.older:
            self.told.set_state("warn", wording.matched(self.match))

    def _tell(self, notice: Notice, text: str) -> None:
        notice.set_text(text)
        notice.setVisible(bool(text))

    def keep(self) -> None:
        from coachdesk.services import papers_matched

        typed = self.code.text().strip()
        if not typed or self.fields["code"].isHidden():
            self._keep()
            return
        work = partial(papers_matched.match_typed, self.shell.desk, self.trainee_id, typed)
        self.run(work, then=self._matched)

    def _matched(self, match: Match) -> None:
        self.match = match
        if match.older and isinstance(self.what, Arrived):  # told before it is kept
            self.fields["code"].setVisible(False)
            self.retranslate()
            return
        self._keep()

    def _keep(self) -> None:
        from coachdesk.services import attachments

        desk, trainee_id = self.shell.desk, self.trainee_id
        title, place = self.title.text(), self.original_at.text()
        about = self.match.about if self.match else self._about()
        what = self.what
        if isinstance(what, Arrived):
            work = partial(
                attachments.add,
                desk,
                trainee_id,
                what.file,
                what.looked,
                title=title,
                about=about,
                original_at=place,
            )
            self.run(work, then=self._added)
            return
        redo = partial(attachments.edit, desk, replace(what, title=title, original_at=place, about=about))
        undo = partial(attachments.edit, desk, what)
        self.run(redo, then=lambda _old: self.done_with(N_("Details of the file changed"), undo, redo))

    def _added(self, kept: Attachment) -> None:
        from coachdesk.services import attachments

        self.kept.emit(self.match)
        undo = partial(attachments.remove, self.shell.desk, kept.id)
        redo = partial(attachments.restore, self.shell.desk, kept.id)
        self.done_with(N_("File added"), undo, redo)
