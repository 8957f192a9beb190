"""How the command line ends, what it loads, and what its words mean."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from taximeter.commands.line import PLACES
from taximeter.domain.usage import Totals
from taximeter.host.trouble import Trouble

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "words",
    [
        ("nope",), ("sessions", "--nope"), ("sessions", "--since", "soon"), ("sessions", "--limit", "0"),
        ("sessions", "--agent", "nobody"), ("session",), ("session", "zz"), ("session", "0a1b"), ("export",),
        ("daily", "--timezone", "Mars/Base"), ("data", "purge"), ("data", "purge", "--before", "all"),
        ("sessions", "x"),
    ],
)  # fmt: skip
def test_wrong_use_ends_with_2_and_says_what_is_wrong(words: tuple[str, ...], run: Any) -> None:
    ran = run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err


def test_several_sessions_of_a_beginning_are_named(run: Any) -> None:
    assert "0a1b2c3d-0000-4000-8000-000000000001, 0a1b2c3d-5555" in run("session", "0a1b").err


def test_trouble_ends_with_69_and_is_told_in_one_line(run: Any) -> None:
    def fail(_: object) -> None:
        raise Trouble("The ledger is damaged", "Restore a backup.")

    ran = run("status", index=fail)
    assert (ran.code, ran.out, ran.err) == (69, "", "The ledger is damaged: Restore a backup.\n")


def test_without_a_ledger_no_index_cannot_tell(run: Any, tmp_path: Path) -> None:
    ran = run("status", "--no-index", ledger=tmp_path / "none")
    assert (ran.code, ran.err) == (69, "There is no ledger yet: Make it with: taximeter index\n")


def test_ctrl_c_is_not_a_failure_of_the_program(run: Any) -> None:
    def stop(_: object) -> None:
        raise KeyboardInterrupt

    ran = run("status", index=stop)
    assert (ran.code, ran.err.strip()) == (130, "Stopped.")


def test_beside_a_running_tray_a_command_says_as_of_when(run: Any) -> None:
    ran = run("status", index=lambda _: None)
    assert ran.code == 0
    assert ran.out.endswith("\nAs of never: another Taximeter is keeping it up to date.\n")
    assert run("status", "--json", index=lambda _: None).data["as_of"] is None
    assert run("sessions", "--no-index").out.endswith("As of never: the logs were not read again.\n")


def test_no_index_does_not_index(run: Any) -> None:
    def fail(_: object) -> None:
        raise AssertionError

    for name in ("status", "sessions", "daily", "models", "projects", "doctor"):
        assert run(name, "--no-index", index=fail).code in (0, 1)


@pytest.mark.parametrize(
    ("since", "sessions"),
    [("all", 4), ("1d", 1), ("2d", 2), ("1w", 3), ("2026-11-19", 2), ("2026-11", 3), ("30d", 3), ("0d", 1)],
)
def test_since_counts_days_with_today(run: Any, since: str, sessions: int) -> None:
    assert len(run("sessions", "--json", "--since", since).data["sessions"]) == sessions


def test_sessions_can_be_narrowed_searched_and_sorted(run: Any) -> None:
    def ids(*words: str) -> list[str]:
        return [row["id"][:2] for row in run("sessions", "--json", "--since", "all", *words).data["sessions"]]

    assert ids("--project", "bank") == ["7f", "ol"]
    assert ids("--sort", "cost")[0] == "ol"
    assert ids("--search", "FEATURE") == ["0a"]
    assert ids("--agent", "claude-code", "--limit", "1") == ["0a"]


def test_days_of_another_zone(run: Any) -> None:
    days = {row["date"] for row in run("daily", "--json", "--timezone", "Pacific/Kiritimati").data["days"]}  # UTC+14
    assert days == {"2026-11-19", "2026-11-20", "2026-11-21"}
    assert run("daily", "--json", "--timezone", "UTC").data["days"] == run("daily", "--json").data["days"]


def test_an_empty_period_is_said_in_words(run: Any) -> None:
    for name in ("daily", "models", "projects"):
        assert run(name, "--project", "none").out.startswith("Nothing was used since 2026-10-22.")
    assert run("sessions", "--project", "none").out.startswith("No sessions since 2026-10-22.")


def test_help_lists_every_command_and_loads_none(run: Any) -> None:
    told = run("--help").out
    assert [line.split()[0] for line in told.split("Commands:\n")[1].splitlines()] == list(PLACES)


@pytest.mark.parametrize("name", PLACES)
def test_every_command_is_where_the_list_says_and_explains_itself(name: str, run: Any) -> None:
    ran = run(name, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert re.search(rf"Usage: taximeter {name}\b", ran.out)


def test_status_loads_nothing_heavy() -> None:
    code = (
        "import sys, taximeter.commands.line, taximeter.commands.status; "
        "print([m for m in ('rich', 'httpx', 'keyring', 'PySide6', 'watchdog', 'msgspec', 'tomlkit',"
        " 'taximeter.collect', 'taximeter.commands.prices') if m in sys.modules])"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT / "app")}
    ran = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_a_refusal_for_want_of_budget_is_shown(run: Any, ledger: Path, now: int) -> None:
    import sqlite3

    connection = sqlite3.connect(ledger)
    connection.execute("INSERT INTO refusal VALUES(x'01', 'codex', 's', ?, 'budget')", (now - 60_000,))
    connection.commit()
    connection.close()
    assert "Codex was refused at 11:59: the budget is used up." in run("status").out
    assert run("status", "--json").data["refusal"]["reason"] == "budget"


def test_nothing_is_a_sum_too() -> None:
    assert (Totals().cost_or_none, Totals().status) == (0, "exact")
