"""Made-up work of a coding agent, in the real format: what the app reads in the desktop's tests and the benches."""

from __future__ import annotations

import json
import os
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from agents.lines import answer, jsonl, usage

MODEL = "claude-sonnet-4-6"


def log_file(home: Path, project: str, session: str) -> Path:
    """Where the agent keeps a session's log."""
    return home / ".claude" / "projects" / f"-home-dev-{project}" / f"{session}.jsonl"


def reply(session: str, number: int, project: str, *, output: int = 10_000, ago: float = 0.0) -> bytes:
    """One answer of the model, ``ago`` seconds before now; 10,000 tokens of output are 15 cents of this model."""
    at = (datetime.now(UTC) - timedelta(seconds=ago)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    name = f"{session}_{number}"
    line = answer(f"msg_{name}", usage(output=output), model=MODEL, at=at, session=session, request=f"req_{name}")
    return jsonl(line | {"cwd": f"/home/dev/{project}"})


def append(path: Path, lines: bytes) -> None:
    """Append as an agent does, and see that it is on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as log:
        log.write(lines)
        log.flush()
        os.fsync(log.fileno())


def make_corpus(home: Path, megabytes: int, seed: int = 1) -> int:
    """Logs of about that size over 30 days, in files of about half a megabyte; returns how many requests they hold."""
    dice = random.Random(seed)
    padding = "".join(dice.choices("abcdefghijklmnopqrstuvwxyz ", k=40_000))
    requests, wanted = 0, megabytes * 1_000_000
    while wanted > 0:
        session = f"{dice.getrandbits(128):032x}"
        project, begin = f"project-{dice.randrange(12)}", dice.uniform(600, 30 * 86_400)
        parts = [_line(dice, padding, session, number, project, begin) for number in range(dice.randrange(200, 700))]
        append(log_file(home, project, session), b"".join(parts))
        requests += len(parts)
        wanted -= sum(map(len, parts))
    return requests


def _line(dice: random.Random, padding: str, session: str, number: int, project: str, begin: float) -> bytes:
    line = json.loads(reply(session, number, project, ago=begin - number, output=dice.randrange(50, 2_000)))
    start = dice.randrange(30_000)
    line["message"]["content"] = [{"type": "text", "text": padding[start : start + dice.randrange(100, 2_000)]}]
    counts = line["message"]["usage"]
    counts["input_tokens"], counts["cache_read_input_tokens"] = dice.randrange(3, 900), dice.randrange(9_000, 90_000)
    return jsonl(line)
