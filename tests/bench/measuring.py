"""What the benches share: a home that is nobody's, whole processes measured, and figures printed."""

from __future__ import annotations

import json
import math
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "app"), str(ROOT / "tests"), str(ROOT / "tests" / "bench")]

if TYPE_CHECKING:
    from desktop.meter import Meter
    from desktop.screen import Box
    from desktop.session import Desktop

TAXIMETER = (sys.executable, "-m", "taximeter")
TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Spent:
    """What one process took, its own children included: seconds, and bytes at its peak."""

    wall: float
    cpu: float
    peak: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What a running process has used so far, and how large it is now."""

    cpu_ms: float
    wakeups: Mapping[int, int]
    """Voluntary context switches by thread."""
    written: int
    """Bytes sent towards the disk."""
    resident: int
    proportional: int


def own_environment(home: Path) -> dict[str, str]:
    """An environment in which the app finds only what is in ``home``; its compiled modules are kept."""
    runtime = home / "run"
    runtime.mkdir(mode=0o700, exist_ok=True)
    return {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "TZ": "UTC", "PYTHONPATH": str(ROOT / "app"),
            "HOME": str(home), "TAXIMETER_HOME": str(home / "taximeter"), "XDG_RUNTIME_DIR": str(runtime),
            "PYTHONPYCACHEPREFIX": str(home / "compiled")}  # fmt: skip


def measured(command: Sequence[str], env: Mapping[str, str]) -> Spent:
    """Run a command to its end; it must succeed."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with status {process.returncode}")
    return Spent(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)


def standing(process: int) -> Standing:
    """What a process has used, from /proc."""
    folder = Path("/proc", str(process))
    fields = (folder / "stat").read_text().rpartition(")")[2].split()
    wakeups = {int(task.name): _number((task / "status").read_text(), "voluntary_ctxt_switches:")
               for task in (folder / "task").iterdir()}  # fmt: skip
    sizes = (folder / "smaps_rollup").read_text()
    return Standing((int(fields[11]) + int(fields[12])) * TICK_MS, wakeups,
                    _number((folder / "io").read_text(), "write_bytes:"),
                    _number(sizes, "Rss:") * 1024, _number(sizes, "Pss:") * 1024)  # fmt: skip


def woken(before: Standing, after: Standing) -> int:
    """How often the threads that are still there woke up in between."""
    return sum(number - before.wakeups.get(thread, 0) for thread, number in after.wakeups.items())


def _number(text: str, name: str) -> int:
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith(name))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` of all do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share) - 1)]


def spread(values: Sequence[float], unit: str) -> str:
    """Median, 95th percentile and the largest."""
    return (f"median {statistics.median(values):.0f} {unit}, 95th percentile {percentile(values, 0.95):.0f} {unit}, "
            f"largest {max(values):.0f} {unit}, n = {len(values)}")  # fmt: skip


def make_large_ledger(home: Path, sessions: int) -> None:
    """A ledger of that many sessions over ten years in ``home``, brought up to date; says how large it is."""
    from bench_queries import build

    from taximeter.host.memory import Memory, remember
    from taximeter.host.paths import find_paths

    env = own_environment(home)
    remember(find_paths(env, home), Memory(first_run_done=True))
    file = home / "taximeter" / "data" / "ledger.sqlite3"
    build(file, sessions)
    measured([*TAXIMETER, "index"], env)
    print(f"{sessions:,} sessions, {file.stat().st_size / 1e6:.0f} MB")


@contextmanager
def app_on_a_desktop(tray: str, home: Path) -> Iterator[tuple[Desktop, Meter, Box]]:
    """The app on a private desktop, and where its icon is."""
    from desktop.meter import app_environment, icon_place, started
    from desktop.session import PANEL, desktop_session

    with desktop_session(tray) as desktop:
        before = desktop.screen.look(PANEL)
        with started(desktop, app_environment(desktop, own_environment(home)), home / "app.log") as meter:
            yield desktop, meter, icon_place(desktop, before)


def watched(tray: str, home: Path, *words: str) -> Any:
    """What ``watched_app.py``, given these words, says of the app on a private desktop."""
    from desktop.meter import app_environment
    from desktop.session import GO_WITH_US, desktop_session

    with desktop_session(tray) as desktop:
        env = app_environment(desktop, own_environment(home))
        command = [*GO_WITH_US, sys.executable, str(Path(__file__).with_name("watched_app.py")), *words]
        done = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)
