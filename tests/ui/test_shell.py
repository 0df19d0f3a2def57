"""What every screen reaches."""

from coachdesk.settings import Settings
from coachdesk.ui.jobs import InlineJobs
from coachdesk.ui.notices import Recorder
from coachdesk.ui.shell import Shell


def test_settings_that_cannot_be_kept_are_told_and_hold_for_now(desk, clock):
    def refuse(_settings: Settings) -> None:
        raise OSError(28, "No space left on device")

    recorder = Recorder()
    shell = Shell(desk=desk, jobs=InlineJobs(recorder), notices=recorder, clock=clock, save_settings=refuse)
    heard = []
    shell.settings_changed.connect(heard.append)
    shell.change_settings(text_size=130)

    assert shell.settings.text_size == 130 and heard == [shell.settings]
    [problem] = recorder.problems
    assert "could not be kept" in str(problem)
