"""The app without a screen: its threads alone, until it is told to end."""

from __future__ import annotations

import signal
import sys
import threading
from typing import TYPE_CHECKING

from taximeter.host.journal import keep_journal
from taximeter.running.app import RunningApp
from taximeter.ui import desk as ui

if TYPE_CHECKING:
    from taximeter.collect.installation import Installation


def run_threads(installation: Installation) -> int:
    """Run the threads until SIGINT or SIGTERM, saying what goes wrong on standard error; the exit status."""
    with keep_journal(installation.paths):
        return _run(RunningApp(installation, installation.names()).desk())


def _run(desk: ui.Desk) -> int:
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())

    def told(payload: object) -> None:
        if isinstance(payload, ui.TroubleSeen):
            sys.stderr.write(f"{payload.title}: {payload.detail}\n")
        elif isinstance(payload, ui.QuitAsked):
            ended.set()

    desk.start(told)
    ended.wait()
    desk.stop()
    return 0
