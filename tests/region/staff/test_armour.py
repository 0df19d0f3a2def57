"""What the pages tell the browser, and what they refuse: OWASP ASVS 4.0.3 level 2, V4 to V14."""

import logging
import re
from pathlib import Path

import pytest
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.routing import Mount

from coachdesk.region import tables
from coachdesk.region.staff import armour, drawing

from .conftest import PASSWORD

PAGES = Path(drawing.FOLDER / "pages")

pytestmark = pytest.mark.sqlite  # about pages, not about the store


def test_every_answer_is_armoured_errors_too(browser):
    browser.sign_in("Liisa")
    for path in ("/sign-in", "/clients", "/nowhere", "/look.css", "/language"):
        headers = browser.get(path, follow=False).headers

        assert headers["content-security-policy"] == armour.POLICY
        assert headers["strict-transport-security"].startswith("max-age=63072000")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
        assert headers["x-frame-options"] == "DENY"


def test_the_policy_lets_in_nothing_inline_and_nothing_from_elsewhere():
    rules = dict(rule.strip().split(" ", 1) for rule in armour.POLICY.split(";"))

    assert rules["default-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert rules["style-src"] == rules["form-action"] == "'self'"
    assert "unsafe" not in armour.POLICY and "*" not in armour.POLICY and "http" not in armour.POLICY


@pytest.mark.parametrize("file", sorted(PAGES.glob("*.html")), ids=lambda file: file.name)
def test_templates_have_no_script_no_style_of_their_own_and_no_raw_text(file):
    page = file.read_text("utf-8")

    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:|\|\s*safe|http", page)
    for form in re.findall(r'<form[^>]*method="post".*?</form>', page, re.S):
        assert 'name="token"' in form


FORMS = [
    "/sign-in", "/clients", "/language", "/sign-out", "/account/password", "/account/sessions",
    "/letters/new", f"/clients/{'k' * 43}/{'a' * 32}/worker",
]  # fmt: skip


@pytest.mark.parametrize("token", ["", "0" * 64, "é"])
def test_a_form_without_our_token_changes_nothing(town, browser, token):
    town.desk()
    town.summary("a")
    browser.sign_in("Liisa")
    browser.get("/account")
    before = town.rows(tables.staff_session), town.rows(tables.staff), town.rows(tables.staff_log)
    for path in FORMS:
        answer = browser.post(path, {"token": token, "language": "sv", "name": "Liisa"})
        assert answer.status_code == 403, path

    assert (town.rows(tables.staff_session), town.rows(tables.staff), town.rows(tables.staff_log)) == before
    assert browser.get("/account", follow=False).status_code == 200


def test_the_token_of_another_session_does_not_fit(open_browser, town):
    mine, theirs = open_browser(), open_browser()
    theirs.sign_in("Oskar")
    theirs.get("/account")
    mine.sign_in("Liisa")

    assert mine.post("/language", {"token": theirs.token, "language": "sv"}).status_code == 403


def test_a_token_from_before_the_sign_in_does_not_fit_after_it(browser):
    browser.get("/sign-in")
    before = browser.token
    browser.sign_in("Liisa")

    assert browser.post("/language", {"token": before, "language": "sv"}).status_code == 403


def test_nothing_changes_by_a_mere_link(browser):
    browser.sign_in("Liisa")
    for path in ("/sign-out", "/language", "/account/password"):
        assert browser.get(path, follow=False).status_code == 405
    assert browser.get("/account", follow=False).status_code == 200


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example", "/\\evil.example", "x", "/a\r\nb: c"]
)
def test_the_choice_of_language_leads_to_no_other_site(browser, back):
    browser.get("/sign-in")

    assert browser.post("/language", {"language": "sv", "back": back}).headers["location"] == "/staff/"


def test_a_form_that_is_too_big_is_not_read(browser):
    browser.get("/sign-in")

    assert browser.post("/sign-in", {"name": "x" * 40_000}).status_code == 413
    assert browser.post("/sign-in", {f"f{n}": "" for n in range(60)}).status_code == 413


@pytest.mark.parametrize(
    "path", ["/clients/%00/a", "/letters/%00", "/log?ref=%00", "/letters/new?ref=%00&device=a"]
)
def test_a_nul_in_an_address_is_no_trouble_of_the_store(browser, path):
    browser.sign_in("Sari")
    assert browser.get(path).status_code in (200, 404)


def test_a_nul_in_a_form_is_no_trouble_of_the_store(browser):
    assert browser.sign_in("Sari", name="Nob\0dy").status_code == 403
    browser.sign_in("Sari")
    browser.get("/clients")
    assert browser.post("/clients", {"find": "\0"}).status_code == 200


def test_what_people_wrote_is_shown_as_they_wrote_it_and_never_run(town, browser):
    town.desk()
    liisa = town.person("Liisa", "lead")
    path = town.summary("a", worker=liisa, goal="<script>alert(1)</script>", next_step='" onload="x',
                        next_step_due=None)  # fmt: skip
    browser.sign_in("Liisa")
    page = browser.get(path).text

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page and "<script" not in page
    assert ' onload="x' not in page


def test_a_mistake_of_ours_tells_its_kind_to_the_log_and_nothing_to_the_page(town, browser, caplog):
    browser.sign_in("Liisa")
    town.desk()
    path = town.summary("a", worker=town.person("Liisa", "lead"), goal="secret words")
    town.change("a", valid_to="no day at all", fields={"goal": "secret words"})
    answer = browser.get(path)

    assert answer.status_code == 500
    assert "Traceback" not in answer.text and "secret words" not in answer.text + caplog.text
    assert "ValueError" in caplog.text and "no day at all" not in caplog.text


def test_a_store_that_is_away_is_told_in_one_sentence(town, browser, caplog):
    browser.sign_in("Liisa")
    with town.region.writing() as connection:
        connection.execute(text("DROP TABLE staff_client"))
    answer = browser.get("/clients")

    assert answer.status_code == 503
    assert "staff_client" not in answer.text + caplog.text


def test_no_secret_reaches_a_log_or_an_address(town, browser, caplog):
    caplog.set_level(logging.DEBUG)
    code = town.code("Liisa") if town.person("Liisa", "lead") else ""
    browser.sign_in("Liisa", password="wrong wrong wrong")
    answer = browser.sign_in("Liisa")
    token = browser.client.cookies["__Host-coachdesk-staff"]
    browser.get("/clients")
    said = caplog.text + answer.headers["location"] + str(browser.page.url) + repr(browser.town.rows)

    for secret in (PASSWORD, "wrong wrong wrong", code, token, browser.token):
        assert secret and secret not in said


def test_secrets_hide_when_a_mistake_shows_its_values(town):
    from coachdesk.region.staff.door import new_entry
    from coachdesk.region.staff.people import let_in
    from coachdesk.region.staff.sessions import begin, find

    town.person("Liisa", "lead")
    person = let_in(town.region, town.key, name="Liisa", password=PASSWORD, code=town.code("Liisa"),
                    address="", at=town.clock.now())  # fmt: skip
    with town.region.writing() as connection:
        token = begin(connection, person, "fi", town.clock.now())
        session = find(connection, token, town.clock.now())

    assert token not in repr(session)
    assert town.key.secret.hex() not in repr(town.key) and str(town.key.secret) not in repr(town.key)
    assert new_entry(town.key, "fi").text not in repr(new_entry(town.key, "fi"))


def test_password_and_second_factor_lie_in_the_store_unreadable(town):
    town.person("Liisa", "lead")
    (row,) = town.rows(tables.staff)

    assert row["password"].startswith("$argon2id$v=19$m=")
    assert PASSWORD not in str(row)
    assert town.secrets["Liisa"].hex() not in str(row) and str(town.secrets["Liisa"]) not in str(row)


def test_the_staffs_key_is_for_its_account_alone(town):
    assert (town.region.folder / "keys" / "staff.key").stat().st_mode & 0o777 == 0o600


def paced(town, by_address: int, by_person: int):
    from coachdesk.region.rates import Rate
    from coachdesk.region.staff.app import pages

    from .conftest import CHEAP

    paces = (Rate(by_address), Rate(by_person))
    app = pages(town.region, town.clock, cost=CHEAP, paces=paces)
    town.mounted = Starlette(routes=[Mount("/staff", app=app)])


def test_a_person_who_asks_far_too_often_must_wait(town, open_browser):
    paced(town, 0, 3)
    liisa, bo = open_browser(), open_browser()
    liisa.sign_in("Liisa", "worker")
    bo.sign_in("Bo", "worker")
    found = [liisa.get("/places") for _ in range(4)]
    assert [one.status_code for one in found] == [200, 200, 200, 429]
    assert int(found[3].headers["retry-after"]) >= 1 and "liian usein" in liisa.words
    assert bo.get("/places").status_code == 200


def test_an_address_that_asks_far_too_often_waits_without_asking_the_store(town, open_browser, monkeypatch):
    paced(town, 2, 0)
    browser = open_browser()
    assert [browser.get("/sign-in").status_code for _ in "ab"] == [200, 200]
    monkeypatch.setattr(town.region.engine.pool, "connect", None)
    assert browser.get("/clients").status_code == 429
