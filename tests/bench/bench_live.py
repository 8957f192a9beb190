"""Times from a line that an agent has appended to its figure on the screen; prints, asserts nothing.

Run: python tests/bench/bench_live.py [APPENDS] [SESSIONS] [TRAY], on Linux with the programs of the desktop tests.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

from measuring import app_on_a_desktop, make_large_ledger, spread

PATIENCE_S = 10.0


def main() -> None:
    """Open the popover, append, wait for the large figure to change, print how long each took."""
    appends = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    sessions = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    tray = sys.argv[3] if len(sys.argv) > 3 else "tint2"
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        make_large_ledger(home, sessions)
        print(spread(latencies(home, tray, appends), "ms"))


def latencies(home: Path, tray: str, appends: int) -> list[float]:
    """Milliseconds from the end of each append, on the disk, to other pixels in the figure's place."""
    from desktop.meter import POPOVER
    from desktop.screen import Box
    from desktop.work import append, log_file, reply

    dice = random.Random(1)
    log = log_file(home, "shop", "live")
    append(log, reply("live", 0, "shop"))
    times = []
    with app_on_a_desktop(tray, home) as (desktop, meter, icon):
        meter.click(*icon.middle)
        popover = meter.wait_for(POPOVER)
        desktop.run("xdotool", "mousemove", "900", "700")
        time.sleep(2)
        figure = Box(popover.x + 10, popover.y + 30, popover.width // 2, 30)
        for number in range(1, appends + 1):
            time.sleep(dice.uniform(0.4, 1.4))
            before = desktop.screen.look(figure)
            append(log, reply("live", number, "shop", output=100_000))
            start = time.perf_counter()
            while desktop.screen.look(figure) == before:
                if time.perf_counter() - start > PATIENCE_S:
                    raise SystemExit(f"append {number} did not show within {PATIENCE_S:.0f} s")
                time.sleep(0.001)
            times.append((time.perf_counter() - start) * 1000)
    return times


if __name__ == "__main__":
    main()
