"""``taximeter export``: all requests as CSV or JSON, or as FOCUS rows for a company's cost tool."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from taximeter.commands.desk import Desk
from taximeter.commands.documents import Document, head, iso, money
from taximeter.commands.options import narrowing, no_index, since
from taximeter.commands.reading import opened
from taximeter.domain.usage import Mark, Pricing
from taximeter.host.trouble import Trouble
from taximeter.ledger.queries_days import day_start
from taximeter.ledger.queries_export import ExportRow, requests_of
from taximeter.ledger.readmodels import shown_model

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""With these a spreadsheet takes a text for a formula."""


@click.command()
@click.option("--format", "form", type=click.Choice(("csv", "json", "focus")), required=True, help="What is written.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Instead of printing.")
@since
@narrowing
@no_index
@click.pass_obj
def export(
    desk: Desk, *, form: str, output: Path | None, since_day: str, agent: str, project: str, index: bool
) -> None:
    """Every request since then with its tokens and cost; nothing of what was said in it."""
    with opened(desk, index=index) as ledger, _target(output) as file:
        rows = requests_of(ledger.connection, day_start(since_day) if since_day else 0, agent, project)
        if form == "json":
            _write_json(head(ledger), rows, file)
        elif form == "csv":
            write_csv((row_json(row) for row in rows), file)
        else:
            from taximeter.commands.focus import focus_rows

            write_csv(focus_rows(rows, desk.book(), ledger.book.currency, desk.agents()), file)


def write_requests(rows: Iterable[ExportRow], file: Path) -> int:
    """Write requests as CSV to a file; how many. Raises ``Trouble``."""
    count = 0

    def counted() -> Iterator[Document]:
        nonlocal count
        for row in rows:
            count += 1
            yield row_json(row)

    with _target(file) as opened_file:
        write_csv(counted(), opened_file)
    return count


def row_json(row: ExportRow) -> Document:
    """One request, flat, as CSV and JSON have it; no cost where it has no price."""
    known = row.pricing is not Pricing.UNPRICED
    costs = {f"cost_{kind}": money(cost) if known else None for kind, cost in row.cost._asdict().items()}
    return {
        "at": iso(row.at),
        "agent": row.agent,
        "session": row.session,
        "run": row.run,
        "run_kind": row.run_kind,
        "run_type": row.run_type,
        "project": row.project,
        "branch": row.branch,
        "model": shown_model(row.model, fast=bool(row.marks & Mark.FAST)),
        **row.tokens._asdict(),
        "web_searches": row.web_searches,
        "cost": money(row.cost.total) if known else None,
        **costs,
        "status": row.pricing.name.lower(),
        "at_least": bool(row.marks & Mark.OUTPUT_IS_FLOOR),
        "price_book": row.book if known else None,
    }


def write_csv(rows: Iterable[Document], file: IO[str]) -> None:
    """Rows with their names on top; a text that a spreadsheet would run as a formula is quoted with ``'``."""
    writer: csv.DictWriter[str] | None = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(file, list(row), lineterminator="\n")
            writer.writeheader()
        writer.writerow({name: _harmless(value) for name, value in row.items()})


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(DANGEROUS) else value


def _write_json(head: Document, rows: Iterable[ExportRow], file: IO[str]) -> None:
    """A document like the others, written row by row."""
    file.write(f'{json.dumps(head)[:-1]}, "requests": [')
    for number, row in enumerate(rows):
        file.write(f"{',' if number else ''}\n{json.dumps(row_json(row))}")
    file.write("\n]}\n")


@contextmanager
def _target(output: Path | None) -> Iterator[IO[str]]:
    if output is None:
        yield sys.stdout
        return
    try:
        file = output.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise Trouble(f"{output} cannot be written", f"{error.strerror}.") from error
    with file:
        yield file
