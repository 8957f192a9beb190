"""``taximeter status``: quotas, today, running now; with ``--line`` in one line."""

from __future__ import annotations

from collections.abc import Mapping

import click

from taximeter.commands.desk import Desk
from taximeter.commands.documents import Document, head, iso, money, put, session_json, totals_json
from taximeter.commands.options import as_json, no_index
from taximeter.commands.quota_text import amount_words, outlook_words, quota_json
from taximeter.commands.reading import OpenLedger, opened
from taximeter.commands.service_text import quotas_text, service_of, short_words
from taximeter.commands.wording import cost_words, count_words, moment, money_words
from taximeter.domain.quota import Outlook, Refusal
from taximeter.ledger import queries_now
from taximeter.ledger.queries_days import day_of
from taximeter.ledger.readmodels import RunningSession

REASONS = {
    "budget": "the budget is used up",
    "plan_window": "the plan's window is used up",
    "credit": "the credit is used up",
}


@click.command()
@click.option("--line", "one_line", is_flag=True, help="One line, for a shell prompt or a status line.")
@as_json
@no_index
@click.pass_obj
def status(desk: Desk, *, one_line: bool, as_json: bool, index: bool) -> None:
    """What is left of each quota, what today cost, and what runs now."""
    with opened(desk, index=index) as ledger:
        if as_json:
            put(status_document(ledger))
        elif one_line:
            click.echo(status_line(ledger))
        else:
            click.echo(status_text(ledger))


def status_document(ledger: OpenLedger) -> Document:
    """The data of ``status --json``."""
    seen, day = ledger.outlooks, day_of(ledger.desk.now)
    refusal = queries_now.refusal_now(ledger.connection, seen, ledger.desk.now)
    return {
        **head(ledger),
        "quotas": [quota_json(one) for one in seen],
        "today": {"date": day, **totals_json(queries_now.totals_of_day(ledger.connection, day))},
        "running": [_running_json(one) for one in queries_now.running(ledger.connection, ledger.desk.now)],
        "refusal": _refusal_json(refusal) if refusal else None,
    }


def status_line(ledger: OpenLedger) -> str:
    """One line: the quota that binds, today, how many sessions run."""
    seen, now = ledger.outlooks, ledger.desk.now
    parts = [_glance(seen[0], ledger)] if seen and seen[0].binds else []
    if (service := service_of(ledger)) is not None and not service.read:
        parts.append(short_words(service))
    today = queries_now.totals_of_day(ledger.connection, day_of(now))
    parts.append(f"today {cost_words(today, ledger.book.currency)}")
    if running := queries_now.running(ledger.connection, now):
        parts.append(f"{len(running)} running")
    if ledger.why_old:
        parts.append(f"as of {_when(ledger)}")
    return " | ".join(parts)


def status_text(ledger: OpenLedger) -> str:
    """All of it, in at most 80 columns."""
    desk, currency = ledger.desk, ledger.book.currency
    today = queries_now.totals_of_day(ledger.connection, day_of(desk.now))
    seen = ledger.outlooks
    lines = [quotas_text(ledger, seen), ""]
    used = f"{cost_words(today, currency)}, {count_words(today.requests, 'request')}"
    lines.append(f"Today: {used if today.requests else 'nothing yet'}")
    running = queries_now.running(ledger.connection, desk.now)
    names = desk.names()
    lines.append("Running now:" if running else "Nothing is running.")
    lines += [f"  {_running_words(one, names, currency)}" for one in running]
    if refusal := queries_now.refusal_now(ledger.connection, seen, desk.now):
        why = REASONS.get(refusal.reason, refusal.reason)
        name = names.get(refusal.agent, refusal.agent)
        lines += ["", f"{name} was refused at {moment(refusal.at, desk.now, desk.zone)}: {why}."]
    return "\n".join([*lines, *old_words(ledger)])


def old_words(ledger: OpenLedger) -> list[str]:
    """What a text ends with when the ledger was not brought up to date: as of when, and why."""
    return ["", f"As of {_when(ledger)}: {ledger.why_old}."] if ledger.why_old else []


def price_words(ledger: OpenLedger) -> str:
    """By which prices the figures were made; they are what the use would cost, which a plan may cover."""
    book = ledger.book
    return f"Priced by {book.id} as of {book.as_of}; not a bill."


def _when(ledger: OpenLedger) -> str:
    return moment(ledger.as_of, ledger.desk.now, ledger.desk.zone) if ledger.as_of else "never"


def _glance(seen: Outlook, ledger: OpenLedger) -> str:
    quota = seen.quota
    of = "" if quota.limit is None else f" of {amount_words(quota, quota.limit)}"
    left = f"{amount_words(quota, quota.remaining)}{of}{' left' if of else ''}"
    return f"{left}, {outlook_words(seen, ledger.desk.now, ledger.desk.zone)}"


def _running_words(one: RunningSession, names: Mapping[str, str], currency: str) -> str:
    from taximeter.commands.tables import cut_to, one_line

    session = one.session
    where = cut_to(one_line(" ".join(filter(None, (session.project, session.branch))) or "(no project)"), 28)
    pace = f", {money_words(one.cost_per_hour, currency)} an hour" if one.cost_per_hour is not None else ""
    agents = f", {one.agents} agents" if one.agents > 1 else ""
    agent = names.get(session.agent, session.agent)
    return cut_to(f"{where}: {cost_words(session.totals, currency)}{pace}{agents}, {agent}", 78)


def _running_json(one: RunningSession) -> Document:
    pace = money(one.cost_per_hour) if one.cost_per_hour is not None else None
    return {**session_json(one.session), "agents_at_work": one.agents, "cost_per_hour": pace}


def _refusal_json(refusal: Refusal) -> Document:
    return {"at": iso(refusal.at), "agent": refusal.agent, "session": refusal.session, "reason": refusal.reason}
