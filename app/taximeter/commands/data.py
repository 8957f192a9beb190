"""``taximeter data``: the ledger's size, its backup, its move to another folder, and the purge of sessions."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click

from taximeter.commands.desk import Desk
from taximeter.commands.doctor import ledger_bytes
from taximeter.commands.documents import Document, head, iso, put
from taximeter.commands.options import EVER, WrongUse, as_json, first_day
from taximeter.commands.reading import OpenLedger, opened
from taximeter.commands.wording import count_words
from taximeter.host.trouble import Trouble
from taximeter.ledger.moving import copy_folder, leave_link, refuse_target
from taximeter.ledger.purging import Doomed, copy_whole, count_doomed, purge
from taximeter.ledger.queries_days import day_start
from taximeter.ledger.queries_keeping import Holdings, holdings


@click.group(invoke_without_command=True)
@as_json
@click.pass_context
def data(context: click.Context, *, as_json: bool) -> None:
    """How large the ledger is and what it holds; back it up, move it, purge it."""
    if context.invoked_subcommand:
        return
    with opened(context.obj, index=False) as ledger:
        held = holdings(ledger.connection)
        if as_json:
            put(data_document(ledger, held))
        else:
            click.echo(data_text(ledger, held))


@data.command("purge")
@click.option("--project", metavar="NAME", help="All sessions of this project.")
@click.option("--before", callback=first_day, metavar="DAY", help="All sessions that ended before this day.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def purge_(desk: Desk, project: str | None, before: str | None, *, yes: bool) -> None:
    """Take sessions out of the ledger for good. The agents' own logs are left alone."""
    if before == EVER:
        raise WrongUse("--before needs a day", "such as 2026-11-01.")
    if project is None and before is None:
        raise WrongUse("Say which sessions", "with --project NAME or --before DAY.")
    doomed = Doomed(project, day_start(before) if before else None)
    with closing(desk.read_ledger()) as connection:
        sessions, requests = count_doomed(connection, doomed)
    if not sessions:
        click.echo("No such sessions; nothing was removed.")
        return
    what = f"{count_words(sessions, 'session')} with {count_words(requests, 'request')}"
    if not yes and not _agreed(f"Remove {what} for good?"):
        raise WrongUse("Nothing was removed", "Add --yes to remove without being asked.")
    with _writing(desk) as connection:
        purge(connection, doomed)
    click.echo(f"Removed {what}. The agents' logs were not touched, and are not read again.")


@data.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def backup(desk: Desk, file: Path) -> None:
    """Copy the ledger to FILE, also while Taximeter runs."""
    with closing(desk.read_ledger()) as connection:
        copy_whole(connection, file.absolute())
    click.echo(f"Copied to {file} ({file.stat().st_size / 1e6:,.1f} MB).")


@data.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.pass_obj
def move(desk: Desk, folder: Path) -> None:
    """Move the ledger and the price lists to FOLDER; a link stays in the old place."""
    target = folder.absolute()
    try:
        refuse_target(desk.ledger.parent, target)
    except Trouble as trouble:
        raise WrongUse(trouble.title, trouble.detail) from trouble
    with _writing(desk) as connection:
        copy_folder(connection, desk.ledger, target)
    leave_link(desk.ledger.parent, target)
    click.echo(f"Moved to {target}.")


def data_document(ledger: OpenLedger, held: Holdings) -> Document:
    """The data of ``data --json``."""
    return {
        **head(ledger),
        "ledger": {"path": str(ledger.desk.ledger), "bytes": ledger_bytes(ledger.desk.ledger)},
        "sessions": held.sessions,
        "requests": held.requests,
        "files": held.files,
        "oldest": iso(held.oldest) if held.oldest else None,
        "newest": iso(held.newest) if held.newest else None,
    }


def data_text(ledger: OpenLedger, held: Holdings) -> str:
    """The same for people."""
    what = f"{count_words(held.sessions, 'session')}, {count_words(held.requests, 'request')}"
    size = f"{ledger_bytes(ledger.desk.ledger) / 1e6:,.1f} MB"
    lines = [str(ledger.desk.ledger), f"{size}, {what} from {count_words(held.files, 'log file')}"]
    if held.oldest:
        lines.append(f"From {iso(held.oldest)[:10]} to {iso(held.newest)[:10]}. Kept when agents delete their logs.")
    return "\n".join(lines)


@contextmanager
def _writing(desk: Desk) -> Iterator[sqlite3.Connection]:
    with desk.write_ledger() as connection:
        if connection is None:
            raise Trouble("Taximeter is running and keeps the ledger", "Quit it from its menu, then try again.")
        yield connection


def _agreed(question: str) -> bool:
    return sys.stdin.isatty() and click.confirm(question)
