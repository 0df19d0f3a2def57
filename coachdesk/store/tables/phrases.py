"""The workshop's own phrases, and what it changed or hid of those that are shipped."""

from sqlalchemy import Boolean, Column, Table, Text

from coachdesk.store.tables.columns import Json, metadata, words

phrase = Table(
    "phrase", metadata, Column("key", Text, primary_key=True), words("fi"), words("sv"),
    Column("plain", Boolean, nullable=False, server_default="0"),
    Column("plan_items", Json, nullable=False), Column("note_kinds", Json, nullable=False),
    Column("phases", Json, nullable=False),
    Column("hidden", Boolean, nullable=False, server_default="0"),
)  # fmt: skip
