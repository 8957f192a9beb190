"""The doctor and ``guard status`` tell what the company decided, who told it, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from commands.test_schemas import valid

from taximeter.commands.desk import Desk
from taximeter.host.policy import Decided, KeptPolicy, KeptPrices, Policy, PriceSource, keep_policy
from taximeter.host.question_settings import Offer
from taximeter.host.settings import load_settings

ORIGIN = "https://budget.example.com"


@pytest.fixture
def told(run: Any, desk: Desk, now: int) -> Any:
    """Runs a command under a policy, which the service or the machine's file tells."""

    def invoke(*words: str, policy: Policy | None = None, machine: str = "", **kept: Any) -> Any:
        desk.paths.config.mkdir(exist_ok=True)
        desk.paths.settings_file.write_text(f'[service]\nkind = "taximeter"\norigin = "{ORIGIN}"\n' if policy else "")
        if policy is not None:
            keep_policy(desk.paths, KeptPolicy(ORIGIN, policy, **({"read_at": now} | kept)))
        desk.paths.machine_config.mkdir(exist_ok=True)
        desk.paths.machine_settings_file.write_text(machine)
        return run(*words, read_settings=lambda: load_settings(desk.paths), env={"TAXIMETER_TOKEN": "sk"})

    return invoke


def test_without_decisions_there_is_nothing_to_say(told: Any) -> None:
    assert "your company" not in told("doctor").out
    assert told("doctor", "--json").data["company"] == {"settings": [], "policy": None, "left_out": []}
    assert "your company" not in told("guard", "status").out


def test_the_policy_and_its_keys_are_told(told: Any) -> None:
    decided = Decided("observe", thresholds=(("cold_amount", 10**9),), currency="EUR", offer=Offer(text="Try\x1b it."))
    policy = Policy("7", 1_763_287_200_000, decided, odd=("min_poll_seconds is not a whole number from 60 to 3600",))
    ran = told("doctor", policy=policy)
    for line in (
        "Set by your company:",
        "  question.mode = observe (budget.example.com)",
        "  question.thresholds.cold_amount = 1 EUR (budget.example.com)",
        "  Left out: min_poll_seconds is not a whole number from 60 to 3600",
        "  Left out: question.thresholds.cold_amount is in EUR, the prices are in USD",
    ):
        assert f"{line}\n" in ran.out, ran.out
    assert "  Policy version 7 of 2025-11-16, read 12:00\n" in ran.out
    assert "\x1b" not in ran.out
    data = told("doctor", "--json", policy=policy).data
    valid("doctor", data)
    assert data["company"]["settings"][0] == {
        "key": "question.mode", "value": "observe", "source": "budget.example.com",
    }  # fmt: skip
    assert data["company"]["policy"]["version"] == "7"


def test_what_is_wrong_with_policy_or_prices_wants_attention(told: Any) -> None:
    broken = KeptPrices("a", "b", 0, "the company's price file, line 3: model cannot be used. Correct it.")
    policy = Policy("7", prices=PriceSource("b", "/p"))
    ran = told("doctor", policy=policy, prices=broken, failure="budget.example.com did not answer in time")
    assert ran.code == 1
    assert "The company's policy could not be read: budget.example.com did not answer in time.\n" in ran.out
    assert "  Not read anew: budget.example.com did not answer in time\n" in ran.out
    assert "  Price file in force: version a\n" in ran.out
    assert "  Price file version b not in force: the company's price file, line 3: model\n" in ran.out
    valid("doctor", told("doctor", "--json", policy=policy, prices=broken).data)


def test_the_machines_file_is_named(told: Any, desk: Desk) -> None:
    ran = told("doctor", machine='[company.question]\namber_default = "stop"\n')
    assert f"question.amber_default = stop ({desk.paths.machine_settings_file})" in " ".join(ran.out.split())


def test_the_guards_status_says_the_mode_of_each_agent_and_who_set_it(told: Any, tmp_path: Path) -> None:
    (tmp_path / ".claude").mkdir()
    (tmp_path / ".codex").mkdir()
    policy = Policy("7", decided=Decided("observe", (("codex", "off"),), amber_after=5))
    out = told("guard", "status", policy=policy).out
    assert "  Nothing is asked of it (its own mode off).\n" in out
    assert "Nothing is asked: the log says what would have been (mode observe).\n" in out
    assert "Set by your company (budget.example.com): mode, agents.codex, amber_after.\n" in out
    data = told("guard", "status", "--json", policy=policy).data
    valid("guard-status", data)
    assert (data["mode"], data["mode_by_company"]) == ("observe", "budget.example.com")
    assert {hook["agent"]: hook["mode"] for hook in data["hooks"]} == {"claude-code": "observe", "codex": "off"}
