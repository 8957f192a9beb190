"""Small facts survive a start; a file that cannot be used is no reason not to start."""

from __future__ import annotations

from pathlib import Path

import pytest

from taximeter.host.memory import Memory, recall, remember
from taximeter.host.paths import Paths, find_paths


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    found = find_paths({"TAXIMETER_HOME": str(tmp_path)}, tmp_path)
    found.data.mkdir(parents=True, exist_ok=True)
    return found


def test_what_is_remembered_is_there_at_the_next_start(paths: Paths) -> None:
    kept = Memory(first_run_done=True, decisions_read=("r-1", "r-2"))
    remember(paths, kept)
    assert recall(paths) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [("", Memory()), ("[]", Memory()), ('{"first_run_done": 1, "show_clock": true}', Memory(show_clock=True)),
     ('{"decisions_read": "r-1"}', Memory()),
     ('{"decisions_read": [1, "r-1"], "other": 2}', Memory(decisions_read=("r-1",)))],
)  # fmt: skip
def test_what_cannot_be_used_is_left_out(paths: Paths, text: str, kept: Memory) -> None:
    (paths.data / "memory.json").write_text(text)
    assert recall(paths) == kept
