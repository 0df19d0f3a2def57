"""The copy of everything about a trainee: nothing held is missing from it, nothing of others is in it."""

import json
from datetime import timedelta

from coachdesk.domain.dossier import PARTS
from coachdesk.domain.notes import Note
from coachdesk.domain.trainee import Benefit, Trainee
from coachdesk.services import dossier, forms, notes, trainees
from coachdesk.services.desk import Desk
from coachdesk.store import dossier as store
from coachdesk.store import tables
from tests.printing import reading


def a_person(desk: Desk, name: str, code: str = "") -> Trainee:
    person = Trainee(
        family_name=name, given_names="Göran", service_language="sv", personal_identity_code=code,
        non_disclosure=True, street_address="Strandgatan 1", municipality="905",
    )  # fmt: skip
    kept = trainees.register(desk, person)
    said = f"Samtal med {name}."
    notes.add(desk, Note(trainee_id=kept.id, at=desk.clock.now(), kind="conversation", text=said))
    begins = desk.clock.today() - timedelta(days=30)
    trainees.add_benefit(desk, Benefit(trainee_id=kept.id, benefit="kela_basic", payer="kela", begins=begins))
    return kept


def test_every_table_that_holds_something_of_a_person_is_told_to_a_reader() -> None:
    told = {part.table for part in PARTS} | {"trainee"}
    held = {table.name for table in store.tables_of_trainees()}

    assert held == told
    links = {"trainee_id", "period_id", "plan_id", "note_id", "letter_id"}
    linked = {name for name, table in tables.metadata.tables.items() if links & set(table.c.keys())}
    assert linked <= held | set(store.LEFT_OUT)


def test_every_column_that_a_reader_is_told_exists() -> None:
    for part in PARTS:
        columns = set(tables.metadata.tables[part.table].c.keys())
        assert {told.name for told in part.columns} <= columns, part.table


def test_the_copy_holds_all_of_the_person_and_nobody_else(desk: Desk) -> None:
    person = a_person(desk, "Lindström", "010190-901R")
    a_person(desk, "Åbacka")

    made = dossier.make(desk, person.id)
    data = json.loads(made.data)

    assert data["tables"]["trainee"][0]["personal_identity_code"] == "010190-901R"
    assert [row["text"] for row in data["tables"]["note"]] == ["Samtal med Lindström."]
    assert "Åbacka" not in made.data.decode()


def test_the_paper_speaks_the_persons_language_and_says_every_word(desk: Desk) -> None:
    person = a_person(desk, "Lindström")

    printed = forms.dossier(desk, person.id, why="asked")
    text = reading.text(printed.pdf)

    assert printed.language == "sv"
    assert "Allt som har sparats om mig" in text
    assert "Samtal med Lindström." in text
    whole = json.loads(printed.data)
    assert whole["format"] == dossier.FORMAT
    # a paper may be seen by others: the address is told to be held, and stands in the file alone
    assert "Strandgatan" not in text and "Sparad, skrivs inte ut på grund av spärrmarkeringen." in text
    assert whole["tables"]["trainee"][0]["street_address"] == "Strandgatan 1"
    assert "Vasa" not in text and whole["tables"]["trainee"][0]["municipality"] == "905"


def test_making_the_copy_is_logged_with_its_reason(desk: Desk) -> None:
    from coachdesk.services import access_log

    person = a_person(desk, "Lindström")
    dossier.make(desk, person.id, why="asked by letter")

    newest = access_log.of_trainee(desk, person.id).rows[0].line
    assert (newest.act, newest.why) == ("dossier.make", "asked by letter")


def test_a_whole_demo_person_can_be_copied(tmp_path, clock) -> None:
    from coachdesk.services.demo import make_demo
    from coachdesk.services.opening import open_desk
    from tests.conftest import CHEAP, PASSPHRASE

    make_demo(tmp_path / "desk", trainees=8, passphrase=PASSPHRASE, clock=clock, cost=CHEAP, floor=CHEAP)
    with open_desk(tmp_path / "desk", passphrase=PASSPHRASE, clock=clock, floor=CHEAP) as desk:
        for trainee_id in range(1, 9):
            printed = forms.dossier(desk, trainee_id)
            assert printed.pdf.startswith(b"%PDF")
