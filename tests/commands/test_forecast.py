"""A forecast is told with its range, what it leaves and what the rules say; past ones are scored honestly."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from commands.conftest import outlook
from commands.judging import judged_by, make_history

from taximeter.commands.desk import Desk
from taximeter.commands.tables import cells_wide
from taximeter.domain.launch import Spread
from taximeter.domain.offer import CompanyOffer
from taximeter.guard.judging import Judged, Launch
from taximeter.ledger.opening import open_reading

DOLLAR = 10**9


@pytest.fixture
def history(made: ModuleType, tmp_path: Path, desk: Desk, now: int) -> dict[str, Any]:
    """The parts of a desk over a ledger with thirty launches."""
    path = make_history(made, tmp_path / "history.sqlite3", now)
    return {
        "ledger": path,
        "read_ledger": lambda: open_reading(path),
        "foresee": lambda launch: judged_by(desk.paths, path, now, (outlook(now, now),), launch),
    }


@pytest.fixture
def tell(run: Any, history: dict[str, Any]) -> Any:
    return partial(run, "forecast", **history)


def test_the_data_is_that_of_the_design(tell: Any) -> None:
    told = tell("--agents", "3", "--agent", "claude-code", "--type", "Explore", "--project", "client-a", "--json").data
    assert told.keys() == {"schema", "generated_at", "as_of", "currency", "price_book", "agents", "cost", "floor",
                           "basis", "verdict"}  # fmt: skip
    assert (told["agents"], told["basis"]) == (3, {"level": "project", "runs": 90})
    low, middle, high = (float(told["cost"][end]) for end in ("p10", "p50", "p90"))
    assert 0 < float(told["floor"]) <= low < middle < high
    assert told["verdict"] == {"level": "silent", "rules": [], "fits": 3}


def test_each_rule_that_speaks_names_itself_and_its_number(tell: Any) -> None:
    words = ("--agents", "40", "--agent", "claude-code", "--type", "Explore")
    verdict = tell(*words, "--json").data["verdict"]
    assert verdict["level"] == "red"
    rules = {rule["rule"]: rule for rule in verdict["rules"]}
    assert rules["left"]["text"].endswith("% of what Team has left.")
    assert rules["typical"]["text"].startswith("Your launches are usually about $")
    assert 0 < verdict["fits"] < 40
    text = " ".join(tell(*words).out.split())
    assert "Red (what is left): It takes about " in text
    assert "Amber (your usual): Your launches are usually about $" in text
    assert "Leaves about $" in text
    assert f"With {verdict['fits']} agents no rule speaks." in text
    assert "From 90 of your runs of the same kind in all projects." in text


def test_without_a_basis_there_is_no_range_and_the_number_of_agents_speaks(run: Any) -> None:
    words = ("forecast", "--agents", "6", "--agent", "claude-code", "--type", "Explore")
    told = run(*words, "--json").data
    assert (told["cost"], told["basis"]["level"], told["verdict"]["level"]) == (None, "none", "amber")
    assert float(told["floor"]) > 0
    (rule,) = told["verdict"]["rules"]
    assert (rule["rule"], rule["severity"]) == ("cold_start", "amber")
    assert rule["text"] == "6 agents at once, and only 2 launches of yours to compare with."
    text = run(*words).out
    assert "no basis yet for a range" in text
    assert "There are too few earlier runs to tell a range from." in text
    assert "With 4 agents no rule speaks." in text


def test_what_the_company_offers_stands_below_the_rules(run: Any, history: dict[str, Any]) -> None:
    offer = CompanyOffer("Ask\x1b Ana.", "House", True, "small-model", Spread(DOLLAR, 2 * DOLLAR, 4 * DOLLAR))

    def foresee(launch: Launch) -> Judged:
        judged: Judged = history["foresee"](launch)
        return judged._replace(company=offer)

    told = " ".join(run("forecast", "--agents", "8", **{**history, "foresee": foresee}).out.split())
    assert "Your company offers small-model: $1.00 to $4.00." in told
    assert "Your company offers its own agent House, which is installed here. Your company says: Ask" in told
    assert "\x1b" not in told


def test_the_agent_is_the_one_that_worked_last(tell: Any) -> None:
    assert tell("--agents", "1").out.startswith("1 agent of Codex")


def test_the_text_fits_80_columns_whatever_names_are_long(tell: Any) -> None:
    wide = "计量器" * 20
    text = tell("--agents", "9999", "--agent", "claude-code", "--type", wide, "--project", wide, "--model", wide).out
    assert max(map(cells_wide, text.splitlines())) <= 80


@pytest.mark.parametrize("words", [(), ("--agents", "0"), ("--agents", "2", "--agent", "nobody")])
def test_a_launch_that_means_nothing_is_wrong_use(words: tuple[str, ...], run: Any) -> None:
    assert run("forecast", *words).code == 2


def test_a_replay_tells_each_figure_with_its_count_and_interval(tell: Any) -> None:
    scores = tell("--replay", "--since", "all", "--json").data
    launches = scores["launches"]
    assert launches["n"] + scores["without_range"] == 31
    assert launches["coverage"]["of"] == launches["n"] > 20
    assert launches["coverage"]["low"] <= launches["coverage"]["share"] <= launches["coverage"]["high"]
    for figure in ("sharpness", "skill", "middle_skill", "ratio_error"):
        assert launches[figure]["low"] <= launches[figure]["value"] <= launches[figure]["high"]
    assert [group["agent"] for group in scores["by_agent"]] == ["claude-code"]
    assert [(group["agents"], group["n"]) for group in scores["by_agents"]] == [("2 to 4", launches["n"])]
    text = tell("--replay", "--since", "all").out
    assert max(map(cells_wide, text.splitlines())) <= 80
    assert f"Skill over N x median   {100 * launches['skill']['value']:+.0f} %" in text
    assert f"{launches['n']} are too few to claim anything" in text


def test_a_replay_scores_what_the_filter_admits(tell: Any) -> None:
    every = tell("--replay", "--since", "all", "--json").data["launches"]["n"]
    assert tell("--replay", "--since", "all", "--project", "client-a", "--json").data["launches"]["n"] == every
    assert tell("--replay", "--since", "all", "--project", "bank", "--json").data["launches"]["n"] == 0
    assert tell("--replay", "--since", "all", "--agent", "codex", "--json").data["launches"]["n"] == 0
    assert 0 < tell("--replay", "--since", "7d", "--json").data["launches"]["n"] < every


def test_a_replay_of_nothing_says_so(run: Any) -> None:
    text = run("forecast", "--replay").out
    assert text.startswith("0 launches foretold again")
    assert "There is nothing to score yet" in text
