"""The made-up ledger of the query tests, for the budgets as well."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def made() -> ModuleType:
    """The module that makes ledgers; tests are found by path, so it cannot be imported by name."""
    spec = importlib.util.spec_from_file_location("made_ledger", Path(__file__).parents[1] / "made_ledger.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["made_ledger"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> None:
    """Local days are UTC days, as in the ledger's own tests."""
    import time

    monkeypatch.setenv("TZ", "UTC")
    if hasattr(time, "tzset"):
        time.tzset()
