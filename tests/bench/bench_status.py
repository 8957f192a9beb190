"""Compares a later ``taximeter status`` with ``python -c 'import click'`` in paired runs; prints, asserts nothing.

Run: python tests/bench/bench_status.py [RUNS]. It measures a made-up home without and with a company's service
that was read, and the home of TAXIMETER_HOME where that is set (with the agents' own variables as for the app).
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

APP = Path(__file__).parents[2] / "app"
ORIGIN = "https://budget.example.com"
SETTINGS = f'[service]\nkind = "litellm"\norigin = "{ORIGIN}"\neverything = true\n'
NANO, DAY = 10**9, 86_400_000


def run(words: list[str], env: dict[str, str]) -> tuple[float, float]:
    """Wall time and CPU time of one process, ms."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, *words], env=env, stdout=subprocess.DEVNULL, check=False)
    took, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return took * 1000, (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def make(folder: Path, *, service: bool) -> dict[str, str]:
    """A home with a week of made-up work, and a key's, a person's and a team's budget of a service; its variables."""
    from taximeter.budget.contract import Reading
    from taximeter.budget.kept import Kept, row_of
    from taximeter.budget.latest import Known
    from taximeter.collect.demo import demo_readings
    from taximeter.collect.installation import Installation
    from taximeter.collect.writing import writing
    from taximeter.domain.quota import Enforcement, Period, Quota, QuotaKind, Unit
    from taximeter.ledger.services import put_service

    env = {"TAXIMETER_HOME": str(folder), "TZ": "UTC", "HOME": str(folder)}
    place = Installation.find(env, folder)
    now = place.now()
    key = Quota("service:key", "Your key", QuotaKind.LITELLM, Unit.MONEY, "USD", 200 * NANO, 60 * NANO, 0, 0,
                Period(now - 10 * DAY, now + 20 * DAY), now, enforcement=Enforcement.BLOCK, origin=ORIGIN)  # fmt: skip
    quotas = tuple(replace(key, id=f"service:{name}", name=name) for name in ("key", "person", "team"))
    row = row_of(Kept(Known(Reading(quotas, now, max_age=300)), now))
    with writing(place.keeping()) as writer:
        assert writer is not None
        writer.apply(demo_readings(now))
        if service:
            writer.run(lambda ledger: put_service(ledger, ORIGIN, row))
    place.paths.settings_file.parent.mkdir(parents=True, exist_ok=True)
    place.paths.settings_file.write_text(SETTINGS if service else "")
    return env


def measure(name: str, env: dict[str, str], runs: int) -> None:
    """Warm up, run in pairs, print medians and the ratio."""
    click, status = ["-c", "import click"], ["-m", "taximeter", "status"]
    for words in (click, status, status):
        run(words, env)
    pairs = [(run(click, env), run(status, env)) for _ in range(runs)]
    for at, clock in enumerate(("wall", "cpu")):
        one = statistics.median(pair[0][at] for pair in pairs)
        other = statistics.median(pair[1][at] for pair in pairs)
        ratio = statistics.median(pair[1][at] / pair[0][at] for pair in pairs)
        print(f"{name}, {clock}: import click {one:.1f} ms, status {other:.1f} ms, ratio {ratio:.2f}")


def main() -> None:
    """One home after the other."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    sys.path.insert(0, str(APP))
    with tempfile.TemporaryDirectory() as folder:
        # Compiled modules are kept, as they are in an installation.
        base = {**os.environ, "PYTHONPATH": str(APP), "PYTHONPYCACHEPREFIX": f"{folder}/compiled"}
        base.pop("PYTHONDONTWRITEBYTECODE", None)
        for name, service in (("no service", False), ("a service", True)):
            home = Path(folder, name)
            home.mkdir()
            measure(name, base | make(home, service=service), runs)
        if "TAXIMETER_HOME" in os.environ:
            measure("TAXIMETER_HOME", base, runs)


if __name__ == "__main__":
    main()
