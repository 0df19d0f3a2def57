"""The way to another place of the window."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Going:
    """Where somebody wants to go; ``hint`` is for the screen that is gone to."""

    place: str
    trainee_id: int | None = None
    tab: str | None = None
    hint: Any = None
