"""What the receiver is installed with: the part of the lock that it needs, a unit, a container, a proxy."""

import importlib.util
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from coachdesk.arguments import read
from coachdesk.region.__main__ import parser

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "installer" / "region"
IMPORTS = """
import importlib, importlib.metadata, json, pkgutil, sys
import coachdesk.region
for found in pkgutil.walk_packages(coachdesk.region.__path__, "coachdesk.region."):
    if "migrations" not in found.name:
        importlib.import_module(found.name)
import alembic.command, babel.dates, psycopg
named = importlib.metadata.packages_distributions()
print(json.dumps(sorted({one for name in sys.modules for one in named.get(name.split(".")[0], [])})))
"""


@pytest.fixture(scope="module")
def requirements():
    spec = importlib.util.spec_from_file_location("receiver_requirements", FOLDER / "requirements.py")
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def test_the_receivers_part_of_the_lock_has_all_that_it_imports(requirements):
    done = subprocess.run([sys.executable, "-c", IMPORTS], capture_output=True, text=True, check=True)
    used = {one.lower().replace("_", "-") for one in json.loads(done.stdout)} - {"coachdesk"}

    assert used - {"pygments"} <= set(requirements.PACKAGES)  # pygments: coloured errors, when it is there
    assert not used & {"pyside6-essentials", "reportlab", "sqlcipher3", "openpyxl", "httpx"}


def test_each_of_its_packages_is_pinned_with_its_hashes(requirements):
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    kept = requirements.receiver(lock)

    assert len(re.findall(r"^[a-z0-9-]+(?:\[[a-z]+\])?==", kept, re.M)) == len(requirements.PACKAGES)
    assert kept.count("--hash=sha256:") > len(requirements.PACKAGES)
    assert "pyside6" not in kept


def test_the_unit_and_the_container_give_commands_that_there_are():
    unit = (FOLDER / "coachdesk-region.service").read_text("utf-8").replace("\\\n", " ")
    (start,) = re.findall(r"^ExecStart=\S+ (.*)$", unit, re.M)
    container = (FOLDER / "Containerfile").read_text("utf-8")
    (run,) = re.findall(r"coachdesk-region \\\n#\s+(serve .*)$", container, re.M)
    (init,) = re.findall(r"coachdesk-region (init .*)$", container, re.M)

    for words in (start.replace("${DATABASE}", '""'), run, init):
        assert callable(read(parser, shlex.split(words)).carry_out)


def test_the_unit_lets_a_stop_finish():
    from coachdesk.region.server.limits import Limits

    unit = (FOLDER / "coachdesk-region.service").read_text("utf-8")
    (seconds,) = re.findall(r"^TimeoutStopSec=(\d+)$", unit, re.M)
    assert int(seconds) > Limits().stop_seconds


def test_the_proxy_lets_a_bundle_through():
    from coachdesk.region.server.limits import BIGGEST_BODY

    (size,) = re.findall(r"client_max_body_size (\d+)k;", (FOLDER / "nginx.conf").read_text("utf-8"))
    assert int(size) * 1024 > BIGGEST_BODY
    (size,) = re.findall(r"max_size (\d+)KB", (FOLDER / "Caddyfile").read_text("utf-8"))
    assert int(size) * 1000 > BIGGEST_BODY
