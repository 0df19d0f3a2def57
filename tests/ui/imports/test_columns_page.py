"""The columns of a sheet: examples that have no room end in an ellipsis."""

from coachdesk.ui.widgets.cut_label import CutLabel


def test_an_example_without_room_is_cut_with_an_ellipsis(qapp):
    shown = CutLabel("Muu hanke joka on pitkä")
    shown.resize(80, 20)
    shown.show()
    assert shown.text().endswith("…")
    shown.resize(900, 20)
    assert shown.text() == "Muu hanke joka on pitkä"
    shown.hide()
