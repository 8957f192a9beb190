"""Logged ids are shortened by named rules only, the fewest first."""

from __future__ import annotations

import pytest

from taximeter.domain.modelids import ModelId, readings
from taximeter.domain.rates import Prefix

PREFIXES = (Prefix("maker/", "maker"), Prefix("cloud/", "", "vertex"), Prefix("shop/", "", "gateway", reseller=True))


def named(logged: str, name: str) -> ModelId:
    return next(one for one in readings(logged, PREFIXES) if one.name == name)


def test_the_id_itself_comes_first() -> None:
    assert next(readings(" Some-Model-High ", PREFIXES)) == ModelId("some-model-high")


@pytest.mark.parametrize(
    ("logged", "name", "rules"),
    [
        ("m-5[1m]", "m-5", ("long context",)),
        ("m-5-20251101", "m-5", ("date",)),
        ("m-5@20251101", "m-5", ("date",)),
        ("m-5-2026-09-22", "m-5", ("date",)),
        ("m-5-preview-06-05", "m-5-preview", ("date",)),
        ("m-5-xhigh", "m-5", ("effort",)),
        ("m-5-2026-09-22-high[1m]", "m-5", ("long context", "effort", "date")),
        ("maker/m-5", "m-5", ("prefix maker/",)),
        ("shop/maker/m-5", "m-5", ("prefix shop/", "prefix maker/")),
    ],
)
def test_each_rule_is_named(logged: str, name: str, rules: tuple[str, ...]) -> None:
    assert named(logged, name).rules == rules


@pytest.mark.parametrize(
    ("logged", "channel"),
    [
        ("anthropic.m-5-v1:0", "bedrock-regional"),
        ("eu.anthropic.m-5-20251101-v1:0", "bedrock-regional"),
        ("global.anthropic.m-5-v1:0", "bedrock-global"),
        ("cloud/m-5@20251101", "vertex"),
        ("m-5", "direct"),
    ],
)
def test_an_id_may_tell_who_sells_the_model(logged: str, channel: str) -> None:
    assert named(logged, "m-5").channel == channel


def test_what_may_cost_otherwise_is_doubtful() -> None:
    assert named("m-5-thinking", "m-5").doubtful
    assert named("shop/m-5", "m-5").doubtful
    assert not named("maker/m-5", "m-5").doubtful


def test_a_fast_suffix_asks_for_the_fast_mode() -> None:
    assert named("m-5-fast", "m-5").fast


@pytest.mark.parametrize("logged", ["m-5-mini", "m-5-codex", "m-5:free", "m-5-20259999999", "m-51", "m"])
def test_nothing_else_is_cut_off(logged: str) -> None:
    assert [one.name for one in readings(logged, PREFIXES)] == [logged]
