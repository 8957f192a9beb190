"""Compares a later ``taximeter status`` with ``python -c 'import click'`` in paired runs; prints, asserts nothing.

Run: python tests/bench/bench_status.py [RUNS], with the agents' own variables and TAXIMETER_HOME set as for the app.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

APP = Path(__file__).parents[2] / "app"


def run(words: list[str], env: dict[str, str]) -> tuple[float, float]:
    """Wall time and CPU time of one process, ms."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, *words], env=env, stdout=subprocess.DEVNULL, check=False)
    took, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return took * 1000, (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def main() -> None:
    """Warm up, run in pairs, print medians and the ratio."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory() as compiled:
        # Compiled modules are kept, as they are in an installation.
        env = {**os.environ, "PYTHONPATH": str(APP), "PYTHONPYCACHEPREFIX": compiled}
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        click, status = ["-c", "import click"], ["-m", "taximeter", "status"]
        for words in (click, status, status):
            run(words, env)
        pairs = [(run(click, env), run(status, env)) for _ in range(runs)]
    for at, name in enumerate(("wall", "cpu")):
        one = statistics.median(pair[0][at] for pair in pairs)
        other = statistics.median(pair[1][at] for pair in pairs)
        ratio = statistics.median(pair[1][at] / pair[0][at] for pair in pairs)
        print(f"{name}: import click {one:.1f} ms, status {other:.1f} ms, ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
