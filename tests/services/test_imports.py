import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from coachdesk.domain.indicators import as_numbers
from coachdesk.domain.trainee import Trainee
from coachdesk.errors import Refused, Unreadable
from coachdesk.services import figures, imports, trainees
from coachdesk.settings import resource_folder
from coachdesk.store import tables

PILOT = resource_folder() / "demo" / "vaasa-pilot.csv"
EXPECTED = json.loads((resource_folder() / "demo" / "vaasa-pilot-totals.json").read_text("utf-8"))
TABLES = ("trainee", "coaching", "opening", "plan", "feedback", "period", "note", "attended_day")


def sheet(folder: Path, text: str, name: str = "people.csv") -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def counts(desk):
    with desk.reading() as unit:
        return {
            name: unit.connection.scalar(select(func.count()).select_from(tables.metadata.tables[name]))
            for name in TABLES
        }


def rows(desk, table):
    with desk.reading() as unit:
        return [dict(row) for row in unit.connection.execute(select(table)).mappings()]


def test_pilot_has_no_error_and_one_notice_of_a_small_letter(desk):
    found = imports.preview(desk, PILOT)

    assert not found.errors
    assert [(f.row, f.column) for f in found.findings] == [(14, "Henkilötunnus")]


def test_pilot_goes_in_whole_and_gives_the_expected_totals(desk):
    done = imports.carry_out(desk, imports.preview(desk, PILOT))

    people, coachings, plans = (
        rows(desk, tables.trainee),
        rows(desk, tables.coaching),
        rows(desk, tables.plan),
    )
    grades = [row["grade"] for row in rows(desk, tables.feedback)]
    outcomes = Counter(row["outcome"].split("_")[0] for row in coachings)
    assert done.new == EXPECTED["people"] == len(people)
    assert len(coachings) == EXPECTED["coached"]
    assert outcomes["interrupted"] == EXPECTED["coached_outcomes"]["interrupted"]
    assert outcomes["employed"] == EXPECTED["coached_outcomes"]["employed"]
    assert outcomes[""] == EXPECTED["coached_outcomes"]["open"]
    assert sum(row["mother_tongue"] not in ("fi", "sv") for row in people) == 5
    assert len(grades) == EXPECTED["satisfaction_answers"]
    assert round(sum(grades) / len(grades), 1) == EXPECTED["satisfaction_mean"]
    assert len(plans) == EXPECTED["plans_made"]


def test_pilot_gives_the_expected_figures(desk):
    imports.carry_out(desk, imports.preview(desk, PILOT))

    found = as_numbers(figures.figures(desk))

    assert {key: found[key] for key in EXPECTED} == EXPECTED


def test_pilot_taken_in_twice_gives_no_doubles(desk):
    imports.carry_out(desk, imports.preview(desk, PILOT))
    before = counts(desk)

    again = imports.preview(desk, PILOT)
    done = imports.carry_out(desk, again)

    assert len(again.of_state("same")) == 38
    assert done.batch_id == 0
    assert counts(desk) == before


def test_intermediate_character_is_untouched_and_a_small_letter_raised(desk):
    imports.carry_out(desk, imports.preview(desk, PILOT))

    codes = {row["personal_identity_code"] for row in rows(desk, tables.trainee)}
    assert {"191182X9287", "100290V940L", "231292-9297"} <= codes


def test_phase_opens_only_itself_at_the_start_of_coaching_date_not_known(desk):
    imports.carry_out(desk, imports.preview(desk, PILOT))

    found = rows(desk, tables.opening)
    begins = {row["trainee_id"]: row["begins"] for row in rows(desk, tables.coaching)}
    assert len(found) == 18
    assert all(row["opened"] == begins[row["trainee_id"]] and not row["date_known"] for row in found)


def test_plans_are_of_others(desk):
    imports.carry_out(desk, imports.preview(desk, PILOT))

    assert not any(row["ours"] for row in rows(desk, tables.plan))


def test_undo_takes_all_of_it_back(desk):
    before = counts(desk)
    done = imports.carry_out(desk, imports.preview(desk, PILOT))

    imports.undo(desk, done.batch_id)

    assert counts(desk) == before
    assert imports.batches(desk)[0].undone


def test_undo_works_after_a_restart(desk, reopen):
    before = counts(desk)
    done = imports.carry_out(desk, imports.preview(desk, PILOT))
    desk.close()
    later = reopen(desk.folder)

    imports.undo(later, done.batch_id)

    assert counts(later) == before


def test_undo_is_refused_after_a_later_act_and_names_whose(desk):
    from dataclasses import replace

    done = imports.carry_out(desk, imports.preview(desk, PILOT))
    with desk.reading() as unit:
        from coachdesk.store.trainees import TRAINEES

        one = next(t for t in TRAINEES.find(unit) if t.family_name == "Đorđević")
    trainees.edit(desk, replace(one, phone="000 1234567"))

    with pytest.raises(Refused) as refused:
        imports.undo(desk, done.batch_id)

    assert "Đorđević, Zoran" in str(refused.value)
    assert counts(desk)["trainee"] == 38


def test_undo_is_refused_when_something_was_recorded_to_a_new_trainee(desk):
    from coachdesk.domain.trainee import OwnView

    done = imports.carry_out(desk, imports.preview(desk, PILOT))
    trainees.add_own_view(
        desk, OwnView(trainee_id=3, subject="note:1", text="Olen eri mieltä", on_day=date(2026, 12, 1))
    )

    assert "Kujanpää, Teemu" in str(imports.why_not_undone(desk, done.batch_id))


def test_undo_is_refused_once_the_region_has_approved_a_plan_of_it(desk, tmp_path):
    from coachdesk.domain.region_letters import RegionLetter
    from coachdesk.store.letters import LETTERS

    known = trainees.register(
        desk, Trainee(family_name="Niemi", given_names="Päivi", personal_identity_code="100290V940L")
    )
    text = (
        "Sukunimi;Etunimet;Henkilötunnus;Suunnitelma tehty;Suunnitelman laji\n"
        "Niemi;Päivi;100290V940L;9.12.2022;Aktivointisuunnitelma\n"
    )
    done = imports.carry_out(desk, imports.preview(desk, sheet(tmp_path, text)))
    (plan,) = rows(desk, tables.plan)
    assert imports.why_not_undone(desk, done.batch_id) is None
    with desk.writing() as unit:  # as a letter that was carried to the plan
        carried = RegionLetter(
            region_id="r", uid="u", kind="plan_approved", content={}, received=unit.at, state="new",
            trainee_id=known.id, taken_over=unit.at, plan_id=plan["id"],
        )  # fmt: skip
        LETTERS.add(unit, carried)
        unit.commit()

    with pytest.raises(Refused, match="Niemi"):
        imports.undo(desk, done.batch_id)


def test_undo_twice_is_refused(desk):
    done = imports.carry_out(desk, imports.preview(desk, PILOT))
    imports.undo(desk, done.batch_id)

    with pytest.raises(Refused, match="already"):
        imports.undo(desk, done.batch_id)


def test_failure_in_the_middle_leaves_nothing(desk):
    before = counts(desk)
    found = imports.preview(desk, PILOT)

    def stop(done, total):
        if done == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        imports.carry_out(desk, found, progress=stop)

    assert counts(desk) == before
    assert imports.batches(desk) == ()


def test_known_person_with_other_values_is_shown_with_both(desk, tmp_path):
    imports.carry_out(desk, imports.preview(desk, PILOT))
    file = sheet(
        tmp_path,
        "Sukunimi;Etunimet;Henkilötunnus;Puhelin;Kotikunta\nNiemi;Päivi;100290V940L;040 1;Vasa\n",
    )

    found = imports.preview(desk, file)

    (row,) = found.of_state("differs")
    assert {(d.field, d.ours, d.theirs) for d in row.differences} == {
        ("phone", "000 0000000", "040 1"),
        ("municipality", "946", "905"),
    }


def test_protected_address_that_differs_is_not_shown(desk, tmp_path):
    person = Trainee(
        family_name="Salo", given_names="Suvi", first_contact=date(2026, 3, 2),
        street_address="Salakuja 7", non_disclosure=True,
    )  # fmt: skip
    trainees.register(desk, person)
    file = sheet(
        tmp_path, "Sukunimi;Etunimet;Ensikontakti;Katuosoite;Puhelin\nSalo;Suvi;2.3.2026;Uusitie 1;040 1\n"
    )

    (row,) = imports.preview(desk, file).plans

    assert {d.field: d.hidden for d in row.differences} == {"street_address": True, "phone": False}


def test_address_of_who_is_protected_by_the_sheet_itself_is_not_shown(desk, tmp_path):
    person = Trainee(
        family_name="Salo", given_names="Suvi", first_contact=date(2026, 3, 2), street_address="Salakuja 7"
    )
    trainees.register(desk, person)
    text = "Sukunimi;Etunimet;Ensikontakti;Katuosoite;Turvakielto\nSalo;Suvi;2.3.2026;Uusitie 1;kyllä\n"

    (row,) = imports.preview(desk, sheet(tmp_path, text)).plans

    assert {d.field: d.hidden for d in row.differences} == {"street_address": True, "non_disclosure": False}


def test_chosen_value_is_taken_the_other_kept_and_undo_puts_it_back(desk, tmp_path):
    imports.carry_out(desk, imports.preview(desk, PILOT))
    file = sheet(
        tmp_path,
        "Sukunimi;Etunimet;Henkilötunnus;Puhelin;Kotikunta\nNiemi;Päivi;100290V940L;040 1;Vasa\n",
    )
    found = imports.preview(desk, file)

    done = imports.carry_out(desk, found, imports.Choices(take=frozenset({(2, "phone")})))

    assert trainees.get(desk, 1).phone == "040 1"
    assert trainees.get(desk, 1).municipality == "946"
    imports.undo(desk, done.batch_id)
    assert trainees.get(desk, 1).phone == "000 0000000"


def test_what_the_desk_does_not_know_is_taken_by_default(desk, tmp_path):
    imports.carry_out(desk, imports.preview(desk, sheet(tmp_path, "Sukunimi;Ensikontakti\nAho;1.2.2026\n")))
    file = sheet(tmp_path, "Sukunimi;Ensikontakti;Henkilötunnus;Kunta\nAho;1.2.2026;010190-900P;Vörå\n")

    done = imports.carry_out(desk, imports.preview(desk, file))

    assert (done.new, done.changed) == (0, 1)
    assert trainees.get(desk, 1).personal_identity_code == "010190-900P"
    assert trainees.get(desk, 1).municipality == "946"


def test_change_between_preview_and_carrying_out_is_refused(desk, tmp_path):
    found = imports.preview(desk, PILOT)
    imports.carry_out(desk, imports.preview(desk, PILOT))

    with pytest.raises(Refused, match="changed after the preview"):
        imports.carry_out(desk, found)


def test_error_stops_the_whole_import_until_its_row_is_left_out(desk, tmp_path):
    file = sheet(tmp_path, "Sukunimi;Etunimet;Ensikontakti\nAho;Väinö;31.2.2026\nBerg;Åsa;1.2.2026\n")
    found = imports.preview(desk, file)

    with pytest.raises(Refused):
        imports.carry_out(desk, found)
    assert counts(desk)["trainee"] == 0
    done = imports.carry_out(desk, found, imports.choices_by_default(found, leave_out_errors=True))
    assert done.new == 1
    assert imports.sentence(found.errors[0]) == "Row 2, column Ensikontakti: There is no day 31.2.2026."


def test_plain_words_in_a_file_called_xlsx_are_said_to_be_no_workbook(desk, tmp_path):
    with pytest.raises(Unreadable, match="not an XLSX workbook"):
        imports.preview(desk, sheet(tmp_path, "this is\nno workbook\n", "broken.xlsx"))
    with pytest.raises(Unreadable, match="No heading"):
        imports.preview(desk, sheet(tmp_path, "this is\nno sheet\n", "broken.csv"))
    assert imports.preview(desk, sheet(tmp_path, "Sukunimi\nAho\n", "people.xlsx")).plans


def test_every_person_taken_in_has_a_line_in_the_log(desk):
    done = imports.carry_out(desk, imports.preview(desk, PILOT))

    with desk.reading() as unit:
        acts = Counter(
            unit.connection.execute(
                select(tables.log.c.act).where(tables.log.c.subject == f"import:{done.batch_id}")
            ).scalars()
        )
    assert acts == {"import.carry_out": 1, "import.trainee": 38}


def test_a_line_that_stands_twice_is_one_person_and_said(desk, tmp_path):
    line = "Aho;Anna;1.2.2026;000 1\n"
    file = sheet(tmp_path, "Sukunimi;Etunimet;Ensikontakti;Puhelin\n" + line + line)
    for new in (1, 0):
        found = imports.preview(desk, file)
        assert [imports.sentence(f) for f in found.findings] == [
            "Row 3: The row says the same as row 2. It was taken once."
        ]
        assert len(found.of_state("new")) == new
        imports.carry_out(desk, found)

    assert counts(desk)["trainee"] == 1


def test_two_people_of_one_name_who_came_on_one_day_stay_two(desk, tmp_path):
    text = "Sukunimi;Etunimet;Ensikontakti;Puhelin\nAho;Anna;1.2.2026;000 1\nAho;Anna;1.2.2026;000 2\n"
    found = imports.preview(desk, sheet(tmp_path, text))

    assert len(found.of_state("new")) == 2
    assert "Check that they are two people" in imports.sentence(found.findings[0])


def test_columns_that_are_left_out_are_named(desk, tmp_path):
    text = "Sukunimi;Etunimet;Kengät;Puhelin;Puhelin;Tyhjä\nAho;Anna;42;1;2;\n"

    assert imports.left_out_line(imports.preview(desk, sheet(tmp_path, text))) == (
        "Columns left out: Kengät, Puhelin."
    )
    assert imports.left_out_line(imports.preview(desk, PILOT)) == ""
