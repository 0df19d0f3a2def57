"""Each wrong input has one stated answer: the table of the protocol is held to what the desk says."""

import re
from pathlib import Path

import pytest

from coachdesk import i18n
from coachdesk.domain.line import REVOKED
from coachdesk.exchange import line_troubles, receipt
from coachdesk.exchange.refusals import REFUSALS
from coachdesk.services import receipts

PAGE = Path(__file__).parents[2] / "docs" / "protocol.md"
MARK = "<!-- wrong input: this table is held against the program by a test -->"


def expired() -> str:
    error = line_troubles.ssl.SSLCertVerificationError()
    error.verify_code = 10
    return line_troubles.of_error(error, "https://alue.example").message


# what stands in the column of the answer, and the id of the sentence on the laptop
ANSWERS = {
    **{f"refusal `{reason}`": one.sentence for reason, one in REFUSALS.items()},
    **{f"receipt, `{reason}` of the item": sentence for reason, sentence in receipt.REASONS.items()},
    **{f"receipt, `{result}` of the bundle": said for result, said in receipt.RESULTS.items()},
    "receipt, item `device`": REVOKED,
    "receipt, `missing`": receipts.MISSING,
    "none, not signed": line_troubles.strange().message,
    "none: the desk refuses it": line_troubles.played_again().message,
    "none: no connection is made": expired(),
}
INPUTS = (
    "unknown device", "revoked device", "wrong audience", "the same bundle again", "a token again",
    "an old answer of the region again", "another bundle under the same number", "a number that is missing",
    "`alg: none`", "a bomb of compression", "headers over 16 KiB", "a newer schema",
    "a field beyond its consent", "a last day moved later", "the database gone in the middle",
    "the region's disk full", "the certificate past its last day", "a code used twice",
)  # fmt: skip


def rows() -> list[list[str]]:
    table = PAGE.read_text("utf-8").split(MARK, 1)[1].strip().split("\n\n")[0]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()[2:]]


def test_every_wrong_input_has_its_row_and_only_one():
    assert [row[0] for row in rows()] == list(INPUTS)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_the_sentence_on_the_laptop_is_the_programs_own_in_both_languages(row):
    _what, status, answer, finnish, swedish = row
    for language, told in (("fi", finnish), ("sv", swedish)):
        if answer == "receipt, as the first time":
            assert told == "–"
        else:
            assert told == i18n.words(language)._(ANSWERS[answer]), (language, answer)
    refused = re.fullmatch(r"refusal `(\w+)`", answer)
    if refused:
        assert status == str(REFUSALS[refused[1]].status)
