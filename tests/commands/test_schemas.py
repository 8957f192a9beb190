"""Every command's data holds to its schema, and the schemas say what the design says."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from commands.company import House, house, running
from commands.judging import make_history
from jsonschema import Draft202012Validator
from ledger.launches import asked
from referencing import Registry, Resource

from taximeter.commands.line import PLACES
from taximeter.domain.launch import Answer, Verb
from taximeter.domain.quota import Outlook
from taximeter.ledger.opening import open_reading, open_writing
from taximeter.ledger.questions import put_answer, put_question

__all__ = ["house", "running"]
SCHEMAS = Path(__file__).parents[2] / "resources" / "schemas"
DOCUMENTS = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in SCHEMAS.glob("*.json")}
RESOURCES = [(f"{name}.json", Resource.from_contents(document)) for name, document in DOCUMENTS.items()]
REGISTRY: Any = Registry().with_resources(RESOURCES)
CHECK_FORMATS = Draft202012Validator.FORMAT_CHECKER
HEAD = {"schema", "generated_at", "as_of", "currency", "price_book"}
TOTALS = {"requests", "tokens", "cost", "cost_by_kind", "unpriced_tokens", "status"}
SESSION = {"id", "agent", "project", "branch", "started_at", "ended_at", "models", "subagents"} | TOTALS
COMMANDS = {
    "status": ("status", "--json"),
    "sessions": ("sessions", "--json", "--since", "all"),
    "session": ("session", "0a1b2c3d-0", "--json"),
    "daily": ("daily", "--json"),
    "models": ("models", "--json"),
    "projects": ("projects", "--json"),
    "agents": ("agents", "--json"),
    "agents-check": ("agents", "check", str(SCHEMAS.parent / "profiles" / "acme-assist.toml"), "--json"),
    "index": ("index", "--json"),
    "doctor": ("doctor", "--json"),
    "data": ("data", "--json"),
    "export": ("export", "--format", "json", "--since", "all"),
    "budget": ("budget", "--json"),
    "forecast": ("forecast", "--agents", "8", "--agent", "claude-code", "--json"),
    "forecast-replay": ("forecast", "--replay", "--since", "all", "--json"),
    "guard-status": ("guard", "status", "--verify", "--json"),
    "guard-log": ("guard", "log", "--since", "all", "--json"),
}
OF_A_SERVICE = {"team": ("team", "--json"), "team-requests": ("team", "requests", "--json")}
WITHOUT_LEDGER = {"agents", "agents-check", "budget", "guard-status"}


def valid(name: str, document: Any) -> None:
    schema = DOCUMENTS[name]
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema, registry=REGISTRY, format_checker=CHECK_FORMATS).validate(document)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_commands_data_holds_to_its_schema(name: str, run: Any) -> None:
    shown = run(*COMMANDS[name])
    assert shown.err == ""
    valid(name, shown.data)
    assert shown.data["schema"] == 1


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in WITHOUT_LEDGER])
def test_a_ledger_with_nothing_in_it_holds_to_the_schemas_too(name: str, run: Any, made: Any, tmp_path: Path) -> None:
    empty = tmp_path / "empty.sqlite3"
    made.make(empty, []).execute("DELETE FROM price_book").connection.close()

    def read() -> Any:
        return open_reading(empty)

    shown = run(*COMMANDS[name], ledger=empty, read_ledger=read, judge=lambda *_: tuple[Outlook, ...]())
    if name == "session":
        assert (shown.code, shown.out) == (2, "")
    else:
        valid(name, shown.data)


def test_a_teams_data_holds_to_its_schemas(house: House) -> None:
    for person, quota in (("ana", "ana-month"), ("ed", "team-tokens")):
        assert house.as_(person, "budget", "request", "50", "--budget", quota, "--yes").code == 0
    assert house.as_("mia", "team", "approve", "r-1").code == 0
    for name, words in OF_A_SERVICE.items():
        valid(name, house.as_("mia", *words).data)
    valid("team", house.as_("jo", "budget", "--as-manager", "--json").data)


def test_forecasts_answers_and_hooks_hold_to_their_schemas(run: Any, made: Any, tmp_path: Path, now: int) -> None:
    history = make_history(made, tmp_path / "history.sqlite3", now)
    with closing(open_writing(history)) as connection:
        for id, answer in (("aaaaa", None), ("bbbbb", Answer(Verb.LIMIT, 1)), ("ccccc", Answer(Verb.EXPIRED, 0))):
            put_question(connection, asked(id, now - 9_000))
            if answer:
                put_answer(connection, id, answer, now)
    (tmp_path / ".claude").mkdir()
    (tmp_path / ".codex").mkdir()
    for name in ("forecast-replay", "guard-log", "guard-status", "doctor"):
        shown = run(*COMMANDS[name], ledger=history, read_ledger=lambda: open_reading(history))
        valid(name, shown.data)
    valid("forecast", run("forecast", "--agents", "3", "--type", "Explore", "--json").data)


def test_every_schema_belongs_to_a_command_and_is_closed() -> None:
    assert DOCUMENTS.keys() - {"shapes"} == (COMMANDS | OF_A_SERVICE).keys()
    for name, words in (COMMANDS | OF_A_SERVICE).items():
        assert words[0] in PLACES
        assert name in {words[0], "-".join(word.removeprefix("--") for word in words[:2])}
        assert DOCUMENTS[name]["$id"] == f"{name}.json"
        assert False in (DOCUMENTS[name].get("unevaluatedProperties"), DOCUMENTS[name].get("additionalProperties"))


def test_the_shapes_are_those_of_the_design(run: Any) -> None:
    sessions = run("sessions", "--json", "--since", "all").data
    assert sessions.keys() == HEAD | {"totals", "sessions"}
    assert sessions["totals"].keys() == TOTALS
    assert all(row.keys() == SESSION for row in sessions["sessions"])
    assert sessions["price_book"] == {"id": "test-1", "as_of": "2026-11-01"}
    assert sessions["sessions"][0]["subagents"] == {"runs": 2, "peak": 2}

    session = run("session", "0a1b2c3d-0", "--json").data
    assert session.keys() == HEAD | SESSION | {"runs", "by_model", "credits"}
    run_keys = {"id", "parent_id", "kind", "type", "label", "model", "started_at", "ended_at"}
    assert all(row.keys() == run_keys | TOTALS for row in session["runs"])
    assert all(row.keys() == {"model"} | TOTALS for row in session["by_model"])
    assert [row["parent_id"] for row in session["runs"]] == [None, session["id"], "agent-7"]

    daily = run("daily", "--json").data
    assert all(row.keys() == {"date", "agent", "model"} | TOTALS for row in daily["days"])
    assert [row["model"] for row in run("models", "--json").data["models"]] == [
        "claude-opus-4-6", "claude-opus-4-6-fast", "claude-haiku-4-5", "gpt-9-made-up",
    ]  # fmt: skip


def test_unpriced_is_null_and_never_nothing(run: Any) -> None:
    row = run("sessions", "--json", "--agent", "codex").data["sessions"][0]
    assert (row["cost"], row["status"], row["unpriced_tokens"]) == (None, "partial", 1160)
    assert set(row["cost_by_kind"].values()) == {None}


def test_totals_are_over_the_filter_and_not_the_page(run: Any) -> None:
    page = run("sessions", "--json", "--limit", "1").data
    assert (len(page["sessions"]), page["totals"]["requests"]) == (1, 6)
    assert page["totals"]["cost"] == "16.349678901"
