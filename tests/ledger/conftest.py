"""A made-up ledger for the tests of the queries."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> None:
    """Local days are UTC days unless a test sets another zone."""
    set_zone(monkeypatch, "UTC")


def set_zone(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Make this process's local time that of a zone."""
    import time

    monkeypatch.setenv("TZ", name)
    if hasattr(time, "tzset"):
        time.tzset()
