"""kill -9 at any moment: nothing lost, nothing twice, and every wrong sum known to be due."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from taximeter.ledger.opening import open_reading, open_writing

KILLS = int(os.environ.get("TAXIMETER_KILLS", "25"))
"""At least 200 before a release: TAXIMETER_KILLS=250."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes, which this system does not have")
def test_a_process_that_is_killed_while_it_indexes_loses_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    script = Path(__file__).with_name("kill_rounds.py")
    seed = os.environ.get("TAXIMETER_KILL_SEED", "1")
    command = [sys.executable, str(script), str(tmp_path), str(KILLS), seed]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["same"], "differs from a clean index of the same logs"
    assert found["requests"] > KILLS
    # On a busy computer most kills may come too early or too late; more than that would be a race with its scheduler.
    assert found["at_work"] > 0, "no kill came while there was work to interrupt"


@pytest.mark.parametrize("opener", [open_reading, open_writing])
def test_a_ledger_whose_making_was_cut_short_is_put_right(
    tmp_path: Path, opener: Callable[[Path], sqlite3.Connection]
) -> None:
    made, left = tmp_path / "made.db", tmp_path / "ledger.db"
    with closing(sqlite3.connect(made, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("CREATE TABLE half(x)")
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO half VALUES (?)", [("x" * 2_000,)] * 50)
        shutil.copy(made, left)
        shutil.copy(tmp_path / "made.db-journal", tmp_path / "ledger.db-journal")
        connection.execute("ROLLBACK")
    with closing(opener(left)) as opened:
        assert opened.execute("SELECT count(*) FROM half").fetchone() == (0,)
    with closing(open_writing(left)) as opened:
        assert opened.execute("SELECT count(*) FROM request").fetchone() == (0,)
