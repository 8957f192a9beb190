"""A house agent from its profile to the ledger: figures, prices, and that a broken profile is nobody else's."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from taximeter.agents import AGENTS
from taximeter.collect import bulk, indexing
from taximeter.collect.discovery import find_unread
from taximeter.collect.installation import Installation
from taximeter.commands.line import main
from taximeter.compose import command_desk

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "resources" / "profiles" / "acme-assist.toml"
LOGS = ROOT / "tests" / "fixtures" / "house" / "home"
RECORDED = ROOT / "tests" / "fixtures" / "recorded"
LISTED = len(AGENTS)


@dataclass(frozen=True)
class House:
    """A computer with the made-up assistant's logs on it."""

    home: Path
    profiles: Path
    said: Callable[[], Any]

    def desk_of(self) -> Installation:
        return Installation.find({"TAXIMETER_HOME": str(self.home / "own"), "TZ": "UTC"}, self.home)

    def add(self, name: str = "acme-assist.toml", *changes: tuple[str, str]) -> Path:
        """The example's profile with some of its text changed."""
        text = EXAMPLE.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        self.profiles.mkdir(parents=True, exist_ok=True)
        (self.profiles / name).write_text(text, encoding="utf-8")
        return self.profiles / name

    def run(self, *words: str) -> tuple[int, str]:
        """A command's exit code and what it printed."""
        code = main(words, command_desk(self.desk_of()))
        told = self.said()
        return code, told.out + told.err

    def data(self, *words: str) -> Any:
        return json.loads(self.run(*words, "--json")[1])


@pytest.fixture
def house(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setenv("TZ", "UTC")
    shutil.copytree(LOGS, tmp_path, dirs_exist_ok=True)
    return House(tmp_path, tmp_path / "own" / "config" / "agents", capsys.readouterr)


def test_its_logs_come_to_the_ledger_priced_by_its_own_rows(house: House) -> None:
    house.add()
    sessions = house.data("sessions", "--since", "all")
    shop, bank = sorted(sessions["sessions"], key=lambda one: one["id"])
    assert (shop["id"], shop["agent"], shop["project"], shop["branch"]) == ("s-1", "acme-assist", "shop", "main")
    assert shop["subagents"] == {"runs": 2, "peak": 1}
    assert shop["tokens"] == {"input": 17_000, "cache_read": 35_000, "cache_write_5m": 0, "cache_write_1h": 0,
                              "output": 2_850, "reasoning": 350, "total": 54_850}  # fmt: skip
    # Large: 7,000 x 0.80 + 34,000 x 0.08 + 2,200 x 3.20; small: 10,000 x 0.10 + 1,000 x 0.01 + 650 x 0.40.
    assert (shop["cost"], shop["status"]) == ("0.016630000", "exact")
    assert (bank["project"], bank["status"], bank["unpriced_tokens"]) == ("bank", "partial", 2_650)
    models = {one["model"]: one for one in house.data("models", "--since", "all")["models"]}
    assert models["acme-small"]["cost"] == "0.001270000"
    assert models["acme-trial"]["cost"] is None


def test_runs_know_who_started_them(house: House) -> None:
    house.add()
    house.run("index")
    runs = {run["id"]: run for run in house.data("session", "s-1")["runs"]}
    assert {(run["parent_id"], run["kind"], run["type"]) for run in runs.values()} == {
        (None, "main", None), ("s-1", "subagent", "searcher")}  # fmt: skip
    assert runs.keys() == {"s-1", "s-1/a-1", "s-1/a-2"}


def test_a_second_index_finds_nothing_and_a_changed_profile_reads_again(house: House) -> None:
    house.add()
    house.run("index")
    before = house.data("sessions", "--since", "all")["totals"]
    assert house.data("index")["changed"]["files"] == 0
    house.add("acme-assist.toml", ('branch = "session.branch"', 'branch = "session.id"'))
    assert house.data("index")["changed"]["files"] == 2
    assert house.data("sessions", "--since", "all")["totals"] == before


def test_changed_prices_are_those_of_new_requests_and_read_nothing_again(house: House) -> None:
    house.add()
    house.run("index")
    assert house.data("sessions", "--since", "all")["totals"]["unpriced_tokens"] == 2_650
    house.add("acme-assist.toml", ('model = "acme-small"', 'model = ["acme-small", "acme-trial"]'))
    assert house.data("index")["changed"]["files"] == 0
    assert house.data("sessions", "--since", "all")["totals"]["unpriced_tokens"] == 0


def test_its_own_variable_says_where_its_home_is(house: House) -> None:
    house.add()
    (house.home / ".acme-assist").rename(house.home / "elsewhere")
    place = Installation.find({"TAXIMETER_HOME": str(house.home / "own"),
                               "ACME_ASSIST_HOME": str(house.home / "elsewhere")}, house.home)  # fmt: skip
    (source,) = (one for one in place.sources() if one.agent == "acme-assist")
    assert source.folders == (str(house.home / "elsewhere" / "logs"),)
    assert "acme-assist" in place.found()


def test_an_administrators_profile_counts_for_everybody_and_wins(house: House) -> None:
    own = house.add("mine.toml")
    machine = house.home / "own" / "machine" / "agents" / "acme-assist.toml"
    machine.parent.mkdir(parents=True)
    shutil.copy(EXAMPLE, machine)
    data = house.data("agents")
    assert [one["id"] for one in data["agents"] if one["house"]] == ["acme-assist"]
    (broken,) = data["broken_profiles"]
    assert broken["path"] == str(own)
    assert "line 4: id cannot be used" in broken["reason"]


def test_a_broken_profile_is_told_and_costs_nothing_but_itself(house: House) -> None:
    house.add()
    named = (('id = "acme-assist"', 'id = "acme-other"'), ('name = "Acme Assist"', 'name = "Other"'))
    broken = house.add("other.toml", *named, ('time = "finished_at"', 'tine = "finished_at"'))
    assert house.data("sessions", "--since", "all")["totals"]["requests"] == 7
    code, said = house.run("agents")
    assert code == 0
    assert f"Not used: {broken}, line 14" in said
    assert "Acme Assist (acme-assist)" in said
    code, said = house.run("doctor")
    assert code == 1
    assert f"A profile cannot be used: {broken}, line 14: time cannot be used" in said
    assert house.data("doctor")["broken_profiles"][0]["path"] == str(broken)


def test_a_profile_that_breaks_later_leaves_what_was_read(house: House) -> None:
    profile = house.add()
    house.run("index")
    profile.write_text("id = ", encoding="utf-8")
    totals = house.data("sessions", "--since", "all")["totals"]
    assert totals["requests"] == 7
    profile.unlink()
    assert house.data("sessions", "--since", "all")["totals"] == totals


def test_prices_without_an_exchange_rate_stay_out_and_are_told(house: House) -> None:
    profile = house.add("acme-assist.toml", ('name = "Acme Assist"', 'name = "Acme Assist"\ncurrency = "SEK"'))
    assert house.data("sessions", "--since", "all")["totals"]["cost"] is None
    (broken,) = house.data("agents")["broken_profiles"]
    assert broken == {"path": str(profile), "reason": f"{profile}: its prices are not used: no price file has an "
                      "exchange rate from SEK to USD."}  # fmt: skip


def test_without_profiles_the_agents_are_those_of_the_list(house: House) -> None:
    assert len(house.desk_of().agents()) == LISTED
    assert house.data("agents")["broken_profiles"] == []


def test_a_log_in_the_folders_of_an_agent_of_the_list_stays_that_agents(house: House) -> None:
    shutil.copytree(RECORDED / "codex" / "first" / "home", house.home, dirs_exist_ok=True)
    house.run("index")
    before = house.data("sessions", "--since", "all")["totals"]
    house.add("acme-assist.toml", ('home = "~/.acme-assist"', 'home = "~/.codex"'), ('["logs"]', '["sessions"]'))
    assert house.data("index")["changed"]["files"] == 0
    assert house.data("sessions", "--since", "all")["totals"] == before


def test_a_large_backlog_is_read_in_the_child_as_it_is_here(house: House) -> None:
    house.add()
    work = find_unread(house.desk_of().sources(), {})
    assert len(work) == 2
    here = [part.reading for part in indexing.readings(work, 0, {})]
    assert [part.reading for part in bulk.read_in_child(work, 0, {})] == here
