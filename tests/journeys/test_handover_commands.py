"""Two desks hand a trainee over by the command line alone, with a stick between them."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coachdesk.cli import run
from coachdesk.domain.trainee import Trainee
from coachdesk.services import trainees
from coachdesk.services.desk import Desk
from coachdesk.services.opening import open_desk
from coachdesk.store import argon
from tests.conftest import CHEAP, PASSPHRASE
from tests.services.handed import CODE, furnish


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch, clock: Any) -> None:
    """The commands open the desks of these tests."""
    from coachdesk.cli import handover

    def opened(asked: Any) -> Desk:
        return open_desk(asked.desk, passphrase=PASSPHRASE, clock=clock, floor=CHEAP)

    monkeypatch.setattr(handover, "opened", opened)
    monkeypatch.setenv("COACHDESK_LANGUAGE", "en")
    assert argon


def test_trainee_is_handed_over_by_commands(
    made_desk: Any, tmp_path: Path, reopen: Callable[..., Desk], capsys: pytest.CaptureFixture[str]
) -> None:
    giver, taker, stick = (tmp_path / name for name in ("giver", "taker", "stick"))
    for place in (giver, taker):
        shutil.copytree(made_desk[0], place)
    stick.mkdir()
    desk = reopen(giver)
    person = trainees.register(
        desk, Trainee(family_name="Mallinen", given_names="Malla", personal_identity_code=CODE)
    )
    furnish(desk, person, tmp_path)
    desk.close()

    def say(*words: object, code: int = 0) -> list[str]:
        capsys.readouterr()
        assert run(["handover", *map(str, words)]) == code
        found = capsys.readouterr()
        return (found.out + found.err).splitlines()

    card, print_ = say("card", "--desk", taker, "--to", stick)
    mark = print_.partition(": ")[2]
    told = say("know", card, "--desk", giver, "--fingerprint", "0000 " + mark[5:], code=1)
    assert told == ["The fingerprint is another one. Ask for the public file once more."]
    [other] = say("know", card, "--desk", giver, "--fingerprint", mark)
    *_counts, file = say(
        "give",
        "--desk",
        giver,
        "--trainee",
        person.id,
        "--for",
        other[:8],
        "--ground",
        "ended",
        "--to",
        stick,
    )
    looked = say("look", file, "--desk", taker)
    own = looked[1].partition(": ")[2]
    assert "Malla Mallinen" in looked
    assert say("accept", file, "--desk", taker, "--to", stick, code=1)[0].startswith("Nothing has come from")
    for act, more in (("accept", ("--fingerprint", own)), ("refuse", ("--reason", "not_ours"))):
        mistyped = tmp_path / "stikc" / "answers"
        told = say(act, file, "--desk", taker, "--to", mistyped, *more, code=1)
        assert told == [f"There is no folder {mistyped.parent}."]  # before anything is taken over
    [answer] = say("accept", file, "--desk", taker, "--to", stick, "--fingerprint", own)
    assert say("answer", answer, "--desk", giver) == ["Malla Mallinen: accepted by Mallipaja."]
    refused = say("refuse", file, "--desk", taker, "--to", stick, "--reason", "not_ours", code=1)
    assert refused[0].startswith("This handover was taken over on")
    assert say("again", file, "--desk", taker, "--to", stick) == [answer]
    assert any("Mallinen, Malla" in line for line in say("list", "--desk", taker))
