"""Our signed-off, dated corrections to the seed: each with its reason, source, day and effect.

They are applied when the table is compiled, so that a request is priced from one row. A correction
names the models it touches; the rows it changes name the correction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fnmatch import fnmatchcase

from taximeter.domain.rates import CORRECTIONS, DIRECT, NO_PRICES, Offer, Prices, Rate, Step, Tariff, Window


@dataclass(frozen=True, slots=True)
class LongPrompt:
    """Prices of a whole request whose prompt is longer than ``over`` tokens."""

    over: int
    input: Decimal | None = None
    cache_read: Decimal | None = None
    cache_write_5m: Decimal | None = None
    cache_write_1h: Decimal | None = None
    output: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DatedPatch:
    """Prices that hold between two dates; what is left out keeps the seed's figure."""

    valid_from: str = ""
    valid_to: str = ""
    input: Decimal | None = None
    cache_read: Decimal | None = None
    cache_write_5m: Decimal | None = None
    cache_write_1h: Decimal | None = None
    output: Decimal | None = None
    over: tuple[LongPrompt, ...] | None = None
    """Long-prompt steps; an empty list removes the seed's."""
    peak: Decimal | None = None
    """Multiplier in the seed's hours; 1 removes them."""
    peak_weekdays_only: bool = False
    peak_not_on: tuple[str, ...] = ()
    assumed: bool = False
    """Whether these prices are a guess, so that every cost from them is an estimate."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One disagreement with the seed, and the verdict that was reached on it."""

    id: str
    reason: str
    source: str
    checked_on: str
    signed_by: str
    models: tuple[str, ...]
    """Shell patterns over model ids."""
    providers: tuple[str, ...]
    channels: tuple[str, ...] = (DIRECT,)
    basis: str = "documented"
    names: tuple[str, ...] = ()
    modes: Mapping[str, Decimal] | None = None
    """Multiplier on the base prices for a mode of service the seed does not know."""
    earlier_modes: bool = False
    """The seed dates a mode by the day it was verified; it held in the same proportion before."""
    us_only: Decimal | None = None
    read_of_input: Decimal | None = None
    write_5m_of_input: Decimal | None = None
    write_1h_of_input: Decimal | None = None
    web_search: Decimal | None = None
    dated: tuple[DatedPatch, ...] = ()
    new: bool = False
    """The seed does not list the model at all."""

    def covers(self, offer: Offer) -> bool:
        """Whether this correction touches an offer."""
        return (
            offer.provider in self.providers
            and offer.channel in self.channels
            and any(fnmatchcase(offer.model, pattern) for pattern in self.models)
        )


def corrected(offers: Sequence[Offer], corrections: Sequence[Correction]) -> tuple[Offer, ...]:
    """The seed's offers with every correction applied in order, and the models that it lacks."""
    found = [*_additions(corrections), *offers]
    for one in corrections:
        if not one.new:
            found = [_apply(one, offer) if one.covers(offer) else offer for offer in found]
    return tuple(replace(offer, rates=tuple(_merged(offer.rates))) for offer in found)


def _additions(corrections: Sequence[Correction]) -> Iterator[Offer]:
    for one in corrections:
        if one.new:
            rates = [
                Rate(patch.valid_from, patch.valid_to, _patched(Tariff(NO_PRICES), patch), basis=one.basis,
                     web_search=one.web_search, source=one.source, checked_on=one.checked_on, corrections=(one.id,))
                for patch in one.dated
            ]  # fmt: skip
            model = one.models[0]
            names = tuple(sorted({model, *one.names}))
            yield Offer(one.providers[0], model, names, tuple(rates), one.channels[0], CORRECTIONS)


def _apply(one: Correction, offer: Offer) -> Offer:
    rates = list(offer.rates)
    for patch in one.dated:
        rates = [piece for rate in rates for piece in _cut(rate, patch)]
        rates = [_with_patch(rate, patch, one) if _inside(rate, patch) else rate for rate in rates]
    changed = [_with_rules(rate, one) for rate in rates]
    if one.earlier_modes:
        changed = _with_earlier_modes(changed, one)
    names = tuple(sorted({*offer.names, *one.names}))
    return replace(offer, names=names, rates=tuple(changed))


def _cut(rate: Rate, patch: DatedPatch) -> Iterator[Rate]:
    """A rate cut where the patch begins and ends."""
    inner = sorted(edge for edge in (patch.valid_from, patch.valid_to) if edge and _covers(rate, edge))
    starts = [rate.valid_from, *inner]
    for start, end in zip(starts, [*inner, rate.valid_to], strict=True):
        yield replace(rate, valid_from=start, valid_to=end)


def _covers(rate: Rate, edge: str) -> bool:
    return rate.valid_from < edge and (not rate.valid_to or edge < rate.valid_to)


def _inside(rate: Rate, patch: DatedPatch) -> bool:
    after = rate.valid_from >= patch.valid_from
    return after and (not patch.valid_to or (bool(rate.valid_to) and rate.valid_to <= patch.valid_to))


def _with_patch(rate: Rate, patch: DatedPatch, one: Correction) -> Rate:
    tariff = _patched(rate.tariff, patch)
    modes = {mode: _in_proportion(tariff, rate.tariff, was) for mode, was in rate.modes.items()}
    windows = rate.windows
    if patch.peak is not None:
        peak = scaled(tariff, patch.peak)
        windows = () if patch.peak == 1 else tuple(
            Window(was.start, was.end, peak, patch.peak_weekdays_only, patch.peak_not_on) for was in windows
        )  # fmt: skip
    certainty = "assumed" if patch.assumed else rate.basis
    return _signed(replace(rate, tariff=tariff, modes=modes, windows=windows, basis=certainty), one)


def _patched(tariff: Tariff, patch: DatedPatch) -> Tariff:
    prices = Prices(*(new if new is not None else old for new, old in zip(_given(patch), tariff.prices, strict=True)))
    if patch.over is None:
        return Tariff(prices, tariff.steps)
    return Tariff(prices, tuple(Step(long.over, _given(long)) for long in patch.over))


def _given(patch: DatedPatch | LongPrompt) -> Prices:
    return Prices(patch.input, patch.cache_read, patch.cache_write_5m, patch.cache_write_1h, patch.output)


def _with_rules(rate: Rate, one: Correction) -> Rate:
    changed = replace(
        rate,
        tariff=_ruled(rate.tariff, one),
        modes={mode: _ruled(tariff, one) for mode, tariff in rate.modes.items()},
        windows=tuple(window._replace(tariff=_ruled(window.tariff, one)) for window in rate.windows),
    )
    if one.modes:
        added = {mode: scaled(changed.tariff, share) for mode, share in one.modes.items()}
        changed = replace(changed, modes={**added, **changed.modes})
    if one.us_only is not None:
        changed = replace(changed, us_only=one.us_only)
    if one.web_search is not None and changed.web_search is None:
        changed = replace(changed, web_search=one.web_search)
    return changed if changed == rate else _signed(changed, one)


def _ruled(tariff: Tariff, one: Correction) -> Tariff:
    return Tariff(_filled(tariff.prices, one), tuple(Step(over, _filled(own, one)) for over, own in tariff.steps))


def _filled(prices: Prices, one: Correction) -> Prices:
    """Kinds without a price, by a documented share of the input price."""
    if prices.input is None:
        return prices
    shares = {
        "cache_read": one.read_of_input,
        "cache_write_5m": one.write_5m_of_input,
        "cache_write_1h": one.write_1h_of_input,
    }
    filled = {
        kind: tidy(prices.input * share)
        for kind, share in shares.items()
        if share is not None and getattr(prices, kind) is None
    }
    return prices._replace(**filled)


def _with_earlier_modes(rates: Sequence[Rate], one: Correction) -> list[Rate]:
    """From the newest row backwards, each missing mode in the proportion of the row after it."""
    done: list[Rate] = []
    for rate in reversed(rates):
        later = done[0] if done else None
        missing = {} if later is None else {k: v for k, v in later.modes.items() if k not in rate.modes}
        if later is not None and missing:
            added = {mode: _in_proportion(rate.tariff, later.tariff, was) for mode, was in missing.items()}
            done.insert(0, _signed(replace(rate, modes={**rate.modes, **added}), one))
        else:
            done.insert(0, rate)
    return done


def _in_proportion(base: Tariff, was_base: Tariff, was_mode: Tariff) -> Tariff:
    """A mode's tariff for other base prices: kind by kind in the same proportion as before."""
    if base == was_base:
        return was_mode
    prices = _proportional(base.prices, was_base.prices, was_mode.prices)
    stepped = {step.over: step.prices for step in was_mode.steps}
    was_stepped = {step.over: step.prices for step in was_base.steps}
    steps = tuple(
        Step(over, _proportional(own, was_stepped.get(over, was_base.prices), stepped[over]))
        for over, own in base.steps
        if over in stepped
    )
    return Tariff(prices, steps)


def _proportional(base: Prices, was_base: Prices, was_mode: Prices) -> Prices:
    return Prices(
        *(
            tidy(new * mode / old) if new is not None and old and mode is not None else mode
            for new, old, mode in zip(base, was_base, was_mode, strict=True)
        )
    )


def scaled(tariff: Tariff, share: Decimal) -> Tariff:
    """Every price of a tariff times a multiplier."""
    return Tariff(_times(tariff.prices, share), tuple(Step(over, _times(own, share)) for over, own in tariff.steps))


def _times(prices: Prices, share: Decimal) -> Prices:
    return Prices(*(None if one is None else tidy(one * share) for one in prices))


def tidy(value: Decimal) -> Decimal:
    """The same number without zeros at its end or an exponent."""
    return Decimal(format(value.normalize(), "f"))


def _signed(rate: Rate, one: Correction) -> Rate:
    ids = rate.corrections if one.id in rate.corrections else (*rate.corrections, one.id)
    return replace(rate, corrections=ids, checked_on=one.checked_on)


def _merged(rates: Sequence[Rate]) -> Iterator[Rate]:
    """Rows that say the same about neighbouring stretches become one."""
    waiting: Rate | None = None
    for rate in rates:
        if waiting is not None and replace(waiting, valid_to=rate.valid_to) == replace(
            rate, valid_from=waiting.valid_from, corrections=waiting.corrections, checked_on=waiting.checked_on
        ):
            ids = (*waiting.corrections, *(one for one in rate.corrections if one not in waiting.corrections))
            waiting = replace(waiting, valid_to=rate.valid_to, corrections=ids)
            continue
        if waiting is not None:
            yield waiting
        waiting = rate
    if waiting is not None:
        yield waiting
