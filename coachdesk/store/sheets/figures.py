"""SELECTs behind the figures of a period."""

from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, exists, func, or_, select, true

from coachdesk.domain.indicators import Answer, Coached, FirstPlan, Person, last_of_each
from coachdesk.store.rows import Opened
from coachdesk.store.tables import coaching, feedback, period, plan, trainee

_T = trainee.c
_NAME = func.rtrim(func.concat(_T.family_name, ", ", _T.given_names), ", ").label("name")


def people(unit: Opened, begins: date | None, ends: date | None) -> tuple[Person, ...]:
    """Who had a first contact, a service period or job coaching in the period; without days everybody."""
    where: ColumnElement[bool] = true()
    if begins or ends:
        served = exists().where(
            period.c.trainee_id == _T.id,
            _runs(period.c.begins, func.coalesce(period.c.ended, period.c.ends), begins, ends),
        )
        helped = exists().where(
            coaching.c.trainee_id == _T.id, _runs(coaching.c.begins, coaching.c.ends, begins, ends)
        )
        where = or_(_within(_T.first_contact, begins, ends), served, helped)
    query = select(_T.id, _NAME, _T.mother_tongue, _T.first_contact).where(where).order_by(_T.name_sort)
    return tuple(
        Person(trainee_id=row[0], name=row[1], mother_tongue=row[2], first_contact=row[3])
        for row in unit.connection.execute(query)
    )


def coached(unit: Opened, begins: date | None, ends: date | None) -> tuple[Coached, ...]:
    """Whose job coaching ran in the period, each person once."""
    c = coaching.c
    query = (
        select(c.trainee_id, _NAME, c.begins, c.ends, c.outcome)
        .join(trainee, _T.id == c.trainee_id)
        .where(_runs(c.begins, c.ends, begins, ends))
        .order_by(_T.name_sort, c.begins)
    )
    return last_of_each(
        [
            Coached(trainee_id=row[0], name=row[1], begins=row[2], ends=row[3], outcome=row[4])
            for row in unit.connection.execute(query)
        ]
    )


def answers(unit: Opened, begins: date | None, ends: date | None) -> tuple[Answer, ...]:
    """Grades given in the period; one without a day counts only when no period is asked."""
    f = feedback.c
    query = (
        select(f.trainee_id, _NAME, f.grade, f.on_day)
        .join(trainee, _T.id == f.trainee_id)
        .where(_within(f.on_day, begins, ends))
        .order_by(_T.name_sort, f.id)
    )
    return tuple(
        Answer(trainee_id=row[0], name=row[1], grade=row[2], on_day=row[3])
        for row in unit.connection.execute(query)
    )


def first_plans(unit: Opened, begins: date | None, ends: date | None) -> tuple[FirstPlan, ...]:
    """The first plan of each person, ours or another's, where it was made in the period."""
    turn = func.row_number().over(partition_by=plan.c.trainee_id, order_by=[plan.c.made, plan.c.id])
    first = select(plan.c.trainee_id, plan.c.kind, plan.c.made, turn.label("turn")).where(
        plan.c.made.is_not(None)
    )
    one = first.subquery()
    query = (
        select(one.c.trainee_id, _NAME, one.c.kind, one.c.made, _T.first_contact)
        .join(trainee, _T.id == one.c.trainee_id)
        .where(one.c.turn == 1, _within(one.c.made, begins, ends))
        .order_by(_T.name_sort)
    )
    return tuple(
        FirstPlan(trainee_id=row[0], name=row[1], kind=row[2], made=row[3], first_contact=row[4])
        for row in unit.connection.execute(query)
    )


def _within(column: Column[Any] | ColumnElement[Any], begins: date | None, ends: date | None) -> Any:
    where: list[ColumnElement[bool]] = [true()]
    if begins:
        where.append(column >= begins)
    if ends:
        where.append(column <= ends)
    return and_(*where)


def _runs(first: Any, last: Any, begins: date | None, ends: date | None) -> Any:
    where: list[ColumnElement[bool]] = [true()]
    if ends:
        where.append(first <= ends)
    if begins:
        where.append(or_(last.is_(None), last >= begins))
    return and_(*where)
