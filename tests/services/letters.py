"""A desk and a region that know each other, and letters between them, for tests."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coachdesk.exchange import enrolment
from coachdesk.region import folder, letters, receive
from coachdesk.region.folder import Region
from coachdesk.services import letters as taking
from coachdesk.services import sync
from coachdesk.services.desk import Desk
from coachdesk.store import summaries
from tests.region import looking

WORKER = {"name": "Siv Sjöblom", "title": "socialarbetare", "phone": "06 000 1111"}
PERSON = {
    "family_name": "Åström",
    "given_names": "Mio",
    "birth_date": "2001-05-04",
    "municipality": "905",
    "service_language": "sv",
    "phone": "040 000 2233",
}


@dataclass
class Pair:
    """Both sides; what one seals, the other takes in."""

    desk: Desk
    region: Region
    device: str
    folder: Path
    number: int = 0

    def write(self, kind: str, **members: Any) -> str:
        """A letter from the region; its id."""
        ref = members.pop("ref", None)
        self.number += 1
        return letters.send(
            self.region, self.device, kind, {"from": WORKER, **members}, self.desk.clock.now(), ref=ref
        )

    def bytes_after(self, epoch: int = 0, seq: int = 0) -> bytes | None:
        """The next letter after a place."""
        with self.region.reading() as connection:
            return letters.next_after(connection, self.device, epoch, seq)

    def deliver(self) -> Any:
        """Every letter that waits is taken in; what the last one told."""
        place = taking.place(self.desk, self.region.card.id)
        told = None
        while (content := self.bytes_after(*place)) is not None:
            told = taking.take_in(self.desk, content)
            place = told.place
        return told

    def send(self) -> Any:
        """Everything that may leave goes by file, and the receipts come back."""
        done = sync.export(self.desk, self.folder / "out")
        received = [
            receive.receive(self.region, file.read_bytes(), self.desk.clock.now()) for file in done.files
        ]
        answers = receive.write_answers(
            self.region, received, self.folder / "receipts", self.desk.clock.now()
        )
        for file in answers:
            sync.read_receipt(self.desk, file)
        return received

    def sent(self, letter: str) -> letters.SentLetter:
        """A letter as the region sees it."""
        return looking.sent(self.region, letter=letter)[0]

    def cards(self) -> Any:
        """The cards at the region."""
        return looking.cards(self.region, self.desk.clock.today())


def ref_of(pair: Pair, trainee_id: int) -> str:
    """The mark by which the region knows a trainee."""
    with pair.desk.writing() as unit:
        found = summaries.refs(unit, pair.region.card.body, [trainee_id])[trainee_id]
        unit.commit()
    return found


def paired(desk: Desk, tmp_path: Path, name: str = "pohjanmaa") -> Pair:
    """A region that has enrolled the desk, by files."""
    folder.init(
        tmp_path / name,
        region_id=name,
        name_fi="Pohjanmaan hyvinvointialue",
        name_sv="Österbottens välfärdsområde",
        body=enrolment.DEFAULT_BODY,
    )
    region = folder.open_region(tmp_path / name)
    done = sync.enrol(desk, tmp_path / name / "region.json", tmp_path / "carried")
    device = folder.enrol(region, done.file, desk.clock.now())
    return Pair(desk=desk, region=region, device=device, folder=tmp_path)
