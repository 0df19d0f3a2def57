"""A file is written before its row: a kill or a full disk leaves it whole or not at all."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from coachdesk.clock import FixedClock
from coachdesk.domain.trainee import Trainee
from coachdesk.errors import Trouble
from coachdesk.services import attachments, trainees
from coachdesk.services.attachments import read_file
from coachdesk.services.desk import Desk
from coachdesk.store.making import FILES
from tests import pictures
from tests.faults import held, tries

KILLS = tries(100, 8)

_ADD_FOR_EVER = """
import sys
from coachdesk.clock import SystemClock
from coachdesk.domain.attachment import Judged, LookedAt
from coachdesk.services import attachments
from coachdesk.services.attachments import ReadFile
from coachdesk.services.opening import open_desk
from tests.conftest import CHEAP, PASSPHRASE
import resource
desk = open_desk(sys.argv[1], passphrase=PASSPHRASE, clock=SystemClock(), floor=CHEAP)
if len(sys.argv) > 3:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
    import signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
print("open", flush=True)
for count in range(int(sys.argv[2]), 100000):
    content = b"%PDF-1.7 number " + str(count).encode() + b" " * 200_000
    file = ReadFile(judged=Judged(name="a.pdf", kind="pdf"), content=content)
    try:
        kept = attachments.add(desk, 1, file, LookedAt(), title=f"number {count}")
    except Exception as error:
        print(type(error).__name__, error, flush=True)
        break
    print(kept.id, flush=True)
"""


@pytest.fixture
def folder(desk: Desk) -> Path:
    trainees.register(desk, Trainee(family_name="Lindström", given_names="Göran"))
    desk.close()
    return desk.folder


def child(*args: object) -> "subprocess.Popen[str]":
    run = [sys.executable, "-c", _ADD_FOR_EVER, *map(str, args)]
    return subprocess.Popen(run, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def files_of(folder: Path) -> set[str]:
    return {path.name for path in (folder / FILES).iterdir()}


@pytest.mark.faults("kill files")
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_nothing_acknowledged_is_lost_and_nothing_is_left_over(
    folder: Path, reopen: Callable[..., Desk]
) -> None:
    total = 0
    for kill in range(KILLS):
        with child(folder, total * 1000) as running:
            assert running.stdout is not None and running.stderr is not None
            said = [running.stdout.readline() for _ in range(2 + kill % 4)]
            assert said[0] == "open\n", running.stderr.read()
            running.kill()
            said += running.stdout.readlines()
        acknowledged = len([line for line in said if line.strip().isdigit()])
        desk = reopen(folder)
        found = attachments.page(desk, 1).sheets
        assert total + acknowledged <= len(found) <= total + acknowledged + 1
        assert attachments.verify(desk) == ()
        assert files_of(folder) == {sheet.attachment.file for sheet in found}
        total = len(found)
        desk.close()
        held()
    assert total > 0


@pytest.mark.skipif(os.name == "nt", reason="no such limit")
def test_a_file_that_finds_no_room_is_told_and_nothing_of_it_stays(
    folder: Path, reopen: Callable[..., Desk]
) -> None:
    with child(folder, 0, 150_000) as running:
        said, failed = running.communicate(timeout=60)
    assert said.splitlines()[1].startswith(("DiskFull", "Trouble")), said + failed
    assert "this was not saved" in said
    desk = reopen(folder)

    assert attachments.page(desk, 1).sheets == () and files_of(folder) == set()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the right to write is not taken from root")
def test_a_folder_that_cannot_be_written_is_told(desk: Desk, tmp_path: Path, clock: FixedClock) -> None:
    person = trainees.register(desk, Trainee(family_name="Lindström", given_names="Göran"))
    path = tmp_path / "a.pdf"
    path.write_bytes(pictures.pdf())
    (desk.folder / FILES).chmod(0o500)
    from coachdesk.domain.attachment import LookedAt

    with pytest.raises(Trouble):
        attachments.add(desk, person.id, read_file(path), LookedAt(), title="A")
