"""What the commands print as JSON: schema 1, money as decimal strings, times in UTC."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import click

from taximeter.commands.reading import OpenLedger
from taximeter.domain.usage import Totals
from taximeter.ledger.readmodels import RunRow, SessionRow

Document = dict[str, object]
NANO = 10**9


def head(ledger: OpenLedger) -> Document:
    """What stands at the top of every document."""
    book = ledger.book
    return {
        "schema": 1,
        "generated_at": iso(ledger.desk.now),
        "as_of": iso(ledger.as_of) if ledger.as_of else None,
        "currency": book.currency,
        "price_book": {"id": book.id, "as_of": book.as_of},
    }


def put(document: Document) -> None:
    """Print a document. Non-ASCII is escaped, since a path may hold bytes that no encoding can print."""
    click.echo(json.dumps(document, indent=2))


def iso(at: int) -> str:
    """A moment in UTC, to the second."""
    return datetime.fromtimestamp(at // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def money(nano: int) -> str:
    """Nano-units as a decimal string with 9 digits after the point."""
    sign = "-" if nano < 0 else ""
    return f"{sign}{abs(nano) // NANO}.{abs(nano) % NANO:09}"


def totals_json(totals: Totals) -> Document:
    """T of the design: what was used and what it cost; null where nothing could be priced."""
    tokens, known = totals.tokens, totals.cost_or_none is not None
    return {
        "requests": totals.requests,
        "tokens": {**tokens._asdict(), "total": tokens.total},
        "cost": money(totals.cost.total) if known else None,
        "cost_by_kind": {kind: money(cost) if known else None for kind, cost in totals.cost._asdict().items()},
        "unpriced_tokens": totals.unpriced_tokens,
        "status": totals.status,
    }


def session_json(session: SessionRow) -> Document:
    """S of the design: a session with its totals."""
    return {
        "id": session.id,
        "agent": session.agent,
        "project": session.project,
        "branch": session.branch,
        "started_at": iso(session.started_at),
        "ended_at": iso(session.ended_at),
        "models": list(session.models),
        "subagents": {"runs": session.runs, "peak": session.peak},
        **totals_json(session.totals),
    }


def run_json(run: RunRow) -> Document:
    """One run of a session's breakdown."""
    return {
        "id": run.id,
        "parent_id": run.parent_id or None,
        "kind": run.kind.value,
        "type": run.type or None,
        "label": run.label or None,
        "model": run.model or None,
        "started_at": iso(run.started_at) if run.started_at else None,
        "ended_at": iso(run.ended_at) if run.ended_at else None,
        **totals_json(run.totals),
    }


def sum_of(parts: Sequence[Totals]) -> Totals:
    """The sum of several sums."""
    return sum(parts, Totals())
