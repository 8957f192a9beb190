"""All requests, one after another, for an export: never more than one in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from taximeter.domain.usage import Cost, Pricing, Tokens


class ExportRow(NamedTuple):
    """One request with everything that says whose it is."""

    at: int
    agent: str
    session: str
    run: str
    run_kind: str
    run_type: str
    project: str
    branch: str
    model: str
    marks: int
    tokens: Tokens
    web_searches: int
    pricing: Pricing
    cost: Cost
    book: str


_COLUMNS = (
    "q.at, s.agent, s.name, u.name, u.kind, u.type, s.project, s.branch, m.name, q.marks, q.input, q.cache_read,"
    " q.cache_write_5m, q.cache_write_1h, q.output, q.reasoning, q.web_searches, q.pricing, q.cost_input,"
    " q.cost_cache_read, q.cost_cache_write, q.cost_output, q.cost_fees, b.name"
)


def requests_of(
    connection: sqlite3.Connection, since: int = 0, agent: str = "", project: str = ""
) -> Iterator[ExportRow]:
    """The requests at ``since`` (ms UTC) or later, session by session, oldest session first, each in order of time."""
    where, values = ["s.ended_at >= ?", "q.at >= ?"], [since, since, *filter(None, (agent, project))]
    where += [f"s.{name} = ?" for name, value in (("agent", agent), ("project", project)) if value]
    sql = (
        f"SELECT {_COLUMNS} FROM (SELECT * FROM session ORDER BY started_at, id) s"
        " CROSS JOIN run u ON u.session_id = s.id CROSS JOIN request q ON q.run_id = u.id"
        " CROSS JOIN model m ON m.id = q.model_id LEFT JOIN price_book b ON b.id = q.book_id"
        f" WHERE {' AND '.join(where)}"
    )
    for row in connection.execute(sql, values):
        tokens, searches, pricing, cost = Tokens(*row[10:16]), row[16], Pricing(row[17]), Cost(*row[18:23])
        yield ExportRow._make((*row[:10], tokens, searches, pricing, cost, row[23] or ""))
