"""``coachdesk-region``: exit codes, one clear line for each refusal, three languages."""

import json
import os
import stat
import subprocess
import sys

import pytest

from coachdesk.exchange import enrolment, keys
from coachdesk.region.folder import open_region

from .conftest import Desk, put


@pytest.fixture
def made(run, tmp_path):
    assert run("init", tmp_path / "r", "--id", "alue")[0] == 0
    return tmp_path / "r"


@pytest.fixture
def desk(run, made, tmp_path):
    found = Desk(open_region(made))
    (tmp_path / "desk.jwk").write_bytes(enrolment.device_text(keys.public(found.key)))
    assert run("enrol", tmp_path / "desk.jwk", "--region", made)[0] == 0
    return found


def letter(tmp_path, sealed, name="1.jwe"):
    file = tmp_path / name
    file.write_bytes(sealed.content)
    return file


def test_init_makes_private_keys_that_only_the_owner_reads(made):
    assert json.loads((made / "region.json").read_text())["id"] == "alue"
    for name in ("encrypt", "sign"):
        file = made / "keys" / f"{name}.jwk"
        assert "d" in json.loads(file.read_text())
        if os.name == "posix":
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert '"d"' not in (made / "region.json").read_text()


@pytest.mark.skipif(os.name != "posix", reason="elsewhere the folder's own rights decide")
@pytest.mark.parametrize("mask", [0o000, 0o022])
def test_only_the_owner_reads_the_store_and_its_side_files(tmp_path, run, mask):
    before = os.umask(mask)
    try:
        run("init", tmp_path / "r")
        (tmp_path / "r" / "region.db").unlink()
        with open_region(tmp_path / "r").engine.begin():
            files = list((tmp_path / "r").glob("region.db*"))
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in files}
    finally:
        os.umask(before)

    assert len(modes) > 1
    assert set(modes.values()) == {0o600}


def test_init_never_writes_over_a_region(run, made):
    before = (made / "keys" / "sign.jwk").read_bytes()
    code, _out, err = run("init", made)

    assert (code, len(err.strip().splitlines())) == (1, 1)
    assert (made / "keys" / "sign.jwk").read_bytes() == before


def test_of_two_inits_in_one_folder_at_once_the_later_takes_nothing_of_the_first_away(
    run, tmp_path, monkeypatch
):
    at, real, codes = tmp_path / "r", keys.new_key, []

    def meanwhile(use):
        monkeypatch.setattr(keys, "new_key", real)
        codes.append(run("init", at, "--id", "first")[0])
        return real(use)

    monkeypatch.setattr(keys, "new_key", meanwhile)
    codes.append(run("init", at, "--id", "second")[0])

    assert codes == [0, 1]
    assert open_region(at).card.id == "first"


@pytest.mark.parametrize("words", [("--id", "Pohjanmaa!"), ("--body", "no_such")])
def test_init_with_a_name_that_cannot_be_is_refused(run, tmp_path, words):
    code, _out, err = run("init", tmp_path / "x", *words)

    assert (code, len(err.strip().splitlines())) == (1, 1)
    assert not (tmp_path / "x" / "region.json").exists()


def test_both_fingerprints_are_shown(run, made, desk, tmp_path):
    _code, out, _err = run("enrol", tmp_path / "desk.jwk", "--region", made)

    assert open_region(made).card.fingerprint in out
    assert keys.fingerprint(desk.key) in out


def test_receive_writes_a_receipt_and_list_shows_what_is_held(run, made, desk, tmp_path):
    file = letter(tmp_path, desk.seal([put()], seq=1))
    code, out, err = run("receive", file, "--region", made, "--receipts", tmp_path / "answers")
    assert (code, err) == (0, "")
    (answer,) = (tmp_path / "answers").iterdir()
    assert str(answer) in out

    listed = json.loads(run("list", "--region", made, "--json")[1])
    assert set(listed) == {"devices", "summaries", "withdrawn"}
    assert listed["summaries"][0]["device"] == desk.id
    assert run("list", "--region", made)[0] == 0


def test_one_bad_file_is_refused_in_one_line_and_the_others_are_taken(run, made, desk, tmp_path):
    good = letter(tmp_path, desk.seal([put()], seq=1))
    bad = tmp_path / "bad.jwe"
    bad.write_bytes(good.read_bytes()[:-3])
    code, out, err = run("receive", bad, tmp_path / "none.jwe", good, "--region", made, "--receipts",
                         tmp_path / "answers")  # fmt: skip

    assert code == 1
    assert [line.split(":")[0] for line in err.strip().splitlines()] == ["bad.jwe", "none.jwe"]
    assert "1.jwe" in out
    assert len(list((tmp_path / "answers").iterdir())) == 1


def test_twice_is_done_and_says_so(run, made, desk, tmp_path):
    file = letter(tmp_path, desk.seal([put()], seq=1))
    for _ in range(2):
        code, out, err = run("receive", file, "--region", made, "--receipts", tmp_path / "answers")

    assert (code, err) == (0, "")
    assert "before" in out


def test_a_fork_is_refused_with_its_reason(run, made, desk, tmp_path):
    files = [letter(tmp_path, desk.seal([put(version=n)], seq=1), f"{n}.jwe") for n in (1, 2)]
    code, _out, err = run("receive", *files, "--region", made, "--receipts", tmp_path / "answers")

    assert code == 1
    assert "same number" in err
    assert "alarm" in run("list", "--region", made)[1]


@pytest.mark.parametrize(
    ("language", "word"), [("fi", "vahingoittunut"), ("sv", "skadad"), ("en", "damaged")]
)
@pytest.mark.parametrize("how", ["option", "environment"])
def test_refusals_are_said_in_three_languages(run, made, desk, tmp_path, monkeypatch, language, word, how):
    file = letter(tmp_path, desk.seal([put()], seq=1))
    content = file.read_bytes()
    file.write_bytes(content[:-4] + (b"AAAA" if content[-4:] != b"AAAA" else b"BBBB"))
    words = ("--language", language) if how == "option" else ()
    if how == "environment":
        monkeypatch.setenv("COACHDESK_LANGUAGE", language)
    code, _out, err = run(*words, "receive", file, "--region", made, "--receipts", tmp_path / "answers")

    assert code == 1
    assert word in err


@pytest.mark.parametrize("words", [(), ("nonsense",), ("receive",), ("list",), ("init",)])
def test_wrong_use_exits_with_two(run, words):
    assert run(*words)[0] == 2


@pytest.mark.parametrize(
    "words",
    [
        ("list", "--region", "nowhere"),
        ("enrol", "nothing.jwk", "--region", "nowhere"),
        ("receive", "x.jwe", "--region", "nowhere", "--receipts", "answers"),
    ],
)
def test_a_folder_without_a_region_is_told_in_one_line(run, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    code, _out, err = run(*words)

    assert (code, len(err.strip().splitlines())) == (1, 1)


def test_a_file_that_is_no_desk_is_refused(run, made, tmp_path):
    for text in ("", "{}", (made / "keys" / "sign.jwk").read_text(), (made / "region.json").read_text()):
        (tmp_path / "x.jwk").write_text(text)
        code, _out, err = run("enrol", tmp_path / "x.jwk", "--region", made)
        assert (code, len(err.strip().splitlines())) == (1, 1)
    assert list((made / "devices").iterdir()) == []


def test_a_broken_store_or_key_is_told_in_one_line(run, made):
    open_region(made).engine.dispose()
    for file in ("region.db", "keys/sign.jwk"):
        kept = (made / file).read_bytes()
        (made / file).write_bytes(b"broken" * 100)
        for beside in made.glob("region.db-*"):
            beside.unlink()
        code, _out, err = run("list", "--region", made)
        assert (code, len(err.strip().splitlines())) == (1, 1), file
        (made / file).write_bytes(kept)


def test_a_folder_that_cannot_be_written_is_told(run, tmp_path):
    (tmp_path / "file").write_text("in the way")
    code, _out, err = run("init", tmp_path / "file" / "r")

    assert (code, len(err.strip().splitlines())) == (1, 1)


def test_where_receipts_cannot_be_written_nothing_is_received_that_would_have_no_answer(
    run, made, desk, tmp_path
):
    (tmp_path / "answers").write_text("in the way")
    file = letter(tmp_path, desk.seal([put()], seq=1))
    code, _out, err = run("receive", file, "--region", made, "--receipts", tmp_path / "answers")
    assert (code, len(err.strip().splitlines())) == (1, 1)

    for said in ("Received as number 1", "Received before as number 1"):
        code, out, _err = run("receive", file, "--region", made, "--receipts", tmp_path / "answers2")
        assert code == 0 and said in out


def test_another_store_may_be_named(run, made, desk, tmp_path):
    url = f"sqlite:///{tmp_path / 'elsewhere.db'}"
    assert run("enrol", tmp_path / "desk.jwk", "--region", made, "--database", url)[0] == 0
    file = letter(tmp_path, desk.seal([put()], seq=1))
    done = run("receive", file, "--region", made, "--receipts", tmp_path / "a", "--database", url)

    assert done[0] == 0, done
    assert json.loads(run("list", "--region", made, "--json", "--database", url)[1])["summaries"]
    assert json.loads(run("list", "--region", made, "--json")[1])["summaries"] == []


@pytest.mark.parametrize("url", ["nonsense", "nosuchstore://a/b", "sqlite:////proc/none/a.db", "mssql://a"])
def test_a_store_that_cannot_be_used_is_told_in_one_line(run, made, url):
    code, _out, err = run("list", "--region", made, "--database", url)

    assert code == 1
    assert len(err.splitlines()) == 1 and "store" in err


def test_a_reader_that_goes_away_in_the_middle_is_told_in_one_line(made):
    """As in ``coachdesk-region list ... | head -1``."""
    ours, theirs = os.pipe()
    os.close(ours)
    line = [
        sys.executable,
        "-m",
        "coachdesk.region",
        "--language",
        "en",
        "list",
        "--json",
        "--region",
        str(made),
    ]
    done = subprocess.run(line, stdout=theirs, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    os.close(theirs)
    assert (done.returncode, done.stderr) == (1, "The output cannot be written. Nothing more was done.\n")


def test_the_list_says_how_a_desk_is_called_and_when_it_was_heard(run, desk, made, tmp_path):
    assert ", never heard\n" in run("list", "--region", made)[1]
    (tmp_path / "x.jwe").write_bytes(desk.seal([put()], seq=1).content)
    run("receive", tmp_path / "x.jwe", "--receipts", tmp_path / "out", "--region", made)
    run("enrol", tmp_path / "desk.jwk", "--label", "Vaasa, 1", "--region", made)
    run("revoke", desk.id, "--region", made)
    first = run("list", "--region", made)[1].partition("\n")[0].replace("\xa0", " ")
    assert first == f"Desk {desk.id}, Vaasa, 1, last heard 15 Dec 2026 9:14, revoked 15 Dec 2026"
