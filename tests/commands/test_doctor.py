"""The doctor names what was not read, not used and not priced, and ends with 1 when there is such a thing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from taximeter.guard.bookkeeping import count_unusable
from taximeter.host.settings import Settings
from taximeter.ledger.opening import open_writing


def put(ledger: Path, *statements: str) -> None:
    connection = sqlite3.connect(ledger)
    for sql in statements:
        connection.execute(sql)
    connection.commit()
    connection.close()


def healthy(ledger: Path, home: Path) -> None:
    put(ledger, "UPDATE rollup SET unpriced = 0, unpriced_tokens = 0")
    (home / ".claude" / "projects").mkdir(parents=True)


def test_when_all_is_well_it_ends_with_0(run: Any, ledger: Path, tmp_path: Path) -> None:
    healthy(ledger, tmp_path)
    ran = run("doctor")
    assert (ran.code, ran.out.splitlines()[0]) == (0, "Nothing needs attention.")
    assert "Hosts contacted: none" in ran.out
    assert "Kept up to date by: process 42" in run("doctor", lease_holder=lambda: 42).out


def test_skipped_lines_and_unreadable_files_are_named_with_reason_and_count(
    run: Any, ledger: Path, tmp_path: Path
) -> None:
    healthy(ledger, tmp_path)
    put(
        ledger,
        "INSERT INTO file VALUES(1, 'codex', '/l/a.jsonl', 'i', 10, 1, 1, 8, x'', 1, 5000, '')",
        "INSERT INTO file VALUES(2, 'codex', '/l/b.jsonl', 'j', 9, 1, 1, 0, x'', 1, 5000, 'Permission denied')",
        "INSERT INTO skipped VALUES(1, 'broken JSON', 3), (1, 'line too long', 1)",
    )
    ran = run("doctor")
    assert ran.code == 1
    for line in (
        "1 file could not be read; the figures lack them.",
        "4 lines could not be used; the figures may be too low.",
        "  /l/b.jsonl: Permission denied",
        "  /l/a.jsonl: 3 x broken JSON",
        "  /l/a.jsonl: 1 x line too long",
        "Codex: 2 files read, 0.0 MB",
    ):
        assert line in ran.out.splitlines()
    data = run("doctor", "--json").data
    assert data["skipped"][0] == {"path": "/l/a.jsonl", "reason": "broken JSON", "count": 3}
    assert data["unreadable"] == [{"path": "/l/b.jsonl", "reason": "Permission denied"}]
    assert (data["service"], data["hosts_contacted"]) == (None, [])


def test_tokens_without_a_price_and_missing_logs_need_attention(run: Any) -> None:
    data = run("doctor", "--json").data
    assert data["unpriced_models"] == [{"model": "gpt-9-made-up", "requests": 1, "tokens": 1160}]
    assert data["needs_attention"] == [
        "No agent's logs were found.", "1 k tokens have no price; their cost is unknown, not 0.",
    ]  # fmt: skip


def test_a_setting_that_means_nothing_is_named(run: Any, ledger: Path, tmp_path: Path) -> None:
    healthy(ledger, tmp_path)
    ran = run("doctor", read_settings=lambda: Settings(unknown=("settings.toml line 3: colour",)))
    assert (ran.code, ran.out.splitlines()[0]) == (1, "A setting means nothing: settings.toml line 3: colour")


def test_many_skipped_files_are_cut_in_text_and_whole_as_data(run: Any, ledger: Path) -> None:
    for number in range(1, 31):
        put(
            ledger,
            f"INSERT INTO file VALUES({number}, 'codex', '/l/{number:02}', 'i', 1, 1, 1, 1, x'', 1, 5000, '')",
            f"INSERT INTO skipped VALUES({number}, 'broken JSON', 1)",
        )
    assert "  and 10 more: see --json" in run("doctor").out.splitlines()
    assert len(run("doctor", "--json").data["skipped"]) == 30


def test_hooks_that_are_not_as_they_should_be_need_attention_and_absent_ones_do_not(
    run: Any, ledger: Path, tmp_path: Path
) -> None:
    healthy(ledger, tmp_path)
    assert "  Claude Code: absent, " in run("doctor").out
    run("guard", "install")
    assert run("doctor").code == 0
    settings = tmp_path / ".claude" / "settings.json"
    settings.write_text(settings.read_text().replace("610", "5"))
    ran = run("doctor")
    assert (ran.code, ran.out.splitlines()[0][:22]) == (1, "Claude Code: The hooks")
    settings.write_text('{"disableAllHooks": true}')
    ran = run("doctor", "--json")
    assert (ran.code, ran.data["hooks"][0]["state"]) == (1, "overridden")


def test_inputs_of_hooks_that_could_not_be_used_are_told_and_lately_need_attention(
    run: Any, ledger: Path, tmp_path: Path, now: int
) -> None:
    healthy(ledger, tmp_path)
    with closing(open_writing(ledger)) as connection:
        count_unusable("codex", "not JSON\x1b[2J", now - 8 * 86_400_000)(connection)
    ran = run("doctor")
    assert ran.code == 0
    assert "  Codex: 1 x not JSON [2J, last Nov 12 12:00" in ran.out
    with closing(open_writing(ledger)) as connection:
        count_unusable("codex", "longer than 8 MiB", now - 60_000)(connection)
    ran = run("doctor")
    assert (ran.code, ran.out.splitlines()[0]) == (
        1, "1 input of hooks could not be used; those launches went on unasked.",
    )  # fmt: skip
    assert run("doctor", "--json").data["unusable_inputs"][0]["count"] == 1
