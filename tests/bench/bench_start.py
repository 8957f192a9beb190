"""Times from the start of the process to the icon on the screen, with a large ledger; prints, asserts nothing.

Run: python tests/bench/bench_start.py [RUNS] [SESSIONS] [TRAY], on Linux with the programs of the desktop tests.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from measuring import make_large_ledger, own_environment, spread

if TYPE_CHECKING:
    from desktop.session import Desktop


def main() -> None:
    """Start once to warm up, then start and end the app again and again."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    sessions = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    tray = sys.argv[3] if len(sys.argv) > 3 else "tint2"
    from desktop.session import desktop_session

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        make_large_ledger(home, sessions)
        with desktop_session(tray) as desktop:
            start_to_icon(desktop, home)
            print(spread([start_to_icon(desktop, home) for _ in range(runs)], "ms"))


def start_to_icon(desktop: Desktop, home: Path) -> float:
    """Milliseconds from starting the process to the first change in the panel; the app is ended again."""
    from desktop.meter import app_environment, started
    from desktop.session import PANEL, settled, until

    before = desktop.screen.look(PANEL)
    start = time.perf_counter()
    with started(desktop, app_environment(desktop, own_environment(home)), home / "app.log") as meter:
        while desktop.screen.look(PANEL) == before:
            time.sleep(0.001)
        took = (time.perf_counter() - start) * 1000
        settled(desktop.screen, before)
        meter.end()
        until("the icon gone", lambda: before.difference(desktop.screen.look(PANEL)) is None)
    return took


if __name__ == "__main__":
    main()
