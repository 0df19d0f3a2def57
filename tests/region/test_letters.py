"""Letters, answers and cards at the region: each desk's own, once, the newest place."""

import pytest

from coachdesk.domain import aggregate, letter_kinds, offering, region_letters
from coachdesk.domain.offering import FreePlaces, ServiceCard
from coachdesk.domain.region_letters import Answer, RegionLetter
from coachdesk.domain.workshop import Workshop
from coachdesk.errors import Refused
from coachdesk.exchange import enrolment, from_region, keys
from coachdesk.region import devices, folder, letters

from . import looking
from .conftest import Desk

FROM = {"name": "Siv Sjöblom"}


def enrolled(region, tmp_path, clock, desk, replaces=""):
    """A desk that has told its key for letters, by file."""
    desk.letter_key = keys.new_key(keys.ENCRYPT)
    file = tmp_path / "both.jwk"
    file.write_bytes(enrolment.device_text(keys.public(desk.key), keys.public(desk.letter_key)))
    folder.enrol(region, file, clock.now(), replaces=replaces)
    return desk


@pytest.fixture
def known(region, tmp_path, clock, a_desk):
    """A desk that has told its key for letters."""
    return enrolled(region, tmp_path, clock, a_desk())


def ask(region, clock, desk, words="?") -> str:
    return letters.send(region, desk.id, "question", {"from": FROM, "words": words}, clock.now())


def answer(letter: str, clock, outcome="answered", words="Hyvin", uid="a") -> dict:
    kept = RegionLetter(region_id="pohjanmaa", uid=letter, kind="question", received=clock.now())
    said = Answer(
        letter_id=1, uid=uid * 32, outcome=outcome, words=words, written=clock.today(), accepted=clock.now()
    )
    return region_letters.answer_item(kept, said)


def card(clock, free=1, version=1, uid="c") -> dict:
    own = ServiceCard(workshop_id=1, uid=uid * 32, counted=clock.today(), told=True)
    rows = (FreePlaces(workshop_id=1, service_kind="work_tryout", free=free),)
    return offering.card_item(own, Workshop(name_fi="Paja"), rows, version=version, on=clock.today())


def test_letter_before_the_desk_has_told_its_key_is_sealed_when_it_tells(region, clock, a_desk, take) -> None:
    desk = a_desk()
    uid = ask(region, clock, desk)
    with region.writing() as connection:
        assert letters.next_after(connection, desk.id, 0, 0) is None
    key = keys.public(keys.new_key(keys.ENCRYPT))
    take(desk.seal([{"kind": "desk_key", "key": key}], seq=1))
    with region.writing() as connection:
        assert letters.next_after(connection, desk.id, 0, 0)
    assert looking.sent(region, letter=uid)[0].state == "waiting"


def test_key_that_is_private_or_of_another_use_is_rejected_alone(region, clock, a_desk, take) -> None:
    wrong = [keys.new_key(keys.ENCRYPT), keys.public(keys.new_key(keys.SIGN)), "x"]
    for seq, key in enumerate(wrong, start=1):
        found = take(a_desk().seal([{"kind": "desk_key", "key": key}], seq=1))
        assert [one.reason for one in found.named.rejected] == ["not_as_described"], seq


def test_answer_of_another_desk_is_rejected(region, clock, known, a_desk, take) -> None:
    uid = ask(region, clock, known)
    found = take(a_desk().seal([answer(uid, clock)], seq=1))
    assert [one.reason for one in found.named.rejected] == ["not_as_described"]
    assert looking.sent(region, letter=uid)[0].answer is None


def test_newest_answer_counts_whichever_comes_first(region, clock, known, take) -> None:
    uid = ask(region, clock, known)
    first = known.seal([answer(uid, clock, words="Ensin", uid="a")], seq=1)
    second = known.seal([answer(uid, clock, words="Sitten", uid="b")], seq=2)
    take(second)
    take(first)
    found = looking.sent(region, letter=uid)[0].answer
    assert found is not None and found["words"] == "Sitten"


def test_answer_with_words_that_are_too_long_or_decomposed_is_rejected_alone(
    region, clock, known, take
) -> None:
    uid = ask(region, clock, known)
    bad = [answer(uid, clock, words=text, uid="a") for text in ("x" * 501, "a\u0308")]
    found = take(known.seal([*bad, answer(uid, clock, words="Hyvin", uid="b")], seq=1))
    assert [(one.ref, one.reason) for one in found.named.rejected] == [("a" * 32, "not_as_described")] * 2
    assert looking.sent(region, letter=uid)[0].answer["words"] == "Hyvin"


def test_desk_tells_what_it_read_and_never_takes_it_back(region, clock, known, take) -> None:
    uid = ask(region, clock, known)
    with region.writing() as connection:
        sha = connection.exec_driver_sql("SELECT sha256 FROM letter").scalar()
    place = {"epoch": 1, "seq": 1, "sha256": sha}
    told = {"kind": "letters_received", "letters": [{**place, "result": "stored"}]}
    take(known.seal([told], seq=1))
    again = {"kind": "letters_received", "letters": [{**place, "result": "unreadable"}]}
    take(known.seal([again], seq=2))
    assert looking.sent(region, letter=uid)[0].state == "stored"


def test_card_of_the_newest_place_is_shown_in_whatever_order_they_come(region, clock, known, take) -> None:
    old = known.seal([card(clock, free=1, version=1)], seq=1)
    new = known.seal([card(clock, free=7, version=2)], seq=2)
    take(new)
    take(old)
    assert looking.free(region, clock.today()) == [7]
    assert looking.free(region, clock.today(), "youth_workshop") == []


def test_two_desks_with_one_card_id_keep_each_their_own(region, clock, known, a_desk, take) -> None:
    take(known.seal([card(clock, free=1)], seq=1))
    take(a_desk().seal([card(clock, free=9)], seq=1))
    assert looking.free(region, clock.today()) == [1, 9]


@pytest.mark.parametrize("change", [{"count": 3}, {"count": 7}, {"count": "5"}, {"count": 0}, {"people": 15}])
def test_figures_with_a_number_that_could_tell_somebody_are_rejected(
    region, clock, known, take, change
) -> None:
    member = aggregate.Member(**{key: names[0] for key, names in aggregate.classes().items()})
    quarter = aggregate.last_finished(clock.today())
    item = aggregate.item("b" * 32, "c" * 32, quarter, 40, aggregate.tables([member] * 40))
    if "people" in change:
        item |= change
    else:
        item["tables"][0]["cells"][0] |= change
    found = take(known.seal([item], seq=1))
    assert [(one.ref, one.reason) for one in found.named.rejected] == [("b" * 32, "not_as_described")]
    assert looking.figures(region) == ()


def test_what_was_not_answered_is_sealed_anew_for_the_desk_that_takes_the_place(
    region, tmp_path, clock, known, take
) -> None:
    asked, done = ask(region, clock, known), ask(region, clock, known, "done?")
    take(known.seal([answer(done, clock), card(clock, free=3)], seq=1))
    new = enrolled(region, tmp_path, clock, Desk(region), replaces=known.id)

    with region.reading() as connection:
        letter = letters.next_after(connection, new.id, 0, 0)
        assert letters.next_after(connection, new.id, 1, 1) is None
        assert letters.next_after(connection, known.id, 0, 0) is None
    found = from_region.unseal(
        letter,
        device=new.id,
        own_keys={new.letter_key["kid"]: new.letter_key},
        regions={region.card.id: region.card.of_use(keys.SIGN)},
    )
    assert [item["letter"] for item in found.value["items"]] == [asked]
    kept = {one.letter: one for one in looking.sent(region, new.id)}
    assert kept[done].answer and not kept[asked].answer
    assert [one.device for one in looking.cards(region, clock.today())] == [new.id]
    take(new.seal([card(clock, free=5)], seq=1))
    assert looking.free(region, clock.today()) == [5]


def test_no_letter_is_written_out_for_a_revoked_desk(region, tmp_path, clock, known) -> None:
    ask(region, clock, known)
    with region.writing() as connection:
        devices.revoke(connection, known.id, clock.now())

    for device in (known.id, "A" * 43):
        with pytest.raises(Refused):
            letters.write_out(region, device, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_free_places_of_a_revoked_desk_are_not_believed(region, clock, known, take) -> None:
    take(known.seal([card(clock)], seq=1))
    with region.writing() as connection:
        devices.revoke(connection, known.id, clock.now())

    assert looking.cards(region, clock.today()) == ()


def test_letter_to_a_desk_that_is_not_there_is_refused(region, clock) -> None:
    with pytest.raises(Refused):
        letters.send(region, "A" * 43, "question", {"from": FROM, "words": "?"}, clock.now())


def test_what_the_region_writes_fits_the_published_form_of_every_kind() -> None:
    from coachdesk.exchange import schemas

    person = {"family_name": "Åström", "given_names": "Mio"}
    said = {
        "referral": {"person": person, "service": "work_tryout"},
        "decision": {"about": "voucher", "number": "PS 1"},
        "question": {"words": "?"},
        "worker_changed": {"worker": {"name": "Bo"}, "from_day": "2027-01-01"},
        "plan_approved": {"plan": {"kind": "activation_plan"}, "approved": "2026-12-01"},
    }
    assert set(said) == set(letter_kinds.KINDS)
    for kind, members in said.items():
        item = letter_kinds.made(kind, "0" * 32, written="2026-12-15", **{"from": FROM, **members})
        assert schemas.fits(item, kind) and letter_kinds.fits(item)
        assert not letter_kinds.fits({**item, "more": 1}) and not schemas.fits({**item, "more": 1}, kind)
        assert not letter_kinds.fits({**item, "written": "2026-02-30"})
