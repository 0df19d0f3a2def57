"""Language, theme and text size: seen at once, kept on this computer."""

from coachdesk.i18n import N_, _
from coachdesk.settings import Settings
from coachdesk.ui.settings.page import Section
from coachdesk.ui.tokens import TEXT_SIZES
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.field import Field
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.segmented import Segmented
from coachdesk.ui.widgets.words import label

LANGUAGES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}


class LookSection(Section):
    """Three rows of buttons."""

    name = N_("Language and look")

    def build(self) -> None:
        card = Card()
        self.tongue = Segmented(tuple(LANGUAGES))
        self.dark = Segmented(("system", "light", "dark"))
        self.text_size = Segmented(tuple(str(size) for size in TEXT_SIZES))
        self.captions: dict[str, Field] = {}
        for name, row in (("language", self.tongue), ("theme", self.dark), ("size", self.text_size)):
            field = Field(row)
            self.captions[name] = field
            card.body.addLayout(row_of(field, None))
        self.note = label("", "secondary", wrap=True)
        card.add(self.note)
        self.body.addWidget(card)
        self.tongue.picked.connect(lambda key: self.shell.change_settings(language=key))
        self.dark.picked.connect(lambda key: self.shell.change_settings(theme=key))
        self.text_size.picked.connect(lambda key: self.shell.change_settings(text_size=int(key)))
        self.shell.settings_changed.connect(self.show_settings)
        self.word(card.set_title, N_("Language and look"))
        self.word(self.captions["language"].set_caption, N_("Language of the screen"))
        self.word(self.captions["theme"].set_caption, N_("Light or dark"))
        self.word(self.captions["size"].set_caption, N_("Text size"))
        self.word(
            self.note.setText,
            N_("A paper is always written in the trainee's own language, whatever the screen's."),
        )
        self.show_settings(self.shell.settings)

    def show_settings(self, settings: Settings) -> None:
        """Show what is chosen."""
        self.tongue.choose(settings.language if settings.language in LANGUAGES else "en")
        self.dark.choose(settings.theme)
        if str(settings.text_size) in self.text_size.buttons:
            self.text_size.choose(str(settings.text_size))

    def retranslate(self) -> None:
        super().retranslate()
        self.tongue.set_words(LANGUAGES)
        self.dark.set_words({"system": _("As the computer"), "light": _("Light"), "dark": _("Dark")})
        self.text_size.set_words({str(size): f"{size}\N{NO-BREAK SPACE}%" for size in TEXT_SIZES})
        for name, row in (("language", self.tongue), ("theme", self.dark), ("size", self.text_size)):
            caption = self.captions[name].caption.text()
            for button in row.buttons.values():
                button.setAccessibleDescription(caption)
