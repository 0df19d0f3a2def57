"""Attendance months, notes, periods and workbooks in; what stops in the middle leaves nothing."""

import subprocess
import sys
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from coachdesk.clock import HELSINKI
from coachdesk.domain.period import AgreedDay, Period
from coachdesk.domain.trainee import Trainee
from coachdesk.errors import Refused
from coachdesk.importing.reading import read_file
from coachdesk.services import attendance, coaching, imports, notes, periods, phases, plan_sheets, trainees
from coachdesk.services.checks import check_desk
from coachdesk.settings import resource_folder
from coachdesk.store import tables

PILOT = resource_folder() / "demo" / "vaasa-pilot.csv"
DECEMBER = date(2026, 12, 1)


def sheet(folder: Path, text: str, name: str = "sheet.csv") -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


@pytest.fixture
def aho(desk) -> Trainee:
    """Väinö Aho with a period since November, four hours on Tuesdays."""
    kept = trainees.register(desk, Trainee(family_name="Aho", given_names="Väinö Olavi"))
    period = Period(
        trainee_id=kept.id,
        workshop_id=1,
        service_kind="rehabilitative_work_activity",
        begins=date(2026, 11, 2),
    )
    tuesday = AgreedDay(period_id=0, weekday=2, starts_at=time(9), minutes=240, valid_from=date(2026, 11, 2))
    periods.add(desk, period, agreed=[tuesday])
    return kept


def marks(desk):
    with desk.reading() as unit:
        found = unit.connection.execute(select(tables.attended_day)).mappings()
        return {row["day"].day: (row["kind"], row["minutes"]) for row in found}


MONTH = "Joulukuu 2026\nNimi;1;2;3;4;7;8\nVäinö Aho;L;S;;L 5;;x\n"


def test_attendance_month_goes_in_with_planned_hours(desk, aho, tmp_path):
    done = imports.carry_out(desk, imports.preview(desk, sheet(tmp_path, MONTH)))

    assert done.added == 1
    assert marks(desk) == {
        1: ("present", 240), 2: ("own_illness", 0), 4: ("present", 300), 8: ("present", 240),
    }  # fmt: skip


def test_attendance_month_twice_gives_nothing_new_and_undo_clears_it(desk, aho, tmp_path):
    file = sheet(tmp_path, MONTH)
    done = imports.carry_out(desk, imports.preview(desk, file))

    assert imports.carry_out(desk, imports.preview(desk, file)).batch_id == 0
    imports.undo(desk, done.batch_id)
    assert marks(desk) == {}


def test_other_mark_is_shown_beside_ours_taken_and_put_back(desk, aho, tmp_path):
    attendance.record_day(desk, 1, date(2026, 12, 1), "own_illness", certificate_seen=True)
    found = imports.preview(desk, sheet(tmp_path, MONTH))
    (row,) = found.of_state("differs")
    (difference,) = row.differences
    assert (difference.ours.kind, difference.theirs.kind) == ("own_illness", "present")

    take = imports.Choices(take=frozenset({(row.rows[0], difference.field)}))
    done = imports.carry_out(desk, found, take)

    assert marks(desk)[1] == ("present", 240)
    imports.undo(desk, done.batch_id)
    assert marks(desk) == {1: ("own_illness", 0)}


def test_undo_of_a_month_is_refused_after_a_mark_was_changed(desk, aho, tmp_path):
    done = imports.carry_out(desk, imports.preview(desk, sheet(tmp_path, MONTH)))
    attendance.record_day(desk, 1, date(2026, 12, 1), "interview")

    with pytest.raises(Refused, match="Aho"):
        imports.undo(desk, done.batch_id)


def test_month_of_somebody_unknown_or_without_period_is_an_error(desk, aho, tmp_path):
    text = "Lokakuu 2026\nNimi;1;2;5;6;7\nAho Väinö;L;L;;;\nBerg Åsa;L;L;;;\n"

    found = imports.preview(desk, sheet(tmp_path, text))

    assert [imports.sentence(f).replace("\xa0", " ") for f in found.errors] == [
        "Row 3: Aho, Väinö Olavi has no period on 1 Oct 2026.",
        "Row 4: There is no trainee Berg Åsa on the desk. Import or register the person first.",
    ]


def test_row_without_a_name_is_told_once_and_one_with_a_strange_code_in_its_own_words(desk, aho, tmp_path):
    text = "Päivä;Henkilö;Henkilötunnus;Merkintä\n1.12.2026;;;Kävi\n1.12.2026;;010190-900P;Kävi\n"

    found = imports.preview(desk, sheet(tmp_path, text))

    assert [imports.sentence(f).replace("\xa0", " ") for f in found.errors] == [
        "Row 2: The row has no name.",
        "Row 3: No trainee has the identity code of this row. Import or register the person first.",
    ]


@pytest.mark.parametrize("heading", ["Henkilö", "Person", "Asiakkaan nimi", "Namn"])
def test_notes_go_in_by_day_person_and_text(desk, aho, tmp_path, heading):
    text = f"Päivä;{heading};Teksti\n1.12.2026;Aho Väinö;Kävi tutustumassa\n"

    assert imports.carry_out(desk, imports.preview(desk, sheet(tmp_path, text))).added == 1


def test_mark_of_a_day_to_come_is_an_error(desk, aho, tmp_path):
    found = imports.preview(desk, sheet(tmp_path, "Joulukuu 2026\nNimi;14;15;16;17;18\nAho;;;L;;\n"))

    assert len(found.errors) == 1


def test_month_that_no_one_tells_is_asked_for(desk, aho, tmp_path):
    file = sheet(tmp_path, "Nimi;1;2;3;4;7\nAho Väinö;L;;;;\n")

    assert imports.preview(desk, file).errors
    found = imports.preview(desk, file, month=DECEMBER)
    assert not found.errors
    assert len(found.plans[0].adds) == 1


NOTES = (
    "Pvm;Klo;Nimi;Laji;Muistiinpano\n"
    '1.12.2026;9.30;Aho, Väinö;Puhelu;"Sovittiin käynti.\nToinen rivi."\n'
    "2.12.2026;;Aho Väinö;;Kävi.\n"
)


def test_notes_go_in_with_day_person_and_text_and_only_once(desk, aho, tmp_path):
    file = sheet(tmp_path, NOTES)
    imports.carry_out(desk, imports.preview(desk, file))

    found = [one.note for one in notes.of_trainee(desk, aho.id)]
    assert [(n.kind, n.text) for n in found] == [
        ("other", "Kävi."), ("phone_call", "Sovittiin käynti.\nToinen rivi."),
    ]  # fmt: skip
    assert found[1].at == datetime(2026, 12, 1, 9, 30, tzinfo=HELSINKI)
    assert imports.carry_out(desk, imports.preview(desk, file)).batch_id == 0


def test_notes_are_undone_until_one_is_changed(desk, aho, tmp_path):
    from dataclasses import replace

    file = sheet(tmp_path, NOTES)
    first = imports.carry_out(desk, imports.preview(desk, file))
    imports.undo(desk, first.batch_id)
    assert notes.of_trainee(desk, aho.id) == ()

    second = imports.carry_out(desk, imports.preview(desk, file))
    notes.edit(desk, replace(notes.of_trainee(desk, aho.id)[0].note, text="Muutettu."))
    with pytest.raises(Refused, match="Aho"):
        imports.undo(desk, second.batch_id)


def test_periods_come_from_columns_that_tell_them(desk, tmp_path):
    text = (
        "Sukunimi;Jakso alkoi;Jakso päättyy;Päättyi;Päättymisen syy;Palvelu;Myönnetyt päivät\n"
        "Aho;1.9.2026;28.2.2027;;;Kuntouttava työtoiminta;90\n"
        "Berg;1.2.2026;31.8.2026;15.8.2026;Työllistyi;;\n"
    )

    imports.carry_out(desk, imports.preview(desk, sheet(tmp_path, text)))

    first, second = (periods.of_trainee(desk, n)[0].period for n in (1, 2))
    assert (first.service_kind, first.granted_days) == ("rehabilitative_work_activity", 90)
    assert first.ends == date(2027, 2, 28)
    assert (second.ended, second.end_reason) == (date(2026, 8, 15), "employed")


def test_rows_of_one_person_are_one_trainee_with_several_periods(desk, tmp_path):
    text = (
        "Sukunimi;Henkilötunnus;Jakso alkoi;Jakso päättyi\n"
        "Aho;010190-900P;1.2.2025;1.8.2025\nAho;010190-900P;1.2.2026;\n"
    )

    done = imports.carry_out(desk, imports.preview(desk, sheet(tmp_path, text)))

    assert done.new == 1
    assert len(periods.of_trainee(desk, 1)) == 2


def test_namesakes_without_codes_stay_two_people_also_the_second_time(desk, tmp_path):
    file = sheet(tmp_path, "Sukunimi;Etunimet;Puhelin\nAho;Anna;1\nAho;Anna;2\n")

    assert imports.carry_out(desk, imports.preview(desk, file)).new == 2
    assert imports.carry_out(desk, imports.preview(desk, file)).batch_id == 0


def test_later_sheet_moves_an_imported_phase_on_only_when_taken(desk, tmp_path):
    head = "Sukunimi;Henkilötunnus;Työhönvalmennus alkoi;Vaihe;Päättyi\n"
    imports.carry_out(desk, imports.preview(desk, sheet(tmp_path, head + "Aho;010190-900P;1.2.2026;2;\n")))
    found = imports.preview(desk, sheet(tmp_path, head + "Aho;010190-900P;1.2.2026;3;1.6.2026\n"))
    differences = {(d.field, d.ours, d.theirs) for d in found.plans[0].differences}
    assert {("phase", 2, 3), ("coaching_ends", None, date(2026, 6, 1))} <= differences

    imports.carry_out(desk, found)

    assert coaching.of_trainee(desk, 1)[0].ends == date(2026, 6, 1)
    assert [o.phase for o in phases.openings(desk, 1)] == [2]


def test_workbook_goes_in_as_the_same_csv_does(desk, tmp_path):
    made = openpyxl.Workbook()
    for row in read_file(PILOT)[0].rows:
        day = row.cells[7]
        cells = list(row.cells)
        if row.number > 1:
            cells[7] = datetime.strptime(str(day), "%d.%m.%Y")  # noqa: DTZ007
        made.active.append(cells)
    made.save(tmp_path / "pilot.xlsx")

    done = imports.carry_out(desk, imports.preview(desk, tmp_path / "pilot.xlsx"))

    assert done.new == 38
    assert len(imports.preview(desk, PILOT).of_state("same")) == 38


def test_swedish_sheet_goes_in_by_its_own_words(desk, tmp_path):
    text = (
        "Efternamn;Förnamn;Personbeteckning;Hemkommun;Modersmål;Hänvisande instans;Första kontakten;"
        "Plan gjord;Planens art;Arbetsträningen började;Fas;Avslutades;Orsak till avslutande;Vitsord\n"
        "Öhberg;Åsa;010190-900P;Närpes;svenska;FPA;1.2.2026;1.3.2026;Aktiveringsplan;5.3.2026;4;"
        "1.9.2026;Fick arbete;9\n"
    )

    done = imports.carry_out(desk, imports.preview(desk, sheet(tmp_path, text)))

    kept = trainees.get(desk, 1)
    assert done.new == 1
    assert (kept.municipality, kept.mother_tongue, kept.referred_by) == ("545", "sv", "kela")
    assert kept.service_language == "sv"
    assert coaching.of_trainee(desk, 1)[0].outcome == "employed"
    assert [row.plan.kind for row in plan_sheets.sheet(desk, 1).rows] == ["activation_plan"]


def test_five_thousand_rows_are_previewed_and_taken_in_within_seconds(desk, tmp_path):
    from time import monotonic

    lines = ["Sukunimi;Etunimet;Ensikontakti;Kotikunta;Työhönvalmennus alkoi;Vaihe;Arvosana"]
    lines += [f"Malli{n};Anna;{n % 28 + 1}.2.2025;Vöyri;1.3.2025;{n % 5 + 1};9" for n in range(5000)]
    file = sheet(tmp_path, "\n".join(lines))
    begun = monotonic()

    found = imports.preview(desk, file)
    read = monotonic()
    imports.carry_out(desk, found)

    assert len(found.of_state("new")) == 5000
    assert read - begun < 15
    assert monotonic() - read < 45


KILLED = """
import os, sys
from pathlib import Path
from datetime import datetime
from coachdesk.clock import HELSINKI, FixedClock
from coachdesk.services import imports
from coachdesk.services.opening import open_desk
from tests.conftest import CHEAP, PASSPHRASE

clock = FixedClock(datetime(2026, 12, 15, 9, 14, tzinfo=HELSINKI))
desk = open_desk(Path(sys.argv[1]), passphrase=PASSPHRASE, clock=clock, floor=CHEAP)
found = imports.preview(desk, Path(sys.argv[2]))
imports.carry_out(desk, found, progress=lambda done, total: os.kill(os.getpid(), 9) if done == 20 else None)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_kill_in_the_middle_leaves_nothing(desk_folder, reopen):
    root = Path(__file__).parent.parent.parent
    done = subprocess.run([sys.executable, "-c", KILLED, str(desk_folder), str(PILOT)], cwd=root)
    assert done.returncode == -9

    desk = reopen(desk_folder)

    assert imports.batches(desk) == ()
    assert imports.preview(desk, PILOT).of_state("new")
    assert all(step.good for step in check_desk(desk))


def test_undo_is_refused_while_somebody_writes_of_a_new_trainee(desk):
    from coachdesk.services import drafts

    done = imports.carry_out(desk, imports.preview(desk, PILOT))
    drafts.keep(desk, "note", "trainee:2", "Kesken")

    with pytest.raises(Refused, match="Đorđević"):
        imports.undo(desk, done.batch_id)
