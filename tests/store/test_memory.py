import subprocess
import sys

import pytest

_ASK = """
import ctypes, resource
from coachdesk.store.memory import keep_private
print(sorted(keep_private()), sorted(keep_private()))
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="prctl")
def test_process_leaves_no_core_file_and_cannot_be_looked_into() -> None:
    said = subprocess.run([sys.executable, "-c", _ASK], capture_output=True, text=True, check=True).stdout
    assert said.splitlines() == ["['core', 'dumpable'] ['core', 'dumpable']", "(0, 0) 0"]
