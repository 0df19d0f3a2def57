"""Who gets in, and what a session is: OWASP ASVS 4.0.3 level 2, chapters V2 and V3."""

import gc
import time
from http.cookies import SimpleCookie

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from coachdesk.errors import Trouble
from coachdesk.region import tables
from coachdesk.region.staff import door, log

from .conftest import PASSWORD

pytestmark = pytest.mark.sqlite  # test_stores has the same ways on both stores


def cookies(answer):
    """Each cookie that an answer sets, with its attributes."""
    found = {}
    for line in answer.headers.get_list("set-cookie"):
        for name, one in SimpleCookie(line).items():
            found[name] = one
    return found


def test_password_and_code_together_open_the_pages(browser):
    answer = browser.sign_in("Liisa", "worker")

    assert (answer.status_code, answer.headers["location"]) == (303, "/staff/")
    assert browser.get("/clients").status_code == 200
    assert "Liisa" in browser.words


@pytest.mark.parametrize("path", ["/", "/clients", "/letters", "/devices", "/figures", "/account", "/log"])
def test_without_a_session_every_page_leads_to_the_sign_in(browser, path):
    answer = browser.get(path, follow=False)

    assert (answer.status_code, answer.headers["location"]) == (303, "/staff/sign-in")
    assert answer.text == ""


@pytest.mark.parametrize(
    "wrong", [{"password": "not this one at all"}, {"code": "000000"}, {"name": "Nobody"}, {"code": ""}]
)
def test_the_answer_never_tells_which_part_was_wrong(town, browser, wrong):
    right = {"name": "Liisa", "password": "not this one", "code": "1"}
    town.person("Liisa", "worker")
    browser.get("/sign-in")
    first = browser.post("/sign-in", right)
    sentence = browser.words
    second = browser.sign_in("Liisa", **wrong)

    assert first.status_code == second.status_code == 403
    assert browser.words == sentence
    assert tables.staff_session.name and town.rows(tables.staff_session) == []


def test_the_session_gets_a_new_token_at_sign_in(town, browser):
    browser.get("/sign-in")
    before = browser.client.cookies[door.DOOR]
    answer = browser.sign_in("Liisa")
    set_ = cookies(answer)

    assert door.SESSION in set_ and before not in answer.headers["set-cookie"]
    assert set_[door.DOOR].value not in ("", before)  # what was before the sign-in opens nothing
    first = browser.client.cookies[door.SESSION]
    town.pass_time(seconds=60)
    browser.page = browser.get("/account")
    again = browser.post("/sign-in", {"name": "Liisa", "password": PASSWORD, "code": town.code("Liisa")})

    assert again.status_code == 303
    assert browser.client.cookies[door.SESSION] != first
    assert len(town.rows(tables.staff_session)) == 1


def test_cookies_are_for_this_host_over_tls_and_for_no_script_or_other_site(browser):
    first = cookies(browser.get("/sign-in"))[door.DOOR]
    second = cookies(browser.sign_in("Liisa"))[door.SESSION]

    for one in (first, second):
        assert one.key.startswith("__Host-")
        assert one["secure"] and one["httponly"] and one["samesite"] == "strict" and one["path"] == "/"
        assert not one["domain"] and not one["max-age"] and not one["expires"]
    assert len(second.value) >= 43  # 256 random bits


def test_tokens_lie_in_the_store_only_as_hashes(town, browser):
    browser.sign_in("Liisa")
    token = browser.client.cookies[door.SESSION]
    (row,) = town.rows(tables.staff_session)

    assert token not in str(row)
    assert len(row["token_hash"]) == 64


def test_a_session_that_rests_for_a_quarter_of_an_hour_is_over(town, browser):
    browser.sign_in("Liisa")
    town.pass_time(minutes=14)
    assert browser.get("/clients", follow=False).status_code == 200
    town.pass_time(minutes=14)
    assert browser.get("/clients", follow=False).status_code == 200
    town.pass_time(minutes=15)

    assert browser.get("/clients", follow=False).status_code == 303


def test_a_session_is_over_after_eight_hours_however_much_it_is_used(town, browser):
    browser.sign_in("Liisa")
    for _ in range(47):
        town.pass_time(minutes=10)
        assert browser.get("/account", follow=False).status_code == 200
    town.pass_time(minutes=10)

    assert browser.get("/account", follow=False).status_code == 303


def test_signing_out_ends_the_session_on_the_server(town, browser):
    browser.sign_in("Liisa")
    browser.get("/clients")
    token = browser.client.cookies[door.SESSION]
    answer = browser.post("/sign-out")
    browser.client.cookies.set(door.SESSION, token, domain="region.example", path="/")

    assert cookies(answer)[door.SESSION].value == ""
    assert town.rows(tables.staff_session) == []
    assert browser.get("/clients", follow=False).status_code == 303


def test_a_code_opens_once(open_browser):
    first, second = open_browser(), open_browser()

    assert first.sign_in("Liisa").status_code == 303
    assert second.sign_in("Liisa").status_code == 403


@pytest.mark.parametrize(("steps", "status"), [(-2, 403), (-1, 303), (0, 303), (1, 303), (2, 403)])
def test_a_clock_may_be_one_step_wrong(town, browser, steps, status):
    town.person("Liisa", "worker")

    assert browser.sign_in("Liisa", code=town.code("Liisa", steps)).status_code == status


def test_after_a_later_code_an_earlier_one_opens_nothing(town, open_browser):
    town.person("Liisa", "worker")
    assert open_browser().sign_in("Liisa", code=town.code("Liisa", 1)).status_code == 303

    assert open_browser().sign_in("Liisa", code=town.code("Liisa", 0)).status_code == 403


@pytest.mark.parametrize("name", ["Liisa", "Nobody"])
def test_after_five_wrong_tries_the_right_one_must_wait(town, browser, name):
    for _ in range(5):
        browser.sign_in("Liisa", password="wrong wrong wrong", name=name)
    waits = browser.sign_in("Liisa", name=name)
    assert waits.status_code == 403

    town.pass_time(seconds=31)
    opens = browser.sign_in("Liisa", name=name)
    assert opens.status_code == (303 if name == "Liisa" else 403)


def test_waits_grow_to_a_quarter_of_an_hour():
    from coachdesk.region.staff.tries import BY_NAME

    assert [BY_NAME.wait(n) for n in (4, 5, 6, 7, 9, 10, 40)] == [0, 30, 60, 120, 480, 900, 900]


def test_one_address_that_tries_many_names_is_slowed(town, browser):
    for n in range(30):
        browser.sign_in("Liisa", name=f"Nobody {n}", password="wrong wrong wrong")

    assert browser.sign_in("Liisa").status_code == 403
    town.pass_time(seconds=6)
    assert browser.sign_in("Liisa").status_code == 303


def test_a_browser_left_signed_in_lets_nobody_guess_the_password(town, browser):
    browser.sign_in("Liisa")
    browser.get("/account")
    new = "seitsemän hauskaa hylkeenpoikasta"
    for _ in range(5):
        browser.post("/account/password", {"old": "wrong wrong wrong", "new": new, "again": new})
    right = {"old": PASSWORD, "new": new, "again": new}
    assert browser.post("/account/password", right).status_code == 422

    town.pass_time(seconds=31)
    assert browser.post("/account/password", right).status_code == 303


def test_an_office_behind_one_address_signs_in_as_often_as_it_likes(town, browser):
    for _ in range(40):
        assert browser.sign_in("Liisa").status_code == 303
        town.pass_time(seconds=31)


def test_somebody_closed_is_out_at_once_and_stays_out(town, browser):
    from coachdesk.region.staff import people

    browser.sign_in("Liisa", "worker")
    liisa = town.person("Liisa", "worker")
    with town.region.writing() as connection:
        people.close(connection, liisa)

    assert browser.get("/clients", follow=False).status_code == 303
    town.pass_time(minutes=1)
    assert browser.sign_in("Liisa").status_code == 403


def test_another_password_ends_every_other_session(town, open_browser):
    here, there = open_browser(), open_browser()
    there.sign_in("Liisa")
    town.pass_time(seconds=60)
    here.sign_in("Liisa")
    here.get("/account")
    before = here.client.cookies[door.SESSION]
    new = "seitsemän hauskaa hylkeenpoikasta"
    form = {"old": PASSWORD, "new": new, "again": new}

    for wrong in ({"old": "not this"}, {"again": "other"}, {"new": "Password1234", "again": "Password1234"}):
        assert here.post("/account/password", {**form, **wrong}).status_code == 422
    assert here.post("/account/password", form).status_code == 303
    assert here.client.cookies[door.SESSION] != before
    assert here.get("/account", follow=False).status_code == 200
    assert there.get("/account", follow=False).status_code == 303


def test_signing_out_everywhere_else_leaves_this_session(town, open_browser):
    here, there = open_browser(), open_browser()
    there.sign_in("Liisa")
    town.pass_time(seconds=60)
    here.sign_in("Liisa")
    here.get("/account")
    here.post("/account/sessions")

    assert here.get("/account", follow=False).status_code == 200
    assert there.get("/account", follow=False).status_code == 303


def test_a_try_that_failed_is_logged_by_whom_it_was_meant_for_and_never_by_another_word(town, browser):
    browser.sign_in("Liisa", password="wrong wrong wrong")
    browser.sign_in("Liisa", name="my password by mistake")
    rows = town.rows(tables.staff_log)

    assert [(row["act"], bool(row["staff"])) for row in rows] == [
        (log.NOT_LET_IN, True),
        (log.NOT_LET_IN, False),
    ]
    assert "my password" not in str(rows)


def test_tries_that_must_wait_fill_no_log(town, browser):
    for _ in range(9):
        assert browser.sign_in("Liisa", password="wrong wrong wrong").status_code == 403

    assert len(town.rows(tables.staff_log)) == 5


def test_only_two_passwords_are_checked_at_once_and_whoever_waits_too_long_is_told(monkeypatch):
    from threading import BoundedSemaphore

    from coachdesk.region.staff import passwords

    assert passwords._AT_ONCE._initial_value == 2
    none_free = BoundedSemaphore(1)
    none_free.acquire()
    monkeypatch.setattr(passwords, "_AT_ONCE", none_free)
    monkeypatch.setattr(passwords, "_PATIENCE_SECONDS", 0.01)
    with pytest.raises(Trouble):
        passwords.fits("anything", "$argon2id$")


def test_a_browser_without_cookies_is_told_what_is_missing(town, browser):
    browser.get("/sign-in")
    browser.client.cookies.clear()
    answer = browser.post("/sign-in", {"name": "Liisa"})

    assert answer.status_code == 403 and "https" in browser.words


def test_a_step_that_passed_passes_no_more_and_neither_does_one_before_it():
    from coachdesk.region.staff import codes

    secret, now = bytes(range(20)), 1_800_000_000
    code = TOTP(secret, 6, SHA1(), 30).generate(now).decode()
    step = now // 30

    assert codes.step_of(secret, code, now, step - 1) == step
    assert codes.step_of(secret, code, now, step) == codes.step_of(secret, code, now, step + 1) == 0
    assert codes.step_of(secret, f" {code[:3]} {code[3:]} ", now, 0) == step  # as authenticators show it
    assert codes.step_of(secret, code[:5], now, 0) == codes.step_of(secret, "é" * 6, now, 0) == 0


def test_one_code_at_two_windows_in_the_same_moment_opens_one(town):
    from concurrent.futures import ThreadPoolExecutor

    from coachdesk.region.staff import people

    liisa = town.person("Liisa", "lead")
    made = people.made_password(town.region, "Liisa", PASSWORD)  # at full cost: both are checked side by side
    with town.region.writing() as connection:
        people.keep_password(connection, liisa, made)
    form = {"name": "Liisa", "password": PASSWORD, "code": town.code("Liisa"), "address": ""}
    with ThreadPoolExecutor(2) as both:
        tries = [both.submit(people.let_in, town.region, town.key, at=town.clock.now(), **form) for _ in "ab"]
        found = [one.result() for one in tries]

    assert [one for one in found if one] == [liisa]


def test_somebody_closed_has_no_session_even_where_one_was_left(town, browser):
    browser.sign_in("Liisa", "worker")
    with town.region.writing() as connection:
        connection.execute(tables.staff.update().values(active=0))

    assert browser.get("/clients", follow=False).status_code == 303


def test_the_sign_in_goes_on_in_the_language_that_was_chosen_however_the_session_ends(town, browser):
    browser.get("/sign-in")
    browser.post("/language", {"language": "sv", "back": "/sign-in"})
    browser.sign_in("Liisa", "worker")
    browser.get("/clients")
    browser.post("/sign-out")
    browser.get("/sign-in")
    assert "Logga in" in browser.words

    town.pass_time(minutes=1)
    browser.sign_in("Liisa")
    browser.get("/clients")
    browser.post("/language", {"language": "fi", "back": "/clients"})
    town.pass_time(minutes=20)
    browser.get("/clients")
    assert "Kirjaudu sisään" in browser.words


def test_a_form_that_is_sent_twice_in_one_moment_is_one_sign_in(town, browser):
    town.person("Liisa", "worker")
    browser.get("/sign-in")
    before = browser.client.cookies[door.DOOR]
    form = {"name": "Liisa", "password": PASSWORD, "code": town.code("Liisa"), "token": browser.token}
    first = cookies(browser.post("/sign-in", form))[door.SESSION]
    browser.client.cookies.clear()  # a browser that clicks twice throws the first answer away
    browser.client.cookies.set(door.DOOR, before, domain="region.example")
    again = browser.post("/sign-in", form)

    assert again.status_code == 303 and cookies(again)[door.SESSION].value == first.value
    assert [row["act"] for row in town.rows(tables.staff_log)] == [log.SIGNED_IN]
    assert len(town.rows(tables.staff_session)) == 1


def test_the_same_words_from_another_browser_open_nothing(town, open_browser):
    mine, theirs = open_browser(), open_browser()
    mine.sign_in("Liisa", "worker")
    theirs.get("/sign-in")
    form = {"name": "Liisa", "password": PASSWORD, "code": town.code("Liisa")}
    assert theirs.post("/sign-in", form).status_code == 403


def test_a_repeat_is_remembered_for_some_seconds_and_nothing_that_failed():
    from coachdesk.region.staff.repeats import MOST, SECONDS, Repeats

    now, made = [0.0], []
    repeats = Repeats(clock=lambda: now[0])

    def make() -> str:
        made.append("x")
        return str(len(made)) if len(made) > 1 else ""

    assert [repeats.once("a", make) for _ in range(3)] == ["", "2", "2"]
    now[0] = SECONDS + 1
    assert repeats.once("a", make) == "3"
    for one in range(MOST * 2):
        repeats.once(str(one), lambda: "y")
    assert len(repeats._kept) <= MOST


def test_the_token_of_a_session_is_not_kept_once_it_is_ended_or_its_moment_is_over():
    from coachdesk.region.staff.repeats import Repeats

    lasting, short = Repeats(seconds=60), Repeats(seconds=0.01)
    for one in (lasting, short):
        assert one.once("a", lambda: "token") == "token"
    lasting.forget("token")
    assert not lasting._kept
    ends = time.monotonic() + 10
    while short._kept:  # nobody comes meanwhile, and it goes all the same
        assert time.monotonic() < ends
        time.sleep(0.005)  # until the timer's thread had its turn


def test_who_signs_out_leaves_no_token_in_the_memory_of_the_region(browser):
    from coachdesk.region.staff.repeats import Repeats

    def kept(token: str) -> bool:
        every = [one for one in gc.get_objects() if isinstance(one, Repeats)]
        return any(token in made for one in every for _begun, _own, made in one._kept.values())

    token = cookies(browser.sign_in("Liisa", "worker"))[door.SESSION].value
    assert kept(token)
    browser.get("/account")
    browser.post("/sign-out")
    assert not kept(token)
