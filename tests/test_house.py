"""The plan of the house is kept: imports run one way, one clock, nothing of the builders' in the tree."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CODE = sorted((ROOT / "coachdesk").rglob("*.py"))


def test_imports_run_one_way():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("file", CODE, ids=lambda file: str(file.relative_to(ROOT)))
def test_only_the_clock_knows_the_time(file):
    if file.name == "clock.py":
        return
    found = re.findall(
        r"datetime\.now\(|utcnow\(|date\.today\(|func\.now\(|time\.time\(|currentDate\(|currentDateTime\(",
        file.read_text("utf-8"),
    )

    assert not found


@pytest.mark.parametrize("file", CODE, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_message_is_made_of_pieces(file):
    """A message is a whole sentence with named fields: no f-string, no percent, no joining inside it."""
    text = file.read_text("utf-8")

    assert not re.findall(r"""(?<![\w.])(?:_|N_|ngettext|pgettext)\(\s*f["']""", text)
    assert not re.findall(r"""(?<![\w.])_\(\s*["'][^"'\n]*["']\s*[%+]""", text)


def test_qt_keeps_only_where_the_window_stood():
    users = [file.name for file in CODE if "QSettings" in file.read_text("utf-8")]

    assert users == ["main_window.py"]


def test_every_package_is_named_in_the_project_file():
    """The wheel carries what the project file names: a package that is forgotten there would be missing."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    named = {name for name in project["tool"]["setuptools"]["packages"] if "._" not in name}
    there = {
        ".".join(file.parent.relative_to(ROOT).parts)
        for file in CODE
        if file.name == "__init__.py" and not any(part.startswith("_") for part in file.parent.parts)
    }

    assert named == there


def test_every_package_says_the_law_of_its_floor():
    silent = [
        str(file.relative_to(ROOT))
        for file in CODE
        if file.name == "__init__.py" and not file.read_text("utf-8").lstrip().startswith('"""')
    ]

    assert silent == []


def test_the_lock_names_no_index_and_hashes_everything():
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    pins = [line for line in lock.splitlines() if re.match(r"[a-z0-9].*==", line)]

    assert "://" not in lock
    assert "index" not in lock
    assert pins
    assert len(pins) == len(re.findall(r"==[^\n]*\\\n    --hash=sha256:", lock))
    assert not any(pin.startswith("pyside6") and "6.12" in pin for pin in pins)


def test_qt_keeps_count_of_none():
    """PySide6 6.12.0 on Python 3.11 loses a reference to None at each void call and aborts later."""
    from PySide6.QtCore import QObject

    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(500):
        thing.setObjectName("a")

    assert abs(sys.getrefcount(None) - before) < 100
