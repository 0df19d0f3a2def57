"""Summaries: own ones first, what changed since one looked, and a line in the log for each look."""

import re
from datetime import timedelta

import pytest

from coachdesk.region import ledger, tables
from coachdesk.region.staff import log

pytestmark = pytest.mark.sqlite  # test_stores has the same ways on both stores

PHASES = [{"phase": 3, "opened": "2026-11-02", "closed": None, "open": 1}]


@pytest.fixture
def liisa(town):
    town.desk()
    return town.person("Liisa", "lead")


def looks(town):
    return [(row["act"], row["ref"][:1], row["version"]) for row in town.rows(tables.staff_log)
            if row["act"] not in (log.SIGNED_IN, log.LIST)]  # fmt: skip


def order(browser, *names):
    page = browser.get("/clients").text
    return sorted(names, key=page.index)


def test_each_look_is_one_line_with_who_what_and_which_version(town, browser, liisa):
    path = town.summary("a", worker=liisa, phases=PHASES)
    browser.sign_in("Liisa")
    browser.get(path)
    browser.get(path)

    assert looks(town) == [(log.LOOK, "a", 1), (log.LOOK, "a", 1)]
    browser.get("/log")
    assert "katsoi yhteenvetoa" in browser.words and "aaaaaaaa" in browser.words


def test_a_list_is_one_line_and_a_refused_look_is_no_look(town, browser, liisa):
    town.summary("a", worker=liisa)
    browser.sign_in("Liisa")
    browser.get("/clients")
    browser.get(f"/clients/{'k' * 43}/{'f' * 32}")

    acts = [row["act"] for row in town.rows(tables.staff_log)]
    assert acts == [log.SIGNED_IN, log.LIST, log.NOT_ALLOWED]


def test_own_clients_stand_first_and_those_with_news_before_the_others(town, browser, liisa):
    for ref, name in (("a", "Aalto"), ("b", "Berg"), ("c", "Cederberg")):
        town.summary(ref, worker=liisa, family_name=name, given_names="X", goal="one")
    town.summary("d", family_name="Aaa", given_names="X")
    browser.sign_in("Liisa")
    for ref in "abc":
        browser.get(f"/clients/{'k' * 43}/{ref * 32}")
    town.change("c", version=2, fields={"family_name": "Cederberg", "given_names": "X", "goal": "two"})

    assert order(browser, "Aalto", "Berg", "Cederberg", "Aaa") == ["Cederberg", "Aalto", "Berg", "Aaa"]


def test_what_changed_since_one_looked_is_marked_and_nothing_else(town, browser, liisa):
    path = town.summary("a", worker=liisa, phases=PHASES, goal="one", next_step=None, next_step_due=None)
    browser.sign_in("Liisa")
    browser.get(path)
    assert "muuttunut" not in browser.words
    fields = {"phases": PHASES, "goal": "two", "next_step": None, "next_step_due": None}
    town.change("a", version=2, fields=fields)
    page = browser.get(path).text

    assert len(re.findall('class="chip warn"', page)) == 1
    assert re.search(r"two\s*<span class=\"chip warn\"", page)
    assert "muuttunut" not in browser.get(path).text


def test_each_person_has_a_last_look_of_their_own(town, open_browser, liisa):
    path = town.summary("a", worker=liisa, goal="one")
    first, second = open_browser(), open_browser()
    first.sign_in("Liisa")
    second.sign_in("Anna", "lead")
    first.get(path)
    town.change("a", version=2, fields={"goal": "two"})
    second.get(path)

    assert "muuttunut" in first.get("/clients").text
    assert "muuttunut" not in second.get("/clients").text


def test_what_is_no_longer_consented_to_is_said_without_naming_it(town, browser, liisa):
    path = town.summary("a", worker=liisa, phases=PHASES, goal="one", next_step=None, next_step_due=None)
    browser.sign_in("Liisa")
    browser.get(path)
    town.change("a", version=2, fields={"phases": PHASES})
    browser.get(path)

    assert "ei suostumus enää kata" in browser.words


@pytest.mark.parametrize("state", [ledger.WITHDRAWN, ledger.EXPIRED])
def test_a_withdrawn_or_ended_consent_takes_the_summary_and_the_looks_away(town, browser, liisa, state):
    path = town.summary("a", worker=liisa, goal="one")
    browser.sign_in("Liisa")
    browser.get(path)
    town.change("a", state=state, fields=None)

    assert browser.get(path).status_code == 404
    browser.get("/clients")
    assert town.rows(tables.staff_seen) == [] and town.rows(tables.staff_client) == []


def test_a_consent_that_runs_out_at_night_runs_out_on_the_page(town, browser, liisa):
    path = town.summary("a", worker=liisa, goal="one")
    town.change("a", valid_to=(town.clock.today() - timedelta(days=1)).isoformat())
    browser.sign_in("Liisa")

    assert browser.get(path).status_code == 404
    (row,) = town.rows(tables.summary)
    assert (row["state"], row["fields"]) == (ledger.EXPIRED, None)


def test_of_a_look_only_keyed_hashes_are_kept(town, browser, liisa):
    path = town.summary("a", worker=liisa, goal="very own words", personal_identity_code="010190-900A")
    browser.sign_in("Liisa")
    browser.get(path)
    (row,) = town.rows(tables.staff_seen)

    assert "very own words" not in str(row) and "010190" not in str(row)
    assert set(row["digests"]) == {"goal", "personal_identity_code"}
    assert len({*row["digests"].values()}) == 2


def test_a_name_that_is_not_consented_is_not_there(town, browser, liisa):
    town.summary("a", worker=liisa, phases=PHASES)
    browser.sign_in("Liisa")
    browser.get("/clients")

    assert "nimeen ei suostumusta" in browser.words and "aaaaaaaa" in browser.words


def test_two_refs_are_joined_only_by_a_code_that_both_let_out_and_it_is_said(town, browser, liisa):
    code = "010190-900A"
    path = town.summary("a", worker=liisa, personal_identity_code=code)
    town.summary("b", worker=liisa, personal_identity_code=code)
    town.summary("c", worker=liisa, personal_identity_code=None)
    browser.sign_in("Liisa")
    page = browser.get(path).text

    assert "Sama henkilötunnus" in browser.words
    assert "b" * 32 in page and "c" * 32 not in page


def test_a_worker_is_not_joined_to_somebody_elses_client(town, browser):
    town.desk()
    oskar = town.person("Oskar", "worker")
    path = town.summary("a", worker=oskar, personal_identity_code="010190-900A")
    town.summary("b", personal_identity_code="010190-900A")
    browser.sign_in("Oskar")
    page = browser.get(path).text

    assert "b" * 32 not in page and "Sama henkilötunnus" not in browser.words


def test_others_come_fifty_at_a_time(town, browser, liisa):
    same = {"device": "k" * 43, "epoch": 1, "version": 1, "seq": 1, "valid_to": "2027-06-30", "state": "held"}
    rows = [{**same, "ref": f"{n:032x}", "consent": f"{n:032x}", "fields": {}} for n in range(53)]
    with town.region.writing() as connection:
        connection.execute(tables.summary.insert(), rows)
    browser.sign_in("Liisa")

    assert browser.get("/clients").text.count("/clients/k") == 50
    assert browser.get("/clients?from=50").text.count("/clients/k") == 3
    for odd in ("-1", "x", "9" * 30, "²"):
        assert browser.get(f"/clients?from={odd}").status_code == 200


def test_every_field_of_a_summary_has_a_line_in_both_languages(town, browser, liisa):
    from coachdesk.domain.summary_fields import FIELDS
    from coachdesk.i18n import words

    fields = {name: None if field.optional else [] for name, field in FIELDS.items()}
    path = town.summary("a", worker=liisa, **fields)
    browser.sign_in("Liisa")
    for language in ("fi", "sv"):
        browser.get(path)
        browser.post("/language", {"language": language, "back": path}, follow=True)
        for field in FIELDS.values():
            assert words(language)._(field.title) in browser.words


def test_the_lead_finds_somebody_by_name_or_reference_without_a_name_in_the_address(town, browser, liisa):
    for ref, name in (("a", "Åström"), ("b", "Berg"), ("c", "%")):
        town.summary(ref, family_name=name, given_names="X")
    browser.sign_in("Liisa")
    browser.get("/clients")

    def found(text):
        page = browser.post("/clients", {"find": text}).text
        return {ref for ref in "abc" if f"/{ref * 32}" in page}

    assert [found(text) for text in ("Åst", "åst", "bbbb", "%", "x", "")] == [
        {"a"}, {"a"}, {"b"}, {"c"}, set(), set("abc")]  # fmt: skip
    assert browser.get("/clients?find=Berg").text.count("/clients/k") == 3  # only the form searches


def test_nobodys_clients_stand_before_those_of_others(town, browser, liisa):
    town.summary("a", worker=town.person("Oskar", "worker"), family_name="Aalto", given_names="X")
    town.summary("b", family_name="Berg", given_names="X")
    browser.sign_in("Liisa")

    assert order(browser, "Aalto", "Berg") == ["Berg", "Aalto"]


def test_a_desk_that_begins_anew_leaves_its_people_with_their_workers(town, browser, liisa):
    """A snapshot takes the rows away until the desk has sent them again."""
    path = town.summary("a", worker=liisa, goal="one")
    browser.sign_in("Liisa")
    browser.get(path)
    with town.region.writing() as connection:
        connection.execute(tables.summary.delete())
    browser.get("/clients")
    assert browser.get(path).status_code == 404
    town.summary("a", goal="one")

    assert "aaaaaaaa" in browser.get("/clients").text.split('id="others"')[0]


def test_the_list_says_how_many_have_news_and_each_page_leads_to_the_next(town, browser):
    town.desk()
    liisa = town.person("Liisa", "worker")
    pages = [
        town.summary(ref, worker=liisa, family_name=name, given_names="A")
        for ref, name in zip("abc", ("Aho", "Berg", "Cederberg"), strict=True)
    ]
    browser.sign_in("Liisa")
    browser.get("/clients")
    assert "3 vielä katsomatta" in browser.words
    browser.get(pages[0])
    assert "Seuraava, jolla on uutta: Berg, A" in browser.words
    for page in pages[1:]:
        browser.get(page)
    assert "Seuraava" not in browser.words
    town.change("b", fields={"family_name": "Berg", "given_names": "B"}, version=2)
    browser.get("/clients")
    assert "1 on muuttunut" in browser.words and "vielä katsomatta" not in browser.words
    browser.get(pages[1])
    browser.get("/clients")
    assert "Mikään ei ole muuttunut viime katsomasi jälkeen." in browser.words


def test_the_workshop_stands_in_the_list_where_there_is_more_than_one(town, browser):
    town.desk()
    other = town.desk("m" * 43, label="Kvarkens verkstad")
    liisa = town.person("Liisa", "worker")
    page = town.summary("a", worker=liisa, phases=[])
    browser.sign_in("Liisa")
    browser.get("/clients")
    assert "Merenkurkku" not in browser.words
    browser.get(page)
    assert "Lähettäjä: Merenkurkku." in browser.words
    town.summary("b", worker=liisa, device=other, phases=[])
    browser.get("/clients")
    assert "Merenkurkku" in browser.words and "Kvarkens verkstad" in browser.words


def test_only_the_lead_is_led_to_who_has_looked(town, open_browser):
    town.desk()
    page = town.summary("a", worker=town.person("Liisa", "worker"), phases=[])
    worker, lead = open_browser(), open_browser()
    worker.sign_in("Liisa")
    worker.get(page)
    assert "/log?ref=" not in worker.page.text
    lead.sign_in("Anna", "lead")
    lead.get(page)
    assert f"/log?ref={'a' * 32}" in lead.page.text
    lead.get(f"/log?ref={'a' * 32}")
    assert lead.words.count("katsoi yhteenvetoa") == 2


def test_the_others_stand_by_name_and_those_without_one_last(town, browser):
    town.desk()
    for ref, name in (("a", "Öhman"), ("b", "Aho"), ("d", "Niemi")):
        town.summary(ref, family_name=name, given_names="X")
    town.summary("c", phases=[])
    browser.sign_in("Anna", "lead")
    browser.get("/clients")
    places = [browser.words.index(one) for one in ("Aho, X", "Niemi, X", "Öhman, X", "c" * 8)]
    assert places == sorted(places)
