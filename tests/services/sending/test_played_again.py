"""Old answers of a region that somebody plays again change nothing."""

from dataclasses import replace

import pytest

from coachdesk.errors import NoLine
from coachdesk.region import letters as region_letters
from coachdesk.services import sending
from coachdesk.store import enrolments, letters
from tests.services.sending.sent import of_now, states
from tests.services.sending.wires import between


@pytest.fixture
def old_state(desk, enrolled):
    """An answer to ``state`` that was given before."""
    kept = []

    def keeps(_method, path, answer):
        if path.endswith("/state"):
            kept.append(answer)
        return answer

    sending.Sender(desk, wires=between(keeps)).send()
    return kept[0]


@pytest.mark.parametrize("of_it", ["whole", "without its header", "with the header of another"])
def test_an_older_state_played_again_is_refused_in_words_and_changes_nothing(
    desk, enrolled, give, old_state, of_it
):
    give("Aho", goal="Puutyöt")
    sending.send(desk)
    before = of_now(desk)

    def plays(_method, path, answer):
        if not path.endswith("/state"):
            return answer
        heads = {"whole": old_state.headers, "without its header": {}}.get(of_it, answer.headers)
        return replace(old_state, headers=heads)

    give("Eero", goal="Metalli")
    (done,) = sending.Sender(desk, wires=between(plays)).send()

    assert done.problem is not None and "an old answer sent once more" in str(done.problem)
    assert not done.problem.stops and of_now(desk) == before and len(enrolled.fields) == 1
    assert sending.send(desk)[0].delivered == 1 and len(enrolled.fields) == 2


def test_a_word_that_no_letter_waits_is_not_believed_when_it_is_an_old_one(desk, enrolled):
    kept = []

    def keeps(_method, path, answer):
        if path.endswith("/letters"):
            kept.append(answer)
        return kept[0] if kept and path.endswith("/letters") else answer

    with desk.reading() as unit:
        device = enrolments.device_of(unit, "pohjanmaa").id
    members = {"from": {"name": "Aino"}, "words": "Miten sujuu?"}
    region_letters.send(enrolled.region, device, "question", members, desk.clock.now())
    first = sending.Sender(desk, wires=between(keeps)).send()
    assert first[0].problem is not None  # asked for what follows, it was given the same once more

    with desk.reading() as unit:
        assert len(letters.LETTERS.find(unit)) == 1
    assert sending.send(desk)[0].problem is None


def test_an_older_receipt_given_for_a_bundle_begins_no_new_row(desk, enrolled, give):
    """Who breaks TLS keeps the receipt of a bundle and gives it again for the same bundle."""
    give("Aho", goal="Puutyöt")
    kept = []

    def keeps(method, _path, answer):
        if method == "PUT":
            kept.append(answer)
            raise NoLine("The answer never came.")
        return answer

    sending.Sender(desk, wires=between(keeps)).send()
    again = between(lambda method, _path, answer: kept[0] if method == "PUT" else answer)
    (done,) = sending.Sender(desk, wires=again).send()

    assert done.problem is None and of_now(desk)[1] == 1 and states(desk) == ["acknowledged"]
