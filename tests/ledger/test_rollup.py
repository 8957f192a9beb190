"""Sums by local day, session and model, and on each session's row, are those of the requests at every moment."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from agents.lines import AGENT, CHILD, FORK, SESSION, THREAD, answer, count, meta, sums, turn, usage
from agents.metering import NOW, Meter, open_meter, picture, writer
from hypothesis import given
from hypothesis import strategies as st

from taximeter.collect.indexing import readings
from taximeter.ledger.rollup import peak, recut_days
from taximeter.ledger.writer import transaction
from taximeter.ledger.zone import zone_signature

needs_zones = pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of this process cannot be set here")
ONE = sums(1_000, 0, 100)


@pytest.fixture
def meter(tmp_path: Path) -> Iterator[Meter]:
    with open_meter(tmp_path) as opened:
        yield opened


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Set this process's zone with ``setenv`` and ``tzset``; it is undone at the end."""
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


def days(meter: Meter) -> dict[str, int]:
    """Requests by day."""
    return dict(meter.connection.execute("SELECT day, sum(requests) FROM rollup GROUP BY day").fetchall())


def recut(meter: Meter, monkeypatch: pytest.MonkeyPatch, name: str) -> bool:
    """Move the computer to another zone and cut the days anew where that changes them."""
    monkeypatch.setenv("TZ", name)
    time.tzset()
    with transaction(meter.connection):
        return recut_days(meter.connection, zone_signature(NOW))


@pytest.mark.parametrize(
    ("spans", "most"),
    [([], 0), ([(1, 2)], 1), ([(1, 2), (3, 4)], 1), ([(1, 3), (2, 4)], 2), ([(1, 2), (2, 3)], 2), ([(1, 9)] * 4, 4),
     ([(5, 5)], 1), ([(1, 10), (2, 3), (4, 5), (4, 6)], 3)],
)  # fmt: skip
def test_the_peak_is_the_most_runs_open_at_one_moment(spans: list[tuple[int, int]], most: int) -> None:
    assert peak(spans) == most


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda span: (min(span), max(span))), max_size=8))
def test_the_peak_is_that_of_looking_at_every_moment(spans: list[tuple[int, int]]) -> None:
    assert peak(spans) == max((sum(a <= moment <= b for a, b in spans) for moment in range(10)), default=0)


def test_a_session_counts_its_subagents_and_those_open_at_once(meter: Meter) -> None:
    meter.claude(SESSION, answer("msg_0", usage(1)))
    for n, (start, end) in enumerate([(0, 30), (10, 20), (40, 50)]):
        lines = [answer(f"msg_{n}_{second}", usage(1), agent=f"{AGENT}{n}", request=f"r{n}{second}",
                        at=f"2026-11-10T10:00:{second:02d}Z") for second in (start, end)]  # fmt: skip
        meter.claude(f"{SESSION}/subagents/agent-{AGENT}{n}", *lines)
    meter.index()
    assert meter.one("SELECT runs, peak, requests FROM session") == (3, 2, 7)


def test_fast_answers_are_summed_apart(meter: Meter) -> None:
    meter.claude(SESSION, answer("msg_1", usage(1), model="claude-opus-4-6"),
                 answer("msg_2", usage(2, speed="fast"), model="claude-opus-4-6", request="r2"))  # fmt: skip
    meter.index()
    assert meter.connection.execute("SELECT fast, input FROM rollup ORDER BY fast").fetchall() == [(0, 1), (1, 2)]


@needs_zones
def test_another_zone_cuts_the_days_anew_and_a_mere_rename_does_not(meter: Meter, zone: pytest.MonkeyPatch) -> None:
    recut(meter, zone, "UTC")
    lines = [
        answer(f"msg_{hour}", usage(1), request=f"r{hour}", at=f"2026-11-10T{hour:02d}:30:00Z") for hour in (1, 12, 23)
    ]
    meter.claude(SESSION, *lines)
    meter.index()
    assert days(meter) == {"2026-11-10": 3}
    assert recut(meter, zone, "Etc/UTC") is False
    assert recut(meter, zone, "Asia/Tokyo") is True
    assert days(meter) == {"2026-11-10": 2, "2026-11-11": 1}
    assert recut(meter, zone, "America/New_York") is True
    assert days(meter) == {"2026-11-09": 1, "2026-11-10": 2}


@needs_zones
@pytest.mark.parametrize(
    ("at", "day"),
    [("2026-03-28T22:59:59Z", "2026-03-28"), ("2026-03-28T23:00:00Z", "2026-03-29"),
     ("2026-03-29T21:59:59Z", "2026-03-29"), ("2026-10-24T21:59:59Z", "2026-10-24"),
     ("2026-10-25T22:59:59Z", "2026-10-25"), ("2026-10-25T23:00:00Z", "2026-10-26")],
)  # fmt: skip
def test_days_of_23_and_25_hours_end_at_local_midnight(
    meter: Meter, zone: pytest.MonkeyPatch, at: str, day: str
) -> None:
    zone.setenv("TZ", "Europe/Berlin")
    time.tzset()
    meter.claude(SESSION, answer("msg_1", usage(1), at=at))
    meter.index()
    assert days(meter) == {day: 1}


def test_a_request_that_changes_hands_leaves_the_sums_of_the_first(meter: Meter) -> None:
    line = answer("msg_1", usage(5, output=2))
    meter.claude(FORK, line | {"sessionId": FORK}, answer("msg_2", usage(7), session=FORK, request="r2"))
    meter.index()
    meter.claude(SESSION, line, age=9_000)
    meter.index()
    rows = meter.connection.execute("SELECT name, requests, input, output, ended_at > 0 FROM session ORDER BY name")
    assert rows.fetchall() == [(SESSION, 1, 5, 2, 1), (FORK, 1, 7, 0, 1)]


def test_a_thread_that_finds_its_parent_later_moves_with_its_sums(meter: Meter) -> None:
    spawned = {"subagent": {"thread_spawn": {"parent_thread_id": THREAD, "agent_role": "worker"}}}
    grand = {"subagent": {"thread_spawn": {"parent_thread_id": CHILD, "agent_role": "worker"}}}
    files = {"grandchild": [meta("grandchild", source=grand), turn(), count(ONE)],
             CHILD: [meta(CHILD, source=spawned), turn(), count(ONE)],
             THREAD: [meta(), turn(), count(ONE)]}  # fmt: skip
    for name, lines in files.items():
        meter.codex(name, *lines)
        meter.index()
    assert meter.sums() == {THREAD: (3, "0.024000")}
    assert meter.one(f"SELECT runs, output FROM session WHERE name = '{THREAD}'") == (2, 300)
    assert meter.one("SELECT count(DISTINCT session_id), sum(requests) FROM rollup") == (1, 3)


def test_a_session_whose_only_request_was_anothers_has_no_sums_at_all(meter: Meter) -> None:
    line = answer("msg_1", usage(5, 5, 5, 5, 5, searches=1), model="unknown-model")
    meter.claude(FORK, line | {"sessionId": FORK})
    meter.index()
    meter.claude(SESSION, line, age=9_000)
    meter.index()
    columns = [row[1] for row in meter.connection.execute("PRAGMA table_info(session)")]
    facts = {"id", "agent", "name", "cwd", "project", "branch", "version"}
    found = meter.connection.execute("SELECT * FROM session WHERE name = ?", (FORK,)).fetchone()
    left = {name: value for name, value in zip(columns, found, strict=True) if name not in facts and value != 0}
    assert left == {"models": "[]"}


def test_sums_can_wait_and_which_are_due_is_known(meter: Meter) -> None:
    meter.claude(SESSION, answer("msg_1", usage(5)))
    hand = writer(meter.connection)
    hand.apply(list(readings(meter.unread(), NOW, {})), sums=False)
    assert meter.one("SELECT count(*) FROM stale") == (1,)
    assert meter.sums() == {}
    hand.refresh_sums()
    assert meter.one("SELECT count(*) FROM stale") == (0,)
    assert meter.sums() == {SESSION: (1, "0.000015")}
    before = picture(meter.connection)
    hand.refresh_sums()
    assert picture(meter.connection) == before
