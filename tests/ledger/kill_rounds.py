"""Kills a process that indexes, again and again at random moments, while logs grow and move; a process of its own.

Run: python kill_rounds.py FOLDER KILLS SEED. Prints what it did as JSON; any difference is an exception.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "app"), str(ROOT / "tests")]

from agents.lines import AGENT, SESSION, answer, count, echo, jsonl, launch, launched, meta, sums, turn, usage  # noqa: E402
from agents.metering import DAY_FOLDER, NOW, PROJECT, Meter, open_meter, picture, writer  # noqa: E402

from taximeter.collect import indexing  # noqa: E402
from taximeter.ledger.opening import open_reading  # noqa: E402

FILES = 6
LINES_A_ROUND = 8
SETTLED = """SELECT count(*) FROM
  (SELECT u.session_id, sum(q.output) AS output, count(*) AS requests FROM request q JOIN run u ON u.id = q.run_id
   GROUP BY u.session_id) AS really JOIN session s ON s.id = really.session_id
  WHERE s.id NOT IN (SELECT session_id FROM stale) AND (s.output, s.requests) != (really.output, really.requests)"""


def next_lines(number: int, file: int) -> bytes:
    """What one agent writes in one round: answers in several lines, a subagent's echo, or totals of a thread."""
    if file % 2:
        rows = [meta(f"thread-{file}"), turn()] if number == 0 else []
        for step in range(LINES_A_ROUND):
            done = number * LINES_A_ROUND + step + 1
            rows += [count(sums(100 * done, 10 * done, 7 * done))] * (1 + step % 2)
        return jsonl(*rows)
    session = f"{SESSION[:-1]}{file}"
    rows = []
    for step in range(LINES_A_ROUND):
        id = f"msg_{file}_{number}_{step}"
        rows.append(answer(id, usage(3, 50, output=1), stop=None, session=session, request=id))
        rows.append(answer(id, usage(3, 50, output=9), session=session, request=id, content=[launch(f"toolu_{id}")]))
        rows.append(
            launched(f"toolu_{id}", f"{AGENT}{step}", totalToolUseCount=1, usage=usage(1)) | {"sessionId": session}
        )
        rows.append(
            echo(f"{id}_sub", usage(2, output=4), agent=f"{AGENT}{step}", request=f"{id}_sub") | {"sessionId": session}
        )
    return jsonl(*rows)


def name(file: int) -> str:
    """Where a log lies at first."""
    return f"{DAY_FOLDER}/rollout-{file}.jsonl" if file % 2 else f"{PROJECT}/{SESSION[:-1]}{file}.jsonl"


def grow(home: Path, number: int, dice: random.Random) -> None:
    """Append to every log, half a line at times; now and then one moves to the archive or is written anew."""
    for file in range(FILES):
        path = home / name(file)
        archived = home / ".codex/archived_sessions" / path.name
        path = archived if archived.exists() else path
        path.parent.mkdir(parents=True, exist_ok=True)
        half = home / f"half-{file}"
        data = (half.read_bytes() if half.exists() else b"") + next_lines(number, file)
        cut = len(data) if dice.random() < 0.6 else dice.randrange(len(data))
        with path.open("ab") as log:
            log.write(data[:cut])
        half.write_bytes(data[cut:])
        if file % 2 and dice.random() < 0.05 and path != archived:
            archived.parent.mkdir(parents=True, exist_ok=True)
            path.rename(archived)
        elif dice.random() < 0.05:
            fresh = home / "fresh"
            fresh.write_bytes(path.read_bytes())
            fresh.replace(path)


def index_in_small_steps(home: Path, dice: random.Random) -> None:
    """What the killed process does: many transactions, sums at once or at the end, checkpoints all the time."""
    indexing.BATCH = dice.choice([1, 5, 40])
    with open_meter(home) as meter:
        meter.connection.execute("PRAGMA wal_autocheckpoint = 3")
        hand, sums_now = writer(meter.connection), dice.random() < 0.5
        work = meter.unread()
        indexing.index(work, NOW, {}, lambda batch: hand.apply(batch, sums=sums_now), lambda _: None)
        hand.refresh_sums()


def kill_one(home: Path, within: float, dice: random.Random) -> bool:
    """Start a process that indexes and kill it; whether it was still at work."""
    child = os.fork()
    if child == 0:
        try:
            index_in_small_steps(home, random.Random(dice.random()))
        finally:
            os._exit(0)
    time.sleep(dice.random() * within)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def check(home: Path) -> None:
    """The ledger is whole after a kill, and no sum is wrong that is not known to be due."""
    if not (home / "ledger.db").exists():
        return
    with closing(open_reading(home / "ledger.db")) as connection:
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
            return
        assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        assert connection.execute(SETTLED).fetchone() == (0,), "a session's sums are wrong and not due"


def indexed_anew(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """What a clean ledger says of the same logs."""
    with tempfile.TemporaryDirectory() as elsewhere, open_meter(Path(elsewhere)) as clean:
        Meter(home, clean.connection).index()
        return picture(clean.connection)


def main(home: Path, kills: int, seed: int) -> None:
    """Kill so often, then let it finish, and compare with a clean index."""
    dice, within, hit = random.Random(seed), 0.03, 0
    for number in range(kills):
        if number % 3 == 0:
            grow(home, number // 3, dice)
        if number < kills // 5:  # these are killed while the ledger is made
            for file in home.glob("ledger.db*"):
                file.unlink()
        began = time.monotonic()
        at_work = kill_one(home, within, dice)
        hit += at_work
        # Half of the kills should come before the work is done, however fast this computer is.
        within = within * 1.1 if at_work else max(0.002, (time.monotonic() - began) * 0.9)
        check(home)
    index_in_small_steps(home, dice)
    with open_meter(home) as meter:
        same = picture(meter.connection) == indexed_anew(home)
        print(json.dumps({"kills": kills, "at_work": hit, "requests": len(meter.bills()), "same": same}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
