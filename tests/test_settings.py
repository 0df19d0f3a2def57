"""Settings of this computer: what is missing is as when new, and the first language is the one asked for."""

import pytest

from coachdesk import settings


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("COACHDESK_HOME", str(tmp_path))
    monkeypatch.delenv("COACHDESK_LANGUAGE", raising=False)


@pytest.mark.parametrize(("asked", "spoken"), [("sv", "sv"), ("fi", "fi"), ("en", "fi"), ("", "fi")])
def test_a_new_computer_speaks_the_language_that_was_asked_for(monkeypatch, asked, spoken):
    monkeypatch.setenv("COACHDESK_LANGUAGE", asked)
    assert settings.load().language == spoken


def test_what_was_chosen_in_the_window_stays(monkeypatch):
    settings.save(settings.Settings(language="fi", text_size=130))
    monkeypatch.setenv("COACHDESK_LANGUAGE", "sv")
    assert settings.load() == settings.Settings(language="fi", text_size=130)


@pytest.mark.parametrize("text", ["", "[]", '{"language": 3}', "[" * 100_000])
def test_what_cannot_be_read_is_as_when_new(tmp_path, text):
    (tmp_path / "settings.json").write_text(text)
    assert settings.load() == settings.Settings()
