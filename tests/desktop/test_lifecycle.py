"""The app from start to end on a real desktop: one at a time, ended in order, killed in the middle, without a tray."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from desktop.conftest import Start
from desktop.meter import POPOVER, SESSIONS, Meter, app_environment, icon_place
from desktop.session import PANEL, SECONDS, Desktop, until
from desktop.work import append, log_file, make_corpus, reply

from taximeter.ledger.opening import is_made, open_reading

pytestmark = pytest.mark.desktop
CORPUS_MB = 80
KILLED_MB = 120
"""Several transactions of the writer's, of about 10,000 requests each: a middle to be killed in."""
KILLS = 3
WHEN = {"generated_at": "", "as_of": ""}
"""What differs between two reports of the same figures."""


def requests_kept(home: Path) -> int:
    """How many requests the ledger holds, read beside the running app."""
    file = home / "taximeter" / "data" / "ledger.sqlite3"
    if not is_made(file):
        return 0
    with contextlib.closing(open_reading(file)) as connection:
        return int(connection.execute("SELECT count(*) FROM request").fetchone()[0])


def report(env: dict[str, str], *words: str) -> Any:
    """What a command prints as JSON."""
    command = [sys.executable, "-m", "taximeter", *words, "--json"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=True)
    return json.loads(done.stdout)


def reading_child(meter: Meter) -> int:
    """The process that reads a large backlog for the app."""
    return until("the child that reads the backlog", meter.children)[0]


def read_on(child: int, home: Path, wanted: int) -> int:
    """Let the child go on in short steps until the ledger holds ``wanted`` requests; it is left stopped."""
    os.kill(child, signal.SIGSTOP)
    while (kept := requests_kept(home)) < wanted:
        os.kill(child, signal.SIGCONT)
        time.sleep(0.02)
        os.kill(child, signal.SIGSTOP)
        time.sleep(0.02)
    return kept


def has_ended(process: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    return True


def test_a_second_start_raises_the_first_and_ends_well(start: Start, tint2: Desktop) -> None:
    before = tint2.screen.look(PANEL)
    first = start(tint2)
    icon_place(tint2, before)
    assert first.window(POPOVER) is None
    assert start(tint2).process.wait(SECONDS) == 0
    first.wait_for(POPOVER)
    assert first.process.poll() is None


def test_asked_to_end_it_ends_in_order_and_leaves_nothing(start: Start, desktop: Desktop, private_home: Path) -> None:
    append(log_file(private_home, "shop", "first"), reply("first", 0, "shop"))
    before = desktop.screen.look(PANEL)
    meter = start(desktop)
    meter.click(*icon_place(desktop, before).middle)
    meter.wait_for(POPOVER)
    sockets = private_home / "run"
    assert list(sockets.glob("*.sock"))
    assert meter.end() == 0
    assert not list(sockets.glob("*.sock"))


def test_the_popover_opens_in_the_middle_of_a_first_index(start: Start, xfce: Desktop, private_home: Path) -> None:
    whole = make_corpus(private_home, CORPUS_MB)
    before = xfce.screen.look(PANEL)
    meter = start(xfce)
    child = reading_child(meter)
    so_far = read_on(child, private_home, 1)
    try:
        meter.click(*icon_place(xfce, before).middle)
        meter.wait_for(POPOVER)
        until("how far it has come", lambda: "files" in meter.tooltip())
        assert so_far < whole
    finally:
        os.kill(child, signal.SIGCONT)
    until("the whole corpus", lambda: requests_kept(private_home) == whole)
    until("the end of the progress", lambda: "files" not in meter.tooltip())


def test_killed_in_the_middle_of_a_first_index_it_loses_nothing_and_counts_nothing_twice(
    start: Start, tint2: Desktop, private_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", "1")  # stopping the child then cuts its writes short
    whole = make_corpus(private_home, KILLED_MB)
    kept = 0
    for _ in range(KILLS):
        meter = start(tint2)
        child = reading_child(meter)
        kept = read_on(child, private_home, kept + 1)
        os.kill(meter.process.pid, signal.SIGKILL)
        meter.process.wait(SECONDS)
        os.kill(child, signal.SIGCONT)
        until("the child gone", partial(has_ended, child))
        assert requests_kept(private_home) < whole
    start(tint2)
    until("the whole corpus", lambda: requests_kept(private_home) >= whole)
    clean = app_environment(tint2) | {"TAXIMETER_HOME": str(tmp_path)}
    assert report(clean, "index")["changed"]["requests"] == whole
    for words in (("daily", "--since", "all"), ("models", "--since", "all")):
        after_kills, at_once = report(app_environment(tint2), *words), report(clean, *words)
        assert after_kills["totals"]["requests"] == whole
        assert {**after_kills, **WHEN} == {**at_once, **WHEN}


def test_an_agent_that_is_used_for_the_first_time_is_noticed(start: Start, xfce: Desktop, private_home: Path) -> None:
    before = xfce.screen.look(PANEL)
    meter = start(xfce)
    icon_place(xfce, before)
    append(log_file(private_home, "shop", "first"), reply("first", 0, "shop"))
    until("its figure", lambda: "$0.15" in meter.tooltip())


def test_without_a_tray_a_window_comes_up(start: Start, no_tray: Desktop, private_home: Path) -> None:
    append(log_file(private_home, "shop", "first"), reply("first", 0, "shop"))
    meter = start(no_tray)
    meter.wait_for(POPOVER)
    assert meter.end() == 0


def test_the_demo_opens_its_windows_and_touches_nothing(start: Start, desktop: Desktop, private_home: Path) -> None:
    before = desktop.screen.look(PANEL)
    meter = start(desktop, "demo")
    meter.click(*icon_place(desktop, before).middle)
    meter.wait_for(POPOVER)
    meter.press("Escape")
    meter.wait_gone(POPOVER)
    desktop.run("xdotool", "click", "2")
    meter.wait_for(SESSIONS)
    assert meter.end() == 0
    assert not (private_home / "taximeter" / "data" / "ledger.sqlite3").exists()
