"""The demo on the reference service, on a real desktop: a budget comes, and nothing of the user's is touched."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from desktop.conftest import Start
from desktop.meter import POPOVER, icon_place
from desktop.session import PANEL, Desktop, until
from reference_service.trying import Trial, trial

pytestmark = pytest.mark.desktop


@pytest.fixture
def service() -> Iterator[Trial]:
    """The reference service by the real clock, since the app has no other."""
    with trial() as started:
        started.store.clock = lambda: time.time_ns() // 1_000_000
        yield started


def asked(service: Trial) -> list[str]:
    """The paths that were asked."""
    found = service.client.get(f"{service.url}/-/calls", headers={"Authorization": f"Bearer {service.desk_token}"})
    return [call["path"] for call in found.json()]


@pytest.mark.parametrize("person", ["ed", "mia"])
def test_the_demo_shows_a_persons_budget_and_touches_nothing(
    start: Start, tint2: Desktop, private_home: Path, service: Trial, monkeypatch: pytest.MonkeyPatch, person: str
) -> None:
    monkeypatch.setenv("TAXIMETER_TOKEN", service.tokens[person])
    before = tint2.screen.look(PANEL)
    meter = start(tint2, "demo", "--service", service.url)
    meter.click(*icon_place(tint2, before).middle)
    meter.wait_for(POPOVER)
    until("a poll", lambda: "/v1/me/budgets" in asked(service))
    assert meter.end() == 0
    files = [file for file in private_home.rglob("*") if file.is_file()]
    assert not (private_home / "taximeter" / "data" / "ledger.sqlite3").exists()
    assert all(service.tokens[person].encode() not in file.read_bytes() for file in files)
