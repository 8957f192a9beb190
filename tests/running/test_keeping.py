"""What the settings window does with the data is what the commands do, through the app that keeps the ledger."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from types import ModuleType

import pytest

from taximeter.collect.installation import Installation
from taximeter.collect.writing import connection_for_writing
from taximeter.host.trouble import Trouble
from taximeter.running import keeping
from taximeter.ui.settings_desk import Doomed


@pytest.fixture
def here(private_home: Path) -> Installation:
    env = {"TAXIMETER_HOME": str(private_home / "taximeter"), "TZ": "UTC"}
    return Installation.find(env, private_home)


@pytest.fixture
def ledger(here: Installation, made: ModuleType) -> Path:
    file = here.keeping().file
    file.parent.mkdir(parents=True)
    moment, one = made.at("2026-11-20T12:00:00"), made.Made
    made.make(file, [one("a", moment), one("b", moment, project="bank"), one("old", moment - 90 * made.DAY)]).close()
    return file


def at_once(here: Installation) -> Callable[[Callable[[sqlite3.Connection], None]], Future[None]]:
    """Writes as the collector does, on this thread."""

    def write(job: Callable[[sqlite3.Connection], None]) -> Future[None]:
        done: Future[None] = Future()
        done.set_running_or_notify_cancel()
        with connection_for_writing(here.keeping()) as connection:
            assert connection is not None
            try:
                job(connection)
                done.set_result(None)
            except Exception as error:  # noqa: BLE001 - a future carries any
                done.set_exception(error)
        return done

    return write


def test_without_a_ledger_nothing_is_kept_and_nothing_would_go(here: Installation) -> None:
    found = keeping.kept(here)
    assert (found.bytes, found.sessions, found.projects) == (0, 0, ())
    assert keeping.count(here, Doomed("shop")) == (0, 0)
    assert "agents with logs: none" in keeping.diagnostics(here)


def test_what_is_kept_is_told_with_its_projects(here: Installation, ledger: Path, made: ModuleType) -> None:
    found = keeping.kept(here)
    assert found.bytes >= ledger.stat().st_size
    assert (found.sessions, found.requests, found.projects) == (3, 3, ("bank", "shop"))
    assert found.oldest == made.at("2026-08-22T12:00:00")


def test_what_was_counted_is_what_goes(here: Installation, ledger: Path) -> None:
    old = Doomed(before="2026-11-01")
    assert keeping.count(here, old) == (1, 1)
    keeping.take_out(here, at_once(here), old)
    assert keeping.count(here, old) == (0, 0)
    keeping.take_out(here, at_once(here), Doomed("bank"))
    assert keeping.kept(here).projects == ("shop",)
    assert b"bank" not in ledger.read_bytes()


def test_another_process_that_keeps_the_ledger_is_not_waited_for_forever(
    here: Installation, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "LEASE_S", 0.01)
    waiting: Future[None] = Future()
    with pytest.raises(Trouble, match="Another Taximeter keeps the ledger"):
        keeping.take_out(here, lambda _: waiting, Doomed("bank"))
    assert waiting.cancelled()
    assert keeping.count(here, Doomed("bank")) == (1, 1)


def test_a_backup_is_a_whole_ledger_and_overwrites_nothing(here: Installation, ledger: Path, tmp_path: Path) -> None:
    file = tmp_path / "copy.sqlite3"
    assert keeping.back_up(here, str(file)) == file.stat().st_size > 0
    with pytest.raises(Trouble, match="exists already"):
        keeping.back_up(here, str(file))


def test_an_export_has_a_row_for_each_request(here: Installation, ledger: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.csv"
    assert keeping.export(here, str(file)) == 3
    with file.open(newline="") as opened:
        assert [row["project"] for row in csv.DictReader(opened)] == ["shop", "shop", "bank"]


def test_a_move_into_a_full_folder_is_refused(here: Installation, ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("")
    with pytest.raises(Trouble, match="not empty"):
        keeping.refuse_move(here, str(tmp_path / "full"))
    with pytest.raises(Trouble, match="inside"):
        keeping.refuse_move(here, str(ledger.parent / "deeper"))
    keeping.refuse_move(here, str(tmp_path / "new"))


def test_facts_for_who_helps_name_no_path_project_or_session(here: Installation, ledger: Path) -> None:
    text = keeping.diagnostics(here)
    assert "3 sessions, 3 requests" in text
    for private in (str(here.home), "bank", "shop", str(here.paths.data)):
        assert private not in text


def test_about_says_what_is_installed_and_where_it_keeps_what(here: Installation) -> None:
    found = keeping.about(here)
    assert dict(found.versions)["python"]
    assert here.book().as_of in dict(found.versions)["price_book"]
    assert {name for name, _, licence in found.licences if licence} >= {"click", "httpx", "PySide6-Essentials"}
    assert (found.settings, found.ledger) == (str(here.paths.settings_file), str(here.keeping().file))


def test_data_moves_between_two_runs_and_is_found_again(here: Installation, ledger: Path, tmp_path: Path) -> None:
    told: list[Trouble | None] = []
    wanted = [str(tmp_path / "new"), str(tmp_path / "new"), ""]

    def run(trouble: Trouble | None) -> tuple[int, str]:
        told.append(trouble)
        return len(told), wanted.pop(0)

    assert keeping.run_and_move(here, run) == 3
    assert ledger.parent.is_symlink()
    assert keeping.kept(here).folder == str(tmp_path / "new")
    assert keeping.kept(here).sessions == 3
    assert [trouble and trouble.detail for trouble in told] == [None, None, "Name a new folder."]
