"""Keys over the years: letters a desk can verify, opening keys that are set aside, and who is told what."""

import os
from datetime import timedelta

import pytest

from coachdesk.exchange import from_region, keys, seal
from coachdesk.exchange.refusals import Unaccepted
from coachdesk.region import enrolling, key_changes, letters, tables

from .conftest import Desk, put
from .server.conftest import JOSE, Line
from .test_letters import ask, enrolled

YEARS = timedelta(days=key_changes.KEPT_DAYS + 10)


def known(card) -> dict:
    return {key["kid"]: key for key in card.keys if key["use"] == keys.SIGN}


def open_letter(region, desk, known_keys) -> None:
    with region.reading() as connection:
        content = letters.next_after(connection, desk.id, 0, 0)
    own = {desk.letter_key["kid"]: desk.letter_key}
    from_region.unseal(content, device=desk.id, own_keys=own, regions={region.card.id: known_keys})


@pytest.fixture
def change(region, run):
    """Runs ``keys rotate`` or ``keys retire`` on the region; what it printed."""
    url = region.engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
    database = () if url.startswith("sqlite") else ("--database", url)

    def changed(*words: str) -> str:
        code, out, err = run("keys", *words, "--region", region.folder, *database)
        assert (code, err) == (0, "")
        return out

    return changed


def test_a_letter_to_a_desk_never_heard_is_signed_with_a_key_that_it_knows(
    region, tmp_path, clock, a_desk, change
):
    """Enrolled by file, its copy of the public file older than the newest keys."""
    before = known(region.card)
    change("rotate")
    desk = enrolled(region, tmp_path, clock, a_desk())
    ask(region, clock, desk)
    open_letter(region, desk, before)


def test_a_letter_to_a_desk_enrolled_before_a_change_of_keys_too(region, tmp_path, clock, a_desk, change):
    before = known(region.card)
    desk = enrolled(region, tmp_path, clock, a_desk())
    for _year in range(4):
        clock.at += timedelta(days=300)
        change("rotate")
    assert not set(before) & set(known(region.card))  # told no more, still there to sign with
    ask(region, clock, desk)
    open_letter(region, desk, before)


def test_a_desk_enrolled_by_code_is_written_to_with_the_key_it_got_then(region, clock, change):
    change("rotate")
    desk = Desk(region)
    desk.letter_key = keys.new_key(keys.ENCRYPT)
    code = enrolling.normal(enrolling.make_code(region, clock.now()))
    own = (keys.public(desk.key), keys.public(desk.letter_key))
    enrolling.enrol(region, enrolling.Asked(sign=own[0], seal=own[1], code=code, nonce="a" * 32), clock.now())
    newest = region.signing_key["kid"]
    change("rotate")
    ask(region, clock, desk)
    open_letter(region, desk, {newest: known(region.card)[newest]})


def test_a_letter_that_waits_is_signed_anew_when_its_key_is_given_up(region, tmp_path, clock, a_desk, change):
    desk = enrolled(region, tmp_path, clock, a_desk())
    ask(region, clock, desk)
    change("rotate", "--at-once")
    open_letter(region, desk, known(region.card))
    with region.reading() as connection:
        row = connection.execute(tables.letter.select()).mappings().one()
    assert (row["epoch"], row["seq"], row["state"]) == (2, 1, "waiting")


def test_opening_keys_replaced_long_ago_are_set_aside_and_newer_ones_stay(
    region, clock, take, a_desk, change
):
    desk = a_desk()
    first = desk.seal([put("a")], seq=1)
    change("rotate")
    second = desk.seal([put("b")], seq=2)
    clock.at += timedelta(days=300)
    change("rotate")
    clock.at += timedelta(days=260)
    assert "encrypt.jwk" in change("retire")

    names = sorted(file.name for file in (region.folder / "keys").iterdir())
    assert "encrypt.retired" in names and "encrypt-2.jwk" in names and "sign.jwk" in names
    take(second)
    with pytest.raises(Unaccepted) as refused:
        take(first)
    assert refused.value.reason == "wrong_key"


def test_nothing_is_set_aside_before_its_time_and_never_the_newest(region, clock, change):
    clock.at += YEARS
    assert "550" in change("retire")
    change("rotate")
    assert "550" in change("retire")
    clock.at += timedelta(days=40)
    assert "encrypt.jwk" in change("retire", "--days", "31")
    assert "31" in change("retire", "--days", "31")
    assert len(region.ring.now().sealing) == 1


@pytest.mark.sqlite
def test_the_newest_is_never_set_aside_and_no_file_of_a_key_is_written_over(region, clock, change):
    for _time in range(2):
        clock.at += YEARS
        change("rotate", "--at-once")
    clock.at += YEARS
    change("retire")
    before = set((region.folder / "keys").iterdir())
    change("rotate")
    made = set((region.folder / "keys").iterdir()) - before
    assert sorted(file.name for file in made) == ["encrypt-4.jwk", "sign-4.jwk"]
    clock.at += timedelta(days=40)
    assert "encrypt-3.jwk" in change("retire", "--days", "31")
    assert made < set((region.folder / "keys").iterdir())
    assert next(iter(region.card.of_use(keys.ENCRYPT))) in region.ring.now().sealing


@pytest.mark.sqlite
def test_less_than_a_month_is_no_life_for_a_key(region, run):
    assert run("keys", "retire", "--days", "30", "--region", region.folder)[0] == 2


def test_a_running_receiver_opens_nothing_more_for_a_key_set_aside(region, clock, take, a_desk, change):
    sealed = a_desk().seal([put("a")], seq=1)
    change("rotate")
    region.ring.now()
    clock.at += YEARS
    change("retire")
    with pytest.raises(Unaccepted):
        take(sealed)


def test_a_desk_that_slept_longer_is_told_by_a_key_that_it_knows_and_gets_the_new_ones(
    region, clock, a_desk, change
):
    from coachdesk.region.server.app import application
    from tests.region.asgi import TestClient

    desk, before = a_desk(), known(region.card)
    sealed, (old,) = desk.seal([put()], seq=1), before
    change("rotate")
    clock.at += YEARS
    change("rotate")
    change("retire")

    with TestClient(application(region, clock, staff=False)) as client:
        line = Line(client, region, clock)
        found = line.put(sealed.content, **{"coachdesk-knows": old})
        assert found.status_code == 422 and found.headers["content-type"] == JOSE
        assert seal.header_of(found.content, 3, seal.BIGGEST_RECEIPT)["kid"] == old
        answered = line.ask(desk)
        assert seal.header_of(answered.content, 3, seal.BIGGEST_RECEIPT)["kid"] == old


@pytest.mark.sqlite
@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root writes into another's folder")
def test_root_makes_no_key_that_the_account_of_the_receiver_could_not_read(region, run, tmp_path):
    """Else the receiver that runs would answer nothing from that moment on."""
    place = region.folder / "keys"
    before = sorted(place.iterdir())
    os.chown(place, 65534, 65534)
    secret = tmp_path / "password"
    secret.write_text("neljä harmaata varista kuorma-autossa\n")
    staff = ("staff", "add", "Sari", "--role", "lead", "--password-file", secret)
    for words in (("keys", "rotate"), staff):
        code, _out, err = run(*words, "--region", region.folder)
        assert code == 1 and "account that owns" in err
    assert sorted(place.iterdir()) == before
    os.chown(place, 0, 0)
    assert run("keys", "rotate", "--region", region.folder)[0] == 0
