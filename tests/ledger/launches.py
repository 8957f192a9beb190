"""Made-up launches: agents that ran, and the questions that were asked about them before."""

from __future__ import annotations

import sqlite3
from typing import Any

from taximeter.domain.launch import (
    Finding,
    Forecast,
    Kind,
    Level,
    Rule,
    Severity,
    Source,
    Spread,
    Verdict,
)
from taximeter.domain.reading import CallSeen, Reading, RunEnd, RunSeen, SessionSeen
from taximeter.domain.usage import Cost, Priced, Pricing, Request, RunKind, Tokens
from taximeter.ledger.bookmarks import Bookmark, FileReading
from taximeter.ledger.questions import Asked
from taximeter.ledger.writer import Writer

NOW = 1_795_000_000_000
MINUTE = 60_000
DAY = 24 * 60 * MINUTE
UNKNOWN = "a model without a price"


def price(model: str, at: int, tokens: Tokens, marks: int, searches: int) -> Priced:
    """One nano-unit a token of output; twice as much for a prompt over 100 tokens."""
    if model == UNKNOWN:
        return Priced(Pricing.UNPRICED, Cost())
    return Priced(Pricing.EXACT, Cost(output=tokens.output * (2 if tokens.prompt > 100 else 1)))


def spend(
    connection: sqlite3.Connection,
    run: str,
    *outputs: int,
    session: str = "s",
    start: int = NOW - 60 * MINUTE,
    call: str = "",
    launch: str = "",
    **more: Any,
) -> None:
    """Let a subagent run, a request a second from ``start`` on; ``main=True`` for a session of its own."""
    reading = Reading()
    name = more.get("agent", "one")
    main = more.get("main", False)
    kind = RunKind.MAIN if main else more.get("kind", RunKind.SUBAGENT)
    id, home = (run, run) if main else (f"{session}/{run}", session)
    reading.sessions[home] = SessionSeen(home, f"/src/{more.get('project', 'shop')}")
    reading.runs[id] = RunSeen(id, home, "" if main else home, kind, more.get("type", "Explore"), "", call, "",
                               more.get("end", RunEnd.NOT_TOLD), more.get("told_at", 0))  # fmt: skip
    if call and launch:
        reading.note_call(CallSeen(call, call, launch))
    for number, output in enumerate(outputs):
        key = f"{id}#{number}".encode().rjust(12)[-12:]
        tokens = Tokens(input=more.get("prompt", 10) + number, output=output)
        reading.requests[key] = Request(key, id, start + number * 1_000, more.get("model", "m"), tokens,
                                        more.get("marks", 0), 0, -1, 0)  # fmt: skip
    mark = Bookmark(name, f"/{id}.jsonl", "", 0, 0, 0, 0, b"", 2, 0)
    Writer(connection, price, ("b", "", "USD")).apply([FileReading(mark, reading, from_start=True)])


def foreseen(agents: int, middle: int | None = 100) -> Forecast:
    """A forecast around a middle, or without a range."""
    cost = None if middle is None else Spread(middle // 2, middle, middle * 2)
    return Forecast(agents, cost, 5, Level.TYPE, 12)


def asked(id: str, at: int, *calls: str, agents: int = 2, severity: Severity = Severity.AMBER, **more: Any) -> Asked:
    """A question about a launch of the session ``s``."""
    spoke = Finding(Rule.LEFT, severity, quota="q", percent=12)
    return Asked(
        id, more.get("prompt", "p1"), "one", more.get("session", "s"), "shop", more.get("source", Source.CALLS),
        (Kind("Explore", "m", agents),), agents, foreseen(agents, more.get("middle", 100)),
        Verdict(severity, (spoke,) if severity else (), 1, None), more.get("mode", "ask"), at, calls,
        more.get("baseline", 90), "b", "USD",
    )  # fmt: skip
