"""What goes wrong unseen: the small log of this computer, and the one door for what nobody took."""

import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from coachdesk import settings

LOG, LOG_BYTES = "errors.log", 256_000


def error_log() -> Path:
    """Where the errors and troubles of this computer are written."""
    return settings.config_folder() / LOG


def keep_error_log() -> None:
    """Errors and troubles go to a small file of this computer, without anything personal."""
    kept = error_log()
    kept.parent.mkdir(parents=True, exist_ok=True)
    if kept.exists() and kept.stat().st_size > LOG_BYTES:
        kept.replace(kept.with_suffix(".old.log"))
    writer = logging.FileHandler(kept, encoding="utf-8", delay=True)
    writer.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.getLogger("coachdesk")
    logger.addHandler(writer)
    logger.propagate = False


def watch_for_mistakes(broke: Callable[[BaseException], None]) -> None:
    """Whatever is raised on any thread and taken by nobody is given to ``broke``."""

    def unseen(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        broke(error)

    sys.excepthook = unseen
    threading.excepthook = lambda told: broke(told.exc_value or RuntimeError())
