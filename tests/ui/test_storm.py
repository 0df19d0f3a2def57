"""A short storm over the real window; ``tests.ui.storm`` blows longer from a command line."""

import os
import subprocess
import sys
from pathlib import Path

SEED, TURNS = "3", "25"


def test_window_outlives_a_storm_of_pages_forms_locks_languages_and_looks(tmp_path):
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-m", "tests.ui.storm", str(tmp_path / "desk"), SEED, TURNS],
        capture_output=True,
        text=True,
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "COACHDESK_HOME": str(tmp_path / "home"),
            "MALLOC_PERTURB_": "165",  # freed memory is overwritten: who uses it crashes at once
        },
        cwd=Path(__file__).parents[2],
        timeout=240,
    )

    assert done.returncode == 0, done.stderr[-4000:]
