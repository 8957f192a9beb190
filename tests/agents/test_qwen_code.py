"""Qwen Code's chats: every answer stands in them twice or three times, and is billed once."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from agents.lines import jsonl
from agents.metering import Meter
from agents.samples import RECORDED

from taximeter.agents.qwen_code import QWEN_CODE
from taximeter.domain.usage import Mark, Pricing, Tokens

SESSION = "21746696-16ba-46f0-9701-41c28f31256e"
FORK = "21746696-16ba-46f0-9701-41c28f31256f"
AGENT = "general-purpose-call_1"
AT = "2026-11-10T10:00:00.000Z"
PROJECT = ".qwen/projects/-home-dev-shop"
LOG = f"{PROJECT}/chats/{SESSION}.jsonl"
CHILD_LOG = f"{PROJECT}/subagents/{SESSION}/agent-{AGENT}.jsonl"
Record = dict[str, Any]


def line(type: str, uuid: str, at: str = AT, session: str = SESSION, **more: Any) -> Record:
    """What every line has."""
    found: Record = {"uuid": uuid, "parentUuid": None, "sessionId": session, "timestamp": at, "type": type}
    return found | {"cwd": "/home/dev/shop", "version": "0.24.4", "gitBranch": "main"} | more


def event(response: str, input: int, output: int, *, agent: str = "", cached: int = 0, thoughts: int = 0,
          session: str = SESSION, **more: Any) -> Record:  # fmt: skip
    """What is told of an answer, the session's own or a subagent's."""
    told: Record = {"event.name": "qwen-code.api_response", "event.timestamp": AT, "response_id": response}
    told |= {"model": "qwen3-coder-plus", "input_token_count": input, "output_token_count": output}
    told |= {"cached_content_token_count": cached, "thoughts_token_count": thoughts}
    told["total_token_count"] = input + output
    told["prompt_id"] = f"{SESSION}#{agent}#0" if agent else f"{SESSION}########0"
    found = line("system", f"told-{response}", session=session, subtype="ui_telemetry")
    return found | {"systemPayload": {"uiEvent": told | more}}


def answer(uuid: str, input: int, output: int, *, cached: int = 0, agent: str = "", **more: Any) -> Record:
    """An answer's own line; a subagent's names no model."""
    used = {"promptTokenCount": input, "candidatesTokenCount": output, "thoughtsTokenCount": 0}
    used |= {"totalTokenCount": input + output, "cachedContentTokenCount": cached}
    found = line("assistant", uuid, message={"role": "model", "parts": [{"text": "Done."}]}, usageMetadata=used)
    whose = {"agentId": agent, "agentName": "general-purpose", "isSidechain": True} if agent else {"model": "qwen3-max"}
    return found | whose | more


def test_an_answer_and_what_is_told_of_it_are_one_bill(meter: Meter) -> None:
    meter.write(LOG, jsonl(event("r1", 1_700, 80, cached=500), answer("u1", 1_700, 80, cached=500)))
    meter.index()
    bill = meter.bill()
    assert (bill.tokens, bill.model) == (Tokens(input=1_200, cache_read=500, output=80), "qwen3-coder-plus")
    assert bill.pricing is Pricing.EXACT
    assert meter.one("SELECT cwd, branch, version FROM session") == ("/home/dev/shop", "main", "0.24.4")


def test_answers_of_a_version_that_tells_no_events_are_billed_by_their_lines(meter: Meter) -> None:
    meter.write(LOG, jsonl(answer("u1", 100, 10), answer("u2", 100, 10), event("r3", 300, 30), answer("u3", 300, 30)))
    meter.index()
    assert meter.totals() == (3, Tokens(input=500, output=50))


def test_a_request_without_a_line_of_its_own_is_billed(meter: Meter) -> None:
    meter.write(LOG, jsonl(event("r1", 100, 10), answer("u1", 100, 10), event("compress", 900, 90)))
    meter.index()
    assert meter.totals() == (2, Tokens(input=1_000, output=100))


@pytest.mark.parametrize("told", ["both", "events", "own file"])
def test_a_subagents_answers_are_billed_once_wherever_they_stand(meter: Meter, told: str) -> None:
    # Two of the three answers have the same figures: they are two bills.
    figures = [(100, 10), (200, 20), (100, 10)]
    if told != "own file":
        meter.write(LOG, jsonl(*(event(f"r{n}", *each, agent=AGENT) for n, each in enumerate(figures))))
    if told != "events":
        own = jsonl(*(answer(f"u{n}", *each, agent=AGENT) for n, each in enumerate(figures)))
        meter.write(CHILD_LOG, own, age=-5)
    meter.index()
    assert meter.totals() == (3, Tokens(input=400, output=40))
    assert {bill.kind for bill in meter.bills()} == {"subagent"}
    models = {bill.model for bill in meter.bills()}
    assert models == ({""} if told == "own file" else {"qwen3-coder-plus"})


def test_what_stands_beside_a_subagents_file_says_who_started_it_and_how_it_ended(meter: Meter) -> None:
    described = {"agentId": AGENT, "agentType": "general-purpose", "description": "find it", "parentSessionId": SESSION,
                 "toolUseId": "call_1", "parentAgentId": None, "status": "running", "lastUpdatedAt": AT}  # fmt: skip
    path = CHILD_LOG.replace(".jsonl", ".meta.json")
    meter.write(CHILD_LOG, jsonl(answer("u1", 100, 10, agent=AGENT)))
    meter.write(path, jsonl(described))
    meter.index()
    assert meter.one("SELECT parent, type, label, call, told_end FROM run WHERE kind = 'subagent'") == (
        SESSION, "general-purpose", "find it", "call_1", 1)  # fmt: skip
    meter.write(path, jsonl(described | {"status": "failed", "lastUpdatedAt": "2026-11-10T10:01:00Z"}), age=-5)
    meter.index()
    assert meter.one("SELECT told_end FROM run WHERE kind = 'subagent'") == (3,)


def test_a_subagent_of_a_subagent_stands_below_it(meter: Meter) -> None:
    meter.write(CHILD_LOG.replace(".jsonl", ".meta.json"), jsonl(
        {"agentId": AGENT, "parentSessionId": SESSION, "parentAgentId": "above", "status": "completed"}))  # fmt: skip
    meter.write(CHILD_LOG, jsonl(answer("u1", 100, 10, agent=AGENT)))
    meter.index()
    assert meter.one("SELECT parent FROM run WHERE kind = 'subagent'") == (f"{SESSION}/above",)
    assert meter.bill().session == SESSION


def test_a_fork_repeats_lines_and_only_what_is_new_in_it_is_billed(meter: Meter) -> None:
    old = [event("r1", 100, 10), answer("u1", 100, 10), event("r2", 200, 20, agent=AGENT)]
    origin = {"sessionId": SESSION, "messageUuid": "u"}
    copied = [each | {"sessionId": FORK, "forkedFrom": origin} for each in old]
    meter.write(LOG, jsonl(*old), age=50)
    meter.write(f"{PROJECT}/chats/{FORK}.jsonl", jsonl(*copied, event("r3", 300, 30, session=FORK)))
    meter.index()
    assert meter.totals() == (3, Tokens(input=600, output=60))
    assert Counter(bill.session for bill in meter.bills()) == {SESSION: 2, FORK: 1}


def test_thoughts_are_inside_the_output_unless_the_total_needs_them_beside_it(meter: Meter) -> None:
    inside = event("r1", 1_000, 80, thoughts=30)
    beside = event("r2", 1_000, 80, thoughts=30, total_token_count=1_110)
    meter.write(LOG, jsonl(inside, beside))
    meter.index()
    assert sorted((bill.tokens.output, bill.tokens.reasoning) for bill in meter.bills()) == [(80, 30), (110, 30)]


def test_an_answer_of_which_only_the_total_is_told_is_counted_whole(meter: Meter) -> None:
    told = event("r1", 0, 0, total_token_count=500)
    for name in ("input_token_count", "output_token_count"):
        del told["systemPayload"]["uiEvent"][name]
    meter.write(LOG, jsonl(told))
    meter.index()
    assert meter.bill().tokens == Tokens(input=500)


def test_a_reply_that_calls_agents_is_one_launch(meter: Meter) -> None:
    parts = [{"functionCall": {"id": f"call_{n}", "name": "agent", "args": {"prompt": "Look."}}} for n in (1, 2)]
    other = {"functionCall": {"id": "call_3", "name": "read_file", "args": {}}}
    meter.write(LOG, jsonl(answer("u1", 100, 10, message={"role": "model", "parts": [*parts, other]})))
    meter.index()
    found = meter.connection.execute("SELECT name, call, launch FROM call ORDER BY name").fetchall()
    assert found == [("call_1", "call_1", "u1"), ("call_2", "call_2", "u1")]
    assert meter.bill().marks & Mark.GOES_ON


def test_lines_without_usage_bill_nothing_and_odd_ones_are_counted(meter: Meter) -> None:
    plain = answer("u1", 1, 1)
    del plain["usageMetadata"]
    odd = answer("u2", 1, 1) | {"usageMetadata": {"promptTokenCount": "many"}}
    meter.write(LOG, jsonl(line("user", "u0", message={"role": "user", "parts": []}), plain, odd))
    meter.index()
    assert meter.bills() == []
    assert meter.skipped() == {"unexpected shape of a usage line": 1}


def test_its_folder_is_that_of_its_variables() -> None:
    home = Path("/home/dev")
    assert QWEN_CODE.homes({}, home) == (home / ".qwen",)
    assert QWEN_CODE.homes({"QWEN_HOME": "/srv/q"}, home) == (Path("/srv/q"),)
    assert QWEN_CODE.homes({"QWEN_HOME": "/srv/q", "QWEN_RUNTIME_DIR": "/srv/r"}, home) == (Path("/srv/r"),)


def test_a_recorded_session_is_billed_to_the_token_and_an_agent_that_nobody_asked_for_is_told_apart(
    meter: Meter,
) -> None:
    shutil.copytree(RECORDED / "qwen" / "thoughts" / "home", meter.home, dirs_exist_ok=True)
    meter.index()
    served = (RECORDED / "qwen" / "thoughts" / "requests.jsonl").read_text(encoding="utf-8").splitlines()
    bills = meter.bills()
    assert len(bills) == len(served) == 10
    assert Counter(bill.kind for bill in bills) == {"main": 5, "subagent": 4, "review": 1}
    assert meter.totals()[1] == Tokens(input=12_600, cache_read=5_000, output=930, reasoning=300)
    assert {bill.pricing for bill in bills} == {Pricing.EXACT}
    assert meter.one("SELECT branch FROM session") == ("feature-x",)
    assert meter.skipped() == {}


def test_a_recorded_session_of_an_older_version_tells_its_subagents_by_events_alone(meter: Meter) -> None:
    shutil.copytree(RECORDED / "qwen" / "older" / "home", meter.home, dirs_exist_ok=True)
    meter.index()
    served = (RECORDED / "qwen" / "older" / "requests.jsonl").read_text(encoding="utf-8").splitlines()
    bills = meter.bills()
    assert len(bills) == len(served) == 9
    assert Counter(bill.kind for bill in bills) == {"main": 4, "subagent": 4, "review": 1}
    assert meter.totals()[1] == Tokens(input=11_400, cache_read=4_500, output=820, reasoning=270)
    assert {row[0] for row in meter.connection.execute("SELECT type FROM run WHERE kind = 'subagent'")} == {
        "general-purpose"}  # fmt: skip
    assert meter.skipped() == {}
