"""The main ways of the staff's pages, each on SQLite and on PostgreSQL."""

from datetime import timedelta

from coachdesk.region import ledger, tables
from coachdesk.region.staff import log

from .conftest import DESK

PHASES = [{"phase": 3, "opened": "2026-11-02", "closed": None, "open": 1}]


def test_in_once_by_a_code_slowed_after_wrong_tries_and_out_again(town, open_browser):
    first, second = open_browser(), open_browser()
    assert first.sign_in("Liisa", "lead").status_code == 303
    assert second.sign_in("Liisa").status_code == 403
    for _ in range(5):
        town.pass_time(seconds=30)
        second.sign_in("Liisa", password="wrong wrong wrong")
    assert second.sign_in("Liisa").status_code == 403
    town.pass_time(minutes=15)
    assert second.sign_in("Liisa").status_code == 303
    assert first.get("/account", follow=False).status_code == 303
    second.get("/account")
    second.post("/sign-out")

    assert town.rows(tables.staff_session) == []


def test_a_look_its_log_what_changed_and_what_is_withdrawn(town, browser):
    town.desk()
    liisa = town.person("Liisa", "lead")
    path = town.summary("a", worker=liisa, phases=PHASES, personal_identity_code="010190-900A")
    town.summary("b", personal_identity_code="010190-900A")
    browser.sign_in("Liisa")
    browser.get(path)
    assert "b" * 32 in browser.page.text
    town.change("a", version=2, fields={"phases": [], "personal_identity_code": "010190-900A"})
    assert "muuttunut" in browser.get("/clients").text
    assert "muuttunut" in browser.get(path).text
    assert browser.post(path + "/worker", {"worker": ""}).status_code == 303
    town.change("a", state=ledger.WITHDRAWN, fields=None)
    assert browser.get(path).status_code == 404
    town.change("b", valid_to=(town.clock.today() - timedelta(days=1)).isoformat())
    assert "b" * 32 not in browser.get("/clients").text

    acts = [row["act"] for row in sorted(town.rows(tables.staff_log), key=lambda row: row["id"])]
    before = [log.SIGNED_IN, log.LOOK, log.LIST, log.LOOK, log.ASSIGNED]
    assert acts == [*before, log.NOT_ALLOWED, log.LIST]  # what was withdrawn is asked for once more
    assert town.rows(tables.staff_seen) == []


def test_a_letter_figures_and_the_desks(town, browser):
    town.desk()
    same = {"device": DESK, "epoch": 1, "version": 1, "seq": 1, "valid_to": "2027-06-30", "state": "held"}
    rows = [
        {**same, "ref": f"{n:032x}", "consent": f"{n:032x}", "fields": {"phases": PHASES}} for n in range(24)
    ]
    with town.region.writing() as connection:
        connection.execute(tables.summary.insert(), rows)
    browser.sign_in("Liisa", "lead")
    browser.get("/letters/new")
    form = {"kind": "question", "device": DESK, "words": "Hei?", "from.name": "Liisa"}
    assert browser.post("/letters/new", form).status_code == 303
    for name in ("letters", "figures", "devices", "gaps", "refused", "places", "log"):
        assert browser.get("/" + name).status_code == 200
    assert browser.get("/figures").text.count('<td class="number">') == 6

    assert len(town.rows(tables.letter)) == len(town.rows(tables.figures)) == 1
