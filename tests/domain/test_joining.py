from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coachdesk.domain.consent import Consent, Prohibition, in_force
from coachdesk.domain.joining import doubly_open, first_of_chain, overlapping, settle_consents, valid_plan
from coachdesk.domain.period import Period
from coachdesk.domain.phases import Opening
from coachdesk.domain.plan import Plan

ON = date(2026, 12, 15)
DAYS = st.integers(1, 20).map(lambda ago: ON - timedelta(days=ago))


@st.composite
def consents(draw: st.DrawFn, trainee_id: int) -> tuple[Consent, ...]:
    """A chain of consents to one recipient, each in the place of the one before, some of them withdrawn."""
    days = sorted(draw(st.lists(DAYS, max_size=3)))
    found: list[Consent] = []
    for number, day in enumerate(days, 1):
        ended = draw(st.booleans())
        found.append(
            Consent(
                id=trainee_id * 10 + number,
                trainee_id=trainee_id,
                recipient="kela",
                scopes=("phases",),
                given=day,
                valid_to=draw(st.sampled_from([ON - timedelta(days=1), ON, date(2027, 1, 1)])),
                withdrawn=datetime.combine(day, datetime.min.time(), UTC) if ended else None,
                replaces_id=found[-1].id if found else None,
            )
        )
    return tuple(found)


@given(kept=consents(1), gone=consents(2), barred=st.booleans())
def test_one_consent_stands_at_most_and_only_one_that_stood(
    kept: tuple[Consent, ...], gone: tuple[Consent, ...], barred: bool
) -> None:
    bars = (Prohibition(trainee_id=2, given=ON),) if barred else ()
    stood = {one for one in (in_force(kept, "kela", ON), in_force(gone, "kela", ON)) if one is not None}
    for one in settle_consents(kept, gone, (), bars, ON, UTC):
        ends = {*one.withdrawn, *([one.replaced] if one.replaced else [])}
        assert {one.stands} - {None} <= stood - ends
        assert stood == ends | ({one.stands} - {None})
        if barred:
            assert one.stands is None or one.stands in gone
        if one.stands and one.replaced:
            assert (one.stands.given, one.stands.id) > (one.replaced.given, one.replaced.id)
            first = first_of_chain((*kept, *gone), one.stands)
            assert first.trainee_id == one.stands.trainee_id and first.replaces_id is None


def test_who_said_no_in_one_record_has_said_it_in_both() -> None:
    day = date(2026, 12, 1)
    kept = Consent(id=1, trainee_id=1, recipient="kela", scopes=("phases",), given=day, valid_to=ON)
    gone = replace(kept, id=2, trainee_id=2, withdrawn=datetime(2026, 12, 2, tzinfo=UTC))

    assert settle_consents([kept], [gone], (), (), ON, UTC)[0].withdrawn == (kept,)


def test_periods_that_touch_on_one_day_overlap() -> None:
    def period(begins: int, ends: int) -> Period:
        days = (date(2026, 12, begins), date(2026, 12, ends))
        return Period(trainee_id=1, workshop_id=1, service_kind="x", begins=days[0], ends=days[1])

    assert len(overlapping([period(1, 5)], [period(5, 9), period(6, 9)])) == 1


def test_of_a_phase_open_in_both_the_later_opening_is_closed() -> None:
    early, late = (Opening(id=n, trainee_id=n, phase=1, opened=date(2026, 12, n)) for n in (1, 2))

    assert doubly_open([late], [early]) == (late,)
    assert doubly_open([late], [Opening(trainee_id=2, phase=2, opened=ON)]) == ()


def test_a_plan_that_is_replaced_or_has_run_out_or_is_not_made_is_not_valid() -> None:
    def plan(number: int, **more: object) -> Plan:
        return Plan(id=number, trainee_id=1, kind="x", **more)  # type: ignore[arg-type]

    old, new = plan(1, made=ON), plan(2, made=ON, replaces_id=1)
    over, draft = plan(3, made=ON, valid_to=ON - timedelta(days=1)), plan(4)

    assert valid_plan([old, new, over, draft], ON) == new
    assert valid_plan([over, draft], ON) is None
