"""Ending in order, once, whatever a stage does; and by the signals of the system."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from functools import partial

from pytestqt.qtbot import QtBot

from taximeter.ui.quitting import EndingSignals, Stages


def test_stages_run_in_order_and_once(qtbot: QtBot) -> None:
    ran: list[str] = []
    stages = Stages(tuple(partial(ran.append, name) for name in "abc"))
    stages.begin()
    stages.begin()
    assert not ran
    qtbot.waitUntil(lambda: ran == ["a", "b", "c"])
    stages.run_rest()
    assert ran == ["a", "b", "c"]


def test_a_stage_that_fails_does_not_stop_the_rest(qtbot: QtBot, expected_log: Callable[[str], None]) -> None:
    expected_log("A stage of ending failed")
    ran: list[str] = []
    stages = Stages((partial(ran.append, "a"), partial(os.unlink, "/nowhere/at/all"), partial(ran.append, "c")))
    stages.begin()
    qtbot.waitUntil(lambda: ran == ["a", "c"])


def test_a_forced_end_runs_what_is_left(qtbot: QtBot) -> None:
    ran: list[str] = []
    stages = Stages((lambda: ran.append("a"), lambda: ran.append("b")))
    stages.run_rest()
    assert ran == ["a", "b"]
    assert stages.begun


def test_sigterm_and_sigint_wake_the_event_loop(qtbot: QtBot) -> None:
    before = signal.getsignal(signal.SIGTERM)
    asked: list[int] = []
    signals = EndingSignals(lambda: asked.append(1))
    for number in (signal.SIGTERM, signal.SIGINT):
        os.kill(os.getpid(), number)
    qtbot.waitUntil(lambda: bool(asked))
    signals.close()
    assert signal.getsignal(signal.SIGTERM) is before
