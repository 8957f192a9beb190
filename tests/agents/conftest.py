"""A home with logs and a ledger, in UTC."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from agents.metering import Meter, open_meter


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> None:
    """Local days are UTC days."""
    monkeypatch.setenv("TZ", "UTC")
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.fixture
def meter(tmp_path: Path) -> Iterator[Meter]:
    """An empty home and ledger."""
    with open_meter(tmp_path) as opened:
        yield opened
