"""Free places, figures, desks, gaps and refusals; and that each page is good HTML in both languages."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest

from coachdesk.domain import aggregate
from coachdesk.exchange.receipt import REASONS
from coachdesk.i18n import words
from coachdesk.region import figures, numbers, tables
from coachdesk.region.staff import drawing

from .conftest import CARD, DESK

LANGUAGE = pytest.mark.parametrize("language", ["fi", "sv"])
PATHS = ["/clients", "/letters", "/letters/new", f"/letters/new?device={DESK}&kind=referral", "/places",
         "/figures", "/devices", "/gaps", "/refused", "/log", "/account", "/nowhere",
         f"/clients/{DESK}/{'a' * 32}"]  # fmt: skip
EMPTY_TAGS = {"meta", "link", "input", "br"}

pytestmark = pytest.mark.sqlite  # about pages, not about the store


@pytest.fixture
def full(town):
    """A region with something on each page."""
    town.desk()
    town.tell(CARD, CARD["card"])
    liisa = town.person("Liisa", "lead")
    town.summary("a", worker=liisa, goal="one", next_step=None, next_step_due=None)
    item = {"ref": "f" * 32, "version": 3, "reason": "consent_withdrawn"}
    rows = [(1, "stored", [], 0), (2, "stored", [item], 1), (5, "fork", [], 0)]
    with town.region.writing() as connection:
        for seq, result, rejected, aside in rows:
            row = {"device": DESK, "epoch": 1, "seq": seq, "sha256": f"{seq}" * 64, "prev": "", "iat": 1}
            when = f"2026-12-1{seq}T08:30:00+02:00"
            connection.execute(tables.bundle.insert().values(
                **row, received=when, result=result, rejected=rejected, set_aside=aside))  # fmt: skip
        numbers.add(connection, DESK, 1, [row[0] for row in rows])
        alarm = {"device": DESK, "epoch": 1, "seq": 5, "kind": "fork", "sha256": "5" * 64}
        connection.execute(tables.alarm.insert().values(**alarm, at="2026-12-15T08:30:00+02:00"))
    return town


class Outline(HTMLParser):
    """What an assistive program meets: tags in order, ids, labels, fields, headings."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open, self.tags, self.ids, self.labels, self.fields, self.headings = [], [], [], set(), [], []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append((tag, found))
        if tag not in EMPTY_TAGS:
            self.open.append(tag)
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "label":
            self.labels.add(found["for"])
        if tag in ("input", "select", "textarea") and found.get("type") != "hidden":
            self.fields.append(found)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag):
        if tag not in EMPTY_TAGS:
            assert self.open.pop() == tag


@LANGUAGE
def test_pages_can_be_used_without_seeing_them(full, browser, language):
    browser.get("/sign-in")
    browser.post("/language", {"language": language})
    _must_be_usable(browser.get("/sign-in").text, language)
    browser.sign_in("Liisa")
    for path in PATHS:
        _must_be_usable(browser.get(path).text, language)


def _must_be_usable(page, language):
    found = Outline(page)
    assert ("html", {"lang": language}) in found.tags
    assert len(found.ids) == len(set(found.ids))
    assert found.headings.count(1) == 1 and found.headings[0] == 1
    assert all(b - a <= 1 for a, b in zip(found.headings, found.headings[1:], strict=False))
    for one in found.fields:
        assert one["id"] in found.labels
        assert all(named in found.ids for named in one.get("aria-describedby", "").split())
    assert [tag for tag, _ in found.tags].count("main") == 1
    assert ("a", {"class": "skip", "href": "#content"}) in found.tags and "content" in found.ids
    assert all(named.get("scope") in ("col", "row") for tag, named in found.tags if tag == "th")


def test_no_page_mixes_languages(full, browser):
    """What stands in English in the templates stands in neither language on the page."""
    browser.sign_in("Liisa")
    seen = {}
    for language in ("fi", "sv"):
        browser.get("/account")
        browser.post("/language", {"language": language, "back": "/account"})
        for path in PATHS:
            browser.get(path)
            seen[language, path] = browser.words
            for english in (" the ", "Sign out", "Nothing", "Written", "needed"):
                assert english not in browser.words
    assert all(seen["fi", path] != seen["sv", path] for path in PATHS)


def test_the_browsers_language_is_the_first_one_and_the_choice_stays(town, browser):
    assert "Logga in" in browser.get("/sign-in", headers={"accept-language": "en, sv-FI;q=0.8"}).text
    browser.client.cookies.clear()
    assert "Kirjaudu sisään" in browser.get("/sign-in", headers={"accept-language": "en"}).text
    browser.post("/language", {"language": "sv", "back": "/sign-in"}, follow=True)
    assert "Logga in" in browser.words and "Österbottens välfärdsområde" in browser.words
    browser.sign_in("Liisa")
    assert browser.get("/account").text.startswith('<!doctype html>\n<html lang="sv">')
    browser.post("/language", {"language": "fi", "back": "/account"})
    assert '<html lang="fi">' in browser.get("/places").text
    assert browser.post("/language", {"language": "xx"}).status_code == 422


def test_free_places_stand_by_workshop_and_old_cards_are_gone(full, browser):
    full.tell({**CARD, "card": "d" * 32, "valid_to": "2026-12-14",
               "workshop": {**CARD["workshop"], "name_fi": "Vanha paja"}}, "d" * 32)  # fmt: skip
    full.tell({**CARD, "card": "e" * 32, "services": []}, "e" * 32)
    browser.sign_in("Liisa")
    browser.get("/places")

    assert "Merenkurkun työpaja" in browser.words and "4 paikkaa vapaana" in browser.words
    assert "11.1.2027" in browser.words and "Vanha paja" not in browser.words
    browser.get("/places?service=work_tryout")
    assert "Merenkurkun työpaja" not in browser.words


def test_nothing_told_yet_is_an_empty_page_with_a_sentence(town, browser):
    browser.sign_in("Liisa")
    for path in (
        "/clients",
        "/letters",
        "/letters/new",
        "/places",
        "/figures",
        "/devices",
        "/gaps",
        "/refused",
    ):
        answer = browser.get(path)
        assert answer.status_code == 200 and "empty" in answer.text


def test_a_desk_with_its_last_word_its_gaps_and_its_alarms(full, browser):
    full.desk("q" * 43, label="Hiljainen", enrolled="2026-10-01T09:00:00+03:00")
    full.desk("r" * 43, label="Poistettu", state="revoked")
    full.desk("s" * 43, label="Kunnossa", heard="2026-12-15T09:00:00+02:00")
    browser.sign_in("Liisa")
    page = browser.get("/devices").text
    rows = {re.search(r"<th scope=\"row\">(\w+)", row)[1]: row for row in page.split("<tr>")[2:]}

    assert "15.12.2026 klo 8.30" in rows["Merenkurkku"]
    assert "2 puuttuu" in rows["Merenkurkku"] and "1 hälytys" in rows["Merenkurkku"]
    assert "hiljaa yli 30 päivää" in rows["Hiljainen"]
    assert "poistettu käytöstä" in rows["Poistettu"] and "hiljaa" not in rows["Poistettu"]
    assert "kunnossa" in rows["Kunnossa"]
    browser.get("/gaps")
    assert "3–4" in browser.words and "Kysy, onko lähettäjän tiedot kopioitu" in browser.words


def test_it_sees_what_was_refused_with_its_reason_and_no_summary(full, browser):
    browser.sign_in("Tero", "it")
    browser.get("/refused")

    assert words("fi")._(REASONS["consent_withdrawn"]) in browser.words
    assert "ffffffff" in browser.words and "pantu sivuun: 1" in browser.words


def people(town, count, **fields):
    same = {"device": DESK, "epoch": 1, "version": 1, "seq": 1, "valid_to": "2027-06-30", "state": "held"}
    rows = [{**same, "ref": f"{n:032x}", "consent": f"{n:032x}", "fields": fields} for n in range(count)]
    with town.region.writing() as connection:
        connection.execute(tables.summary.insert(), rows)


def test_figures_show_only_rounded_numbers(town, browser):
    people(town, 22, phases=[{"phase": 2, "opened": "2026-10-01", "closed": None, "open": 1}])
    browser.sign_in("Reader", "figures")
    page = browser.get("/figures").text
    told = re.findall(r'<td class="number">([^<]*(?:&lt;5)?)</td>', page)

    assert told and all(text == "&lt;5" or int(text) % 5 == 0 for text in told)
    assert "22" not in re.sub("2026", "", browser.words)


def test_fewer_than_twenty_people_give_no_table(town, browser):
    people(town, 19, phases=[{"phase": 2, "opened": "2026-10-01", "closed": None, "open": 1}])
    browser.sign_in("Reader", "figures")
    browser.get("/figures")

    assert "liian vähän" in browser.words and "<td" not in browser.page.text


def test_a_quarter_is_told_once_and_a_later_consent_changes_nothing(town, browser):
    people(town, 27, service_language="fi")
    browser.sign_in("Reader", "figures")
    first = browser.get("/figures").text
    with town.region.writing() as connection:
        connection.execute(tables.summary.update().values(state="withdrawn", fields=None))
    again = browser.get("/figures").text

    assert re.findall("<td.*", first) == re.findall("<td.*", again) != []
    assert len(town.rows(tables.figures)) == 1


def test_what_is_kept_of_a_quarter_has_no_number_behind_the_rounded_one(town):
    people(town, 23, service_language="sv")
    with town.region.writing() as connection:
        found = figures.newest(connection, date(2026, 12, 15))
    (row,) = town.rows(tables.figures)

    assert found.quarter.key == row["quarter"] == "2026-Q3"
    counts = [count for table in row["tables"] for _key, count in table["cells"]]
    assert counts and all(count is None or count % aggregate.STEP == 0 for count in counts)


def test_each_table_is_of_those_alone_who_consented_to_its_field(town):
    people(town, 30, goal="one", next_step=None, next_step_due=None)
    with town.region.writing() as connection:
        assert figures.newest(connection, date(2026, 12, 15)).tables == ()


def test_what_the_workshops_told_of_the_others_stands_apart_under_the_workshops_name(full, browser):
    cells = [{"key": str(n), "count": 10} for n in range(1, 6)] + [{"key": "none", "count": "<5"}]
    item = {"kind": "aggregate", "workshop": CARD["card"], "quarter": "2026-Q3", "people": 50,
            "tables": [{"table": "phase", "cells": cells}]}  # fmt: skip
    full.tell(item, f"{CARD['card']}:2026-Q3")
    browser.sign_in("Reader", "figures")
    browser.get("/figures")

    assert "Merenkurkun työpaja, neljännes 3/2026" in browser.words
    assert browser.page.text.count("<td") == 6


def test_every_page_in_the_row_is_there(town, browser):
    browser.sign_in("Liisa")

    assert {browser.get(place.path).status_code for place in drawing.PLACES} == {200}


def shade(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)] if len(colour) == 7 else [1.0] * 3
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("look", [0, 1], ids=["light", "dark"])
def test_words_stand_out_from_their_ground_by_wcag(look):
    css = (drawing.FOLDER / "look.css").read_text("utf-8")
    blocks = re.findall(r":root \{(.*?)\}", css, re.S)
    ink = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", blocks[0]))
    if look:
        ink |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", blocks[1]))

    def ratio(one, other):
        light, dark = sorted((shade(ink[one]), shade(ink[other])), reverse=True)
        return (light + 0.05) / (dark + 0.05)

    pairs = [("text", "window"), ("text", "surface"), ("text", "nav"), ("text", "soft"), ("text2", "window"),
             ("text2", "surface"), ("primary", "window"), ("primary", "surface"), ("on", "primary"),
             *((kind, kind + "bg") for kind in ("ok", "warn", "danger", "info", "neutral"))]  # fmt: skip
    for pair in pairs:
        assert ratio(*pair) >= 4.5, pair
    for pair in (("focus", "window"), ("focus", "surface"), ("control", "surface"), ("focus", "nav")):
        assert ratio(*pair) >= 3, pair
