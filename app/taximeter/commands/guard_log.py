"""``taximeter guard log``: launches that were told before they started, the answers, and what they came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from taximeter.commands.answering import answer_code, waits
from taximeter.commands.desk import Desk
from taximeter.commands.documents import Document, head, iso, money, put
from taximeter.commands.forecast import spread_json
from taximeter.commands.hindsight import Hindsight, hindsight
from taximeter.commands.options import as_json, limit, no_index, since
from taximeter.commands.reading import OpenLedger, opened
from taximeter.commands.score_text import ABOUT_INTERVALS, share_json, share_words
from taximeter.commands.status import old_words
from taximeter.commands.tables import Column, table, wrapped
from taximeter.commands.verdict_text import range_words
from taximeter.commands.wording import count_words, moment, money_words
from taximeter.domain.launch import Severity, Verb
from taximeter.domain.shares import Share
from taximeter.ledger.queries_actual import Actual, actuals
from taximeter.ledger.queries_days import day_start
from taximeter.ledger.queries_questions import QuestionRow, questions

COLUMNS = (
    Column("Id"), Column("When"), Column("N", right=True), Column("Project", cut=True),
    Column("Forecast", right=True), Column("Level"), Column("Answer"), Column("Actual", right=True),
)  # fmt: skip
STILL_RUNS = "… still runs"


@click.command("log")
@since
@limit
@as_json
@no_index
@click.pass_obj
def log(desk: Desk, *, since_day: str, limit: int, as_json: bool, index: bool) -> None:
    """Launches that were judged before they started: forecast, answer, what each came to, the newest first."""
    start = day_start(since_day) if since_day else 0
    with opened(desk, index=index) as ledger:
        rows = questions(ledger.connection, limit, start)
        came = actuals(ledger.connection, rows, desk.now)
        seen = hindsight(ledger, start, since_day)
        if as_json:
            put(log_document(ledger, rows, came, seen))
        else:
            click.echo(log_text(ledger, rows, came, seen, since_day))


def log_document(
    ledger: OpenLedger, rows: Sequence[QuestionRow], came: Mapping[str, Actual], seen: Hindsight
) -> Document:
    """The data of ``guard log --json``."""
    tally, warnings = seen.tally, seen.warnings
    return {
        **head(ledger),
        "questions": [question_json(row, came[row.id]) for row in rows],
        "answers": tally._asdict(),
        "scores": {
            "n": seen.scores.n,
            "coverage": share_json(seen.scores.coverage),
            "interruptions_a_day": seen.interruptions,
            "false_alarms": share_json(warnings.false_alarms),
            "misses": share_json(warnings.misses),
            "exceeded": share_json(warnings.exceeded),
        },
    }


def question_json(row: QuestionRow, came: Actual) -> Document:
    """One launch as data; the forecast is the one that the actual cost is held against."""
    return {
        "id": row.id,
        "agent": row.agent,
        "session": row.session,
        "agents": row.agents,
        "forecast": spread_json(row.scored_forecast.cost),
        "level": row.severity.name.lower(),
        "rule": row.rule.value if row.rule else None,
        "answer": answer_code(row),
        "asked_at": iso(row.asked_at),
        "answered_at": iso(row.answered_at) if row.answered_at else None,
        "actual": None if came.cost is None else money(came.cost),
    }


def log_text(
    ledger: OpenLedger, rows: Sequence[QuestionRow], came: Mapping[str, Actual], seen: Hindsight, since_day: str
) -> str:
    """The same for people, in at most 80 columns."""
    period = f"since {since_day}" if since_day else "in all"
    if not rows:
        return "\n".join([f"No launch was judged {period}.", *old_words(ledger)])
    cells = [_cells(ledger, row, came[row.id]) for row in rows]
    lines = [table(COLUMNS, cells), *([STILL_RUNS] if any(one.going_on for one in came.values()) else []), ""]
    if any(waits(row, ledger.desk.now) for row in rows) and ledger.desk.door("in_touch") is not None:
        lines += ["Answer an open one with: taximeter guard answer ID stop, run, or limit N", ""]
    for words in (*score_words(seen), tally_words(seen, period)):
        lines += wrapped(words)
    return "\n".join([*lines, *old_words(ledger)])


def score_words(seen: Hindsight) -> list[str]:
    """How the forecasts and the warnings did, each figure with its count and its interval."""
    scores, warnings = seen.scores, seen.warnings
    if not scores.n:
        return ["No launch with a forecast has ended yet, so there is nothing to score."]
    inside = scores.coverage
    of = count_words(scores.n, "forecast")
    said = [f"Last {of}: {inside.hits} inside the range ({_interval(inside)}; 80 % is meant)."]
    if warnings.false_alarms.of:
        said.append(f"False alarms: {share_words(warnings.false_alarms)} launches that were warned of.")
    if warnings.misses.of:
        said.append(f"Misses: {share_words(warnings.misses)} launches that passed a threshold.")
    elif warnings.exceeded.of:
        said.append(f"None of {warnings.exceeded.of} launches passed a threshold, so none could be missed.")
    return [*said, ABOUT_INTERVALS]


def tally_words(seen: Hindsight, period: str) -> str:
    """How launches were answered; stopped ones are counted, and nothing is claimed of them."""
    tally = seen.tally
    parts = [
        (tally.silent, "let go in silence"), (tally.observed, "only observed"), (tally.run, "run"),
        (tally.limited, "limited"), (tally.expired, "run when the time was up"),
        (tally.stopped, "stopped, which nobody can score"), (tally.unanswered, "without an answer"),
    ]  # fmt: skip
    told = ", ".join(f"{count:,} {what}" for count, what in parts if count)
    asked = f" Questions a day with work: {seen.interruptions:.1f}." if seen.interruptions is not None else ""
    return f"{count_words(tally.launches, 'launch', 'launches')} {period}: {told}.{asked}"


def _cells(ledger: OpenLedger, row: QuestionRow, came: Actual) -> tuple[str, ...]:
    cost = row.scored_forecast.cost
    spent = "" if came.cost is None else money_words(came.cost, row.currency)
    return (
        row.id, moment(row.asked_at, ledger.desk.now, ledger.desk.zone), f"{row.agents:,}", row.project or "(none)",
        range_words(cost, row.currency) if cost else "no basis", row.severity.name.lower(), _answer(row),
        f"{spent} …" if came.going_on and spent else spent,
    )  # fmt: skip


def _answer(row: QuestionRow) -> str:
    if row.answer is Verb.EXPIRED:
        return "time: run" if row.launched else "time: stop"
    if row.answer is None:
        asked = row.mode == "ask" and row.severity >= Severity.AMBER
        return "none" if asked else "not asked"
    return answer_code(row) or ""


def _interval(share: Share) -> str:
    return f"{100 * share.low:.0f} to {100 * share.high:.0f} %"
