"""What this program is, its version, and the licences of what it is made of."""

from coachdesk import __version__
from coachdesk.i18n import N_, current
from coachdesk.settings import config_folder, resource_folder
from coachdesk.ui.settings.page import Section
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.words import label

PARTS = (
    ("Qt for Python (PySide6)", "LGPL-3.0"),
    ("SQLCipher", "BSD-3-Clause"),
    ("SQLAlchemy, Alembic", "MIT"),
    ("cryptography", "Apache-2.0 / BSD-3-Clause"),
    ("rfc8785, tzdata", "Apache-2.0"),
    ("joserfc", "BSD-3-Clause"),
    ("ReportLab", "BSD-3-Clause"),
    ("pypdfium2 (PDFium)", "Apache-2.0 / BSD-3-Clause"),
    ("Babel", "BSD-3-Clause"),
    ("python-stdnum", "LGPL-2.1+"),
    ("openpyxl, zxcvbn, jsonschema-rs, holidays, platformdirs", "MIT"),
    ("segno", "BSD-3-Clause"),
    ("Noto Sans", "OFL-1.1"),
    ("Tabler Icons", "MIT"),
)


class AboutSection(Section):
    """Read only."""

    name = N_("About and licences")

    def build(self) -> None:
        card, parts = Card("CoachDesk"), Card()
        self.version, self.licence = label(), label("", wrap=True)
        self.log = label("", "secondary", wrap=True)
        for part in (self.version, self.licence, self.log):
            card.add(part)
        for name, licence in PARTS:
            parts.add(label(f"{name}  ·  {licence}", wrap=True))
        self.body.addWidget(card)
        self.body.addWidget(parts)
        self.word(parts.set_title, N_("Made with"))
        self.word(self.licence.setText, N_("Free software under the European Union Public Licence 1.2."))

    def retranslate(self) -> None:
        super().retranslate()
        self.version.setText(current().fill(N_("Version {version}"), version=__version__))
        words = N_("Errors are written in {file}; licence texts lie in {folder}.")
        self.log.setText(current().fill(words, file=config_folder() / "errors.log", folder=resource_folder()))
