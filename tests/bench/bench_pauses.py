"""The GUI's pauses during a first index, with two windows open that follow it; prints, asserts nothing.

A timer on the GUI thread beats every 4 ms; a pause is the time between two beats. Run:
python tests/bench/bench_pauses.py [HOME] [--runs N] [--tray TRAY], where HOME holds the agents' logs; 400 MB of
them are made up without it. With TAXIMETER_STACKS set it also prints where the thread was.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from measuring import own_environment, percentile, watched

MADE_MB = 400


def main() -> None:
    """Index anew in each run, print each run's pauses."""
    asked = argparse.ArgumentParser()
    asked.add_argument("home", nargs="?")
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--tray", default="tint2")
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        logs = Path(chosen.home) if chosen.home else made(Path(folder))
        for number in range(chosen.runs):
            show(one_run(logs, Path(folder) / str(number), chosen.tray))


def made(folder: Path) -> Path:
    """Logs of about 400 MB."""
    from desktop.work import make_corpus

    make_corpus(folder / "logs", MADE_MB)
    return folder / "logs"


def one_run(logs: Path, home: Path, tray: str) -> dict[str, object]:
    """What the watched app says of a first index into a ledger in ``home``."""
    from taximeter.host.memory import Memory, remember
    from taximeter.host.paths import find_paths

    home.mkdir()
    remember(find_paths(own_environment(home), home), Memory(first_run_done=True))
    for name in (".claude", ".codex"):
        if (logs / name).is_dir():
            (home / name).symlink_to(logs / name)
    seen: dict[str, object] = watched(tray, home, "pauses")
    return seen


def show(seen: dict[str, object]) -> None:
    """One line a run."""
    gaps = sorted(seen["gaps"], reverse=True) if isinstance(seen["gaps"], list) else []
    over = sum(gap > 50 for gap in gaps)
    worst = ", ".join(f"{gap:.0f}" for gap in gaps[:5])
    print(f"{seen['files']} files in {seen['seconds']:.1f} s: {over} pauses over 50 ms, {len(gaps)} over 20 ms "
          f"(largest {worst or 'none'} ms; 95th percentile of these {percentile(gaps or [0.0], 0.95):.0f} ms); "
          f"windows opening {max(seen['before'] or [0.0]):.0f} ms")  # type: ignore[call-overload] # fmt: skip
    if os.environ.get("TAXIMETER_STACKS"):
        print("\n".join(seen["stacks"]))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
