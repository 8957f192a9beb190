"""What makes a meter of Copilot CLI wrong: one test for each trap, named after it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from agents.lines import CWD, Record, jsonl
from agents.metering import Bill, Meter

from taximeter.domain.usage import Mark, Pricing, Tokens

SESSION = "5b0c9c1e-1d2f-4a77-9c64-0d6a3a1f0001"
SONNET = "claude-sonnet-4.6"


def event(type: str, second: int = 0, agent: str = "", **data: Any) -> Record:
    line: Record = {"type": type, "data": data, "id": f"{type}-{second}", "parentId": None}
    line["timestamp"] = f"2026-11-10T10:00:{second:02}.000Z"
    return line | ({"agentId": agent} if agent else {})


def start(type: str = "session.start") -> Record:
    context = {"cwd": CWD, "gitRoot": CWD, "branch": "main"}
    return event(type, sessionId=SESSION, copilotVersion="1.0.68", context=context)


def said(second: int, output: int, call: str = "", agent: str = "", model: str | None = SONNET, **more: Any) -> Record:
    told = {"messageId": f"m{second}", "content": "", "toolRequests": [], "outputTokens": output} | more
    if model:
        told["model"] = model
    return event("assistant.message", second, agent, **told, **({"apiCallId": call} if call else {}))


def record(
    number: int, input: int = 1_000, read: int = 0, wrote: int = 0, output: int = 10, agent: str = "", **more: Any
) -> Record:
    used: Record = {"model": SONNET, "inputTokens": input, "outputTokens": output, "cacheReadTokens": read,
                    "cacheWriteTokens": wrote, "initiator": "agent"}  # fmt: skip
    used["accounting"] = {"sourceSessionId": agent or SESSION, "sequence": number, "usageId": f"call-{number}"}
    return event("session.usage_record", number, agent, usage=used | more)


def metric(
    count: int, input: int, output: int, read: int = 0, wrote: int = 0, cost: float = 0, units: float | None = None
) -> Record:
    usage = {"inputTokens": input, "outputTokens": output, "cacheReadTokens": read, "cacheWriteTokens": wrote}
    told = {"requests": {"count": count, "cost": cost}, "usage": usage}
    return told | ({} if units is None else {"totalNanoAiu": units})


def shutdown(second: int, **metrics: Record) -> Record:
    named = {name.replace("__", "-").replace("_", "."): each for name, each in metrics.items()}
    return event("session.shutdown", second, shutdownType="routine", currentModel=SONNET, modelMetrics=named)


def meter_of(meter: Meter, *lines: Record) -> list[Bill]:
    meter.write(f".copilot/session-state/{SESSION}/events.jsonl", jsonl(*lines))
    meter.index()
    return meter.bills()


def used(bills: list[Bill]) -> Tokens:
    return Tokens(*(sum(kind) for kind in zip(*(bill.tokens for bill in bills), strict=True)))


def test_input_includes_what_was_read_and_written(meter: Meter) -> None:
    (bill,) = meter_of(meter, start(), record(1, input=596_075, read=536_945, wrote=56_757))
    assert bill.tokens == Tokens(2_373, 536_945, 56_757, 0, 10)
    assert bill.marks & Mark.WRITE_TTL_UNKNOWN


def test_reasoning_is_inside_the_output(meter: Meter) -> None:
    (bill,) = meter_of(meter, start(), record(1, output=39, reasoningTokens=24))
    assert (bill.tokens.output, bill.tokens.reasoning) == (39, 24)


def test_the_end_of_a_session_repeats_what_its_records_billed(meter: Meter) -> None:
    bills = meter_of(meter, start(), record(1), record(2), shutdown(3, claude__sonnet__4_6=metric(2, 2_000, 20)))
    assert used(bills) == Tokens(2_000, output=20)


def test_a_message_repeats_the_record_before_it(meter: Meter) -> None:
    (bill,) = meter_of(meter, start(), record(1), said(2, 10, "call-1"))
    assert bill.tokens == Tokens(1_000, output=10)


def test_a_session_that_did_not_end_tells_only_its_output(meter: Meter) -> None:
    bills = meter_of(meter, start(), said(1, 171), said(2, 16))
    assert used(bills) == Tokens(output=187)
    assert all(bill.marks & Mark.OUTPUT_IS_FLOOR for bill in bills)


def test_the_end_of_a_session_tells_the_input_of_its_messages(meter: Meter) -> None:
    end = {"claude__sonnet__4_6": metric(2, 40_503, 187, 31_836)}
    bills = meter_of(meter, start(), said(1, 171), said(2, 16), shutdown(3, **end))
    assert used(bills) == Tokens(8_667, 31_836, output=187)
    assert [bill.tokens.output for bill in bills] == [171, 16]
    assert not any(bill.marks & Mark.OUTPUT_IS_FLOOR for bill in bills)


def test_a_sum_over_many_requests_is_not_one_long_prompt(meter: Meter) -> None:
    """c09: Sonnet 4.5 is dearer beyond 200,000 tokens of one prompt."""
    metrics = {"claude__sonnet__4_5": metric(4, 480_000, 40)}
    messages = [said(n, 10, model="claude-sonnet-4.5") for n in range(4)]
    bills = meter_of(meter, start(), *messages, shutdown(9, **metrics))
    assert [bill.tokens.input for bill in bills] == [120_000] * 4
    assert sum(float(bill.dollars) for bill in bills) == pytest.approx(480_000 * 3e-6 + 40 * 15e-6)


def test_a_model_that_older_messages_do_not_name_is_that_of_the_end(meter: Meter) -> None:
    bills = meter_of(meter, start(), said(1, 5, model=None), shutdown(2, claude__sonnet__4_6=metric(1, 100, 5)))
    assert [(bill.model, bill.tokens) for bill in bills] == [(SONNET, Tokens(100, output=5))]


def test_requests_that_no_message_tells_of_are_counted_at_the_end(meter: Meter) -> None:
    metrics = {"claude__sonnet__4_6": metric(1, 100, 5), "gpt__5__mini": metric(2, 60, 8)}
    bills = meter_of(meter, start(), said(1, 5), shutdown(2, **metrics))
    assert [(bill.model, bill.tokens.input, bill.tokens.output) for bill in bills] == [
        (SONNET, 100, 5), ("gpt-5-mini", 30, 4), ("gpt-5-mini", 30, 4)]  # fmt: skip


@pytest.mark.parametrize("summed", [True, False], ids=["since it began", "since it was resumed"])
def test_a_resumed_session_ends_with_sums_of_either_kind(meter: Meter, summed: bool) -> None:
    """1.0.68 goes on with the sums of the segment before, 1.0.45 begins anew; both name the same start."""
    second = metric(5, 5_200, 58) if summed else metric(3, 3_200, 38)
    bills = meter_of(
        meter, start(), said(1, 10), said(2, 10), shutdown(3, claude__sonnet__4_6=metric(2, 2_000, 20)),
        start("session.resume"), said(4, 10), said(5, 10), said(6, 18), shutdown(7, claude__sonnet__4_6=second),
    )  # fmt: skip
    assert used(bills) == Tokens(5_200, output=58)
    assert len(bills) == 5


def test_an_end_that_tells_nothing_new_bills_nothing(meter: Meter) -> None:
    end = {"claude__sonnet__4_6": metric(1, 1_000, 10)}
    bills = meter_of(meter, start(), said(1, 10), shutdown(2, **end), start("session.resume"), shutdown(3, **end))
    assert used(bills) == Tokens(1_000, output=10)


def test_the_pieces_of_one_reply_are_one_request(meter: Meter) -> None:
    bills = meter_of(meter, start(), said(1, 80, "call-1"), said(2, 80, "call-1"))
    assert used(bills) == Tokens(output=80)


def test_a_copied_session_counts_once(meter: Meter) -> None:
    for folder in (SESSION, "copy"):
        meter.write(f".copilot/session-state/{folder}/events.jsonl", jsonl(start(), record(1), record(2)))
    meter.index()
    assert len(meter.bills()) == 2


def test_a_service_that_counted_nothing_is_not_a_request_for_nothing(meter: Meter) -> None:
    (bill,) = meter_of(meter, start(), said(1, 0), shutdown(2, claude__sonnet__4_6=metric(1, 0, 0)))
    assert bill.marks & Mark.OUTPUT_IS_FLOOR


def test_premium_requests_and_ai_units_are_no_dollars(meter: Meter) -> None:
    bills = meter_of(
        meter, start(), record(1, cost=3, initiator="user"), record(2, cost=3),
        record(3, cost=1, initiator="user", copilotUsage={"totalNanoAiu": 2_500_000_000, "tokenDetails": []}),
    )  # fmt: skip
    assert [bill.claimed for bill in bills] == [3_000_000_000, -1, 2_500_000_000]
    counted = [bill.marks & (Mark.CLAIMS_PREMIUM_REQUESTS | Mark.CLAIMS_AI_UNITS) for bill in bills]
    assert counted == [Mark.CLAIMS_PREMIUM_REQUESTS, Mark.NONE, Mark.CLAIMS_AI_UNITS]
    assert {bill.dollars for bill in bills} == {"0.003150"}


def test_credits_of_a_whole_session_are_told_once(meter: Meter) -> None:
    end = {"claude__sonnet__4_6": metric(2, 2_000, 20, cost=1)}
    bills = meter_of(meter, start(), said(1, 10), said(2, 10), shutdown(3, **end))
    assert [bill.claimed for bill in bills] == [1_000_000_000, -1]


def test_a_subagents_requests_stand_under_its_session(meter: Meter) -> None:
    begun = event("subagent.started", 1, "child", toolCallId="call_1", agentName="explore", agentDisplayName="Look")
    asked = said(0, 1, toolRequests=[{"toolCallId": "call_1", "name": "task"}])
    asked["data"]["outputTokens"] = None
    (bill,) = meter_of(meter, start(), asked, begun, record(2, agent="child"))
    assert (bill.session, bill.run, bill.kind) == (SESSION, f"{SESSION}/child", "subagent")
    assert meter.one("SELECT type, label, call FROM run WHERE kind = 'subagent'") == ("explore", "Look", "call_1")
    assert meter.one("SELECT call, launch FROM call") == ("call_1", "m0")


def test_a_model_without_a_list_price_is_unpriced_and_not_free(meter: Meter) -> None:
    (bill,) = meter_of(meter, start(), record(1, model="gpt-5.3-codex-spark"))
    assert bill.pricing is Pricing.UNPRICED


def test_a_refusal_for_want_of_quota_is_noted(meter: Meter) -> None:
    meter_of(meter, start(), event("session.error", 1, errorType="quota", message="You have no quota left."))
    assert meter.one("SELECT session, reason FROM refusal") == (SESSION, "credit")


def test_a_variable_names_another_home(meter: Meter, tmp_path: Path) -> None:
    from taximeter.agents.copilot_cli import COPILOT_CLI

    assert COPILOT_CLI.homes({"COPILOT_HOME": str(tmp_path)}, meter.home) == (tmp_path,)
    assert COPILOT_CLI.homes({}, meter.home) == (meter.home / ".copilot",)
