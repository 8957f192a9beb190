"""An episode on a real desktop, with a real notification daemon: told once, its button pressed, and not told again."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from desktop.conftest import Start
from desktop.screen import Box
from desktop.session import Desktop, running, until
from desktop.work import append, log_file, reply

from taximeter.host.paths import find_paths

pytestmark = pytest.mark.desktop
NAME = "org.freedesktop.Notifications"
BUBBLE = "xfce4-notifyd"
BUDGET = '[[budget]]\nname = "Month"\namount = "{}"\ncurrency = "USD"\n'
UNDER_THE_TEXT = 30
"""Pixels from a bubble's lower edge to the middle of its buttons."""


def daemon() -> Path | None:
    """Xfce's, whose buttons can be pressed; it lies outside the search path."""
    return next(iter(sorted(Path("/usr/lib").glob("*/xfce4/notifyd/xfce4-notifyd"))), None)


@pytest.fixture
def told_desktop(no_tray: Desktop, tmp_path: Path) -> Iterator[Desktop]:
    program = daemon()
    if program is None:
        pytest.skip("xfce4-notifyd is not installed")
    with ExitStack() as stack:
        stack.enter_context(running([str(program)], no_tray.env, tmp_path / "notifyd.log"))
        until("the notification server", lambda: _answers(no_tray))
        yield no_tray


def _answers(desktop: Desktop) -> bool:
    from jeepney.bus_messages import message_bus
    from jeepney.io.blocking import open_dbus_connection

    with open_dbus_connection(desktop.env["DBUS_SESSION_BUS_ADDRESS"]) as connection:
        return bool(connection.send_and_get_reply(message_bus.NameHasOwner(NAME), timeout=10).body[0])


def bubble(desktop: Desktop) -> Box | None:
    """Where the bubble is; None when there is none."""
    number = desktop.run("xdotool", "search", "--onlyvisible", "--class", BUBBLE).strip().partition("\n")[0]
    words = desktop.run("xdotool", "getwindowgeometry", "--shell", number) if number else ""
    shape = dict(line.split("=") for line in words.split())
    return Box(*(int(shape[key]) for key in ("X", "Y", "WIDTH", "HEIGHT"))) if int(shape.get("HEIGHT", 0)) > 1 else None


def test_a_budget_that_is_used_up_is_told_and_can_be_put_off(
    told_desktop: Desktop, start: Start, private_home: Path
) -> None:
    paths = find_paths(os.environ, private_home)
    paths.settings_file.parent.mkdir(parents=True, exist_ok=True)
    paths.settings_file.write_text(BUDGET.format("1000"), encoding="utf-8")
    append(log_file(private_home, "shop", "s1"), reply("s1", 1, "shop"))
    meter = start(told_desktop)

    def told() -> dict[str, object]:
        file = paths.data / "told.json"
        quotas = json.loads(file.read_bytes())["quotas"] if file.exists() else []
        return quotas[0] if quotas else {}

    until("the first look", told)
    paths.settings_file.write_text(BUDGET.format("0.01"), encoding="utf-8")
    box = until("the bubble", lambda: bubble(told_desktop))
    meter.click(box.x + box.width // 2, box.y + box.height - UNDER_THE_TEXT)
    until("the snooze", lambda: told().get("snoozed"))
    until("no bubble", lambda: bubble(told_desktop) is None)
    assert told()["level"] == 3
    assert meter.end() == 0
