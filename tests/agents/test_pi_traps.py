"""What makes a meter of pi wrong: one test for each trap, named after it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from agents.lines import CWD, Record, jsonl
from agents.metering import Bill, Meter
from agents.samples import RECORDED

from taximeter.domain.usage import Mark, Pricing, Tokens

SESSION = "019dc132-0000-7000-8000-000000000001"
FORK = "019dc132-0000-7000-8000-000000000002"
FOLDER = ".pi/agent/sessions/--home-dev-shop--"
OPUS = "claude-opus-4-7"


def header(id: str = SESSION, **more: Any) -> Record:
    return {"type": "session", "version": 3, "id": id, "timestamp": "2026-11-10T10:00:00.000Z", "cwd": CWD} | more


def reply(
    id: str, second: int = 1, model: str = OPUS, response: str = "msg_1", cost: float = 0.5, **used: Any
) -> Record:
    usage = {"input": 0, "output": 0, "cacheRead": 0, "cacheWrite": 0, "cost": {"total": cost}} | used
    message = {"role": "assistant", "content": [], "provider": "anthropic", "model": model, "usage": usage,
               "stopReason": "stop", "responseId": response}  # fmt: skip
    at = f"2026-11-10T10:00:{second:02}.000Z"
    return {"type": "message", "id": id, "parentId": None, "timestamp": at, "message": message}


def write(meter: Meter, *lines: Record, id: str = SESSION, age: int = 0) -> list[Bill]:
    meter.write(f"{FOLDER}/2026-11-10T10-00-00-000Z_{id}.jsonl", jsonl(*lines), age)
    meter.index()
    return meter.bills()


def test_input_is_beside_what_was_read_and_written(meter: Meter) -> None:
    (bill,) = write(meter, header(), reply("a", input=6, output=113, cacheRead=7, cacheWrite=2_547))
    assert bill.tokens == Tokens(6, 7, 2_547, 0, 113)
    assert bill.marks & Mark.WRITE_TTL_UNKNOWN


def test_c05_what_is_kept_for_an_hour_is_inside_what_was_written(meter: Meter) -> None:
    """Two times the input's price, not one and a quarter."""
    kept = reply("a", cacheWrite=1_000_000, cacheWrite1h=1_000_000, model="claude-sonnet-4-6")
    (bill,) = write(meter, header(), kept)
    assert (bill.tokens, bill.dollars) == (Tokens(cache_write_1h=1_000_000), "6.000000")
    assert not bill.marks & Mark.WRITE_TTL_UNKNOWN


def test_reasoning_is_inside_the_output(meter: Meter) -> None:
    (bill,) = write(meter, header(), reply("a", output=100, reasoning=60))
    assert (bill.tokens.output, bill.tokens.reasoning) == (100, 60)


def test_replies_are_told_apart_where_a_service_gives_all_the_same_id(meter: Meter) -> None:
    bills = write(meter, header(), reply("a", 1, response="fixed", input=12), reply("b", 2, response="fixed", input=12))
    assert len(bills) == 2


def test_the_same_short_id_in_another_session_is_another_reply(meter: Meter) -> None:
    write(meter, header(), reply("a", 1, input=1))
    assert len(write(meter, header(FORK), reply("a", 2, input=1), id=FORK)) == 2


def test_a_fork_repeats_its_parents_replies_and_leaves_them_there(meter: Meter) -> None:
    first, second = reply("a", 1, input=10), reply("b", 2, input=20)
    fork = header(FORK, parentSession="/home/dev/x.jsonl")
    bills = write(meter, fork, first, reply("c", 3, input=30), id=FORK, age=50)
    assert len(bills) == 2
    bills = write(meter, header(), first, second)
    assert [(bill.session, bill.tokens.input) for bill in bills] == [(SESSION, 10), (SESSION, 20), (FORK, 30)]


def test_branches_of_one_session_all_count(meter: Meter) -> None:
    branches = [reply(id, second, input=1) | {"parentId": "a"} for second, id in enumerate("bc", 2)]
    assert len(write(meter, header(), reply("a", 1, input=1), *branches)) == 3


def test_shortening_the_context_costs_too(meter: Meter) -> None:
    used = reply("a", input=50, output=5)["message"]["usage"]
    shortened = {"type": "compaction", "id": "z", "timestamp": "2026-11-10T10:00:09.000Z", "summary": "", "usage": used}
    changed = {"type": "model_change", "id": "m", "provider": "anthropic", "modelId": OPUS}
    (bill,) = write(meter, header(), changed, shortened)
    assert (bill.model, bill.tokens) == (OPUS, Tokens(50, output=5))


def test_its_own_cost_is_kept_beside_ours(meter: Meter) -> None:
    (bill,) = write(meter, header(), reply("a", input=1_000_000, cost=0.25))
    assert (bill.dollars, bill.claimed) == ("5.000000", 250_000_000)


def test_a_cost_of_nothing_claims_nothing(meter: Meter) -> None:
    (bill,) = write(meter, header(), reply("a", input=10, cost=0, model="made-up-model"))
    assert (bill.claimed, bill.pricing) == (-1, Pricing.UNPRICED)


def test_a_reply_that_failed_is_no_request(meter: Meter) -> None:
    assert write(meter, header(), reply("a")) == []
    assert meter.skipped() == {}


@pytest.mark.parametrize("run", ["pi/forked", "pi/forked-later"])
def test_the_ledger_holds_every_request_that_the_server_got(meter: Meter, run: str) -> None:
    shutil.copytree(RECORDED / run / "home", meter.home, dirs_exist_ok=True)
    meter.index()
    served = [json.loads(line) for line in (RECORDED / run / "requests.jsonl").read_text(encoding="utf-8").splitlines()]
    bills = meter.bills()
    assert len(bills) == len(served) == 4
    assert {bill.tokens for bill in bills} == {Tokens(1_200, 500, output=80)}
    assert {bill.model for bill in bills} == {request["model"] for request in served}
    assert sorted(count for count, _ in meter.sums().values()) == [1, 3]
    assert {bill.claimed for bill in bills} == {3_290_000}
    assert {bill.dollars for bill in bills} == {"0.003290"}
    assert meter.skipped() == {}


def test_a_variable_names_another_home(tmp_path: Path) -> None:
    from taximeter.agents.pi import PI

    assert PI.homes({"PI_CODING_AGENT_DIR": "/srv/pi"}, tmp_path) == (Path("/srv/pi"),)
    assert PI.homes({}, tmp_path) == (tmp_path / ".pi" / "agent",)
