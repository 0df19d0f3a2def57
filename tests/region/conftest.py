from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from coachdesk.clock import HELSINKI, FixedClock
from coachdesk.exchange import bundle, enrolment, keys
from coachdesk.exchange.seal import Label, Sealed, seal
from coachdesk.region import folder, listing, receive
from coachdesk.region.__main__ import main
from tests.postgresql import Postgresql, running

FIELDS = {"phases": [{"phase": 3, "opened": "2026-11-02", "closed": None, "open": 1}]}


class Desk:
    """The wire side of a desk: a key, a row of numbers, sealed bundles."""

    def __init__(self, region: folder.Region) -> None:
        self.key = keys.new_key(keys.SIGN)
        self.region = region
        self.id = self.key["kid"]
        self.hashes: dict[tuple[int, int], str] = {}

    def seal(self, items: list, *, seq: int, epoch: int = 1, prev: str | None = None) -> Sealed:
        before = self.hashes.get((epoch, seq - 1), "") if prev is None else prev
        label = Label(aud=self.region.card.id, iss=self.id, epoch=epoch, seq=seq, prev=before, iat=1)
        public = next(iter(self.region.card.of_use(keys.ENCRYPT).values()))
        packed = bundle.packed(items)
        assert packed is not None
        found = seal(packed, label, self.key, public)
        self.hashes[epoch, seq] = found.sha256
        return found

    def enrol(self, tmp_path: Path, clock: FixedClock) -> "Desk":
        file = tmp_path / f"{self.id}.jwk"
        file.write_bytes(enrolment.device_text(keys.public(self.key)))
        folder.enrol(self.region, file, clock.now())
        return self


def put(ref: str = "a", version: int = 1, consent: str = "", valid_to: date = date(2027, 6, 30), **fields):
    return bundle.put(
        ref=ref * 32,
        version=version,
        consent=(consent or ref) * 32,
        valid_to=valid_to,
        fields=fields or FIELDS,
    )


def withdraw(ref: str = "a", version: int = 2, consent: str = ""):
    return bundle.withdraw(ref=ref * 32, version=version, consent=(consent or ref) * 32)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 12, 15, 9, 14, tzinfo=HELSINKI))


ONE_STORE = ("test_readers", "test_commands")  # about files and command lines: one store is enough


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test of a region runs on SQLite and on PostgreSQL."""
    module = metafunc.module.__name__.rsplit(".", 1)[-1]
    alone = module in ONE_STORE or metafunc.definition.get_closest_marker("sqlite") is not None
    if "database" in metafunc.fixturenames:
        metafunc.parametrize("database", ["sqlite"] if alone else ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    with running() as found:
        yield found


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of an empty store; empty for the region's own SQLite file."""
    if request.param == "sqlite":
        yield ""
        return
    server: Postgresql = request.getfixturevalue("postgresql")
    name = server.lend()
    yield server.url(name)
    server.give_back(name)


@pytest.fixture
def region(tmp_path: Path, database: str) -> Iterator[folder.Region]:
    folder.init(tmp_path / "region", region_id="pohjanmaa", name_fi="Alue", name_sv="Området",
                body=enrolment.DEFAULT_BODY)  # fmt: skip
    found = folder.open_region(tmp_path / "region", database)
    yield found
    found.engine.dispose()


@pytest.fixture
def a_desk(region: folder.Region, tmp_path: Path, clock: FixedClock) -> Callable[[], Desk]:
    return lambda: Desk(region).enrol(tmp_path, clock)


@pytest.fixture
def take(region: folder.Region, clock: FixedClock) -> Callable:
    return lambda sealed: receive.receive(region, sealed.content, clock.now())


@pytest.fixture
def held(region: folder.Region, clock: FixedClock) -> Callable[[], dict]:
    return lambda: listing.listed(region, clock.today())


@pytest.fixture
def run(clock: FixedClock, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch) -> Callable:
    """Carries out a command line; its exit code, what it printed, what it complained of."""
    monkeypatch.delenv("COACHDESK_LANGUAGE", raising=False)

    def carried_out(*words: object) -> tuple[int, str, str]:
        try:
            code = main([str(word) for word in words], clock)
        except SystemExit as end:
            code = end.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return carried_out
