"""The head of a backup is read before any key has vouched for it: whatever stands there is only said."""

import json
from hashlib import sha256

import pytest

from coachdesk.errors import Unreadable
from coachdesk.services import backups
from coachdesk.store import backup


@pytest.fixture
def made(desk):
    return backups.make(desk)


def with_head(made, text: bytes) -> None:
    """The backup with another head, whose own sum fits."""
    store = made.read_bytes()[backup.read(made).begins :]
    total = sha256(text).hexdigest().encode()
    made.write_bytes(b"CoachDesk backup 1\n" + b"%08x\n" % len(text) + text + total + b"\n" + store)


@pytest.mark.parametrize(
    "change",
    [
        {"files": {"../../../.bashrc": "0" * 64}},
        {"files": {"0" * 16: "../../../etc/passwd"}},
        {"files": {"0" * 16 + "\n": "0" * 64}},
        {"files": ["0" * 16]},
        {"desk": "../../.."},
        {"desk": 5},
        {"size": float("inf")},
        {"size": -5},
        {"made": "0001-01-01T00:00:00+14:00"},
        {"made": 5},
    ],
    ids=lambda change: json.dumps(change),
)
def test_head_that_names_what_is_not_ours_is_refused(made, change):
    content = {**backup.read(made).content, **change}

    with_head(made, json.dumps(content).encode())

    with pytest.raises(Unreadable):
        backup.read(made)


def test_head_of_nesting_without_end_is_refused(made):
    with_head(made, b"[" * 200_000)

    with pytest.raises(Unreadable):
        backup.read(made)
