"""What real rollouts of Codex taught: totals, records, families of threads, plan windows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from agents.lines import AT, CHILD, CWD, THREAD, Record, count, meta, settings_applied, sums, turn, usage_record
from agents.metering import Meter

from taximeter.agents.codex import CODEX
from taximeter.domain.usage import Mark, Tokens

HOME = Path("/home/dev")
ONE, TWO, THREE = sums(1_000, 0, 100), sums(3_000, 500, 300), sums(6_000, 900, 600)
STEP_TWO, STEP_THREE = sums(2_000, 500, 200), sums(3_000, 400, 300)
ALL = (3, Tokens(input=5_100, cache_read=900, output=600))


def window(minutes: int, used: float, resets: int = 1_795_600_000) -> Record:
    """One of the two windows of a plan."""
    return {"used_percent": used, "window_minutes": minutes, "resets_at": resets}


def limits(primary: Record | None, secondary: Record | None, plan: str = "plus") -> Record:
    """The state of the plan as every event repeats it."""
    return {"limit_id": "codex", "limit_name": None, "primary": primary, "secondary": secondary, "credits": None,
            "plan_type": plan}  # fmt: skip


def windows(meter: Meter) -> dict[int, tuple[float, int]]:
    """Share used and time of reset by length."""
    query = "SELECT minutes, used_percent, resets_at FROM plan_window"
    return {row[0]: row[1:] for row in meter.connection.execute(query)}


def test_rule_0_7_the_sum_of_the_requests_is_the_last_total_even_when_a_step_was_not_logged(meter: Meter) -> None:
    meter.codex(THREAD, meta(), turn(), count(ONE, ONE), count(THREE, STEP_THREE))
    meter.index()
    assert meter.totals() == (2, Tokens(input=5_100, cache_read=900, output=600))


def test_rule_0_8_cached_and_reasoning_tokens_are_parts_and_are_not_added(meter: Meter) -> None:
    used = sums(10_000, 9_100, 1_000, 400)
    meter.codex(THREAD, meta(), turn(), count(used, used))
    meter.index()
    assert meter.bill().tokens == Tokens(input=900, cache_read=9_100, output=1_000, reasoning=400)
    assert meter.bill().tokens.total == 11_000


def test_a_usage_record_beside_the_totals_is_the_same_request(meter: Meter) -> None:
    meter.codex(THREAD, meta(), turn(), usage_record("resp_1", ONE, ONE), count(ONE, ONE),
                usage_record("resp_2", STEP_TWO, TWO), count(TWO, STEP_TWO), count(TWO, STEP_TWO))  # fmt: skip
    meter.index()
    assert meter.totals() == (2, Tokens(input=2_500, cache_read=500, output=300))


def test_a_usage_record_alone_is_enough(meter: Meter) -> None:
    meter.codex(THREAD, meta(), turn(), usage_record("resp_1", ONE, ONE), usage_record("resp_1", ONE, ONE))
    meter.index()
    assert meter.totals() == (1, Tokens(input=1_000, output=100))


def test_totals_go_on_alone_when_records_end(meter: Meter) -> None:
    meter.codex(THREAD, meta(), turn(), usage_record("resp_1", ONE, ONE), count(ONE, ONE), count(TWO, STEP_TWO))
    meter.index()
    assert meter.totals() == (2, Tokens(input=2_500, cache_read=500, output=300))


def test_a_record_of_the_parent_that_a_fork_brought_along_is_the_parents(meter: Meter) -> None:
    forked = meta(CHILD, at="2026-11-10T12:00:00Z", forked_from_id=THREAD)
    late = "2026-11-10T12:05:00Z"
    meter.codex(CHILD, forked, turn(), usage_record("resp_1", ONE, ONE, at=late),
                usage_record("resp_2", STEP_TWO, TWO, thread=CHILD, at=late),
                count(TWO, STEP_TWO, at=late))  # fmt: skip
    meter.index()
    assert meter.bill().tokens == Tokens(input=1_500, cache_read=500, output=200)


def test_written_tokens_are_inside_the_input_and_have_their_price(meter: Meter) -> None:
    used = sums(100_000, 90_000, 1_500, written=6_000)
    meter.codex(THREAD, meta(), turn("gpt-5.6-terra"), count(used, used))
    meter.index()
    assert meter.bill().tokens == Tokens(input=4_000, cache_read=90_000, cache_write_5m=6_000, output=1_500)
    assert meter.bill().dollars == "0.059000"


def test_a_session_knows_its_project_branch_and_version(meter: Meter) -> None:
    meter.codex(THREAD, meta(), turn(), count(ONE, ONE))
    meter.index()
    assert meter.one("SELECT agent, name, cwd, project, branch, version FROM session") == (
        "codex", THREAD, CWD, "shop", "main", "0.142.4")  # fmt: skip


def test_a_resumed_session_keeps_its_first_id(meter: Meter) -> None:
    meter.codex(THREAD, meta(), turn(), count(ONE, ONE), meta(at="2026-11-10T12:00:00Z"), count(TWO, STEP_TWO),
                meta(CHILD, at="2026-11-10T13:00:00Z"), count(THREE, STEP_THREE))  # fmt: skip
    meter.index()
    assert meter.totals() == ALL
    assert {bill.session for bill in meter.bills()} == {THREAD}


def test_counting_goes_on_after_a_compaction(meter: Meter) -> None:
    compacted: list[Record] = [
        {"timestamp": AT, "type": "compacted", "payload": {"message": "", "replacement_history": []}},
        {"timestamp": AT, "type": "event_msg", "payload": {"type": "context_compacted"}},
    ]
    meter.codex(THREAD, meta(), turn(), count(ONE, ONE), *compacted, count(TWO, STEP_TWO), count(THREE, STEP_THREE))
    meter.index()
    assert meter.totals() == ALL


@pytest.mark.parametrize(
    "said", [{"source": {"subagent": {"other": "guardian"}}}, {"source": "cli", "thread_source": "guardian_review"}]
)
def test_an_approval_review_is_a_run_that_nobody_asked_for_in_its_session(meter: Meter, said: Record) -> None:
    meter.codex(CHILD, meta(CHILD, session_id=THREAD, parent_thread_id=THREAD, **said), turn("codex-auto-review"),
                count(ONE, ONE))  # fmt: skip
    meter.codex(THREAD, meta(), turn(), count(TWO, TWO))
    meter.index()
    assert meter.one(f"SELECT kind, parent FROM run WHERE name = '{CHILD}'") == ("review", THREAD)
    assert {name: found[0] for name, found in meter.sums().items()} == {THREAD: 2}


def test_a_file_that_never_says_who_it_is_goes_by_its_name(meter: Meter) -> None:
    meter.codex(THREAD, turn(), count(ONE, ONE))
    meter.index()
    assert meter.bill().run == f"rollout-2026-11-10T10-00-00-{THREAD}"


def test_json_with_spaces_crlf_and_broken_lines_are_no_obstacle(meter: Meter) -> None:
    lines = [json.dumps(line).encode() for line in (meta(), turn(), count(ONE, ONE), count(TWO, STEP_TWO))]
    broken = [
        b'{"type": "event_msg", "payload": {"type": "token_count", "info": {"total_tok',
        b"\xff\xfe",
        b"",
        b"null",
    ]
    meter.write(".codex/sessions/2026/11/10/rollout-x.jsonl", b"\r\n".join([*lines[:3], *broken, lines[3], b""]))
    meter.index()
    assert meter.totals() == (2, Tokens(input=2_500, cache_read=500, output=300))


@pytest.mark.parametrize(("tier", "mark"), [("flex", Mark.FLEX), ("batch", Mark.BATCH), ("fast", Mark.PRIORITY)])
def test_the_service_tier_is_noted(meter: Meter, tier: str, mark: Mark) -> None:
    meter.codex(THREAD, meta(), turn(), settings_applied(service_tier=tier), count(ONE, ONE))
    meter.index()
    assert meter.bill().marks == mark


def test_plan_windows_go_by_their_minutes_and_not_by_their_names(meter: Meter) -> None:
    meter.codex(THREAD, meta(), count(None, limits=limits(window(10_080, 12.0), None)))
    meter.codex(CHILD, meta(CHILD), count(None, limits=limits(window(300, 40.0), window(10_080, 11.0)),
                                          at="2026-11-10T09:00:00Z"))  # fmt: skip
    meter.index()
    assert windows(meter) == {10_080: (12.0, 1_795_600_000_000), 300: (40.0, 1_795_600_000_000)}


def test_each_limit_keeps_its_own_windows_as_last_told(meter: Meter) -> None:
    told = [limits(window(300, float(number)), None) | {"limit_id": f"limit-{number % 2}"} for number in range(6)]
    meter.codex(THREAD, meta(), *(count(None, limits=one, at=f"2026-11-10T10:00:0{number}Z")
                                  for number, one in enumerate(told)))  # fmt: skip
    meter.index()
    rows = meter.connection.execute("SELECT limit_id, used_percent FROM plan_window ORDER BY 1").fetchall()
    assert rows == [("limit-0", 4.0), ("limit-1", 5.0)]


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_the_latest_word_on_a_plan_window_holds_whatever_is_read_first(meter: Meter, order: tuple[int, int]) -> None:
    for number in order:
        event = count(None, limits=limits(window(300, 10.0 * number), None), at=f"2026-11-10T10:00:0{number}Z")
        meter.codex(f"t{number}", meta(f"t{number}"), event)
        meter.index()
    assert windows(meter) == {300: (20.0, 1_795_600_000_000)}


def test_a_plan_window_is_never_money_and_no_request(meter: Meter) -> None:
    meter.codex(THREAD, meta(), count(None, limits=limits(window(300, 10.0), None)))
    meter.index()
    assert meter.bills() == []
    assert meter.one("SELECT plan, used_percent FROM plan_window") == ("plus", 10.0)


def test_a_log_without_rate_limits_tells_no_plan_window(meter: Meter) -> None:
    meter.codex(THREAD, meta(), turn(), count(ONE, ONE))
    meter.index()
    assert windows(meter) == {}


@pytest.mark.parametrize("word", ["usage_limit_exceeded", "usage_limit_reached"])
def test_a_refusal_for_want_of_quota_is_an_event(meter: Meter, word: str) -> None:
    payload = {"type": "error", "message": "You've hit your usage limit.", "codex_error_info": word}
    refused = {"timestamp": "2026-11-10T10:00:00Z", "type": "event_msg", "payload": payload}
    meter.codex(THREAD, meta(), turn(), refused)
    meter.index()
    assert meter.connection.execute("SELECT agent, session, reason FROM refusal").fetchall() == [
        ("codex", THREAD, "plan_window")]  # fmt: skip


@pytest.mark.parametrize(
    ("named", "homes"), [("", [".codex"]), ("/data/a", ["/data/a"]), ("/data/a,~/b", ["/data/a", "~/b"])]
)
def test_rollouts_are_looked_for_where_the_agent_keeps_them(named: str, homes: list[str]) -> None:
    env = {"CODEX_HOME": named} if named else {}
    found = [folder for home in CODEX.homes(env, HOME) for folder in CODEX.log_folders(home)]
    wanted = [HOME / Path(home).expanduser() / folder for home in homes for folder in ("sessions", "archived_sessions")]
    assert found == wanted
