"""The running app takes up what the company decides as soon as it reads it, without a restart."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from reference_service.store import hashed
from reference_service.trying import Trial, trial
from running_app import HOUR, SOON, TOKEN, Meter, running

from taximeter.collect import live
from taximeter.guard.doorbell import ring
from taximeter.host.paths import socket_path
from taximeter.running import asking
from taximeter.ui.desk import PreferencesChanged

PRICES = '[[rate]]\nmodel = "house-*"\ninput = 1\noutput = 2\n'


@pytest.fixture
def service() -> Iterator[Trial]:
    with trial() as started:
        started.store.database.execute("UPDATE person SET token_hash = ? WHERE id = 'ed'", (hashed(TOKEN),))
        yield started


@pytest.fixture
def meter(service: Trial, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Meter]:
    monkeypatch.setattr(live, "LEASE_RETRY_S", 0.05)
    monkeypatch.setattr(asking, "SETTLE_SECONDS", 0.05)
    with running(tmp_path, f'kind = "taximeter"\norigin = "{service.url}"', monkeypatch) as made:
        yield made


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + SOON
    while not holds():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.01)


def decide(service: Trial, meter: Meter, version: str, **parts: object) -> None:
    """The company decides, and the app's next poll comes."""
    service.order("PUT", "policy", {"version": version, **parts})
    service.time[0] += HOUR
    meter.later(HOUR)
    meter.asked()


def gates_mode(meter: Meter) -> str:
    """How the running app treats launches, as its own door says."""
    told = ring(socket_path(meter.installation.paths), "mode")
    assert told is not None
    return told.body.decode()


def test_a_mode_and_an_offer_of_the_companys_hold_at_once_and_are_lifted_at_once(
    meter: Meter, service: Trial, capsys: pytest.CaptureFixture[str]
) -> None:
    until(lambda: gates_mode(meter) == "ask")
    decide(service, meter, "2", question={"mode": "observe"}, offer={"text": "Ask Ana."})
    until(lambda: gates_mode(meter) == "observe")
    until(lambda: (offer := meter.desk.snapshot().offer) is not None and offer.text == "Ask Ana.")
    assert any(isinstance(one, PreferencesChanged) for one in meter.posted)
    _, told = meter.run(capsys, "guard", "status")
    assert "Set by your company (127.0.0.1): mode." in told
    _, told = meter.run(capsys, "doctor")
    assert "question.mode = observe (127.0.0.1)" in told
    assert "Policy version 2" in told
    decide(service, meter, "3")
    until(lambda: gates_mode(meter) == "ask")
    assert meter.desk.snapshot().offer is None


def test_the_companys_prices_price_the_ledger_without_a_restart(meter: Meter, service: Trial) -> None:
    meter.asked()
    headers = {"Authorization": f"Bearer {service.desk_token}"}
    assert service.client.put(f"{service.url}/-/prices", content=PRICES, headers=headers).is_success
    decide(service, meter, "2", prices={"version": "a", "url": "prices.toml"})

    def priced_by_it() -> bool:
        with meter.installation.reading() as ledger:
            found = ledger.execute("SELECT value FROM meta WHERE name = 'prices'").fetchone()
        return found is not None and "company.toml" in found[0]

    until(priced_by_it)


def test_the_machines_file_holds_as_soon_as_it_is_written(meter: Meter, service: Trial) -> None:
    decide(service, meter, "2")
    until(lambda: gates_mode(meter) == "ask")
    file = meter.installation.paths.machine_settings_file
    file.parent.mkdir(parents=True)
    file.write_text('[company.question]\nmode = "off"\n')
    until(lambda: gates_mode(meter) == "off")
