"""What the app uses while nothing happens, with a large ledger; prints, asserts nothing.

Run: python tests/bench/bench_idle.py [SECONDS] [SESSIONS] [TRAY], on Linux with the programs of the desktop tests.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from measuring import app_on_a_desktop, make_large_ledger, standing, woken

SETTLE_S = 8


def main() -> None:
    """Start, let it come to rest, look twice, print the difference."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    sessions = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    tray = sys.argv[3] if len(sys.argv) > 3 else "tint2"
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / ".claude" / "projects").mkdir(parents=True)
        make_large_ledger(home, sessions)
        with app_on_a_desktop(tray, home) as (_, meter, _icon):
            time.sleep(SETTLE_S)
            before = standing(meter.process.pid)
            time.sleep(seconds)
            after = standing(meter.process.pid)
    cpu = after.cpu_ms - before.cpu_ms
    print(f"idle for {seconds} s: CPU {cpu:.0f} ms ({cpu / seconds / 10:.2f} % of a core), "
          f"{woken(before, after) / seconds:.2f} wake-ups a second, "
          f"{after.written - before.written:,} bytes written")  # fmt: skip
    print(f"resident {after.resident / 2**20:.1f} MiB, its share {after.proportional / 2**20:.1f} MiB")


if __name__ == "__main__":
    main()
