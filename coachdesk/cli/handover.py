"""Trainees handed over between desks: public files, the file that leaves, the answer that comes back."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from coachdesk import i18n
from coachdesk.arguments import folder
from coachdesk.cli.commands import Commands, take_desk, take_place
from coachdesk.cli.terminal import opened, show_lines
from coachdesk.errors import Refused
from coachdesk.i18n import N_, _

if TYPE_CHECKING:
    from pathlib import Path

    from coachdesk.domain.handover import Arrived, OtherDesk
    from coachdesk.services.arriving import Opened
    from coachdesk.services.desk import Desk


_Parser = argparse.ArgumentParser


def add(commands: Commands) -> None:
    """The commands of this door."""
    words = _("hand a trainee over to another desk, or take one over")
    top = commands.add("handover", lambda _asked: 2, words, desk=False)
    acts = top.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)

    def act(name: str, carry_out: object, words: str, file: str = "", to: bool = False) -> _Parser:
        found: _Parser = acts.add_parser(name, help=words, description=words)
        found.set_defaults(carry_out=carry_out)
        take_desk(found, required=True)
        if file:
            found.add_argument("file", type=folder, metavar=_("FILE"), help=file)
        if to:
            take_place(
                found, "--to", _("FOLDER"), _("folder for the files; made where the one it lies in is there")
            )
        return found

    _add_giving(act)
    _add_taking(act)


def _add_giving(act: Callable[..., _Parser]) -> None:
    from coachdesk.domain.handover import GROUNDS

    act("card", write_card, _("write this desk's public file"), to=True)
    words = _("take in the public file of another desk")
    know = act("know", take_card, words, file=_("the other desk's public file"))
    _take_fingerprint(know, required=True)
    act("list", list_both, _("list the desks that are known and the trainees by number"))
    give = act("give", give_trainee, _("write a trainee as a file for another desk"), to=True)
    number = _("the trainee's number, as coachdesk handover list shows it")
    give.add_argument("--trainee", type=int, required=True, metavar=_("NUMBER"), help=number)
    words = _("the other desk: its id or the beginning of it")
    give.add_argument("--for", dest="other", required=True, metavar=_("DESK"), help=words)
    words = _("on what ground: {keys}").format(keys=", ".join(GROUNDS))
    give.add_argument("--ground", choices=tuple(GROUNDS), required=True, help=words)
    words = _("on whose behalf, where there are several: its code")
    give.add_argument("--controller", default="", metavar=_("CODE"), help=words)
    act("answer", read_answer, _("read the other desk's answer"), file=_("the answer"))


def _add_taking(act: Callable[..., _Parser]) -> None:
    from coachdesk.domain.handover import REASONS

    arrived = _("the file from another desk")
    act("look", look_at, _("show what a file from another desk holds"), file=arrived)
    accept = act("accept", accept_file, _("take the trainee over"), file=arrived, to=True)
    _take_fingerprint(accept, required=False)
    words = _("take as somebody new, though somebody is alike")
    accept.add_argument("--new", action="store_true", help=words)
    words = _("where both differ: ours or theirs; else such a file is refused")
    accept.add_argument("--where-both-differ", choices=("ours", "theirs"), help=words)
    refuse = act("refuse", refuse_file, _("refuse the trainee, with a reason"), file=arrived, to=True)
    words = _("why: {keys}").format(keys=", ".join(REASONS))
    refuse.add_argument("--reason", choices=tuple(REASONS), required=True, help=words)
    refuse.add_argument("--words", default="", metavar=_("WORDS"), help=_("the reason in words"))
    act("again", write_again, _("write the answer to a file once more"), file=arrived, to=True)


def _take_fingerprint(found: _Parser, *, required: bool) -> None:
    words = _("the fingerprint that the other desk has read aloud")
    found.add_argument("--fingerprint", metavar=_("FINGERPRINT"), required=required, help=words)


def write_card(asked: argparse.Namespace) -> None:
    """Write this desk's public file."""
    from coachdesk.services import other_desks

    with opened(asked) as desk:
        print(other_desks.write_card(other_desks.give_card(desk), asked.to))
        _show_fingerprint(other_desks.own(desk))


def take_card(asked: argparse.Namespace) -> None:
    """Take in another desk's public file when its fingerprint is the one that was read aloud."""
    from coachdesk.services import other_desks

    with opened(asked) as desk:
        card = other_desks.read_card(asked.file)
        _must_be_alike(other_desks.look_at_card(desk, card), asked.fingerprint)
        found = other_desks.take_in(desk, card)
    print(found.id)


def give_trainee(asked: argparse.Namespace) -> None:
    """Write a trainee as a file for another desk; what leaves is shown first."""
    from coachdesk.services import giving, handing_over, other_desks

    with opened(asked) as desk:
        found = [one for one in other_desks.known(desk) if one.id.startswith(asked.other)]
        if len(found) != 1:
            raise Refused(N_("Read in the public file of the other desk first."))
        controller = asked.controller and f"{asked.controller}:"
        leaving = handing_over.leaving(desk, asked.trainee, controller)
        show_lines([f"{table} {count}" for table, count in leaving.counts.items()])
        done = giving.hand_over(
            desk, asked.trainee, found[0].id, asked.to, ground=asked.ground, controller=controller
        )
    print(done.file)


def list_both(asked: argparse.Namespace) -> None:
    """The desks that are known, and the trainees by number."""
    from coachdesk.services import other_desks, trainees

    with opened(asked) as desk:
        for one in other_desks.known(desk):
            print(f"{one.id}  {one.name(i18n.current().language)}  {one.fingerprint}")
        for row in trainees.listing(desk):
            print(f"{row.trainee_id}  {row.name}")


def look_at(asked: argparse.Namespace) -> None:
    """What a file from another desk holds; nothing is kept."""
    from coachdesk.services import taking_over

    with opened(asked) as desk:
        _show(taking_over.look(desk, _arrived(desk, asked.file)))


def accept_file(asked: argparse.Namespace) -> None:
    """Take the trainee over and write the answer."""
    from coachdesk.domain.comparing import How
    from coachdesk.services import arriving, taking_over

    taking_over.must_carry(asked.to)
    with opened(asked) as desk:
        file = _arrived(desk, asked.file)
        arrived = taking_over.look(desk, file, as_new=asked.new)
        if asked.fingerprint:
            _must_be_alike(arrived.desk, asked.fingerprint)
        both = [value.name for value in arrived.met.values if value.how is How.BOTH]
        chosen = asked.where_both_differ
        done = taking_over.accept(
            desk,
            file,
            arriving.fetch(desk.folder, file),
            onto=arrived.onto,
            mine=both if chosen == "ours" else (),
            theirs=both if chosen == "theirs" else (),
            compared=bool(asked.fingerprint),
        )
    print(taking_over.carry(done, asked.to))


def refuse_file(asked: argparse.Namespace) -> None:
    """Keep nothing and write the answer."""
    from coachdesk.services import taking_over

    taking_over.must_carry(asked.to)
    with opened(asked) as desk:
        file = _arrived(desk, asked.file)
        done = taking_over.refuse(desk, file, reason=asked.reason, words=asked.words)
    print(taking_over.carry(done, asked.to))


def write_again(asked: argparse.Namespace) -> None:
    """Write the answer once more."""
    from coachdesk.services import taking_over

    with opened(asked) as desk:
        uid = _arrived(desk, asked.file).file.uid
        print(taking_over.carry(taking_over.answered(desk, uid), asked.to))


def read_answer(asked: argparse.Namespace) -> None:
    """Read the other desk's answer."""
    from coachdesk.services import handing_over

    with opened(asked) as desk:
        print(handing_over.read_answer(desk, handing_over.fetch_answer(asked.file)).line)


def _arrived(desk: Desk, file: Path) -> Opened:
    from coachdesk.services import other_desks, taking_over

    return taking_over.read(file, other_desks.keys_of(desk), desk.clock.today())


def _show(found: Arrived) -> None:
    words = i18n.current()
    print(words.fill(N_("From {desk}, written {day}"), desk=found.desk.name(words.language), day=found.made))
    _show_fingerprint(found.desk)
    print(found.name)
    show_lines([f"{table} {count}" for table, count in found.met.new.items()])
    for value in found.met.values:
        place = " ".join(value.name.split("\n")).replace("\x1f", " ")
        print(f"{place}: {value.mine or '–'} | {value.theirs or '–'} ({value.how})")


def _show_fingerprint(found: OtherDesk) -> None:
    words = i18n.current()
    print(words.fill(N_("Fingerprint of {name}"), name=found.name(words.language)) + f": {found.fingerprint}")


def _must_be_alike(found: OtherDesk, said: str) -> None:
    if "".join(said.split()).upper() != "".join(found.fingerprint.split()):
        raise Refused(N_("The fingerprint is another one. Ask for the public file once more."))
