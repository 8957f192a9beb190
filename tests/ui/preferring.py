"""A settings window over a real settings file of an installation of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot
from ui.made_up import FIGURES, Record, desk, submit_now

from taximeter.collect.installation import Installation
from taximeter.running.preferences import PreferencesDesk
from taximeter.ui.bridge import Bridge
from taximeter.ui.settings_rows import SettingRow
from taximeter.ui.settings_window import SettingsWindow
from taximeter.ui.signing_in import SignIn

WRITTEN = """# mine, and stays
future = { x = 1 }  # of a later version

[[budget]]
name = "Team"
amount = 100
note = "kept"

[service]
kind = "taximeter"
origin = "https://budget.example.com"
"""


def place_of(home: Path, text: str = WRITTEN) -> Installation:
    """An installation whose settings file holds a text."""
    place = Installation.find({"TAXIMETER_HOME": str(home / "taximeter"), "TZ": "UTC"}, home)
    put(place, text)
    return place


def put(place: Installation, text: str) -> None:
    """Write the settings file, as an editor would."""
    place.paths.config.mkdir(parents=True, exist_ok=True)
    place.paths.settings_file.write_text(text)


def text_of(place: Installation) -> str:
    """What stands in the settings file."""
    return place.paths.settings_file.read_text()


@contextmanager
def opened(
    qtbot: QtBot, place: Installation, record: Record | None = None, sign_in: SignIn | None = None
) -> Iterator[SettingsWindow]:
    """The window over that file, everything read."""
    preferring = PreferencesDesk(place, never, lambda: None, lambda: None)
    shown = replace(desk(record=record), settings=replace(preferring.desk(), submit=submit_now))
    if sign_in is not None:
        shown = replace(shown, sign_in=sign_in)
    bridge = Bridge(submit_now)
    window = SettingsWindow(shown, bridge, FIGURES)
    bridge.setParent(window)
    qtbot.addWidget(window)
    window.show()
    settled(qtbot, window)
    yield window
    preferring.stop()


def never(_job: Callable[..., None]) -> Future[None]:
    """Nobody writes the ledger here."""
    return Future()


def settled(qtbot: QtBot, window: SettingsWindow) -> None:
    """Let what was asked for arrive, and what that asks for."""
    bridge = window.findChild(Bridge)
    assert bridge is not None
    for _ in range(3):
        qtbot.waitUntil(lambda: not bridge.is_waiting and not window._filling.left)


def rows(window: SettingsWindow) -> dict[str, SettingRow]:
    """Every setting of every page, by its key."""
    return {key: row for page in window.pages.values() for key, row in page.lines.items()}
