"""The reference service starts by the command that the documents name, and keeps its people in a file."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]


@contextmanager
def started(*arguments: str) -> Iterator[list[str]]:
    """What the service prints up to the desk's token, while it runs."""
    command = [sys.executable, "-m", "tests.reference_service", "--port", "0", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        lines: list[str] = []
        while not (lines and lines[-1].startswith("desk")):
            line = process.stdout.readline()
            assert line, "it ended early"
            lines.append(line.rstrip())
        try:
            yield lines
        finally:
            process.terminate()


def status_of(lines: list[str], token: str) -> int:
    with httpx.Client(trust_env=False) as client:
        answer = client.get(f"{lines[0]}/v1/me/budgets", headers={"Authorization": f"Bearer {token}"})
        return answer.status_code


def test_it_prints_where_it_is_and_everybodys_token_which_a_file_keeps(tmp_path: Path) -> None:
    file = str(tmp_path / "budgets.db")
    with started("--database", file) as lines:
        assert lines[0].startswith("http://127.0.0.1:")
        tokens = dict(line.split() for line in lines[1:])
        assert {"ed", "mia", "desk"} <= tokens.keys()
        assert status_of(lines, tokens["ed"]) == 200
        assert status_of(lines, tokens["desk"]) == 401
    with started("--database", file) as lines:
        assert "keep the tokens" in lines[1]
        assert status_of(lines, tokens["ed"]) == 200
