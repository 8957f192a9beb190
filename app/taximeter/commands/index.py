"""``taximeter index``: bring the ledger up to date and say what changed."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING

import click

from taximeter.commands.desk import Desk
from taximeter.commands.documents import head, put
from taximeter.commands.options import as_json
from taximeter.commands.reading import OpenLedger, say_nothing, show_progress
from taximeter.commands.wording import count_words

if TYPE_CHECKING:
    from taximeter.collect.reporting import IndexReport


@click.command()
@as_json
@click.pass_obj
def index(desk: Desk, *, as_json: bool) -> None:
    """Read what the agents' logs have grown by. Other commands do so too before they print."""
    report = desk.index(show_progress if sys.stderr.isatty() else say_nothing)
    if not as_json:
        click.echo(report_words(report))
        return
    with closing(desk.read_ledger()) as connection:
        ledger = OpenLedger(desk, connection, desk.now, "")
        put({**head(ledger), "changed": report._asdict() if report else None})


def report_words(report: IndexReport | None) -> str:
    """What changed, in a sentence or two."""
    if report is None:
        return "Another Taximeter is keeping the ledger up to date; nothing was done here."
    if not report.files:
        return "The ledger is up to date; no log has changed."
    read = f"Read {count_words(report.files, 'file')} ({report.bytes / 1e6:,.1f} MB)"
    new = f"{count_words(report.requests, 'new request')} in {count_words(report.sessions, 'session')}"
    lost = f" {count_words(report.skipped, 'line')} could not be used: see taximeter doctor." if report.skipped else ""
    return f"{read}: {new}.{lost}"
