"""The 23 records that no surveyed price package gets all right, and the traps about prices."""

from __future__ import annotations

import pytest
from shipped_book import NOVEMBER, M, dollars, priced

from taximeter.domain.usage import Mark, Pricing, Tokens

NONE = Mark.NONE
RECORDS = [
    (1, "claude-opus-5-5", "2026-11-10", (12, 180_000, 4_000, 0, 900), NONE, "0.074048"),
    (2, "claude-opus-5-5", "2026-11-10", (12, 180_000, 0, 4_000, 900), NONE, "0.086048"),
    (3, "claude-opus-5-5", "2026-11-10", (12, 180_000, 4_000, 0, 900), Mark.FAST, "0.148096"),
    (4, "claude-sonnet-5-5", "2026-10-01", (20, 150_000, 3_000, 0, 1_200), NONE, "0.049540"),
    (5, "claude-sonnet-5-5", "2026-11-10", (20, 150_000, 3_000, 0, 1_200), NONE, "0.034540"),
    (6, "claude-haiku-5-5", "2026-11-10", (500, 60_000, 20_000, 0, 2_000), NONE, "0.004150"),
    (7, "claude-haiku-5-5", "2026-11-10", (500, 120_000, 20_000, 0, 2_000), NONE, "0.023750"),
    (8, "claude-fable-5-1", "2026-11-10", (30, 300_000, 10_000, 0, 3_000), NONE, "0.350300"),
    (9, "claude-fable-5-2", "2026-11-20", (30, 300_000, 10_000, 0, 3_000), NONE, "0.280240"),
    (10, "claude-sonnet-4-6", "2026-11-10", (100, 250_000, 5_000, 0, 1_000), NONE, "0.109050"),
    (11, "claude-sonnet-4-5", "2026-03-01", (100, 250_000, 5_000, 0, 1_000), NONE, "0.210600"),
    (12, "claude-sonnet-5", "2026-11-10", (M, 0, 0, 0, 100_000), Mark.BATCH, "1.500000"),
    (13, "gpt-5.3-codex", "2026-11-10", (4_000, 90_000, 0, 0, 1_500), NONE, "0.043750"),
    (14, "gpt-5.6-terra", "2026-07-20", (4_000, 90_000, 0, 0, 1_500), NONE, "0.055000"),
    (15, "gpt-5.6-terra", "2026-11-10", (4_000, 90_000, 6_000, 0, 1_500), NONE, "0.059000"),
    (16, "gpt-6-sol", "2026-11-10", (20_000, 260_000, 8_000, 0, 2_000), NONE, "0.254000"),
    (17, "gpt-6.1-sol", "2026-11-10", (4_000, 90_000, 6_000, 0, 1_500), Mark.PRIORITY, "0.094000"),
    (18, "gemini-3.1-pro-preview", "2026-11-10", (30_000, 190_000, 0, 0, 2_500), NONE, "0.241000"),
    (19, "gemini-3.8-flash", "2027-01-15", (30_000, 70_000, 0, 0, 2_500), NONE, "0.074250"),
    (20, "deepseek-v4-pro", "2026-11-10T12:00", (30_000, 70_000, 0, 0, 2_500), NONE, "0.026290"),
    (21, "kimi-k3.1-pro", "2026-11-10", (30_000, 70_000, 0, 0, 2_500), NONE, "0.099000"),
    (22, "us.anthropic.claude-opus-5-5", "2026-11-10", (12, 180_000, 4_000, 0, 900), NONE, "0.081453"),
    (23, "claude-opus-6-20261101", "2026-11-10", (12, 180_000, 4_000, 0, 900), NONE, None),
]


@pytest.mark.parametrize(("number", "model", "day", "tokens", "marks", "right"), RECORDS)
def test_the_records(number: int, model: str, day: str, tokens: tuple[int, ...], marks: int, right: str | None) -> None:
    found = priced(model, tokens, day, marks)
    assert dollars(found) == right, number
    assert found.pricing is (Pricing.UNPRICED if right is None else Pricing.EXACT)


def test_c05_a_write_for_an_hour_costs_twice_the_input() -> None:
    assert dollars(priced("claude-sonnet-4-6", (0, 0, 0, M, 0))) == "6.000000"


def test_c06_a_write_for_five_minutes_costs_a_quarter_more_than_input() -> None:
    assert dollars(priced("claude-sonnet-4-6", (0, 0, M, 0, 0))) == "3.750000"


def test_c07_a_long_prompt_on_sonnet_4_6_costs_the_usual() -> None:
    assert dollars(priced("claude-sonnet-4-6", (250_000, 0, 0, 0, 0))) == "0.750000"


def test_c08_a_long_prompt_on_sonnet_4_5_is_dearer_as_a_whole_and_reads_count_for_its_length() -> None:
    assert dollars(priced("claude-sonnet-4-5-20250929", (1_000, 249_000, 0, 0, 1_000), "2026-03-01")) == "0.177900"


def test_c08_at_the_threshold_itself_the_request_is_not_long() -> None:
    assert dollars(priced("claude-sonnet-4-5", (200_000, 0, 0, 0, 0), "2026-03-01")) == "0.600000"
    assert dollars(priced("claude-sonnet-4-5", (200_001, 0, 0, 0, 0), "2026-03-01")) == "1.200006"


def test_c09_short_requests_do_not_add_up_to_a_long_one() -> None:
    four = [priced("claude-sonnet-4-5", (120_000, 0, 0, 0, 0), "2026-03-01") for _ in range(4)]
    assert sum(one.cost.total for one in four) == 1_440_000_000


@pytest.mark.parametrize(
    ("model", "multiple"),
    [("claude-opus-4-6", 6), ("claude-opus-4-7", 6), ("claude-opus-4-8", 2), ("claude-opus-5", 2)],
)
def test_c10_fast_mode_has_a_price_of_its_own_for_each_model(model: str, multiple: int) -> None:
    usual, fast = (priced(model, (1_000, 50_000, 2_000, 3_000, 800), marks=mark) for mark in (NONE, Mark.FAST))
    assert (fast.cost.total, fast.pricing) == (usual.cost.total * multiple, Pricing.EXACT)


def test_c10_a_model_without_a_fast_price_costs_the_list_price_as_an_estimate() -> None:
    usual, fast = (priced("claude-opus-4-5-20251101", (1_000, 0, 0, 0, 800), marks=mark) for mark in (NONE, Mark.FAST))
    assert (fast.cost, fast.pricing) == (usual.cost, Pricing.ESTIMATED)


def test_c11_web_searches_are_a_fee_on_top() -> None:
    found = priced("claude-opus-4-6", (0, 0, 0, 0, 0), searches=3)
    assert (found.cost.fees, found.cost.total, found.pricing) == (30_000_000, 30_000_000, Pricing.EXACT)


@pytest.mark.parametrize("model", ["claude-opus-6", "claude-opus-4-60", "claude", "gpt-7", "", "unknown", "opus"])
def test_c14_an_unknown_model_is_unpriced_and_never_guessed_by_family(model: str) -> None:
    assert priced(model, (1_000, 0, 0, 0, 100)).pricing is Pricing.UNPRICED


@pytest.mark.parametrize("model", ["claude-opus-4-6", "claude-sonnet-4-6", "claude-haiku-5-5", "claude-fable-5-2"])
def test_c21_inference_in_the_united_states_costs_a_tenth_more_for_all_tokens_but_not_for_fees(model: str) -> None:
    tokens = (10_000, 20_000, 10_000, 10_000, 10_000)
    usual, pinned = (priced(model, tokens, marks=mark, searches=2) for mark in (NONE, Mark.US_ONLY))
    assert pinned.cost.fees == usual.cost.fees == 20_000_000
    assert (pinned.cost.total - pinned.cost.fees) * 10 == (usual.cost.total - usual.cost.fees) * 11


def test_c21_models_before_opus_4_6_cost_the_same_everywhere() -> None:
    assert priced("claude-opus-4-5", (10, 0, 0, 0, 10), marks=Mark.US_ONLY) == priced(
        "claude-opus-4-5", (10, 0, 0, 0, 10)
    )


@pytest.mark.parametrize(
    ("model", "read"),
    [("claude-fable-5-1", "0.250000"), ("claude-fable-5-2", "0.200000"), ("claude-fable-5", "1.000000")],
)
def test_c26_cache_reads_have_a_price_for_each_model(model: str, read: str) -> None:
    assert dollars(priced(model, (0, M, 0, 0, 0))) == read


def test_x01_cached_input_and_reasoning_are_paid_once() -> None:
    tokens = Tokens(9_000, 13_000, 0, 0, 1_200, reasoning=700)
    assert dollars(priced("gpt-5.5", tokens)) == "0.087500"


def test_x09_a_prompt_over_272k_makes_the_whole_request_dearer() -> None:
    assert dollars(priced("gpt-5.5", (20_000, 280_000, 0, 0, 1_000))) == "0.525000"
    base = priced("gpt-5.5", (272_000, 0, 0, 0, 1_000))
    long = priced("gpt-5.5", (272_001, 0, 0, 0, 1_000))
    assert (base.cost.input, base.cost.output) == (272_000 * 5_000, 1_000 * 30_000)
    assert (long.cost.input, long.cost.output) == (272_001 * 10_000, 1_000 * 45_000)


@pytest.mark.parametrize(
    ("model", "multiple"), [("gpt-5.5", "2.5"), ("gpt-5.4", "2"), ("gpt-6-sol", "2"), ("gpt-5.2", "2")]
)
@pytest.mark.parametrize("day", ["2026-07-01", NOVEMBER])
def test_x13_priority_has_a_multiple_for_each_model(model: str, multiple: str, day: str) -> None:
    usual, fast = (priced(model, (1_000, 20_000, 0, 0, 500), day, mark) for mark in (NONE, Mark.PRIORITY))
    assert (fast.cost.total, fast.pricing) == (int(usual.cost.total * float(multiple)), Pricing.EXACT)


def test_openai_writes_cost_by_how_long_they_live() -> None:
    assert dollars(priced("gpt-6-sol", (0, 0, 100_000, 0, 0))) == "0.250000"
    assert dollars(priced("gpt-6-sol", (0, 0, 0, 100_000, 0))) == "0.500000"


def test_older_openai_models_charge_nothing_for_writing_beyond_the_input() -> None:
    assert priced("gpt-5.5", (0, 0, 1_000, 0, 0)).cost.total == priced("gpt-5.5", (1_000, 0, 0, 0, 0)).cost.total


@pytest.mark.parametrize(
    ("logged", "same_as"),
    [
        ("claude-opus-4-5-20251101", "claude-opus-4-5"),
        ("Claude-Opus-4-6", "claude-opus-4-6"),
        ("claude-opus-4-6[1m]", "claude-opus-4-6"),
        ("claude-sonnet-4-5-20250929[1m]", "claude-sonnet-4-5"),
        ("claude-sonnet-4.6", "claude-sonnet-4-6"),
        ("claude-fable-5.1", "claude-fable-5-1"),
        ("anthropic/claude-sonnet-4.5", "claude-sonnet-4-5"),
        ("claude-opus-5-5@20260901", "claude-opus-5-5"),
        ("vertex_ai/claude-opus-5-5@20260901", "claude-opus-5-5"),
        ("gpt-5.5-2026-09-22", "gpt-5.5"),
        ("gpt-5.5-high", "gpt-5.5"),
        ("gpt-5.5-2026-09-22-xhigh", "gpt-5.5"),
        ("openai/gpt-5.3-codex", "gpt-5.3-codex"),
        ("azure/gpt-5.5", "gpt-5.5"),
        ("gpt-5-codex", "gpt-5"),
        ("global.anthropic.claude-opus-5-5", "claude-opus-5-5"),
        ("global.anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-sonnet-4-5"),
        ("moonshot-ai/kimi-k2.7-code", "kimi-k2.7-code"),
        ("gemini-2.5-pro-preview-06-05", "gemini-2.5-pro"),
        ("gemini-3.1-pro-preview-customtools", "gemini-3.1-pro-preview"),
        ("models/gemini-3-flash-preview", "gemini-3-flash-preview"),
        ("x-ai/grok-4.7", "grok-4.7"),
    ],
)
def test_ids_as_agents_log_them_cost_what_the_model_costs(logged: str, same_as: str) -> None:
    found, plain = (priced(model, (1_000, 2_000, 0, 0, 300)) for model in (logged, same_as))
    assert found == plain
    assert found.pricing is Pricing.EXACT


@pytest.mark.parametrize(
    "logged",
    [
        "us.anthropic.claude-opus-5-5-v1:0",
        "bedrock/us.anthropic.claude-opus-5-5",
        "eu.anthropic.claude-opus-5-5",
        "anthropic.claude-opus-5-5-v1:0",
        "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-opus-5-5-v1:0",
    ],
)
def test_amazon_charges_a_tenth_more_within_a_region(logged: str) -> None:
    direct = priced("claude-opus-5-5", (10_000, 20_000, 10_000, 10_000, 10_000))
    regional = priced(logged, (10_000, 20_000, 10_000, 10_000, 10_000))
    assert regional.cost.total * 10 == direct.cost.total * 11


def test_a_model_that_amazon_does_not_list_is_not_guessed_from_the_direct_price() -> None:
    assert priced("us.anthropic.claude-opus-9", (10, 0, 0, 0, 10)).pricing is Pricing.UNPRICED


def test_a_resellers_price_is_an_estimate() -> None:
    found, listed = (
        priced(model, (1_000, 0, 0, 0, 100)) for model in ("openrouter/anthropic/claude-opus-5-5", "claude-opus-5-5")
    )
    assert (found.cost, found.pricing) == (listed.cost, Pricing.ESTIMATED)


def test_a_fast_suffix_is_the_fast_mode() -> None:
    found, fast = (
        priced("claude-opus-4.8-fast", (10, 0, 0, 0, 10)),
        priced("claude-opus-4-8", (10, 0, 0, 0, 10), marks=Mark.FAST),
    )
    assert found == fast


def test_deepseek_costs_double_at_peak_hours_of_working_days_only() -> None:
    tokens = (M, 0, 0, 0, 100_000)
    assert dollars(priced("deepseek-v4-pro", tokens, "2026-11-10T02:00")) == "1.716000"
    assert dollars(priced("deepseek-v4-pro", tokens, "2026-11-10T12:00")) == "0.858000"
    assert dollars(priced("deepseek-v4-pro", tokens, "2026-11-14T02:00")) == "0.858000"
    assert dollars(priced("deepseek-v4-pro", tokens, "2026-10-01T02:00")) == "0.858000"


def test_qwen_is_priced_as_its_maker_sells_it() -> None:
    assert dollars(priced("qwen3-coder-plus", (40_000, 0, 0, 0, 1_000))) == "0.081000"
