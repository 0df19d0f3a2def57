from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coachdesk.domain.backups import (
    DAILY,
    MONTHLY,
    WEEKLY,
    BackupState,
    is_due,
    kept,
    moment_of,
    name_of,
)
from coachdesk.errors import Trouble

NOW = datetime(2026, 12, 15, 7, 14, 5, tzinfo=UTC)
DESK = "1a2b3c4d" * 4
PAST = st.integers(0, 700 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes))


def test_name_says_the_moment_and_nothing_of_a_person():
    assert name_of(DESK, NOW) == "coachdesk-1a2b3c4d-2026-12-15T071405Z.backup"
    assert name_of(DESK, NOW, 2) == "coachdesk-1a2b3c4d-2026-12-15T071405Z-2.backup"


@given(PAST, st.integers(1, 30))
def test_moment_is_read_back_from_the_name(made, number):
    assert moment_of(name_of(DESK, made, number), DESK) == made.replace(microsecond=0)


def test_other_files_and_other_desks_have_no_moment():
    assert moment_of("muistiinpanot.txt") is None
    assert moment_of(name_of(DESK, NOW), "ffffffff") is None
    assert moment_of(f".{name_of(DESK, NOW)}.half") is None


@given(st.lists(PAST, max_size=80))
def test_at_most_twelve_days_ten_weeks_and_nine_months_stay(made):
    stay = kept(made, NOW)
    assert stay <= set(made)
    assert len(stay) <= DAILY + WEEKLY + MONTHLY
    assert kept(stay, NOW) == stay
    if made:
        assert max(made) in stay


@given(st.lists(PAST, max_size=40), st.lists(PAST, max_size=40))
def test_what_the_wrong_clock_made_stays_and_takes_no_place(made, wrong):
    later = {one + timedelta(days=4000) for one in wrong}
    assert kept([*made, *later], NOW) == kept(made, NOW) | later


@given(st.lists(PAST, min_size=1, max_size=60))
def test_newest_of_each_of_the_last_twelve_days_stays(made):
    days = sorted({one.date() for one in made}, reverse=True)[:DAILY]
    stay = kept(made, NOW)
    assert all(max(one for one in made if one.date() == day) in stay for day in days)


def test_thinned_each_day_for_two_years_three_quarters_of_a_year_lie_there():
    stay: frozenset[datetime] = frozenset()
    for day in range(730):
        now = NOW + timedelta(days=day)
        stay = kept({*stay, now, now - timedelta(hours=3)}, now)
    ages = sorted((now - one).days for one in stay)
    assert len([age for age in ages if age < DAILY]) == DAILY
    assert len([age for age in ages if age < 7 * WEEKLY]) >= WEEKLY
    assert ages[-1] >= 30 * (MONTHLY - 2)


def test_backup_is_due_when_something_changed_at_most_each_half_hour():
    ago = NOW - timedelta(minutes=29)
    assert is_due(True, None, NOW) and not is_due(False, None, NOW)
    assert not is_due(True, ago, NOW)
    assert is_due(True, NOW - timedelta(minutes=30), NOW)


def test_clock_set_back_does_not_put_backups_and_proofs_off():
    ahead = NOW + timedelta(days=3650)
    assert is_due(True, ahead, NOW)
    assert BackupState(proved=ahead).proof_is_due(NOW)


def test_proof_is_due_each_week():
    assert BackupState().proof_is_due(NOW)
    assert not BackupState(proved=NOW - timedelta(days=6)).proof_is_due(NOW)
    assert BackupState(proved=NOW - timedelta(days=7)).proof_is_due(NOW)


def test_backup_that_cannot_be_proved_is_said_loudly():
    fresh = NOW - timedelta(days=1)
    assert BackupState(proved=fresh).alarm(NOW) == ""
    assert BackupState().alarm(NOW) == "warn"
    assert BackupState(proved=NOW - timedelta(days=9)).alarm(NOW) == "warn"
    assert BackupState(proved=NOW - timedelta(days=15)).alarm(NOW) == "danger"
    assert BackupState(proved=fresh, absent=NOW).alarm(NOW) == "warn"
    assert BackupState(proved=fresh, unproved=Trouble("x")).alarm(NOW) == "danger"
    assert BackupState(proved=fresh, trouble=Trouble("x")).alarm(NOW) == "danger"
