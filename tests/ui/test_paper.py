import errno

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from reportlab.pdfgen.canvas import Canvas

from coachdesk.errors import DiskFull, Trouble
from coachdesk.ui import viewer
from coachdesk.ui.paper import PaperDialog, page_count, pages_of, print_pdf, write_file


@pytest.fixture(scope="session")
def pdf(tmp_path_factory):
    path = tmp_path_factory.mktemp("paper") / "three.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=1)
    for number in range(3):
        canvas.drawString(72, 700, f"Page {number + 1}")
        canvas.showPage()
    canvas.save()
    return path.read_bytes()


@pytest.fixture
def dialog(shell, pdf, qtbot):
    told = []
    found = PaperDialog(shell, pdf, "Plan", "plan.pdf", printed=lambda: told.append(True))
    found.told = told
    qtbot.addWidget(found)
    found.show()
    return found


def test_pages_are_turned_by_keys_and_buttons(dialog):
    assert dialog.count.text() == "Page 1 of 3"

    QTest.keyClick(dialog.preview, Qt.Key.Key_PageDown)
    assert dialog.count.text() == "Page 2 of 3"
    dialog.following.click()
    assert dialog.count.text() == "Page 3 of 3"
    assert not dialog.following.isEnabled()
    QTest.keyClick(dialog.preview, Qt.Key.Key_Home)
    assert dialog.count.text() == "Page 1 of 3"


def test_page_is_drawn_black_on_white_in_the_dark_too(pdf):
    page = pages_of(pdf, 72)[0]

    assert page.pixelColor(5, 5).name() == "#ffffff"
    assert (page.width(), page.height()) == (595, 842)


def test_printed_pages_have_the_size_of_the_paper(pdf, tmp_path, qapp):
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))

    print_pdf(pdf, printer)

    printed = (tmp_path / "out.pdf").read_bytes()
    assert page_count(printed) == 3
    assert abs(pages_of(printed, 72)[0].width() - 595) <= 2


def test_saved_file_is_whole_and_told_once(dialog, pdf, tmp_path, monkeypatch):
    (tmp_path / "stick").mkdir()
    path = tmp_path / "stick" / "plan.pdf"
    monkeypatch.setattr("coachdesk.ui.paper.QFileDialog.getSaveFileName", lambda *_a: (str(path), ""))

    dialog.to_file()
    dialog.to_file()

    assert path.read_bytes() == pdf
    assert dialog.told == [True]
    assert list(path.parent.iterdir()) == [path]


def test_full_disk_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"old")

    def full(_fd):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(DiskFull):
        write_file(path, b"new")

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(Trouble):
        write_file(tmp_path / "no" / "plan.pdf", b"x")


def test_copy_for_the_viewer_is_for_this_user_only(dialog, monkeypatch, tmp_path):
    opened = []
    monkeypatch.setattr("coachdesk.ui.viewer.QDesktopServices.openUrl", opened.append)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setattr("tempfile.tempdir", None)

    dialog.to_viewer()

    from pathlib import Path

    copy = Path(opened[0].toLocalFile())
    assert copy.stat().st_mode & 0o077 == 0
    assert copy.parent.stat().st_mode & 0o077 == 0

    viewer.wipe()
    assert not copy.parent.exists()


def test_copy_for_the_viewer_lies_in_memory_where_there_is_a_place(dialog, monkeypatch, tmp_path):
    opened = []
    monkeypatch.setattr("coachdesk.ui.viewer.QDesktopServices.openUrl", opened.append)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))

    dialog.to_viewer()

    assert opened[0].toLocalFile().startswith(str(tmp_path / viewer.PREFIX))
    viewer.wipe()
    assert not list(tmp_path.glob(f"{viewer.PREFIX}*"))


def test_paper_that_may_not_be_saved_has_no_way_to_a_file(shell, pdf, qtbot):
    dialog = PaperDialog(shell, pdf, "Sheet", "sheet.pdf", may_save=False)
    qtbot.addWidget(dialog)
    dialog.show()

    assert not dialog.save.isVisible()
    assert not dialog.look.isVisible()
