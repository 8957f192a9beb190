"""``taximeter prices``: what a model costs and why, whether the list holds, and fetching a newer one."""

from __future__ import annotations

import json

import click

from taximeter.commands.desk import Desk

DOES_NOT_HOLD, CANNOT_TELL = 1, 69
"""Exit codes: a difference without a verdict, or a flaw; the seed is not installed."""


_as_json = click.option("--json", "as_json", is_flag=True, help="Print data instead of text.")


@click.group()
def prices() -> None:
    """What models cost, where each price comes from, and whether the list holds."""


@prices.command()
@click.argument("model")
@click.option("--book", "book_id", metavar="ID", help="A price book that was used before, by its id.")
@_as_json
@click.pass_obj
def show(desk: Desk, model: str, book_id: str | None, *, as_json: bool) -> None:
    """Dated prices of MODEL, an id as an agent logs it, the row in force first named as such."""
    from taximeter.collect.keptbooks import kept_book
    from taximeter.collect.pricebook import load_book
    from taximeter.collect.pricerefresh import shipped_verdicts
    from taximeter.commands.price_text import found_rows, rows_json, rows_text
    from taximeter.domain.quotes import offers_of

    book = kept_book(desk.paths, book_id) if book_id else load_book(desk.paths, desk.settings)
    rows = found_rows(offers_of(book.source, model), desk.now)
    if not rows:
        raise click.UsageError(f"No price is known for {model}. Its tokens are counted and its cost stays unknown.")
    if as_json:
        click.echo(json.dumps(rows_json(book, model, rows), ensure_ascii=False, indent=2))
    else:
        click.echo(rows_text(book, rows, shipped_verdicts(desk.paths).by_id()))


@prices.command()
@_as_json
@click.pass_context
def check(context: click.Context, *, as_json: bool) -> None:
    """Compare the list with the package it was made from, and with itself.

    Ends with 1 when a difference has no signed verdict, with 69 when that package is not installed.
    """
    from taximeter.collect.pricebook import newest_table
    from taximeter.collect.pricecheck import disagreements, flaws
    from taximeter.collect.pricerefresh import shipped_verdicts
    from taximeter.collect.pricetable import read_table
    from taximeter.collect.seedpackage import installed_providers, installed_version
    from taximeter.collect.seedrates import seed_offers
    from taximeter.commands.price_text import check_json, check_text

    desk: Desk = context.obj
    table, verdicts = read_table(newest_table(desk.paths)), shipped_verdicts(desk.paths).by_id()
    seed, wrong = installed_version(), flaws(table)
    found = disagreements(table, seed_offers(installed_providers(), seed), verdicts) if seed else []
    if as_json:
        click.echo(json.dumps(check_json(found, wrong, seed), ensure_ascii=False, indent=2))
    elif seed:
        click.echo(check_text(found, wrong, verdicts, seed))
    else:
        click.echo("\n".join(f"{flaw.model}: {flaw.sentence}" for flaw in wrong) or "The list has no flaw in itself.")
        click.echo("It cannot be compared: genai-prices, from which it was made, is not installed.", err=True)
    if wrong or any(not one.signed_by for one in found):
        context.exit(DOES_NOT_HOLD)
    context.exit(0 if seed else CANNOT_TELL)


@prices.command()
@_as_json
@click.pass_obj
def refresh(desk: Desk, *, as_json: bool) -> None:
    """Fetch the published price data now; nothing is sent. Stored costs stay as they are."""
    from dataclasses import asdict

    from taximeter.collect.pricerefresh import refresh_prices

    done = refresh_prices(desk.paths, desk.now)
    if as_json:
        click.echo(json.dumps({"schema": 1, **asdict(done)}, indent=2))
        return
    click.echo(f"Prices of {done.models} offers as of {done.as_of}.")
    for word, models in (("New", done.added), ("Changed", done.changed), ("No longer listed", done.removed)):
        if models:
            click.echo(f"{word}: {', '.join(models)}")
