"""Two desks at one region, by the commands: each has its own row, and a withdrawal takes away its own."""

import json

from coachdesk.services import consents
from coachdesk.services.opening import open_desk
from coachdesk.store import consents as kept
from tests.journeys.test_commands import PHRASE, run


def listed(home, region):
    done = run("coachdesk.region", "list", "--region", region, "--json", home=home)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_two_desks_send_to_one_region_and_a_withdrawal_deletes_only_its_own(tmp_path, clock):
    phrase, region = tmp_path / "p.txt", tmp_path / "alue ö"
    phrase.write_text(PHRASE, "utf-8")
    with_phrase = ("--passphrase-file", phrase)
    assert run("coachdesk.region", "init", region, home=tmp_path).returncode == 0

    def carry(desk):
        """Export, receive, read the receipt."""
        out = tmp_path / f"out {desk.name}"
        assert (
            run("coachdesk", "export", "--desk", desk, "--to", out, *with_phrase, home=tmp_path).returncode
            == 0
        )
        letters = sorted(out.glob("*.jwe"))[-1:]
        answers = tmp_path / f"answers {desk.name}"
        words = ("receive", *letters, "--region", region, "--receipts", answers)
        done = run("coachdesk.region", *words, home=tmp_path)
        assert done.returncode == 0, done.stderr
        answer = max(answers.glob("*.jws"), key=lambda file: file.stat().st_mtime_ns)
        done = run("coachdesk", "receipt", answer, "--desk", desk, *with_phrase, home=tmp_path)
        assert done.returncode == 0, done.stderr
        return letters

    desks = tmp_path / "pöytä 1", tmp_path / "pöytä 2"
    for seed, desk in enumerate(desks, 1):
        words = ("demo", "--desk", desk, "--trainees", 6, "--seed", seed, *with_phrase)
        assert run("coachdesk", *words, home=tmp_path).returncode == 0
        words = (
            "enrol",
            region / "region.json",
            "--desk",
            desk,
            "--to",
            tmp_path / desk.name[-1],
            *with_phrase,
        )
        assert run("coachdesk", *words, home=tmp_path).returncode == 0
        (public,) = (tmp_path / desk.name[-1]).iterdir()
        assert run("coachdesk.region", "enrol", public, "--region", region, home=tmp_path).returncode == 0
        carry(desk)
    before = listed(tmp_path, region)
    assert len(before["devices"]) == len({one["device"] for one in before["summaries"]}) == 2

    gone = before["summaries"][0]
    for desk in desks:
        opened = open_desk(desk, passphrase=PHRASE, clock=clock)
        with opened.reading() as unit:
            found = kept.by_uid(unit, [gone["consent"]])
        if found:
            consents.withdraw(opened, found[0].id)
            withdrawing = desk
        opened.close()
    carry(withdrawing)

    after = listed(tmp_path, region)
    assert {one["ref"] for one in before["summaries"]} - {one["ref"] for one in after["summaries"]} == {
        gone["ref"]
    }
    assert [one["consent"] for one in after["withdrawn"]] == [gone["consent"]]
