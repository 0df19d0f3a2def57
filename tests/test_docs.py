"""What README, CONTRIBUTING and docs say is there: paths, targets, commands, pictures."""

import argparse
import re
import shlex
from pathlib import Path

import pytest

from coachdesk import cli
from coachdesk.region import __main__ as region

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
COMMANDS = re.findall(r"^\| `(coachdesk[^`]*)`", (ROOT / "README.md").read_text("utf-8"), re.M)


def verbs(parser):
    (found,) = [one for one in parser()._actions if isinstance(one, argparse._SubParsersAction)]
    return set(found.choices)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))

    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_of_the_tree_that_is_named_exists(page):
    named = re.findall(
        r"`((?:coachdesk|resources|tests|docs|i18n|installer)/[\w./-]+)`", page.read_text("utf-8")
    )

    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_that_is_named_exists(page):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))

    assert set(re.findall(r"`make ([a-z]+)`", page.read_text("utf-8"))) <= targets


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_of_the_readme_is_read_as_it_is_written(line):
    """Optional parts in brackets are tried with and without."""
    line = line.replace("\\|", "|")
    for shown in (re.sub(r"\[[^]]*\]", "", line), re.sub(r"[\[\]]", "", line)):
        name, *words = shlex.split(
            re.sub(r"\bfi\|sv\b", "sv", re.sub(r"\b[NYS]\b", "3", shown.replace("...", "")))
        )
        parser = region.parser if name == "coachdesk-region" else cli.parser
        if words:
            parser().parse_args(words)


def test_the_readme_lists_every_command():
    listed = {tuple(line.split()[:2]) for line in COMMANDS}

    assert {("coachdesk", verb) for verb in verbs(cli.parser)} <= listed
    assert {("coachdesk-region", verb) for verb in verbs(region.parser)} <= listed


def test_every_target_of_the_makefile_says_what_it_does():
    lines = (ROOT / "Makefile").read_text("utf-8").splitlines()

    assert [line for line in lines if re.match(r"[a-z]+:", line) and "## " not in line] == []
