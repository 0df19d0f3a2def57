"""The middle of the editor: one kind of item, its words and fields, what the law warns of."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from coachdesk.domain.plan import FINAL, PRINTED, SIGNED, PlanItem, PlanVersion
from coachdesk.domain.plan_content import Asked
from coachdesk.domain.plan_sheet import VersionSheet
from coachdesk.i18n import N_, _, current
from coachdesk.ui import theme
from coachdesk.ui.phrases.field import PhraseField, Writing
from coachdesk.ui.plans.coach_side import CoachSide
from coachdesk.ui.plans.item_form import ItemForm
from coachdesk.ui.plans.items_bar import ItemsBar
from coachdesk.ui.plans.sections import short_name
from coachdesk.ui.plans.words import law
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.layout import column_of, row_of
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.segmented import Segmented
from coachdesk.ui.widgets.words import heading, label

LOCKED = {
    SIGNED: N_("This version is signed and never changes. A new version begins from it."),
    PRINTED: N_("This version is printed for signing. A change begins a new version."),
    FINAL: N_("This version is final. Take it back to a draft to change it."),
}


class WritingPane(QWidget):
    """Shows one item at a time; what is done with it is told by the parts' own signals."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.title, self.section = heading(), label("", "secondary")
        self.language = Segmented(("fi", "sv"))
        self.locked = Notice("neutral", icon="lock")
        self.items = ItemsBar()
        self.form = ItemForm(shell.clock.today())
        self.caution = Notice("warn")
        self.phrases = PhraseField(shell, self.form.text)
        self.side = CoachSide(shell, self.form.text)
        self.form.put_at_text(self.phrases.button, self.side)
        self._trainee_id = 0
        self.writing = True  # False: what is shown is only read, open or not
        self.former, self.following = Button(icon="arrow-left"), Button(kind="primary", key="Ctrl+PgDown")
        head = row_of(column_of(self.title, self.section, spacing=0), None, self.language)
        foot = row_of(self.former, self.following, None)
        whole = column_of(head, self._scrolled(), foot, spacing=6)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _scrolled(self) -> QScrollArea:
        inside = QWidget()
        inside.setProperty("screen", True)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        words = column_of(self.locked, self.items, self.form, self.caution)
        words.setContentsMargins(2, 2, 2, 2)
        words.setStretch(2, 1)
        inside.setLayout(words)  # filled where it stands: moved in full, all in it would be dressed again
        return scroll

    def fit(self, *, wide: bool) -> None:
        """Beside the others it takes their height; else it needs its own."""
        self.setMinimumHeight(0 if wide else theme.px(430))

    def show_version(self, version: PlanVersion, trainee_id: int) -> None:
        """Show the language of a version, and why it cannot be written, where it cannot."""
        self._trainee_id = trainee_id
        self.language.choose(version.language)
        self.language.setVisible(version.open)
        self.locked.setVisible(not version.open)
        self.locked.set_text(_(LOCKED[version.state]) if version.state in LOCKED else "")

    def show_kind(self, one: Asked) -> None:
        """Show a kind of item: its name, its section of the law, what is asked."""
        self.title.setText(short_name(one.code))
        self.section.setText(law(one.section))
        language = current().language
        self.form.ask(str(one.code.more["asks_sv" if language == "sv" else "asks_fi"]))
        self.items.setVisible(one.many)

    def show_item(self, version: PlanVersion, one: Asked, kept: PlanItem, typed: PlanItem | None) -> None:
        """Show an item, with the words typed over it; an empty key is one not yet in the plan."""
        own = bool(one.code.more.get("own_words"))
        self.form.show_item(replace(typed or kept, key=kept.key), one.fields, short=one.many, own_words=own)
        self.form.text_field.set_caption(_caption(version, own_words=own))
        locked = not (version.open and self.writing)
        self.form.set_locked(locked)
        self._show_phrases(version, kept.kind, own_words=own)
        self.items.set_locked(locked)

    def _show_phrases(self, version: PlanVersion, kind: str, *, own_words: bool) -> None:
        """Offer the bank where words are written; the trainee's own words are nobody's phrases."""
        offers = version.open and self.writing and not own_words
        writing = Writing(trainee_id=self._trainee_id, plan_item=kind, language=version.language)
        self.phrases.turn_to(writing if offers else None)
        self.side.show_language("" if own_words else version.language)

    def show_cautions(self, sheet: VersionSheet, kind: str) -> None:
        """Show what is odd beside this kind of item."""
        found = [one.caution for one in sheet.cautions if kind in one.kinds]
        words = [current().fill(one.message, **one.values) for one in found]
        sources = [one.source for one in found if one.source]
        self.caution.set_state("warn", "\n".join([*words, *dict.fromkeys(sources)]))
        self.caution.setVisible(bool(found))

    def retranslate(self) -> None:
        """Set the words that do not change with the plan."""
        self.phrases.retranslate()
        self.former.setText(_("Previous"))
        self.following.setText(_("Next item"))
        self.language.set_words({"fi": "Suomi", "sv": "Svenska"})
        for key, words in (("fi", _("Plan in Finnish")), ("sv", _("Plan in Swedish"))):
            self.language.buttons[key].setAccessibleName(words)


def _caption(version: PlanVersion, *, own_words: bool) -> str:
    if own_words:
        return _("In the trainee's own words")
    return _("Text of the plan in Swedish") if version.language == "sv" else _("Text of the plan in Finnish")
