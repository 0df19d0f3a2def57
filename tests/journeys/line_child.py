"""What is killed: one side of the line, each in a process of its own."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import uvicorn

from coachdesk.clock import HELSINKI, FixedClock
from coachdesk.region import folder as region_folder
from coachdesk.region.server.app import application
from coachdesk.region.server.limits import Limits
from coachdesk.services import consents, sending, sync
from coachdesk.services.desk import Desk
from coachdesk.services.opening import open_desk
from coachdesk.store.argon import KdfCost
from coachdesk.store.trainees import TRAINEES

BODY = "wellbeing_area_ostrobothnia"
CHEAP = KdfCost(memory_kib=8, passes=1, lanes=1)
PHRASE = "kolme tuulista hiihtolomaa"
START = datetime(2026, 12, 15, 9, 14, tzinfo=HELSINKI)


def opened(folder: Path) -> Desk:
    return open_desk(folder, passphrase=PHRASE, clock=FixedClock(START), floor=CHEAP)


def serve(folder: str, port: int) -> None:
    """The region, until it is killed."""
    region = region_folder.open_region(Path(folder))
    free = Limits(address_a_minute=0, device_a_minute=0)
    app = application(region, FixedClock(START), staff=False, limits=free)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="critical")


def work(folder: str, number: int) -> None:
    """The desk: something changes, it is accepted and sent."""
    with opened(Path(folder)) as desk:
        change(desk, number)
        for offer in sync.review(desk):
            if offer.waits_for_coach and offer.problem is None:
                sync.accept(desk, offer)
        sending.Sender(desk).send(by_hand=True)


def change(desk: Desk, number: int) -> None:
    """Another goal; each seventh time a consent ends, or begins anew."""
    who = 1 + number % 3
    if number % 7 == 6:
        standing = consents.sheet(desk, who).in_force(BODY)
        if standing is not None:
            consents.withdraw(desk, standing.id)
        else:
            give(desk, who)
        return
    with desk.writing() as unit:
        TRAINEES.put(unit, replace(TRAINEES.get(unit, who), goal=f"tavoite {number}"))
        unit.commit()


def give(desk: Desk, who: int) -> None:
    last = START.date() + timedelta(days=300)
    consents.give(desk, who, recipient=BODY, scopes=("goals",), valid_to=last)
