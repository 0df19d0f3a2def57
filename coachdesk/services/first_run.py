"""The first run: which of its steps is still to be done."""

from coachdesk.services.desk import Desk
from coachdesk.store import meta


def first_run_step(desk: Desk) -> str:
    """The step at which the first run was left; empty when it is finished."""
    with desk.reading() as unit:
        return meta.get(unit, "first_run")


def remember_first_run(desk: Desk, step: str) -> None:
    """Remember the step, so that a closed window opens there again; empty ends the first run."""
    with desk.writing() as unit:
        if step:
            meta.put(unit, "first_run", step)
        else:
            meta.remove(unit, "first_run")
        unit.log("desk.first_run", after={"step": step})
        unit.commit()
