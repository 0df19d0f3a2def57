"""Files on the trainee's page: dropped, looked at, matched, opened from memory, removed, brought back."""

from datetime import date

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QImage
from PySide6.QtTest import QTest

from coachdesk.domain.attachment import LookedAt
from coachdesk.errors import Refused, Unreadable
from coachdesk.services import consents, forms, plans
from coachdesk.services.attachments import read_file
from coachdesk.ui.access_log.removed import RemovedDialog
from coachdesk.ui.attachments import looking
from coachdesk.ui.attachments.form import AttachmentForm
from coachdesk.ui.attachments.screen import FilesTab
from coachdesk.ui.attachments.viewer import AttachmentViewer
from coachdesk.ui.paper import pages_of
from coachdesk.ui.plans.sign_form import SignForm
from tests import pictures
from tests.services.test_plans import written

BODY = "wellbeing_area_ostrobothnia"


@pytest.fixture
def person(a_trainee):
    return a_trainee("Lindström", "Göran")


@pytest.fixture
def tab(qtbot, shell, person):
    found = FilesTab(shell)
    qtbot.addWidget(found)
    found.resize(1118, 560)
    found.show()
    found.show_trainee(person.id)
    return found


def put(folder, name, content):
    path = folder / name
    path.write_bytes(content)
    return path


def drop(tab, *paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPoint(5, 5).toPointF(), Qt.DropAction.CopyAction, mime, buttons, keys)
    tab.drop.dropEvent(event)


def form_of(tab):
    found = [form for form in tab.window().findChildren(AttachmentForm) if form.isVisible()]
    return found[-1] if found else None


def keep(form):
    QTest.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def listed(tab):
    return [sheet.attachment.title for sheet in tab.page.sheets]


def as_scan(pdf, folder, name, *, turned=0, kind="JPG", dots=150):
    """The first page as a scanner gives it."""
    from PySide6.QtGui import QTransform

    [page, *_rest] = pages_of(pdf, dots)
    path = folder / name
    assert page.transformed(QTransform().rotate(turned)).save(str(path), kind)
    return path


def test_a_dropped_paper_is_kept_and_shown(tab, shell, person, tmp_path):
    assert tab.none.isVisible()
    drop(tab, put(tmp_path, "Todistus_2026.pdf", pictures.pdf("One", "Two")))
    form = form_of(tab)
    assert form.title.text() == "Todistus 2026" and form.lies.isHidden() and form.told.isHidden()
    form.original_at.setText("Folder 3")
    keep(form)

    assert listed(tab) == ["Todistus 2026"] and not tab.none.isVisible()
    row = [tab.model.index(0, at).data() for at in range(tab.model.columnCount())]
    assert row == [
        "Todistus 2026",
        "",
        "Folder 3",
        "15 Dec 2026".replace(" ", "\u00a0"),
        "PDF, 2 pages, 0.1 MB",
    ]
    shell.undo.undo()
    assert listed(tab) == []
    shell.undo.redo()
    assert listed(tab) == ["Todistus 2026"]


def test_several_dropped_are_asked_about_one_after_another(tab, tmp_path):
    drop(
        tab,
        put(tmp_path, "a.pdf", pictures.pdf("a")),
        put(tmp_path, "b.txt", b"no paper"),
        put(tmp_path, "c.png", pictures.png()),
    )
    assert form_of(tab).title.text() == "a"
    keep(form_of(tab))
    assert form_of(tab).title.text() == "c"
    keep(form_of(tab))

    assert listed(tab) == ["c", "a"] and form_of(tab) is None
    assert "b.txt is not a PDF, JPEG or PNG" in str(tab.shell.notices.problems[-1])


def test_a_name_that_lies_is_told_before_it_is_kept(tab, tmp_path):
    drop(tab, put(tmp_path, "scan.pdf", pictures.png()))

    said = form_of(tab).lies.text
    assert said.startswith("The name of the file says PDF, but by its content it is a PNG picture.")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"%PDF-1.7\nnothing of a paper", "damaged or cut off"),
        ("a.png", pictures.png()[:40] + b"IEND" + bytes(8), "damaged or cut off"),
        ("a.jpg", pictures.jpeg_head(400, 400), "damaged or cut off"),
        ("a.png", pictures.png(says=(50_000, 50_000)), "It was not opened"),
        ("a.pdf", pictures.pdf(size=(14_400, 14_400)), "a size that no paper has"),
        ("a.pdf", pictures.pdf(*("x" * 201)), "has 201 pages"),
        ("a.pdf", pictures.packed_pdf(b" " * 1_000_000, 300), "would take too much to show"),
        ("a.pdf", pictures.packed_pdf(b"0 0 595 842 re f\n", 150_000), "would take too much to show"),
    ],
)
@pytest.mark.qt_log_ignore("imageio", "jpeg", "JPEG", extend=True)
def test_a_damaged_file_and_a_bomb_are_each_told_in_one_sentence(tab, tmp_path, name, content, said):
    drop(tab, put(tmp_path, name, content))

    assert form_of(tab) is None and listed(tab) == []
    assert said in str(tab.shell.notices.problems[-1])


def test_a_picture_hidden_in_a_pdf_is_refused_before_it_is_drawn(tmp_path):
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "bomb.pdf"
    small = put(tmp_path, "small.png", pictures.png(40, 40))
    canvas = Canvas(str(path), pageCompression=0)
    canvas.drawImage(ImageReader(str(small)), 0, 0, 100, 100)
    canvas.save()
    content = (
        path.read_bytes().replace(b"/Height 40", b"/Height 99999").replace(b"/Width 40", b"/Width 99999")
    )
    path.write_bytes(content)

    with pytest.raises((Refused, Unreadable)):
        looking.look(read_file(path))


def a_final_plan(desk, trainee_id):
    version = plans.begin(desk, trainee_id, "activation_plan")
    return plans.finish(desk, written(desk, version).id)


def test_a_scanned_plan_finds_its_version_and_its_signing_is_asked(tab, shell, person, tmp_path):
    paper = forms.plan(shell.desk, a_final_plan(shell.desk, person.id).id)
    drop(tab, as_scan(paper.pdf, tmp_path, "scan0001.jpg", turned=90))

    form = form_of(tab)
    assert "By its code this is plan" in form.told.text and "version 1." in form.told.text
    assert form.fields["code"].isHidden() and form.title.text().endswith(", version 1")
    keep(form)
    assert tab.model.index(0, 1).data().endswith(", version 1")
    assert [form.isVisible() for form in tab.window().findChildren(SignForm)] == [True]


def test_a_paper_of_somebody_else_is_not_taken(tab, shell, a_trainee, tmp_path):
    other = a_trainee("Toinen", "Tove")
    version = a_final_plan(shell.desk, other.id)
    drop(tab, as_scan(forms.plan(shell.desk, version.id).pdf, tmp_path, "scan.png", kind="PNG"))

    assert form_of(tab) is None
    assert "a plan of Tove Toinen. Add the paper on that person's page." in str(shell.notices.problems[-1])


def test_a_scanned_consent_is_matched_and_an_older_one_told(tab, shell, person, tmp_path):
    first = consents.give(
        shell.desk, person.id, recipient=BODY, scopes=("phases",), valid_to=date(2027, 5, 31)
    )
    paper = forms.consent(shell.desk, first)
    consents.change(shell.desk, first.id, valid_to=date(2027, 6, 30))
    drop(tab, put(tmp_path, "consent.pdf", paper.pdf))

    form = form_of(tab)
    assert form.told.text == (
        "By its code this is consent S-0001. It is an older one: consent S-0002 has replaced it."
    )
    keep(form)
    assert tab.model.index(0, 1).data() == "Consent S-0001, replaced"


def test_a_code_typed_from_the_paper_matches_as_well_and_a_wrong_one_is_refused(tab, shell, person, tmp_path):
    consents.give(shell.desk, person.id, recipient=BODY, scopes=("phases",), valid_to=date(2027, 5, 31))
    drop(tab, put(tmp_path, "photo.png", pictures.png()))
    form = form_of(tab)
    form.code.setText("S-0099")
    keep(form)
    assert form.fields["code"].error == "There is no consent S-0099 on this desk."
    form.code.setText("s-0001")
    keep(form)

    assert tab.model.index(0, 1).data() == "Consent S-0001"


def test_what_is_typed_is_a_draft_of_the_same_file(tab, shell, person, tmp_path, type_text):
    path = put(tmp_path, "a.pdf", pictures.pdf("a"))
    drop(tab, path)
    form_of(tab).original_at.setFocus()
    type_text(form_of(tab).original_at, "Kaapissa")
    form_of(tab).reject()
    drop(tab, path)

    form = form_of(tab)
    assert form.draft.offer.isVisibleTo(form)
    form.draft.go_on.click()
    assert form.original_at.text() == "Kaapissa"
    keep(form)


def test_a_kept_file_is_shown_from_memory_and_no_file_is_written(tab, shell, person, tmp_path, monkeypatch):
    drop(tab, put(tmp_path, "a.pdf", pictures.pdf("one", "two")))
    keep(form_of(tab))
    drop(tab, put(tmp_path, "b.png", pictures.png(300, 200)))
    keep(form_of(tab))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}

    tab.table.selectRow(0)
    QTest.keyClick(tab.table, Qt.Key.Key_Return)
    [viewer] = tab.window().findChildren(AttachmentViewer)
    assert viewer.pages is None and viewer.isVisible()
    viewer.reject()
    tab.table.selectRow(1)
    tab.open_chosen()
    viewer = tab.window().findChildren(AttachmentViewer)[-1]
    assert viewer.count.text() == "Page 1 of 2"
    QTest.keyClick(viewer.pages, Qt.Key.Key_PageDown)
    assert viewer.count.text() == "Page 2 of 2"

    now = {path for path in tmp_path.rglob("*") if path.is_file() and path not in before}
    assert {path.name for path in now} <= {"desk.db-wal", "desk.db-shm"}


def test_a_file_that_is_gone_is_told_and_nothing_else_happens(tab, shell, tmp_path):
    drop(tab, put(tmp_path, "a.pdf", pictures.pdf("one")))
    keep(form_of(tab))
    for path in (shell.desk.folder / "files").iterdir():
        path.unlink()
    tab.open_chosen()

    assert "“a” is missing from the desk's folder" in str(shell.notices.problems[-1])
    assert tab.window().findChildren(AttachmentViewer) == []


def test_what_was_removed_is_brought_back_from_the_log(tab, shell, person, tmp_path, qtbot):
    drop(tab, put(tmp_path, "a.pdf", pictures.pdf("one")))
    keep(form_of(tab))
    QTest.keyClick(tab.table, Qt.Key.Key_Delete)
    assert listed(tab) == []
    dialog = RemovedDialog(shell, person.id)
    qtbot.addWidget(dialog)
    dialog.show()
    row = [dialog.model.index(0, at).data().replace("\u00a0", " ") for at in range(4)]
    assert row == ["File", "15 Dec 2026 9:14, a", "15 Dec 2026", "14 Jan 2027"]
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)

    assert dialog.stack.currentIndex() == 1 and not dialog.back_button.isEnabled()
    tab.refresh()
    assert listed(tab) == ["a"]


def test_title_and_paper_stay_in_a_narrow_window(tab):
    shown = {}
    for size in ("narrow", "medium", "wide"):
        tab.fit(size)
        shown[size] = [at for at in range(5) if not tab.table.isColumnHidden(at)]

    assert shown == {"narrow": [0, 1, 3], "medium": [0, 1, 2, 3], "wide": [0, 1, 2, 3, 4]}


def test_a_wide_picture_is_read_small(tmp_path):
    image = QImage(6000, 4000, QImage.Format.Format_Grayscale8)
    image.fill(QColor("white"))
    path = tmp_path / "wide.jpg"
    assert image.save(str(path), "JPG")

    assert looking.look(read_file(path)) == LookedAt(pages=1)
    shown = looking.picture(path.read_bytes(), 2400)
    assert (shown.width(), shown.height()) == (2400, 1600)
