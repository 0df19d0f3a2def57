"""Who sees what: each page against each role, and a worker against other workers' clients."""

import pytest

from coachdesk.errors import Refused
from coachdesk.region import tables
from coachdesk.region.staff import holdings, log, roles

PAGES = {
    "/clients": {"worker", "lead"},
    "/letters": {"worker", "lead"},
    "/letters/new": {"worker", "lead"},
    "/places": {"worker", "figures", "lead"},
    "/figures": {"figures", "lead"},
    "/devices": {"it", "lead"},
    "/gaps": {"it", "lead"},
    "/refused": {"it", "lead"},
    "/log": {"lead"},
    "/account": set(roles.ROLES),
}

pytestmark = pytest.mark.sqlite  # about pages, not about the store


@pytest.mark.parametrize("role", list(roles.ROLES))
def test_each_role_opens_its_own_pages_and_no_others(town, browser, role):
    town.desk()
    town.summary("a")
    browser.sign_in("Somebody", role)

    opened = {path for path in PAGES if browser.get(path).status_code == 200}
    assert opened == {path for path, who in PAGES.items() if role in who}
    look = browser.get(f"/clients/{'k' * 43}/{'a' * 32}").status_code
    assert look == {"lead": 200, "worker": 404}.get(role, 403)


@pytest.mark.parametrize("role", list(roles.ROLES))
def test_the_row_of_pages_shows_what_the_role_opens(browser, role):
    browser.sign_in("Somebody", role)
    page = browser.get("/").text

    for path, who in PAGES.items():
        if path not in ("/letters/new", "/account"):
            assert (f'href="/staff{path}"' in page) == (role in who)


def test_a_worker_sees_own_clients_and_nobody_elses(town, browser):
    town.desk()
    liisa, oskar = town.person("Liisa", "worker"), town.person("Oskar", "worker")
    own = town.summary("a", worker=liisa, family_name="Own", given_names="A")
    other = town.summary("b", worker=oskar, family_name="Other", given_names="B")
    nobodys = town.summary("c", family_name="Nobodys", given_names="C")
    browser.sign_in("Liisa")
    browser.get("/clients")

    assert "Own, A" in browser.words
    assert "Other" not in browser.words and "Nobodys" not in browser.words
    assert [browser.get(path).status_code for path in (own, other, nobodys)] == [200, 404, 404]
    assert "Other" not in browser.words


def test_what_is_not_there_and_what_is_not_ones_own_answer_alike(town, browser):
    town.desk()
    town.person("Liisa", "worker")
    path = town.summary("a")
    browser.sign_in("Liisa")
    browser.get(path)
    hidden = browser.words
    browser.get(path.replace("a" * 32, "f" * 32))

    assert browser.words == hidden


def test_only_the_lead_chooses_whose_client_somebody_is(town, open_browser):
    town.desk()
    liisa = town.person("Liisa", "worker")
    path = town.summary("a", worker=liisa)
    lead, worker = open_browser(), open_browser()
    lead.sign_in("Anna", "lead")
    worker.sign_in("Liisa")
    worker.get(path)
    assert worker.post(path + "/worker", {"worker": ""}).status_code == 403

    lead.get(path)
    assert lead.post(path + "/worker", {"worker": ""}).status_code == 303
    assert worker.get(path).status_code == 404
    lead.get(path)
    assert lead.post(path + "/worker", {"worker": "999"}).status_code == 422
    assert lead.post(path + "/worker", {"worker": str(liisa.id)}).status_code == 303
    assert worker.get(path).status_code == 200


def test_nobody_without_clients_gets_one(town):
    town.desk()
    town.summary("a")
    reader = town.person("Reader", "figures")
    with town.region.writing() as connection, pytest.raises(Refused):
        holdings.give_ref(connection, "a" * 32, reader, town.clock.today())


def test_a_role_that_is_taken_away_counts_at_once(town, browser):
    browser.sign_in("Liisa", "lead")
    with town.region.writing() as connection:
        connection.execute(tables.staff.update().values(role="it"))

    assert browser.get("/clients").status_code == 403


def test_what_is_asked_for_and_not_allowed_is_logged(town, browser):
    town.desk()
    town.person("Liisa", "worker")
    path = town.summary("a")
    browser.sign_in("Liisa")
    browser.get("/devices")
    browser.get(path)
    browser.get(path.replace("a" * 32, "made-up"))
    browser.get("/letters/" + "e" * 32)

    lines = [row for row in town.rows(tables.staff_log) if row["act"] == log.NOT_ALLOWED]
    assert [row["ref"] for row in lines] == ["", "a" * 32, "", ""]
    assert {row["staff"] for row in lines} == {town.person("Liisa", "worker").id}
