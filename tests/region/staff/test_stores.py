"""The main ways of the staff's pages, each on SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from time import sleep

import pytest

from coachdesk.region import acts, figures, ledger, tables
from coachdesk.region.staff import equipment, holdings, log, seen, tries

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


@pytest.mark.parametrize("what", ["look", "assign", "try", "figures"])
def test_the_same_in_one_moment_is_done_twice_and_fails_never(town, what):
    """A double click on a link; two people of one office who sign in."""
    town.desk()
    liisa = town.person("Liisa", "lead")
    town.summary("a", phases=PHASES)
    place, row, at = (DESK, "a" * 32), {"version": 1, "fields": {"phases": PHASES}}, town.clock.now()

    written = Event()

    def do(waits: float = 0.0) -> None:
        with town.region.writing() as connection:
            if what == "look":
                seen.keep(connection, town.key, liisa, place, row, at)
            elif what == "assign":
                holdings.give(connection, place, liisa.id, at.date())
            elif what == "figures":
                figures.newest(connection, at.date())
            else:
                assert tries.count(connection, "office", tries.BY_ADDRESS, at)
            written.set()
            sleep(waits)  # not committed while the other comes to its store, which tells nobody that it waits

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(do, 0.4)
        assert written.wait(20)
        second = pool.submit(do)
        first.result()
        second.result()
    kept = {"look": tables.staff_seen, "assign": tables.staff_client, "try": tables.staff_try}
    assert len(town.rows(kept.get(what, tables.figures))) == 1
    if what == "try":
        assert town.rows(tables.staff_try)[0]["tries"] == 2


def test_what_was_refused_is_read_no_further_than_it_is_shown(town, browser, monkeypatch):
    """However much one desk was refused; and what is fine hides nothing that is not."""
    monkeypatch.setattr(equipment, "MOST_SHOWN", 3)
    town.desk()
    bad = [{"ref": "a" * 32, "version": 1, "reason": "not_as_described"}]
    head = {"device": DESK, "epoch": 1, "prev": "", "iat": 1, "result": "stored"}
    with town.region.writing() as connection:
        for seq in range(1, 101):
            row = {**head, "seq": seq, "sha256": f"{seq:064x}", "received": f"2026-12-{seq // 10 + 1:02}"}
            connection.execute(tables.bundle.insert().values(**row, rejected=bad if seq < 9 else []))
    browser.sign_in("Tiina", "it")
    told, real = [], equipment._refused
    monkeypatch.setattr(equipment, "_refused", lambda *given: told.append(1) or real(*given))
    assert browser.get("/refused").text.count("aaaaaaaa") == 3
    assert len(told) == 3


def test_the_log_names_the_desk_that_something_was_done_to(town, browser):
    device = town.desk("q" * 43)
    with town.region.writing() as connection:
        acts.note(connection, acts.REVOKED, who="root", at=town.clock.now(), device=device)
    browser.sign_in("Liisa", "lead")
    browser.get("/log")
    assert "root komennolla poisti lähettäjän käytöstä Lähettäjä qqqqqqqq" in browser.words
