"""The commands that others script against, run as they would be: processes, files and exit codes."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PILOT = ROOT / "resources" / "demo" / "vaasa-pilot.csv"
TOTALS = ROOT / "resources" / "demo" / "vaasa-pilot-totals.json"
PHRASE = "saunan lauteilla sataa lunta"


def run(module, *arguments, home, language="en"):
    """One command as a process of its own."""
    environment = {
        **os.environ,
        "COACHDESK_HOME": str(home),
        "COACHDESK_LANGUAGE": language,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONWARNINGS": "error",
    }
    return subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        stdin=subprocess.DEVNULL,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """An empty home with a passphrase file."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "passphrase.txt").write_text(PHRASE + "\r\nsecond line\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def made(home):
    """A small demo desk, a region that knows it, and the desk's word for it."""
    desk, region = home / "desk", home / "region"
    done = run(
        "coachdesk", "demo", "--desk", desk, "--trainees", 6, "--years", 1, "--passphrase-file",
        home / "passphrase.txt", home=home,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert run("coachdesk.region", "init", region, home=home).returncode == 0
    done = run(
        "coachdesk", "enrol", region / "region.json", "--desk", desk, "--to", home / "out",
        "--passphrase-file", home / "passphrase.txt", home=home,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (public,) = (home / "out").iterdir()
    done = run("coachdesk.region", "enrol", public, "--region", region, home=home)
    assert done.returncode == 0, done.stderr
    return home


def with_desk(command, *arguments, home, language="en"):
    """One command on the demo desk."""
    return run(
        "coachdesk", command, *arguments, "--desk", home / "desk", "--passphrase-file",
        home / "passphrase.txt", home=home, language=language,
    )  # fmt: skip


def test_a_mistyped_folder_is_refused_in_one_line_and_made_nowhere(made):
    nowhere, desk = made / "stikc" / "letters", ("--desk", made / "desk")
    phrase = ("--passphrase-file", made / "passphrase.txt")
    commands = (
        ("coachdesk", "enrol", made / "region" / "region.json", "--to", nowhere, *desk, *phrase),
        ("coachdesk", "export", "--to", nowhere, *desk, *phrase),
        ("coachdesk", "backup", "--to", nowhere, *desk, *phrase),
        ("coachdesk", "lost", "--to", nowhere / "lost.pdf", *desk, *phrase),
        ("coachdesk.region", "receive", made / "x.jwe", "--receipts", nowhere, "--region", made / "region"),
        ("coachdesk.region", "export", "--json", "--out", nowhere / "held", "--region", made / "region"),
    )
    for module, *words in commands:
        done = run(module, *words, home=made)
        told = done.stderr.strip().splitlines()
        assert (done.returncode, len(told)) == (1, 1), (words, done.stderr)
        assert "no folder" in told[0] and "stikc" in told[0], told
    assert not nowhere.parent.exists()


def test_the_region_holds_what_was_exported_and_its_receipt_clears_the_outbox(made):
    out = made / "letters"
    exported = with_desk("export", "--to", out, home=made)
    letters = sorted(out.glob("*.jwe"))
    assert exported.returncode == 0, exported.stderr
    assert letters

    received = run(
        "coachdesk.region", "receive", *letters, "--region", made / "region", "--receipts", made / "answers",
        home=made,
    )  # fmt: skip
    assert received.returncode == 0, received.stderr
    listed = json.loads(
        run("coachdesk.region", "list", "--region", made / "region", "--json", home=made).stdout
    )
    assert set(listed) == {"devices", "summaries", "withdrawn"}
    assert listed["summaries"]
    assert set(listed["summaries"][0]) >= {"ref", "device", "version", "consent", "fields"}

    for answer in sorted((made / "answers").iterdir()):
        read = with_desk("receipt", answer, home=made)
        assert read.returncode == 0, read.stderr
    again = with_desk("export", "--to", made / "empty", home=made)
    assert again.returncode == 0
    assert not (made / "empty").exists() or not list((made / "empty").glob("*.jwe"))


def test_nothing_personal_stands_in_a_file_name_or_in_the_open(made):
    with_desk("export", "--to", made / "letters-2", home=made)
    folders = ("letters", "letters-2", "answers")
    names = [file.name for folder in folders for file in (made / folder).glob("*")]

    assert names
    assert all(name.isascii() and " " not in name for name in names)


def test_the_pilot_goes_in_by_the_command_and_its_totals_come_out(home):
    desk = home / "pilot"
    words = ("--passphrase-file", home / "passphrase.txt")
    made = run("coachdesk", "demo", "--desk", desk, "--trainees", 0, *words, home=home)
    assert made.returncode == 0, made.stderr
    dry = run("coachdesk", "import", PILOT, "--desk", desk, "--dry-run", *words, home=home)
    assert dry.returncode == 0, dry.stderr
    empty = json.loads(run("coachdesk", "figures", "--desk", desk, "--json", *words, home=home).stdout)
    assert empty["people"] == 0

    for _ in range(2):
        done = run("coachdesk", "import", PILOT, "--desk", desk, *words, home=home)
        assert done.returncode == 0, done.stderr
    figures = json.loads(run("coachdesk", "figures", "--desk", desk, "--json", *words, home=home).stdout)

    expected = json.loads(TOTALS.read_text("utf-8"))
    assert {key: figures[key] for key in expected} == expected


@pytest.mark.parametrize(("language", "people"), [("fi", "Henkilöt: 6"), ("sv", "Personer: 6")])
def test_figures_are_told_in_the_users_language(made, language, people):
    words = ("--passphrase-file", made / "passphrase.txt")
    done = run("coachdesk", "figures", "--desk", made / "desk", *words, home=made, language=language)

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == people and "{" not in done.stdout


def test_a_sound_desk_passes_its_check(made):
    done = with_desk("check", home=made)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_wrong_passphrase_is_refused_in_one_clear_line(made, tmp_path, language):
    shutil.copytree(made / "desk", tmp_path / "desk")  # after wrong tries a desk lets one wait
    (tmp_path / "wrong.txt").write_text("not this one\n", "utf-8")
    done = run(
        "coachdesk", "figures", "--desk", tmp_path / "desk", "--passphrase-file", tmp_path / "wrong.txt",
        home=made, language=language,
    )  # fmt: skip

    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_spreadsheet_is_refused_and_nothing_is_kept(made):
    broken = made / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 not really")
    before = with_desk("figures", "--json", home=made).stdout
    done = with_desk("import", broken, home=made)

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert with_desk("figures", "--json", home=made).stdout == before


def test_a_receipt_that_is_none_is_refused(made):
    (made / "receipt.jws").write_text("nonsense", "utf-8")
    done = with_desk("receipt", made / "receipt.jws", home=made)

    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_a_missing_desk_is_refused_in_one_line(home):
    done = run(
        "coachdesk", "figures", "--desk", home / "nowhere", "--passphrase-file", home / "passphrase.txt",
        home=home,
    )  # fmt: skip

    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_demo_never_overwrites_a_folder_with_something_in_it(made):
    done = run(
        "coachdesk", "demo", "--desk", made / "desk", "--trainees", 0, "--passphrase-file",
        made / "passphrase.txt", home=made,
    )  # fmt: skip

    assert done.returncode == 1
    assert with_desk("figures", "--json", home=made).returncode == 0


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("file", [".", "none.txt", "empty.txt", "wide.txt", "none/none.txt", None])
def test_a_passphrase_that_cannot_be_read_is_told_in_one_line(made, language, file):
    (made / "empty.txt").write_text("\nsecond line\n", "utf-8")
    (made / "wide.txt").write_text("saunan lauteilla", "utf-16")
    words = ("--passphrase-file", file) if file else ()  # with none, nobody is there to type it
    done = run("coachdesk", "figures", "--desk", made / "desk", *words, home=made, language=language)

    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1, done.stderr


@pytest.mark.parametrize("mark", ["", "\n", "\r\n"])
def test_the_first_line_of_the_passphrase_file_counts_however_it_ends(made, tmp_path, mark):
    (tmp_path / "p.txt").write_bytes(b"\xef\xbb\xbf" + (PHRASE + mark).encode())
    done = run(
        "coachdesk", "figures", "--desk", made / "desk", "--passphrase-file", tmp_path / "p.txt", home=made
    )  # fmt: skip

    assert done.returncode == 0, done.stderr


def test_a_demo_that_is_interrupted_leaves_nothing(tmp_path, clock):
    from coachdesk.services.demo import make_demo

    def stop(done, total):
        if done > 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_demo(tmp_path / "desk", trainees=6, passphrase=PHRASE, clock=clock, progress=stop)

    assert not (tmp_path / "desk").exists()


@pytest.mark.parametrize(
    "arguments",
    [("nonsense",), ("figures",), ("demo", "--trainees", "-1"), ("bench", "--json", "b", "--trainees", "5")],
)
def test_wrong_use_exits_with_two(home, arguments):
    assert run("coachdesk", *arguments, home=home).returncode == 2


def test_a_bundle_of_another_region_is_refused(made, tmp_path):
    shutil.copytree(made / "letters", tmp_path / "letters")
    assert run("coachdesk.region", "init", tmp_path / "other", home=made).returncode == 0
    done = run(
        "coachdesk.region", "receive", *sorted((tmp_path / "letters").glob("*.jwe")), "--region",
        tmp_path / "other", "--receipts", tmp_path / "answers", home=made,
    )  # fmt: skip

    assert done.returncode == 1
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is a display")
def test_a_window_without_a_display_is_told_in_one_line(home, monkeypatch, capsys):
    from coachdesk import cli, i18n
    from coachdesk.cli.window import DISPLAYS

    for name in DISPLAYS:
        monkeypatch.delenv(name, raising=False)

    assert cli.run([]) == 1
    line = i18n.current()._("There is no display for a window. Use one of the commands.")
    assert capsys.readouterr().err == line + "\n"


def test_a_preview_that_nobody_reads_sends_nothing(tmp_path, home):
    phrase, desk = home / "passphrase.txt", tmp_path / "desk"
    run("coachdesk", "demo", "--desk", desk, "--trainees", 6, "--passphrase-file", phrase, home=home)
    run("coachdesk.region", "init", tmp_path / "region", home=home)
    card, out = tmp_path / "region" / "region.json", tmp_path / "out"
    run("coachdesk", "enrol", card, "--desk", desk, "--to", out, "--passphrase-file", phrase, home=home)

    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "coachdesk",
            "export",
            "--desk",
            desk,
            "--to",
            out,
            "--passphrase-file",
            phrase,
        ],
        env={**os.environ, "COACHDESK_HOME": str(home), "PYTHONWARNINGS": "error"},
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        timeout=120,
    )
    os.close(writing)

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert list(out.glob("*.jwe")) == []


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's")
@pytest.mark.parametrize("command", ["figures", "list"])
def test_an_output_that_cannot_be_written_is_told_in_one_line(made, command):
    words = ("coachdesk", "figures", "--desk", made / "desk", "--passphrase-file", made / "passphrase.txt")
    if command == "list":
        words = ("coachdesk.region", "list", "--region", made / "region")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", *map(str, words), "--json"],
            env={**os.environ, "COACHDESK_HOME": str(made), "COACHDESK_LANGUAGE": "en"},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=120,
        )

    assert done.returncode == 1
    assert done.stderr == "The output cannot be written. Nothing more was done.\n"


@pytest.mark.parametrize("word", ["desk", "passphrase"])
def test_a_path_that_no_disk_takes_is_told_in_one_line(made, word):
    (made / "round").unlink(missing_ok=True)
    (made / "round").symlink_to("round")
    paths = {"desk": made / "desk", "passphrase": made / "passphrase.txt"}
    paths[word] = made / {"desk": "x" * 300, "passphrase": "round"}[word]
    done = run(
        "coachdesk", "figures", "--desk", paths["desk"], "--passphrase-file", paths["passphrase"], home=made
    )  # fmt: skip

    assert done.returncode == 1
    assert done.stderr.startswith("The path ") and len(done.stderr.splitlines()) == 1


def test_a_folder_given_for_a_spreadsheet_is_named_as_one(made):
    done = with_desk("import", made / "desk", home=made)

    assert done.returncode == 1
    assert done.stderr == "desk is a folder. Choose the file in it.\n"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no /dev/zero on Windows")
def test_a_file_without_an_end_is_not_read_to_its_end(made):
    done = with_desk("import", "/dev/zero", home=made)

    assert done.returncode == 1
    assert done.stderr == "The file is larger than 20 MB. Divide it into smaller files.\n"


def test_a_desk_cannot_be_made_below_a_file(home):
    words = ("--trainees", 0, "--passphrase-file", home / "passphrase.txt")
    done = run("coachdesk", "demo", "--desk", home / "passphrase.txt" / "desk", *words, home=home)

    assert done.returncode == 1
    assert done.stderr == f"There is no folder {home / 'passphrase.txt'}.\n"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is a display")
def test_a_display_that_does_not_answer_is_told_in_one_line(home):
    environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    done = subprocess.run(
        [sys.executable, "-m", "coachdesk", "--desk", str(home / "none")],
        env={**environment, "COACHDESK_HOME": str(home), "COACHDESK_LANGUAGE": "en", "DISPLAY": ":4711"},
        stderr=subprocess.PIPE,
        text=True,
        timeout=120,
    )

    assert done.returncode == 1
    assert done.stderr == "The display for the window does not answer. Use one of the commands.\n"


def test_where_the_benchs_numbers_go_is_tried_before_anything_is_measured(home):
    done = run("coachdesk", "bench", "--json", home, home=home)

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is Linux's")
def test_a_region_that_could_not_be_made_leaves_nothing_in_the_way_of_the_next_try(home):
    import resource

    small = (64 * 1024, 64 * 1024)  # bytes of a file: room for the keys, none for the store
    done = subprocess.run(
        [sys.executable, "-m", "coachdesk.region", "init", str(home / "tight")],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, small),
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert not (home / "tight").exists()
    assert run("coachdesk.region", "init", home / "tight", home=home).returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="what a process listens to is read where Linux tells it")
@pytest.mark.parametrize("wish", [signal.SIGINT, signal.SIGTERM])
def test_a_window_that_is_asked_to_end_leaves_a_sound_desk(made, tmp_path, wish):
    shutil.copytree(made / "desk", tmp_path / "desk")
    words = ("--desk", tmp_path / "desk", "--passphrase-file", made / "passphrase.txt")
    window = subprocess.Popen(
        [sys.executable, "-m", "coachdesk", *map(str, words)],
        env={**os.environ, "COACHDESK_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
        stderr=subprocess.PIPE,
        text=True,
    )
    since = time.monotonic()
    while not _listens(window.pid, signal.SIGTERM) or not (tmp_path / "desk" / "desk.db-wal").exists():
        assert window.poll() is None and time.monotonic() - since < 60
        time.sleep(0.05)  # the process tells nobody when it listens
    window.send_signal(wish)
    _out, told = window.communicate(timeout=60)

    assert window.returncode == 0
    assert [line for line in told.splitlines() if "propagateSizeHints" not in line] == []
    assert run("coachdesk", "check", *words, home=made).returncode == 0


def _listens(process: int, wish: signal.Signals) -> bool:
    """Whether a process has a handler of its own for a signal."""
    status = Path(f"/proc/{process}/status").read_text()
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt"))
    return bool(int(caught.split()[1], 16) >> (wish - 1) & 1)
