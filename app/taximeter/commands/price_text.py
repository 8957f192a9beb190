"""Dated prices and verdicts on them, as tables that fit 80 columns and as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from textwrap import wrap
from typing import NamedTuple

from taximeter.collect.corrections import Correction
from taximeter.collect.pricecheck import LIST, Disagreement, Flaw
from taximeter.domain.modelids import ModelId
from taximeter.domain.pricing import PriceBook
from taximeter.domain.quotes import EVER, NEVER, instant
from taximeter.domain.rates import SEED, Offer, Prices, Rate, Tariff

COLUMNS = ("served", "prompt", "input", "read", "write", "write long", "output")
WIDTH = 80


class FoundRow(NamedTuple):
    """A dated row that may price a model, and how the logged id was read to find it."""

    reading: ModelId
    offer: Offer
    rate: Rate
    in_force: bool


def found_rows(found: Sequence[tuple[ModelId, Offer]], now: int) -> list[FoundRow]:
    """All dated rows of the offers; the first that holds now is in force."""
    rows: list[FoundRow] = []
    for reading, offer in found:
        for rate in offer.rates:
            holds = instant(rate.valid_from, EVER) <= now < instant(rate.valid_to, NEVER)
            rows.append(FoundRow(reading, offer, rate, holds and not any(row.in_force for row in rows)))
    return rows


def rows_text(book: PriceBook, rows: Sequence[FoundRow], verdicts: Mapping[str, Correction]) -> str:
    """The rows for people, with what is not obvious below each."""
    lines = [f"Price book {book.id}, list of {book.as_of}; {book.currency} per million tokens"]
    for row in rows:
        lines += ["", *_row_lines(row), *_notes(row.rate, verdicts)]
    return "\n".join(lines)


def rows_json(book: PriceBook, model: str, rows: Sequence[FoundRow]) -> dict[str, object]:
    """The data of ``prices show --json``; prices are decimal strings."""
    return {
        "schema": 1,
        "price_book": {"id": book.id, "as_of": book.as_of},
        "currency": book.currency,
        "model": model,
        "rates": [_row_json(row) for row in rows],
    }


def check_text(
    found: Sequence[Disagreement], flaws: Sequence[Flaw], verdicts: Mapping[str, Correction], seed: str
) -> str:
    """What differs from the seed: each verdict once, and in full what nobody has judged."""
    lines = [f"{flaw.model}: {flaw.sentence}" for flaw in flaws]
    judged = Counter(id for one in found for id in one.signed_by)
    for id, count in judged.items():
        models = {one.model for one in found if id in one.signed_by}
        lines.append(f"signed    {id}: {count} figures of {len(models)} models")
        lines += wrap(verdicts[id].reason, WIDTH, initial_indent="          ", subsequent_indent="          ")
    unsigned = [one for one in found if not one.signed_by]
    lines += [f"UNSIGNED  {_disagreement(one)}" for one in unsigned]
    lines.append(f"{len(found)} figures differ from {seed}, {len(unsigned)} of them without a verdict.")
    lines.append(f"{len(flaws)} flaws in the list itself.")
    return "\n".join(lines)


def check_json(found: Sequence[Disagreement], flaws: Sequence[Flaw], seed: str | None) -> dict[str, object]:
    """The data of ``prices check --json``."""
    return {
        "schema": 1,
        "seed": seed,
        "disagreements": [
            {
                "provider": one.provider, "model": one.model, "channel": one.channel, "since": one.since or None,
                "served": one.mode, "over": one.over, "kind": one.kind, "ours": _number(one.ours),
                "seed": _number(one.seed), "signed_by": list(one.signed_by),
            }
            for one in found
        ],
        "flaws": [{"model": flaw.model, "sentence": flaw.sentence} for flaw in flaws],
        "unsigned": sum(not one.signed_by for one in found),
    }  # fmt: skip


def _row_lines(row: FoundRow) -> Iterator[str]:
    rate = row.rate
    where = " ".join(part for part in (row.offer.provider, row.offer.channel or "any channel") if part)
    days = f"{rate.valid_from or 'ever'} to {rate.valid_to or 'further notice'}"
    corrected = ", corrected" if rate.corrections and row.offer.layer == SEED else ""
    yield f"{row.offer.model} ({where}), {days}"
    yield f"  {row.offer.layer}{corrected}{', in force' if row.in_force else ''}"
    if rate.multiplier is not None:
        yield f"  {rate.multiplier} x the list price"
        return
    table = [COLUMNS, *_tariff_cells(rate)]
    widths = [max(len(cells[at]) for cells in table) for at in range(len(COLUMNS))]
    for cells in table:
        first, second, *prices = cells
        rest = (price.rjust(width) for price, width in zip(prices, widths[2:], strict=True))
        yield "  " + "  ".join((first.ljust(widths[0]), second.rjust(widths[1]), *rest)).rstrip()


def _tariff_cells(rate: Rate) -> Iterator[tuple[str, ...]]:
    for mode, tariff in _tariffs(rate):
        for over, prices in ((0, tariff.prices), *tariff.steps):
            length = f"> {over // 1000}k" if over else f"<= {tariff.steps[0].over // 1000}k" if tariff.steps else "any"
            yield mode, length, *(_shown(price) for price in prices)


def _tariffs(rate: Rate) -> Iterator[tuple[str, Tariff]]:
    yield LIST, rate.tariff
    for window in rate.windows:
        yield (
            f"{window.start // 60:02}-{window.end // 60:02} UTC{' Mon-Fri' if window.weekdays_only else ''}",
            window.tariff,
        )
    yield from rate.modes.items()


def _notes(rate: Rate, verdicts: Mapping[str, Correction]) -> Iterator[str]:
    notes = []
    if rate.web_search is not None:
        notes.append(f"Web searches: {_shown(rate.web_search)} per thousand.")
    if rate.us_only is not None:
        notes.append(f"Pinned to the United States: x {_shown(rate.us_only)} on tokens.")
    if rate.currency:
        notes.append(f"In {rate.currency}.")
    checked = f", checked {rate.checked_on}" if rate.checked_on else ""
    notes.append(f"Source: {rate.source or 'none given'} ({rate.basis}{checked}).")
    notes += [f"Corrected, {id}: {verdicts[id].reason}" for id in rate.corrections if id in verdicts]
    for note in notes:
        yield from wrap(note, WIDTH, initial_indent="  ", subsequent_indent="    ")


def _row_json(row: FoundRow) -> dict[str, object]:
    rate = row.rate
    return {
        "layer": row.offer.layer, "provider": row.offer.provider, "channel": row.offer.channel,
        "model": row.offer.model, "read_by": list(row.reading.rules), "in_force": row.in_force,
        "valid_from": rate.valid_from or None, "valid_to": rate.valid_to or None,
        "prices": [
            {"served": mode, "over": over, **{kind: _number(getattr(prices, kind)) for kind in Prices._fields}}
            for mode, tariff in _tariffs(rate)
            for over, prices in ((0, tariff.prices), *tariff.steps)
        ] if rate.multiplier is None else [],
        "multiplier": _number(rate.multiplier), "us_only": _number(rate.us_only),
        "web_search": _number(rate.web_search), "currency": rate.currency or None, "basis": rate.basis,
        "source": rate.source, "checked_on": rate.checked_on or None, "corrections": list(rate.corrections),
    }  # fmt: skip


def _disagreement(one: Disagreement) -> str:
    since = f" since {one.since}" if one.since else ""
    over = f" over {one.over // 1000}k" if one.over else ""
    ours, seed = (_shown(price) for price in (one.ours, one.seed))
    return f"{one.provider} {one.model}{since}, {one.mode}{over}, {one.kind}: ours {ours}, seed {seed}"


def _shown(price: Decimal | None) -> str:
    return "-" if price is None else f"{price.normalize():f}"


def _number(price: Decimal | None) -> str | None:
    return None if price is None else f"{price:f}"
