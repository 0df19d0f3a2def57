"""F1 says every key as it stands on the keyboard, in the screen's language."""

from collections.abc import Callable

import pytest

from coachdesk.i18n import words
from coachdesk.ui import navigation
from coachdesk.ui.keyboard import EVERYWHERE, key_words
from coachdesk.ui.screen import Screen
from coachdesk.ui.trainees.page import TABS

SCREENS: list[type[Screen]] = [
    *(place.load() for place in navigation.PLACES),
    *(tab.load() for tab in TABS if tab.module),
]
KEYS = sorted({key for keys in (EVERYWHERE, *(screen.keys for screen in SCREENS)) for key, _what in keys})
ENGLISH = {"Letter", "digit", "letter", "arrows", "Shift", "Space", "Backspace", "Up", "Down", "Left"}


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("key", KEYS)
def test_every_key_is_said_in_the_screens_language(
    key: str, language: str, speak: Callable[..., None]
) -> None:
    speak(language)
    said = key_words(key)
    assert not ENGLISH & set(said.replace("+", " ").replace(",", " ").split()), said
    if " " in key and (written := words(language)._(key)) != key:
        assert said == written


def test_a_key_of_several_words_is_said_whole(speak: Callable[..., None]) -> None:
    speak("sv")
    assert key_words("Letter or digit") == "Bokstav eller siffra"
    speak("fi")
    assert key_words("Letter or digit") == "Kirjain tai numero"
