"""On a real desktop, by keyboard alone: the welcome connects a service, a code lets its owner in, the figures come."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from desktop.conftest import Start
from desktop.session import Desktop, settled, until
from reference_service.trying import Trial, trial

from taximeter.host.memory import Memory, remember
from taximeter.host.paths import find_paths

pytestmark = pytest.mark.desktop
WELCOME, SIGN_IN, SIGNED_IN = "Welcome to Taximeter", "Sign in to .*", "Signed in to .*"

QUESTIONS = 100
"""Pixels that the service's name and what it pays for take at least."""


@pytest.fixture
def service() -> Iterator[Trial]:
    """The reference service by the real clock, since the app has no other."""
    with trial() as started:
        started.store.clock = lambda: time.time_ns() // 1_000_000
        yield started


def calls(service: Trial) -> list[str]:
    found = service.client.get(f"{service.url}/-/calls", headers={"Authorization": f"Bearer {service.desk_token}"})
    return [call["path"] for call in found.json()]


def code(service: Trial) -> str:
    row = service.store.database.execute("SELECT user_code FROM device").fetchone()
    return str(row[0]) if row else ""


def test_a_service_is_connected_and_signed_in_to_by_keyboard(
    start: Start, tint2: Desktop, private_home: Path, service: Trial
) -> None:
    paths = find_paths(os.environ, private_home)
    remember(paths, Memory(first_run_done=False))
    meter = start(tint2)
    small = meter.wait_for(WELCOME)
    meter.press("Tab", "Tab", "Tab")
    tint2.run("xdotool", "type", service.url)
    meter.press("Return")
    until("what answers", lambda: (meter.window(WELCOME) or small).height > small.height + QUESTIONS)
    before = tint2.screen.look()
    meter.press("Tab", "space", "Tab", "space")
    meter.wait_for(SIGN_IN)
    settled(tint2.screen, before)
    assert "/oauth/device_authorization" not in calls(service)
    meter.press("space")
    shown = until("a code", lambda: code(service))
    service.order("POST", f"devices/{shown}", {"person": "ed"})
    meter.wait_for(SIGNED_IN)
    until("the figures", lambda: "/v1/me/budgets" in calls(service))
    assert f'origin = "{service.url}"' in paths.settings_file.read_text("utf-8")
    assert "everything = true" in paths.settings_file.read_text("utf-8")
    # This desktop has no keyring: the token lasts as long as the app, and the next start asks.
    assert (paths.data / "signs-in-at-start").read_text("utf-8").split() == [service.url]
    kept = [file.read_bytes() for file in paths.data.rglob("*") if file.is_file()]
    assert not [content for content in kept if b"access_token" in content or b"refresh_token" in content]
    assert meter.end() == 0
    again = start(tint2)
    again.wait_for(SIGN_IN)
    assert again.end() == 0
