"""``taximeter sessions`` and ``taximeter session ID``."""

from __future__ import annotations

import click

from taximeter.commands.desk import Desk
from taximeter.commands.documents import Document, head, put, run_json, session_json, totals_json
from taximeter.commands.options import WrongUse, as_json, limit, narrowing, no_index, since
from taximeter.commands.quota_text import amount_json
from taximeter.commands.reading import OpenLedger, opened
from taximeter.commands.session_text import breakdown_text, sessions_text
from taximeter.domain.quota import Unit
from taximeter.domain.usage import CREDITS
from taximeter.ledger.queries_breakdown import breakdown, sessions_named
from taximeter.ledger.queries_days import day_start
from taximeter.ledger.queries_sessions import ORDERS, session_page
from taximeter.ledger.readmodels import Breakdown, SessionFilter, SessionPage

CANDIDATES = 5


@click.command()
@since
@narrowing
@click.option("--search", default="", metavar="TEXT", help="A part of a project, a branch or a session's id.")
@click.option("--sort", "order", type=click.Choice(list(ORDERS)), default="recent", show_default=True, help="By what.")
@limit
@as_json
@no_index
@click.pass_obj
def sessions(desk: Desk, /, *, since_day: str, limit: int, as_json: bool, index: bool, **narrowed: str) -> None:
    """Sessions that were active since then, whole, with totals over all of them."""
    start = day_start(since_day) if since_day else None
    wanted = SessionFilter(start, None, narrowed["agent"], narrowed["project"], narrowed["search"], narrowed["order"])
    with opened(desk, index=index) as ledger:
        page = session_page(ledger.connection, wanted, None, limit)
        if as_json:
            put(sessions_document(ledger, page))
        else:
            click.echo(sessions_text(ledger, page, since_day))


@click.command()
@click.argument("id")
@as_json
@no_index
@click.pass_obj
def session(desk: Desk, id: str, *, as_json: bool, index: bool) -> None:
    """One session by its ID, or by the beginning of it: by run, by model, its dearest requests."""
    with opened(desk, index=index) as ledger:
        page = breakdown(ledger.connection, id)
        if page is None:
            raise unknown_session(ledger, id)
        if as_json:
            put(session_document(ledger, page))
        else:
            click.echo(breakdown_text(ledger, page))


def sessions_document(ledger: OpenLedger, page: SessionPage) -> Document:
    """The data of ``sessions --json``; the totals are over the filter, not the page."""
    rows = [session_json(row) for row in page.rows]
    return {**head(ledger), "totals": totals_json(page.totals), "sessions": rows}


def session_document(ledger: OpenLedger, page: Breakdown) -> Document:
    """The data of ``session --json``: S with its runs and models."""
    return {
        **head(ledger),
        **session_json(page.session),
        "runs": [run_json(run) for run in page.runs],
        "by_model": [{"model": model, **totals_json(totals)} for model, totals in page.by_model],
        "credits": [
            {"counted": CREDITS[mark], "amount": amount_json(Unit.CREDITS, amount)} for mark, amount in page.credits
        ],
    }


def unknown_session(ledger: OpenLedger, id: str) -> WrongUse:
    """What to say when an id means no session, or several."""
    found = sessions_named(ledger.connection, id, CANDIDATES + 1)
    if not found:
        return WrongUse(f"No session has the id {id!r}", "taximeter sessions --since all lists them.")
    more = " and more" if len(found) > CANDIDATES else ""
    return WrongUse(f"Several sessions begin with {id!r}", f"{', '.join(found[:CANDIDATES])}{more}.")
