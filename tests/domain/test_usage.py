"""Sightings of one request merge the same way in any order, and sums of requests say how sure they are."""

from __future__ import annotations

from functools import reduce
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taximeter.domain.usage import Cost, Mark, Request, Tokens, Totals, merge

SMALL = st.integers(0, 2)
SIGHTINGS = st.builds(
    Request,
    key=st.just(b"key"),
    run=st.sampled_from(["main", "main/a1", "fork"]),
    at=st.integers(0, 3),
    model=st.sampled_from(["", "opus", "sonnet"]),
    tokens=st.builds(Tokens, SMALL, SMALL, SMALL, SMALL, SMALL, SMALL),
    marks=st.sampled_from([0, int(Mark.OUTPUT_IS_FLOOR), int(Mark.FAST), int(Mark.WRITE_TTL_UNKNOWN | Mark.FAST)]),
    web_searches=SMALL,
    claimed_cost=st.integers(-1, 1),
    claim=st.integers(0, 2),
)


def request(output: int, *, at: int = 5, marks: int = 0, claim: int = 1, run: str = "main") -> Request:
    return Request(b"key", run, at, "opus", Tokens(input=1, output=output), marks, 0, -1, claim)


@given(SIGHTINGS, SIGHTINGS)
def test_merging_is_commutative(one: Request, other: Request) -> None:
    assert merge(one, other) == merge(other, one)


@given(SIGHTINGS, SIGHTINGS, SIGHTINGS)
def test_merging_is_associative(one: Request, two: Request, three: Request) -> None:
    assert merge(merge(one, two), three) == merge(one, merge(two, three))


@given(SIGHTINGS, SIGHTINGS)
def test_merging_is_idempotent(one: Request, other: Request) -> None:
    assert merge(one, one) == one
    assert merge(merge(one, other), other) == merge(one, other)


@given(st.lists(SIGHTINGS, min_size=1, max_size=4))
def test_the_order_of_any_number_of_sightings_does_not_matter(seen: list[Request]) -> None:
    assert len({reduce(merge, order) for order in permutations(seen)}) == 1


def test_the_largest_output_wins() -> None:
    assert merge(request(8), request(87)).tokens.output == 87


def test_the_first_time_is_the_requests_time() -> None:
    assert merge(request(8, at=5), request(87, at=9)).at == 5


def test_the_better_claim_owns_the_request_and_the_fuller_sighting_fills_it() -> None:
    merged = merge(request(8, claim=1, run="main"), request(87, claim=2, run="copy"))
    assert (merged.run, merged.claim, merged.tokens.output) == ("main", 1, 87)


@pytest.mark.parametrize("doubt", [Mark.OUTPUT_IS_FLOOR, Mark.WRITE_TTL_UNKNOWN])
def test_of_equal_figures_the_one_without_a_doubt_wins(doubt: Mark) -> None:
    assert merge(request(8, marks=int(doubt)), request(8)).marks == 0


def test_the_prompt_is_everything_sent_and_the_total_counts_thoughts_once() -> None:
    tokens = Tokens(1, 20, 300, 4_000, 50_000, 40_000)
    assert (tokens.prompt, tokens.total) == (4_321, 54_321)


def test_a_cost_is_the_sum_of_its_kinds() -> None:
    assert Cost(1, 20, 300, 4_000, 50_000).total == 54_321


@pytest.mark.parametrize(
    ("estimated", "unpriced", "status", "cost"),
    [(0, 0, "exact", 7), (1, 0, "estimated", 7), (1, 1, "partial", 7), (0, 2, "partial", None)],
)
def test_a_total_says_how_sure_it_is_and_never_zero_for_unknown(
    estimated: int, unpriced: int, status: str, cost: int | None
) -> None:
    total = Totals(2, cost=Cost(input=7), estimated_requests=estimated, unpriced_requests=unpriced)
    assert (total.status, total.cost_or_none) == (status, cost)


def test_totals_add_up_field_by_field() -> None:
    one = Totals(1, Tokens(1, 2, 3, 4, 5, 6), Cost(1, 2, 3, 4, 5), 1, 2, 3, 4)
    assert one + one == Totals(2, Tokens(2, 4, 6, 8, 10, 12), Cost(2, 4, 6, 8, 10), 2, 4, 6, 8)
    assert sum([one, one], Totals()) == one + one


def test_nothing_costs_nothing() -> None:
    assert (Totals().status, Totals().cost_or_none) == ("exact", 0)
