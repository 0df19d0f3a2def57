"""A form in a dialog: a title, fields with their errors, one main button, one way out.

Usage::

    class NormForm(FormDialog):
        def build(self) -> None:
            self.days = QSpinBox()
            self.put("days", self.days)                       # named as the field of the rule that refuses

        def retranslate(self) -> None:
            super().retranslate()
            self.say(title=_("Norm"), keep=_("Keep"), days=_("Days"))

        def keep(self) -> None:
            self.run(partial(phases.set_norm, ...), then=lambda kept: self.done_with(N_("Norm set"), undo))

A ``Refused`` is shown at the field it names, else above the buttons.  What was done is told by ``did``
(label, undo work, redo work) to whoever opened the form: it stays when the form is gone.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from coachdesk.errors import Problem
from coachdesk.i18n import _, say
from coachdesk.ui.form_draft import FormDraft
from coachdesk.ui.screen import Dialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.field import Field
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.words import heading, label

Work = Callable[[], Any]
LEAST, MOST = 640, 688  # px: how high a large form is; a laptop of 1366 x 768 has no more beside its own bars
TITLE_BAR = 32


class FormDialog(Dialog):
    """See the module."""

    did = Signal(str, object, object)  # label, undo work, redo work or None
    kept = Signal(object)
    wide = 460
    stays = True

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.fields: dict[str, Field] = {}
        self.draft: FormDraft | None = None
        self.heading = heading(wrap=True)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        self.keep_button = Button(kind="primary", key="Ctrl+Enter")
        self.leave_button = Button()
        self.keep_button.clicked.connect(self.try_to_keep)
        self.leave_button.clicked.connect(self.leave)
        self.buttons = row_of(None, self.leave_button, self.keep_button, spacing=12)
        outer = self.outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(12)
        outer.addWidget(self.heading)
        outer.addWidget(self._scrolled(), 1)
        outer.addWidget(self.problem)
        outer.addLayout(self.buttons)
        self.setMinimumWidth(min(self.wide, self._room()))
        self.build()
        if self.focusWidget() is None and self.fields:
            next(iter(self.fields.values())).control.setFocus()
        self.retranslate()

    def build(self) -> None:
        """Make the fields; called once."""

    def keep(self) -> None:
        """Do what the main button says; a ``Refused`` raised here is shown at its field."""

    def put(self, name: str, control: QWidget, *, into: Any = None) -> Field:
        """A field under its name, at the end of the body or of ``into``."""
        field = Field(control)
        self.fields[name] = field
        (into or self.body).addWidget(field)
        return field

    def keep_in_sight(self, widget: QWidget) -> None:
        """Put a widget above the buttons, where it does not scroll away."""
        self.outer.insertWidget(self.outer.indexOf(self.problem), widget)

    def keep_draft(self, form: str, subject: str, **more: QWidget) -> None:
        """Keep what is typed from now on; one from before is offered above the fields."""
        controls = {name: field.control for name, field in self.fields.items()} | more
        self.draft = FormDraft(self.shell, controls, form, subject, self)
        self.outer.insertWidget(1, self.draft.offer)
        self.draft.look()

    def leave(self) -> None:
        """The button that leaves all as it was; Esc and locking leave the draft."""
        if self.draft is not None:
            self.draft.finish()
        self.reject()

    def say(self, *, title: str = "", keep: str = "", leave: str = "", **captions: str) -> None:
        """Set the words of title, buttons and fields."""
        self.setWindowTitle("CoachDesk")
        if self.draft is not None:
            self.draft.retranslate()
        if title:
            self.heading.setText(title)
        self.keep_button.setText(keep or _("Keep"))
        self.leave_button.setText(leave or _("Leave as it was"))
        for name, text in captions.items():
            self.fields[name].set_caption(text)

    def try_to_keep(self) -> None:
        """Press the main button."""
        for field in self.fields.values():
            field.set_error("")
        self.problem.hide()
        try:
            self.keep()
        except Problem as problem:
            self.refuse(problem)

    def run(self, work: Work, then: Callable[[Any], object]) -> None:
        """Do work on the saving lane; what a rule refuses is shown here."""
        self.shell.jobs.run(work, then=then, failed=self.refuse, owner=self)

    def refuse(self, problem: Exception) -> None:
        """Show what a rule refused, at its field where it names one of ours."""
        assert isinstance(problem, Problem)
        field = self.fields.get(problem.field or "")
        if field is not None:
            field.set_error(say(problem))
            field.control.setFocus()
        else:
            self.problem.setText(say(problem))
            self.problem.show()

    def done_with(self, label_: str, undo: Work | None = None, redo: Work | None = None) -> None:
        """Tell that it is saved and how it is taken back, and close."""
        if self.draft is not None:
            self.draft.finish()
        self.shell.saved()
        self.did.emit(label_, undo, redo)
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if enter and (with_control or not isinstance(self.focusWidget(), (QPlainTextEdit, Button))):
            self.try_to_keep()
        else:
            super().keyPressEvent(event)

    def _scrolled(self) -> "_Body":
        inner = QWidget()
        inner.setProperty("screen", True)
        inner.setLayout(self.body)
        self.body.setContentsMargins(0, 0, 8, 0)
        area = _Body()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        return area

    def open_at(self, width: int) -> None:
        """Be as wide as told and as high as all fields need, where the screen has that room."""
        self.resize(min(width, self._room()), LEAST)
        self.grow()

    def grow(self) -> None:
        """Take the height that was not needed before, where the screen has it."""
        screen = QGuiApplication.primaryScreen()
        room = screen.availableGeometry().height() - TITLE_BAR if screen else LEAST
        self.resize(self.width(), max(self.height(), min(self.sizeHint().height(), room, MOST)))

    def _room(self) -> int:
        screen = QGuiApplication.primaryScreen()
        return screen.availableGeometry().width() - 40 if screen else 1000


class _Body(QScrollArea):
    """The fields: as high as they need, and scrolled where the screen has not that room."""

    def sizeHint(self) -> QSize:
        inner = self.widget()
        return inner.sizeHint() if inner else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        inner = self.widget()
        return QSize(inner.minimumSizeHint().width() if inner else 0, 80)
