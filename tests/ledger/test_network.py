"""A ledger on a network folder."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from taximeter.ledger import opening


def test_a_ledger_on_a_network_folder_does_without_a_write_ahead_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "is_network", lambda _: True)
    with closing(opening.open_writing(tmp_path / "ledger.sqlite3")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_elsewhere_readers_and_the_writer_do_not_wait_for_each_other(tmp_path: Path) -> None:
    with closing(opening.open_writing(tmp_path / "ledger.sqlite3")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
