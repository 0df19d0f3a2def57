"""The tour: the real window driven through the whole main job, in both languages."""

import json
import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_main_job_is_driven_to_its_end(tmp_path, language):
    """Unlock, Today, a person, marks, import, figures, export, receipt; no stray window on the way."""
    out = tmp_path / "tour"
    done = subprocess.run(
        [sys.executable, "-m", "coachdesk", "tour", "--out", str(out), "--language", language],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "COACHDESK_LANGUAGE": language},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=400,
    )

    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "propagateSizeHints" not in done.stderr
    begun = {"fi": "Esittelytiedot ja harjoitusalue", "sv": "Demouppgifterna och övningsområdet"}
    assert begun[language] in done.stdout
    assert len(list((out / "pictures").glob("*.png"))) >= 18
    assert (out / "plan.pdf").read_bytes().startswith(b"%PDF-")
    assert list((out / "letters").glob("*.jwe"))
    assert list((out / "receipts").iterdir())
    held = subprocess.run(
        [sys.executable, "-m", "coachdesk.region", "list", "--region", str(out / "region"), "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(held.stdout)["summaries"]
