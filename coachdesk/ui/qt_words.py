"""Qt's own words that its Finnish catalogue lacks: in the dialogs of files and printing, and spoken ones.

Each stands here as Qt says it, so that our catalogues hold its words.  What Qt itself can say, it says.
"""

from PySide6.QtCore import QTranslator

from coachdesk import i18n
from coachdesk.i18n import N_

GAPS = {
    "QFileDialog": (N_("&Look in:"), N_("Files of &type:")),
    "QAbstractFileIconProvider": (
        N_("File"), N_("Folder"), N_("File Folder"), N_("Drive"), N_("Shortcut"), N_("Unknown"),
    ),
    "QPageSetupWidget": (N_("Pages &per sheet:"), N_("Page &order:")),
    "QPrintSettingsOutput": (
        N_("Page &Set:"), N_("Double Sided Printing"), N_("Off"), N_("Long side binding"),
        N_("Short side binding"),
    ),
    "QCupsJobWidget": (
        N_("Scheduled &printing:"), N_("&Billing information:"), N_("Job &priority:"),
        N_("&Start:"), N_("&End:"),
    ),
    "QPrintPropertiesDialog": (
        N_("Page Setup Conflicts"),
        N_("There are conflicts in page setup options. Do you want to fix them?"),
    ),
    "QPrintDialog": (
        N_("Duplex Settings Conflicts"),
        N_("There are conflicts in duplex settings. Do you want to fix them?"),
    ),
    "QCupsPrinterSupport": (
        N_("Authentication Needed"), N_("Authentication needed to use %1."),
        N_("Authentication needed to use %1 on %2."), N_("Username:"), N_("Password:"),
    ),
    "Print Device Input Slot": (N_("Automatic"),),
    "Print Device Output Bin": (N_("Automatic"),),
    "quiaccessibilityelement": (N_("checked"), N_("unchecked")),
    "QSpiAccessibleBridge": (N_("switch"), N_("notification")),
}  # fmt: skip


class GapWords(QTranslator):
    """Asked after Qt's own catalogue."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        """Our word for one that Qt left out; empty where it is none of them."""
        return i18n.current()._(source) if source in GAPS.get(context, ()) else ""

    def isEmpty(self) -> bool:
        """Never: Qt asks no translator that says so."""
        return False
