"""The app's own log."""

from __future__ import annotations

import logging
import stat
from pathlib import Path

from taximeter.host.journal import keep_journal
from taximeter.host.paths import find_paths


def test_warnings_are_written_and_nothing_else(tmp_path: Path, expected_log: object) -> None:
    assert callable(expected_log)
    expected_log("a lost file")
    paths = find_paths({"TAXIMETER_HOME": str(tmp_path)}, tmp_path)
    file = paths.data / "taximeter.log"
    with keep_journal(paths):
        logging.getLogger("taximeter.collect").info("a detail")
        assert not file.exists()
        logging.getLogger("taximeter.collect").warning("a lost file")
    assert "WARNING taximeter.collect: a lost file" in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(paths.data.stat().st_mode) == 0o700
    assert not logging.getLogger("taximeter").handlers
