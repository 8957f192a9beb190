"""The compiled list: what the seed says, what our corrections make of it, and whether they are all signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from taximeter.collect.corrections import corrected
from taximeter.collect.pricecheck import disagreements, flaws
from taximeter.collect.pricetable import Table, read_table, write_table
from taximeter.collect.seedpackage import installed_providers, installed_version
from taximeter.collect.seedrates import seed_offers
from taximeter.collect.verdicts import Verdicts, compile_table, read_verdicts
from taximeter.domain.rates import Offer, Prices

FOLDER = Path(__file__).parents[2] / "resources" / "prices"
needs_seed = pytest.mark.skipif(not installed_version(), reason="genai-prices is not installed")


@cache
def table() -> Table:
    return read_table((FOLDER / "table.json").read_bytes())


@cache
def verdicts() -> Verdicts:
    return read_verdicts((FOLDER / "corrections.toml").read_text(encoding="utf-8"))


@needs_seed
def test_the_committed_list_is_what_the_seed_and_the_corrections_make() -> None:
    made = compile_table(installed_providers(), verdicts(), table().as_of, installed_version())
    assert write_table(made) == (FOLDER / "table.json").read_bytes().replace(b"\r\n", b"\n")


@needs_seed
def test_every_difference_from_the_seed_has_a_signed_verdict() -> None:
    found = disagreements(table(), seed_offers(installed_providers(), "seed"), verdicts().by_id())
    assert found
    assert not [one for one in found if not one.signed_by]


@needs_seed
def test_the_seeds_own_arithmetic_agrees_with_our_reading_of_its_data() -> None:
    """An oracle beside ours: the package looks up its list price of today for every uncorrected offer."""
    from genai_prices.data import providers
    from genai_prices.types import TieredPrices

    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    listed = {(provider.id, model.id.lower()): model for provider in providers for model in provider.models}
    read = {(offer.provider, offer.model): offer for offer in seed_offers(installed_providers(), "seed")}
    assert len(read) > 100
    for key, offer in read.items():
        if key not in listed:
            continue
        prices = listed[key].get_prices(now)
        rate = next(one for one in reversed(offer.rates) if one.valid_from <= "2026-11-20")
        if rate.windows:
            continue
        for kind, name in (("input", "input_mtok"), ("cache_read", "cache_read_mtok"), ("output", "output_mtok")):
            price = getattr(prices, name)
            expected = price.base if isinstance(price, TieredPrices) else price
            assert getattr(rate.tariff.prices, kind) == expected, key
            if isinstance(price, TieredPrices) and price.tiers:
                longest = rate.tariff.steps[-1]
                assert (longest.over, getattr(longest.prices, kind)) == (price.tiers[-1].start, price.tiers[-1].price)


def test_the_list_has_neither_holes_nor_overlaps_nor_ambiguous_names() -> None:
    assert flaws(table()) == []


def test_every_correction_is_used_dated_and_signed() -> None:
    used = {id for offer in table().offers for rate in offer.rates for id in rate.corrections}
    names_only = {one.id for one in verdicts().correction if one.names}
    for one in verdicts().correction:
        assert all((one.reason, one.source, one.checked_on, one.signed_by))
        assert one.id in used | names_only, one.id


def raw(model: str = "claude-opus-9", **prices: object) -> list[dict[str, object]]:
    listed = {"input_mtok": 4, "output_mtok": 20, **prices}
    return [{"id": "anthropic", "models": [{"id": model, "match": {"starts_with": model}, "prices": listed}]}]


NO_VERDICTS = Verdicts((), ())


def only(table: Table) -> Offer:
    (offer,) = table.offers
    return offer


def test_a_new_model_in_the_seed_is_corrected_like_its_kin() -> None:
    offer = next(
        one for one in compile_table(raw(), verdicts(), "2027-01-01", "s").offers if one.model == "claude-opus-9"
    )
    (rate,) = offer.rates
    assert (rate.us_only, rate.web_search, rate.tariff.prices.cache_write_1h) == (
        Decimal("1.1"),
        Decimal(10),
        Decimal(8),
    )
    assert rate.modes["batch"].prices.input == 2


@pytest.mark.parametrize("price", [-1, "NaN", "dear", [], {"tiers": []}])
def test_a_price_that_is_none_is_refused(price: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever is wrong with it
        compile_table(raw(input_mtok=price), NO_VERDICTS, "2027-01-01", "s")


def test_a_difference_without_a_verdict_is_reported_as_unsigned() -> None:
    ours = compile_table(raw(cache_read_mtok=1), NO_VERDICTS, "2027-01-01", "s")
    (one,) = disagreements(ours, compile_table(raw(cache_read_mtok=2), NO_VERDICTS, "2027-01-01", "s").offers, {})
    assert (one.model, one.kind, one.ours, one.seed, one.signed_by) == (
        "claude-opus-9",
        "cache_read",
        Decimal(1),
        Decimal(2),
        (),
    )


def test_a_verdict_on_one_figure_does_not_excuse_another() -> None:
    ours = table()
    changed = [_dearer(offer) if offer.model == "claude-opus-4-6" else offer for offer in ours.offers]
    found = disagreements(replace(ours, offers=tuple(changed)), ours.offers, verdicts().by_id())
    assert {one.kind for one in found if not one.signed_by} == {"output"}


def _dearer(offer: Offer) -> Offer:
    rates = [
        replace(rate, tariff=rate.tariff._replace(prices=rate.tariff.prices._replace(output=Decimal(99))))
        for rate in offer.rates
    ]
    return replace(offer, rates=tuple(rates))


def test_a_hole_and_an_overlap_are_named() -> None:
    offer = only(compile_table(raw(), NO_VERDICTS, "2027-01-01", "s"))
    (rate,) = offer.rates

    def dated(*spans: tuple[str, str]) -> Table:
        rates = tuple(replace(rate, valid_from=start, valid_to=end) for start, end in spans)
        return Table("2027-01-01", "s", "USD", offers=(replace(offer, rates=rates),))

    assert flaws(dated(("", "2026-01-01"), ("2026-01-01", ""))) == []
    assert [one.sentence for one in flaws(dated(("", "2026-01-01"), ("2026-02-01", "")))] == [
        "no price between 2026-01-01 and 2026-02-01"
    ]
    assert [one.sentence for one in flaws(dated(("", "2026-02-01"), ("2026-01-01", "")))] == [
        "two prices between 2026-02-01 and 2026-01-01"
    ]


def test_a_dated_correction_cuts_a_row_where_it_begins_and_ends() -> None:
    one = read_verdicts("""
        prefixes = []
        [[correction]]
        id = "c"
        models = ["claude-opus-9"]
        providers = ["anthropic"]
        reason = "r"
        source = "s"
        checked_on = 2027-01-01
        signed_by = "us"
        dated = [{ valid_from = 2026-01-01, valid_to = 2026-02-01, input = "7" }]
    """).correction
    offer = only(compile_table(raw(), NO_VERDICTS, "2027-01-01", "s"))
    (cut,) = corrected([offer], one)
    spans = [(rate.valid_from, rate.valid_to, rate.tariff.prices.input, rate.corrections) for rate in cut.rates]
    assert spans == [
        ("", "2026-01-01", Decimal(4), ()), ("2026-01-01", "2026-02-01", Decimal(7), ("c",)),
        ("2026-02-01", "", Decimal(4), ()),
    ]  # fmt: skip
    assert cut.rates[0].tariff.prices == Prices(Decimal(4), None, None, None, Decimal(20))
