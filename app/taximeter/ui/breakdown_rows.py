"""The tables of a session's page, as rows of text. Rows of runs are their own use and add up."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from taximeter.domain.usage import Mark, RunKind, Totals
from taximeter.ledger.readmodels import Breakdown, LaunchRow, RequestRow, RunRow
from taximeter.ui import launch_words
from taximeter.ui.figures import ABSENT, Figures, many
from taximeter.ui.rows import Row
from taximeter.ui.sentences import listed

translate = QCoreApplication.translate


def run_headers() -> tuple[str, ...]:
    """Columns of the runs."""
    return (translate("Breakdown", "Agent"), translate("Breakdown", "Model"), *_sum_headers())


def model_headers() -> tuple[str, ...]:
    """Columns of the models."""
    return (translate("Breakdown", "Model"), *_sum_headers())


def turn_headers() -> tuple[str, ...]:
    """Columns of the dearest turns."""
    return (translate("Breakdown", "Agent"), translate("Breakdown", "Model"), translate("Breakdown", "Time"),
            *_sum_headers()[1:])  # fmt: skip


def launch_headers() -> tuple[str, ...]:
    """Columns of the launches."""
    return (
        translate("Breakdown", "Launch"),
        translate("Breakdown", "Time"),
        translate("Breakdown", "Answer"),
        translate("Breakdown", "Agents"),
        translate("Breakdown", "Forecast"),
        translate("Breakdown", "Came to"),
        translate("Breakdown", "Range"),
    )


def run_rows(breakdown: Breakdown, figures: Figures) -> tuple[Row, ...]:
    """Runs below the run that started them; the sum of all rows closes the table."""
    known = {run.id for run in breakdown.runs}
    below: dict[str, list[RunRow]] = {}
    for run in breakdown.runs:
        parent = run.parent_id if run.parent_id in known and run.parent_id != run.id else ""
        below.setdefault(parent, []).append(run)
    placed: set[str] = set()
    tops = [_run_row(run, below, placed, figures) for run in below.get("", [])]
    tops += [_run_row(run, {}, placed, figures) for run in breakdown.runs if run.id not in placed]
    count = many(len(breakdown.runs), translate("Breakdown", "1 run"), translate("Breakdown", "All {n} runs"))
    return (*tops, _sum_row((count, ""), breakdown.session.totals, figures))


def model_rows(breakdown: Breakdown, figures: Figures) -> tuple[Row, ...]:
    """A row a model, and their sum."""
    rows = [
        Row((_model(name), *_sum_texts(totals, figures)), (name, *_sum_keys(totals)))
        for name, totals in breakdown.by_model
    ]
    return (*rows, _sum_row((translate("Breakdown", "All models"),), breakdown.session.totals, figures))


def turn_rows(breakdown: Breakdown, figures: Figures) -> tuple[Row, ...]:
    """The dearest turns with the run they belong to."""
    names = {run.id: run_name(run) for run in breakdown.runs}
    return tuple(_turn_row(turn, names.get(turn.run_id, ABSENT), figures) for turn in breakdown.dearest)


def launch_rows(breakdown: Breakdown, figures: Figures) -> tuple[Row, ...]:
    """The launches that were judged before they started, newest first, each beside what it came to."""
    return tuple(_launch_row(launch, breakdown.session.started_at, figures) for launch in breakdown.launches)


def run_name(run: RunRow) -> str:
    """A run's type and label; the main run and a review are called what they are."""
    if run.kind is RunKind.MAIN:
        return translate("Breakdown", "main")
    kind = run.type or (
        translate("Breakdown", "review") if run.kind is RunKind.REVIEW else translate("Breakdown", "subagent")
    )
    return listed((kind, run.label))


def provenance(breakdown: Breakdown, figures: Figures) -> tuple[str, ...]:
    """How the figure was made, one sentence a fact."""
    totals = breakdown.session.totals
    exact = totals.requests - totals.estimated_requests - totals.unpriced_requests
    number = figures.count
    sure = translate("Breakdown", "{n} of {all} turns are priced exactly.")
    lines = [sure.format(n=number(exact), all=number(totals.requests))]
    if totals.estimated_requests:
        words = translate("Breakdown", "{n} are estimated: something that decides their price is not in the log.")
        lines.append(words.format(n=number(totals.estimated_requests)))
    if totals.floor_requests:
        words = translate("Breakdown", "{n} log only a part of what they used, so the cost is at least this.")
        lines.append(words.format(n=number(totals.floor_requests)))
    if totals.unpriced_requests:
        words = translate(
            "Breakdown", "{n} turns with {tokens} tokens have no price: no price book knows their model, "
            "or the log does not name it. They are not in the amount."
        )  # fmt: skip
        missing = figures.tokens(totals.unpriced_tokens)
        lines.append(words.format(n=number(totals.unpriced_requests), tokens=missing))
    lines += [_credit_words(mark, amount, figures) for mark, amount in breakdown.credits]
    if any(launch.reading and launch.actual is not None for launch in breakdown.launches):
        lines.append(translate("Breakdown", "A launch's forecast has a part for reading its results. What its agents "
                               "came to is held against the rest of it."))  # fmt: skip
    if breakdown.price_books:
        lines.append(translate("Breakdown", "Prices: book {books}.").format(books=listed(breakdown.price_books)))
    lines.append(translate("Breakdown", "The amount is at list price. It is not your bill."))
    return tuple(lines)


def _credit_words(mark: Mark, amount: int, figures: Figures) -> str:
    if mark is Mark.CLAIMS_PREMIUM_REQUESTS:
        words = translate("Breakdown", "Premium requests that its plan counted: {n}. They are no money.")
    else:
        words = translate("Breakdown", "AI units that its plan counted: {n}. They are no money.")
    return words.format(n=figures.parts(amount))


def _run_row(run: RunRow, below: dict[str, list[RunRow]], placed: set[str], figures: Figures) -> Row:
    placed.add(run.id)
    children = tuple(
        _run_row(child, below, placed, figures) for child in below.get(run.id, []) if child.id not in placed
    )
    name = run_name(run)
    return Row((name, _model(run.model), *_sum_texts(run.totals, figures)),
               (name, run.model, *_sum_keys(run.totals)), children)  # fmt: skip


def _turn_row(turn: RequestRow, name: str, figures: Figures) -> Row:
    tokens = turn.tokens
    write = tokens.cache_write_5m + tokens.cache_write_1h
    cost = translate("Breakdown", "unpriced") if turn.cost is None else figures.money(turn.cost.total)
    counts = (tokens.input, tokens.cache_read, write, tokens.output)
    texts = (name, _model(turn.model), figures.clock(turn.at), *map(figures.tokens, counts), cost)
    return Row(texts, (name, turn.model, turn.at, *counts, turn.cost.total if turn.cost else -1))


def _launch_row(launch: LaunchRow, day: int, figures: Figures) -> Row:
    told = -1 if launch.told is None else launch.told.p50
    came = -1 if launch.actual is None else launch.actual
    place = launch_words.place_words(launch)
    texts = (
        launch_words.kinds_words(launch), figures.moment(launch.at, day), launch_words.answer_words(launch),
        figures.count(launch.agents), launch_words.told_words(launch, figures),
        launch_words.cost_words(launch, figures), place,
    )  # fmt: skip
    return Row(texts, (texts[0], launch.at, texts[2], launch.agents, told, came, place))


def _sum_headers() -> tuple[str, ...]:
    return (
        translate("Breakdown", "Turns"),
        translate("Breakdown", "Input"),
        translate("Breakdown", "Cache read"),
        translate("Breakdown", "Cache write"),
        translate("Breakdown", "Output"),
        translate("Breakdown", "Cost"),
    )


def _sum_texts(totals: Totals, figures: Figures) -> tuple[str, ...]:
    tokens = totals.tokens
    counts = (tokens.input, tokens.cache_read, tokens.cache_write_5m + tokens.cache_write_1h, tokens.output)
    return (figures.count(totals.requests), *map(figures.tokens, counts), figures.short_cost(totals))


def _sum_keys(totals: Totals) -> tuple[int, ...]:
    tokens = totals.tokens
    write = tokens.cache_write_5m + tokens.cache_write_1h
    return (totals.requests, tokens.input, tokens.cache_read, write, tokens.output, totals.cost.total)


def _sum_row(names: tuple[str, ...], totals: Totals, figures: Figures) -> Row:
    return Row((*names, *_sum_texts(totals, figures)), (*names, *_sum_keys(totals)), (), True)


def _model(name: str) -> str:
    return name or translate("Breakdown", "not named in the log")
