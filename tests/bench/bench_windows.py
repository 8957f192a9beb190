"""Times from asking for a window to its being painted with all that it shows; prints, asserts nothing.

Run: python tests/bench/bench_windows.py [ROUNDS] [SESSIONS] [TRAY], on Linux with the programs of the desktop tests.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from measuring import make_large_ledger, spread, watched


def main() -> None:
    """Open and close each window again and again; sort and filter the sessions."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    sessions = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    tray = sys.argv[3] if len(sys.argv) > 3 else "tint2"
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / ".claude" / "projects").mkdir(parents=True)
        make_large_ledger(home, sessions)
        for name, times in watched(tray, home, "windows", str(rounds)).items():
            print(f"{name:18} first {times[0]:4.0f} ms, {spread(times[1:] or times, 'ms')}")


if __name__ == "__main__":
    main()
