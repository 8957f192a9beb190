"""Which logs there are, wherever the agents were told to keep them, and which of them hold something new."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from agents.lines import SESSION, answer, jsonl, usage
from agents.metering import PROJECT, Meter, open_meter

from taximeter.agents import AGENTS
from taximeter.collect.discovery import find_logs, find_unread, find_work, look_at
from taximeter.collect.sources import find_sources, found_agents, known_sources
from taximeter.ledger.bookmarks import load_bookmark, load_bookmarks

LINE = jsonl(answer("msg_1", usage(5)))
needs_links = pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")


@pytest.fixture
def meter(tmp_path: Path) -> Iterator[Meter]:
    with open_meter(tmp_path) as opened:
        yield opened


def names(meter: Meter) -> set[str]:
    """The logs that are found, by name."""
    return {Path(found.path).name for found in find_logs(meter.sources())}


def test_homes_that_do_not_exist_are_no_trouble(meter: Meter) -> None:
    assert list(find_logs(meter.sources())) == []
    assert found_agents(meter.sources()) == ()


def test_only_logs_are_found_however_deep(meter: Meter) -> None:
    meter.write(f"{PROJECT}/a.jsonl", LINE)
    meter.write(f"{PROJECT}/{SESSION}/subagents/workflows/wf_1/agent-b.jsonl", LINE)
    meter.write(f"{PROJECT}/{SESSION}/subagents/agent-b.meta.json", b"{}")
    meter.write(f"{PROJECT}/{SESSION}/tool-results/c.txt", LINE)
    meter.write(f"{PROJECT}/sessions-index.json", b"{}")
    meter.write(".claude/history.jsonl", LINE)
    meter.write(".codex/sessions/2026/11/10/d.jsonl", LINE)
    meter.write(".codex/archived_sessions/e.jsonl", LINE)
    meter.write(".codex/history.jsonl", LINE)
    assert names(meter) == {"a.jsonl", "agent-b.jsonl", "agent-b.meta.json", "d.jsonl", "e.jsonl"}
    assert found_agents(meter.sources()) == ("claude-code", "codex")


def test_the_agents_own_variables_name_other_homes_with_commas_between(tmp_path: Path) -> None:
    env = {"CLAUDE_CONFIG_DIR": f"{tmp_path}/one, {tmp_path}/two/projects", "CODEX_HOME": f"{tmp_path}/three"}
    folders = {source.agent: source.folders for source in find_sources(AGENTS, env, tmp_path, {})}
    assert folders["claude-code"] == (f"{tmp_path}/one/projects", f"{tmp_path}/two/projects")
    assert folders["codex"] == (f"{tmp_path}/three/sessions", f"{tmp_path}/three/archived_sessions")


def test_settings_add_homes(tmp_path: Path) -> None:
    sources = find_sources(AGENTS, {}, tmp_path, {"codex": [tmp_path / "more"]})
    codex = next(source for source in sources if source.agent == "codex")
    assert codex.folders[-2:] == (f"{tmp_path}/more/sessions", f"{tmp_path}/more/archived_sessions")


@needs_links
def test_a_folder_that_is_reached_under_two_names_counts_once(meter: Meter) -> None:
    meter.write(f"{PROJECT}/a.jsonl", LINE)
    (meter.home / ".config").mkdir()
    (meter.home / ".config" / "claude").symlink_to(meter.home / ".claude")
    assert len(list(find_logs(meter.sources()))) == 1
    meter.index()
    assert meter.totals()[0] == 1


@needs_links
def test_a_circle_of_links_ends(meter: Meter) -> None:
    meter.write(f"{PROJECT}/a.jsonl", LINE)
    (meter.home / PROJECT / "again").symlink_to(meter.home / PROJECT)
    assert names(meter) == {"a.jsonl"}


def test_what_was_read_is_no_work_until_it_changes(meter: Meter) -> None:
    file = meter.write(f"{PROJECT}/a.jsonl", LINE)
    meter.index()
    assert meter.unread() == []
    with file.open("ab") as log:
        log.write(LINE)
    (work,) = meter.unread()
    assert work.unread == len(LINE)


def test_one_file_can_be_looked_at_by_itself(meter: Meter) -> None:
    file = meter.write(f"{PROJECT}/a.jsonl", LINE)
    source = next(source for source in meter.sources() if source.agent == "claude-code")
    found = look_at(source, str(file))
    assert found is not None
    assert find_work([found], {})[0].unread == len(LINE)
    meter.index()
    bookmark = load_bookmark(meter.connection, str(file))
    assert bookmark is not None
    assert find_work([found], {str(file): bookmark}) == []
    assert load_bookmark(meter.connection, "elsewhere") is None
    file.unlink()
    assert look_at(source, str(file)) is None


def test_bookmarks_of_logs_that_are_gone_stay_and_are_no_work(meter: Meter) -> None:
    meter.write(f"{PROJECT}/a.jsonl", LINE)
    meter.index()
    shutil.rmtree(meter.home / ".claude")
    bookmarks = load_bookmarks(meter.connection)
    assert len(bookmarks) == 1
    assert find_unread(meter.sources(), bookmarks) == []


def test_what_the_sources_depend_on_is_remembered_with_them(tmp_path: Path) -> None:
    file = tmp_path / "sources.json"
    first = known_sources(file, {}, tmp_path, {})
    assert first == find_sources(AGENTS, {}, tmp_path, {})
    written = file.stat().st_mtime_ns
    assert known_sources(file, {"EDITOR": "ed"}, tmp_path, {}) == first
    assert file.stat().st_mtime_ns == written
    changes = [({"CODEX_HOME": "/data"}, tmp_path, {}), ({}, tmp_path / "other", {}),
               ({}, tmp_path, {"codex": [Path("/more")]})]  # fmt: skip
    for env, home, extra in changes:
        assert known_sources(file, env, home, extra) == find_sources(AGENTS, env, home, extra) != first


@pytest.mark.parametrize("kept", [b"", b"{}", b"[]", b"not json", b'{"depends":1,"variables":{},"sources":[[1]]}'])
def test_a_memory_that_is_damaged_is_made_anew(tmp_path: Path, kept: bytes) -> None:
    file = tmp_path / "sources.json"
    file.write_bytes(kept)
    assert known_sources(file, {}, tmp_path, {}) == find_sources(AGENTS, {}, tmp_path, {})
