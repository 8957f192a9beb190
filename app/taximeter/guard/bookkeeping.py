"""What the gate keeps in the ledger: each launch before it starts, its answer, and inputs that could not be used."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable

from taximeter.domain.launch import Answer
from taximeter.guard.judging import Record
from taximeter.ledger.questions import Asked, put_answer, put_calls, put_question

Job = Callable[[sqlite3.Connection], None]
"""To be run by whoever writes the ledger, inside a transaction."""

_UNUSABLE = "hooks_unusable"


def keep(record: Record, book: str) -> Job:
    """Writes a launch down, or that it has grown, or how it was answered."""
    question = record.question
    asked = Asked(
        id=question.id, prompt=record.prompt, agent=question.agent, session=question.session,
        project=question.project, source=question.source, kinds=question.kinds, agents=question.agents,
        forecast=question.forecast, verdict=question.verdict, mode=record.mode, asked_at=question.asked_at,
        calls=record.calls, baseline=record.told.baseline or None, book=book, currency=question.currency,
        uncorrected=record.told.uncorrected, reading=record.told.reading,
    )  # fmt: skip

    def job(connection: sqlite3.Connection) -> None:
        put_question(connection, asked)
        put_calls(connection, question.id, record.calls)
        if record.answer is not None:
            _put_answer(connection, record, record.answer)

    return job


def _put_answer(connection: sqlite3.Connection, record: Record, answer: Answer) -> None:
    id, at, allowed = record.question.id, record.answered_at, record.allowed
    if allowed is None:
        put_answer(connection, id, answer, at)
    else:
        put_answer(connection, id, answer, at, allowed.forecast, allowed.uncorrected, allowed.reading)


def join(id: str, calls: tuple[str, ...]) -> Job:
    """Notes more of the agent's own ids that belong to a launch."""

    def job(connection: sqlite3.Connection) -> None:
        put_calls(connection, id, calls)

    return job


def count_unusable(agent: str, why: str, at: int) -> Job:
    """Counts an input that could not be used, for the doctor's report."""

    def job(connection: sqlite3.Connection) -> None:
        counts = unusable_inputs(connection)
        count, _ = counts.get((agent, why), (0, 0))
        counts[agent, why] = (count + 1, at)
        kept = json.dumps([[*key, *value] for key, value in counts.items()])
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_UNUSABLE, kept))

    return job


def unusable_inputs(connection: sqlite3.Connection) -> dict[tuple[str, str], tuple[int, int]]:
    """By agent and reason: how many inputs of hooks could not be used, and when the last one came, ms."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (_UNUSABLE,)).fetchone()
    return {(agent, why): (count, at) for agent, why, count, at in json.loads(row[0])} if row else {}
