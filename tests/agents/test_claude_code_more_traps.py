"""Traps c15 to c26: each is one that a widely used reader of these logs fell into."""

from __future__ import annotations

import json
import time

import pytest
from agents.lines import AGENT, AT, SESSION, answer, echo, jsonl, typed, usage
from agents.metering import PROJECT, Meter

from taximeter.domain.usage import Mark, Pricing, Tokens

PATH = f"{PROJECT}/{SESSION}.jsonl"
ADVISED = [
    {"type": "message", "input_tokens": 10, "output_tokens": 20},
    {"type": "advisor_message", "model": "claude-opus-4-6", "input_tokens": 1_000, "output_tokens": 100},
]


def test_c15_the_logs_own_cost_is_kept_as_a_claim_beside_ours(meter: Meter) -> None:
    meter.claude(SESSION, answer("msg_1", usage(1_000), costUSD=9.75))
    meter.index()
    assert (meter.bill().dollars, meter.bill().claimed) == ("0.003000", 9_750_000_000)


def test_c15_without_a_cost_in_the_log_there_is_no_claim(meter: Meter) -> None:
    meter.claude(SESSION, answer("msg_1", usage(1_000)))
    meter.index()
    assert meter.bill().claimed == -1


def test_c16_json_with_spaces_is_counted(meter: Meter) -> None:
    lines = [answer("msg_1", usage(5, output=9)), typed("hello"), echo("msg_2", usage(7, output=1), request="req_2")]
    meter.write(PATH, b"".join(json.dumps(line).encode() + b"\n" for line in lines))
    meter.index()
    assert meter.totals() == (2, Tokens(input=12, output=10))


def test_c17_bad_bytes_and_broken_lines_cost_only_themselves(meter: Meter) -> None:
    good = jsonl(answer("msg_1", usage(5, output=9)))
    broken = b'\xff\xfe\x00{"usage" \xc3\x28}\n' + good[: len(good) // 2] + b"\n" + b'"usage"\n'
    meter.write(PATH, good + broken + jsonl(answer("msg_2", usage(7, output=1), request="req_2")))
    meter.index()
    assert meter.totals() == (2, Tokens(input=12, output=10))
    assert sum(meter.skipped().values()) == 3


def test_c17_bad_bytes_inside_a_text_do_not_lose_the_bill(meter: Meter) -> None:
    line = jsonl(answer("msg_1", usage(5, output=9))).replace(b"Done.", b"Do\xffne.")
    meter.write(PATH, line)
    meter.index()
    assert meter.totals() == (1, Tokens(input=5, output=9))


def test_c17_lines_may_end_in_crlf(meter: Meter) -> None:
    lines = jsonl(answer("msg_1", usage(5, output=9)), answer("msg_2", usage(7, output=1), request="req_2"))
    meter.write(PATH, lines.replace(b"\n", b"\r\n"))
    meter.index()
    assert meter.totals() == (2, Tokens(input=12, output=10))
    assert meter.skipped() == {}


def test_c17_half_a_last_line_is_read_when_the_rest_has_come(meter: Meter) -> None:
    lines = jsonl(answer("msg_1", usage(5, output=9)), answer("msg_2", usage(7, output=1), request="req_2"))
    meter.write(PATH, lines[:-200])
    meter.index()
    assert meter.totals() == (1, Tokens(input=5, output=9))
    meter.write(PATH, lines, age=-5)
    meter.index()
    assert meter.totals() == (2, Tokens(input=12, output=10))
    assert meter.skipped() == {}


def test_c18_nulls_in_usage_are_zeros(meter: Meter) -> None:
    empty = dict.fromkeys(usage(), None)
    meter.claude(SESSION, answer("msg_1", empty | {"input_tokens": 5, "cache_creation": {
        "ephemeral_5m_input_tokens": None, "ephemeral_1h_input_tokens": None}}))  # fmt: skip
    meter.index()
    assert meter.bill().tokens == Tokens(input=5)


def test_c19_a_subagents_answer_that_the_parent_repeats_is_counted_once_for_the_subagent(meter: Meter) -> None:
    meter.claude(f"{SESSION}/subagents/agent-{AGENT}", answer("msg_1", usage(5, output=9), agent=AGENT))
    meter.claude(SESSION, echo("msg_1", usage(5, output=2)), age=99)
    meter.index()
    assert (meter.bill().run, meter.bill().tokens) == (f"{SESSION}/{AGENT}", Tokens(input=5, output=9))


def test_c20_an_advisors_tokens_are_a_bill_of_their_own_on_its_model(meter: Meter) -> None:
    meter.claude(SESSION, answer("msg_1", usage(10, output=20, searches=1, iterations=ADVISED)))
    meter.index()
    bills = {bill.model: (bill.tokens, bill.dollars) for bill in meter.bills()}
    assert bills == {
        "claude-sonnet-4-6": (Tokens(input=10, output=20), "0.010330"),
        "claude-opus-4-6": (Tokens(input=1_000, output=100), "0.007500"),
    }


def test_c20_an_advisors_bill_is_counted_once_over_all_lines_of_the_answer(meter: Meter) -> None:
    lines = [answer("msg_1", usage(10, output=out, iterations=ADVISED), stop=None) for out in (2, 20)]
    meter.claude(SESSION, *lines)
    meter.claude("copy", *lines)
    meter.index()
    assert meter.totals() == (2, Tokens(input=1_010, output=120))


def test_c20_plain_iterations_repeat_the_totals_and_are_not_added(meter: Meter) -> None:
    again = [{"type": "message", "input_tokens": 10, "output_tokens": 20}] * 2
    meter.claude(SESSION, answer("msg_1", usage(10, output=20, iterations=again)))
    meter.index()
    assert meter.totals() == (1, Tokens(input=10, output=20))


@pytest.mark.parametrize(
    ("model", "dollars"),
    [("claude-opus-4-6", "0.033000"), ("claude-sonnet-4-6", "0.019800"), ("claude-opus-4-5-20251101", "0.030000")],
)
def test_c21_inference_in_the_us_alone_costs_a_tenth_more_from_4_6_on(meter: Meter, model: str, dollars: str) -> None:
    meter.claude(SESSION, answer("msg_1", usage(1_000, output=1_000, inference_geo="us"), model=model))
    meter.index()
    assert (meter.bill().dollars, meter.bill().marks & Mark.US_ONLY) == (dollars, Mark.US_ONLY)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of this process cannot be set here")
@pytest.mark.parametrize(
    ("zone", "days"),
    [("UTC", {"2026-11-10": 2}), ("Asia/Tokyo", {"2026-11-10": 1, "2026-11-11": 1}),
     ("America/Los_Angeles", {"2026-11-09": 1, "2026-11-10": 1})],
)  # fmt: skip
def test_c22_days_are_local_days(
    meter: Meter, monkeypatch: pytest.MonkeyPatch, zone: str, days: dict[str, int]
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    lines = [answer("msg_1", usage(5), at="2026-11-10T06:30:00.000Z"),
             answer("msg_2", usage(5), at="2026-11-10T16:30:00.000Z", request="req_2")]  # fmt: skip
    meter.claude(SESSION, *lines)
    meter.index()
    assert dict(meter.connection.execute("SELECT day, sum(requests) FROM rollup GROUP BY day")) == days


def test_c23_an_answer_streamed_across_midnight_belongs_to_the_day_of_its_first_line(meter: Meter) -> None:
    first = answer("msg_1", usage(5, output=2), stop=None, at="2026-11-10T23:59:59.900Z")
    meter.claude(SESSION, first, answer("msg_1", usage(5, output=90), at="2026-11-11T00:00:03.100Z"))
    meter.index()
    assert meter.connection.execute("SELECT day, requests, output FROM rollup").fetchall() == [("2026-11-10", 1, 90)]


def test_c23_holds_when_the_rest_is_read_later(meter: Meter) -> None:
    first = answer("msg_1", usage(5, output=2), stop=None, at="2026-11-10T23:59:59.900Z")
    meter.claude(SESSION, first)
    meter.index()
    meter.claude(SESSION, first, answer("msg_1", usage(5, output=90), at="2026-11-11T00:00:03.100Z"), age=-5)
    meter.index()
    assert meter.connection.execute("SELECT day, requests, output FROM rollup").fetchall() == [("2026-11-10", 1, 90)]


def test_c24_equal_figures_under_new_ids_are_two_bills(meter: Meter) -> None:
    meter.claude(SESSION, answer("msg_1", usage(5, output=9)), answer("msg_2", usage(5, output=9), request="req_2"))
    meter.index()
    assert meter.totals() == (2, Tokens(input=10, output=18))


def test_c24_even_at_the_same_moment_and_without_request_ids(meter: Meter) -> None:
    meter.claude(SESSION, *(answer(f"msg_{n}", usage(5, output=9), request=None) for n in range(3)))
    meter.index()
    assert meter.totals() == (3, Tokens(input=15, output=27))


def test_c25_an_answer_that_only_the_parent_repeats_is_counted_for_the_subagent(meter: Meter) -> None:
    meter.claude(SESSION, answer("msg_0", usage(1, output=1)), echo("msg_1", usage(5, output=9), request="req_2"))
    meter.index()
    counted = next(bill for bill in meter.bills() if bill.kind == "subagent")
    assert (counted.session, counted.run, counted.tokens) == (SESSION, f"{SESSION}/{AGENT}", Tokens(input=5, output=9))


def test_c25_other_progress_lines_bill_nothing(meter: Meter) -> None:
    line = echo("msg_1", usage(5, output=9))
    line["data"]["type"] = "bash_progress"
    meter.claude(SESSION, line)
    meter.index()
    assert meter.bills() == []


def test_c26_cache_reads_are_priced_by_the_model_and_not_as_a_tenth(meter: Meter) -> None:
    meter.claude(SESSION, answer("msg_1", usage(read=1_000_000), model="claude-fable-5-1"))
    meter.claude("other", answer("msg_2", usage(1_000_000), model="claude-fable-5-1", session="other", at=AT))
    meter.index()
    assert {bill.tokens: bill.dollars for bill in meter.bills()} == {
        Tokens(cache_read=1_000_000): "0.250000",
        Tokens(input=1_000_000): "10.000000",
    }
    assert {bill.pricing for bill in meter.bills()} == {Pricing.EXACT}
