"""A request's price: exact, rounded once, by its own length, time and way of being served."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taximeter.domain.pricing import PriceBook, build_book, half_even
from taximeter.domain.rates import COMPANY, SEED, USER, Exchange, Layer, Offer, Prices, Rate, Step, Tariff, Window
from taximeter.domain.usage import Mark, Priced, Pricing, Tokens

D = Decimal
USUAL = Prices(D(5), D("0.5"), D("6.25"), D(10), D(25))
LONG = Prices(D(10), D(1), D("12.5"), D(20), D("37.5"))


def at(day: str) -> int:
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp() * 1000)


NOW = at("2026-11-10T12:00")


def layer(*offers: Offer, name: str = SEED, currency: str = "USD", patterns: bool = False) -> Layer:
    return Layer(name, currency, offers, patterns)


def offer(*rates: Rate, model: str = "m", channel: str = "direct") -> Offer:
    return Offer("maker", model, (model,), rates, channel)


def book(*layers: Layer, currency: str = "USD", exchanges: tuple[Exchange, ...] = ()) -> PriceBook:
    return build_book("test", "2026-11-01", currency, layers, exchanges)


def price(
    book: PriceBook, tokens: tuple[int, ...], marks: int = 0, when: int = NOW, model: str = "m", web: int = 0
) -> Priced:
    return book.price(model, when, Tokens(*tokens), marks, web)


PLAIN = book(layer(offer(Rate(tariff=Tariff(USUAL), web_search=D(10)))))


def test_each_kind_is_priced_apart() -> None:
    found = price(PLAIN, (10, 100, 20, 30, 40), web=2)
    assert found.cost == (50_000, 50_000, 20 * 6_250 + 30 * 10_000, 1_000_000, 20_000_000)
    assert found.pricing is Pricing.EXACT


def test_no_tokens_of_a_known_model_cost_exactly_nothing() -> None:
    found = price(PLAIN, (0, 0, 0, 0, 0), marks=Mark.FAST)
    assert (found.pricing, found.cost.total) == (Pricing.EXACT, 0)


def test_an_unknown_model_is_unpriced_even_without_tokens() -> None:
    assert price(PLAIN, (0, 0, 0, 0, 0), model="other").pricing is Pricing.UNPRICED


def test_a_kind_that_was_used_and_has_no_price_leaves_the_request_unpriced() -> None:
    no_writes = book(layer(offer(Rate(tariff=Tariff(Prices(D(1), D(1), None, None, D(2)))))))
    assert price(no_writes, (10, 10, 0, 0, 10)).pricing is Pricing.EXACT
    assert price(no_writes, (10, 10, 1, 0, 10)).pricing is Pricing.UNPRICED


def test_searches_without_a_listed_fee_make_the_cost_an_estimate() -> None:
    no_fee = book(layer(offer(Rate(tariff=Tariff(USUAL)))))
    found = price(no_fee, (10, 0, 0, 0, 0), web=1)
    assert (found.pricing, found.cost.total) == (Pricing.ESTIMATED, 50_000)


@pytest.mark.parametrize("mark", [Mark.OUTPUT_IS_FLOOR, Mark.MODEL_ASSUMED, Mark.CLOCK_AHEAD])
def test_what_a_log_does_not_say_for_certain_makes_the_cost_an_estimate(mark: Mark) -> None:
    assert price(PLAIN, (10, 0, 0, 0, 1), marks=mark) == (Pricing.ESTIMATED, price(PLAIN, (10, 0, 0, 0, 1)).cost)


def test_the_lifetime_of_writes_matters_only_where_something_was_written() -> None:
    assert price(PLAIN, (10, 5, 0, 0, 1), marks=Mark.WRITE_TTL_UNKNOWN).pricing is Pricing.EXACT
    assert price(PLAIN, (10, 5, 1, 0, 1), marks=Mark.WRITE_TTL_UNKNOWN).pricing is Pricing.ESTIMATED


def test_a_long_prompt_re_rates_the_whole_request_and_the_longest_step_counts() -> None:
    longer = Prices(*(one * 3 for one in USUAL if one is not None))
    stepped = book(layer(offer(Rate(tariff=Tariff(USUAL, (Step(200, LONG), Step(1000, longer)))))))
    assert price(stepped, (100, 50, 25, 25, 4)).cost.output == 4 * 25_000
    assert price(stepped, (101, 50, 25, 25, 4)).cost == (101 * 10_000, 50_000, 25 * 12_500 + 25 * 20_000, 4 * 37_500, 0)
    assert price(stepped, (1001, 0, 0, 0, 4)).cost.output == 4 * 75_000


def test_ways_of_being_served_have_prices_of_their_own() -> None:
    fast = book(layer(offer(Rate(tariff=Tariff(USUAL), modes={"fast": Tariff(LONG)}))))
    assert price(fast, (1, 0, 0, 0, 1), marks=Mark.FAST) == (Pricing.EXACT, (10_000, 0, 0, 37_500, 0))
    assert price(fast, (1, 0, 0, 0, 1), marks=Mark.BATCH) == (Pricing.ESTIMATED, (5_000, 0, 0, 25_000, 0))


def test_two_ways_at_once_are_an_estimate_unless_they_cost_the_same() -> None:
    both = {"fast": Tariff(LONG), "priority": Tariff(LONG), "batch": Tariff(USUAL)}
    served = book(layer(offer(Rate(tariff=Tariff(USUAL), modes=both))))
    assert price(served, (1, 0, 0, 0, 0), marks=Mark.FAST | Mark.PRIORITY).pricing is Pricing.EXACT
    assert price(served, (1, 0, 0, 0, 0), marks=Mark.FAST | Mark.BATCH).pricing is Pricing.ESTIMATED


def test_a_price_holds_from_its_first_day_until_before_its_last() -> None:
    dated = book(layer(offer(
        Rate("", "2026-10-07", Tariff(USUAL)), Rate("2026-10-07", "2026-12-01", Tariff(LONG)),
    )))  # fmt: skip
    edges = [at("2026-10-06T23:59:59"), at("2026-10-07"), at("2026-11-30"), at("2026-12-01")]
    costs = [price(dated, (1, 0, 0, 0, 0), when=when) for when in (*edges, *reversed(edges))]
    assert [one.cost.input for one in costs[:3]] == [5_000, 10_000, 10_000]
    assert costs[3].pricing is Pricing.UNPRICED
    assert costs[4:] == costs[3::-1]


def test_hours_of_the_day_have_prices_of_their_own_on_working_days() -> None:
    peak = Window(60, 240, Tariff(LONG), weekdays_only=True, not_on=("2026-11-11",))
    hours = book(layer(offer(Rate(tariff=Tariff(USUAL), windows=(peak,)))))
    days = ["2026-11-10T00:59", "2026-11-10T01:00", "2026-11-10T04:00", "2026-11-11T02:00", "2026-11-14T02:00"]
    assert [price(hours, (1, 0, 0, 0, 0), when=at(day)).cost.input for day in days] == [5_000, 10_000] + [5_000] * 3


def test_the_first_layer_that_matches_wins_and_the_list_price_stays_known() -> None:
    company = layer(Offer("", "m*", ("m*",), (Rate(tariff=Tariff(LONG), valid_from="2026-11-01"),), ""),
                    name=COMPANY, patterns=True)  # fmt: skip
    two = book(company, layer(offer(Rate(tariff=Tariff(USUAL)))))
    assert price(two, (1, 0, 0, 0, 0)).cost.input == 10_000
    assert two.list_price("m", NOW, Tokens(1), 0, 0).cost.input == 5_000
    assert price(two, (1, 0, 0, 0, 0), when=at("2026-10-01")).cost.input == 5_000


def test_a_contract_takes_its_share_of_everything_after_mode_and_length() -> None:
    contract = layer(Offer("", "*", ("*",), (Rate(multiplier=D("0.8")),), ""), name=COMPANY, patterns=True)
    stepped = Rate(tariff=Tariff(USUAL), modes={"fast": Tariff(USUAL, (Step(100, LONG),))}, web_search=D(10))
    two = book(contract, layer(offer(stepped)))
    found = price(two, (200, 0, 0, 0, 10), marks=Mark.FAST, web=1)
    assert found == (Pricing.EXACT, (200 * 8_000, 0, 0, 10 * 30_000, 8_000_000))
    assert price(two, (1, 0, 0, 0, 0), model="other").pricing is Pricing.UNPRICED


def test_a_users_file_lies_below_the_companys() -> None:
    def flat(name: str, price: int) -> Layer:
        prices = Prices(*(D(price) for _ in range(5)))
        return layer(Offer("", "m", ("m",), (Rate(tariff=Tariff(prices)),), ""), name=name, patterns=True)

    assert price(book(flat(COMPANY, 7), flat(USER, 3)), (1, 0, 0, 0, 0)).cost.input == 7_000


def test_a_price_in_another_currency_is_converted_at_the_rate_of_its_day() -> None:
    euros = layer(offer(Rate(tariff=Tariff(USUAL))), currency="EUR")
    rates = (Exchange("EUR", D("1.2"), "2026-11-01"), Exchange("EUR", D("1.1"), "2026-10-01"))
    converted = book(euros, exchanges=rates)
    days = ("2026-11-10", "2026-10-10")
    assert [price(converted, (1, 0, 0, 0, 0), when=at(day)).cost.input for day in days] == [6_000, 5_500]
    assert price(converted, (1, 0, 0, 0, 0), when=at("2026-09-30")).pricing is Pricing.UNPRICED


def test_prices_below_a_nano_unit_are_rounded_once_and_the_kinds_still_add_up() -> None:
    thirds = Prices(D("0.003625"), D("0.003625"), D("0.003625"), D("0.003625"), D("0.003625"))
    odd = book(layer(offer(Rate(tariff=Tariff(thirds)))))
    assert price(odd, (1, 1, 1, 0, 1)).cost == (2, 4, 4, 4, 0)
    assert price(odd, (1, 1, 1, 0, 1)).cost.total == half_even(4 * 3_625, 1_000)


@pytest.mark.parametrize(("value", "scale", "right"), [(5, 10, 0), (15, 10, 2), (25, 10, 2), (26, 10, 3), (24, 10, 2)])
def test_ties_go_to_the_even_neighbour(value: int, scale: int, right: int) -> None:
    assert half_even(value, scale) == right


counts = st.integers(0, 3_000_000)
unit_prices = st.decimals(0, 200, places=6)


@given(
    st.tuples(counts, counts, counts, counts, counts),
    st.tuples(unit_prices, unit_prices, unit_prices, unit_prices, unit_prices),
    st.integers(0, 50),
    st.booleans(),
)
def test_any_request_costs_its_exact_sum_rounded_once(
    tokens: tuple[int, ...], prices: tuple[Decimal, ...], searches: int, pinned: bool
) -> None:
    rate = Rate(tariff=Tariff(Prices(*prices)), us_only=D("1.1"), web_search=D(10))
    found = price(book(layer(offer(rate))), tokens, marks=Mark.US_ONLY if pinned else 0, web=searches)
    share = Fraction(11, 10) if pinned else 1
    exact = sum(count * Fraction(unit) * 1000 for count, unit in zip(tokens, prices, strict=True)) * share
    assert found.cost.total == round(exact + searches * 10_000_000)
    assert found.pricing is Pricing.EXACT
    assert min(found.cost) >= 0


def test_a_quote_names_the_row_and_until_when_it_holds() -> None:
    dated = book(layer(offer(Rate("", "2026-10-07", Tariff(USUAL)), Rate("2026-10-07", "", Tariff(LONG)))))
    found = dated.quote("m", at("2026-10-01"))
    assert found is not None
    assert (found.rate.tariff.prices, found.valid_to) == (USUAL, at("2026-10-07"))
    assert dated.quote("other", NOW) is None
