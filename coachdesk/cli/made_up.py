"""Desks of made-up people: the demo, the tour through the window, the measurements."""

from __future__ import annotations

import argparse
import json
import os
from datetime import datetime

from coachdesk.cli.commands import Commands, take_language, take_number, take_place
from coachdesk.cli.terminal import passphrase, progress, tell
from coachdesk.clock import HELSINKI, FixedClock, SystemClock
from coachdesk.i18n import _
from coachdesk.settings import resource_folder

MOST_TRAINEES, MOST_YEARS = 50_000, 20
DEMO_NOW = datetime(2026, 12, 15, 9, 14, tzinfo=HELSINKI)


def add(commands: Commands) -> None:
    """The commands of this door."""
    demo = commands.add("demo", make_demo, _("make a desk and fill it with made-up people"))
    take_number(demo, "--trainees", MOST_TRAINEES, 40, _("how many people; 0 makes an empty desk"))
    take_number(demo, "--years", MOST_YEARS, 1, _("how many years back the first contacts go"))
    take_number(demo, "--seed", 10**9, 1, _("the same number makes the same people"))
    take_language(demo)

    words = _("drive the window through the main job and keep pictures")
    tour = commands.add("tour", make_tour, words, desk=False)
    take_place(tour, "--out", _("FOLDER"), _("folder for them"))
    take_language(tour)

    words = _("measure speed and memory beside their baselines")
    bench = commands.add("bench", make_bench, words, desk=False)
    take_place(bench, "--json", _("FILE"), _("where the results go"))
    # fewer would fill no month grid of sixty
    take_number(bench, "--trainees", MOST_TRAINEES, 10_000, _("how many people"), least=1_000)
    take_number(bench, "--days", 20_000_000, 2_000_000, _("how many attended days"), least=20_000)
    take_number(bench, "--notes", 2_000_000, 200_000, _("how many notes"), least=2_000)


def make_demo(asked: argparse.Namespace) -> None:
    """Make a desk and fill it with made-up people."""
    from coachdesk.services.demo import make_demo as make

    make(
        asked.desk,
        trainees=asked.trainees,
        years=asked.years,
        seed=asked.seed,
        language=asked.language,
        passphrase=passphrase(asked, new=True),
        clock=FixedClock(DEMO_NOW) if asked.trainees else SystemClock(),
        progress=progress(_("Making the desk")),
    )
    print(asked.desk)


def make_tour(asked: argparse.Namespace) -> int:
    """Drive the window through the main job."""
    _see_nothing()
    _see_a_laptop()
    from coachdesk.tour import take_tour

    for line in take_tour(asked.out, asked.language, FixedClock(DEMO_NOW), tell):
        print(line)
    return 0


def make_bench(asked: argparse.Namespace) -> None:
    """Measure, each row beside its own baseline."""
    _see_nothing()
    from coachdesk.bench import measure

    asked.json.parent.mkdir(parents=True, exist_ok=True)
    with asked.json.open("a"):  # a place that cannot be written is told before minutes of measuring
        pass
    rows = measure(asked.trainees, asked.days, asked.notes, tell)
    asked.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
    print(asked.json)


def _see_nothing() -> None:
    """The window that is driven needs no display; ``QT_QPA_PLATFORM`` shows it on one."""
    os.environ["QT_QPA_PLATFORM"] = os.environ.get("QT_QPA_PLATFORM") or "offscreen"


def _see_a_laptop() -> None:
    """Without a display the tour has the screen of a laptop: Qt's own there is a small square."""
    screen = str(resource_folder() / "demo" / "screen.json")
    if os.environ["QT_QPA_PLATFORM"] == "offscreen" and ":" not in screen:  # Qt parts what it is told there
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screen}"
