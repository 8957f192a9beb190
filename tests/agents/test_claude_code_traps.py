"""Traps c01 to c14: each is one that a widely used reader of these logs fell into."""

from __future__ import annotations

from agents.lines import AGENT, FORK, SESSION, answer, echo, typed, usage
from agents.metering import Meter

from taximeter.domain.usage import Mark, Pricing, Tokens

M = 1_000_000
EARLIER = 3_600


def test_c01_the_last_or_largest_streamed_output_is_the_bill(meter: Meter) -> None:
    early = [answer("msg_1", usage(5, output=8), stop=None), answer("msg_1", usage(5, output=8), stop=None)]
    meter.claude(SESSION, *early, answer("msg_1", usage(5, output=87)))
    meter.index()
    bill = meter.bill()
    assert bill.tokens == Tokens(input=5, output=87)
    assert not bill.marks & Mark.OUTPUT_IS_FLOOR


def test_c01_holds_whatever_the_order_of_the_lines(meter: Meter) -> None:
    meter.claude(SESSION, answer("msg_1", usage(5, output=87)), answer("msg_1", usage(5, output=8), stop=None))
    meter.index()
    assert meter.bill().tokens.output == 87


def test_c02_lines_that_a_resumed_session_copied_are_counted_once_for_the_older_file(meter: Meter) -> None:
    old = answer("msg_1", usage(5, output=10))
    new = answer("msg_2", usage(7, output=20), session=FORK, request="req_2", at="2026-11-10T11:00:00.000Z")
    meter.claude(SESSION, old, age=EARLIER)
    meter.claude(FORK, old | {"sessionId": FORK}, new)
    meter.index()
    assert meter.totals() == (2, Tokens(input=12, output=30))
    assert {name: count for name, (count, _) in meter.sums().items()} == {SESSION: 1, FORK: 1}


def test_c02_a_line_that_says_where_it_was_copied_from_belongs_there_even_if_its_file_is_older(meter: Meter) -> None:
    old = answer("msg_1", usage(5, output=10))
    meter.claude(SESSION, old)
    origin = {"sessionId": SESSION, "messageUuid": old["uuid"]}
    meter.claude(FORK, old | {"sessionId": FORK, "forkedFrom": origin}, age=EARLIER)
    meter.index()
    assert [bill.session for bill in meter.bills()] == [SESSION]


def test_c02_a_session_of_nothing_but_copies_has_no_sums_of_its_own(meter: Meter) -> None:
    old = answer("msg_1", usage(5, output=10))
    meter.claude(FORK, old | {"sessionId": FORK})
    meter.index()
    meter.claude(SESSION, old, age=EARLIER)
    meter.index()
    assert list(meter.sums()) == [SESSION]


def test_c03_without_a_request_id_the_message_id_is_the_key(meter: Meter) -> None:
    lines = [answer("msg_1", usage(5, output=out), request=None, stop=None) for out in (0, 0, 40)]
    meter.claude(SESSION, *lines, answer("msg_2", usage(6, output=40), request=None))
    meter.index()
    assert meter.totals() == (2, Tokens(input=11, output=80))


def test_c04_the_same_message_in_a_side_chain_is_credited_to_the_main_chain(meter: Meter) -> None:
    aside = answer("msg_1", usage(5, output=50), agent=AGENT, request="req_other")
    meter.claude(f"{SESSION}/subagents/agent-{AGENT}", aside, age=EARLIER)
    meter.claude(SESSION, answer("msg_1", usage(5, output=50)))
    meter.index()
    assert (meter.bill().run, meter.bill().kind) == (SESSION, "main")


def test_c04_holds_in_one_file_too(meter: Meter) -> None:
    aside = answer("msg_1", usage(5, output=50), request="req_other") | {"isSidechain": True}
    meter.claude(SESSION, aside, answer("msg_1", usage(5, output=50)))
    meter.index()
    assert (meter.bill().run, meter.bill().kind) == (SESSION, "main")


def test_c05_a_one_hour_cache_write_costs_twice_the_input(meter: Meter) -> None:
    meter.claude(SESSION, answer("msg_1", usage(long=M)))
    meter.index()
    assert (meter.bill().tokens, meter.bill().dollars) == (Tokens(cache_write_1h=M), "6.000000")


def test_c06_a_five_minute_cache_write_costs_a_quarter_more_than_the_input(meter: Meter) -> None:
    meter.claude(SESSION, answer("msg_1", usage(short=M)))
    meter.index()
    assert (meter.bill().tokens, meter.bill().dollars) == (Tokens(cache_write_5m=M), "3.750000")


def test_c07_a_long_prompt_on_sonnet_4_6_is_at_the_base_price(meter: Meter) -> None:
    meter.claude(SESSION, answer("msg_1", usage(100, 250_000, 5_000, output=1_000)))
    meter.index()
    assert meter.bill().dollars == "0.109050"


def test_c08_a_long_prompt_on_sonnet_4_5_is_at_long_rates_as_a_whole_cache_reads_included(meter: Meter) -> None:
    used = usage(900, 250_000, output=1_000)
    meter.claude(SESSION, answer("msg_1", used, model="claude-sonnet-4-5-20250929", at="2026-02-20T10:00:00.000Z"))
    meter.index()
    assert meter.bill().dollars == "0.177900"


def test_c09_requests_are_never_priced_by_their_sum(meter: Meter) -> None:
    lines = [
        answer(f"msg_{n}", usage(120_000), model="claude-sonnet-4-5", request=f"req_{n}", at=f"2026-02-20T10:0{n}:00Z")
        for n in range(4)
    ]
    meter.claude(SESSION, *lines)
    meter.index()
    assert meter.sums() == {SESSION: (4, "1.440000")}


def test_c10_fast_mode_costs_six_times_on_opus_4_6_and_twice_on_newer_ones(meter: Meter) -> None:
    for id, model in (("msg_1", "claude-opus-4-6"), ("msg_2", "claude-opus-4-7"), ("msg_3", "claude-opus-5-5")):
        line = answer(id, usage(1_000, output=1_000, speed="fast"), model=model, request=id, at="2026-11-10T10:00:00Z")
        plain = answer(f"{id}p", usage(1_000, output=1_000), model=model, request=f"{id}p", at="2026-11-10T10:00:01Z")
        meter.claude(model, line | {"sessionId": model}, plain | {"sessionId": model})
    meter.index()
    factor = {}
    for fast, plain_bill in zip(*[[b for b in meter.bills() if b.at % 60_000 == ms] for ms in (0, 1_000)], strict=True):
        assert fast.marks & Mark.FAST
        assert not plain_bill.marks & Mark.FAST
        factor[fast.model] = float(fast.dollars) / float(plain_bill.dollars)
    assert factor == {"claude-opus-4-6": 6, "claude-opus-4-7": 6, "claude-opus-5-5": 2}


def test_c11_web_searches_cost_ten_dollars_a_thousand_on_top(meter: Meter) -> None:
    meter.claude(SESSION, answer("msg_1", usage(1_000, searches=3)))
    meter.index()
    assert (meter.bill().dollars, meter.bill().fees) == ("0.033000", "0.030000")


def test_c12_subagent_files_and_those_of_workflows_are_counted_in_their_session(meter: Meter) -> None:
    flow = f"{SESSION}/subagents/workflows/wf_1a2b/agent-a0000000000000002"
    meter.claude(SESSION, answer("msg_1", usage(1, output=1)))
    meter.claude(f"{SESSION}/subagents/agent-{AGENT}", answer("msg_2", usage(2, output=2), agent=AGENT, request="r2"))
    meter.claude(flow, answer("msg_3", usage(4, output=4), agent="a0000000000000002", request="r3"))
    meter.claude(flow.rpartition("/")[0] + "/journal", typed("no usage here"))
    meter.index()
    assert meter.totals() == (3, Tokens(input=7, output=7))
    assert {bill.session for bill in meter.bills()} == {SESSION}
    assert sorted(bill.kind for bill in meter.bills()) == ["main", "subagent", "subagent"]
    assert meter.one("SELECT count(*), max(runs) FROM session") == (1, 2)


def test_c12_an_old_flat_subagent_file_beside_the_session_is_a_run_of_it(meter: Meter) -> None:
    meter.claude(SESSION, answer("msg_1", usage(1, output=1)))
    line = answer("msg_2", usage(2, output=2), request="r2") | {"isSidechain": True}
    meter.claude("agent-3f9c01d", line)
    meter.index()
    assert [(bill.session, bill.kind) for bill in meter.bills()] == [(SESSION, "main"), (SESSION, "subagent")]


def test_c13_synthetic_answers_are_no_model_and_bill_nothing(meter: Meter) -> None:
    meter.claude(SESSION, answer("msg_0", usage(), model="<synthetic>", request=None, isApiErrorMessage=True))
    meter.claude(FORK, echo("msg_1", usage(), model="<synthetic>"))
    meter.index()
    assert meter.bills() == []
    assert meter.one("SELECT count(*) FROM model") == (0,)


def test_c14_an_unknown_model_keeps_its_tokens_and_makes_the_total_partial(meter: Meter) -> None:
    meter.claude(SESSION, answer("msg_1", usage(100, output=10), model="house-model-9"),
                 answer("msg_2", usage(1_000), request="req_2"))  # fmt: skip
    meter.index()
    unknown = next(bill for bill in meter.bills() if bill.model == "house-model-9")
    assert (unknown.tokens, unknown.pricing) == (Tokens(input=100, output=10), Pricing.UNPRICED)
    assert meter.sums() == {SESSION: (2, "0.003000")}
    assert meter.one("SELECT unpriced_tokens, unpriced FROM session") == (110, 1)
