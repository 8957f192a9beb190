"""What real transcripts of Claude Code taught: where usage stands, what it means, and what bills nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from agents.lines import AGENT, CWD, FORK, SESSION, Record, answer, echo, jsonl, launch, launched, typed, usage
from agents.metering import PROJECT, Meter

from taximeter.agents.claude_code import CLAUDE_CODE
from taximeter.domain.usage import Mark, Pricing, Tokens

HOME = Path("/home/dev")
RUN = f"{SESSION}/{AGENT}"
NOISE: list[Record] = [
    {"type": "queue-operation", "operation": "enqueue", "timestamp": "2026-11-10T10:00:00.000Z", "sessionId": SESSION},
    {"type": "file-history-snapshot", "messageId": "x", "snapshot": {"trackedFileBackups": {}}},
    {"type": "system", "subtype": "turn_duration", "durationMs": 1, "sessionId": SESSION},
    {"type": "summary", "summary": 'Token "usage" of the shop', "leafUuid": "of-another-session"},
    {"type": "attachment", "attachment": {"type": "todo_reminder", "usage": {"input_tokens": 99}}},
    {"type": "last-prompt", "prompt": '"usage"'}, {"type": "mode", "mode": "default"},
    {"type": "user", "message": {"role": "user", "content": '{"usage":{"input_tokens":7}}'}, "sessionId": SESSION},
]  # fmt: skip


def test_rule_0_1_usage_repeated_on_every_block_of_an_answer_is_one_bill(meter: Meter) -> None:
    meter.claude(SESSION, *(answer("msg_1", usage(5, 100, output=9), at=f"2026-11-10T10:00:0{n}Z") for n in range(6)))
    meter.index()
    assert meter.totals() == (1, Tokens(input=5, cache_read=100, output=9))


def test_rule_0_2_the_first_line_has_the_count_at_the_start_and_the_last_one_the_bill(meter: Meter) -> None:
    start = answer("msg_1", usage(5, output=8), agent=AGENT, stop=None, at="2026-11-10T10:00:00.100Z")
    end = answer("msg_1", usage(5, output=87), agent=AGENT, at="2026-11-10T10:00:02.900Z")
    meter.claude(f"{SESSION}/subagents/agent-{AGENT}", start, end)
    meter.index()
    assert (meter.bill().tokens, meter.bill().marks) == (Tokens(input=5, output=87), Mark.NONE)


def test_rule_0_3_early_lines_of_a_gateway_without_any_usage_do_not_count(meter: Meter) -> None:
    lines = [answer("msg_1", usage(), request=None, stop=None), answer("msg_1", usage(40, output=9), request=None)]
    meter.claude(SESSION, *lines)
    meter.index()
    assert meter.bill().tokens == Tokens(input=40, output=9)


def test_rule_0_4_output_of_an_answer_whose_end_was_never_logged_is_a_floor(meter: Meter) -> None:
    meter.claude(
        SESSION, answer("msg_1", usage(5, output=3), stop=None), answer("msg_2", usage(5, output=9), request="r2")
    )
    meter.index()
    floor, whole = meter.bills()
    assert (floor.marks, floor.pricing) == (Mark.OUTPUT_IS_FLOOR, Pricing.ESTIMATED)
    assert (whole.marks, whole.pricing) == (Mark.NONE, Pricing.EXACT)
    assert meter.one("SELECT floors, estimated FROM session") == (1, 1)


def test_rule_0_5_subagent_usage_in_its_file_in_progress_lines_and_in_the_result_is_counted_once(meter: Meter) -> None:
    result = launched("toolu_1", totalTokens=9_999, totalToolUseCount=2, usage=usage(9_999, output=99))
    meter.claude(SESSION, answer("msg_1", usage(5, output=9), content=[launch("toolu_1")]),
                 echo("msg_2", usage(7, output=1), request="r2"), echo("msg_3", usage(8, output=1), request="r3"),
                 result)  # fmt: skip
    inner = [answer(f"msg_{n}", usage(n + 5, output=10), agent=AGENT, request=f"r{n}") for n in (2, 3)]
    meter.claude(f"{SESSION}/subagents/agent-{AGENT}", *inner)
    meter.index()
    assert meter.totals() == (3, Tokens(input=20, output=29))


def test_rule_0_6_a_results_total_is_the_last_context_and_no_spending(meter: Meter) -> None:
    meter.claude(SESSION, launched("toolu_1", totalTokens=9_999, totalToolUseCount=2, usage=usage(9_999, output=99)))
    meter.index()
    assert meter.bills() == []


def test_other_records_bill_nothing_and_are_no_trouble(meter: Meter) -> None:
    meter.claude(SESSION, *NOISE, answer("msg_1", usage(5, output=9)), *NOISE)
    meter.write(f"{PROJECT}/{SESSION}/tool-results/toolu_1.txt", jsonl(answer("msg_9", usage(1))))
    meter.index()
    assert meter.totals() == (1, Tokens(input=5, output=9))
    assert meter.skipped() == {}


def test_both_kinds_of_cache_writes_are_priced_from_their_fields(meter: Meter) -> None:
    meter.claude(SESSION, answer("msg_1", usage(short=100_000, long=100_000)))
    meter.index()
    assert meter.bill().tokens == Tokens(cache_write_5m=100_000, cache_write_1h=100_000)
    assert (meter.bill().dollars, meter.bill().pricing) == ("0.975000", Pricing.EXACT)


def test_cache_writes_without_a_split_count_as_short_and_are_estimated(meter: Meter) -> None:
    used = usage(5, output=9) | {"cache_creation_input_tokens": 1_000}
    del used["cache_creation"]
    meter.claude(SESSION, answer("msg_1", used))
    meter.index()
    assert meter.bill().tokens == Tokens(input=5, cache_write_5m=1_000, output=9)
    assert (meter.bill().marks, meter.bill().pricing) == (Mark.WRITE_TTL_UNKNOWN, Pricing.ESTIMATED)


def test_thoughts_are_a_part_of_the_output(meter: Meter) -> None:
    meter.claude(SESSION, answer("msg_1", usage(output=90, output_tokens_details={"thinking_tokens": 60})))
    meter.index()
    assert meter.bill().tokens == Tokens(output=90, reasoning=60)


@pytest.mark.parametrize(
    ("tier", "mark"), [("priority", Mark.PRIORITY), ("batch", Mark.BATCH), ("standard", Mark.NONE)]
)
def test_the_service_tier_is_noted(meter: Meter, tier: str, mark: Mark) -> None:
    meter.claude(SESSION, answer("msg_1", usage(5, service_tier=tier)))
    meter.index()
    assert meter.bill().marks == mark


def test_a_session_knows_its_project_branch_and_version(meter: Meter) -> None:
    meter.claude(SESSION, answer("msg_1", usage(5)))
    meter.index()
    assert meter.one("SELECT agent, cwd, project, branch, version FROM session") == (
        "claude-code", CWD, "shop", "main", "2.1.104")  # fmt: skip


@pytest.mark.parametrize("first", ["subagent", "session"])
def test_a_subagent_in_a_worktree_of_its_own_does_not_move_the_session(meter: Meter, first: str) -> None:
    apart = answer("msg_2", usage(6), agent=AGENT, request="r2") | {"cwd": f"{CWD}/.claude/worktrees/agent-{AGENT}"}
    meter.claude(f"{SESSION}/subagents/agent-{AGENT}", apart)
    if first == "subagent":
        meter.index()
    meter.claude(SESSION, answer("msg_1", usage(5)))
    meter.index()
    assert meter.connection.execute("SELECT cwd, project, requests FROM session").fetchall() == [(CWD, "shop", 2)]


def test_a_subagents_type_and_label_are_those_of_its_description_file(meter: Meter) -> None:
    place = f"{SESSION}/subagents/agent-{AGENT}"
    meter.claude(place, answer("msg_1", usage(5), agent=AGENT))
    meter.write(f"{PROJECT}/{place}.meta.json", b'{"agentType":"reviewer","description":"Check the till"}')
    meter.index()
    assert meter.one("SELECT name, kind, type, label FROM run") == (RUN, "subagent", "reviewer", "Check the till")


def test_an_older_version_tells_a_subagents_type_in_the_call_and_its_id_in_the_result(meter: Meter) -> None:
    meter.claude(SESSION, answer("msg_1", usage(5), content=[launch("toolu_1")], stop="tool_use"),
                 launched("toolu_1", totalToolUseCount=2, totalTokens=10, usage=usage(3)))  # fmt: skip
    meter.claude(f"{SESSION}/subagents/agent-{AGENT}", answer("msg_2", usage(6), agent=AGENT, request="r2"))
    meter.index()
    query = f"SELECT kind, type, label FROM run WHERE name = '{RUN}'"
    assert meter.one(query) == ("subagent", "Explore", "Find the readers")


def test_the_call_and_its_result_may_be_read_at_different_times(meter: Meter) -> None:
    call = answer("msg_1", usage(5), content=[launch("toolu_1")], stop="tool_use")
    meter.claude(SESSION, call)
    meter.index()
    meter.claude(SESSION, call, launched("toolu_1", totalToolUseCount=2, usage=usage(3)), age=-5)
    meter.index()
    assert meter.one(f"SELECT type FROM run WHERE name = '{RUN}'") == ("Explore",)


def test_a_newer_version_tells_the_type_on_each_line(meter: Meter) -> None:
    line = answer("msg_1", usage(5), agent=AGENT, attributionAgent="gsd-planner")
    meter.claude(f"{SESSION}/subagents/agent-{AGENT}", line)
    meter.index()
    assert meter.one("SELECT type FROM run") == ("gsd-planner",)


def test_a_line_that_is_broken_does_not_stand_for_those_that_repeat_its_bill(meter: Meter) -> None:
    line = jsonl(answer("msg_1", usage(5, output=9)))
    meter.write(f"{PROJECT}/{SESSION}.jsonl", line.replace(b'"message"', b'"message') + line)
    meter.index()
    assert (meter.totals(), meter.skipped()) == ((1, Tokens(input=5, output=9)), {"broken JSON": 1})


def test_counting_goes_on_after_a_compaction(meter: Meter) -> None:
    boundary = {"type": "system", "subtype": "compact_boundary", "compactMetadata": {"trigger": "auto", "preTokens": 9},
                "logicalParentUuid": "x", "sessionId": SESSION}  # fmt: skip
    meter.claude(SESSION, answer("msg_1", usage(5)), boundary, typed("Summary.", isCompactSummary=True),
                 answer("msg_2", usage(6), request="r2"))  # fmt: skip
    meter.index()
    assert meter.totals() == (2, Tokens(input=11))


def test_a_valid_last_line_without_an_end_counts(meter: Meter) -> None:
    meter.write(f"{PROJECT}/{SESSION}.jsonl", jsonl(answer("msg_1", usage(5, output=9)))[:-1])
    meter.index()
    assert meter.totals() == (1, Tokens(input=5, output=9))
    assert meter.unread() == []


@pytest.mark.parametrize(
    ("words", "reason"),
    [("Claude AI usage limit reached|1795400000", "plan_window"), ("Credit balance is too low", "credit"),
     ('API Error: 400 {"error":{"type":"budget_exceeded","message":"ExceededBudget"}}', "budget")],
)  # fmt: skip
def test_a_refusal_for_want_of_budget_is_an_event_and_no_bill(meter: Meter, words: str, reason: str) -> None:
    said = [{"type": "text", "text": words}]
    line = answer("msg_1", usage(), model="<synthetic>", request=None, content=said, isApiErrorMessage=True)
    meter.claude(SESSION, line, line)
    meter.index()
    assert meter.bills() == []
    assert meter.connection.execute("SELECT agent, session, reason FROM refusal").fetchall() == [
        ("claude-code", SESSION, reason)]  # fmt: skip


def test_another_error_is_no_refusal(meter: Meter) -> None:
    said = [{"type": "text", "text": "API Error: Connection error."}]
    meter.claude(SESSION, answer("msg_1", usage(), model="<synthetic>", content=said, isApiErrorMessage=True))
    meter.claude(FORK, answer("msg_2", usage(5), content=[{"type": "text", "text": "The usage limit is a setting."}]))
    meter.index()
    assert meter.one("SELECT count(*) FROM refusal") == (0,)


@pytest.mark.parametrize(
    ("named", "folders"),
    [("", [".claude/projects", ".config/claude/projects"]), ("/data/one", ["/data/one/projects"]),
     ("/data/one, /data/two", ["/data/one/projects", "/data/two/projects"]),
     ("/data/one/projects", ["/data/one/projects"])],
)  # fmt: skip
def test_transcripts_are_looked_for_where_the_agent_keeps_them(named: str, folders: list[str]) -> None:
    env = {"CLAUDE_CONFIG_DIR": named} if named else {}
    found = [folder for home in CLAUDE_CODE.homes(env, HOME) for folder in CLAUDE_CODE.log_folders(home)]
    assert found == [HOME / folder for folder in folders]


def test_a_result_that_stands_there_twice_does_not_lose_the_type(meter: Meter) -> None:
    result = launched("toolu_1", totalToolUseCount=2, usage=usage(3))
    meter.claude(SESSION, answer("msg_1", usage(5), content=[launch("toolu_1")]), result, result)
    meter.index()
    assert meter.one(f"SELECT type, label FROM run WHERE name = '{RUN}'") == ("Explore", "Find the readers")
