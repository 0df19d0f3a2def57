"""The receiver of the load, a process of its own: the real application, without its limits on how often.

python -m coachdesk.bench.load_receiver REGION URL PORT
"""

import sys
from pathlib import Path

import uvicorn

from coachdesk.clock import SystemClock
from coachdesk.region.folder import open_region
from coachdesk.region.server.app import application
from coachdesk.region.server.limits import Limits


def main(folder: Path, url: str, port: int) -> None:
    """Serve until told to end."""
    limits = Limits(address_a_minute=0, device_a_minute=0)
    app = application(open_region(folder, url), SystemClock(), limits=limits, staff=False)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False, ws="none")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
