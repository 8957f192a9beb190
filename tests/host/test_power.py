"""Mains or battery, from what Linux lists; what cannot be told is mains."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from taximeter.host.power import on_battery

linux = pytest.mark.skipif(sys.platform != "linux", reason="reads what Linux lists")
MAINS = {"type": "Mains", "online": "1"}
UNPLUGGED = {"type": "Mains", "online": "0"}
USB = {"type": "USB", "online": "1"}
DRAINING = {"type": "Battery", "status": "Discharging", "scope": "System"}
BARE = {"type": "Battery", "status": "Discharging"}
FULL = {"type": "Battery", "status": "Full"}
MOUSE = {"type": "Battery", "status": "Discharging", "scope": "Device"}


@linux
@pytest.mark.parametrize(
    ("supplies", "battery"),
    [([], False), ([MAINS, DRAINING], False), ([UNPLUGGED, DRAINING], True), ([BARE], True), ([MAINS, FULL], False),
     ([UNPLUGGED, FULL], False), ([MOUSE], False), ([USB, BARE], False), ([{}], False)],
)  # fmt: skip
def test_it_runs_on_its_battery_when_that_drains_and_nothing_feeds_it(
    tmp_path: Path, supplies: list[dict[str, str]], battery: bool
) -> None:
    for number, supply in enumerate(supplies):
        folder = tmp_path / f"supply{number}"
        folder.mkdir()
        for name, word in supply.items():
            (folder / name).write_text(f"{word}\n")
    assert on_battery(tmp_path) is battery


@linux
def test_without_the_list_it_is_taken_for_mains(tmp_path: Path) -> None:
    assert not on_battery(tmp_path / "absent")


def test_this_computer_can_be_asked() -> None:
    assert on_battery() in (True, False)
