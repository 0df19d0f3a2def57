"""A region that really listens: its own folder and store, uvicorn in a thread, a port of this computer."""

import contextlib
import socket
import threading
from pathlib import Path

import uvicorn

from coachdesk.region import devices, enrolling, listing, receive
from coachdesk.region import folder as region_folder
from coachdesk.region.server.app import application
from coachdesk.region.server.limits import Limits

BODY = "wellbeing_area_ostrobothnia"


class Served:
    """One region and its door; ``stop`` and ``start`` close and open it at the same port."""

    def __init__(
        self, at: Path, clock, name: str = "pohjanmaa", limits: Limits | None = None, body: str = BODY
    ) -> None:
        if not at.exists():
            region_folder.init(at, region_id=name, name_fi="Alue", name_sv="Området", body=body)
        self.at, self.clock, self.limits = at, clock, limits
        self.port = free_port()
        self.region = region_folder.open_region(at)
        self._server = self._thread = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def card(self) -> Path:
        return self.at / "region.json"

    @property
    def held(self) -> dict:
        return listing.listed(self.region, self.clock.today())

    @property
    def fields(self) -> list[dict]:
        return [one["fields"] for one in self.held["summaries"]]

    def code(self) -> str:
        return enrolling.make_code(self.region, self.clock.now())

    def enrol(self, file: Path) -> str:
        return region_folder.enrol(self.region, file, self.clock.now())

    def revoke(self, device: str) -> None:
        with self.region.writing() as connection:
            devices.revoke(connection, device, self.clock.now())

    def take(self, *files: Path) -> list[Path]:
        done = [receive.receive(self.region, file.read_bytes(), self.clock.now()) for file in files]
        return receive.write_answers(self.region, done, self.at.parent / "answers", self.clock.now())

    def start(self) -> "Served":
        app = application(self.region, self.clock, staff=False, limits=self.limits)
        config = uvicorn.Config(app, host="127.0.0.1", port=self.port, log_level="critical", lifespan="on")
        self._server = uvicorn.Server(config)
        self._server.install_signal_handlers = lambda: None
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        waited = threading.Event()
        for _try in range(500):
            if self._server.started:
                return self
            waited.wait(0.01)
        raise RuntimeError("the region did not begin to listen")

    def stop(self) -> None:
        if self._server is not None:
            self._server.should_exit = self._server.force_exit = True
            self._thread.join(10)
            self._server = None

    def close(self) -> None:
        self.stop()
        self.region.engine.dispose()


def free_port() -> int:
    with contextlib.closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]
