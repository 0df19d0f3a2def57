"""The words that Qt says by itself, in the dialogs of files and printing."""

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QTranslator
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QGroupBox, QLabel, QLineEdit, QPlainTextEdit

from coachdesk.ui.qt_words import GAPS

ENGLISH = {"Look", "Files", "type", "binding", "Page", "Set", "Off", "Cancel", "Open", "Print"}


def test_every_word_that_qt_left_out_has_ours(speak):
    speak("fi")

    for context, sources in GAPS.items():
        for source in sources:
            assert QCoreApplication.translate(context, source) != source


def test_what_qt_can_say_it_says(speak):
    speak("sv")
    assert QCoreApplication.translate("QFileDialog", "&Look in:") == "&Titta i:"
    assert QCoreApplication.translate("QLineEdit", "&Undo") == "&Ångra"
    speak("en")
    assert QCoreApplication.translate("QFileDialog", "&Look in:") == "&Look in:"


def english_in(dialog):
    said = {part.text() for part in dialog.findChildren(QLabel) + dialog.findChildren(QAbstractButton)}
    said |= {part.title() for part in dialog.findChildren(QGroupBox)}
    return {text for text in said if ENGLISH & set(text.replace("&", "").strip(":").split())}


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_dialogs_of_qt_hold_no_english(language, speak):
    speak(language)
    printer, files = QPrinter(), QFileDialog()
    files.setOption(QFileDialog.Option.DontUseNativeDialog)
    for dialog in (files, QPrintDialog(printer)):
        dialog.show()
        assert english_in(dialog) == set()
        shiboken6.delete(dialog)  # before the printer, which it uses to its end


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_the_menu_of_a_field_holds_no_english(qtbot, language, kind, speak):
    speak(language)
    field = kind("text")
    qtbot.addWidget(field)

    acts = field.createStandardContextMenu().actions()
    said = {act.text().split("\t")[0].replace("&", "") for act in acts}
    assert "" in said and not said & {"Undo", "Redo", "Cut", "Copy", "Paste", "Delete", "Select All"}


def test_another_language_leaves_no_translator_behind(qapp, speak):
    speak("fi")
    speak("sv")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    kept = len(qapp.findChildren(QTranslator))
    for _time in range(3):
        speak("fi")
        speak("en")
        speak("sv")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(qapp.findChildren(QTranslator)) == kept == 2
