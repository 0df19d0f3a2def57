"""Several receivers over one PostgreSQL: what comes to two at once is taken once, none blocks another."""

import threading

import pytest
from sqlalchemy import select

from coachdesk.clock import FixedClock
from coachdesk.exchange import enrolment, keys
from coachdesk.exchange.receipt import STORED
from coachdesk.region import folder, letters, receive, tables
from coachdesk.region.folder import open_region

from ..conftest import put, withdraw

ROUNDS = 12


@pytest.fixture
def three(region, database):
    """Three processes' worth of engines over the same store."""
    found = [open_region(region.folder, database) for _ in range(3)]
    yield found
    for one in found:
        one.engine.dispose()


def at_once(three, letters, clock: FixedClock) -> list:
    """Each receiver takes all the letters, all at the same time."""
    begun, done = threading.Barrier(len(three)), []

    def work(region) -> None:
        begun.wait()
        for letter in letters:
            done.append(receive.deliver(region, letter.content, clock.now())[0])

    threads = [threading.Thread(target=work, args=(region,)) for region in three]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return done


def test_a_bundle_that_comes_to_three_at_once_is_taken_once(three, a_desk, clock, held):
    desks = [a_desk() for _ in range(3)]
    letters = [
        desk.seal([put("a", version=seq), put("b", version=seq), withdraw("c", version=seq)], seq=seq)
        for seq in range(1, ROUNDS + 1)
        for desk in desks
    ]
    done = at_once(three, letters, clock)

    assert len(done) == 3 * len(letters)
    assert all(one.named.result == STORED for one in done)
    assert sum(not one.again for one in done) == len(letters)
    assert {one["version"] for one in held()["summaries"]} == {ROUNDS}
    assert [one["alarms"] for one in held()["devices"]] == [[], [], []]


def test_receipts_of_three_receivers_never_have_the_same_number(three, a_desk, clock, region):
    desk = a_desk()
    numbers = []

    def ask(one) -> None:
        for _ in range(ROUNDS):
            numbers.append(receive.answer(one, desk.id, (), clock.now())[0])

    threads = [threading.Thread(target=ask, args=(one,)) for one in three]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert len(numbers) == len(set(numbers)) == 3 * ROUNDS


def test_letters_written_at_once_never_stand_at_the_same_place(three, newcomer, region, tmp_path, clock):
    desk = newcomer()
    file = tmp_path / "both.jwk"
    file.write_bytes(enrolment.device_text(keys.public(desk.key), keys.public(desk.seal_key)))
    folder.enrol(region, file, clock.now())
    begun = threading.Barrier(len(three))

    def write(one) -> None:
        begun.wait()
        for _ in range(ROUNDS):
            letters.send(one, desk.id, "question", {"from": {"name": "Siv"}, "words": "?"}, clock.now())

    threads = [threading.Thread(target=write, args=(one,)) for one in three]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    with region.reading() as connection:
        places = connection.execute(select(tables.letter.c.seq)).scalars().all()
    assert sorted(places) == list(range(1, 3 * ROUNDS + 1))
