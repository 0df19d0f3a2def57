"""``coachdesk-region staff``: who may sign in, said by command."""

import io
import re
from base64 import b32decode
from urllib.parse import parse_qs, urlsplit

import pytest

from coachdesk.region import __main__ as command
from coachdesk.region import acts, tables
from coachdesk.region.staff import people
from coachdesk.region.staff.key import staff_key

from .conftest import PASSWORD

pytestmark = pytest.mark.sqlite


@pytest.fixture
def run(town, tmp_path, capsys, monkeypatch):
    """Carries out a command line on the town's folder; exit code, what it printed, what it complained of."""
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    word = tmp_path / "password"
    word.write_text(PASSWORD + "\n", "utf-8")

    def one(*words, password=True, language="fi"):
        line = ["--language", language, "staff", *words, "--region", str(town.region.folder)]
        if password and words[0] in ("add", "password"):
            line += ["--password-file", str(word)]
        try:
            code = command.main(line, town.clock)
        except SystemExit as end:
            code = end.code
        finally:
            said = capsys.readouterr()
        return code, said.out, said.err

    return one


def test_whoever_was_added_by_command_can_sign_in_with_what_was_shown(town, run, browser):
    code, out, _err = run("add", "Liisa", "--role", "worker")
    link = urlsplit(re.search(r"otpauth://\S+", out)[0])
    town.secrets["Liisa"] = b32decode(parse_qs(link.query)["secret"][0])

    assert code == 0 and "█" in out and PASSWORD not in out
    assert (link.netloc, parse_qs(link.query)["issuer"]) == ("totp", ["Pohjanmaan hyvinvointialue"])
    assert browser.sign_in("Liisa").status_code == 303


def test_the_list_says_names_and_roles(run):
    run("add", "Liisa", "--role", "worker")
    run("add", "Bo", "--role", "it")

    assert run("list", language="sv")[1] == "Bo: IT (it)\nLiisa: Arbetstagare (worker)\n"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "Liisa", "--role", "king"), 2),
        (("add", "Liisa"), 2),
        (("add", "<b>", "--role", "it"), 1),
        (("add", "", "--role", "it"), 1),
        (("remove", "Nobody"), 1),
        (("codes", "Nobody"), 1),
        (("assign", "Nobody", "a" * 32), 1),
        (("password", "Nobody"), 1),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(run, words, code):
    found, _out, err = run(*words)

    assert (found, err.count("\n")) == (code, 1)


def test_a_name_is_given_once(run):
    run("add", "Liisa", "--role", "it")

    assert run("add", "Liisa", "--role", "lead")[0] == 1


def test_a_password_is_never_a_word_of_the_command_line_and_never_weak(town, run, tmp_path):
    weak = tmp_path / "weak"
    weak.write_text("kissa\n", "utf-8")
    assert run("add", "Liisa", "--role", "it", "--password", "x")[0] == 2
    assert run("add", "Liisa", "--role", "it", password=False)[0] == 1  # nobody can type here
    assert run("add", "Liisa", "--role", "it", "--password-file", str(weak), password=False)[0] == 1
    weak.write_bytes(b"\xff\xfe\xff")
    assert run("add", "Liisa", "--role", "it", "--password-file", str(weak), password=False)[0] == 1

    assert town.rows(tables.staff) == []


def test_a_new_authenticator_makes_the_old_one_useless_and_signs_out(town, run, browser):
    browser.sign_in("Liisa", "worker")
    old = town.secrets["Liisa"]
    assert run("codes", "Liisa")[0] == 0
    assert browser.get("/clients", follow=False).status_code == 303
    town.pass_time(minutes=1)
    assert browser.sign_in("Liisa").status_code == 403

    (row,) = town.rows(tables.staff)
    assert staff_key(town.region.folder).unseal(row["secret"], "Liisa") != old


def test_another_password_signs_out(town, run, browser):
    browser.sign_in("Liisa", "worker")
    assert run("password", "Liisa")[0] == 0

    assert browser.get("/clients", follow=False).status_code == 303


def test_whoever_is_removed_is_out(town, run, browser):
    browser.sign_in("Liisa", "worker")
    assert run("remove", "Liisa")[0] == 0

    assert browser.get("/clients", follow=False).status_code == 303
    assert run("list")[1] == ""


def test_clients_are_given_by_their_reference(town, run):
    town.desk()
    town.summary("a")
    town.person("Liisa", "worker")
    town.person("Bo", "it")

    assert run("assign", "Liisa", "a" * 32)[0] == 0
    assert run("assign", "Liisa", "f" * 32)[0] == 1
    assert run("assign", "Bo", "a" * 32)[0] == 1
    (row,) = town.rows(tables.staff_client)
    with town.region.reading() as connection:
        assert people.names(connection)[row["staff"]] == "Liisa"
    (line,) = town.rows(tables.staff_log)
    assert (line["act"], line["ref"], line["staff"]) == ("assigned", "a" * 32, 0)
    assert line["who"] == acts.account() and line["whom"] == row["staff"]


def test_every_change_by_command_is_logged_with_who_ran_it_when_and_on_whom(town, run, browser):
    run("add", "Liisa", "--role", "worker")
    for verb in ("password", "codes", "remove"):
        run(verb, "Liisa")

    (liisa,) = town.rows(tables.staff)
    lines = town.rows(tables.staff_log)
    assert [line["act"] for line in lines] == ["let_in", "new_password", "new_codes", "closed"]
    assert {(line["who"], line["whom"], line["at"]) for line in lines} == {
        (acts.account(), liisa["id"], town.clock.now().isoformat())
    }
    browser.sign_in("Anna", "lead")
    browser.get("/log")
    assert f"{acts.account()} komennolla antoi jollekulle oikeuden kirjautua: Liisa" in browser.words


def test_a_change_that_is_refused_leaves_no_line(town, run):
    run("add", "Liisa", "--role", "worker")
    run("add", "Liisa", "--role", "lead")
    run("password", "Nobody")
    assert [line["act"] for line in town.rows(tables.staff_log)] == ["let_in"]


def test_who_ran_a_command_is_never_taken_from_the_environment(monkeypatch, tmp_path):
    before = acts.account()
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME", "SUDO_USER"):
        monkeypatch.setenv(name, "mallory")
    assert acts.account() == before and "mallory" not in before
    login = tmp_path / "loginuid"
    login.write_text("1")  # Debian's "daemon"
    monkeypatch.setattr(acts, "_LOGIN", login)
    assert acts.account().endswith("(daemon)")
    login.write_text("4294967295")  # nobody has signed in
    assert "(" not in acts.account()


def test_whoever_comes_back_has_a_new_password_and_code_and_no_clients(town, run, browser):
    town.desk()
    town.summary("a", worker=town.person("Liisa", "worker"))
    old = town.secrets["Liisa"]
    run("remove", "Liisa")
    assert run("add", "Liisa", "--role", "it")[0] == 0

    assert browser.sign_in("Liisa").status_code == 403
    (row,) = town.rows(tables.staff)
    assert (row["role"], row["active"]) == ("it", 1)
    assert staff_key(town.region.folder).unseal(row["secret"], "Liisa") != old
    assert town.rows(tables.staff_client) == []
