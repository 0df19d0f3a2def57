"""Workshops, their groups and coaches, and what the desk itself remembers."""

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from coachdesk.store.tables.columns import Json, Moment, metadata, own_id, words

meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

workshop = Table(
    "workshop", metadata, own_id(), words("name_fi"), words("name_sv"), words("organisation"),
    words("street_address"), words("postal_code"), words("post_office"), words("phone"), words("email"),
)  # fmt: skip

workshop_group = Table(
    "workshop_group", metadata, own_id(),
    Column("workshop_id", ForeignKey("workshop.id"), nullable=False), words("name"),
)  # fmt: skip

coach = Table(
    "coach", metadata, own_id(), words("name"), words("title"), words("phone"), words("email"),
    Column("language", Text, nullable=False, server_default="fi"),
    Column("role", Text, nullable=False, server_default="coach"),
    Column("added", Moment), Column("removed", Moment),
)  # fmt: skip

import_batch = Table(
    "import_batch", metadata, own_id(), Column("at", Moment, nullable=False), words("file_name"),
    words("kind"), Column("rows", Integer, nullable=False, server_default="0"), Column("undone", Moment),
    Column("touched", Json), Column("coach_id", ForeignKey("coach.id")),
)  # fmt: skip
