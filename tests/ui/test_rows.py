"""Tables behind the charts: rows add up, sort, copy, and keep the model's contract with Qt."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from ui.made_up import CHECKOUT, FIGURES, INFRA, RUNS, breakdown_of, changed

from taximeter.domain.usage import Totals
from taximeter.ui.breakdown_rows import model_rows, provenance, run_headers, run_rows, turn_headers, turn_rows
from taximeter.ui.rows import Row, RowsModel, RowsView

PAGE = breakdown_of(CHECKOUT)


def runs_model() -> RowsModel:
    model = RowsModel(run_headers(), 2)
    model.show_rows(run_rows(PAGE, FIGURES))
    return model


def names(model: RowsModel, parent: QModelIndex | None = None) -> list[str]:
    above = parent or QModelIndex()
    return [str(model.index(at, 0, above).data()) for at in range(model.rowCount(above))]


def own_costs(rows: tuple[Row, ...]) -> int:
    return sum(int(row.keys[-1]) + own_costs(row.children) for row in rows if not row.total)


def test_the_model_keeps_qts_contract(qapp: QApplication, qtmodeltester: ModelTester) -> None:
    model = runs_model()
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.sort(7, Qt.SortOrder.DescendingOrder)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_rows_of_runs_add_up_to_the_total() -> None:
    rows = run_rows(PAGE, FIGURES)
    assert own_costs(rows) == CHECKOUT.totals.cost.total
    assert rows[-1].total
    assert rows[-1].texts[-1] == "$17.26"


def test_models_add_up_to_the_total() -> None:
    assert own_costs(model_rows(PAGE, FIGURES)) == CHECKOUT.totals.cost.total


def test_runs_stand_below_the_run_that_started_them() -> None:
    model = runs_model()
    assert names(model) == ["main", "All 9 runs"]
    main = model.index(0, 0, QModelIndex())
    assert names(model, main)[3] == "reviewer, payment client"
    assert names(model, model.index(3, 0, main)) == ["reviewer, timeouts"]


def test_a_lost_parent_or_a_circle_loses_no_run() -> None:
    lost = replace(RUNS[1], parent_id="gone")
    one, two = replace(RUNS[2], id="a", parent_id="b"), replace(RUNS[3], id="b", parent_id="a")
    rows = run_rows(changed(PAGE, runs=(RUNS[0], lost, one, two)), FIGURES)
    shown = [row for row in rows if not row.total]
    assert len(shown) + sum(len(row.children) for row in shown) == 4


def test_sorting_keeps_the_sum_last(qtbot: QtBot) -> None:
    model = runs_model()
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        model.sort(7, order)
        assert names(model)[-1] == "All 9 runs"
    below = model.index(0, 0, QModelIndex())
    costs = [model.index(at, 7, below).data() for at in range(model.rowCount(below))]
    assert costs[0] == "$3.88"
    assert costs[-1] == "$0.30"


def test_the_order_is_kept_when_the_rows_are_read_again() -> None:
    model = runs_model()
    model.sort(7, Qt.SortOrder.DescendingOrder)
    model.show_rows(run_rows(PAGE, FIGURES))
    assert names(model, model.index(0, 0, QModelIndex()))[0] == "reviewer, payment client"


def test_the_table_is_copied_with_headers_and_indents(qtbot: QtBot) -> None:
    view = RowsView(runs_model(), "Agents", tree=True)
    qtbot.addWidget(view)
    view.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("Agent\tModel\tTurns")
    assert lines[1].startswith("main\topus-4-6\t23")
    assert lines[2].startswith("  explore, map retry paths\t")
    assert len(lines) == 1 + len(RUNS) + 1


def test_cells_are_named_for_a_screen_reader() -> None:
    model = runs_model()
    spoken = model.data(model.index(0, 7, QModelIndex()), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Cost: $6.02"


def test_the_dearest_turns_name_their_run() -> None:
    rows = turn_rows(PAGE, FIGURES)
    assert rows[0].texts[:3] == ("main", "opus-4-6", "09:14")
    assert len(rows[0].texts) == len(turn_headers()) == len(rows[0].keys)
    unpriced = turn_rows(changed(PAGE, dearest=(changed(PAGE.dearest[0], cost=None),)), FIGURES)
    assert unpriced[0].texts[-1] == "unpriced"


def test_how_a_figure_was_made_is_said_in_full() -> None:
    infra = provenance(breakdown_of(INFRA), FIGURES)
    assert infra[0] == "14 of 16 turns are priced exactly."
    assert any("no price" in line for line in infra)
    assert infra[-1] == "The amount is at list price. It is not your bill."
    floor = changed(PAGE, session=replace(CHECKOUT, totals=Totals(2, floor_requests=2, estimated_requests=2)))
    assert any("at least" in line for line in provenance(floor, FIGURES))
