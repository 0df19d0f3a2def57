"""Writes docs/licences.md: every pinned package, its licence, and whether it comes with the program.

python installer/licences.py            write it anew (``make lock`` does)

Run in the environment that ``requirements.lock`` describes.
"""

import re
import sys
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "licences.md"
PIN = re.compile(r"([a-z0-9-]+)==\S+")
# what a package's own description leaves out or says in many words; read from the licence file it carries
TOLD = {
    "atheris": "Apache-2.0",
    "colorama": "BSD-3-Clause",
    "import-linter": "BSD-2-Clause",
    "grimp": "BSD-2-Clause",
    "jinja2": "BSD-3-Clause",
    "markdown-it-py": "MIT",
    "mdurl": "MIT",
    "pathspec": "MPL-2.0",
    "pysocks": "BSD-3-Clause",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "python-stdnum": "LGPL-2.1-or-later",
    "reportlab": "BSD-3-Clause",
    "rfc8785": "Apache-2.0",
    "segno": "BSD-3-Clause",
    "sortedcontainers": "Apache-2.0",
    "sqlcipher3": "Zlib",
    "trio-websocket": "MIT",
}
# EUPL-1.2 work may use these as libraries; LGPL and MPL parts stay separate and replaceable
FIT = {
    "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "GPL-2.0-only", "GPL-3.0-only", "LGPL-2.1-or-later",
    "LGPL-3.0-only", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0", "PSF-2.0", "Zlib",
}  # fmt: skip
INSIDE = """
Inside those wheels: SQLCipher (BSD-3-Clause) and OpenSSL (Apache-2.0) in sqlcipher3; OpenSSL in cryptography;
Qt (LGPL-3.0) in PySide6; PDFium (Apache-2.0, BSD-3-Clause) in pypdfium2. With the program come Noto Sans
(OFL-1.1, `resources/fonts`) and Tabler Icons (MIT, `resources/icons`).
"""


def pins() -> list[str]:
    """The packages of the lock."""
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    return [found[1] for line in lock.splitlines() if (found := PIN.match(line))]


def licence_of(name: str) -> str:
    """The licence of a package as an SPDX expression."""
    if name in TOLD:
        return TOLD[name]
    said = metadata.metadata(name)
    return said.get("License-Expression") or said.get("License") or ""


def shipped() -> set[str]:
    """The packages that the program needs to run: what it names, and what those name."""
    found, ahead = set(), [Requirement("coachdesk")]
    while ahead:
        wanted = ahead.pop()
        try:
            needs = [Requirement(need) for need in metadata.requires(wanted.name) or []]
        except metadata.PackageNotFoundError:
            continue
        for need in needs:
            name = re.sub(r"[-_.]+", "-", need.name).lower()
            extras = [{"extra": extra} for extra in wanted.extras or {""}]
            asked = need.marker is None or "extra" not in str(need.marker)
            asked = asked or any(need.marker.evaluate(extra) for extra in extras)
            if asked and name in pins() and name not in found:
                found.add(name)
                ahead.append(need)
    return found


def page() -> str:
    """The whole page."""
    with_program = shipped()
    lines = [
        "# Licences",
        "",
        "CoachDesk is [EUPL-1.2](../LICENSE). Every package of `requirements.lock` with its licence;",
        "written by `python installer/licences.py`, held to the lock and to the licences that fit by a test.",
        "",
        "| package | licence | comes with the program |",
        "|---|---|---|",
    ]
    lines += [f"| {n} | {licence_of(n)} | {'yes' if n in with_program else 'no'} |" for n in pins()]
    return "\n".join(lines) + "\n" + INSIDE


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    sys.stdout.write(f"{PAGE}\n")
