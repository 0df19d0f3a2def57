"""What docs/staff.md says of roles, commands and tests is so."""

import re
from pathlib import Path

from coachdesk.region.staff import passwords, roles, sessions, tries

HERE = Path(__file__).parent
PAGE = (HERE.parents[2] / "docs" / "staff.md").read_text("utf-8")


def test_every_requirement_of_asvs_names_a_test_that_is_there():
    there = set(
        re.findall(r"^def (test_\w+)", "\n".join(f.read_text("utf-8") for f in HERE.glob("*.py")), re.M)
    )
    named = re.findall(r"`(test_\w+)`", PAGE)

    assert len(named) > 25
    assert set(named) - there == set()


def test_the_roles_and_numbers_are_those_of_the_program():
    assert re.findall(r"^\| `(\w+)` \|", PAGE, re.M) == list(roles.ROLES)
    assert f"{passwords.SHORTEST} to {passwords.LONGEST} characters" in PAGE
    assert (sessions.IDLE_SECONDS, sessions.LONGEST_SECONDS) == (15 * 60, 8 * 3600)
    assert (tries.BY_NAME.free, tries.BY_NAME.first, tries.BY_NAME.longest) == (5, 30, 900)
    assert (passwords.COST.memory_kib, passwords.COST.passes) == (64 * 1024, 3)


def test_every_command_is_shown():
    shown = re.findall(r"^coachdesk-region staff (\w+)", PAGE, re.M)

    assert sorted(shown) == ["add", "assign", "codes", "list", "password", "remove"]
