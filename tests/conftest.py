"""What holds for every test: a home of its own, no surprise in the log, nothing left running.

Qt is looked at only in tests that ask for it, so that the others run where Qt does not.
"""

from __future__ import annotations

import gc
import logging
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")

# Windows of tests never show on the person's screen; desktop tests bring a screen of their own.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# What would let a test reach the person's own logs, keyring, screen or service.
PERSONAL = (
    "CLAUDE_CONFIG_DIR", "CODEX_HOME", "COPILOT_HOME", "GEMINI_CLI_HOME", "OPENCODE_DATA_DIR", "QWEN_HOME",
    "TAXIMETER_TOKEN", "XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE",
)  # fmt: skip
SCREEN = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XAUTHORITY")
DESKTOP_PROGRAMS = ("Xvfb", "dbus-daemon", "openbox", "tint2", "xdotool", "import")
GRACE_SECONDS = 3.0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip desktop tests where their programs are missing, and say which."""
    missing = [name for name in DESKTOP_PROGRAMS if shutil.which(name) is None]
    if not missing:
        return
    skip = pytest.mark.skip(reason=f"needs a desktop session: {', '.join(missing)} not installed")
    for item in items:
        if item.get_closest_marker("desktop"):
            item.add_marker(skip)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the checks that failed before the tests, so that the last lines tell all."""
    failed = os.environ.get("TAXIMETER_FAILED_CHECKS")
    if failed:
        terminalreporter.write_line(f"Failed before the tests, see above: {failed}", red=True)


@pytest.fixture(autouse=True)
def private_home(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Give the test a home, settings and a runtime folder of its own, and no screen unless marked desktop."""
    home = tmp_path_factory.mktemp("home")
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    desktop = request.node.get_closest_marker("desktop") is not None
    for name in (*PERSONAL, *(("QT_QPA_PLATFORM",) if desktop else SCREEN)):
        monkeypatch.delenv(name, raising=False)
    folders = {
        "HOME": home, "USERPROFILE": home, "TAXIMETER_HOME": home / "taximeter", "XDG_RUNTIME_DIR": runtime,
        "XDG_CONFIG_HOME": home / ".config", "XDG_DATA_HOME": home / ".local" / "share",
        "XDG_CACHE_HOME": home / ".cache", "XDG_STATE_HOME": home / ".local" / "state",
        "APPDATA": home / "AppData" / "Roaming", "LOCALAPPDATA": home / "AppData" / "Local",
    }  # fmt: skip
    for name, path in folders.items():
        monkeypatch.setenv(name, str(path))
    return home


class _Warnings(logging.Handler):
    """Collects what is logged at WARNING or above, from any thread."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []
        self.allowed: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(f"{record.levelname} {record.name}: {record.getMessage()}")

    def unexpected(self) -> list[str]:
        return [line for line in self.messages if not any(text in line for text in self.allowed)]

    def unseen(self) -> list[str]:
        return [text for text in self.allowed if not any(text in line for line in self.messages)]


@pytest.fixture(autouse=True)
def log_is_quiet() -> Iterator[_Warnings]:
    """Fail the test on a log record at WARNING or above that ``expected_log`` did not announce."""
    handler = _Warnings()
    root = logging.getLogger()
    root.addHandler(handler)
    yield handler
    root.removeHandler(handler)
    assert not handler.unexpected(), "logged, and nobody expected it"
    assert not handler.unseen(), "expected in the log, and never logged"


@pytest.fixture
def expected_log(log_is_quiet: _Warnings) -> Callable[[str], None]:
    """Announce a part of a line ("LEVEL logger: message") that must be logged at WARNING or above."""
    return log_is_quiet.allowed.append


@pytest.fixture(autouse=True)
def nothing_keeps_running(private_home: Path) -> Iterator[None]:
    """Fail the test when a thread that it started outlives it, daemon or not."""
    before = set(threading.enumerate())
    yield
    left = _still_running(before)
    assert not left, f"threads outlived the test: {sorted(thread.name for thread in left)}"


def _still_running(before: set[threading.Thread]) -> list[threading.Thread]:
    """Threads started since that do not end within the grace; Qt's own show up as dummies and are its affair."""
    deadline = time.monotonic() + GRACE_SECONDS
    left = [t for t in threading.enumerate() if t not in before and not isinstance(t, threading._DummyThread)]
    for thread in left:
        thread.join(max(0.0, deadline - time.monotonic()))
    return [thread for thread in left if thread.is_alive()]


@pytest.fixture(autouse=True)
def no_window_is_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """In tests that use Qt, fail when a timer still runs or a top-level widget is left."""
    if "qapp" not in request.fixturenames:
        yield
        return
    from PySide6.QtWidgets import QApplication

    request.getfixturevalue("qapp")
    before = set(QApplication.topLevelWidgets())
    yield
    left = _left_in_qt() - before
    if left:
        gc.collect()
        left = _left_in_qt() - before
    names = sorted(map(repr, left))
    for thing in left:  # one test's leftovers must not fail the next
        thing.deleteLater()
    assert not names, f"left behind in Qt: {names}"


def _left_in_qt() -> set[QObject]:
    """Running timers, and top-level widgets that nobody owns, after what was to be deleted is."""
    from PySide6.QtCore import QCoreApplication, QEvent, QTimer
    from PySide6.QtWidgets import QApplication
    from shiboken6 import isValid

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    timers: set[QObject] = {
        thing for thing in gc.get_objects() if isinstance(thing, QTimer) and isValid(thing) and thing.isActive()
    }
    owned_by_qt = {"QTipLabel"}
    widgets = {
        widget
        for widget in QApplication.topLevelWidgets()
        if widget.parent() is None and widget.metaObject().className() not in owned_by_qt
    }
    return timers | widgets


@pytest.fixture(scope="session")
def made() -> ModuleType:
    """The module that makes small ledgers, for the tests of queries, budgets and commands."""
    import made_ledger

    return made_ledger
