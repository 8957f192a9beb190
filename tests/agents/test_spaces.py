"""A log is JSON, however it is spaced (c16) and however its lines end (c17)."""

from __future__ import annotations

import json

import pytest
from agents.samples import SampleFile, sample_files
from agents.test_splits import merged

from taximeter.agents import AGENTS

LINES = [file for agent in AGENTS for file in sample_files(agent) if not (file.is_document or file.is_database)]


def requests(file: SampleFile, lines: list[bytes]) -> object:
    """What the lines bill."""
    reading, _ = file.agent.read(b"".join(lines), b"", file.log)
    assert reading.skipped == {}
    return merged([reading])


@pytest.mark.parametrize("file", LINES, ids=lambda file: f"{file.agent.id}-{file.path.name}")
def test_c16_json_with_spaces_still_counts(file: SampleFile) -> None:
    spaced = [json.dumps(json.loads(line)).encode() + b"\n" for line in file.lines]
    assert requests(file, spaced) == requests(file, file.lines)


@pytest.mark.parametrize("file", LINES, ids=lambda file: f"{file.agent.id}-{file.path.name}")
def test_c17_lines_may_end_as_windows_ends_them(file: SampleFile) -> None:
    assert requests(file, [line.rstrip(b"\n") + b"\r\n" for line in file.lines]) == requests(file, file.lines)
