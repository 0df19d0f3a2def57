"""``backup``, ``prove`` and ``restore`` as others script them: processes, files and exit codes."""

import shutil

import pytest

from tests.journeys.test_commands import PHRASE, run


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home with a passphrase file and an empty desk."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "passphrase.txt").write_text(PHRASE + "\n", "utf-8")
    (folder / "wrong.txt").write_text("aivan toinen lause tässä\n", "utf-8")
    done = run("coachdesk", "demo", "--desk", folder / "desk", "--trainees", 0, *phrase(folder), home=folder)
    assert done.returncode == 0, done.stderr
    return folder


def phrase(home, name="passphrase.txt"):
    return "--passphrase-file", home / name


@pytest.fixture(scope="module")
def made(home):
    done = run(
        "coachdesk", "backup", "--desk", home / "desk", "--to", home / "stick", *phrase(home), home=home
    )
    assert done.returncode == 0, done.stderr
    (file,) = (home / "stick").glob("*.backup")
    assert done.stdout.strip() == str(file)
    return file


def test_backup_is_proved_by_its_file_alone(home, made):
    done = run("coachdesk", "prove", made, *phrase(home), home=home)
    assert done.returncode == 0 and "can be restored" in done.stdout


def test_backup_is_restored_in_place_of_the_desk_which_is_set_aside(home, made):
    done = run("coachdesk", "restore", made, "--desk", home / "desk", *phrase(home), home=home, language="fi")
    assert done.returncode == 0, done.stderr
    assert "palautettiin kansioon" in done.stdout and "desk-set-aside-" in done.stdout
    assert run("coachdesk", "check", "--desk", home / "desk", *phrase(home), home=home).returncode == 0
    (aside,) = home.glob("desk-set-aside-*")
    assert run("coachdesk", "check", "--desk", aside, *phrase(home), home=home).returncode == 0


def test_wrong_passphrase_ends_with_1_and_one_line(home, made):
    done = run("coachdesk", "prove", made, *phrase(home, "wrong.txt"), home=home)
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1


def test_damaged_backup_names_a_whole_one_beside_it(home, made):
    damaged = shutil.copy(made, made.with_name(made.name.replace(".backup", "-2.backup")))
    content = bytearray(made.read_bytes())
    content[-1000] ^= 1
    made.with_name(made.name.replace(".backup", "-2.backup")).write_bytes(content)
    done = run("coachdesk", "prove", damaged, *phrase(home), home=home, language="sv")
    assert done.returncode == 1
    assert "är skadad" in done.stderr and made.name in done.stderr.splitlines()[-1]


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_file_that_is_no_backup_is_told_in_one_line(home, language):
    (home / "letter.txt").write_text("hei", "utf-8")
    done = run(
        "coachdesk", "restore", home / "letter.txt", "--desk", home / "desk3", *phrase(home), home=home,
        language=language,
    )  # fmt: skip
    assert done.returncode == 1 and not (home / "desk3").exists()
    assert len(done.stderr.splitlines()) == 1 and "letter.txt" in done.stderr


@pytest.mark.parametrize("content", [b"ABCDE FGHJK", b"", b"\xff\xfe\x00A" * 9])
def test_recovery_file_without_eight_groups_is_told(home, made, content):
    (home / "sheet.txt").write_bytes(content)
    done = run("coachdesk", "prove", made, "--recovery-file", home / "sheet.txt", home=home)
    assert done.returncode == 1 and "eight groups" in done.stderr
