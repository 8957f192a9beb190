"""What is chosen in the settings window reaches the app that runs: its windows, its questions, its ledger."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from taximeter.collect.installation import Installation
from taximeter.running.app import RunningApp
from taximeter.ui.desk import Desk, IconStyle, PreferencesChanged, QuitAsked
from taximeter.ui.settings_desk import Doomed

SOON = 10.0


@pytest.fixture
def posted() -> list[object]:
    return []


@pytest.fixture
def desk(private_home: Path, made: ModuleType, posted: list[object]) -> Iterator[Desk]:
    """An app that runs over a ledger of two projects."""
    env = {"TAXIMETER_HOME": str(private_home / "taximeter"), "TZ": "UTC", "XDG_RUNTIME_DIR": str(private_home / "run")}
    place = Installation.find(env, private_home)
    file = place.keeping().file
    file.parent.mkdir(parents=True)
    moment, one = made.at("2026-11-20T12:00:00"), made.Made
    made.make(file, [one("a", moment), one("b", moment, project="bank")]).close()
    shown = RunningApp(place, place.names()).desk()
    shown.start(posted.append)
    yield shown
    shown.stop()


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + SOON
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_choice_holds_at_once(desk: Desk, posted: list[object]) -> None:
    assert desk.preferences().icon_style is IconStyle.RING
    desk.settings.write({"icon.style": "number", "hide_numbers": True})
    assert any(isinstance(one, PreferencesChanged) for one in posted)
    found = desk.preferences()
    assert (found.icon_style, found.hide_numbers) == (IconStyle.NUMBER, True)


def test_a_change_of_the_file_by_hand_is_noticed(desk: Desk, posted: list[object]) -> None:
    desk.settings.write({"hide_numbers": False})
    wait_until(lambda: bool(desk.settings.kept().sessions))
    posted.clear()
    wait_until(
        lambda: _touched(Path(desk.settings_file)) and any(isinstance(one, PreferencesChanged) for one in posted)
    )
    assert desk.settings.read().settings.week_start == 7


def _touched(file: Path) -> bool:
    """Saves it again, since the watch may begin only after the first time."""
    file.write_text("week_start = 7\n")
    time.sleep(0.1)
    return True


def test_sessions_are_taken_out_by_the_app_that_keeps_the_ledger(desk: Desk) -> None:
    doomed = Doomed("bank")
    assert desk.settings.count_doomed(doomed) == (1, 1)
    desk.settings.submit(lambda: desk.settings.purge(doomed)).result(SOON)
    assert desk.settings.kept().projects == ("shop",)
    assert desk.settings.count_doomed(doomed) == (0, 0)


def test_a_move_asks_the_app_to_end(desk: Desk, posted: list[object], tmp_path: Path) -> None:
    desk.settings.move(str(tmp_path / "new"))
    assert any(isinstance(one, QuitAsked) for one in posted)
