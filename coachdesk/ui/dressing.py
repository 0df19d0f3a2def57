"""How the whole application looks and speaks: its style sheet, its picture and Qt's own words."""

from PySide6.QtWidgets import QApplication

from coachdesk.settings import Settings
from coachdesk.ui import icons, theme
from coachdesk.ui.language import begin, use_language


class Dressing:
    """The look by the settings: first what the door needs, the rest after its first paint."""

    def __init__(self, application: QApplication, settings: Settings) -> None:
        self._application, self._settings = application, settings
        self._whole = False
        theme.apply(application, settings, door=True)
        begin(settings.language)

    def complete(self) -> None:
        """What the unlock window does without is made after its first paint.

        That is the rest of the style sheet, the computer's own wish of contrast, Qt's own words and the
        program's picture.
        """
        if not self._whole:
            self._whole = True
            theme.apply(self._application, self._settings)
            use_language(self._application, self._settings.language)
            self._application.setWindowIcon(icons.icon("briefcase", 32, "primary"))

    def follow(self, settings: Settings) -> None:
        """Look and speak by other settings."""
        if settings.language != self._settings.language:
            use_language(self._application, settings.language)
        self._settings = settings
        self.renew()

    def renew(self) -> None:
        """Look anew where the computer's own wish or the settings differ from what is shown."""
        wanted = (
            "dark" if theme.wants_dark(self._application, self._settings) else "light",
            self._settings.text_size / 100,
        )
        if wanted != theme.look() or not theme.is_dressed():
            theme.apply(self._application, self._settings)
