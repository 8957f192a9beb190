"""What makes a meter of Kimi CLI wrong: one test for each trap, named after it."""

from __future__ import annotations

import json
import shutil
from hashlib import md5
from pathlib import Path
from typing import Any

import pytest
from agents.lines import CWD, Record, jsonl
from agents.metering import Bill, Meter
from agents.samples import RECORDED

from taximeter.domain.reading import RunEnd
from taximeter.domain.usage import Pricing, Tokens

SESSION = "42b1e84a-0000-4143-b037-82fe687f9283"
OLDER = f".kimi/sessions/{md5(CWD.encode(), usedforsecurity=False).hexdigest()}/{SESSION}"
NEWER = f".kimi-code/sessions/wd_shop_5a72be2c3c39/{SESSION}"
START = 1_794_304_800_000


def status(id: str | None, input: int = 100, second: int = 0, **used: int) -> Record:
    usage = {"input_other": input, "output": 5, "input_cache_read": 0, "input_cache_creation": 0} | used
    payload = {"context_usage": 0.1, "token_usage": usage, "message_id": id}
    return {"timestamp": START / 1000 + second, "message": {"type": "StatusUpdate", "payload": payload}}


def echo(line: Record, agent: str = "a959b0256", call: str = "call_1") -> Record:
    payload = {"parent_tool_call_id": call, "agent_id": agent, "subagent_type": "coder", "event": line["message"]}
    return {"timestamp": line["timestamp"] + 0.1, "message": {"type": "SubagentEvent", "payload": payload}}


def usage_record(second: int, input: int = 100, model: str = "mine", **used: int) -> Record:
    usage = {"inputOther": input, "output": 5, "inputCacheRead": 0, "inputCacheCreation": 0} | used
    return {"type": "usage.record", "model": model, "usage": usage, "usageScope": "turn", "time": START + second * 1000}


def step_end(second: int) -> Record:
    event = {"type": "step.end", "usage": usage_record(second)["usage"], "messageId": f"chatcmpl-{second}"}
    return {"type": "context.append_loop_event", "event": event, "time": START + second * 1000}


def asked(model: str = "kimi-k2.5", alias: str = "mine") -> Record:
    return {"type": "llm.request", "model": model, "modelAlias": alias, "time": START}


def write(meter: Meter, path: str, *lines: Record, age: int = 0) -> list[Bill]:
    meter.write(f"{path}/wire.jsonl", jsonl(*lines), age)
    meter.index()
    return meter.bills()


def test_input_is_beside_what_was_read_and_written(meter: Meter) -> None:
    (bill,) = write(meter, OLDER, status("m1", 10, input_cache_read=20, input_cache_creation=30))
    assert bill.tokens == Tokens(10, 20, 30, 0, 5)


def test_a_subagents_steps_are_told_twice_and_count_once(meter: Meter) -> None:
    write(meter, OLDER, status("m1"), echo(status("m2")), age=50)
    bills = write(meter, f"{OLDER}/subagents/a959b0256", status("m2"))
    assert [(bill.run, bill.kind) for bill in bills] == [(SESSION, "main"), (f"{SESSION}/a959b0256", "subagent")]
    assert len(meter.sums()) == 1


def test_c25_a_subagent_whose_file_is_gone_counts_from_its_parent(meter: Meter) -> None:
    bills = write(meter, OLDER, status("m1"), echo(status("m2"), agent=""))
    assert [bill.kind for bill in bills] == ["main", "subagent"]


def test_a_fork_repeats_steps_and_counts_them_once(meter: Meter) -> None:
    write(meter, OLDER, status("m1"), status("m2"), age=50)
    assert len(write(meter, OLDER.replace(SESSION, "fork"), status("m1"), status("m2"), status("m3"))) == 3


def test_the_size_of_the_context_is_no_spending(meter: Meter) -> None:
    meter.write(f"{OLDER}/context.jsonl", jsonl({"role": "_usage", "token_count": 10_000}))
    assert write(meter, OLDER, status("m1")) == meter.bills()
    assert len(meter.bills()) == 1


def test_older_logs_do_not_name_the_model_and_are_unpriced_not_free(meter: Meter) -> None:
    (bill,) = write(meter, OLDER, status("m1"))
    assert (bill.model, bill.pricing) == ("", Pricing.UNPRICED)


@pytest.mark.parametrize("ends_first", [True, False])
def test_a_step_and_its_record_are_one_request(meter: Meter, ends_first: bool) -> None:
    pair = [step_end(1), usage_record(1)] if ends_first else [usage_record(1), step_end(1)]
    (bill,) = write(meter, f"{NEWER}/agents/main", asked(), *pair)
    assert bill.tokens == Tokens(100, output=5)


def test_the_name_in_the_settings_is_not_the_model(meter: Meter) -> None:
    (bill,) = write(meter, f"{NEWER}/agents/main", asked("kimi-k2.5", "mine"), usage_record(1))
    assert (bill.model, bill.pricing) == ("kimi-k2.5", Pricing.EXACT)


def test_records_of_two_agents_with_equal_figures_are_two_bills(meter: Meter) -> None:
    """c24, without ids."""
    write(meter, f"{NEWER}/agents/agent-0", asked(), usage_record(1))
    assert len(write(meter, f"{NEWER}/agents/agent-1", asked(), usage_record(1), usage_record(2))) == 3


def test_a_forked_session_of_the_newer_kind_counts_once(meter: Meter) -> None:
    write(meter, f"{NEWER}/agents/main", asked(), usage_record(1), age=50)
    fork = f"{NEWER.replace(SESSION, 'fork')}/agents/main"
    assert len(write(meter, fork, asked(), usage_record(1), usage_record(2))) == 2


def test_a_sum_of_a_subagent_in_its_parents_file_is_no_request(meter: Meter) -> None:
    done = {"type": "subagent.completed", "subagentId": "agent-0", "usage": usage_record(1)["usage"], "time": START}
    assert len(write(meter, f"{NEWER}/agents/main", asked(), usage_record(1), done)) == 1


@pytest.mark.parametrize(("run", "kinds", "model"), [("older", [4, 3], ""), ("newer", [2, 3], "kimi-k2.5")])
def test_the_ledger_holds_every_request_that_the_server_got(
    meter: Meter, run: str, kinds: list[int], model: str
) -> None:
    shutil.copytree(RECORDED / "kimi" / run / "home", meter.home, dirs_exist_ok=True)
    meter.index()
    lines = (RECORDED / "kimi" / run / "requests.jsonl").read_text(encoding="utf-8")
    served = [json.loads(line) for line in lines.splitlines()]
    bills = meter.bills()
    assert len(bills) == len(served)
    assert {(bill.tokens, bill.model) for bill in bills} == {(Tokens(1_200, 500, output=80), model)}
    assert [sum(bill.kind == kind for bill in bills) for kind in ("subagent", "main")] == kinds
    assert meter.one("SELECT cwd, project FROM session WHERE requests > 0") == ("/home/dev/work", "work")
    found = meter.connection.execute(
        """SELECT u.type, c.launch, u.told_end FROM run u JOIN call c ON c.agent = u.agent AND c.name = u.call
        WHERE u.kind = 'subagent'"""
    ).fetchall()
    assert len(found) == 2
    assert len(set(found)) == 1
    assert (found[0][0], found[0][2]) == ("coder", RunEnd.FINISHED)
    assert meter.skipped() == {}


def test_variables_name_the_homes_of_both_generations(tmp_path: Path) -> None:
    from taximeter.agents.kimi_cli import KIMI_CLI

    named: dict[str, Any] = {"KIMI_SHARE_DIR": "/srv/older", "KIMI_CODE_HOME": "/srv/newer"}
    assert KIMI_CLI.homes(named, tmp_path) == (Path("/srv/older"), Path("/srv/newer"))
    assert KIMI_CLI.homes({}, tmp_path) == (tmp_path / ".kimi", tmp_path / ".kimi-code")
