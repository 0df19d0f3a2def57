"""Our reading of a compiled catalogue gives what the standard library gives, message by message."""

import gettext

import pytest

from coachdesk.catalogue import Catalogue, English
from coachdesk.i18n import DOMAIN, catalogue_folder

LANGUAGE = pytest.mark.parametrize("language", ["fi", "sv"])


@LANGUAGE
def test_every_message_is_read_as_gettext_reads_it(language):
    path = catalogue_folder() / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    theirs = gettext.translation(DOMAIN, catalogue_folder(), [language])
    ours = Catalogue.read(path)

    for key in theirs._catalog:
        one = key if isinstance(key, str) else key[0]
        context, mark, message = one.rpartition("\x04")
        if mark:
            assert ours.pgettext(context, message) == theirs.pgettext(context, message)
        elif isinstance(key, str):
            assert ours.gettext(message) == theirs.gettext(message)
        for count in (0, 1, 2, 5, 21) if not isinstance(key, str) else ():
            assert ours.ngettext(message, "many", count) == theirs.ngettext(message, "many", count)
    ids = {key if isinstance(key, str) else key[0] for key in theirs._catalog}
    assert set(ours.ids()) == {key.rpartition("\x04")[2] for key in ids} - {""}


@LANGUAGE
def test_unknown_message_part_of_one_and_plural_alone_are_given_back(language):
    ours = Catalogue.read(catalogue_folder() / language / "LC_MESSAGES" / f"{DOMAIN}.mo")
    plural = "Try again in {seconds} seconds."  # stands in the file only behind its singular

    assert ours.gettext("No such message") == "No such message"
    assert ours.gettext("assphrase") == "assphrase"
    assert ours.gettext(plural) == plural
    assert ours.ngettext("one thing", "many things", 1) == "one thing"
    assert ours.ngettext("one thing", "many things", 2) == "many things"
    assert ours.pgettext("nowhere", "Passphrase") == "Passphrase"


def test_english_says_what_it_is_asked():
    assert English().gettext("Open") == "Open"
    assert English().ngettext("one", "many", 3) == "many"


def test_another_file_is_refused():
    with pytest.raises(ValueError, match="catalogue"):
        Catalogue(bytes(40))
