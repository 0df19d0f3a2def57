"""What docs/region.md promises: the recipe opens what is genuine and leaves nothing else behind."""

import base64
import json
import os
import subprocess
from pathlib import Path

import pytest

from coachdesk.exchange import bundle, keys, receipt

from .conftest import put

DOCS = Path(__file__).parent.parent.parent / "docs"


@pytest.fixture
def recipe(region, a_desk, tmp_path):
    desk = a_desk()
    file = tmp_path / "1.jwe"
    file.write_bytes(desk.seal([put(), put("b")], seq=1).content)

    def recipe(content: bytes | None = None, name: str = "pohjanmaa", keys_: Path | None = None):
        if content is not None:
            file.write_bytes(content)
        target = tmp_path / "out" / "bundle.json"
        target.parent.mkdir(exist_ok=True)
        words = [keys_ or region.folder / "keys", region.folder / "devices", file, name, target]
        done = subprocess.run(
            [DOCS / "region" / "open.sh", *words],
            capture_output=True,
            text=True,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
        return done, target

    recipe.file = file
    recipe.desk = desk
    return recipe


def test_the_recipe_opens_a_bundle(recipe):
    done, target = recipe()

    assert done.returncode == 0, done.stderr
    assert bundle.items_of(json.loads(target.read_text())) == [put(), put("b")]
    assert [file.name for file in target.parent.iterdir()] == ["bundle.json"]


def refused(done, target):
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert list(target.parent.iterdir()) == []


@pytest.mark.parametrize("at", [40, -60, -3])
def test_the_recipe_leaves_nothing_of_a_changed_bundle(recipe, at):
    content = bytearray(recipe.file.read_bytes())
    content[at] = ord("A") if content[at] != ord("A") else ord("B")

    refused(*recipe(bytes(content)))


def test_the_recipe_leaves_nothing_of_a_cut_or_foreign_file(recipe):
    for content in (recipe.file.read_bytes()[:-90], b"", b"a.b.c.d.e", b"x" * 70_000):
        refused(*recipe(content))


def test_the_recipe_refuses_another_region_and_another_signer(recipe, region, tmp_path):
    refused(*recipe(name="toinen"))
    signer = region.folder / "devices" / f"{recipe.desk.id}.jwk"
    signer.write_text(json.dumps(keys.public(keys.new_key(keys.SIGN))))
    refused(*recipe())
    signer.unlink()
    refused(*recipe())


def test_the_recipe_refuses_a_zipped_bundle(recipe, region):
    """The program jose would inflate it without complaint."""
    from joserfc import jwe

    public = next(iter(region.card.of_use(keys.ENCRYPT).values()))
    header = {"alg": "ECDH-ES+A256KW", "enc": "A256GCM", "kid": public["kid"], "zip": "DEF"}
    allowed = ["ECDH-ES+A256KW", "A256GCM", "DEF"]
    content = jwe.encrypt_compact(header, b"x" * 99, keys.imported(public), algorithms=allowed)

    refused(*recipe(content.encode()))


def test_the_recipe_refuses_a_header_that_spells_a_name_by_an_escape(recipe):
    head, _dot, rest = recipe.file.read_bytes().partition(b".")
    text = base64.urlsafe_b64decode(head + b"=" * (-len(head) % 4)).replace(b"{", b'{"\\u007aip":"DEF",', 1)
    done, target = recipe(base64.urlsafe_b64encode(text).rstrip(b"=") + b"." + rest)

    refused(done, target)
    assert "never written" in done.stderr


def test_the_page_names_every_kind_result_and_command():
    text = (DOCS / "region.md").read_text("utf-8")

    for word in (
        bundle.VOID,
        bundle.SNAPSHOT,
        bundle.PUT,
        *receipt.RESULTS,
        "init",
        "enrol",
        "receive",
        "list",
    ):
        assert f"{word}" in text
    for file in ("open.sh", "Open.java"):
        assert (DOCS / "region" / file).is_file()
