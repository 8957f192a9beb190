"""Sessions as tables of at most 80 columns."""

from __future__ import annotations

from collections.abc import Sequence

from taximeter.commands.quota_text import credit_words
from taximeter.commands.reading import OpenLedger
from taximeter.commands.status import old_words, price_words
from taximeter.commands.tables import Column, one_line, table
from taximeter.commands.wording import (
    cost_cell,
    cost_words,
    count_words,
    length_words,
    moment,
    money_words,
    notes,
    token_words,
)
from taximeter.domain.usage import CREDITS, Mark, Totals
from taximeter.ledger.readmodels import Breakdown, RunRow, SessionPage

SHORT_ID = 8
NO_PROJECT = "(none)"
LONGEST_ID = 18
LIST = (
    Column("Last"), Column("Project", cut=True), Column("Agent", cut=True), Column("Subagents", right=True),
    Column("Tokens", right=True), Column("Cost", right=True), Column("Id"),
)  # fmt: skip
RUNS = (
    Column("Run", cut=True), Column("Type", cut=True), Column("Model", cut=True), Column("Time", right=True),
    Column("Requests", right=True), Column("Tokens", right=True), Column("Cost", right=True),
)  # fmt: skip
MODELS = (
    Column("Model", cut=True), Column("Requests", right=True), Column("Input", right=True), Column("Read", right=True),
    Column("Write", right=True), Column("Output", right=True), Column("Cost", right=True),
)  # fmt: skip
DEAREST = (
    Column("When"), Column("Run", cut=True), Column("Model", cut=True), Column("Tokens", right=True),
    Column("Output", right=True), Column("Cost", right=True),
)  # fmt: skip
DEAREST_SHOWN = 5
ONE = 10**9
"""One credit, in billionths."""


def sessions_text(ledger: OpenLedger, page: SessionPage, since_day: str) -> str:
    """A page of sessions, with the totals of the whole filter beneath."""
    since = f"since {since_day}" if since_day else "in all"
    if not page.rows:
        return "\n".join([f"No sessions {since}.", *old_words(ledger)])
    desk, currency = ledger.desk, ledger.book.currency
    shown = short_ids([row.id for row in page.rows])
    costs = [cost_cell(row.totals, currency) for row in page.rows]
    rows = [
        (moment(row.ended_at, desk.now, desk.zone), row.project or NO_PROJECT, row.agent, str(row.runs or ""),
         token_words(row.totals.tokens.total), cost, id)
        for row, cost, id in zip(page.rows, costs, shown, strict=True)
    ]  # fmt: skip
    count = count_words(page.count, "session")
    if len(page.rows) < page.count:
        count = f"{len(page.rows):,} of {count}"
    total = f"{count} {since}: {cost_words(page.totals, currency)}"
    return "\n".join([table(LIST, rows), "", total, *notes(costs), price_words(ledger), *old_words(ledger)])


def breakdown_text(ledger: OpenLedger, page: Breakdown) -> str:
    """One session: what it was, then its runs as a tree, its models, and how the figure was made."""
    session, currency, desk = page.session, ledger.book.currency, ledger.desk
    names = desk.names()
    where = ", ".join(filter(None, (session.project or NO_PROJECT, session.branch)))
    began = f"{moment(session.started_at, desk.now, desk.zone)}, {length_words(session.ended_at - session.started_at)}"
    top = [
        f"{one_line(where)}: {names.get(session.agent, session.agent)}",
        f"{cost_words(session.totals, currency)}, {count_words(session.totals.requests, 'request')}",
        f"Began {began}. Id {session.id}",
    ]
    top += [f"Its plan counted {_credit_words(*each)}; that is no money, and not in the cost." for each in page.credits]
    runs = [_run_cells(run, depth, currency) for run, depth in as_tree(page.runs)]
    models = [_model_cells(model, totals, currency) for model, totals in page.by_model]
    books = f"Priced by {', '.join(page.price_books)}; not a bill." if page.price_books else "Not priced."
    costs = [row[-1] for row in (*runs, *models)]
    tables = [table(RUNS, runs), "", table(MODELS, models), "", *_dearest(page, ledger)]
    parts = [*top, "", *tables, *notes(costs), books, *old_words(ledger)]
    return "\n".join(parts)


def _credit_words(mark: Mark, amount: int) -> str:
    what = CREDITS[mark]
    return f"{credit_words(amount)} {what.removesuffix('s') if amount == ONE else what}"


def as_tree(runs: Sequence[RunRow]) -> list[tuple[RunRow, int]]:
    """The runs, each after its parent, with how deep it stands; what no root leads to stands at the end."""
    children: dict[str, list[RunRow]] = {}
    for run in runs:
        children.setdefault(run.parent_id, []).append(run)
    ordered, waiting = list[tuple[RunRow, int]](), [(run, 0) for run in reversed(children.get("", ()))]
    while waiting:
        run, depth = waiting.pop()
        ordered.append((run, depth))
        waiting += [(child, depth + 1) for child in reversed(children.get(run.id, ()))]
    reached = {run.id for run, _ in ordered}
    return ordered + [(run, 0) for run in runs if run.id not in reached]


def short_ids(ids: Sequence[str]) -> list[str]:
    """The beginnings of ids, as long as it takes to tell them apart, within reason."""
    length = SHORT_ID
    while length < LONGEST_ID and len({id[:length] for id in ids}) < len(set(ids)):
        length += 1
    return [id[:length] for id in ids]


def _dearest(page: Breakdown, ledger: OpenLedger) -> list[str]:
    """The dearest requests, where there are enough that they say more than the runs do."""
    if page.session.totals.requests <= DEAREST_SHOWN:
        return []
    desk, currency = ledger.desk, ledger.book.currency
    labels = {run.id: run.label or ("" if run.parent_id else run.kind.value) for run in page.runs}
    rows = [
        (moment(row.at, desk.now, desk.zone), labels.get(row.run_id) or row.run_id, row.model,
         token_words(row.tokens.total), token_words(row.tokens.output), money_words(row.cost.total, currency))
        for row in page.dearest[:DEAREST_SHOWN] if row.cost
    ]  # fmt: skip
    return ["Dearest requests", table(DEAREST, rows), ""] if rows else []


def _run_cells(run: RunRow, depth: int, currency: str) -> tuple[str, ...]:
    name = run.label or (run.kind.value if not depth else run.id)
    length = length_words(run.ended_at - run.started_at) if run.started_at else ""
    return (
        f"{'  ' * min(depth, 6)}{name}", run.type or run.kind.value, run.model, length, f"{run.totals.requests:,}",
        token_words(run.totals.tokens.total), cost_cell(run.totals, currency),
    )  # fmt: skip


def _model_cells(model: str, totals: Totals, currency: str) -> tuple[str, ...]:
    tokens = totals.tokens
    writes = tokens.cache_write_5m + tokens.cache_write_1h
    counts = (tokens.input, tokens.cache_read, writes, tokens.output)
    return (model or "(not told)", f"{totals.requests:,}", *map(token_words, counts), cost_cell(totals, currency))
