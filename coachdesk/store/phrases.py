"""The workshop's own phrases, and what it changed or hid of those that are shipped."""

from coachdesk.domain.phrases import Phrase
from coachdesk.store import tables
from coachdesk.store.rows import Rows

PHRASES = Rows(tables.phrase, Phrase)
