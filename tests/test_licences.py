"""Every dependency's licence is known, listed, and fits the EUPL."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
_spec = importlib.util.spec_from_file_location("licences", ROOT / "installer" / "licences.py")
licences = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(licences)


@pytest.mark.parametrize("name", licences.pins())
def test_the_licence_of_every_pinned_package_fits(name):
    either = re.split(r" OR ", licences.licence_of(name))

    assert any(set(one.split(" AND ")) <= licences.FIT for one in either), either


def test_the_page_of_licences_is_as_the_lock_says():
    assert licences.PAGE.read_text("utf-8") == licences.page(), "run python installer/licences.py"


def test_what_the_program_imports_to_run_is_marked_as_coming_with_it():
    with_program = licences.shipped()

    assert {"pyside6-essentials", "sqlcipher3", "cryptography", "reportlab", "joserfc"} <= with_program
    assert not {"pytest", "hypothesis", "mypy", "ruff", "page-validation"} & with_program
