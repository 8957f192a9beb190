"""Trays as they are: what hosts on the bus are told, and hosts of either kind that come late, die and come back."""

from __future__ import annotations

import os
import signal
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from desktop.conftest import Start
from desktop.meter import POPOVER, SESSIONS, Meter, app_environment, icon_place
from desktop.session import (
    NEEDED,
    PANEL,
    SECONDS,
    WATCHER,
    Desktop,
    group,
    missing_programs,
    owned,
    running,
    tray_host,
    until,
)
from desktop.tray_item import made_host, the_item
from desktop.work import append, log_file, reply

from taximeter.host.paths import find_paths
from taximeter.host.settings import BudgetSetting
from taximeter.host.settings_edit import put_budget

pytestmark = pytest.mark.desktop
STEPS = 20
"""A reply of the tests' agent costs 15 cents: of a budget of $3 one step of the ring."""


def set_budget(home: Path) -> None:
    budget = BudgetSetting("day", "Daily budget", Decimal(3), "USD", "day")
    put_budget(find_paths(os.environ, home), budget)


def kill(host: object) -> None:
    """As a crash would, with the programs that draw for it."""
    for one in group(host.pid):  # type: ignore[attr-defined]
        os.kill(one, signal.SIGKILL)
    host.wait()  # type: ignore[attr-defined]


def test_hosts_on_the_bus_are_told_what_the_icon_is(start: Start, no_tray: Desktop, private_home: Path) -> None:
    append(log_file(private_home, "shop", "first"), reply("first", 0, "shop"))
    with made_host(no_tray):
        meter = start(no_tray)
        item = the_item(no_tray)
        assert (item.get("Category"), item.get("Status")) == ("ApplicationStatus", "Active")
        sizes = {width for width, _, _ in item.get("IconPixmap")}
        assert sizes >= {16, 22, 24, 32, 48, 64}
        until("the tooltip", lambda: "$0.15" in meter.tooltip())
        assert "$0.15" in " ".join(item.menu())


def test_an_activation_opens_and_closes_the_popover_and_the_menu_does_what_it_says(
    start: Start, no_tray: Desktop, private_home: Path
) -> None:
    append(log_file(private_home, "shop", "first"), reply("first", 0, "shop"))
    with made_host(no_tray):
        meter = start(no_tray)
        item = the_item(no_tray)
        no_tray.run("xdotool", "mousemove", "1264", "15")
        item.activate(1264, 15)
        popover = meter.wait_for(POPOVER)
        assert popover.x + popover.width <= 1280
        assert popover.y < 60
        item.activate(1264, 15)
        meter.wait_gone(POPOVER)
        item.choose("Sessions")
        meter.wait_for(SESSIONS)
        item.choose("Quit Taximeter")
        assert meter.process.wait(SECONDS) == 0


def test_the_icon_changes_with_each_step_of_the_ledger_and_not_between(
    start: Start, no_tray: Desktop, private_home: Path
) -> None:
    set_budget(private_home)
    log = log_file(private_home, "shop", "first")
    append(log, reply("first", 0, "shop"))
    with made_host(no_tray):
        meter = start(no_tray)
        item = the_item(no_tray)
        until("what is left", lambda: "$2.85" in meter.tooltip())
        seen = [item.picture()]
        for number in range(1, STEPS):
            append(log, reply("first", number, "shop"))
            left = f"${3 - 0.15 * (number + 1):.2f}" if number < STEPS - 1 else "Used up"
            until(f"{left} left", lambda: left in meter.tooltip())  # noqa: B023 - waited for within the turn
            seen.append(item.picture())
        steps = [one for one, before in zip(seen[1:], seen, strict=False) if one != before]
        assert len(set(steps)) == len(steps) >= 10  # the last ones have the shape of what is low
        before = item.picture()
        append(log, reply("last", 1, "shop", output=10))
        assert item.get("Status") == "Active"
        assert item.picture() == before


def test_a_host_on_the_bus_that_dies_and_comes_back_has_the_icon_again(start: Start, no_tray: Desktop) -> None:
    with made_host(no_tray):
        meter = start(no_tray)
        first = the_item(no_tray)
    with made_host(no_tray) as registered:
        until("the icon registered anew", lambda: registered)
        assert the_item(no_tray) == first
        assert meter.process.poll() is None


@pytest.mark.parametrize("tray", ["tint2", "xfce"])
def test_a_real_host_that_is_killed_and_comes_back_shows_the_icon_again(
    start: Start, no_tray: Desktop, tray: str
) -> None:
    _skip_without(tray)
    bare = no_tray.screen.look(PANEL)
    with tray_host(no_tray, tray) as host:
        before = no_tray.screen.look(PANEL)
        meter = start(no_tray)
        icon_place(no_tray, before)
        kill(host)
        until("the panel gone", lambda: bare.difference(no_tray.screen.look(PANEL)) is None)
    with tray_host(no_tray, tray):
        _click_finds_the_popover(meter, no_tray)


@pytest.mark.parametrize("tray", ["tint2", "xfce"])
def test_a_host_that_comes_after_the_app_shows_the_icon(start: Start, no_tray: Desktop, tray: str) -> None:
    _skip_without(tray)
    meter = start(no_tray)
    meter.wait_for(POPOVER)  # the window that comes up where there is no tray
    with tray_host(no_tray, tray):
        meter.press("Escape")
        meter.wait_gone(POPOVER)
        _click_finds_the_popover(meter, no_tray)


def test_under_wayland_a_host_that_comes_late_finds_the_icon(no_tray: Desktop, tmp_path: Path) -> None:
    program, log = Path(__file__).with_name("late_icon.py"), tmp_path / "icon.log"
    env = app_environment(no_tray, os.environ)
    with running([sys.executable, str(program)], env, log) as process:
        until("its connection to the bus", lambda: "QDBusTrayIcon" in log.read_text())  # which found nobody
        assert process.poll() is None
        assert not owned(no_tray, WATCHER)
        for _ in range(2):
            with made_host(no_tray):
                assert the_item(no_tray).get("Status") == "Active"


def _click_finds_the_popover(meter: Meter, desktop: Desktop) -> None:
    """The icon stands at one end of the panel: on the left in tint2, on the right in the other."""

    def opened() -> bool:
        for x in (14, 1266):
            meter.click(x, 15)
            desktop.run("sleep", "0.3")
            if meter.window(POPOVER) is not None:
                return True
        return False

    until("the popover behind the icon", opened)


def _skip_without(tray: str) -> None:
    if missing_programs(tray):
        pytest.skip(f"needs {', '.join(NEEDED[tray])}")
