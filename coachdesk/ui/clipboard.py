"""What this program put on the clipboard does not outlive its locking."""

from PySide6.QtGui import QClipboard, QGuiApplication


def clear_own() -> None:
    """Empty the clipboard and the selection where what lies there is ours; others' is left alone."""
    clipboard, mode = QGuiApplication.clipboard(), QClipboard.Mode
    for each, ours in (
        (mode.Clipboard, clipboard.ownsClipboard()),
        (mode.Selection, clipboard.supportsSelection() and clipboard.ownsSelection()),
        (mode.FindBuffer, clipboard.supportsFindBuffer() and clipboard.ownsFindBuffer()),
    ):
        if ours:
            clipboard.clear(each)
