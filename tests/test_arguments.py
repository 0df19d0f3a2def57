"""Wrong use of a command is told in one line of the reader's language."""

import gettext
import os

import pytest

from coachdesk import cli, i18n
from coachdesk.arguments import read
from coachdesk.region import __main__ as region

WRONG = (
    (cli.parser, ["nonsense"]),
    (cli.parser, ["figures"]),
    (cli.parser, ["figures", "--desk"]),
    (cli.parser, ["figures", "--desk", ""]),
    (cli.parser, ["figures", "--desk", "d", "--jason"]),
    (cli.parser, ["figures", "--desk", "d", "--json=1"]),
    (cli.parser, ["demo", "--desk", "d", "--trainees", "-1"]),
    (cli.parser, ["demo", "--desk", "d", "--trainees", "9" * 5000]),
    (cli.parser, ["demo", "--desk", "d", "--seed", "x"]),
    (cli.parser, ["demo", "--desk", "d", "--language", "de"]),
    (region.parser, []),
    (region.parser, ["init"]),
    (region.parser, ["receive", "--region", "r"]),
    (region.parser, ["list", "--region", "r", "extra"]),
)
ENGLISH = ("argument", "required", "invalid", "expected", "unrecognized", "choose", "usage", "error", "help ")


@pytest.fixture(params=["fi", "sv"])
def language(request):
    i18n.use_language(request.param)
    yield request.param
    i18n.use_language("en")


@pytest.mark.parametrize(("parser", "words"), WRONG, ids=range(len(WRONG)))
def test_wrong_use_is_one_line_without_a_word_of_english(parser, words, language, capsys):
    with pytest.raises(SystemExit) as stopped:
        read(parser, words)
    out, err = capsys.readouterr()

    assert stopped.value.code == 2
    assert out == ""
    assert len(err.splitlines()) == 1
    assert len(err) < 400
    assert not [word for word in ENGLISH if word in err.replace("--help", "").lower()]


@pytest.mark.parametrize("words", [["--help"], ["demo", "--help"], ["import", "--help"]])
def test_the_help_is_in_the_reader_s_language(words, language, capsys):
    with pytest.raises(SystemExit) as stopped:
        read(cli.parser, words)
    out = capsys.readouterr().out

    assert stopped.value.code == 0
    assert out.startswith({"fi": "käyttö: ", "sv": "användning: "}[language])
    assert not [word for word in ("usage", "options", "show this", "positional") if word in out]


def test_the_standard_words_and_the_environment_are_as_before_afterwards(language):
    before = gettext.textdomain(), dict(os.environ)
    with pytest.raises(SystemExit):
        read(cli.parser, ["nonsense"])

    assert (gettext.textdomain(), dict(os.environ)) == before


def test_an_option_is_never_guessed_from_its_beginning():
    with pytest.raises(SystemExit):
        read(cli.parser, ["export", "--desk", "d", "--to", "t", "--accepted"])


def test_passphrase_file_told_before_the_command_holds_for_the_command() -> None:
    from coachdesk.cli.commands import parser

    before = parser().parse_args(["--passphrase-file", "pp.txt", "check", "--desk", "d"])
    after = parser().parse_args(["check", "--desk", "d", "--passphrase-file", "pp.txt"])
    assert before.passphrase_file == after.passphrase_file and before.passphrase_file.name == "pp.txt"
    assert parser().parse_args(["check", "--desk", "d"]).passphrase_file is None
