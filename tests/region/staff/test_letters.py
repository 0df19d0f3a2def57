"""Letters to workshops: a form for each kind, kept and sealed for one desk, and the answer that comes."""

import re
from html import unescape

import pytest
from joserfc import jwe

from coachdesk import i18n
from coachdesk.domain import letter_kinds, region_letters
from coachdesk.domain.letter_kinds import KINDS
from coachdesk.exchange import keys
from coachdesk.region import tables
from coachdesk.region.staff import blank, log
from coachdesk.region.staff import letters as pages_of_letters

from .conftest import DESK

pytestmark = pytest.mark.sqlite  # test_stores has the same ways on both stores

REFERRAL = {
    "kind": "referral", "device": DESK, "ref": "", "from.name": "Liisa Virtanen", "from.phone": "06 000 0000",
    "person.family_name": "Åström", "person.given_names": " Jörgen ", "person.birth_date": "1998-03-04",
    "service": "rehabilitative_work_activity", "days_a_week": "3", "start": "2027-01-11",
    "words": "Hei.\r\nTervetuloa.",
}  # fmt: skip


@pytest.fixture
def liisa(town):
    town.desk()
    return town.person("Liisa", "worker")


@pytest.fixture
def writing(town, browser, liisa):
    browser.sign_in("Liisa")
    browser.get(f"/letters/new?device={DESK}&kind=question")
    return browser


def letters(town):
    return town.rows(tables.letter)


def test_a_letter_is_kept_as_the_protocol_says_under_its_writer(town, writing, liisa):
    answer = writing.post("/letters/new", REFERRAL)
    assert (answer.status_code, answer.headers["location"]) == (303, "/staff/letters?sent=1")
    (row,) = letters(town)

    assert letter_kinds.fits(row["item"])
    assert (row["device"], row["staff"], row["kind"]) == (DESK, liisa.id, "referral")
    assert row["item"]["person"]["family_name"] == "Åström"
    assert row["item"]["person"]["given_names"] == "Jörgen"
    assert row["item"]["days_a_week"] == 3 and row["item"]["words"] == "Hei.\nTervetuloa."
    assert row["item"]["written"] == "2026-12-15" and row["item"]["plan"] is None


def test_a_letter_is_sealed_for_the_key_of_its_desk_alone(town, browser):
    own = keys.new_key(keys.ENCRYPT)
    town.desk(seal_key=keys.public(own))
    browser.sign_in("Liisa")
    browser.get("/letters/new")
    browser.post("/letters/new", REFERRAL)
    (row,) = letters(town)

    assert row["content"] and "Åström" not in row["content"]
    assert row["state"] == "waiting" and row["seq"] == 1
    opened = jwe.decrypt_compact(row["content"], keys.imported(own), algorithms=["ECDH-ES+A256KW", "A256GCM"])
    assert opened.plaintext.count(b".") == 2  # inside lies what the region signed


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_each_kind_has_a_form_with_every_member_labelled(writing, language):
    writing.post("/language", {"language": language, "back": "/letters"}, follow=True)
    for kind in KINDS:
        page = unescape(writing.get(f"/letters/new?device={DESK}&kind={kind}").text)
        for group in blank.groups(kind, {}, i18n.words(language), person=True):
            for one in group.inputs:
                assert f'id="{one.name}"' in page and f'<label for="{one.name}">{one.title}' in page


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"person.family_name": ""}, "Family name"),
        ({"days_a_week": "many"}, "Days a week"),
        ({"days_a_week": "9"}, "Days a week"),
        ({"start": "11.1.2027"}, "Wished start"),
        ({"person.personal_identity_code": "not one"}, "Personal identity code"),
        ({"words": "x" * 501}, "In words"),
        ({"service": ""}, "Service"),
        ({"from.name": ""}, ""),
    ],
)
def test_what_cannot_stand_is_said_and_what_was_filled_in_stays(town, writing, wrong, told):
    answer = writing.post("/letters/new", {**REFERRAL, **wrong})

    assert answer.status_code == 422
    assert letters(town) == []
    assert 'role="alert"' in answer.text and i18n.words("fi")._(told) in writing.words
    assert "Jörgen" in answer.text and "aria-invalid" in answer.text


def test_a_letter_about_a_client_names_the_ref_and_asks_for_no_name(town, writing, liisa):
    path = town.summary("a", worker=liisa, family_name="Åström", given_names="Jörgen")
    page = writing.get(path).text
    (link,) = re.findall(r'href="/staff(/letters/new[^"]*)"', page)
    writing.get(link.replace("&amp;", "&") + "&kind=question")
    assert "Åström, Jörgen" in writing.words and 'id="person.family_name"' not in writing.page.text
    form = {
        "kind": "question",
        "device": DESK,
        "ref": "a" * 32,
        "words": "Miten menee?",
        "from.name": "Liisa",
    }
    assert writing.post("/letters/new", form).status_code == 303
    (row,) = letters(town)

    assert (row["item"]["ref"], row["item"]["person"]) == ("a" * 32, None)
    assert [(one["act"], one["ref"][:1]) for one in town.rows(tables.staff_log)][-1] == (log.LETTER, "a")


def test_nobody_writes_about_somebody_elses_client(town, writing):
    town.summary("b", worker=town.person("Oskar", "worker"))
    form = {"kind": "question", "device": DESK, "ref": "b" * 32, "words": "?", "from.name": "Liisa"}

    assert writing.post("/letters/new", form).status_code == 404
    assert letters(town) == []


@pytest.mark.parametrize(
    "form", [{"kind": "no_kind"}, {"device": "n" * 43}, {"kind": "referral", "ref": "a" * 32}]
)
def test_unknown_kinds_and_desks_are_refused(town, writing, form):
    assert writing.post("/letters/new", {**REFERRAL, **form}).status_code == 422
    assert letters(town) == []


def test_nothing_is_written_to_a_revoked_desk(town, writing):
    with town.region.writing() as connection:
        connection.execute(tables.device.update().values(state="revoked"))

    assert writing.post("/letters/new", REFERRAL).status_code == 422
    assert letters(town) == []
    writing.get("/letters/new")
    assert "Merenkurkku" not in writing.words


def test_one_sees_own_letters_and_their_answers_the_lead_sees_all(town, writing, open_browser):
    writing.post("/letters/new", REFERRAL)
    (row,) = letters(town)
    answer = {"kind": "answer", "letter": "9" * 32, "answers": row["uid"], "ref": None, "outcome": "accepted",
              "reason": None, "words": "Tervetuloa 11.1.", "start": "2027-01-11", "ground": "statutory",
              "written": "2026-12-16"}  # fmt: skip
    assert region_letters.answer_fits(answer)
    town.tell(answer, row["uid"])
    other, lead = open_browser(), open_browser()
    other.sign_in("Oskar", "worker")
    lead.sign_in("Anna", "lead")

    for browser in (writing, lead):
        browser.get("/letters")
        assert i18n.words("fi")._(region_letters.OUTCOMES["accepted"]) in browser.words
        assert "Åström, Jörgen" in browser.words
        browser.get(f"/letters/{row['uid']}")
        assert "Tervetuloa 11.1." in browser.words
    other.get("/letters")
    assert "Åström" not in other.words
    assert other.get(f"/letters/{row['uid']}").status_code == 404
    assert "Åström" not in other.words


def test_reading_a_letter_is_logged(town, writing):
    writing.post("/letters/new", REFERRAL)
    writing.get(f"/letters/{letters(town)[0]['uid']}")

    writing.get("/letters")

    acts = [row["act"] for row in town.rows(tables.staff_log)]
    assert acts[-3:] == [log.LETTER, log.LETTER_LOOK, log.LETTERS]


ONCE = {**REFERRAL, "once": "a" * 32}


def test_a_form_that_is_sent_twice_is_one_letter_and_one_line_of_the_log(town, writing):
    answers = [writing.post("/letters/new", ONCE) for _ in "ab"]

    assert [one.headers.get("location") for one in answers] == ["/staff/letters?sent=1"] * 2
    assert len(letters(town)) == 1
    assert [row["act"] for row in town.rows(tables.staff_log)].count(log.LETTER) == 1


def test_another_text_under_a_form_that_was_sent_is_told_and_not_lost(town, writing):
    writing.post("/letters/new", ONCE)
    answer = writing.post("/letters/new", {**ONCE, "words": "Toinen"})

    assert answer.status_code == 422 and "Toinen" in answer.text
    assert len(letters(town)) == 1
    fresh = re.search(r'name="once" value="([0-9a-f]{32})"', answer.text)[1]
    assert fresh != "a" * 32
    assert writing.post("/letters/new", {**ONCE, "words": "Toinen", "once": fresh}).status_code == 303


def test_forms_of_two_people_are_two_letters(town, writing, open_browser):
    writing.post("/letters/new", ONCE)
    theirs = open_browser()
    theirs.sign_in("Bo", "lead")
    theirs.get("/letters/new")
    theirs.post("/letters/new", ONCE)
    assert len(letters(town)) == 2


def test_each_form_has_a_mark_of_its_own_and_one_without_is_shown_again(town, writing):
    page = f"/letters/new?device={DESK}&kind=referral"
    marks = {re.search(r'name="once" value="([0-9a-f]{32})"', writing.get(page).text)[1] for _ in "ab"}
    assert len(marks) == 2
    answer = writing.post("/letters/new", {**REFERRAL, "once": "x"})
    assert answer.status_code == 422 and "Åström" in answer.text and letters(town) == []


def test_a_letter_names_its_client_as_long_as_the_summary_is_held_and_ones_own(town, writing, liisa):
    page = town.summary("a", worker=liisa, family_name="Åström", given_names="Jörgen")
    question = {"kind": "question", "device": DESK, "ref": "a" * 32, "words": "Hei?", "from.name": "Liisa"}
    writing.post("/letters/new", question)
    (row,) = letters(town)
    writing.get("/letters")
    assert "Åström, Jörgen" in writing.words
    writing.get(f"/letters/{row['uid']}")
    assert f'href="/staff{page}"' in writing.page.text

    town.change("a", state="withdrawn", fields=None)
    for path in ("/letters", f"/letters/{row['uid']}"):
        writing.get(path)
        assert "Åström" not in writing.words and page not in writing.page.text


def test_what_was_answered_last_stands_first(town, writing):
    for words in ("Ensimmäinen?", "Toinen?"):
        writing.post("/letters/new", {"kind": "question", "device": DESK, "words": words, "from.name": "L"})
        town.pass_time(minutes=1)
        writing.get("/letters/new")
    first = next(row["uid"] for row in letters(town) if row["item"]["words"] == "Ensimmäinen?")
    writing.get("/letters")
    assert writing.page.text.index(first) > writing.page.text.index("/letters/new")
    order = re.findall(r"/letters/([0-9a-f]{32})", writing.page.text)
    assert order[1] == first
    answer = {"kind": "answer", "letter": "e" * 32, "answers": first, "ref": None, "outcome": "answered",
              "reason": None, "words": "Hyvin", "start": None, "ground": "statutory",
              "written": "2026-12-15"}  # fmt: skip
    with town.region.writing() as connection:
        connection.execute(tables.told.insert().values(
            device=DESK, kind="answer", key=first, version=1, epoch=1, seq=1, item=answer,
            at=town.clock.now().isoformat()))  # fmt: skip
    writing.get("/letters")
    assert re.findall(r"/letters/([0-9a-f]{32})", writing.page.text)[0] == first


def test_an_old_letter_that_was_answered_lately_names_its_client_too(town, writing, liisa, monkeypatch):
    """However many were written since."""
    monkeypatch.setattr(pages_of_letters, "MOST_SHOWN", 1)
    town.summary("a", worker=liisa, family_name="Åström", given_names="Jörgen")
    question = {"kind": "question", "device": DESK, "words": "Hei?", "from.name": "Liisa"}
    writing.post("/letters/new", {**question, "ref": "a" * 32})
    (first,) = letters(town)
    town.pass_time(minutes=1)
    writing.get("/letters/new")
    writing.post("/letters/new", question)
    answer = {"kind": "answer", "letter": "e" * 32, "answers": first["uid"], "ref": None, "outcome": "seen"}
    town.pass_time(minutes=1)
    with town.region.writing() as connection:
        connection.execute(tables.told.insert().values(
            device=DESK, kind="answer", key=first["uid"], version=1, epoch=1, seq=1, item=answer,
            at=town.clock.now().isoformat()))  # fmt: skip
    writing.get("/letters")
    assert "Åström, Jörgen" in writing.words


def test_what_was_written_while_the_session_ended_is_given_back_to_that_browser_alone(
    town, writing, open_browser
):
    token = writing.token
    town.pass_time(minutes=20)
    form = {**REFERRAL, "words": "Pitkä kirje <b>tästä</b>"}
    answer = writing.post("/letters/new", {**form, "token": token})
    assert answer.status_code == 403 and "Pitkä kirje &lt;b&gt;tästä&lt;/b&gt;" in answer.text
    assert "Istuntosi päättyi" in writing.words and letters(town) == []

    assert writing.post("/letters/new", {**form, "token": "0" * 64}).status_code == 303
    theirs = open_browser()
    theirs.get("/sign-in")
    assert theirs.post("/letters/new", {**form, "token": token}).status_code == 303
