"""Prints the part of requirements.lock that a receiver needs: no window, no paper, no spreadsheets.

python installer/region/requirements.py > receiver.lock
"""

import re
import sys
from pathlib import Path

LOCK = Path(__file__).parents[2] / "requirements.lock"
PACKAGES = (
    "alembic", "anyio", "babel", "cffi", "click", "cryptography", "h11", "idna", "jinja2", "joserfc",
    "jsonschema-rs", "mako", "markupsafe", "psycopg", "psycopg-binary", "pycparser", "python-multipart",
    "setuptools", "sniffio", "sqlalchemy", "starlette", "typing-extensions", "tzdata", "uvicorn",
)  # fmt: skip


def entries(text: str) -> dict[str, str]:
    """The lock, an entry for each package."""
    found = re.split(r"^(?=[a-z0-9])", text, flags=re.M)
    return {entry.split("==")[0].split("[")[0]: entry for entry in found if "==" in entry.partition("\n")[0]}


def receiver(text: str) -> str:
    """The entries that a receiver needs; one that the lock does not have is not needed on any system."""
    kept = entries(text)
    return "".join(kept[name] for name in PACKAGES if name in kept)


if __name__ == "__main__":
    sys.stdout.write(receiver(LOCK.read_text("utf-8")))
