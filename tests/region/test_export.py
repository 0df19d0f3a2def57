"""What leaves a region as a file: whole or not at all, logged person by person, harmless in a spreadsheet."""

import csv
import io
import json
import os
import re
import stat
from pathlib import Path

import jsonschema
import jsonschema_rs
import pytest
from sqlalchemy import select

from coachdesk import i18n
from coachdesk.domain.consent import CONSENT_SCOPES
from coachdesk.errors import Refused, Trouble
from coachdesk.exchange import keys
from coachdesk.region import export, fhir, spreadsheet, tables
from coachdesk.settings import resource_folder

from .conftest import put, withdraw

BASIC = {
    "family_name": "Lahti", "given_names": "Elsa Maria", "personal_identity_code": "010190-900P",
    "birth_date": "1990-01-01", "municipality": "905", "service_language": "sv", "phone": "+358 40 123 4567",
    "email": "elsa@example.org",
}  # fmt: skip
EVERYTHING = BASIC | {
    "phases": [
        {"phase": 1, "opened": "2026-08-03", "closed": "2026-09-30", "open": 0},
        {"phase": 2, "opened": None, "closed": None, "open": 1},
    ],
    "goal": "=HYPERLINK(\"http://example.org\")", "next_step": "@ soittaa", "next_step_due": "2027-01-08",
    "attended_months": [{"month": "2026-11", "days": 9}],
    "plans": [{
        "kind": "activation_plan", "version": 3, "made": "2026-08-03", "valid_to": "2027-02-03",
        "review": "2026-12-01", "signatures": [{"role": "coach", "day": "2026-08-03"}],
    }],
    "job_coaching": [{"begun": "2026-01-07", "ended": "2026-06-30", "outcome": "studies"},
                     {"begun": "2026-08-03", "ended": None, "outcome": None}],
    "self_assessments": [{"instrument": "abilitator", "area": 1, "score": 7, "day": "2026-10-01"}],
    "support_needed": "lyhyt päivä",
}  # fmt: skip
MAPPING = (Path(__file__).parent.parent.parent / "docs" / "mapping.md").read_text("utf-8")


@pytest.fixture
def filled(region, a_desk, take):
    desk = a_desk()
    take(desk.seal([put(**EVERYTHING), put("b"), put("c", **BASIC), put("d")], seq=1))
    take(desk.seal([withdraw("d")], seq=2))
    return region


@pytest.fixture
def write(filled, tmp_path, clock):
    def write(form="json", name="out.json", **more):
        words = i18n.words(more.pop("language", "fi"))
        file = tmp_path / name
        export.export(filled, form, file, who="marika", at=clock.now(), words=words, **more)
        return file

    return write


def logged(region):
    with region.writing() as connection:
        return [dict(row) for row in connection.execute(select(tables.staff_log)).mappings()]


def judged(value, schema):
    ours = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    theirs = jsonschema.Draft202012Validator(schema)
    return ours.is_valid(value), theirs.is_valid(value)


def test_the_json_export_is_as_its_published_schema_says(write):
    found = json.loads(write().read_text("utf-8"))
    published = json.loads((resource_folder() / "schema" / "export-1.json").read_text("utf-8"))

    assert judged(found, published) == (True, True)
    assert [one["ref"][0] for one in found["summaries"]] == ["a", "b", "c"]
    assert found["summaries"][0]["fields"] == EVERYTHING
    assert judged(found | {"more": 1}, published) == (False, False)


def test_nothing_under_a_withdrawn_consent_is_in_any_export(write):
    for form in ("json", "csv", "fhir"):
        assert "d" * 32 not in write(form, f"out.{form}").read_text("utf-8")


def test_each_person_in_an_export_is_logged_with_who_asked(write, filled):
    write()
    lines = logged(filled)

    assert [(line["act"], line["who"], line["ref"][0], line["version"]) for line in lines] == [
        ("exported", "marika", ref, 1) for ref in "abc"
    ]


def test_the_file_is_its_owners_alone(write):
    if os.name == "posix":
        assert stat.S_IMODE(write().stat().st_mode) == 0o600


def test_a_file_that_is_there_is_never_written_over_unasked(write, filled):
    file = write()
    file.write_text("mine")
    with pytest.raises(Refused, match="--replace"):
        write()
    assert file.read_text() == "mine"
    assert len(logged(filled)) == 3

    write(replace=True)
    assert json.loads(file.read_text("utf-8"))["export"] == 1


def test_nothing_held_is_refused_and_leaves_no_file_and_no_line(region, tmp_path, clock):
    with pytest.raises(Refused, match="no summaries"):
        words = i18n.words("en")
        export.export(region, "csv", tmp_path / "x.csv", who="m", at=clock.now(), words=words)

    assert not (tmp_path / "x.csv").exists()
    assert logged(region) == []


def test_a_folder_that_cannot_be_written_is_told_before_anybody_is_looked_at(filled, tmp_path, clock):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Trouble):
        words = i18n.words("en")
        export.export(filled, "csv", tmp_path / "file" / "x.csv", who="m", at=clock.now(), words=words)

    assert logged(filled) == []


def test_a_stop_in_the_middle_leaves_no_file_at_all(write, tmp_path, monkeypatch):
    def stop(summary):
        yield {"resourceType": "Patient", "id": summary["ref"]}
        raise KeyboardInterrupt

    before = set(tmp_path.iterdir())
    monkeypatch.setattr(fhir, "resources", stop)
    with pytest.raises(KeyboardInterrupt):
        write("fhir", "out.fhir")

    assert set(tmp_path.iterdir()) == before


def test_who_is_not_in_the_log_is_not_in_the_file(filled):
    """What comes or changes while the file is written is left for the next export."""
    with filled.reading() as connection:
        seen = [one for one in export._places(connection) if one["ref"] != "b" * 32]
        found = [one["ref"][0] for one in export._logged(connection, seen)]

    assert found == ["a", "c"]


def rows(text):
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_the_csv_has_a_row_each_in_the_language_of_the_screen(write):
    text = write("csv", "out.csv", language="sv").read_bytes().decode("utf-8")
    found = rows(text)

    assert text.startswith("\ufeff")
    assert len(found) == 4
    assert {len(row) for row in found} == {6 + sum(len(scope.fields) for scope in CONSENT_SCOPES)}
    assert "Efternamn" in found[0]
    assert "Vaasa" in found[1] or "Vasa" in found[1]
    assert found[1][5] == "c" * 32  # the same identity code


def test_no_cell_of_the_csv_is_a_formula(write):
    found = rows(write("csv", "out.csv").read_text("utf-8"))
    cells = [cell for row in found for cell in row]

    assert '\'=HYPERLINK("http://example.org")' in cells
    assert "'@ soittaa" in cells
    assert "'+358 40 123 4567" in cells
    assert [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell] == []


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@A1", "\t=1", " =1", "\u00a0=1", "＝1", "\n=1", "|x", "%x"]
)
def test_what_a_spreadsheet_program_could_take_for_a_formula_is_text(text):
    assert spreadsheet.harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Lahti", "3.11.2026", "– ", "a=b", "8–10"])
def test_other_text_stays_as_it_is(text):
    assert spreadsheet.harmless(text) == text


# FHIR ----------------------------------------------------------------------------------------------------

ALWAYS = set(re.findall(r"`([A-Z]\w+\.\w+)`", MAPPING.split("Always written besides")[1].split("\n\n")[0]))
STATUSES = {
    "EpisodeOfCare": {"planned", "waitlist", "active", "onhold", "finished", "cancelled", "entered-in-error"},
    "CarePlan": {"draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"},
    "Observation": {"registered", "preliminary", "final", "amended", "corrected", "cancelled",
                    "entered-in-error", "unknown"},
    "Consent": {"draft", "proposed", "active", "rejected", "inactive", "entered-in-error"},
}  # fmt: skip


def mapped() -> dict[str, set[str]]:
    """The table of the page: field to FHIR paths."""
    found: dict[str, set[str]] = {}
    section = MAPPING.split("<!-- fhir:")[1].split("Always written besides")[0]
    for field, path in re.findall(r"^\| `?(\w+)`? \| `([A-Z]\w+\.\w+)` \|", section, re.M):
        found.setdefault(field, set()).add(path)
    return found


def made(fields) -> list[dict]:
    one = {"ref": "a" * 32, "version": 1, "consent": "f" * 32, "valid_to": "2027-06-30", "fields": fields}
    return list(fhir.resources(one))


def paths(resources) -> set[str]:
    return {
        f"{one['resourceType']}.{name}"
        for one in resources
        for name in one
        if name not in ("resourceType",)
        and not (name == "id" and one["resourceType"] not in ("Patient", "Consent"))
    }


def test_the_page_maps_every_field_and_no_other():
    fields = {name for scope in CONSENT_SCOPES for name in scope.fields}

    assert set(mapped()) == fields | {"ref", "consent"}


def test_every_path_that_is_written_stands_on_the_page_and_the_other_way_round():
    on_page = set().union(*mapped().values()) | ALWAYS

    assert paths(made(EVERYTHING)) == on_page


@pytest.mark.parametrize("scope", CONSENT_SCOPES, ids=lambda scope: scope.key)
def test_a_scope_alone_writes_only_the_paths_of_its_fields(scope):
    fields = {name: EVERYTHING[name] for name in scope.fields}
    allowed = set().union(*(mapped()[name] for name in (*scope.fields, "ref", "consent"))) | ALWAYS

    assert paths(made(fields)) <= allowed


def test_no_word_of_a_field_that_was_not_let_out_is_anywhere():
    text = json.dumps(made({"phases": EVERYTHING["phases"]}))

    for value in (*BASIC.values(), EVERYTHING["support_needed"]):
        assert str(value) not in text


def test_the_bundle_is_whole_r4(write):
    found = json.loads(write("fhir", "out.json").read_text("utf-8"))
    resources = [entry["resource"] for entry in found["entry"]]
    known = {entry["fullUrl"] for entry in found["entry"]}
    text = json.dumps(found)

    assert (found["resourceType"], found["type"]) == ("Bundle", "collection")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", found["timestamp"])
    assert set(re.findall(r'"reference": "([^"]+)"', text)) <= known
    assert len(known) == len(found["entry"])
    assert all(name.startswith("urn:uuid:") for name in known)
    assert all(re.fullmatch(r"[A-Za-z0-9.-]{1,64}", one["id"]) for one in resources)
    for one in resources:
        assert one.get("status", "active") in STATUSES.get(one["resourceType"], {"active"})
    assert "null" not in text and '""' not in text and "[]" not in text and "{}" not in text


def test_a_consent_has_a_policy_and_says_what_it_lets_out():
    consent = next(one for one in made(BASIC) if one["resourceType"] == "Consent")

    assert consent["policyRule"]  # ppc-1
    assert [code["coding"][0]["code"] for code in consent["provision"]["code"]] == ["basic"]
    assert consent["provision"]["period"] == {"end": "2027-06-30"}


def test_a_goal_that_is_not_there_is_referred_to_by_nothing():
    fields = {"goal": None, "next_step": "soittaa", "next_step_due": None}

    assert '"goal":' not in json.dumps(made(fields))


# the command ---------------------------------------------------------------------------------------------


@pytest.mark.sqlite
@pytest.mark.parametrize("form", ["csv", "json", "fhir"])
def test_the_command_writes_each_form(run, filled, tmp_path, form):
    code, out, err = run("export", f"--{form}", "--out", tmp_path / "x", "--region", filled.folder)

    assert (code, err) == (0, "")
    assert "3" in out and str(tmp_path / "x") in out
    assert (tmp_path / "x").stat().st_size > 100


def test_the_command_refuses_in_one_line(run, filled, tmp_path):
    (tmp_path / "there").write_text("x")
    empty = tmp_path / "empty"
    assert run("init", empty)[0] == 0
    for words in (
        ("--json", "--out", tmp_path / "there", "--region", filled.folder),
        ("--json", "--out", tmp_path, "--region", filled.folder),
        ("--json", "--out", tmp_path / "new", "--region", empty),
        ("--json", "--out", tmp_path / "new", "--region", tmp_path / "nowhere"),
    ):
        code, _out, err = run("export", *words)
        assert (code, len(err.splitlines())) == (1, 1), words
    assert run("export", "--out", tmp_path / "new", "--region", filled.folder)[0] == 2
    assert run("export", "--csv", "--json", "--out", tmp_path / "new", "--region", filled.folder)[0] == 2
    assert not (tmp_path / "new").exists()


@pytest.mark.sqlite
def test_figures_of_few_people_are_not_told_and_the_look_is_logged(run, filled):
    code, out, err = run("figures", "--region", filled.folder)
    assert (code, err) == (0, "")
    assert "Too few people" in out

    found = json.loads(run("figures", "--region", filled.folder, "--json")[1])
    assert found["figures"] == 1
    assert found["consented"][0]["tables"] == [] and found["not_consented"] == []
    assert [line["act"] for line in logged(filled)] == ["figures", "figures"]


@pytest.mark.sqlite
def test_figures_never_tell_a_number_below_five_or_one_that_is_not_rounded(run, region, a_desk, take):
    desk = a_desk()
    phases = [1] * 23 + [2] * 8 + [3] * 2
    items = [
        put(phases=[{"phase": phase, "opened": "2026-08-03", "closed": None, "open": 1}])
        | {"ref": f"{n:032x}", "consent": f"{n:032x}"}
        for n, phase in enumerate(phases)
    ]
    take(desk.seal(items, seq=1))
    found = json.loads(run("figures", "--region", region.folder, "--json")[1])
    (table,) = found["consented"][0]["tables"]
    told = {cell["key"]: cell["count"] for cell in table["cells"]}

    assert told == {"1": 25, "2": 10, "3": "<5", "4": "<5", "5": "<5", "none": "<5"}
    assert "25" in run("figures", "--region", region.folder)[1]


@pytest.mark.sqlite
def test_figures_of_the_others_stand_apart_under_the_name_of_their_workshop(run, region, a_desk, take):
    from .server.test_published import from_a_desk

    items = [
        one for one in from_a_desk(keys.new_key(keys.ENCRYPT)) if one["kind"] in ("service_card", "aggregate")
    ]
    take(a_desk().seal(items, seq=1))
    out = run("--language", "sv", "figures", "--region", region.folder)[1]
    found = json.loads(run("figures", "--region", region.folder, "--json")[1])

    assert "De som inte gett samtycke, kvartal 3/2026, Merenkurkun työpaja:" in out
    assert "    11–30: 40" in out and "    31 eller fler: <5" in out
    assert [one["people"] for one in found["not_consented"]] == [40]


def test_figures_of_a_quarter_do_not_change_once_they_were_told(run, filled, a_desk, take):
    first = json.loads(run("figures", "--region", filled.folder, "--json")[1])
    desk = a_desk()
    items = [put() | {"ref": f"{n:032x}", "consent": f"{n:032x}"} for n in range(40)]
    take(desk.seal(items, seq=1))

    assert json.loads(run("figures", "--region", filled.folder, "--json")[1]) == first
