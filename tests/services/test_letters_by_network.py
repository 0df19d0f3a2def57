"""Letters and answers over a real port: the region writes, the laptop goes online, both know it."""

import pytest

from coachdesk.domain import letter_kinds
from coachdesk.errors import Unreadable
from coachdesk.exchange import bundle
from coachdesk.exchange.line import Wire
from coachdesk.region import letters as region_letters
from coachdesk.region import restored
from coachdesk.services import letter_answers, letter_lists, letters, sending
from coachdesk.store import enrolments
from tests.region import looking
from tests.services.letters import PERSON, WORKER


@pytest.fixture
def write(desk, enrolled):
    """``write("question", words="...")`` is a letter from the region to this desk."""

    def write(kind: str, **members) -> str:
        with desk.reading() as unit:
            device = enrolments.device_of(unit, "pohjanmaa")
            assert device is not None
        at = desk.clock.now()
        return region_letters.send(enrolled.region, device.id, kind, {"from": WORKER, **members}, at)

    return write


def sent(enrolled, uid: str):
    return looking.sent(enrolled.region, letter=uid)[0]


def test_letters_come_with_the_next_run_and_the_region_hears_that_they_came(desk, enrolled, write) -> None:
    first = write("referral", person=PERSON, service="work_tryout")
    second = write("question", words="Miten sujuu?")
    (done,) = sending.send(desk)

    assert done.problem is None and done.lines == ("2 new letters came.",)
    assert [line.kind for line in letter_lists.card(desk).lines] == ["referral", "question"]
    assert {sent(enrolled, uid).state for uid in (first, second)} == {"stored"}


def test_answer_goes_by_the_same_way_and_is_acknowledged(desk, enrolled, write) -> None:
    uid = write("referral", person=PERSON, service="work_tryout")
    sending.send(desk)
    letter_answers.answer(desk, letter_lists.card(desk).lines[0].letter_id, "accepted", words="Tervetuloa")
    sending.send(desk)

    answer = sent(enrolled, uid).answer
    assert answer is not None and (answer["outcome"], answer["words"]) == ("accepted", "Tervetuloa")
    assert letter_lists.listing(desk)[0].answer_state == "delivered"


def test_letters_come_also_after_the_region_was_restored_from_a_backup(desk, enrolled, write) -> None:
    """Its rows of letters then begin at the moment in seconds (protocol, 6.3), once and a second time."""
    write("question", words="Miten sujuu?")
    sending.send(desk)
    for words in ("Entä nyt?", "Ja nyt?"):
        restored.number_anew(enrolled.region, desk.clock.now())
        uid = write("question", words=words)
        (done,) = sending.send(desk)
        assert (done.problem, sent(enrolled, uid).state) == (None, "stored")
    assert len(letter_lists.card(desk).lines) == 3


def test_letter_that_came_by_file_is_not_there_twice(desk, enrolled, write, tmp_path) -> None:
    write("question", words="Miten sujuu?")
    with desk.reading() as unit:
        device = enrolments.device_of(unit, "pohjanmaa")
    (file,) = region_letters.write_out(enrolled.region, device.id, tmp_path / "stick")
    letters.read_file(desk, file)
    sending.send(desk)
    assert letters.read_file(desk, file).again
    assert len(letter_lists.card(desk).lines) == 1


@pytest.mark.parametrize("how", ["a newer form", "an unknown kind"])
def test_what_could_not_be_read_is_fetched_again_after_an_update(
    desk, enrolled, write, monkeypatch, how
) -> None:
    first = write("question", words="a")
    write("question", words="b")
    seen: list[str] = []
    with monkeypatch.context() as older:
        if how == "a newer form":
            older.setattr(letters.bundle, "items_of", of_a_newer_form)
        else:
            older.setattr(letter_kinds, "KINDS", {})
        sending.send(desk)
        assert letter_lists.card(desk).lines == ()
        told = {one.state for one in looking.sent(enrolled.region)}
        assert told == {"unreadable" if how == "a newer form" else "set_aside"}
        sending.Sender(desk, wires=watched(seen)).send()  # the same program does not fetch for ever
        assert not [path for path in seen if path.endswith("/letters")]
    monkeypatch.setattr(letters, "__version__", "0.2.0")
    sending.Sender(desk, wires=watched(seen)).send()

    assert [line.kind for line in letter_lists.card(desk).lines] == ["question", "question"]
    assert [one.state for one in looking.sent(enrolled.region)] == ["stored", "stored"]
    assert sent(enrolled, first).state == "stored"
    seen.clear()
    sending.Sender(desk, wires=watched(seen)).send()
    assert not [path for path in seen if path.endswith("/letters")]


def of_a_newer_form(value, read=bundle.items_of):
    """As an older program reads letters; the region, in the same process, reads what the desk sends."""
    if any(item["kind"] == "question" for item in value["items"]):
        raise Unreadable("The bundle was made by a newer version of CoachDesk.")
    return read(value)


def watched(seen: list[str]):
    class Watched(Wire):
        def ask(self, method, path, **more):
            seen.append(path)
            return super().ask(method, path, **more)

    return Watched


def test_letter_that_cannot_be_read_stops_none_of_the_others(desk, enrolled, write) -> None:
    broken = write("question", words="a")
    write("question", words="b")
    from sqlalchemy import update

    from coachdesk.region import tables

    with enrolled.region.writing() as connection:
        spoiled = update(tables.letter).where(tables.letter.c.uid == broken)
        connection.execute(spoiled.values(content="x.y.z.a.b"))
    (done,) = sending.send(desk)

    assert [line.kind for line in letter_lists.card(desk).lines] == ["question"]
    assert done.problem is None and done.lines
    assert letters.place(desk, "pohjanmaa") == (1, 0)  # the hole is asked for again
