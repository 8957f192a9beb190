"""Traps x01 to x13: each is one that a widely used reader of these logs fell into."""

from __future__ import annotations

import pytest
from agents.lines import CHILD, THREAD, count, meta, settings_applied, sums, turn
from agents.metering import Meter

from taximeter.domain.usage import Mark, Pricing, Tokens

FORKED_AT = "2026-11-10T12:00:00.000Z"
BURST = "2026-11-10T12:00:00.400Z"
LATER = "2026-11-10T12:05:00.000Z"
ONE, TWO, THREE = sums(1_000, 0, 100), sums(3_000, 500, 300), sums(6_000, 900, 600)
STEP_TWO, STEP_THREE = sums(2_000, 500, 200), sums(3_000, 400, 300)
PARENT = [meta(), turn(), count(None), count(ONE, ONE), count(TWO, STEP_TWO, at="2026-11-10T10:01:00.000Z")]
REPLAY = [meta(CHILD, at=FORKED_AT, forked_from_id=THREAD), meta(at=FORKED_AT), turn(at=FORKED_AT),
          count(ONE, ONE, at=BURST), count(TWO, STEP_TWO, at=BURST)]  # fmt: skip


def test_x01_cached_tokens_are_inside_the_input_and_reasoning_inside_the_output(meter: Meter) -> None:
    used = sums(22_000, 13_000, 1_200, 400)
    meter.codex(THREAD, meta(), turn("gpt-5.5"), count(used, used))
    meter.index()
    assert meter.bill().tokens == Tokens(input=9_000, cache_read=13_000, output=1_200, reasoning=400)
    assert meter.bill().dollars == "0.087500"


def test_x02_a_repeated_token_count_is_no_new_request(meter: Meter) -> None:
    repeated = [count(ONE, ONE, at=f"2026-11-10T10:00:0{n}.000Z") for n in range(5)]
    meter.codex(THREAD, meta(), turn(), *repeated, count(TWO, STEP_TWO), count(TWO, STEP_TWO))
    meter.index()
    assert meter.totals() == (2, Tokens(input=2_500, cache_read=500, output=300))


def test_x03_where_there_are_only_totals_their_differences_are_the_requests(meter: Meter) -> None:
    meter.codex(THREAD, meta(), turn(), count(ONE), count(TWO), count(THREE))
    meter.index()
    found = sorted((bill.tokens.input, bill.tokens.cache_read, bill.tokens.output) for bill in meter.bills())
    assert found == [(1_000, 0, 100), (1_500, 500, 200), (2_600, 400, 300)]


def test_x04_an_event_without_info_is_skipped(meter: Meter) -> None:
    meter.codex(THREAD, meta(), turn(), count(None), count(ONE, ONE), count(None), count(TWO, STEP_TWO))
    meter.index()
    assert meter.totals() == (2, Tokens(input=2_500, cache_read=500, output=300))
    assert meter.skipped() == {}


def test_x05_a_forks_replay_with_new_times_stays_with_the_parent(meter: Meter) -> None:
    meter.codex(THREAD, *PARENT, age=9_000)
    meter.codex(CHILD, *REPLAY, count(THREE, STEP_THREE, at=LATER))
    meter.index()
    assert meter.totals() == (3, Tokens(input=5_100, cache_read=900, output=600))
    assert {name: found[0] for name, found in meter.sums().items()} == {THREAD: 2, CHILD: 1}


def test_x05_a_replay_that_takes_longer_than_a_second_stays_with_the_parent_too(meter: Meter) -> None:
    slow = [REPLAY[0], REPLAY[1], REPLAY[2], count(ONE, ONE, at=BURST), count(TWO, STEP_TWO, at="2026-11-10T12:00:09Z")]
    meter.codex(CHILD, *slow, count(THREE, STEP_THREE, at=LATER))
    meter.codex(THREAD, *PARENT)
    meter.index()
    assert meter.totals() == (3, Tokens(input=5_100, cache_read=900, output=600))
    assert {name: found[0] for name, found in meter.sums().items()} == {THREAD: 2, CHILD: 1}


@pytest.mark.parametrize("first", [THREAD, CHILD])
@pytest.mark.parametrize("slow", [False, True])
def test_x05_holds_whichever_of_the_two_is_read_first(meter: Meter, first: str, slow: bool) -> None:
    replay = [*REPLAY[:-1], count(TWO, STEP_TWO, at="2026-11-10T12:00:09Z")] if slow else REPLAY
    files = {THREAD: PARENT, CHILD: [*replay, count(THREE, STEP_THREE, at=LATER)]}
    for name in sorted(files, key=lambda name: name != first):
        meter.codex(name, *files[name])
        meter.index()
    assert {name: found[0] for name, found in meter.sums().items()} == {THREAD: 2, CHILD: 1}


def test_x05_two_forks_of_one_parent_pay_each_for_their_own_alone(meter: Meter) -> None:
    sibling = "019b2f00-0000-7000-8000-000000000003"
    other = [meta(sibling, at=FORKED_AT, forked_from_id=THREAD), *REPLAY[1:]]
    own = sums(4_000, 500, 350)
    meter.codex(THREAD, *PARENT)
    meter.codex(CHILD, *REPLAY, count(THREE, STEP_THREE, at=LATER))
    meter.codex(sibling, *other, count(own, sums(1_000, 0, 50), at=LATER))
    meter.index()
    assert {name: found[0] for name, found in meter.sums().items()} == {THREAD: 2, CHILD: 1, sibling: 1}


def test_x06_where_the_parents_file_is_gone_the_opening_burst_is_skipped(meter: Meter) -> None:
    meter.codex(CHILD, *REPLAY, count(THREE, STEP_THREE, at=LATER))
    meter.index()
    assert meter.bill().tokens == Tokens(input=2_600, cache_read=400, output=300)


def test_x06_a_first_request_right_after_the_fork_without_a_replay_is_its_own(meter: Meter) -> None:
    meter.codex(CHILD, REPLAY[0], turn(at=FORKED_AT), count(THREE, STEP_THREE, at=LATER))
    meter.index()
    assert meter.bill().tokens == Tokens(input=2_600, cache_read=400, output=300)


@pytest.mark.parametrize("folder", ["sessions", "archived_sessions"])
def test_x07_a_session_in_both_folders_is_counted_once(meter: Meter, folder: str) -> None:
    meter.codex(THREAD, *PARENT, age=9 if folder == "sessions" else 0)
    meter.codex(THREAD, *PARENT, folder=".codex/archived_sessions", age=5)
    meter.index()
    assert meter.totals() == (2, Tokens(input=2_500, cache_read=500, output=300))


def test_x08_where_totals_fall_after_a_compaction_the_last_request_is_used(meter: Meter) -> None:
    fallen, after = sums(700, 100, 70), sums(1_200, 300, 110)
    meter.codex(THREAD, meta(), turn(), count(ONE, ONE), count(THREE, STEP_THREE), count(fallen, sums(700, 100, 70)),
                count(after, sums(500, 200, 40)))  # fmt: skip
    meter.index()
    whole = Tokens(input=5_100 + 600 + 300, cache_read=900 + 100 + 200, output=600 + 70 + 40)
    assert meter.totals() == (4, whole)


def test_x08_a_small_fall_is_an_older_event_written_late_and_no_reset(meter: Meter) -> None:
    meter.codex(THREAD, meta(), turn(), count(ONE, ONE), count(TWO, STEP_TWO), count(ONE, STEP_TWO),
                count(THREE, STEP_THREE))  # fmt: skip
    meter.index()
    assert meter.totals() == (3, Tokens(input=5_100, cache_read=900, output=600))


def test_x08_the_same_total_reached_again_after_a_reset_is_a_new_request(meter: Meter) -> None:
    meter.codex(THREAD, meta(), turn(), count(ONE, ONE), count(THREE, STEP_THREE), count(ONE, ONE))
    meter.index()
    assert meter.totals()[0] == 3


def test_x09_a_300k_prompt_on_gpt_5_5_is_dearer_as_a_whole(meter: Meter) -> None:
    used = sums(300_000, 300_000, 5_000)
    meter.codex(THREAD, meta(), turn("gpt-5.5"), count(used, used))
    meter.index()
    assert meter.bill().dollars == "0.525000"


def test_x10_each_request_is_priced_by_the_model_in_force(meter: Meter) -> None:
    meter.codex(THREAD, meta(), turn("gpt-5.5"), count(ONE, ONE), turn("gpt-5.3-codex"), count(TWO, STEP_TWO))
    meter.index()
    assert {bill.model: bill.tokens.output for bill in meter.bills()} == {"gpt-5.5": 100, "gpt-5.3-codex": 200}
    assert len({bill.dollars for bill in meter.bills()}) == 2


def test_x11_without_a_turn_context_the_request_is_unpriced(meter: Meter) -> None:
    meter.codex(THREAD, meta(), count(ONE, ONE))
    meter.index()
    assert (meter.bill().model, meter.bill().pricing) == ("", Pricing.UNPRICED)
    assert meter.bill().tokens == Tokens(input=1_000, output=100)


def test_x11_a_setting_names_the_model_and_the_request_is_marked_as_assumed(meter: Meter) -> None:
    meter.codex(THREAD, meta(), count(ONE, ONE))
    meter.index(assumed={"codex": "gpt-5.5"})
    bill = meter.bill()
    assert (bill.model, bill.marks, bill.pricing) == ("gpt-5.5", Mark.MODEL_ASSUMED, Pricing.ESTIMATED)
    assert bill.dollars == "0.008000"


def test_x12_a_spawned_thread_has_its_own_bill_under_its_parent(meter: Meter) -> None:
    spawn = {"parent_thread_id": THREAD, "depth": 1, "agent_nickname": "Euler", "agent_role": "explorer"}
    child = meta(CHILD, source={"subagent": {"thread_spawn": spawn}}, session_id=THREAD, parent_thread_id=THREAD)
    meter.codex(CHILD, child, turn("gpt-5.4-mini"), count(ONE, ONE))
    meter.codex(THREAD, *PARENT)
    meter.index()
    assert {name: found[0] for name, found in meter.sums().items()} == {THREAD: 3}
    run = meter.one(f"SELECT kind, type, label, parent FROM run WHERE name = '{CHILD}'")
    assert run == ("subagent", "explorer", "Euler", THREAD)


@pytest.mark.parametrize("order", ["child first", "parent first"])
def test_x12_a_spawned_thread_finds_its_root_whatever_is_read_first(meter: Meter, order: str) -> None:
    grandchild = "019b2f00-0000-7000-8000-000000000004"

    def spawned(id: str, parent: str) -> list[dict[str, object]]:
        source = {"subagent": {"thread_spawn": {"parent_thread_id": parent, "depth": 1, "agent_role": "worker"}}}
        return [meta(id, source=source), turn(), count(ONE, ONE)]

    files = {THREAD: PARENT, CHILD: spawned(CHILD, THREAD), grandchild: spawned(grandchild, CHILD)}
    for name in list(files) if order == "parent first" else reversed(files):
        meter.codex(name, *files[name])
        meter.index()
    assert {name: found[0] for name, found in meter.sums().items()} == {THREAD: 4}


@pytest.mark.parametrize(("model", "factor"), [("gpt-5.5", 2.5), ("gpt-5.4", 2), ("gpt-5.3-codex", 2)])
def test_x13_the_priority_tier_is_dearer(meter: Meter, model: str, factor: float) -> None:
    used = sums(1_000_000 // 10, 0, 10_000)
    meter.codex(THREAD, meta(), turn(model), count(used, used))
    meter.codex(CHILD, meta(CHILD), turn(model), settings_applied(model=model, service_tier="priority"),
                count(used, used))  # fmt: skip
    meter.index()
    plain, fast = sorted(meter.bills(), key=lambda bill: bill.marks)
    assert fast.marks == Mark.PRIORITY
    assert float(fast.dollars) / float(plain.dollars) == factor


def test_x13_the_tier_can_change_in_mid_session_and_back(meter: Meter) -> None:
    meter.codex(THREAD, meta(), turn(), count(ONE, ONE, at="2026-11-10T10:00:01Z"),
                settings_applied(model="gpt-5.5", service_tier="priority"),
                turn(), count(TWO, STEP_TWO, at="2026-11-10T10:00:02Z"), settings_applied(model="gpt-5.5"),
                count(THREE, STEP_THREE, at="2026-11-10T10:00:03Z"))  # fmt: skip
    meter.index()
    assert [bill.marks for bill in meter.bills()] == [Mark.NONE, Mark.PRIORITY, Mark.NONE]
