"""The list of sessions: keyset pages as they are scrolled to, refreshed in place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from ui.made_up import CHECKOUT, DOCS, FIGURES, INFRA, NOW, SESSIONS, page_of

from taximeter.ledger.readmodels import SessionFilter, SessionPage, SessionRow
from taximeter.ui.desk import PageKey
from taximeter.ui.list import RowText, SessionList, row_text

pytestmark = pytest.mark.usefixtures("qapp")


def texts(rows: tuple[SessionRow, ...]) -> tuple[RowText, ...]:
    return tuple(row_text(row, NOW, FIGURES) for row in rows)


def paged(limit: int) -> tuple[SessionList, list[PageKey], SessionPage]:
    asked: list[PageKey] = []
    model = SessionList(asked.append)
    first = page_of(SESSIONS, SessionFilter(), None, limit)
    model.show_first(texts(first.rows), first)
    return model, asked, first


def test_the_model_keeps_qts_contract(qtmodeltester: ModelTester) -> None:
    model, _, _ = paged(3)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_pages_are_read_as_they_are_needed_and_once() -> None:
    model, asked, first = paged(3)
    root = QModelIndex()
    assert model.canFetchMore(root)
    model.fetchMore(root)
    model.fetchMore(root)
    assert asked == [first.next_key]
    rest = page_of(SESSIONS, SessionFilter(), asked[0], 3)
    model.show_more(texts(rest.rows), rest, asked[0])
    assert model.rowCount() == len(SESSIONS)
    assert not model.canFetchMore(root)


def test_a_page_of_another_filter_is_dropped() -> None:
    model, asked, _ = paged(3)
    model.fetchMore(QModelIndex())
    other = page_of(SESSIONS, SessionFilter(agent="codex"), None, 3)
    model.show_first(texts(other.rows), other)
    late = page_of(SESSIONS, SessionFilter(), asked[0], 3)
    model.show_more(texts(late.rows), late, asked[0])
    assert model.rowCount() == 1


def test_the_same_sessions_read_again_cause_no_reset(qtbot: QtBot) -> None:
    model, _, first = paged(5)
    dearer = tuple(replace(row, ended_at=row.ended_at + 1) for row in first.rows)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show_first(texts(dearer), first)


def test_a_new_session_comes_first() -> None:
    model, _, first = paged(5)
    new = replace(DOCS, id="s-new")
    model.show_first(texts((new, *first.rows)), first)
    assert model.row_of("s-new") == 0
    assert model.row_of("nowhere") == -1


def test_a_row_tells_what_the_picture_does() -> None:
    row = row_text(CHECKOUT, NOW, FIGURES)
    assert (row.title, row.branch, row.right) == ("checkout-service", "fix/retry-storm", "$17.26")
    assert row.below == "Claude Code, 09:12, 8 agents"
    assert row_text(INFRA, NOW, FIGURES).right.replace("\N{NO-BREAK SPACE}", " ") == "$2.90 + 38 k unpriced"


def test_a_row_is_named_for_a_screen_reader() -> None:
    model, _, _ = paged(5)
    index = model.index(model.row_of(CHECKOUT.id))
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "checkout-service fix/retry-storm, $17.26"
    assert "8 agents" in str(index.data(Qt.ItemDataRole.AccessibleDescriptionRole))
