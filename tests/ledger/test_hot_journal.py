"""A writer that is killed before the ledger has its write-ahead log leaves a journal behind."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from taximeter.ledger.opening import open_reading, open_writing

KILLED = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN")
connection.execute("UPDATE meta SET value = 'half'")
connection.executemany("INSERT INTO meta VALUES (?, ?)", ((f"name {n}", "x" * 500) for n in range(200)))
os._exit(9)
"""


def test_a_journal_that_a_killed_writer_left_is_put_right_by_whoever_reads_next(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    with closing(open_writing(path)) as connection:
        connection.execute("INSERT INTO meta VALUES ('is', 'whole')")
        connection.execute("PRAGMA journal_mode = DELETE")
    subprocess.run([sys.executable, "-c", KILLED, os.fspath(path)], check=False)
    assert path.with_name("ledger.sqlite3-journal").exists()
    with closing(open_reading(path)) as connection:
        assert connection.execute("SELECT name, value FROM meta").fetchall() == [("is", "whole")]
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("DELETE FROM meta")
