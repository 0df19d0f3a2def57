"""The load: laptops' first year played through the real receiver over HTTP, on PostgreSQL.

    python -m coachdesk.bench.load [--laptops N] [--trainees N] [--weeks N] [--full] [--json FILE]

By default a tenth of the laptops (100 of 1,000) live the whole year; ``--full`` is all of them.  A week's
bundles are sealed first, unmeasured, then played over several connections.  In the same run a sample of them
goes through bare verify, decrypt and COPY into the same PostgreSQL.  At the end what the region holds is
compared, trainee by trainee, with what the laptops say.
"""

import argparse
import contextlib
import http.client
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from sqlalchemy import select, text

from coachdesk.bench.load_bare import Bare
from coachdesk.bench.load_desks import Laptop, Letter
from coachdesk.bench.postgres import free_port, postgres
from coachdesk.clock import SystemClock
from coachdesk.exchange import keys
from coachdesk.exchange.enrolment import DEFAULT_BODY
from coachdesk.region import devices, folder, tables
from coachdesk.region.folder import Region

CONNECTIONS = 4
SAMPLE = 5  # of each week's bundles one in so many goes the bare way too
FLAT_MB = 20.0
FULL, TENTH = 1000, 100
_SIZE = (
    "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' "
    "AND relnamespace = 'public'::regnamespace AND relname <> 'bare_summary'"
)


@dataclass(slots=True)
class Played:
    """What was measured; times in seconds, memory in MB."""

    laptops: int
    trainees: int
    weeks: int
    bundles: int = 0
    summaries: int = 0
    bytes: int = 0
    seconds: float = 0.0
    answers: list[float] = field(default_factory=list)
    bare_bundles: int = 0
    bare_seconds: float = 0.0
    memory: list[float] = field(default_factory=list)
    lost: int = 0
    strange: int = 0
    stored_mb: float = 0.0

    def table(self) -> dict[str, Any]:
        """The numbers that are told."""
        found = {name: value for name, value in asdict(self).items() if name not in ("answers", "memory")}
        ours, bare = self.seconds / self.bundles, self.bare_seconds / max(1, self.bare_bundles)
        quarter = max(1, len(self.memory) // 4)
        return found | {
            "bundles_a_second": self.bundles / self.seconds,
            "summaries_a_second": self.summaries / self.seconds,
            "median_ms": statistics.median(self.answers) * 1000,
            "p99_ms": sorted(self.answers)[int(0.99 * (len(self.answers) - 1))] * 1000,
            "bare_bundles_a_second": 1 / bare if bare else 0.0,
            "ratio": ours / bare if bare else 0.0,
            "memory_first_quarter": statistics.median(self.memory[:quarter]),
            "memory_last_quarter": statistics.median(self.memory[-quarter:]),
        }

    @property
    def is_flat(self) -> bool:
        """Whether the receiver's memory stayed where it was."""
        told = self.table()
        return bool(told["memory_last_quarter"] - told["memory_first_quarter"] <= FLAT_MB)


def play(laptops: int, trainees: int, weeks: int, tell: Any = lambda _line: None) -> Played:
    """Play it; PostgreSQL, the region and the receiver are made for it and gone afterwards.

    Raises:
        Trouble: PostgreSQL or the receiver does not start.
    """
    played = Played(laptops, trainees, weeks)
    with tempfile.TemporaryDirectory(prefix="coachdesk-load-") as made, postgres() as url:
        region = _region(Path(made, "region"), url)
        desks = _desks(region, laptops, trainees)
        (sealing,) = region.sealing_keys.values()
        bare = Bare(url, sealing, {one.key["kid"]: one.key for one in desks})
        with contextlib.closing(bare), _receiver(region, url) as (port, process):
            for week in range(weeks):
                letters = [letter for one in desks if (letter := one.week(week)) is not None]
                _play_week(letters, port, played)
                _go_bare(letters[week % SAMPLE :: SAMPLE], bare, played)
                played.memory.append(resident(process.pid))
                tell(f"week {week + 1} of {weeks}: {len(letters)} bundles, {played.memory[-1]:.0f} MB")
        _compare(region, desks, played)
        region.engine.dispose()
    return played


def _region(place: Path, url: str) -> Region:
    folder.init(place, region_id="load", name_fi="L", name_sv="L", body=DEFAULT_BODY)
    return folder.open_region(place, url)


def _desks(region: Region, laptops: int, trainees: int) -> list[Laptop]:
    (sealing,) = region.card.of_use(keys.ENCRYPT).values()
    found = [Laptop(number, trainees, region.card.id, sealing) for number in range(laptops)]
    with region.writing() as connection:
        for one in found:
            devices.add(connection, devices.Newcomer(keys.public(one.key)), SystemClock().now())
    return found


@contextlib.contextmanager
def _receiver(region: Region, url: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    port = free_port()
    words = ["serve", "--region", str(region.folder), "--database", url, "--listen", f"127.0.0.1:{port}"]
    limits = ["--no-pages", "--a-minute-address", "0", "--a-minute-desk", "0"]  # all come from one address
    nothing = subprocess.DEVNULL
    process = subprocess.Popen(
        [sys.executable, "-m", "coachdesk.region", *words, *limits],
        stdin=nothing,
        stdout=nothing,
        stderr=nothing,
    )
    try:
        _wait_for(port, process)
        yield port, process
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    ends = time.monotonic() + 30
    while time.monotonic() < ends and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        with contextlib.suppress(OSError), contextlib.closing(connection):
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError("the receiver does not start")


def _play_week(letters: Sequence[Letter], port: int, played: Played) -> None:
    """Send a week's bundles over several connections, each asking one thing at a time."""
    waiting: SimpleQueue[Letter] = SimpleQueue()
    for letter in letters:
        waiting.put(letter)
    failed: list[str] = []

    def send() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        with contextlib.closing(connection), contextlib.suppress(Empty):
            while not failed:
                letter = waiting.get_nowait()
                began = time.perf_counter()
                headers = {"content-type": "application/jose"}
                connection.request("PUT", f"/v1/bundles/{letter.sha256}", letter.content, headers)
                answer = connection.getresponse()
                answer.read()
                played.answers.append(time.perf_counter() - began)
                if answer.status != 201:
                    failed.append(f"{answer.status} to a bundle of laptop {letter.device}")

    threads = [threading.Thread(target=send) for _ in range(CONNECTIONS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    played.seconds += time.perf_counter() - began
    if failed:
        raise RuntimeError(failed[0])
    played.bundles += len(letters)
    played.summaries += sum(letter.summaries for letter in letters)
    played.bytes += sum(len(letter.content) for letter in letters)


def _go_bare(letters: Sequence[Letter], bare: Bare, played: Played) -> None:
    began = time.perf_counter()
    for letter in letters:
        bare.take(letter.content)
    played.bare_seconds += time.perf_counter() - began
    played.bare_bundles += len(letters)


def _compare(region: Region, desks: Sequence[Laptop], played: Played) -> None:
    """Nothing lost, nothing there that no laptop lets out."""
    s = tables.summary.c
    with region.reading() as connection:
        found = select(s.device, s.ref, s.version).where(s.state == "held")
        held = {(device, ref): version for device, ref, version in connection.execute(found)}
        size = connection.execute(text(_SIZE)).scalar_one()
    played.stored_mb = float(size) / (1 << 20)
    wanted = {(one.key["kid"], ref): version for one in desks for ref, version in one.held.items()}
    played.lost = sum(held.get(place) != version for place, version in wanted.items())
    played.strange = len(held.keys() - wanted.keys())


def resident(process: int) -> float:
    """Resident memory of a process in MB."""
    for line in Path(f"/proc/{process}/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def lines(played: Played) -> Iterator[str]:
    """The numbers for a reader."""
    told = played.table()
    yield f"{played.laptops} laptops, {played.laptops * played.trainees} trainees, {played.weeks} weeks"
    yield f"{played.bundles} bundles with {played.summaries} items in {played.seconds:.1f} s over HTTP"
    yield f"{told['bundles_a_second']:.0f} bundles/s, {told['summaries_a_second']:.0f} items/s"
    yield f"answer: median {told['median_ms']:.1f} ms, p99 {told['p99_ms']:.1f} ms, {CONNECTIONS} connections"
    bare = told["bare_bundles_a_second"]
    yield f"{told['ratio']:.2f} times bare verify + decrypt + COPY ({bare:.0f} bundles/s)"
    first, last = told["memory_first_quarter"], told["memory_last_quarter"]
    yield f"receiver's memory: {first:.0f} MB in the first quarter, {last:.0f} MB in the last"
    yield f"the store: {played.stored_mb:.0f} MB"
    yield f"{played.lost} lost or old, {played.strange} that no laptop lets out"


def main(words: Sequence[str] | None = None) -> int:
    """Play, tell, and end with 1 where something was lost or the memory grew."""
    asked = argparse.ArgumentParser(prog="python -m coachdesk.bench.load", description="Play the load.")
    asked.add_argument("--laptops", type=int, default=TENTH, help="laptops (100)")
    asked.add_argument("--trainees", type=int, default=50, help="trainees of each (50)")
    asked.add_argument("--weeks", type=int, default=52, help="weeks (52)")
    asked.add_argument("--full", action="store_true", help="all 1,000 laptops")
    asked.add_argument("--json", type=Path, help="write the numbers into a file")
    found = asked.parse_args(words)
    laptops = FULL if found.full else found.laptops
    played = play(laptops, found.trainees, found.weeks, lambda line: sys.stderr.write(f"{line}\n"))
    for line in lines(played):
        sys.stdout.write(f"{line}\n")
    if found.json:
        found.json.parent.mkdir(parents=True, exist_ok=True)
        found.json.write_text(json.dumps(played.table(), indent=1) + "\n", "utf-8")
    return int(bool(played.lost or played.strange) or not played.is_flat)


if __name__ == "__main__":
    raise SystemExit(main())
