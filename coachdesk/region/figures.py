"""Figures of those who consented, made once for a finished quarter and kept as they were told.

The rules are those of ``domain.aggregate``: one-way tables only, counts rounded to the nearest five, what is
below five told as "<5" (nought too), no totals, and no table of fewer than twenty people.  The figures of a
quarter are made when they are first asked for after it; later changes of consents never change them, so two
looks can not be subtracted from each other.  They are never added to the desks' own aggregates.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from coachdesk.domain import aggregate
from coachdesk.domain.aggregate import OneWay, Quarter
from coachdesk.domain.days import months_on
from coachdesk.domain.phases import PHASE_NAMES
from coachdesk.i18n import N_, Words
from coachdesk.region import ledger, tables

_F, _S = tables.figures.c, tables.summary.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is told of one quarter; ``tables`` may be empty, ``made`` is the day on which it was frozen."""

    quarter: Quarter
    made: date
    tables: tuple[OneWay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """One table: its title, its classes with their names, and the class of a summary, if it tells one."""

    key: str
    title: str
    classes: Mapping[str, str]
    of: Callable[[Mapping[str, Any], Quarter], str | None]


def newest(connection: Connection, today: date) -> Figures:
    """The figures of the newest finished quarter, made now where nobody has asked for them before."""
    quarter = aggregate.last_finished(today)
    own = select(tables.figures).where(_F.quarter == quarter.key)
    kept = connection.execute(own).mappings().first()
    if kept is not None:
        return _of_row(kept)
    ledger.expire(connection, today)
    found = Figures(quarter=quarter, made=today, tables=_made(_held(connection), quarter))
    row = [{"key": table.key, "cells": [list(cell) for cell in table.cells]} for table in found.tables]
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    made = insert(tables.figures).values(quarter=quarter.key, made=today.isoformat(), tables=row)
    connection.execute(made.on_conflict_do_nothing())  # somebody else may ask in the same moment
    return _of_row(connection.execute(own).mappings().one())


def all_kept(connection: Connection) -> tuple[Figures, ...]:
    """Every quarter that was told, the newest first."""
    rows = connection.execute(select(tables.figures).order_by(_F.quarter.desc())).mappings()
    return tuple(_of_row(row) for row in rows)


def lines(found: Figures, words: Words) -> list[tuple[str, list[tuple[str, str]]]]:
    """Figures as a person reads them: the title of each table, then its classes with their numbers."""
    shown = []
    for table in found.tables:
        asked = _QUESTIONS[table.key]
        cells = [(words._(asked.classes.get(key, key)), _told(count, words)) for key, count in table.cells]
        shown.append((words._(asked.title), cells))
    return shown


def _told(count: int | None, words: Words) -> str:
    return aggregate.FEW if count is None else words.count(count)


def _held(connection: Connection) -> Iterable[Mapping[str, Any]]:
    return connection.execute(select(_S.fields).where(_S.state == ledger.HELD)).scalars()


def _made(summaries: Iterable[Mapping[str, Any]], quarter: Quarter) -> tuple[OneWay, ...]:
    """One table for each question; each is of those alone whose consent lets its field out."""
    counted: dict[str, Counter[str]] = {key: Counter() for key in _QUESTIONS}
    for fields in summaries:
        for key, asked in _QUESTIONS.items():
            found = asked.of(fields, quarter)
            if found is not None:
                counted[key][found] += 1
    made = (_table(asked, counted[key]) for key, asked in _QUESTIONS.items())
    return tuple(table for table in made if table is not None)


def _table(asked: _Question, counted: Counter[str]) -> OneWay | None:
    if counted.total() < aggregate.LEAST_PEOPLE:
        return None
    return OneWay(key=asked.key, cells=tuple((key, aggregate.rounded(counted[key])) for key in asked.classes))


def _of_row(row: Mapping[Any, Any]) -> Figures:
    found = [OneWay(key=one["key"], cells=_cells(one["cells"])) for one in row["tables"]]
    return Figures(
        quarter=aggregate.quarter_of(row["quarter"]),
        made=date.fromisoformat(row["made"]),
        tables=tuple(found),
    )


def _cells(kept: Sequence[Sequence[Any]]) -> tuple[tuple[str, int | None], ...]:
    return tuple((str(key), None if count is None else int(count)) for key, count in kept)


def _phase(fields: Mapping[str, Any], _quarter: Quarter) -> str | None:
    if "phases" not in fields:
        return None
    open_ = [one for one in fields["phases"] if one["open"]]
    newest_ = max(open_, key=lambda one: (one["opened"] or "", one["phase"]), default=None)
    return str(newest_["phase"]) if newest_ else "none"


def _attended(fields: Mapping[str, Any], quarter: Quarter) -> str | None:
    if "attended_months" not in fields:
        return None
    months = {f"{months_on(quarter.begins, step):%Y-%m}" for step in range(3)}
    return aggregate.days_class(sum(m["days"] for m in fields["attended_months"] if m["month"] in months))


def _age(fields: Mapping[str, Any], quarter: Quarter) -> str | None:
    if "birth_date" not in fields:
        return None
    born = fields["birth_date"]
    return aggregate.age_class(date.fromisoformat(born) if born else None, quarter.begins)


def _language(fields: Mapping[str, Any], _quarter: Quarter) -> str | None:
    return fields.get("service_language")


_QUESTIONS = {
    asked.key: asked
    for asked in (
        _Question(
            key="phase",
            title=N_("Phase"),
            classes={
                **{str(number): name for number, name in sorted(PHASE_NAMES.items())},
                "none": N_("no phase open"),
            },
            of=_phase,
        ),
        _Question(
            key="attended",
            title=N_("Attended days in the quarter"),
            classes={**aggregate.DAY_NAMES, "none": "0"},
            of=_attended,
        ),
        _Question(
            key="age", title=N_("Age at the start of the quarter"), classes=aggregate.AGE_NAMES, of=_age
        ),
        _Question(
            key="language",
            title=N_("Language of service"),
            classes=aggregate.LANGUAGE_NAMES,
            of=_language,
        ),
    )
}
