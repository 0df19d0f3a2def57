"""The readers for others, Java and jose, open what is genuine and leave nothing of anything else."""

import json
import random
import subprocess
from pathlib import Path

import pytest

from coachdesk.errors import Unreadable
from coachdesk.exchange import bundle, keys, receipt
from coachdesk.exchange.seal import unseal

from . import examples
from .conftest import put

READERS = Path(__file__).parent.parent.parent / "docs" / "readers"
GIVEN = READERS / "examples"
OPENS = sorted((GIVEN / "opens").glob("*.jwe"))
REFUSED = sorted((GIVEN / "refused").glob("*.jwe"))


def private_keys() -> dict:
    found = [json.loads(file.read_text()) for file in (GIVEN / "keys").glob("*.jwk")]
    return {key["kid"]: key for key in found}


def desks() -> dict:
    found = [json.loads(file.read_text())["keys"][0] for file in (GIVEN / "devices").glob("*.jwk")]
    return {key["kid"]: key for key in found}


def items(file: Path) -> list:
    return json.loads(file.with_suffix(".json").read_text("utf-8"))


@pytest.fixture(scope="module")
def java(tmp_path_factory):
    """The Java program, compiled once with every warning an error; many bundles in one start."""
    program = tmp_path_factory.mktemp("java")
    source = READERS / "Open.java"
    made = subprocess.run(
        ["javac", "-Xlint:all", "-Werror", "-d", program, source], capture_output=True, text=True
    )
    assert made.returncode == 0, made.stderr

    def java(
        target: Path,
        *bundles: Path,
        own: Path = GIVEN / "keys",
        desks: Path = GIVEN / "devices",
        name: str = examples.REGION,
    ):
        start = ["java", "-XX:TieredStopAtLevel=1", "-cp", program, "Open"]
        return subprocess.run([*start, own, desks, name, target, *bundles], capture_output=True, text=True)

    return java


def jose(
    target: Path,
    file: Path,
    own: Path = GIVEN / "keys",
    desks: Path = GIVEN / "devices",
    name: str = examples.REGION,
):
    words = [READERS / "open.sh", own, desks, file, name, target]
    return subprocess.run(words, capture_output=True, text=True)


def test_our_own_reader_opens_the_same_examples_and_no_other():
    for file in OPENS:
        found = unseal(file.read_bytes(), examples.REGION, private_keys(), desks())
        assert bundle.items_of(found.value) == items(file)
    for file in REFUSED:
        with pytest.raises(Unreadable):
            found = unseal(file.read_bytes(), examples.REGION, private_keys(), desks())
            bundle.items_of(found.value)
            pytest.fail(file.name)


def test_the_java_program_opens_what_is_genuine_and_tells_its_label(java, tmp_path):
    done = java(tmp_path / "out", *OPENS)

    assert (done.returncode, done.stderr) == (0, "")
    for file in OPENS:
        assert json.loads((tmp_path / "out" / f"{file.name}.json").read_text("utf-8"))["items"] == items(file)
    for line, file in zip(done.stdout.splitlines(), OPENS, strict=True):
        found = unseal(file.read_bytes(), examples.REGION, private_keys(), desks())
        label = f"iss={found.label.iss} epoch=1 seq={found.label.seq} prev= sha256={found.sha256}"
        assert line == f"{file.name} {label}"


def test_the_java_program_refuses_every_wrong_example_in_one_line_and_leaves_nothing(java, tmp_path):
    done = java(tmp_path / "out", *REFUSED)

    assert (done.returncode, done.stdout) == (1, "")
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == [file.name for file in REFUSED]
    assert not (tmp_path / "out").exists()


def test_the_java_program_says_what_is_wrong(java, tmp_path):
    whys = {
        "alg-none": "another alg",
        "zip": "never written",
        "zip-escaped": "never written",
        "crit-outside": "never written",
        "b64": "never written",
        "another-region": "another region",
        "desk-not-enrolled": "not enrolled",
        "signature-of-zeros": "signature",
        "bomb": "far bigger",
    }
    said = java(tmp_path / "out", *(GIVEN / "refused" / f"{name}.jwe" for name in whys)).stderr

    for (name, why), line in zip(whys.items(), said.splitlines(), strict=True):
        assert line.startswith(f"{name}.jwe: ") and why in line


def test_the_java_program_opens_none_of_a_hundred_bundles_with_one_changed_or_lost_byte(java, tmp_path):
    chance = random.Random(6)
    whole = OPENS[0].read_bytes()
    for n in range(100):
        content = bytearray(whole)
        if n % 4:
            content[chance.randrange(len(content))] ^= chance.randrange(1, 256)
        else:
            del content[chance.randrange(len(content))]
        (tmp_path / f"{n}.jwe").write_bytes(content)
    done = java(tmp_path / "out", *sorted(tmp_path.glob("*.jwe")))

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 100, done.stderr
    assert not (tmp_path / "out").exists()


def test_one_bad_bundle_does_not_stop_the_others(java, tmp_path):
    done = java(tmp_path / "out", REFUSED[0], *OPENS)

    assert done.returncode == 1
    assert len(list((tmp_path / "out").iterdir())) == len(OPENS)


def test_the_java_program_used_wrongly_says_how(java, tmp_path):
    assert java(tmp_path / "out").returncode == 2


def test_the_program_jose_opens_the_same_examples(tmp_path):
    for file in OPENS:
        target = tmp_path / file.stem / "bundle.json"
        target.parent.mkdir()
        done = jose(target, file)

        assert done.returncode == 0, done.stderr
        assert json.loads(target.read_text("utf-8"))["items"] == items(file)
        assert [left.name for left in target.parent.iterdir()] == ["bundle.json"]


def test_the_program_jose_refuses_every_wrong_example_and_leaves_nothing(tmp_path):
    """The program by itself would inflate the zipped one without complaint."""
    for file in REFUSED:
        done = jose(tmp_path / "bundle.json", file)

        assert done.returncode == 1, file.name
        assert len(done.stderr.splitlines()) == 1, done.stderr
        assert list(tmp_path.iterdir()) == []


def test_a_region_without_the_key_or_of_another_name_opens_nothing(java, tmp_path):
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "encrypt.jwk").write_text(json.dumps(keys.new_key(keys.ENCRYPT)))

    for other in ({"own": tmp_path / "keys"}, {"name": "toinen"}):
        assert java(tmp_path / "out", *OPENS, **other).returncode == 1
        assert jose(tmp_path / "bundle.json", OPENS[0], **other).returncode == 1
    assert [left.name for left in tmp_path.iterdir()] == ["keys"]


def test_both_open_what_a_desk_of_a_real_region_sealed_before_and_after_its_keys_changed(
    java, region, a_desk, tmp_path, capsys
):
    from coachdesk.region.__main__ import main

    desk = a_desk()
    files = []
    for seq, ref in ((1, "a"), (2, "b")):
        file = tmp_path / f"{seq}.jwe"
        file.write_bytes(desk.seal([put(ref)], seq=seq).content)
        files.append(file)
        if seq == 1:
            assert main(["keys", "rotate", "--region", str(region.folder)]) == 0, capsys.readouterr().err
    own, desks = region.folder / "keys", region.folder / "devices"

    assert len(list(own.glob("encrypt*.jwk"))) == 2
    done = java(tmp_path / "out", *files, own=own, desks=desks, name="pohjanmaa")
    assert (done.returncode, done.stderr) == (0, "")
    for file, ref in zip(files, "ab", strict=True):
        target = tmp_path / f"{ref}.json"
        done = jose(target, file, own=own, desks=desks, name="pohjanmaa")
        assert done.returncode == 0, done.stderr
        by_java = json.loads((tmp_path / "out" / f"{file.name}.json").read_text())
        assert by_java["items"] == json.loads(target.read_text())["items"] == [put(ref)]


def test_the_examples_can_be_made_anew_with_the_same_names(tmp_path):
    examples.write(tmp_path)

    def named(folder: Path) -> set[str]:
        return {file.relative_to(folder).as_posix() for file in folder.rglob("*.jwe")}

    assert named(tmp_path) == named(GIVEN)


def test_the_pages_name_every_kind_result_command_and_reader():
    from coachdesk.region.__main__ import parser

    page = (READERS.parent / "region.md").read_text("utf-8")
    (verbs,) = [one for one in parser()._actions if getattr(one, "choices", None) and one.dest != "language"]
    for word in (bundle.PUT, bundle.WITHDRAW, bundle.VOID, bundle.SNAPSHOT, *receipt.RESULTS, *verbs.choices):
        assert word in page, word
    told = (READERS / "README.md").read_text("utf-8")
    for file in ("open.sh", "Open.java", "dotnet.md", "examples"):
        assert file in told
        assert (READERS / file).exists()
