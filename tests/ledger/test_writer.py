"""Whatever the order, the pieces and the repetitions in which logs are read, the ledger says the same."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from agents.lines import AGENT, CHILD, FORK, SESSION, THREAD, answer, jsonl, usage
from agents.metering import DAY_FOLDER, NOW, PROJECT, Meter, dump, open_meter, picture, writer
from agents.transcripts import claude_lines, codex_lines
from hypothesis import given, settings
from hypothesis import strategies as st
from shipped_book import book

from taximeter.agents import AGENTS
from taximeter.collect.tail import read_log
from taximeter.domain.usage import Priced, Tokens
from taximeter.ledger.bookmarks import FileReading
from taximeter.ledger.writer import Writer

READERS = {agent.id: agent.read for agent in AGENTS}

Home = dict[str, list[bytes]]
CLAUDE = f"{PROJECT}/{SESSION}.jsonl"


@st.composite
def homes(draw: st.DrawFn) -> Home:
    """A few logs that repeat, fork and archive each other's lines."""
    main, rollout = draw(claude_lines()), draw(codex_lines())
    copied = [line.replace(SESSION.encode(), FORK.encode()) for line in main[: draw(st.integers(0, 6))]]
    return {
        CLAUDE: main,
        f"{PROJECT}/{FORK}.jsonl": copied + draw(claude_lines(FORK)),
        f"{PROJECT}/{SESSION}/subagents/agent-{AGENT}.jsonl": draw(claude_lines()),
        f"{DAY_FOLDER}/rollout-{THREAD}.jsonl": rollout,
        f".codex/archived_sessions/rollout-{THREAD}.jsonl": rollout[: draw(st.integers(0, 12))],
        f"{DAY_FOLDER}/rollout-{CHILD}.jsonl": draw(codex_lines(CHILD)),
    }


def lay(meter: Meter, home: Home, names: Sequence[str]) -> None:
    """Put some of the logs where they belong, each with an age of its own."""
    for name in names:
        meter.write(name, b"".join(home[name]), age=sorted(home).index(name))


def at_once(home: Home) -> dict[str, list[tuple[object, ...]]]:
    """What the ledger says when everything is there from the beginning."""
    with tempfile.TemporaryDirectory() as folder, open_meter(Path(folder)) as meter:
        lay(meter, home, list(home))
        meter.index()
        return picture(meter.connection)


@pytest.fixture
def meter(tmp_path: Path) -> Iterator[Meter]:
    with open_meter(tmp_path) as opened:
        yield opened


@settings(max_examples=25)
@given(homes())
def test_replaying_all_readings_changes_nothing(home: Home) -> None:
    with tempfile.TemporaryDirectory() as folder, open_meter(Path(folder)) as meter:
        lay(meter, home, list(home))
        meter.index()
        before = dump(meter.connection)
        meter.connection.execute("UPDATE file SET parser = 0")
        assert meter.index(now=NOW + 60_000).requests == 0
        assert dump(meter.connection) == before


@settings(max_examples=25)
@given(homes(), st.data())
def test_the_order_of_files_does_not_matter(home: Home, data: st.DataObject) -> None:
    whole = at_once(home)
    order = data.draw(st.permutations(sorted(home)))
    with tempfile.TemporaryDirectory() as folder, open_meter(Path(folder)) as meter:
        for name in order:
            lay(meter, home, [name])
            meter.index()
        assert picture(meter.connection) == whole


@settings(max_examples=25)
@given(homes(), st.data())
def test_appends_in_pieces_of_any_size_equal_one_whole_read(home: Home, data: st.DataObject) -> None:
    whole = at_once(home)
    with tempfile.TemporaryDirectory() as folder, open_meter(Path(folder)) as meter:
        left = {name: b"".join(lines) for name, lines in home.items()}
        there = dict.fromkeys(left, b"")
        while any(left.values()):
            name = data.draw(st.sampled_from(sorted(name for name, rest in left.items() if rest)))
            size = data.draw(st.one_of(st.integers(1, 9_000), st.just(10**6)))
            there[name], left[name] = there[name] + left[name][:size], left[name][size:]
            meter.write(name, there[name], age=sorted(home).index(name))
            meter.index()
        assert picture(meter.connection) == whole


@settings(max_examples=25)
@given(homes(), st.lists(st.booleans(), min_size=6, max_size=6))
def test_sums_made_at_the_end_equal_sums_made_with_each_batch(home: Home, late: list[bool]) -> None:
    whole = at_once(home)
    with tempfile.TemporaryDirectory() as folder, open_meter(Path(folder)) as meter:
        lay(meter, home, list(home))
        hand = writer(meter.connection)
        for work, wait in zip(meter.unread(), late, strict=True):
            hand.apply(list(read_log(work, NOW, READERS[work.found.agent])), sums=not wait)
        hand.refresh_sums()
        assert picture(meter.connection) == whole


def readings(meter: Meter) -> list[FileReading]:
    """What is unread, read."""
    return [part for work in meter.unread() for part in read_log(work, NOW, READERS[work.found.agent])]


def test_a_failure_in_the_middle_of_a_batch_leaves_nothing_of_it(meter: Meter) -> None:
    lines = [
        answer(f"msg_{n}", usage(n), request=f"r{n}", model="opus" if n == 3 else "claude-sonnet-4-6") for n in range(5)
    ]
    meter.write(CLAUDE, jsonl(*lines))
    before = dump(meter.connection)
    asked = []

    def failing(model: str, at: int, tokens: Tokens, marks: int, web_searches: int) -> Priced:
        asked.append(model)
        if model == "opus" and len(asked) < 6:
            raise ValueError("no price")
        return book().price(model, at, tokens, marks, web_searches)

    hand = Writer(meter.connection, failing, ("book", "2026-11-01", "USD"))
    with pytest.raises(ValueError, match="no price"):
        hand.apply(readings(meter))
    assert dump(meter.connection) == before
    assert hand.apply(readings(meter)).requests == 5
    assert meter.totals()[0] == 5


def test_what_a_batch_changed_is_told(meter: Meter) -> None:
    meter.write(CLAUDE, jsonl(answer("msg_1", usage(5, output=2))))
    hand = writer(meter.connection)
    first = hand.apply(readings(meter))
    assert (first.requests, len(first.sessions)) == (1, 1)
    meter.write(CLAUDE, jsonl(answer("msg_1", usage(5, output=2)), answer("msg_1", usage(5, output=9))))
    second = hand.apply(readings(meter))
    assert (second.requests, second.sessions) == (0, first.sessions)
    meter.write(CLAUDE, jsonl(answer("msg_1", usage(5, output=9))))
    assert hand.apply(readings(meter)).sessions == frozenset()


def test_every_priced_request_names_its_book(meter: Meter) -> None:
    meter.write(CLAUDE, jsonl(answer("msg_1", usage(5))))
    for name in ("one", "one", "two"):
        Writer(meter.connection, book().price, (name, "2026-11-01", "EUR")).apply(readings(meter))
        meter.write(CLAUDE, jsonl(answer("msg_1", usage(5)), answer(f"msg_{name}", usage(6), request=name)))
    query = "SELECT name, as_of, currency, count(*) FROM request JOIN price_book b ON b.id = book_id GROUP BY name"
    assert meter.connection.execute(query).fetchall() == [("one", "2026-11-01", "EUR", 2)]


def test_a_bookmark_stands_in_the_transaction_of_its_rows(meter: Meter) -> None:
    meter.write(CLAUDE, jsonl(answer("msg_1", usage(5))))
    statements: list[str] = []
    meter.connection.set_trace_callback(statements.append)
    writer(meter.connection).apply(readings(meter))
    meter.connection.set_trace_callback(None)
    begin, end = statements.index("BEGIN IMMEDIATE"), statements.index("COMMIT")
    wrote = [n for n, text in enumerate(statements) if text.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert begin < min(wrote)
    assert max(wrote) < end
    assert statements.count("COMMIT") == 1
