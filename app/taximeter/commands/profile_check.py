"""``taximeter agents check``: whether a house agent's profile reads its logs, before anybody relies on it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from taximeter.commands.desk import Desk
from taximeter.commands.documents import Document, iso, money, put
from taximeter.commands.options import WrongUse, as_json
from taximeter.commands.tables import Column, one_line, table
from taximeter.commands.wording import count_words, moment, money_words
from taximeter.domain.usage import Priced, Pricing, Request
from taximeter.host.trouble import Trouble

if TYPE_CHECKING:
    from taximeter.collect.profile_trial import Trial

DONE, NOTHING_READ = 0, 1
SHOWN = 10
"""Requests that are shown."""
NO_LOGS = "No log was found there. Check home, folders and files under [logs]."
NO_REQUEST = "No request was found in them. Check only under [logs], and the fields."
_COLUMNS = (Column("time"), Column("session", cut=True), Column("run", cut=True), Column("model", cut=True),
            Column("input", right=True), Column("read", right=True), Column("written", right=True),
            Column("output", right=True), Column("cost", right=True))  # fmt: skip

Costed = list[tuple[Request, Priced]]


@click.command("check")
@click.argument("profile")
@click.option("--log", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
              help="Read this log instead of those that the profile finds.")  # fmt: skip
@as_json
@click.pass_obj
def check(desk: Desk, profile: str, log: Path | None, *, as_json: bool) -> int:
    """Try PROFILE, a file or the name of one in the settings' agents folder; nothing is written.

    Shows the first requests and what was skipped. Ends with 1 when the profile cannot be used or nothing could be read.
    """
    from taximeter.collect.profile_trial import find_profile, priced, try_profile

    folders = desk.paths.profile_folders
    file = find_profile(profile, folders)
    if file is None:
        raise WrongUse(f"There is no profile {profile}", f"It is neither a file nor one in {folders[1]}.")
    more = {agent.id: agent.homes for agent in desk.settings.agents}
    try:
        trial = try_profile(file, folders, desk.env, desk.home, more, log, desk.now)
    except Trouble as trouble:
        _tell_broken(desk, file, trouble, as_json=as_json)
        return NOTHING_READ
    book = desk.book()
    found = priced(trial, book)
    if as_json:
        put(_document(desk, trial, found, book.currency))
    else:
        click.echo(_text(desk, trial, found, book.currency))
    return DONE if found else NOTHING_READ


def _tell_broken(desk: Desk, file: Path, trouble: Trouble, *, as_json: bool) -> None:
    if as_json:
        put({"schema": 1, "generated_at": iso(desk.now), "file": os.fspath(file), "trouble": str(trouble)})
    else:
        click.echo(str(trouble))


def _text(desk: Desk, trial: Trial, found: Costed, currency: str) -> str:
    agent = trial.house.agent
    lines = [f"{agent.name} ({agent.id})", f"  profile   {one_line(os.fspath(trial.house.file))}"]
    lines += [f"  looks in  {one_line(folder)}{'' if os.path.isdir(folder) else ' (not there)'}"
              for folder in trial.source.folders]  # fmt: skip
    counted = [count_words(len(found), "request"), count_words(len(set(trial.sessions.values())), "session")]
    lines += [f"  read      {count_words(trial.read, 'log')} of {trial.found:,}: {', '.join(counted)}"]
    lines += [f"  skipped   {count:,} x {reason}" for reason, count in trial.skipped.items()]
    lines += [f"  not read  {one_line(path)}: {why}" for path, why in trial.troubles]
    if not found:
        return "\n".join([*lines, "", NO_REQUEST if trial.found else NO_LOGS])
    rows = [_cells(desk, trial, request, cost, currency) for request, cost in found[:SHOWN]]
    more = [f"and {len(found) - SHOWN:,} more"] if len(found) > SHOWN else []
    unpriced = {request.model or "(no model told)" for request, cost in found if cost.pricing is Pricing.UNPRICED}
    named = ", ".join(sorted(map(one_line, unpriced)))
    lacking = [f"Without a price: {named}. A [[price]] for it makes its cost known."] if unpriced else []
    return "\n".join([*lines, "", table(_COLUMNS, rows), *more, *lacking])


def _cells(desk: Desk, trial: Trial, request: Request, cost: Priced, currency: str) -> list[str]:
    tokens = request.tokens
    counts = (tokens.input, tokens.cache_read, tokens.cache_write_5m + tokens.cache_write_1h, tokens.output)
    session = trial.sessions.get(request.run, "")
    run = request.run.removeprefix(session).lstrip("/")
    return [moment(request.at, desk.now, desk.zone), session, run, request.model or "(not told)",
            *(f"{count:,}" for count in counts),
            "no price" if cost.pricing is Pricing.UNPRICED else money_words(cost.cost.total, currency)]  # fmt: skip


def _document(desk: Desk, trial: Trial, found: Costed, currency: str) -> Document:
    agent = trial.house.agent
    return {
        "schema": 1,
        "generated_at": iso(desk.now),
        "file": os.fspath(trial.house.file),
        "trouble": None,
        "id": agent.id,
        "name": agent.name,
        "folders": [{"path": folder, "exists": os.path.isdir(folder)} for folder in trial.source.folders],
        "logs": {"found": trial.found, "read": trial.read},
        "currency": currency,
        "requests": len(found),
        "first": [_request_json(request, cost) for request, cost in found[:SHOWN]],
        "skipped": [{"reason": reason, "count": count} for reason, count in trial.skipped.items()],
        "unreadable": [{"path": path, "reason": why} for path, why in trial.troubles],
    }


def _request_json(request: Request, cost: Priced) -> Document:
    tokens = request.tokens
    return {
        "at": iso(request.at),
        "run": request.run,
        "model": request.model or None,
        "tokens": {**tokens._asdict(), "total": tokens.total},
        "cost": None if cost.pricing is Pricing.UNPRICED else money(cost.cost.total),
        "own_cost": None if request.claimed_cost < 0 else money(request.claimed_cost),
    }
