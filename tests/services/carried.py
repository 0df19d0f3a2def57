"""A real region in a folder, and what a desk carries to it and back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from coachdesk.domain.phases import Opening
from coachdesk.region import folder as region_folder
from coachdesk.region import listing, receive
from coachdesk.services import consents, sync
from coachdesk.store.phases import OPENINGS
from coachdesk.store.trainees import TRAINEES

BODY = "wellbeing_area_ostrobothnia"


class PracticeRegion:
    """A region in a folder of its own, driven by its own functions."""

    def __init__(self, at: Path, clock, name: str = "pohjanmaa") -> None:
        region_folder.init(at, region_id=name, name_fi="Alue", name_sv="Området", body=BODY)
        self.at, self.clock = at, clock
        self.answers = at.parent / f"answers-{name}"

    @property
    def card(self) -> Path:
        return self.at / "region.json"

    @property
    def open(self) -> region_folder.Region:
        return region_folder.open_region(self.at)

    def enrol(self, file: Path) -> str:
        return region_folder.enrol(self.open, file, self.clock.now())

    def take(self, *files: Path) -> list[Path]:
        region = self.open
        done = [receive.receive(region, file.read_bytes(), self.clock.now()) for file in files]
        return receive.write_answers(region, done, self.answers, self.clock.now())

    @property
    def held(self) -> dict:
        return listing.listed(self.open, self.clock.today())

    @property
    def fields(self) -> list[dict]:
        return [one["fields"] for one in self.held["summaries"]]


@pytest.fixture
def region(tmp_path, clock) -> PracticeRegion:
    return PracticeRegion(tmp_path / "region", clock)


@pytest.fixture
def enrolled(desk, region, tmp_path) -> PracticeRegion:
    region.enrol(sync.enrol(desk, region.card, tmp_path / "out").file)
    return region


@pytest.fixture
def give(desk) -> Callable:
    def give(trainee, *scopes, valid_to=date(2027, 6, 30), **more):
        return consents.give(
            desk, trainee.id, recipient=BODY, scopes=scopes or ("phases",), valid_to=valid_to, **more
        )

    return give


@pytest.fixture
def carry(desk, enrolled, tmp_path) -> Callable:
    """Export, let the region receive, read its receipt."""

    def carry(accepted_only: bool = False):
        done = sync.export(desk, tmp_path / "stick", accepted_only=accepted_only)
        results = [sync.read_receipt(desk, file) for file in enrolled.take(*done.files)] if done.files else []
        return SimpleNamespace(export=done, receipts=results)

    return carry


def put_goal(desk, trainee, goal):
    with desk.writing() as unit:
        TRAINEES.put(unit, replace(TRAINEES.get(unit, trainee.id), goal=goal))
        unit.log("trainee.edit", trainee_id=trainee.id)
        unit.commit()


def open_phase(desk, trainee, phase, day=date(2026, 11, 2)):
    with desk.writing() as unit:
        OPENINGS.add(unit, Opening(trainee_id=trainee.id, phase=phase, opened=day))
        unit.log("phase.open", trainee_id=trainee.id)
        unit.commit()


def offers(desk):
    return {offer.name.split(",")[0]: offer for offer in sync.review(desk)}
