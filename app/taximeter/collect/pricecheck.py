"""Compares the price list with its seed and with itself; every difference needs a signed verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from taximeter.collect.corrections import Correction
from taximeter.collect.pricetable import Table
from taximeter.domain.quotes import EVER, NEVER, instant
from taximeter.domain.rates import Offer, Prices, Rate, Tariff

LIST = "list"
"""The mode of service that was not asked to be anything else."""

Figures = Mapping[tuple[str, int, str], Decimal | None]
"""Unit prices by mode, prompt length from which they hold, and kind."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One figure that differs. ``since`` is the ISO day from which, empty: ever; None: not listed."""

    provider: str
    model: str
    channel: str
    since: str
    mode: str
    over: int
    kind: str
    ours: Decimal | None
    seed: Decimal | None
    signed_by: tuple[str, ...]
    """Ids of the corrections that explain it; empty: nobody has judged it yet."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong with the list itself, in words."""

    model: str
    sentence: str


def disagreements(table: Table, seed: tuple[Offer, ...], verdicts: Mapping[str, Correction]) -> list[Disagreement]:
    """Where the list and the seed's offers differ, in the list's order."""
    theirs = {(offer.provider, offer.model, offer.channel): offer for offer in seed}
    ours = {(offer.provider, offer.model, offer.channel): offer for offer in table.offers}
    found = [
        one
        for key, offer in ours.items()
        if key in theirs or not _is_new(offer, verdicts)
        for one in _compared(offer, theirs.get(key), verdicts)
    ]
    absent = [offer for key, offer in theirs.items() if key not in ours]
    return found + [one for offer in absent for one in _compared(Offer(*_sold(offer)), offer, verdicts)]


def flaws(table: Table) -> list[Flaw]:
    """Holes and overlaps between the dated rows, and names that two offers of one seller claim."""
    found = [Flaw(offer.model, sentence) for offer in table.offers for sentence in _date_flaws(offer)]
    claimed: dict[tuple[str, str, str], str] = {}
    for offer in table.offers:
        for name in offer.names:
            other = claimed.setdefault((offer.provider, offer.channel, name), offer.model)
            if other != offer.model:
                found.append(Flaw(offer.model, f"its name {name} is also one of {other}"))
    return found


def _is_new(offer: Offer, verdicts: Mapping[str, Correction]) -> bool:
    return any(verdicts[id].new for rate in offer.rates for id in rate.corrections if id in verdicts)


def _sold(offer: Offer) -> tuple[str, str, tuple[str, ...], tuple[Rate, ...], str]:
    return offer.provider, offer.model, (), (), offer.channel


def _compared(ours: Offer, seed: Offer | None, verdicts: Mapping[str, Correction]) -> Iterator[Disagreement]:
    rates = (*ours.rates, *(seed.rates if seed else ()))
    for since in sorted({rate.valid_from for rate in rates}, key=lambda day: instant(day, EVER)):
        mine, theirs = _at(ours, since), _at(seed, since)
        left = _figures(mine) if mine else {}
        right = _figures(theirs) if theirs else {}
        for figure in sorted(left.keys() | right.keys()):
            if left.get(figure) != right.get(figure):
                mode, over, kind = figure
                signed = _signed(mine, mode, kind, verdicts)
                yield Disagreement(
                    ours.provider, ours.model, ours.channel, since, mode, over, kind,
                    left.get(figure), right.get(figure), signed,
                )  # fmt: skip


def _at(offer: Offer | None, since: str) -> Rate | None:
    moment = instant(since, EVER)
    rates = offer.rates if offer else ()
    return next(
        (rate for rate in rates if instant(rate.valid_from, EVER) <= moment < instant(rate.valid_to, NEVER)), None
    )


def _figures(rate: Rate) -> dict[tuple[str, int, str], Decimal | None]:
    tariffs: dict[str, Tariff] = {LIST: rate.tariff, **rate.modes}
    for window in rate.windows:
        days = " on working days" if window.weekdays_only else ""
        tariffs[f"{_clock(window.start)}-{_clock(window.end)} UTC{days}"] = window.tariff
    found: dict[tuple[str, int, str], Decimal | None] = {(LIST, 0, "web_search"): rate.web_search}
    for mode, tariff in tariffs.items():
        for over, prices in ((0, tariff.prices), *tariff.steps):
            found.update({(mode, over, kind): getattr(prices, kind) for kind in Prices._fields})
    return {figure: price for figure, price in found.items() if price is not None}


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _signed(rate: Rate | None, mode: str, kind: str, verdicts: Mapping[str, Correction]) -> tuple[str, ...]:
    """The corrections on this row that touch this figure, so that one does not excuse another's."""
    ids = rate.corrections if rate else ()
    return tuple(id for id in ids if id in verdicts and _touches(verdicts[id], mode, kind))


def _touches(one: Correction, mode: str, kind: str) -> bool:
    if one.new or any(_patches(one, mode, kind)):
        return True
    if mode != LIST and (one.earlier_modes or mode in (one.modes or {})):
        return True
    shares = {
        "cache_read": one.read_of_input,
        "cache_write_5m": one.write_5m_of_input,
        "cache_write_1h": one.write_1h_of_input,
        "web_search": one.web_search,
    }
    return shares.get(kind) is not None


def _patches(one: Correction, mode: str, kind: str) -> Iterator[bool]:
    for patch in one.dated:
        yield getattr(patch, kind, None) is not None
        yield patch.over is not None
        yield patch.peak is not None and "UTC" in mode


def _date_flaws(offer: Offer) -> Iterator[str]:
    ends = ["", *(rate.valid_to for rate in offer.rates)]
    starts = [*(rate.valid_from for rate in offer.rates), ""]
    for end, start in zip(ends, starts, strict=True):
        if end != start:
            until, since = instant(end, EVER), instant(start, NEVER)
            words = "no price" if until < since else "two prices"
            yield f"{words} between {end or 'the beginning'} and {start or 'the end'}"
