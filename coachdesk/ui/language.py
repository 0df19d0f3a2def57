"""The language of the window, changed while it is open: our words, Qt's own, dates and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale
from PySide6.QtWidgets import QApplication, QWidget

from coachdesk import i18n

if TYPE_CHECKING:
    from PySide6.QtCore import QTranslator
    from PySide6.QtWidgets import QDateTimeEdit

LOCALES = {"fi": "fi_FI", "sv": "sv_FI", "en": "en_GB"}
_installed: list[QTranslator] = []


def begin(language: str) -> None:
    """Speak a language before there is any window; Qt's own words come with ``use_language``."""
    i18n.use_language(language)
    QLocale.setDefault(QLocale(LOCALES.get(language, "en_GB")))


def use_language(app: QApplication, language: str) -> None:
    """Speak another language from now on: each widget gets a LanguageChange and sets its words.

    Locales are set on every living widget, since the default reaches only those born later.
    """
    from PySide6.QtCore import QLibraryInfo, QTranslator

    from coachdesk.ui.qt_words import GapWords

    begin(language)
    locale = QLocale()
    while _installed:
        former = _installed.pop()
        app.removeTranslator(former)
        former.deleteLater()  # its parent lives as long as the program
    for widget in app.allWidgets():
        _follow(widget, locale)
    words = QTranslator()
    if language != "en" and words.load(
        f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ):
        for one in (GapWords(), words):  # the last is asked first; each tells every window of the change
            one.setParent(app)
            app.installTranslator(one)
            _installed.append(one)
    else:
        for window in app.topLevelWidgets():
            app.postEvent(window, QEvent(QEvent.Type.LanguageChange))
    app.sendPostedEvents(None, QEvent.Type.LanguageChange)


def _follow(widget: QWidget, locale: QLocale) -> None:
    if widget.locale() != locale:
        widget.setLocale(locale)
    if widget.inherits("QDateTimeEdit") and not widget.property("own_format"):
        widget.setDisplayFormat(display_format(widget, locale))  # type: ignore[attr-defined, arg-type]


def display_format(widget: QDateTimeEdit, locale: QLocale) -> str:
    """How a date, time or moment is written in the language: 15.12.2026, 9.14."""
    day, time = "d.M.yyyy", "H:mm" if locale.language() == QLocale.Language.English else "H.mm"
    sections = type(widget).__name__
    if sections == "QDateEdit":
        return day
    return time if sections == "QTimeEdit" else f"{day} {time}"
