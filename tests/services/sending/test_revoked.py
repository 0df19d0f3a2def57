"""A desk that the region revoked: it stops, keeps its data and may be enrolled anew."""

import pytest

from coachdesk.errors import NoLine
from coachdesk.services import enrolment_by_code, line, sending, sync
from coachdesk.store import enrolments
from tests.services.sending.wires import NoNetwork, lossy


def test_a_revoked_desk_is_told_stops_and_keeps_its_data(desk, enrolled, give):
    give("Aho", goal="Puutyöt")
    with desk.reading() as unit:
        enrolled.revoke(enrolments.device_of(unit, "pohjanmaa").id)
    (done,) = sending.send(desk)

    assert done.revoked and not done.delivered
    assert line.sheets(desk)[0].line.state == "stopped"
    assert "revoked this desk" in str(line.sheets(desk)[0].problem)
    assert sending.Sender(desk).send() == ()  # nothing is tried by itself any more
    assert [offer.name for offer in sync.review(desk)] == ["Aho, Elli"]


def test_a_revoked_desk_is_enrolled_anew_with_a_new_key_and_sends_all_once_more(desk, enrolled, give):
    give("Aho", goal="Puutyöt")
    sending.send(desk)
    with desk.reading() as unit:
        old = enrolments.device_of(unit, "pohjanmaa").id
    enrolled.revoke(old)
    sending.send(desk)
    enrolment_by_code.enrol(desk, enrolment_by_code.look(desk, enrolled.address), enrolled.code())
    (done,) = sending.send(desk)

    with desk.reading() as unit:
        assert enrolments.device_of(unit, "pohjanmaa").id != old
    assert (done.problem, done.delivered) == (None, 1)
    assert [one["goal"] for one in enrolled.fields][-1] == "Puutyöt"


def revoke(desk, region):
    with desk.reading() as unit:
        region.revoke(enrolments.device_of(unit, "pohjanmaa").id)
    sending.send(desk)


def test_a_try_without_network_does_not_forget_that_the_desk_was_revoked(desk, enrolled, give):
    give("Aho", goal="Puutyöt")
    revoke(desk, enrolled)
    (done,) = sending.Sender(desk, wires=NoNetwork).send(by_hand=True)

    assert done.problem is not None
    assert line.sheets(desk)[0].line.revoked and not line.sheets(desk)[0].line.may_send
    (done,) = sending.send(desk)
    assert done.revoked and line.sheets(desk)[0].line.revoked


def test_a_desk_that_is_the_regions_own_again_goes_on_when_it_is_tried(desk, enrolled, give):
    give("Aho", goal="Puutyöt")
    with desk.reading() as unit:
        device = enrolments.device_of(unit, "pohjanmaa").id
    revoke(desk, enrolled)
    with enrolled.region.writing() as connection:
        connection.exec_driver_sql("UPDATE device SET state = 'enrolled' WHERE id = ?", (device,))
    (done,) = sending.send(desk)

    assert (done.revoked, done.delivered) == (False, 1)
    assert line.sheets(desk)[0].line.state == "online"


def test_a_revoked_desk_asks_again_with_the_same_key_where_the_answer_was_lost(
    desk, enrolled, give, monkeypatch
):
    give("Aho", goal="Puutyöt")
    revoke(desk, enrolled)
    seen, code = enrolment_by_code.look(desk, enrolled.address), enrolled.code()
    with monkeypatch.context() as patched:
        patched.setattr(enrolment_by_code, "Wire", lossy({0}))
        with pytest.raises(NoLine):
            enrolment_by_code.enrol(desk, seen, code)
    enrolment_by_code.enrol(desk, seen, code)
    (done,) = sending.send(desk)

    assert (done.problem, done.delivered) == (None, 1)
    with desk.reading() as unit:
        assert len(enrolments.DEVICES.find(unit)) == 2


def test_new_keys_that_were_revoked_before_they_were_taken_are_made_anew(desk, enrolled, give, monkeypatch):
    give("Aho", goal="Puutyöt")
    revoke(desk, enrolled)
    seen = enrolment_by_code.look(desk, enrolled.address)
    with monkeypatch.context() as patched:
        patched.setattr(enrolment_by_code, "Wire", lossy({0}))
        with pytest.raises(NoLine):
            enrolment_by_code.enrol(desk, seen, enrolled.code())
    with desk.reading() as unit:
        old = enrolments.device_of(unit, "pohjanmaa").id
        (fresh,) = (one.id for one in enrolments.DEVICES.find(unit) if one.id != old)
    enrolled.revoke(fresh)
    code = enrolled.code()
    with pytest.raises(NoLine):
        enrolment_by_code.enrol(desk, seen, code)
    enrolment_by_code.enrol(desk, seen, code)
    assert sending.send(desk)[0].delivered == 1
