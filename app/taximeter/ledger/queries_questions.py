"""Launches that were told before they started, as they are stored: what was foreseen, said and answered."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any, NamedTuple

from taximeter.domain.launch import Finding, Forecast, Kind, Level, Rule, Severity, Source, Spread, Verb

_COLUMNS = """id, prompt, agent, session, project, source, kinds, agents, p10, p50, p90, floor, level, runs, severity,
  findings, fits, mode, asked_at, calls, baseline, book, currency, answered_at, answer, allowed, answered_by,
  for_session, raw_p10, raw_p50, raw_p90, reading, allowed_p10, allowed_p50, allowed_p90, allowed_floor, allowed_level,
  allowed_runs, allowed_raw_p10, allowed_raw_p50, allowed_raw_p90, allowed_reading"""

_NAMES = _COLUMNS.replace(",", " ").split()
_PLAIN = ("id", "prompt", "agent", "session", "project", "agents", "fits", "mode", "asked_at", "baseline", "book",
          "currency", "answered_at", "allowed", "answered_by")  # fmt: skip


class QuestionRow(NamedTuple):
    """A launch that was told before it started. Money is nano-units of ``currency``, times are ms since the epoch."""

    id: str
    prompt: str
    agent: str
    session: str
    project: str
    source: Source
    kinds: tuple[Kind, ...]
    agents: int
    forecast: Forecast
    severity: Severity
    findings: tuple[Finding, ...]
    fits: int | None
    mode: str
    """``ask`` or ``observe``."""
    asked_at: int
    calls: tuple[str, ...]
    baseline: int | None
    book: str
    currency: str
    answered_at: int
    """0 while there is no answer: the launch was let go in silence, only observed, or the question is open."""
    answer: Verb | None
    allowed: int | None
    """How many may run; None while there is no answer."""
    answered_by: str
    for_session: bool
    allowed_forecast: Forecast | None
    """What was foreseen for those that may run, where they are not all."""
    uncorrected: Spread | None
    """The range of the runs that may run, alone and before correction; None where it was not kept."""
    reading: int
    """The part of the scored forecast that is for reading the results."""

    @property
    def rule(self) -> Rule | None:
        """The rule that spoke loudest; None when none spoke."""
        return self.findings[0].rule if self.findings else None

    @property
    def launched(self) -> int:
        """How many agents may have started."""
        return self.agents if self.allowed is None else self.allowed

    @property
    def scored_forecast(self) -> Forecast:
        """The forecast that the actual cost is held against."""
        return self.allowed_forecast or self.forecast


def questions(connection: sqlite3.Connection, limit: int = 50, since: int | None = None) -> tuple[QuestionRow, ...]:
    """The newest ``limit`` of them that were told at ``since`` or later, newest first."""
    sql = f"SELECT {_COLUMNS} FROM question WHERE asked_at >= ? ORDER BY asked_at DESC, id LIMIT ?"
    return tuple(question_row(row) for row in connection.execute(sql, (since or 0, limit)))


def question_named(connection: sqlite3.Connection, text: str) -> QuestionRow | None:
    """A question by its id or by the beginning of it; None when there is none, or several begin so."""
    sql = f"SELECT {_COLUMNS} FROM question WHERE id = ?1 OR substr(id, 1, length(?1)) = ?1 ORDER BY id <> ?1 LIMIT 2"
    rows = connection.execute(sql, (text,)).fetchall() if text else []
    if not rows or (len(rows) > 1 and rows[0][0] != text):
        return None
    return question_row(rows[0])


def questions_of(connection: sqlite3.Connection, agent: str, session: str) -> tuple[QuestionRow, ...]:
    """All of one session, newest first."""
    sql = f"SELECT {_COLUMNS} FROM question WHERE agent = ? AND session = ? ORDER BY asked_at DESC, id"
    return tuple(question_row(row) for row in connection.execute(sql, (agent, session)))


def question_row(row: Sequence[Any]) -> QuestionRow:
    """The question that the columns of this module describe."""
    told = dict(zip(_NAMES, row, strict=True))
    foreseen = Forecast(told["agents"], _spread(told, ""), told["floor"], Level(told["level"]), told["runs"])
    part = "" if told["allowed_level"] is None else "allowed_"
    plain = {name: told[name] for name in _PLAIN}
    return QuestionRow(
        **plain,
        source=Source(told["source"]),
        kinds=tuple(Kind(**kind) for kind in json.loads(told["kinds"])),
        forecast=foreseen,
        severity=Severity(told["severity"]),
        findings=tuple(_finding(finding) for finding in json.loads(told["findings"])),
        calls=tuple(json.loads(told["calls"])),
        answer=Verb(told["answer"]) if told["answer"] else None,
        for_session=bool(told["for_session"]),
        allowed_forecast=_for_allowed(told),
        uncorrected=_spread(told, f"{part}raw_"),
        reading=told[f"{part}reading"],
    )


def _for_allowed(told: dict[str, Any]) -> Forecast | None:
    if told["allowed_level"] is None:
        return None
    cost, level = _spread(told, "allowed_"), Level(told["allowed_level"])
    return Forecast(told["allowed"], cost, told["allowed_floor"], level, told["allowed_runs"])


def _spread(told: dict[str, Any], which: str) -> Spread | None:
    middle = told[f"{which}p50"]
    return None if middle is None else Spread(told[f"{which}p10"], middle, told[f"{which}p90"])


def _finding(told: dict[str, Any]) -> Finding:
    return Finding(**told | {"rule": Rule(told["rule"]), "severity": Severity(told["severity"])})


class Tally(NamedTuple):
    """How launches were answered since some moment."""

    launches: int
    silent: int
    """No rule spoke, or only a notice."""
    observed: int
    """Would have been asked about, had the mode not been to observe."""
    stopped: int
    """By an answer or by the default: they cannot be scored, and nothing is claimed of them."""
    limited: int
    run: int
    expired: int
    """The default was applied and let them run."""
    unanswered: int
    """Asked about, and the app or the agent went before an answer."""
    days: int
    """On how many days (UTC) anything was asked."""


def tally(connection: sqlite3.Connection, since: int) -> Tally:
    """How the launches told at ``since`` or later were answered."""
    asked = f"mode = 'ask' AND severity >= {int(Severity.AMBER)}"
    stopped = f"(answer = '{Verb.STOP}' OR (answer = '{Verb.EXPIRED}' AND allowed = 0))"
    sql = f"""SELECT count(*), sum(answer = '' AND severity < {int(Severity.AMBER)}),
        sum(answer = '' AND mode = 'observe' AND severity >= {int(Severity.AMBER)}), sum({stopped}),
        sum(answer = '{Verb.LIMIT}'), sum(answer = '{Verb.RUN}'), sum(answer = '{Verb.EXPIRED}' AND allowed <> 0),
        sum(answer = '' AND {asked}), count(DISTINCT CASE WHEN {asked} THEN asked_at / 86400000 END)
      FROM question WHERE asked_at >= ?"""
    return Tally(*(count or 0 for count in connection.execute(sql, (since,)).fetchone()))
