"""Times the read models on a made-up ledger of 100,000 sessions over ten years; prints, asserts nothing.

Run: python tests/bench/bench_queries.py [SESSIONS]
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "app"), str(ROOT / "tests")]

from made_ledger import DAY, HOUR, at, make_sums  # noqa: E402

from taximeter.domain.quota import Coverage  # noqa: E402
from taximeter.ledger import queries_now, queries_sums  # noqa: E402
from taximeter.ledger.opening import open_reading, open_writing  # noqa: E402
from taximeter.ledger.queries_breakdown import breakdown  # noqa: E402
from taximeter.ledger.queries_sessions import ORDERS, session_page  # noqa: E402
from taximeter.ledger.queries_spending import hourly, spent  # noqa: E402
from taximeter.ledger.queries_sums import Stretch  # noqa: E402
from taximeter.ledger.readmodels import SessionFilter  # noqa: E402

NOW = at("2026-11-23T12:00:00")
REQUESTS_EACH = 6


def build(path: Path, sessions: int) -> None:
    """Sessions evenly over ten years, six requests each, every eighth with a subagent; one of 5,000 requests."""
    apart = 10 * 365 * DAY // sessions
    writing = open_writing(path)
    writing.executescript(f"""
      BEGIN;
      INSERT INTO price_book VALUES(1, 'bench', '2026-11-01', 'USD');
      INSERT INTO model(name) VALUES('opus-5'), ('sonnet-5'), ('gpt-6'), ('haiku-5'), ('unknown');
      WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {sessions})
      INSERT INTO session(id, agent, name, project, branch) SELECT i, iif(i % 3, 'one-agent', 'other-agent'),
        lower(hex(randomblob(16))), 'project-' || (i * 7919 % 240), 'main' FROM n;
      INSERT INTO run(id, agent, name, session_id) SELECT id, agent, name, id FROM session;
      INSERT INTO run(agent, name, session_id, kind)
        SELECT agent, name || '-a', id, 'subagent' FROM session WHERE id % 8 = 0;
      WITH n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {REQUESTS_EACH - 1})
      INSERT INTO request SELECT randomblob(12), u.id, {NOW} - ({sessions} - u.session_id) * {apart} - i * 60000,
        1 + u.id % 5, 10, 40000, 2000, 0, 700, 200, 0, 0, -1, 0, iif(u.id % 5 = 4, 2, 0),
        1000, 2000, 3000, abs(random()) % 90000000, 0, 1 FROM run u CROSS JOIN n;
      WITH n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
      INSERT INTO request SELECT randomblob(12), {sessions}, {NOW} - i * 1000, 1, 10, 40000, 2000, 0, 700, 200, 0, 0,
        -1, 0, 0, 1000, 2000, 3000, 4000000, 0, 1 FROM n;
    """)
    make_sums(writing)
    writing.execute("COMMIT")
    writing.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    writing.close()


def cases(reading: sqlite3.Connection, longest: str) -> dict[str, Callable[[], object]]:
    """What is timed, by name."""
    month, stretch, always = NOW - 30 * DAY, Stretch("2026-10-25"), Stretch()
    narrow = Coverage(agents=("one-*",), projects=("project-1*",))
    return {
        **{f"first page by {order}": page(reading, SessionFilter(order=order)) for order in ORDERS},
        **{f"sorted by {order}, totals known": sort(reading, order) for order in ORDERS},
        **{f"30 days by {order}": page(reading, SessionFilter(since=month, order=order)) for order in ORDERS},
        "next page by cost": page(
            reading, SessionFilter(order="cost"), session_page(reading, SessionFilter(order="cost")).next_key
        ),
        "one project by recent": page(reading, SessionFilter(project="project-7")),
        "one project by cost": page(reading, SessionFilter(project="project-7", order="cost")),
        "search by recent": page(reading, SessionFilter(search="ject-23")),
        "breakdown of 5,000 requests": lambda: breakdown(reading, longest),
        "breakdown by prefix": lambda: breakdown(reading, longest[:9]),
        "30 days by day": lambda: queries_sums.days(reading, stretch),
        "all days": lambda: queries_sums.days(reading, always),
        "30 days by day in another zone": lambda: queries_sums.days_in_zone(reading, month, ZoneInfo("Asia/Kolkata")),
        "30 days by model": lambda: queries_sums.models(reading, stretch),
        "all by model": lambda: queries_sums.models(reading, always),
        "all by project": lambda: queries_sums.projects(reading, always),
        "spent this month": lambda: spent(reading, at("2026-11-01T00:00:00"), NOW + 7 * DAY, Coverage()),
        "spent this month, covered": lambda: spent(reading, at("2026-11-01T05:00:00"), NOW - HOUR, narrow),
        "spent in ten years": lambda: spent(reading, 0, NOW, Coverage()),
        "hours of 8 weeks": lambda: hourly(reading, NOW - 56 * DAY),
        "snapshot": lambda: queries_now.snapshot(reading, NOW, ()),
    }


def page(
    reading: sqlite3.Connection, filter: SessionFilter, after: tuple[object, ...] | None = None
) -> Callable[[], object]:
    """A call that reads one page."""
    return lambda: session_page(reading, filter, after)


def sort(reading: sqlite3.Connection, order: str) -> Callable[[], object]:
    """A call that shows a list whose totals are known already in another order."""
    first = session_page(reading, SessionFilter())
    known = (first.totals, first.count)
    return lambda: session_page(reading, SessionFilter(order=order), known=known)


def main() -> None:
    """Build, time, print."""
    sessions = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        start = time.perf_counter()
        build(path, sessions)
        took, size = time.perf_counter() - start, path.stat().st_size / 1e6
        print(f"{sessions:,} sessions, {size:.0f} MB, built in {took:.0f} s")
        reading = open_reading(path)
        (longest,) = reading.execute("SELECT name FROM session ORDER BY requests DESC LIMIT 1").fetchone()
        for name, call in cases(reading, longest).items():
            times = []
            for _ in range(5):
                start = time.perf_counter()
                call()
                times.append((time.perf_counter() - start) * 1000)
            print(f"{name:32} first {times[0]:7.1f} ms, median {statistics.median(times):7.1f} ms")
        reading.close()


if __name__ == "__main__":
    main()
