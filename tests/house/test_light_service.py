"""A quick command stays quick with a company's service: what its poller needs is not loaded to show its figures."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from taximeter.budget.contract import Failure, Fault, Reading
from taximeter.budget.kept import Kept, row_of
from taximeter.budget.latest import Known
from taximeter.collect.demo import demo_readings
from taximeter.collect.installation import Installation
from taximeter.collect.writing import writing
from taximeter.domain.quota import Period, Quota, QuotaKind, Unit
from taximeter.ledger.services import put_service

APP = Path(__file__).parents[2] / "app"
ORIGIN = "https://budget.example.com"
DAY = 86_400_000
HEAVY = {"msgspec", "httpx", "logging", "taximeter.budget.contract", "taximeter.domain.launch", "taximeter.host.policy"}
CODE = (
    "import atexit, runpy, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); "
    "sys.argv[0] = 'taximeter'; runpy.run_module('taximeter', run_name='__main__')"
)


@pytest.mark.parametrize("failure", [None, Failure(Fault.TIMED_OUT, "It took too long.")], ids=["well", "failing"])
@pytest.mark.parametrize("arguments", [["status", "--no-index"], ["status", "--no-index", "--line"]], ids=" ".join)
def test_status_loads_nothing_of_the_poller(tmp_path: Path, arguments: list[str], failure: Failure | None) -> None:
    env = {"TAXIMETER_HOME": str(tmp_path), "TZ": "UTC"}
    place = Installation.find(env, tmp_path)
    now = place.now()
    quota = Quota("service:key", "Your key", QuotaKind.LITELLM, Unit.MONEY, "USD", 200, 60, 0, 0,
                  Period(now - DAY, now + DAY), now)  # fmt: skip
    row = row_of(Kept(Known(Reading((quota,), now), failure), now))
    with writing(place.keeping()) as writer:
        assert writer is not None
        writer.apply(demo_readings(now))
        writer.run(lambda ledger: put_service(ledger, ORIGIN, row))
    place.paths.settings_file.parent.mkdir(parents=True, exist_ok=True)
    place.paths.settings_file.write_text(f'[service]\nkind = "litellm"\norigin = "{ORIGIN}"\neverything = true\n')
    command = [sys.executable, "-c", CODE, *arguments]
    whole = {**os.environ, **env, "PYTHONPATH": str(APP)}
    # The first one looks at the adapters for where their logs are, and keeps that.
    for _ in range(2):
        done = subprocess.run(command, env=whole, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    if "--line" not in arguments:
        assert "Your key" in done.stdout
    assert sorted(HEAVY & set(done.stderr.split())) == []
