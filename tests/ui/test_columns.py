from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt

from coachdesk.ui.columns import ColumnModel, collate, column, table_of


@dataclass(frozen=True)
class Row:
    name: str
    days: int


NAMES = ("Öhman", "Åberg", "Zetterberg", "Ängeslevä", "Vuori", "Wirtanen")


@pytest.fixture
def model(qapp):
    found = ColumnModel(
        (
            column("Name", lambda row: row.name, sort=lambda row: collate(row.name)),
            column("Days", lambda row: str(row.days), sort=lambda row: row.days, right=True),
        )
    )
    found.show_rows(Row(name, days) for days, name in enumerate(NAMES))
    return found


def shown(model):
    return [model.index(at, 0).data() for at in range(model.rowCount())]


def test_model_keeps_the_promises_of_qt(model, qtmodeltester):
    qtmodeltester.check(model)


def test_names_are_sorted_with_letters_of_both_languages_last(model):
    model.sort(0)

    assert shown(model) == ["Vuori", "Wirtanen", "Zetterberg", "Åberg", "Ängeslevä", "Öhman"]


def test_order_stays_when_other_rows_are_shown(model):
    model.sort(1, Qt.SortOrder.DescendingOrder)
    model.show_rows([Row("a", 1), Row("b", 3), Row("c", 2)])

    assert shown(model) == ["b", "c", "a"]


def test_filter_keeps_what_is_asked(model):
    model.filter_by(lambda row: row.days < 2)

    assert shown(model) == ["Öhman", "Åberg"]


def test_titles_follow_the_language(model, language):
    language("sv")

    assert model.headerData(0, Qt.Orientation.Horizontal) == "Namn"


def test_changed_row_is_seen_without_reading_all(model):
    model.change_row(0, Row("Öhman-Ås", 9))

    assert shown(model)[0] == "Öhman-Ås"
    assert any(row.days == 9 for row in model.all_rows)


def test_view_is_one_tab_stop_with_fixed_sizes(model, qtbot):
    view = table_of(model)
    qtbot.addWidget(view)

    assert not view.tabKeyNavigation()
    assert view.verticalHeader().sectionResizeMode(0) == view.verticalHeader().ResizeMode.Fixed
