"""The dialogs at a lock: a form waits unseen with what is typed in it, every other dialog is closed."""

from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget


class KeptDialogs:
    """The forms that wait while the desk is locked, each with its focus and its caret."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self._waiting: list[tuple[QDialog, QWidget | None, int]] = []

    def close(self) -> None:
        """Hide the forms, with what they stand on; close every other dialog."""
        shown = [w for w in self._application.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
        staying = {w for form in shown if getattr(form, "stays", False) for w in (form, *_under(form))}
        for widget in shown:
            if widget in staying:
                self._waiting.append((widget, *_caret(widget)))
                widget.hide()
            else:
                widget.reject()

    def show(self) -> None:
        """Show again what waits, the lowest first."""
        waiting, self._waiting = sorted(self._waiting, key=lambda kept: len(_under(kept[0]))), []
        for dialog, focus, caret in waiting:
            dialog.open()
            if isinstance(focus, QLineEdit):  # Qt chooses the whole text when a dialog is shown again
                focus.setCursorPosition(caret)

    def forget(self) -> None:
        """Destroy what waits: it is another coach's, or another desk's."""
        waiting, self._waiting = self._waiting, []
        for kept in waiting:
            kept[0].deleteLater()


def _caret(dialog: QDialog) -> tuple[QWidget | None, int]:
    """What has the focus in a dialog, and where its caret is."""
    focus = dialog.focusWidget()
    return focus, focus.cursorPosition() if isinstance(focus, QLineEdit) else 0


def _under(dialog: QDialog) -> list[QDialog]:
    """The dialogs that a dialog stands on."""
    found, parent = [], dialog.parent()
    while parent is not None:
        if isinstance(parent, QDialog):
            found.append(parent)
        parent = parent.parent()
    return found
