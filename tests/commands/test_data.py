"""The ledger is backed up whole, purged for good and moved without a loss."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from taximeter.ledger.moving import leave_link
from taximeter.ledger.opening import open_reading
from taximeter.ledger.purging import Doomed, copy_whole, count_doomed

TABLES = ("session", "run", "request", "rollup")


def counts(path: Path) -> list[int]:
    connection = sqlite3.connect(path)
    found = [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES]
    connection.close()
    return found


def test_a_backup_is_the_whole_ledger_and_never_overwrites(run: Any, ledger: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.sqlite3"
    assert run("data", "backup", str(target)).code == 0
    assert counts(target) == counts(ledger)
    assert target.stat().st_mode & 0o777 == 0o600
    again = run("data", "backup", str(target))
    assert (again.code, again.err) == (69, f"{target} exists already: Name a file that does not.\n")
    assert run("data", "backup", str(tmp_path / "no" / "where")).code == 69


def test_a_projects_sessions_go_with_all_their_rows(run: Any, ledger: Path) -> None:
    assert "Removed 2 sessions with 2 requests." in run("data", "purge", "--project", "bank", "--yes").out
    assert counts(ledger) == [2, 4, 5, 4]
    assert {row["project"] for row in run("projects", "--json", "--since", "all").data["projects"]} == {
        "shop", "计量器-非常长的项目名称-一二三四五六七八九十",
    }  # fmt: skip
    assert b"bank" not in ledger.read_bytes()


def test_old_sessions_go_whole_and_only_when_asked_for(run: Any, ledger: Path) -> None:
    asked = run("data", "purge", "--before", "2026-11-19")
    assert (asked.code, asked.err) == (2, "Nothing was removed: Add --yes to remove without being asked.\n")
    assert counts(ledger)[0] == 4
    run("data", "purge", "--before", "2026-11-19", "--project", "bank", "--yes")
    assert [row["id"] for row in run("sessions", "--json", "--since", "all", "--search", "bank").data["sessions"]] == []
    assert run("data", "purge", "--before", "2020-01-01").out == "No such sessions; nothing was removed.\n"


def test_a_ledger_that_another_process_keeps_is_not_purged(run: Any, ledger: Path) -> None:
    @contextmanager
    def held() -> Iterator[None]:
        yield None

    ran = run("data", "purge", "--project", "bank", "--yes", write_ledger=held)
    assert (ran.code, counts(ledger)[0]) == (69, 4)
    assert "Quit it from its menu" in ran.err


def test_a_moved_ledger_is_found_in_the_old_place_and_lies_in_the_new(run: Any, ledger: Path, tmp_path: Path) -> None:
    (ledger.parent / "prices").mkdir()
    (ledger.parent / "prices" / "table.json").write_text("{}")
    (ledger.parent / "writer.lease").write_text("")
    before, target = counts(ledger), tmp_path / "elsewhere" / "deep"
    assert run("data", "move", str(target)).code == 0
    assert ledger.parent.is_symlink()
    assert counts(ledger) == counts(target / ledger.name) == before
    assert {path.name for path in target.iterdir()} == {"prices", ledger.name}
    assert sorted(path.name for path in tmp_path.iterdir() if "moved" in path.name) == []
    third = tmp_path / "third"
    assert run("data", "move", str(third)).code == 0
    assert (counts(ledger), ledger.parent.resolve(), target.exists()) == (before, third, False)


def test_a_move_into_a_full_folder_or_into_itself_is_refused(run: Any, ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("")
    assert run("data", "move", str(tmp_path / "full")).code == 2
    assert run("data", "move", str(ledger.parent / "inside")).code == 2


def test_a_system_without_links_leaves_everything_where_it_was(
    ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    def refuse(*_: object, **__: object) -> None:
        raise OSError(1, "not permitted")

    monkeypatch.setattr(os, "symlink", refuse)
    (tmp_path / "target").mkdir()
    with pytest.raises(Exception, match="could not be moved"):
        leave_link(ledger.parent, tmp_path / "target")
    assert counts(ledger)[0] == 4
    assert not (tmp_path / "target").exists()


def test_nothing_is_doomed_by_a_project_that_is_not_there(ledger: Path, tmp_path: Path) -> None:
    connection = open_reading(ledger)
    assert count_doomed(connection, Doomed(project="ban")) == (0, 0)
    copy_whole(connection, tmp_path / "c")
    connection.close()
