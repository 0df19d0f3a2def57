"""Numbers to step: whole ones and those with decimals, their text as far from the edge as in other fields."""

from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QSpinBox

INSIDE = 8  # WORKAROUND: Qt keeps no padding of a style sheet left of the text of a spin box


class SpinBox(QSpinBox):
    """A whole number."""

    def __init__(self) -> None:
        super().__init__()
        _keep_off_the_edge(self)


class DecimalBox(QDoubleSpinBox):
    """A number with decimals."""

    def __init__(self) -> None:
        super().__init__()
        _keep_off_the_edge(self)


def _keep_off_the_edge(box: QAbstractSpinBox) -> None:
    box.lineEdit().setTextMargins(INSIDE, 0, 0, 0)
