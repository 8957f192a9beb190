"""A policy is read field by field: what cannot be used is left out and said, and nothing in it raises."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taximeter.budget.contract import Answer, Call, Failure, Fault, Source
from taximeter.budget.policy_reading import read_policy
from taximeter.host.company import company_rows, decided_on_top
from taximeter.host.policy import Decided, Policy, PriceSource
from taximeter.host.question_settings import Offer
from taximeter.host.settings import Settings

SOURCE = Source("https://budget.example.com")
FULL: dict[str, Any] = {
    "version": "2026-11-20", "updated_at": "2026-11-20T10:00:00Z",
    "question": {"mode": "ask", "agents": {"some-agent": "observe"}, "amber_after": 25, "amber_default": "run",
                 "red_wait": 600, "red_default": "stop",
                 "thresholds": {"left_amber_percent": 10, "left_red_percent": 25, "cold_amount": "10"},
                 "currency": "USD"},
    "offer": {"model": "small-model", "agent": "house", "text": "The small model does reviews well."},
    "prices": {"version": "2026-11-01", "url": "prices.toml"}, "min_poll_seconds": 300,
}  # fmt: skip


def answer(body: bytes) -> Answer:
    return Answer(Call("policy", "/v1/policy"), 200, {}, body, 0)


def read(told: Any) -> Policy:
    found = read_policy(answer(json.dumps(told).encode()), SOURCE)
    assert isinstance(found, Policy), found
    return found


def test_everything_that_can_be_set_is_read() -> None:
    assert read(FULL) == Policy(
        "2026-11-20",
        1_795_168_800_000,
        Decided("ask", (("some-agent", "observe"),), 25, "run", 600, "stop",
                (("left_amber_percent", 10), ("left_red_percent", 25), ("cold_amount", 10_000_000_000)), "USD",
                Offer("small-model", "house", "The small model does reviews well."), 300),
        PriceSource("2026-11-01", "/v1/prices.toml"),
    )  # fmt: skip


def test_the_least_policy_decides_nothing() -> None:
    assert read({"version": "1"}) == Policy("1")
    assert decided_on_top(Settings(), Decided(), "x", None) == Settings()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"question": {"mode": "sometimes"}}, "question.mode is none of ask, observe, off"),
        ({"question": {"mode": ["ask"]}}, "question.mode is none of ask, observe, off"),
        ({"question": {"agents": {"a": "never"}}}, "question.agents.a is none of ask, observe, off"),
        ({"question": {"agents": {"": "off"}}}, "question.agents.'' is no agent's id"),
        ({"question": {"agents": ["a"]}}, "question.agents is not an object"),
        ({"question": {"amber_after": 601}}, "question.amber_after is not a whole number from 0 to 600"),
        ({"question": {"red_wait": "600"}}, "question.red_wait is not a whole number from 0 to 600"),
        ({"question": {"amber_after": True}}, "question.amber_after is not a whole number from 0 to 600"),
        ({"question": {"red_default": "limit"}}, "question.red_default is none of run, stop"),
        ({"question": {"thresholds": {"cold_amount": "1"}}},
         "question.thresholds.cold_amount has no currency beside it"),
        ({"question": {"thresholds": {"cold_amount": 10}, "currency": "USD"}},
         'question.thresholds.cold_amount is not an amount as a text, such as "12.50"'),
        ({"question": {"thresholds": {"silent_amount": "-1"}, "currency": "USD"}},
         "question.thresholds.silent_amount is negative"),
        ({"question": {"currency": "dollars"}}, "question.currency is not a currency of three capital letters"),
        ({"question": {"thresholds": {"typical_percentile": 101}}},
         "question.thresholds.typical_percentile is not a whole number from 0 to 100"),
        ({"question": 1}, "question is not an object"),
        ({"offer": {"model": 1}}, "offer.model is not a text"),
        ({"prices": {"version": "1", "url": "https://other.example.com/p"}},
         "prices.url is no address on the service's own origin"),
        ({"prices": {"version": "1", "url": "http://budget.example.com/p"}},
         "prices.url is no address on the service's own origin"),
        ({"prices": {"version": "1", "url": "https://budget.example.com@evil.example/p"}},
         "prices.url is no address on the service's own origin"),
        ({"prices": {"version": "1", "url": "//["}}, "prices.url is no address on the service's own origin"),
        ({"prices": {"url": "p"}}, "prices.version is missing"),
        ({"min_poll_seconds": 5}, "min_poll_seconds is not a whole number from 60 to 3600"),
        ({"updated_at": "yesterday"}, "updated_at is not a time that can be used"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_left_out_and_said(changed: dict[str, Any], said: str) -> None:
    found = read({"version": "1", **changed})
    assert found == Policy("1", decided=Decided(currency=found.decided.currency), odd=(said,))


def test_one_odd_field_costs_no_other() -> None:
    told = {**FULL, "question": {**FULL["question"], "mode": "loud"}}
    assert read(told).decided == replace(read(FULL).decided, mode=None)


@pytest.mark.parametrize(
    ("url", "path"),
    [("prices.toml", "/v1/prices.toml"), ("/p.toml?v=2", "/p.toml?v=2"), ("../a", "/a"), ("p#part", "/v1/p"),
     ("https://budget.example.com/x", "/x"), ("https://BUDGET.example.com:443/x", "/x")],
)  # fmt: skip
def test_a_price_file_is_found_relative_to_the_policy(url: str, path: str) -> None:
    assert read({"version": "1", "prices": {"version": "2", "url": url}}).prices == PriceSource("2", path)


@pytest.mark.parametrize(
    ("body", "fault"),
    [(b"", Fault.BAD_BODY), (b"[]", Fault.BAD_BODY), (b"\xff", Fault.BAD_BODY), (b"{}", Fault.UNREADABLE),
     (b'{"version": 1}', Fault.UNREADABLE), (b'{"version": ""}', Fault.UNREADABLE)],
)  # fmt: skip
def test_an_answer_without_a_version_is_no_policy(body: bytes, fault: Fault) -> None:
    found = read_policy(answer(body), SOURCE)
    assert isinstance(found, Failure)
    assert found.fault is fault


def test_a_long_list_of_odd_things_is_cut() -> None:
    found = read({"version": "1", "question": {"agents": {f"a{number}": "x" for number in range(5000)}}})
    assert len(found.odd) == 20
    many = read({"version": "1", "question": {"agents": {f"a{number}": "off" for number in range(101)}}})
    assert len(many.decided.agents) == 100
    assert many.odd == ("question.agents.agents are 101: only the first 100 are read",)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
KEYS = st.sampled_from(
    ["version", "updated_at", "question", "mode", "agents", "amber_after", "red_wait", "amber_default", "red_default",
     "thresholds", "currency", "cold_amount", "silent_amount", "cold_agents", "typical_percentile", "offer", "model",
     "agent", "text", "prices", "url", "min_poll_seconds"]
) | st.text(max_size=5)  # fmt: skip
WORDS = st.sampled_from(["ask", "off", "run", "1", "USD", "9" * 70, "prices.toml", "http://[", "2026-11-20T10:00:00Z"])
VALUES = st.recursive(
    SCALARS | WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6), max_leaves=30
)


@given(st.dictionaries(KEYS, VALUES, max_size=8), VALUES, VALUES)
def test_no_policy_raises_anything(told: dict[str, Any], question: Any, thresholds: Any) -> None:
    if isinstance(question, dict):
        question["thresholds"] = thresholds
    body = json.dumps({"question": question, **told, "version": "1"}).encode()
    found = read_policy(answer(body), SOURCE)
    assert isinstance(found, Policy)
    company_rows(decided_on_top(Settings(), found.decided, "x", None))


@given(st.binary(max_size=200))
def test_no_body_raises_anything(body: bytes) -> None:
    assert isinstance(read_policy(answer(body), SOURCE), Failure | Policy)
