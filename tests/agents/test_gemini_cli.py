"""Gemini CLI's chats: what each of their habits would do to the bill, and what it does not."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from agents.lines import jsonl
from agents.metering import Meter
from agents.samples import RECORDED

from taximeter.agents.gemini_cli import GEMINI_CLI
from taximeter.domain.usage import Mark, Pricing, Tokens

SESSION = "55224984-3dd9-45e2-89af-0c9b9b9f257c"
CHILD = "3c5214c0-0eed-4bc7-953a-b4915a304b52"
AT = "2026-11-10T10:00:00.000Z"
CHATS = ".gemini/tmp/shop/chats"
LOG = f"{CHATS}/session-2026-11-10T10-00-55224984.jsonl"
Record = dict[str, Any]


def header(session: str = SESSION, **more: Any) -> Record:
    """The first line of a chat."""
    return {"sessionId": session, "projectHash": "0" * 64, "startTime": AT, "lastUpdated": AT, "kind": "main"} | more


def used(input: int, cached: int = 0, output: int = 0, thoughts: int = 0, tool: int = 0) -> Record:
    """The figures of an answer."""
    total = input + output + thoughts + tool
    return {"input": input, "output": output, "cached": cached, "thoughts": thoughts, "tool": tool, "total": total}


def answer(id: str, tokens: Record | None, **more: Any) -> Record:
    """One line of a model's message."""
    line: Record = {"id": id, "timestamp": AT, "type": "gemini", "content": "Done.", "thoughts": [], "tokens": tokens}
    return line | {"model": "gemini-2.5-pro"} | more


def call(agent: str, status: str = "success") -> Record:
    """A finished call of the tool that starts a subagent."""
    return {"id": "invoke_agent__1", "name": "invoke_agent", "args": {"agent_name": "generalist", "prompt": "Look."},
            "status": status, "timestamp": AT, "agentId": agent}  # fmt: skip


def test_cached_tokens_are_inside_the_input_and_thoughts_beside_the_output(meter: Meter) -> None:
    meter.write(LOG, jsonl(header(), answer("m1", used(1_000, 400, 50, thoughts=30))))
    meter.index()
    bill = meter.bill()
    assert bill.tokens == Tokens(input=600, cache_read=400, output=80, reasoning=30)
    assert bill.pricing is Pricing.EXACT


def test_what_a_tool_of_the_service_put_into_the_prompt_is_billed_as_input(meter: Meter) -> None:
    meter.write(LOG, jsonl(header(), answer("m1", used(1_000, 400, 50, tool=70))))
    meter.index()
    assert meter.bill().tokens == Tokens(input=670, cache_read=400, output=50)


def test_a_message_that_is_written_again_with_its_calls_counts_once(meter: Meter) -> None:
    calls = [{"id": "shell__1", "name": "run_shell_command", "status": "success"}]
    message = answer("m1", used(1_000, 0, 50))
    meter.write(LOG, jsonl(header(), answer("m1", None), message, message | {"toolCalls": calls}, message))
    meter.index()
    assert meter.bill().tokens == Tokens(input=1_000, output=50)
    assert meter.bill().marks & Mark.GOES_ON


def test_messages_in_an_update_of_all_count_once_and_what_was_rewound_stays_billed(meter: Meter) -> None:
    one, two = answer("m1", used(1_000, 0, 50)), answer("m2", used(2_000, 0, 60))
    meter.write(LOG, jsonl(header(), one, two, {"$rewindTo": "m2"}, {"$set": {"messages": [one], "lastUpdated": AT}}))
    meter.index()
    assert meter.totals() == (2, Tokens(input=3_000, output=110))


def test_a_session_that_goes_on_in_the_newer_form_counts_once(meter: Meter) -> None:
    one, two = answer("m1", used(1_000, 0, 50)), answer("m2", used(2_000, 0, 60))
    document = header() | {"messages": [one]}
    meter.write(LOG.removesuffix("l"), json.dumps(document, indent=2).encode(), age=50)
    meter.write(LOG, jsonl(header(), one, two))
    meter.index()
    assert meter.totals() == (2, Tokens(input=3_000, output=110))
    assert len(meter.sums()) == 1


def test_a_document_that_is_written_anew_after_each_answer_counts_each_once(meter: Meter) -> None:
    messages = [answer(f"m{n}", used(100 * n, 0, n)) for n in range(1, 5)]
    for most in range(1, 5):
        document = header() | {"messages": messages[:most]}
        meter.write(LOG.removesuffix("l"), json.dumps(document).encode(), age=-most)
        meter.index()
    assert meter.totals() == (4, Tokens(input=1_000, output=10))


def test_an_odd_message_of_a_document_costs_only_itself(meter: Meter) -> None:
    messages = [answer("m1", used(100)), answer("m2", {"input": "many"}), "what", answer("m3", used(300))]
    meter.write(LOG.removesuffix("l"), json.dumps(header() | {"messages": messages}).encode())
    meter.index()
    assert meter.totals() == (2, Tokens(input=400))
    assert meter.skipped() == {"unexpected shape of a usage line": 1}


def test_a_subagent_is_a_run_of_the_session_that_started_it(meter: Meter) -> None:
    meter.write(LOG, jsonl(header(), answer("m1", used(1_000), toolCalls=[call(CHILD)])))
    child = header(CHILD, kind="subagent", directories=["/home/dev/shop"])
    meter.write(f"{CHATS}/{SESSION}/{CHILD}.jsonl", jsonl(child, answer("m2", used(200))))
    meter.index()
    assert {(bill.session, bill.run, bill.kind) for bill in meter.bills()} == {
        (SESSION, SESSION, "main"), (SESSION, CHILD, "subagent")}  # fmt: skip
    assert meter.one("SELECT parent, type, told_end FROM run WHERE kind = 'subagent'") == (SESSION, "generalist", 2)
    assert meter.one("SELECT name, call, launch FROM call") == (CHILD, "invoke_agent__1", "m1")


@pytest.mark.parametrize("folder", ["shop", sha256(b"/home/dev/shop").hexdigest()])
def test_a_project_is_known_by_its_name_or_by_its_hash(meter: Meter, folder: str) -> None:
    meter.write(".gemini/projects.json", json.dumps({"projects": {"/home/dev/shop": "shop"}}).encode())
    meter.write(LOG.replace("/shop/", f"/{folder}/"), jsonl(header(), answer("m1", used(1))))
    meter.index()
    assert meter.one("SELECT cwd, project FROM session") == ("/home/dev/shop", "shop")


def test_a_home_below_a_folder_of_chats_is_no_trouble() -> None:
    log = "/srv/chats/.gemini/tmp/shop/chats/abc/def.jsonl"
    assert Path(GEMINI_CLI.beside(log)) == Path("/srv/chats/.gemini/projects.json")
    assert Path(GEMINI_CLI.beside("/x.jsonl")).name == "projects.json"


def test_a_chat_of_no_known_project_has_none(meter: Meter) -> None:
    meter.write(".gemini/projects.json", b"{broken")
    meter.write(LOG, jsonl(header(), answer("m1", used(1))))
    meter.index()
    assert meter.one("SELECT cwd, project FROM session") == ("", "")


def test_nulls_are_zeros_and_spaces_do_not_matter(meter: Meter) -> None:
    line = json.dumps(answer("m1", used(1_000) | {"cached": None, "thoughts": None, "tool": None}), indent=None)
    meter.write(LOG, jsonl(header()) + line.replace('"tokens"', '"tokens" ').encode() + b"\r\n")
    meter.index()
    assert meter.bill().tokens == Tokens(input=1_000)


def test_a_refusal_for_want_of_quota_is_noted(meter: Meter) -> None:
    error = {"id": "e1", "timestamp": AT, "type": "error",
             "content": "[API Error: You have exhausted your daily quota on this model.]"}  # fmt: skip
    meter.write(LOG, jsonl(header(), error, error | {"id": "e2", "content": "Error during discovery"}))
    meter.index()
    assert meter.connection.execute("SELECT session, reason FROM refusal").fetchall() == [(SESSION, "plan_window")]


def test_only_chats_are_read_and_not_what_else_lies_in_the_folder(meter: Meter) -> None:
    for name in ("logs.json", "shop/logs.json", "shop/checkpoint-a.json", "shop/tool-outputs/x.json"):
        meter.write(f".gemini/tmp/{name}", b"[]")
    assert meter.unread() == []


def test_its_folder_is_that_of_its_variable() -> None:
    home = Path("/home/dev")
    assert GEMINI_CLI.homes({}, home) == (home / ".gemini",)
    assert GEMINI_CLI.homes({"GEMINI_CLI_HOME": "/srv/x"}, home) == (Path("/srv/x/.gemini"),)
    assert GEMINI_CLI.homes({"GEMINI_DATA_DIR": "/srv/x, /srv/y"}, home) == (Path("/srv/x"), Path("/srv/y"))


@pytest.mark.parametrize(("run", "kinds"), [("thoughts", {"main": 4, "subagent": 6}), ("document", {"main": 10})])
def test_a_recorded_session_with_thoughts_and_a_resumed_turn_is_billed_to_the_token(
    meter: Meter, run: str, kinds: dict[str, int]
) -> None:
    shutil.copytree(RECORDED / "gemini" / run / "home", meter.home, dirs_exist_ok=True)
    meter.index()
    served = (RECORDED / "gemini" / run / "requests.jsonl").read_text(encoding="utf-8").splitlines()
    bills = meter.bills()
    assert len(bills) == len(served) == 10
    assert {kind: sum(bill.kind == kind for bill in bills) for kind in kinds} == kinds
    # To the script the resumed turn of the older version looked like one of a subagent's.
    resumed = (1_200, 110) if run == "thoughts" else (1_400, 80)
    asked = [(1_200, 80), (1_200, 90), (1_200, 110), *[(1_300, 80), (1_400, 80), (1_400, 80)] * 2, resumed]
    expected = sorted(Tokens(input + 15, 500, 0, 0, output + 30, 30) for input, output in asked)
    assert sorted(bill.tokens for bill in bills) == expected
    assert {bill.pricing for bill in bills} == {Pricing.EXACT}
    assert meter.skipped() == {}
