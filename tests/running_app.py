"""The running app without windows on a clock of the test's, connected to a scripted service."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from taximeter.budget import client, errands, poller
from taximeter.budget.client import visit
from taximeter.collect.installation import Installation
from taximeter.compose import run_command
from taximeter.ledger.readmodels import Snapshot
from taximeter.running.app import RunningApp
from taximeter.ui.desk import Desk

TOKEN = "sk-made-up-0123456789"
NOON = 1_795_435_200_000  # 2026-11-23 12:00:00 UTC
MINUTE, HOUR = 60_000, 3_600_000
SOON = 10.0
QUICK, STEP = 0.4, 0.2
"""Seconds in place of the client's 20 and 10, lest each silence takes as long."""


@dataclass(slots=True)
class Meter:
    """An app that runs, and its clock."""

    installation: Installation
    desk: Desk
    time: list[int]
    posted: list[object] = field(default_factory=list)

    def later(self, ms: int) -> None:
        """Let time pass."""
        self.time[0] += ms

    def asked(self) -> Snapshot:
        """Somebody looks: what they see once the service was asked for it."""
        self.desk.freshen()
        end = time.monotonic() + SOON
        while (service := self.desk.snapshot().service) is None or service.polled_at != self.time[0]:
            assert time.monotonic() < end, "the service was not asked"
            time.sleep(0.005)
        return self.desk.snapshot()

    def run(self, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
        """A command's exit status and what it prints, errors too."""
        capsys.readouterr()
        code = run_command(self.installation, list(words))
        told = capsys.readouterr()
        return code, told.out + told.err

    def data(self, capsys: pytest.CaptureFixture[str], *words: str) -> Any:
        """The data that a command prints."""
        code, told = self.run(capsys, *words, "--json")
        assert code == 0, told
        return json.loads(told)


@contextmanager
def running(folder: Path, service: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Meter]:
    """An app whose settings hold ``service``, the lines of a table, and whose token is in its environment."""
    monkeypatch.setattr(client, "STEP_TIMEOUT", STEP)
    for caller in (poller, errands):
        monkeypatch.setattr(caller, "visit", partial(visit, deadline=QUICK))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    moment = [NOON]
    env = {"TAXIMETER_HOME": str(folder), "TZ": "UTC", "TAXIMETER_TOKEN": TOKEN, "XDG_RUNTIME_DIR": str(folder)}
    place = replace(Installation.find(env, folder), now=lambda: moment[0])
    place.paths.settings_file.parent.mkdir(parents=True, exist_ok=True)
    place.paths.settings_file.write_text(f"[service]\n{service}\n", "utf-8")
    desk = RunningApp(place, place.names()).desk()
    meter = Meter(place, desk, moment)
    desk.start(meter.posted.append)
    try:
        yield meter
    finally:
        desk.stop()
