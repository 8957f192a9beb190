"""`agents check` tries a profile: what it found, what it skipped, and how that ends."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "resources" / "profiles" / "acme-assist.toml"
LOGS = ROOT / "tests" / "fixtures" / "house" / "home"


def test_the_first_requests_are_shown_with_their_cost(run: Any, tmp_path: Path) -> None:
    shutil.copytree(LOGS, tmp_path, dirs_exist_ok=True)
    shown = run("agents", "check", str(EXAMPLE))
    assert shown.code == 0
    lines = shown.out.splitlines()
    assert lines[0] == "Acme Assist (acme-assist)"
    assert "  read      2 logs of 2: 7 requests, 2 sessions" in lines
    assert "a-1" in shown.out
    assert lines[-1] == "Without a price: acme-trial. A [[price]] for it makes its cost known."
    data = run("agents", "check", str(EXAMPLE), "--json").data
    assert data["first"][0]["tokens"]["cache_read"] == 8_000
    assert (data["first"][0]["cost"], data["first"][0]["own_cost"]) == ("0.006400000", "0.010000000")
    assert data["first"][-1]["cost"] is None


def test_what_was_skipped_is_shown_with_its_reason(run: Any, tmp_path: Path) -> None:
    log = tmp_path / "sample.jsonl"
    log.write_text('{"kind":"completion","turn":1}\n{"kind":\n', encoding="utf-8")
    shown = run("agents", "check", str(EXAMPLE), "--log", str(log))
    assert shown.code == 1
    assert "  skipped   1 x a request without an id" in shown.out
    assert "  skipped   1 x line cut off or not JSON" in shown.out
    assert "No request was found in them." in shown.out


def test_without_logs_it_says_where_it_looked_and_ends_with_1(run: Any, tmp_path: Path) -> None:
    shown = run("agents", "check", str(EXAMPLE))
    assert shown.code == 1
    assert f"{tmp_path / '.acme-assist' / 'logs'} (not there)" in shown.out
    assert "No log was found there." in shown.out


def test_a_profile_that_cannot_be_used_ends_with_1_and_says_where(run: Any, tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text(EXAMPLE.read_text(encoding="utf-8").replace("[tokens]", "[tokns]"), encoding="utf-8")
    shown = run("agents", "check", str(broken))
    assert (shown.code, shown.err) == (1, "")
    assert shown.out.startswith(f"{broken}, line ")
    assert run("agents", "check", str(broken), "--json").data["trouble"].startswith(f"{broken}, line ")


def test_a_profile_of_the_settings_folder_is_found_by_its_name(run: Any, tmp_path: Path, desk: Any) -> None:
    folder = desk.paths.profile_folders[1]
    folder.mkdir(parents=True)
    shutil.copy(EXAMPLE, folder / "acme-assist.toml")
    shutil.copytree(LOGS, tmp_path, dirs_exist_ok=True)
    assert run("agents", "check", "acme-assist").code == 0


def test_an_unknown_file_is_wrong_use(run: Any) -> None:
    shown = run("agents", "check", "nowhere.toml")
    assert (shown.code, shown.out) == (2, "")
    assert "There is no profile nowhere.toml" in shown.err
