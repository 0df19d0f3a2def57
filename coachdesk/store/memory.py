"""Keeps other programs of the same user from reading this one's memory, where the system can.

No core file is written, and on Linux nobody but the system's administrator may look into the process.
It does not help against an administrator, against a program that ran before, nor against what the
system itself writes to its swap: there an encrypted disk helps.
"""

import sys

_SET_DUMPABLE = 4  # prctl(2)
_kept: set[str] = set()


def keep_private() -> frozenset[str]:
    """Do it once for this process; returns what was done: ``core``, ``dumpable``."""
    if not _kept:
        _kept.add("asked")
        if sys.platform != "win32":
            _no_core_file()
        if sys.platform == "linux":
            _not_dumpable()
    return frozenset(_kept - {"asked"})


def _no_core_file() -> None:
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError):
        return
    _kept.add("core")


def _not_dumpable() -> None:
    import ctypes

    try:
        if ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0) == 0:
            _kept.add("dumpable")
    except (OSError, AttributeError):
        return
