"""The tour: the real window driven through the whole main job, in both languages."""

import json
import os
import subprocess
import sys

import pytest

from coachdesk.ui.settings.screen import SECTIONS
from coachdesk.ui.trainees.page import TABS

SHOWN = {
    "unlock",
    "first-run",
    "today",
    "trainees",
    "trainee-form",
    "plan-editor",
    "attendance",
    "absence-reports",
    "import-columns",
    "import-preview",
    "figures",
    "what-leaves",
    "outbox",
    "receipt-in",
    "locked",
}

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
WITHOUT_DISPLAY = {name: value for name, value in os.environ.items() if name not in _DISPLAYS}


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_main_job_is_driven_to_its_end(tmp_path, language):
    """Unlock, Today, a person, marks, import, figures, export, receipt; no stray window on the way."""
    out = tmp_path / "tour"
    done = subprocess.run(
        [sys.executable, "-m", "coachdesk", "tour", "--out", str(out), "--language", language],
        env={**WITHOUT_DISPLAY, "COACHDESK_LANGUAGE": language},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=400,
    )

    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "propagateSizeHints" not in done.stderr
    begun = {"fi": "Esittelytiedot ja harjoitusalue", "sv": "Demouppgifterna och övningsområdet"}
    assert begun[language] in done.stderr
    taken = {file.stem.split("-", 1)[1].rsplit("-", 1)[0] for file in (out / "pictures").glob("*.png")}
    assert taken >= SHOWN | {f"trainee-{tab.word}" for tab in TABS}
    assert taken >= {f"settings-{one.__name__.removesuffix('Section').lower()}" for one in SECTIONS}
    (reports,) = (out / "pictures").glob("*-absence-reports-*.png")
    width = int.from_bytes(reports.read_bytes()[16:20], "big")  # of the picture, in its first part
    assert width >= 1000  # as on a laptop, with no column out of sight
    assert (out / "plan.pdf").read_bytes().startswith(b"%PDF-")
    (letter,), (receipt,) = (out / "letters").glob("*.jwe"), (out / "receipts").iterdir()
    for place in (out / "pictures", out / "plan.pdf", letter, receipt):
        assert any(line.endswith(f": {place}") for line in done.stdout.splitlines())
    held = subprocess.run(
        [sys.executable, "-m", "coachdesk.region", "list", "--region", str(out / "region"), "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(held.stdout)["summaries"]
