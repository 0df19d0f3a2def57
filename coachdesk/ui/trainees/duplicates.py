"""Warning of a possible duplicate: the new person and the known one side by side."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from coachdesk.domain.identity_code import MASKED
from coachdesk.domain.trainee import Likeness, Trainee
from coachdesk.i18n import N_, _, current
from coachdesk.ui.trainees import wording
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.pictures import Picture
from coachdesk.ui.widgets.words import label

BY = {"code": N_("same identity code"), "names": N_("same names"), "birth_date": N_("same day of birth")}
ROWS = (
    ("names", N_("Name")),
    ("former", N_("Former names")),
    ("birth_date", N_("Born")),
    ("code", N_("Identity code")),
    ("municipality", N_("Municipality")),
    ("phone", N_("Phone")),
    ("first_contact", N_("First contact")),
)


def facts(trainee: Trainee) -> dict[str, str]:
    """What is compared of a person; the code only as dots."""
    return {
        "names": trainee.name,
        "former": trainee.former_names,
        "birth_date": current().day(trainee.birth_date),
        "code": MASKED if trainee.personal_identity_code else "",
        "municipality": ""
        if trainee.non_disclosure
        else wording.name_of("municipalities", trainee.municipality),
        "phone": trainee.phone,
        "first_contact": current().day(trainee.first_contact),
    }


class DuplicatePanel(QFrame):
    """Nothing while nobody looks alike; it warns and never blocks."""

    opened = Signal(int)
    join_asked = Signal(int)  # of who is registered already: the two are one person
    SHOWN = 2

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("notice", "warn")
        self.found: tuple[Likeness, ...] = ()
        self.title = label("", "strong", wrap=True)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(12, 8, 12, 8)
        self._box.setSpacing(8)
        top = row_of(Picture("alert-triangle", 20, "warn"), self.title, spacing=10)
        top.setStretch(1, 1)
        self._box.addLayout(top)
        self._tables: list[QWidget] = []
        self.hide()

    def show_found(self, typed: Trainee, found: Iterable[Likeness]) -> None:
        """Show who may be the same person beside what is typed."""
        self.found = tuple(found)
        for table in self._tables:
            table.hide()
            table.deleteLater()
        self._tables = [self._table(typed, like) for like in self.found[: self.SHOWN]]
        for table in self._tables:
            self._box.addWidget(table)
        self.title.setText(_("Perhaps already here. Look before you register."))
        self.setVisible(bool(self.found))

    def _table(self, typed: Trainee, like: Likeness) -> QWidget:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.addWidget(label(", ".join(_(BY[by]) for by in like.alike), "secondary", wrap=True), 0, 0)
        grid.addWidget(label(_("You write"), "label"), 0, 1)
        grid.addWidget(label(_("Already here"), "label"), 0, 2)
        ours, theirs = facts(typed), facts(like.trainee)
        for at, (key, words) in enumerate(ROWS, 1):
            if not (ours[key] or theirs[key]):
                continue
            role = "strong" if key in like.alike else "body"
            grid.addWidget(label(_(words), "secondary"), at, 0)
            grid.addWidget(label(ours[key] or "–", role, wrap=True), at, 1)
            grid.addWidget(label(theirs[key] or "–", role, wrap=True), at, 2)
        open_ = Button(_("Open this one"))
        open_.setAccessibleName(current().fill(N_("Open {name}"), name=like.trainee.name))
        open_.clicked.connect(lambda: self.opened.emit(like.trainee.id))
        grid.addWidget(open_, len(ROWS) + 1, 2, Qt.AlignmentFlag.AlignLeft)
        if typed.id:
            join = Button(_("Compare and join…"))
            join.setAccessibleName(current().fill(N_("Compare and join {name}…"), name=like.trainee.name))
            join.clicked.connect(lambda: self.join_asked.emit(like.trainee.id))
            grid.addWidget(join, len(ROWS) + 1, 1, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        return table
