"""Another order of the same sessions is not summed anew; another filter, or a changed ledger, is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from taximeter.ledger.queries_sessions import ORDERS, session_page
from taximeter.ledger.readmodels import SessionFilter
from taximeter.ledger.session_lists import SessionLists


@pytest.fixture
def ledger(made: ModuleType, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    requests = [made.Made(f"s{number}", made.at("2026-11-10T10:00:00") + number * made.HOUR, cost=number * 10**9,
                          project=f"p{number % 2}") for number in range(6)]  # fmt: skip
    connection = made.make(tmp_path / "ledger.db", requests)
    yield connection
    connection.close()


def test_every_order_and_page_is_as_it_would_be_by_itself(ledger: sqlite3.Connection) -> None:
    lists = SessionLists()
    for filter in (SessionFilter(), SessionFilter(project="p1"), SessionFilter()):
        for order in ORDERS:
            wanted = SessionFilter(project=filter.project, order=order)
            page = lists.page(ledger, wanted, None, 2)
            assert page == session_page(ledger, wanted, None, 2)
            assert lists.page(ledger, wanted, page.next_key, 2) == session_page(ledger, wanted, page.next_key, 2)


def test_sorting_sums_nothing_until_the_ledger_changes(ledger: sqlite3.Connection) -> None:
    lists, asked = SessionLists(), list[str]()
    ledger.set_trace_callback(asked.append)
    for order in ORDERS:
        lists.page(ledger, SessionFilter(order=order), None, 2)
    assert sum("count(*)" in one for one in asked) == 1
    lists.forget()
    lists.page(ledger, SessionFilter(), None, 2)
    assert sum("count(*)" in one for one in asked) == 2
