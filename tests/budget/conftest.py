"""The made-up ledger of the query tests, for the budgets as well."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> None:
    """Local days are UTC days, as in the ledger's own tests."""
    import time

    monkeypatch.setenv("TZ", "UTC")
    if hasattr(time, "tzset"):
        time.tzset()
