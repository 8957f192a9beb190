"""What a launch that nobody is asked about costs its agent: the hook's whole process, and the app's share; prints.

Run: python tests/bench/bench_hook.py [RUNS] [SESSIONS]
The hook is compared with `python -I -S -c pass` in turns; the ledger holds 100,000 sessions unless told otherwise.
"""

from __future__ import annotations

import contextlib
import json
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measuring import ROOT, TAXIMETER, make_large_ledger, own_environment, percentile

from taximeter.guard.protocol import Frame, packed, unpacked
from taximeter.host.paths import find_paths, socket_path

CLIENT = ROOT / "app" / "taximeter" / "guard" / "hook_client.py"
HOOKS = ROOT / "tests" / "fixtures" / "hooks" / "claude"
SETTINGS = """
[[budget]]
name = "Month"
amount = "100000"
[[budget]]
name = "Week"
amount = "20000"
period = "week"
"""


def give_history(file: Path) -> None:
    """The made-up runs become those of the agent that asks, on models that have a price."""
    with contextlib.closing(sqlite3.connect(file)) as ledger, ledger:
        ledger.execute("UPDATE session SET agent = 'claude-code' WHERE agent = 'one-agent'")
        ledger.execute("UPDATE run SET agent = 'claude-code' WHERE agent = 'one-agent'")
        ledger.execute("UPDATE run SET type = 'general-purpose' WHERE kind = 'subagent'")
        ledger.execute("UPDATE model SET name = 'claude-' || replace(name, '-5', '-4-5') WHERE name LIKE '%-5'")
    print("history:", *ledger_kinds(file))


def ledger_kinds(file: Path) -> list[object]:
    """Runs by kind, for the reader of the figures."""
    with contextlib.closing(sqlite3.connect(file)) as ledger:
        return ledger.execute("SELECT kind, count(*) FROM run GROUP BY kind").fetchall()


def asking(folder: Path, number: int) -> bytes:
    """A hook's input whose transcript holds the whole reply, at the end of a megabyte of other lines."""
    transcript = folder / "transcript.jsonl"
    if not transcript.exists():
        other = json.dumps({"type": "user", "message": {"content": "x" * 2000}}) + "\n"
        transcript.write_text(other * 500, encoding="utf-8")
    with transcript.open("a", encoding="utf-8") as file:
        block = {"type": "tool_use", "id": f"call{number}", "name": "Agent", "input": {"prompt": "go"}}
        message = {"id": f"msg{number}", "model": "claude-sonnet-4-5", "content": [block]}
        file.write(json.dumps({"type": "assistant", "message": message}) + "\n")
    told = json.loads((HOOKS / "allow-PreToolUse.json").read_text(encoding="utf-8"))
    names = {"tool_use_id": f"call{number}", "prompt_id": f"prompt{number}", "session_id": f"s{number}"}
    return json.dumps({**told, **names, "transcript_path": str(transcript)}).encode()


def taken(command: list[str], raw: bytes) -> float:
    """Milliseconds of one process, from its start to its end."""
    begin = time.perf_counter()
    done = subprocess.run(command, input=raw, capture_output=True, check=True)
    assert not done.stdout
    return (time.perf_counter() - begin) * 1000


def exchange(door: str, raw: bytes) -> float:
    """Milliseconds from connecting to the whole answer; between two a hook would at least have to start."""
    time.sleep(0.02)
    begin = time.perf_counter()
    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect(door)
        caller.sendall(packed(Frame("ask", ("claude-code", "PreToolUse", "1"), raw)))
        data = b""
        while (answer := unpacked(data)) is None if data else True:
            data += caller.recv(4096)
    assert answer is not None
    assert not answer.body
    return (time.perf_counter() - begin) * 1000


def wait_for_door(door: str) -> None:
    """Until the app answers, and has learnt what it judges by."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            with socket.socket(socket.AF_UNIX) as caller:
                caller.connect(door)
                break
        except OSError:
            time.sleep(0.05)
    time.sleep(10)


def main() -> None:
    """Build, start, ask in turns, print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    sessions = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        make_large_ledger(home, sessions)
        give_history(home / "taximeter" / "data" / "ledger.sqlite3")
        env = own_environment(home)
        paths = find_paths(env, home)
        paths.settings_file.parent.mkdir(parents=True, exist_ok=True)
        paths.settings_file.write_text(SETTINGS, encoding="utf-8")
        door = str(socket_path(paths))
        app = subprocess.Popen([*TAXIMETER, "serve"], env=env)
        try:
            wait_for_door(door)
            python = [sys.executable, "-I", "-S"]
            hook = [*python, str(CLIENT), door, "claude-code", "PreToolUse"]
            pairs = [(taken([*python, "-c", "pass"], b""), taken(hook, asking(home, number))) for number in range(runs)]
            shares = [exchange(door, asking(home, number)) for number in range(runs, runs * 6)]
        finally:
            app.terminate()
            app.wait(10)
    more = [hook - bare for bare, hook in pairs]
    bare = statistics.median(bare for bare, _ in pairs)
    print(f"python -I -S -c pass: median {bare:.1f} ms; the hook takes {statistics.median(more):.1f} ms more"
          f" (95th percentile {percentile(more, 0.95):.1f} ms, n = {runs})")  # fmt: skip
    print(f"the app's share: median {statistics.median(shares):.2f} ms, 99th percentile"
          f" {percentile(shares, 0.99):.2f} ms, largest {max(shares):.2f} ms, n = {len(shares)}")  # fmt: skip


if __name__ == "__main__":
    main()
