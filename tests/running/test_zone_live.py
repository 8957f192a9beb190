"""A journey while the app runs: its days begin at the new place's midnight, without a restart."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from desktop.work import append, log_file, reply

from taximeter.collect.installation import Installation
from taximeter.running.app import RunningApp

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a process there has one zone")
SOON = 20.0


@pytest.fixture(autouse=True)
def own_clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as here:
        here.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


def test_days_follow_the_zone(private_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worked = time.time()
    append(log_file(private_home, "shop", "first"), reply("first", 0, "shop"))
    place = Installation.find(os.environ, private_home)
    app = RunningApp(place, place.names())
    desk = app.desk()
    desk.start(lambda _payload: None)
    try:
        for zone in ("UTC", "Pacific/Kiritimati", "Etc/GMT+12"):
            monkeypatch.setenv("TZ", zone)
            end = time.monotonic() + SOON
            day = f"{datetime.fromtimestamp(worked, ZoneInfo(zone)):%Y-%m-%d}"
            while [row.date for row in desk.days(None, None)] != [day]:
                assert time.monotonic() < end, zone
                desk.snapshot()
                time.sleep(0.02)
            assert str(desk.zone) == zone
    finally:
        desk.stop()
