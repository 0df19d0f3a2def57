"""One door under libFuzzer, led by the branches that its bytes reach: ``python -m tests.fuzz DOOR SECONDS``.

A problem in words is right; any other error, two seconds of the processor's time or 500 MB end the run
with the bytes that did it.  Besides the doors of ``test_strange_files`` there are the rooms behind seals
and sums, which random bytes would never reach: the bytes are sealed, signed or summed anew each time.
"""

import gzip
import io
import json
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["coachdesk", "openpyxl", "joserfc", "zipfile", "tomllib"]):
    from coachdesk.domain import attachment
    from coachdesk.domain import handover as handing
    from coachdesk.errors import Problem
    from coachdesk.exchange import bundle, desk_letter, handover_file, incoming
    from coachdesk.importing import reading
    from coachdesk.services.attachments import ReadFile
    from coachdesk.store import handover, keyfile
    from coachdesk.ui.attachments import looking
    from tests.exchange import test_incoming as receipts
    from tests.exchange.letters import SEAL, SIGN, a_label, an_item, keys, opened, seal
    from tests.journeys import test_strange_files as strange

MOST_SECONDS, MOST_MEGABYTES = 2.0, 500
HUNG_SECONDS = 300  # of the clock: a full machine may leave one process without a processor for a minute
PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc`\0\0\0\2\0\1H\xaf\xa4q"
    b"\0\0\0\0IEND\xaeB`\x82"
)
JPEG = b"\xff\xd8\xff\xc0\0\x11\x08\0\x10\0\x10\3\1\x22\0\2\x11\1\3\x11\1\xff\xd9"


def sealed_bundle(content: bytes) -> object:
    """The bytes as what a device of ours signed and sealed."""
    return bundle.items_of(
        opened(seal(gzip.compress(content), a_label(), SIGN, keys.public(SEAL)).content).value
    )


def signed_receipt(content: bytes) -> object:
    """The bytes as what the region signed, where they are JSON."""
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return receipts.read(receipts.signed(value))


def summed_keys(content: bytes) -> object:
    """The bytes as a key file whose sum is right, where they are an object of JSON."""
    try:
        value = json.loads(content)
        whole = {name: part for name, part in value.items() if name != "sum"}
        content = json.dumps(whole | {"sum": keyfile._sum(whole)}).encode()
    except (ValueError, RecursionError, AttributeError):
        return None
    return keyfile.parse(content)


def sheet_of(content: bytes) -> object:
    """The bytes as the one sheet of a workbook that is whole otherwise."""
    out = io.BytesIO()
    good = zipfile.ZipFile(io.BytesIO(strange.spreadsheet()))
    with zipfile.ZipFile(out, "w") as packed:
        for name in good.namelist():
            packed.writestr(name, content if name == SHEET else good.read(name))
    return reading.read_content(out.getvalue())


def handed_rows(content: bytes) -> object:
    """The bytes as the rows of a trainee that another desk signed, where they are JSON."""
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return None
    rows = handover.checked(value)
    return handing.tasks(rows, "2026-12-15T07:14:00.000000+00:00"), handing.meet(rows, rows, rows)


def handed_over(content: bytes) -> object:
    """The bytes as a file from another desk."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        return handover_file.read(Path(file.name), lambda _kid: (DESK, SEAL))


def drawn(name: str) -> Callable[[bytes], object]:
    """The bytes as a file that is drawn for the eye, as before it is kept."""

    def draw(content: bytes) -> object:
        judged = attachment.judge(name, content)
        return looking.look(ReadFile(judged=judged, content=content))

    return draw


DESK = desk_letter.DeskCard(name_fi="A", name_sv="B", sign=keys.public(SIGN), encrypt=keys.public(SEAL))
ROWS = json.dumps(
    {
        "trainee": [{"id": 1, "family_name": "Malli", "non_disclosure": 0}],
        "note": [
            {"id": 3, "at": "2026-12-10T10:00:00.000000+00:00", "kind": "phone", "text": "x", "coach": "A"}
        ],
        "own_view": [{"id": 1, "subject": "note:3", "text": "x", "on_day": "2026-12-10", "disagrees": 0}],
    }
).encode()
HANDED = b"coachdesk-handover 1 1200\n" + desk_letter.sealed(
    desk_letter.HANDOVER, {"handover": 1}, own=DESK, signing_key=SIGN, to=DESK, iat=1
)
PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>>endobj\n"
    b"4 0 obj<</Length 44>>stream\n0 0 m 100 100 l S 1 0 0 rg 20 20 50 50 re f \nendstream endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
SHEET = "xl/worksheets/sheet1.xml"
BUNDLE = json.dumps({"bundle": bundle.VERSION, "items": [an_item()], "pad": ""}, default=str).encode()
RECEIPT = json.dumps(incoming.receipt.as_value(receipts.WHOLE)).encode()
ROOMS: dict[str, tuple[Callable[[bytes], object], bytes, object]] = {
    "inside of a bundle": (sealed_bundle, BUNDLE, Problem),
    "inside of a receipt": (signed_receipt, RECEIPT, Problem),
    "inside of a key file": (summed_keys, strange.key_file(), (Problem, ValueError)),
    "sheet of a workbook": (
        sheet_of,
        zipfile.ZipFile(io.BytesIO(strange.spreadsheet())).read(SHEET),
        Problem,
    ),
    "rows of a handover": (handed_rows, ROWS, Problem),
    "file of a handover": (handed_over, HANDED, Problem),
    "drawn PDF": (drawn("a.pdf"), PAGE, Problem),
    "drawn PNG": (drawn("a.png"), PNG, Problem),
    "drawn JPEG": (drawn("a.jpg"), JPEG, Problem),
    "attached PDF": (lambda content: attachment.judge("a.pdf", content), b"%PDF-1.7\n%%EOF\n", Problem),
    "attached PNG": (lambda content: attachment.judge("a.png", content), PNG, Problem),
    "attached JPEG": (lambda content: attachment.judge("a.jpg", content), JPEG, Problem),
}
DOORS = {**strange.DOORS, **ROOMS}
ALL = "all by turns"  # the first byte chooses the door


def main(door: str, seconds: str) -> None:
    """Fuzz one door, or all, for so many seconds; libFuzzer ends the process."""
    chosen = list(DOORS) if door == ALL else [door]

    def one(content: bytes) -> None:
        if not content:
            return
        read, _good, refusals = DOORS[chosen[content[0] % len(chosen)]]
        began = time.thread_time()
        try:
            read(content[1:])
        except refusals as refused:  # type: ignore[misc]
            assert str(refused) or isinstance(refused, RecursionError)
        assert time.thread_time() - began < MOST_SECONDS, "too slow"

    with tempfile.TemporaryDirectory() as place:
        for number, name in enumerate(chosen):
            (Path(place) / f"good {number}").write_bytes(bytes([number]) + DOORS[name][1])
        limits = (
            f"-max_total_time={seconds}",
            f"-rss_limit_mb={MOST_MEGABYTES}",
            f"-timeout={HUNG_SECONDS}",
            "-max_len=8192",
            *(("-seed=1",) if door == "all by turns" else ()),  # CI tries the same bytes each time
        )
        atheris.Setup(
            [sys.argv[0], place, *limits, f"-artifact_prefix={place}/", "-print_final_stats=1"], one
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
