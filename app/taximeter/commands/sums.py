"""``taximeter daily``, ``models`` and ``projects``: sums over a stretch of local days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

import click

from taximeter.commands.desk import Desk
from taximeter.commands.documents import Document, head, iso, put, sum_of, totals_json
from taximeter.commands.options import as_json, known_zone, limit, narrowing, no_index, since
from taximeter.commands.reading import OpenLedger, opened
from taximeter.commands.status import old_words, price_words
from taximeter.commands.tables import Column, table
from taximeter.commands.wording import cost_cell, cost_words, moment, notes, token_words
from taximeter.domain.usage import Totals
from taximeter.ledger import queries_sums
from taximeter.ledger.queries_days import day_start
from taximeter.ledger.queries_sums import Stretch
from taximeter.ledger.readmodels import DayRow, ModelRow, ProjectRow, shown_model

FIGURES = (
    Column("Requests", right=True), Column("Input", right=True), Column("Read", right=True),
    Column("Write", right=True), Column("Output", right=True), Column("Cost", right=True),
)  # fmt: skip
DAYS = (
    Column("Day"), Column("Agent", cut=True), Column("Model", cut=True), Column("Tokens", right=True),
    Column("Output", right=True), Column("Cost", right=True),
)  # fmt: skip
MODELS = (Column("Model", cut=True), *FIGURES)
PROJECTS = (
    Column("Project", cut=True), Column("Sessions", right=True), Column("Last"), Column("Tokens", right=True),
    Column("Cost", right=True),
)  # fmt: skip


@click.command()
@since
@narrowing
@click.option("--timezone", "zone", callback=known_zone, metavar="ZONE", help="Cut the days in another time zone.")
@as_json
@no_index
@click.pass_obj
def daily(
    desk: Desk, *, since_day: str, agent: str, project: str, zone: tzinfo | None, as_json: bool, index: bool
) -> None:
    """Sums by local day, agent and model, the newest day last."""
    with opened(desk, index=index) as ledger:
        if zone is None:
            rows = queries_sums.days(ledger.connection, Stretch(since_day, agent=agent, project=project))
        else:
            start = day_start(since_day, zone) if since_day else 0
            rows = queries_sums.days_in_zone(ledger.connection, start, zone, agent, project)
        if as_json:
            put({**head(ledger), "totals": _total(rows), "days": [_day_json(row) for row in rows]})
            return
        click.echo(_days_text(ledger, rows, since_day))


@click.command()
@since
@narrowing
@as_json
@no_index
@click.pass_obj
def models(desk: Desk, *, since_day: str, agent: str, project: str, as_json: bool, index: bool) -> None:
    """Sums by model, the dearest first; requests in fast mode have a line of their own."""
    with opened(desk, index=index) as ledger:
        rows = queries_sums.models(ledger.connection, Stretch(since_day, agent=agent, project=project))
        if as_json:
            put({**head(ledger), "totals": _total(rows), "models": [_model_json(row) for row in rows]})
            return
        click.echo(_models_text(ledger, rows, since_day))


@click.command()
@since
@narrowing
@limit
@as_json
@no_index
@click.pass_obj
def projects(desk: Desk, *, since_day: str, agent: str, project: str, limit: int, as_json: bool, index: bool) -> None:
    """Sums by project, the dearest first."""
    with opened(desk, index=index) as ledger:
        rows = queries_sums.projects(ledger.connection, Stretch(since_day, agent=agent, project=project))
        if as_json:
            shown = [_project_json(row) for row in rows[:limit]]
            put({**head(ledger), "totals": _total(rows), "projects": shown})
            return
        click.echo(_projects_text(ledger, rows, since_day, limit))


def _projects_text(ledger: OpenLedger, rows: Sequence[ProjectRow], since_day: str, limit: int) -> str:
    desk, currency = ledger.desk, ledger.book.currency
    costs = [cost_cell(row.totals, currency) for row in rows[:limit]]
    cells = [
        (row.project or "(none)", f"{row.sessions:,}", moment(row.last_at, desk.now, desk.zone),
         token_words(row.totals.tokens.total), cost)
        for row, cost in zip(rows, costs, strict=False)
    ]  # fmt: skip
    return _framed(ledger, PROJECTS, cells, costs, sum_of([row.totals for row in rows]), since_day)


def _days_text(ledger: OpenLedger, rows: Sequence[DayRow], since_day: str) -> str:
    costs = [cost_cell(row.totals, ledger.book.currency) for row in rows]
    cells = [
        (row.date, row.agent, shown_model(row.model, fast=row.fast) or "(not told)",
         token_words(row.totals.tokens.total), token_words(row.totals.tokens.output), cost)
        for row, cost in zip(rows, costs, strict=True)
    ]  # fmt: skip
    return _framed(ledger, DAYS, cells, costs, sum_of([row.totals for row in rows]), since_day)


def _models_text(ledger: OpenLedger, rows: Sequence[ModelRow], since_day: str) -> str:
    costs = [cost_cell(row.totals, ledger.book.currency) for row in rows]
    cells = [
        (shown_model(row.model, fast=row.fast) or "(not told)", *_figures(row.totals), cost)
        for row, cost in zip(rows, costs, strict=True)
    ]
    return _framed(ledger, MODELS, cells, costs, sum_of([row.totals for row in rows]), since_day)


def _framed(
    ledger: OpenLedger, columns: Sequence[Column], cells: Sequence[Sequence[str]], costs: list[str], total: Totals,
    since_day: str,
) -> str:  # fmt: skip
    since = f"since {since_day}" if since_day else "in all"
    if not cells:
        return "\n".join([f"Nothing was used {since}.", *old_words(ledger)])
    words = f"Total {since}: {cost_words(total, ledger.book.currency)}"
    return "\n".join([table(columns, cells), "", words, *notes(costs), price_words(ledger), *old_words(ledger)])


def _figures(totals: Totals) -> tuple[str, ...]:
    tokens = totals.tokens
    counts = (tokens.input, tokens.cache_read, tokens.cache_write_5m + tokens.cache_write_1h, tokens.output)
    return (f"{totals.requests:,}", *map(token_words, counts))


def _total(rows: Sequence[DayRow] | Sequence[ModelRow] | Sequence[ProjectRow]) -> Document:
    return totals_json(sum_of([row.totals for row in rows]))


def _day_json(row: DayRow) -> Document:
    model = shown_model(row.model, fast=row.fast)
    return {"date": row.date, "agent": row.agent, "model": model, **totals_json(row.totals)}


def _model_json(row: ModelRow) -> Document:
    return {"model": shown_model(row.model, fast=row.fast), "fast": row.fast, **totals_json(row.totals)}


def _project_json(row: ProjectRow) -> Document:
    return {
        "project": row.project,
        "sessions": row.sessions,
        "last_at": iso(row.last_at),
        **totals_json(row.totals),
    }
