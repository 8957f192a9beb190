"""Desktops for the tests: one of each kind for all tests, and an app with a home of its own for each."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pytest
from desktop.meter import Meter, app_environment, started
from desktop.session import Desktop, desktop_session, missing_programs
from desktop.stage import Stage

from taximeter.host.memory import Memory, remember
from taximeter.host.paths import find_paths

PLAIN = str.maketrans("[", "-", "]")
Start = Callable[..., Meter]
ASIDE = (1200, 700)
"""Where the mouse is over nothing."""


def _made(tray: str) -> AbstractContextManager[Desktop]:
    missing = missing_programs(tray)
    if missing:
        pytest.skip(f"needs a desktop session: {', '.join(missing)} not installed")
    return desktop_session(tray)


@pytest.fixture(scope="session")
def tint2() -> Iterator[Desktop]:
    """A desktop whose tray takes icons as windows (XEmbed)."""
    with _made("tint2") as desktop:
        yield desktop


@pytest.fixture(scope="session")
def xfce() -> Iterator[Desktop]:
    """A desktop whose tray takes icons over the bus (StatusNotifier), as most do."""
    with _made("xfce") as desktop:
        yield desktop


@pytest.fixture(scope="session")
def no_tray() -> Iterator[Desktop]:
    """A desktop without a tray."""
    with _made("none") as desktop:
        yield desktop


@pytest.fixture(params=["tint2", "xfce"])
def desktop(request: pytest.FixtureRequest) -> Desktop:
    """Each kind of tray in turn."""
    made: Desktop = request.getfixturevalue(request.param)
    return made


@pytest.fixture
def start(private_home: Path, request: pytest.FixtureRequest) -> Iterator[Start]:
    """Starts the app on a desktop, in the test's own home; the welcome is taken as read."""
    remember(find_paths(os.environ, private_home), Memory(first_run_done=True))
    log = private_home / "app.log"
    with ExitStack() as stack:

        def run(desktop: Desktop, *words: str) -> Meter:
            meter = stack.enter_context(started(desktop, app_environment(desktop), log, *words))
            stack.callback(_keep_picture, desktop, request.node.name)
            return meter

        yield run


@pytest.fixture
def stage(no_tray: Desktop, tmp_path: Path) -> Iterator[Stage]:
    """A desktop without a tray on which somebody works."""
    with ExitStack() as stack:
        no_tray.run("xdotool", "mousemove", *map(str, ASIDE))
        yield Stage(no_tray, stack, tmp_path)


def _keep_picture(desktop: Desktop, name: str) -> None:
    """Save what the test ended with into the folder that TAXIMETER_PICTURES names."""
    folder = os.environ.get("TAXIMETER_PICTURES")
    if folder and shutil.which("import"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(OSError):
            desktop.run("import", "-window", "root", str(Path(folder) / f"{name.translate(PLAIN)}.png"))
