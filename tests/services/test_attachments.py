"""Attachments over a real desk: kept encrypted, opened in memory, matched, removed, brought back, gone."""

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from coachdesk.clock import FixedClock
from coachdesk.domain.attachment import Attachment, LookedAt
from coachdesk.domain.plan import Signature
from coachdesk.domain.plan_content import check_code
from coachdesk.domain.plan_papers import paper_code
from coachdesk.domain.trainee import Trainee
from coachdesk.errors import Refused, Unreadable
from coachdesk.services import attachments, backups, checks, consents, papers_matched, plans, removed, restore
from coachdesk.services.desk import Desk
from coachdesk.store import access_log
from coachdesk.store import plans as stored
from tests import pictures
from tests.conftest import CHEAP, PASSPHRASE
from tests.services.test_plans import written

SECRET = "VALOKUVATTU LUOTTAMUKSELLINEN PAPERI"


@pytest.fixture
def person(a_trainee: Callable[..., Trainee]) -> Trainee:
    return a_trainee("Lindström", "Göran")


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "scan.pdf"
    path.write_bytes(pictures.pdf(SECRET))
    return path


def keep(desk: Desk, person: Trainee, path: Path, **more: str) -> Attachment:
    more = {"title": "Signed consent"} | more
    return attachments.add(desk, person.id, attachments.read_file(path), LookedAt(pages=1), **more)


def acts(desk: Desk, word: str) -> list[str]:
    with desk.reading() as unit:
        found = unit.connection.exec_driver_sql("SELECT act FROM log ORDER BY seq").scalars()
        return [act for act in found if act.startswith(word)]


def test_a_file_is_kept_encrypted_and_comes_back_as_it_was(desk: Desk, person: Trainee, scan: Path) -> None:
    kept = keep(desk, person, scan, original_at="Folder 3 in the safe")

    inside = (desk.folder / "files" / kept.file).read_bytes()
    assert b"%PDF-1." not in inside and SECRET.encode() not in inside
    assert attachments.open_(desk, kept.id) == scan.read_bytes()
    page = attachments.page(desk, person.id)
    assert [one.attachment for one in page.sheets] == [kept]
    assert (page.sheets[0].coach, page.original_at) == ("Aino Mallikas", "Folder 3 in the safe")
    assert acts(desk, "attachment") == ["attachment.add", "attachment.open"]


def test_two_files_of_one_content_have_other_bytes_on_the_disk(
    desk: Desk, person: Trainee, a_trainee: Callable[..., Trainee], scan: Path
) -> None:
    one, two = keep(desk, person, scan), keep(desk, a_trainee("Toinen"), scan)

    files = desk.folder / "files"
    assert (files / one.file).read_bytes()[12:] != (files / two.file).read_bytes()[12:]


def test_the_same_file_twice_is_refused_by_its_title(desk: Desk, person: Trainee, scan: Path) -> None:
    kept = keep(desk, person, scan)
    with pytest.raises(Refused, match="is here already: “Signed consent”"):
        keep(desk, person, scan)
    attachments.remove(desk, kept.id)
    with pytest.raises(Refused, match="Bring it back from the Log tab"):
        keep(desk, person, scan)

    assert len(list((desk.folder / "files").iterdir())) == 1


def test_a_missing_a_torn_and_a_swapped_file_are_each_told_in_one_sentence(
    desk: Desk, person: Trainee, scan: Path, tmp_path: Path
) -> None:
    kept = keep(desk, person, scan)
    other = tmp_path / "other.png"
    other.write_bytes(pictures.png())
    swapped = keep(desk, person, other, title="Other")
    path = desk.folder / "files" / kept.file
    whole = path.read_bytes()
    assert attachments.verify(desk) == ()

    for content in (whole[:-1], whole[:5], b"", whole[:40] + bytes([whole[40] ^ 1]) + whole[41:]):
        path.write_bytes(content)
        with pytest.raises(Unreadable, match="“Signed consent” is damaged, or another lies in its place"):
            attachments.open_(desk, kept.id)
    shutil.copy(desk.folder / "files" / swapped.file, path)
    with pytest.raises(Unreadable, match="another lies in its place"):
        attachments.open_(desk, kept.id)
    path.unlink()
    with pytest.raises(Unreadable, match="“Signed consent” is missing from the desk's folder"):
        attachments.open_(desk, kept.id)

    found = {step.part: step.found for step in checks.check_desk(desk)}
    assert [str(one) for one in found["Attached files"]] == [str(one) for one in attachments.verify(desk)]
    assert "attachment.open" not in acts(desk, "attachment")


def test_title_and_place_of_the_original_change_and_go_back(desk: Desk, person: Trainee, scan: Path) -> None:
    from dataclasses import replace

    kept = keep(desk, person, scan)
    before = attachments.edit(desk, replace(kept, title="Plan", original_at="Archive, box 7"))
    assert attachments.page(desk, person.id).sheets[0].attachment.original_at == "Archive, box 7"
    attachments.edit(desk, before)

    assert attachments.page(desk, person.id).sheets[0].attachment == kept
    with pytest.raises(Refused, match="Give the file a title"):
        attachments.edit(desk, replace(kept, title="  "))


def test_a_removed_file_is_back_within_30_days_and_gone_with_its_key_after(
    desk: Desk, person: Trainee, scan: Path, clock: FixedClock
) -> None:
    kept = keep(desk, person, scan)
    path = desk.folder / "files" / kept.file
    attachments.remove(desk, kept.id)
    assert attachments.page(desk, person.id).sheets == () and path.exists()

    [sheet] = removed.of_trainee(desk, person.id)
    assert (sheet.removed.kind, sheet.text, sheet.coach) == ("attachment", "Signed consent", "Aino Mallikas")
    removed.bring_back(desk, sheet.removed.id)
    assert attachments.open_(desk, kept.id) == scan.read_bytes()

    attachments.remove(desk, kept.id)
    clock.at += timedelta(days=29, hours=23)
    assert removed.purge(desk) == 0
    clock.at += timedelta(hours=1)
    assert removed.purge(desk) == 1
    assert not path.exists() and removed.of_trainee(desk, person.id) == ()
    with desk.reading() as unit:
        assert unit.connection.exec_driver_sql("SELECT count(*) FROM attachment").scalar() == 0
        assert access_log.verify(unit.connection, desk.log_key).good


def test_a_restored_desk_has_its_attachments(
    desk: Desk, person: Trainee, scan: Path, tmp_path: Path, clock: FixedClock
) -> None:
    kept = keep(desk, person, scan)
    backup = backups.make(desk)
    backups.prove_newest(desk)

    secret = restore.Secret(passphrase=PASSPHRASE)
    done = restore.restore(backup, tmp_path / "elsewhere", secret, clock=clock, floor=CHEAP)
    assert done.lost == 0
    from coachdesk.services.opening import open_desk

    with open_desk(tmp_path / "elsewhere", passphrase=PASSPHRASE, clock=clock, floor=CHEAP) as again:
        assert attachments.open_(again, kept.id) == scan.read_bytes()


def test_an_older_store_put_back_takes_no_file_of_the_newer_one_away(
    desk: Desk, person: Trainee, scan: Path, reopen: Callable[..., Desk], tmp_path: Path
) -> None:
    desk.close()
    older = shutil.copy(desk.folder / "desk.db", tmp_path / "older.db")
    newer = reopen(desk.folder)
    kept = keep(newer, person, scan)
    newer.close()
    stands = shutil.copy(desk.folder / "desk.db", tmp_path / "newer.db")
    shutil.copy(older, desk.folder / "desk.db")  # as a synced folder does, or a hand
    opened = reopen(desk.folder)
    assert any("missing" in str(one) for one in checks.look_through_log(opened))
    opened.let_go()  # the program ends: the head stays as it was
    opened._lock.release()
    shutil.copy(stands, desk.folder / "desk.db")
    assert attachments.open_(reopen(desk.folder), kept.id) == scan.read_bytes()


def test_a_file_without_a_row_is_swept_when_the_desk_is_opened(
    desk: Desk, person: Trainee, scan: Path, reopen: Callable[[Path], Desk]
) -> None:
    kept = keep(desk, person, scan)
    desk.close()
    files = desk.folder / "files"
    (files / ("ab" * 16)).write_bytes(b"left by a kill")
    (files / f".{'cd' * 16}.half").write_bytes(b"half of it")
    (files / "readme.txt").write_text("not ours")

    again = reopen(desk.folder)
    assert sorted(path.name for path in files.iterdir()) == sorted([kept.file, "readme.txt"])
    assert attachments.open_(again, kept.id) == scan.read_bytes()


def test_a_scanned_plan_is_matched_by_its_code_and_an_older_version_told(
    desk: Desk, person: Trainee, a_trainee: Callable[..., Trainee]
) -> None:
    version = plans.begin(desk, person.id, "activation_plan")
    with desk.reading() as unit:
        plan = stored.PLANS.get(unit, version.plan_id)
    code = paper_code(plan.number, version.version, check_code(plan, version))

    found = papers_matched.match(desk, person.id, ["http://example.invalid", code])
    assert found is not None and found.about == f"plan:{plan.id}:1" and not found.older
    assert papers_matched.match(desk, person.id, ["something else"]) is None
    assert papers_matched.match_typed(desk, person.id, f"{plan.number} 1 {code[-8:]}").about == found.about
    other = a_trainee("Toinen", "Tove")
    with pytest.raises(Refused, match=r"a plan of Göran Lindström\. Add the paper on that person's page"):
        papers_matched.match(desk, other.id, [code])


def test_a_paper_of_an_older_version_is_told_when_a_newer_is_signed(desk: Desk, person: Trainee) -> None:
    first = plans.finish(desk, written(desk, plans.begin(desk, person.id, "activation_plan")).id)
    with desk.reading() as unit:
        plan = stored.PLANS.get(unit, first.plan_id)
    signatures = (Signature(role="trainee", name="Göran Lindström", on_day=date(2026, 12, 15)),)
    first = plans.sign(desk, first.id, on=date(2026, 12, 15), signatures=signatures)
    code = paper_code(plan.number, 1, first.check_code)
    found = papers_matched.match(desk, person.id, [code])
    assert found is not None and not found.older

    second = plans.finish(desk, plans.new_version(desk, plan.id).id)
    plans.sign(desk, second.id, on=date(2026, 12, 15), signatures=signatures)
    found = papers_matched.match(desk, person.id, [code])
    assert found is not None and found.older and found.about == f"plan:{plan.id}:1"


def test_a_scanned_consent_is_matched_and_one_that_was_replaced_told(desk: Desk, person: Trainee) -> None:
    first = consents.give(
        desk, person.id, recipient="employment-1", scopes=("phases",), valid_to=date(2027, 5, 31)
    )
    found = papers_matched.match(desk, person.id, [f"CDC1 {first.number}"])
    assert found is not None and found.about == f"consent:{first.id}" and not found.older
    newer = consents.change(desk, first.id, valid_to=date(2027, 6, 30))
    found = papers_matched.match_typed(desk, person.id, first.number.lower())
    assert found.older and found.newer == newer
    with pytest.raises(Refused, match="There is no consent S-9999 on this desk"):
        papers_matched.match_typed(desk, person.id, "S-9999")


def test_a_directory_or_a_missing_file_is_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing.pdf"):
        with pytest.raises(Refused, match="There is no file"):
            attachments.read_file(path)
