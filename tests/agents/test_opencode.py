"""opencode's sessions: in a database that it writes while it is read, before 1.2 in a file for each message."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from agents.metering import Meter, writer
from agents.opencode_rows import AT, DATA, answer, document, made, put, session, used

from taximeter.agents import AGENTS
from taximeter.agents.opencode import OPENCODE, PART
from taximeter.collect.discovery import find_logs, log_of
from taximeter.collect.sources import find_sources
from taximeter.collect.ways import read_file
from taximeter.domain.usage import Mark, Pricing, Tokens

RECORDED = Path(__file__).parents[1] / "fixtures" / "recorded" / "opencode"
CHAT = Tokens(input=1_200, cache_read=500, output=80)
CHAT_THOUGHT = CHAT._replace(reasoning=30)
ANTHROPIC = CHAT._replace(cache_write_5m=300)


@pytest.fixture
def owner(meter: Meter) -> Iterator[sqlite3.Connection]:
    """A database with no session in it, as its owner has it open."""
    with closing(made(meter.home)) as connection:
        yield connection


def served(run: str) -> list[str]:
    """The model of each request that the server got, but for those for a session's title, which no log holds."""
    lines = (RECORDED / run / "requests.jsonl").read_text(encoding="utf-8").splitlines()
    return [said["model"] for said in map(json.loads, lines) if said["role"] != "aux"]


@pytest.mark.parametrize(
    ("run", "tokens", "kinds", "sessions"),
    [("first", {CHAT}, {"main": 2, "subagent": 4}, 1),
     ("forked", {ANTHROPIC, CHAT_THOUGHT}, {"main": 5, "subagent": 6}, 3),
     ("moved", {CHAT_THOUGHT}, {"main": 3, "subagent": 2}, 1)],
)  # fmt: skip
def test_the_ledger_holds_every_request_but_those_for_titles(
    meter: Meter, run: str, tokens: set[Tokens], kinds: dict[str, int], sessions: int
) -> None:
    shutil.copytree(RECORDED / run / "home", meter.home, dirs_exist_ok=True)
    meter.index()
    bills = meter.bills()
    assert Counter(bill.model for bill in bills) == Counter(served(run))
    assert {bill.tokens for bill in bills} == tokens
    assert Counter(bill.kind for bill in bills) == kinds
    assert (len(meter.sums()), meter.skipped()) == (sessions, {})
    assert meter.one("SELECT DISTINCT cwd FROM session") == ("/home/dev/work",)


def test_what_has_no_price_is_unpriced_and_the_agents_own_cost_stands_beside_ours(meter: Meter) -> None:
    shutil.copytree(RECORDED / "forked" / "home", meter.home, dirs_exist_ok=True)
    meter.index()
    seen = {(bill.model, bill.pricing, bill.claimed) for bill in meter.bills()}
    # It writes a cost of 0 where it knows no price.
    assert seen == {("claude-sonnet-4-6", Pricing.ESTIMATED, 6_075_000), ("bench-model", Pricing.UNPRICED, -1)}


def test_a_forked_session_repeats_its_parents_answers_which_stay_the_parents(meter: Meter) -> None:
    shutil.copytree(RECORDED / "forked" / "home", meter.home, dirs_exist_ok=True)
    meter.index()
    runs = Counter(bill.run for bill in meter.bills() if bill.kind == "main" and bill.model == "claude-sonnet-4-6")
    assert runs == {"ses_df5eb22beffedsPk3OyPY65R8z": 2, "ses_df5eb1103ffe3ETXgKeFFjZNj3": 1}


@pytest.mark.parametrize("first", ["storage", "opencode.db"])
def test_files_that_were_taken_into_the_database_are_counted_once(meter: Meter, first: str) -> None:
    source = RECORDED / "moved" / "home" / DATA
    (meter.home / DATA).mkdir(parents=True)
    if first == "storage":
        shutil.copytree(source / first, meter.home / DATA / first)
    else:
        shutil.copy(source / first, meter.home / DATA)
    meter.index()
    assert len(meter.bills()) == (4 if first == "storage" else 5)
    shutil.copytree(source, meter.home / DATA, dirs_exist_ok=True)
    meter.index()
    assert len(meter.bills()) == 5
    assert meter.totals()[1].output == 400


def test_the_subagents_of_one_answer_are_one_launch_and_have_ended(meter: Meter) -> None:
    shutil.copytree(RECORDED / "first" / "home", meter.home, dirs_exist_ok=True)
    meter.index()
    found = meter.connection.execute(
        """SELECT u.type, u.label, u.told_end, c.launch, c.call FROM run u JOIN call c ON c.name = u.call
        WHERE u.kind = 'subagent' ORDER BY u.label"""
    ).fetchall()
    assert [row[:3] for row in found] == [("general", f"bench helper {n}", 2) for n in range(1, 5)]
    assert (len({row[3] for row in found}), len({row[4] for row in found})) == (1, 4)


def test_a_reply_that_runs_is_billed_when_its_figures_come(meter: Meter, owner: sqlite3.Connection) -> None:
    session(owner, "ses_1")
    put(owner, "ses_1", "msg_000000000001a", answer(used(0, 0), finish=None, completed=None))
    meter.index()
    assert meter.bills() == []
    put(owner, "ses_1", "msg_000000000001a", answer(used(900, 70)), changed=AT + 500)
    meter.index()
    assert meter.bill().tokens == Tokens(input=900, output=70)
    put(owner, "ses_1", "msg_000000000001a", answer(used(900, 70), cost=0.5), changed=AT + 900)
    meter.index()
    assert len(meter.bills()) == 1


def test_only_what_changed_is_read_and_a_row_that_was_stamped_before_its_turn_is_not_missed(
    meter: Meter, owner: sqlite3.Connection
) -> None:
    session(owner, "ses_1")
    for number in range(3):
        put(owner, "ses_1", f"msg_00000000000{number}a", answer(used(100 + number, 1), at=AT + number * 60_000),
            changed=AT + number * 60_000)  # fmt: skip
    meter.index()
    put(owner, "ses_1", "msg_000000000009a", answer(used(500, 1), at=AT + 115_000), changed=AT + 115_000)
    (work,) = meter.unread()
    (part,) = read_file(work, 0, OPENCODE)
    assert sorted(bill.tokens.input for bill in part.reading.requests.values()) == [102, 500]


def test_many_messages_come_in_parts(meter: Meter, owner: sqlite3.Connection) -> None:
    session(owner, "ses_1")
    for number in range(PART + 3):
        put(owner, "ses_1", f"msg_{number:012x}a", answer(used(1_000 + number, 1)), changed=AT)
    parts = list(read_file(meter.unread()[0], 0, OPENCODE))
    assert [len(part.reading.requests) for part in parts] == [PART, 3]
    writer(meter.connection).apply(parts[:1])
    meter.index()
    assert len(meter.bills()) == PART + 3


@pytest.mark.parametrize(
    ("tokens", "provider", "output", "thoughts"),
    [(used(10, 50, thoughts=30, total=90), "openai", 80, 30),
     (used(10, 80, thoughts=30, total=90), "openai", 80, 30),
     (used(10, 80, thoughts=30), "openai", 80, 30),
     (used(10, 80, thoughts=30), "google", 110, 30),
     (used(10, 20, thoughts=30), "openai", 50, 30)],
)  # fmt: skip
def test_thoughts_are_beside_the_output_or_in_it_and_counted_once(
    meter: Meter, owner: sqlite3.Connection, tokens: dict[str, object], provider: str, output: int, thoughts: int
) -> None:
    session(owner, "ses_1")
    put(owner, "ses_1", "msg_000000000001a", answer(tokens, provider=provider))
    meter.index()
    assert meter.bill().tokens == Tokens(input=10, output=output, reasoning=thoughts)


def test_several_requests_of_one_old_message_are_billed_each(meter: Meter, owner: sqlite3.Connection) -> None:
    session(owner, "ses_1")
    old = answer(used(300, 3), finish=None, cost=0.6)
    meter.write(f"{DATA}/storage/message/ses_1/msg_000000000001a.json", document("msg_000000000001a", "ses_1", old))
    meter.index()
    assert (meter.bill().tokens.input, meter.bill().marks & Mark.OUTPUT_IS_FLOOR, meter.bill().claimed) == (
        300, Mark.OUTPUT_IS_FLOOR, -1)  # fmt: skip
    steps = [used(100, 1), used(300, 3), used(300, 3)]
    put(owner, "ses_1", "msg_000000000001a", old, steps=steps)
    meter.index()
    assert [bill.tokens.input for bill in sorted(meter.bills())] == [100, 300, 300]
    assert {(bill.marks, bill.claimed) for bill in meter.bills()} == {(Mark.NONE, 200_000_000)}


def test_a_subagents_subagent_belongs_to_the_root_session(meter: Meter, owner: sqlite3.Connection) -> None:
    for id, parent in (("ses_1", None), ("ses_2", "ses_1"), ("ses_3", "ses_2")):
        session(owner, id, parent)
    put(owner, "ses_3", "msg_000000000001a", answer(used(10, 1)))
    meter.index()
    assert (meter.bill().session, meter.bill().run, meter.bill().kind) == ("ses_1", "ses_3", "subagent")
    assert meter.one("SELECT parent FROM run") == ("ses_2",)


def test_sessions_that_name_each_other_as_parents_stop_nothing(meter: Meter, owner: sqlite3.Connection) -> None:
    session(owner, "ses_1", "ses_2")
    session(owner, "ses_2", "ses_1")
    put(owner, "ses_1", "msg_000000000001a", answer(used(10, 1)))
    meter.index()
    assert len(meter.bills()) == 1


def test_an_odd_message_costs_only_itself(meter: Meter, owner: sqlite3.Connection) -> None:
    session(owner, "ses_1")
    put(owner, "ses_1", "msg_000000000001a", answer(used(10, 1)))
    put(owner, "ses_1", "msg_000000000002a", answer({"input": "many"}))
    put(owner, "ses_1", "msg_000000000003a", answer(used(10, 1), at=None))
    for id, data in (("msg_4", b'{"role":"assistant",}'), ("msg_5", b'{"role":"assistant","agent":"\xff"}')):
        owner.execute("INSERT INTO message VALUES (?, 'ses_1', 1, 1, CAST(? AS TEXT))", (id, data))
    meter.index()
    assert len(meter.bills()) == 1
    assert meter.skipped() == {"unexpected shape of a usage line": 1, "usage without a time": 1, "broken JSON": 2}


@pytest.mark.parametrize(
    ("said", "reason"),
    [("Budget has been exceeded! Current cost: 5.1", "budget"), ("Your credit balance is too low", "credit"),
     ("You have hit your limit", "plan_window"), ("overloaded", None)],
)  # fmt: skip
def test_a_refusal_for_want_of_money_is_noted(
    meter: Meter, owner: sqlite3.Connection, said: str, reason: str | None
) -> None:
    session(owner, "ses_1")
    error = {"name": "APIError", "data": {"message": said, "statusCode": 402, "isRetryable": False}}
    put(owner, "ses_1", "msg_000000000001a", answer(used(0, 0), finish=None, error=error))
    meter.index()
    assert meter.one("SELECT reason FROM refusal") == (None if reason is None else (reason,))
    assert meter.bills() == []


def test_answers_that_only_newer_versions_keep_are_counted_as_not_read(meter: Meter, owner: sqlite3.Connection) -> None:
    owner.execute("CREATE TABLE session_message (id TEXT, session_id TEXT, type TEXT, time_created INTEGER)")
    owner.execute("INSERT INTO session_message VALUES ('msg_9', 'ses_1', 'assistant', ?)", (AT,))
    meter.index()
    assert sum(meter.skipped().values()) == 1


def test_a_database_without_its_tables_is_a_trouble_until_they_are_there(meter: Meter) -> None:
    with closing(made(meter.home, tables=False)) as owner:
        owner.execute("CREATE TABLE migration (id TEXT)")
        meter.index()
        assert "no such table" in meter.one("SELECT trouble FROM file")[0]
        made(meter.home).close()
        session(owner, "ses_1")
        put(owner, "ses_1", "msg_000000000001a", answer(used(10, 1)))
        meter.index()
    assert (len(meter.bills()), meter.one("SELECT trouble FROM file")) == (1, ("",))


OWNER = """
import sqlite3, sys
owner = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=0)
for statement in sys.stdin:
    owner.execute(statement)
    print("done", flush=True)
"""


def test_an_owner_that_waits_for_nobody_commits_in_the_middle_of_our_reading(
    meter: Meter, owner: sqlite3.Connection
) -> None:
    session(owner, "ses_1")
    for number in range(PART + 3):
        put(owner, "ses_1", f"msg_{number:012x}a", answer(used(1_000 + number, 1)))
    database = meter.home / DATA / "opencode.db"
    with subprocess.Popen([sys.executable, "-c", OWNER, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          text=True) as other:  # fmt: skip
        assert other.stdin is not None
        assert other.stdout is not None
        parts = None
        for statement in ("BEGIN IMMEDIATE", f"UPDATE message SET time_updated = {AT + 9}", "COMMIT",
                          "PRAGMA wal_checkpoint(PASSIVE)", "DELETE FROM part"):  # fmt: skip
            other.stdin.write(statement + "\n")
            other.stdin.flush()
            assert other.stdout.readline() == "done\n"
            if statement.startswith("UPDATE"):
                # The other process holds its transaction, and we our reading when it commits.
                parts = read_file(meter.unread()[0], 0, OPENCODE)
                assert len(next(parts).reading.requests) == PART
        assert parts is not None
        assert [len(part.reading.requests) for part in parts] == [3]
        other.stdin.close()
        assert other.wait(timeout=30) == 0
    meter.index()
    assert len(meter.bills()) == PART + 3


def test_its_homes_and_no_file_that_may_hold_a_secret(meter: Meter) -> None:
    usual = meter.home / DATA
    for name in ("auth.json", "opencode.db", "opencode-dev.db", "storage/part/msg_1/prt_1.json"):
        meter.write(f"{DATA}/{name}", b"{}")
    (source,) = find_sources((OPENCODE,), {}, meter.home, {})
    assert {Path(each.path).name for each in find_logs((source,))} == {"opencode.db", "opencode-dev.db"}
    assert log_of(source, str(usual.resolve() / "auth.json")) == ""
    assert log_of(source, str(usual.resolve() / "opencode.db-wal")) == str(usual.resolve() / "opencode.db")
    assert OPENCODE.homes({}, meter.home) == (usual,)
    other = meter.home / "other"
    assert OPENCODE.homes({"XDG_DATA_HOME": "data", "OPENCODE_DB": str(other / "z.db")}, meter.home) == (
        Path("data/opencode"), other)  # fmt: skip
    assert OPENCODE.homes({"OPENCODE_DB": ":memory:"}, meter.home) == (usual,)
    assert OPENCODE in AGENTS
