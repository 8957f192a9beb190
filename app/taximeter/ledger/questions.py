"""Writing launches down before they start, and what was answered. Each function works inside the caller's transaction.

What was foreseen is kept as it was then: once a launch is answered, only its calls may be added to.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict
from typing import NamedTuple
from uuid import uuid4

from taximeter.domain.launch import Answer, Finding, Forecast, Kind, Source, Spread, Verb, Verdict

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""What cannot be mistaken for something else when it is read out or typed."""
_LENGTH = 5
_NO_RANGE = (None, None, None)


class Asked(NamedTuple):
    """A launch as it was told before it started. Money is nano-units of ``currency``, times are ms since the epoch."""

    id: str
    """Short, and typed on a command line."""
    prompt: str
    """The agent's own id of the prompt or turn: with agent and session it says which launch it is."""
    agent: str
    session: str
    project: str
    source: Source
    kinds: tuple[Kind, ...]
    agents: int
    forecast: Forecast
    verdict: Verdict
    mode: str
    """``ask`` or ``observe``."""
    asked_at: int
    calls: tuple[str, ...] = ()
    """The agent's ids of the calls; of separate processes their sessions."""
    baseline: int | None = None
    """As many times one's own median as there are agents, as known then; None where there was no history."""
    book: str = ""
    """The price book that it was foreseen with."""
    currency: str = ""
    uncorrected: Spread | None = None
    """The range of the runs alone, before correction and floor; None where there is none, or it was not kept."""
    reading: int = 0
    """The part of the forecast that reading the results will take, which is not in the runs' own cost."""


def new_question_id(connection: sqlite3.Connection | None = None) -> str:
    """An id of five letters and digits; with a connection one that no question of the ledger has."""
    while True:
        number = uuid4().int
        id = "".join(_LETTERS[number // len(_LETTERS) ** place % len(_LETTERS)] for place in range(_LENGTH))
        if connection is None or connection.execute("SELECT 1 FROM question WHERE id = ?", (id,)).fetchone() is None:
            return id


def put_question(connection: sqlite3.Connection, asked: Asked) -> None:
    """Write a launch down, or what it has grown to while nobody has answered; an answered one stays as it is."""
    facts = _facts(asked)
    names = ", ".join(facts)
    later = ", ".join(f"{name} = excluded.{name}" for name in facts if name not in {"id", "asked_at"})
    connection.execute(
        f"INSERT INTO question({names}) VALUES ({', '.join('?' * len(facts))})"
        f" ON CONFLICT(id) DO UPDATE SET {later} WHERE question.answer = ''",
        tuple(facts.values()),
    )


def put_answer(
    connection: sqlite3.Connection,
    id: str,
    answer: Answer,
    at: int,
    allowed: Forecast | None = None,
    uncorrected: Spread | None = None,
    reading: int = 0,
) -> bool:
    """Write an answer down; the first one holds. False when there was one, or there is no such question.

    ``allowed`` is the forecast for those that may run, where they are not all: what it will be scored by,
    with its ``uncorrected`` range and its part for ``reading``, see ``Asked``.
    """
    foreseen: tuple[object, ...] = (None,) * 10
    if allowed is not None:
        foreseen = (*(allowed.cost or _NO_RANGE), allowed.floor, allowed.level, allowed.runs,
                    *(uncorrected or _NO_RANGE), reading)  # fmt: skip
    cursor = connection.execute(
        """UPDATE question SET answer = ?, answered_at = ?, allowed = coalesce(?, agents), answered_by = ?,
          for_session = ?, allowed_p10 = ?, allowed_p50 = ?, allowed_p90 = ?, allowed_floor = ?, allowed_level = ?,
          allowed_runs = ?, allowed_raw_p10 = ?, allowed_raw_p50 = ?, allowed_raw_p90 = ?, allowed_reading = ?
          WHERE id = ? AND answer = ''""",
        (answer.verb, at, _allowed(answer), answer.by, answer.for_session, *foreseen, id),
    )
    return cursor.rowcount == 1


def put_calls(connection: sqlite3.Connection, id: str, calls: Iterable[str]) -> None:
    """Add calls to a launch, answered or not; those that are known change nothing."""
    row = connection.execute("SELECT calls FROM question WHERE id = ?", (id,)).fetchone()
    if row is not None:
        together = dict.fromkeys([*json.loads(row[0]), *calls])
        connection.execute("UPDATE question SET calls = ? WHERE id = ?", (json.dumps(list(together)), id))


def _allowed(answer: Answer) -> int | None:
    """How many may run; None for all of them."""
    match answer.verb:
        case Verb.STOP:
            return 0
        case Verb.RUN:
            return None
        case _:
            return answer.agents


def _facts(asked: Asked) -> dict[str, object]:
    forecast, verdict = asked.forecast, asked.verdict
    p10, p50, p90 = forecast.cost or _NO_RANGE
    raw_p10, raw_p50, raw_p90 = asked.uncorrected or _NO_RANGE
    return {
        "id": asked.id, "agent": asked.agent, "session": asked.session, "prompt": asked.prompt,
        "project": asked.project, "source": asked.source, "kinds": _kinds_text(asked.kinds),
        "agents": asked.agents, "p10": p10, "p50": p50, "p90": p90, "floor": forecast.floor, "level": forecast.level,
        "runs": forecast.runs, "severity": int(verdict.level), "findings": _findings_text(verdict.findings),
        "fits": verdict.fits, "mode": asked.mode, "asked_at": asked.asked_at, "calls": json.dumps(list(asked.calls)),
        "baseline": asked.baseline, "book": asked.book, "currency": asked.currency, "raw_p10": raw_p10,
        "raw_p50": raw_p50, "raw_p90": raw_p90, "reading": asked.reading,
    }  # fmt: skip


def _kinds_text(kinds: Iterable[Kind]) -> str:
    return json.dumps([{"type": kind.type, "model": kind.model, "count": kind.count} for kind in kinds])


def _findings_text(findings: Iterable[Finding]) -> str:
    return json.dumps([asdict(finding) for finding in findings])
