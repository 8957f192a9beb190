from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from taximeter.guard.install import HOOKED
from taximeter.guard.install.apply import Outcome, Place, hook_line, install, places, remove, status
from taximeter.guard.install.contract import FileChange, Hold, Plan
from taximeter.guard.install.record import BACKUPS, back_up, client_file, read_record
from taximeter.host.paths import Paths, find_paths
from taximeter.host.trouble import Trouble

SETTINGS = b'{\n  "model": "x"\n}\n'
CONFIG = b"# mine\n"


@pytest.fixture
def paths(private_home: Path) -> Paths:
    return find_paths(os.environ, private_home)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "hook_client.py").write_text("print('asked')\n")
    return tmp_path / "hook_client.py"


@pytest.fixture
def where(private_home: Path) -> tuple[Place, ...]:
    for agent in HOOKED:
        for home in agent.homes({}, private_home):
            home.mkdir()
            (home / "settings.json").write_bytes(SETTINGS)
            (home / "config.toml").write_bytes(CONFIG)
    return places(HOOKED, {}, private_home, {})


def content(where: tuple[Place, ...]) -> dict[Path, bytes]:
    return {path: path.read_bytes() for place in where for path in place.home.iterdir()}


def holds(paths: Paths, where: tuple[Place, ...], root: Path) -> list[Hold]:
    return [state.hold for _, state in status(hook_line(paths), where, root)]


def troubles(outcomes: tuple[Outcome, ...]) -> list[str]:
    return [outcome.trouble.title for outcome in outcomes if outcome.trouble]


def test_installing_and_removing_leaves_everything_as_it_was(
    paths: Paths, where: tuple[Place, ...], source: Path, tmp_path: Path
) -> None:
    before = content(where)
    assert holds(paths, where, tmp_path) == [Hold.ABSENT, Hold.ABSENT]
    assert not troubles(install(paths, hook_line(paths), source, where))
    assert holds(paths, where, tmp_path) == [Hold.INSTALLED, Hold.INSTALLED]
    assert client_file(paths).read_bytes() == source.read_bytes()
    assert [outcome.changes for outcome in install(paths, hook_line(paths), source, where)] == [(), ()]
    assert not troubles(remove(paths, where))
    assert content(where) == before
    assert not client_file(paths).parent.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps permissions otherwise")
def test_the_client_is_for_this_user_alone_and_the_agents_files_keep_their_permissions(
    paths: Paths, where: tuple[Place, ...], source: Path
) -> None:
    file = where[0].home / "settings.json"
    file.chmod(0o640)
    install(paths, hook_line(paths), source, where)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (client_file(paths).parent, client_file(paths), file)]
    assert modes == [0o700, 0o600, 0o640]


def test_a_dry_run_shows_the_changes_and_makes_none(paths: Paths, where: tuple[Place, ...], source: Path) -> None:
    before = content(where)
    outcomes = install(paths, hook_line(paths), source, where, dry_run=True)
    assert content(where) == before
    assert not paths.data.exists()
    shown = "".join(outcome.diff for outcome in outcomes)
    assert f"--- {where[0].home / 'settings.json'}\n" in shown
    assert "--- /dev/null\n" in shown
    assert '+            "timeout": 610\n' in shown
    assert "\n \t" not in shown
    install(paths, hook_line(paths), source, where)
    full = content(where)
    shown = "".join(outcome.diff for outcome in remove(paths, where, dry_run=True))
    assert "+++ /dev/null\n" in shown
    assert content(where) == full


def test_a_line_end_that_is_missing_is_shown() -> None:
    change = FileChange(Path("a"), b"{}", b"{}\n")
    assert Outcome(Place(HOOKED[0], Path()), (change,)).diff.splitlines()[-3:] == [
        "-{}", "\\ No newline at end of file", "+{}",
    ]  # fmt: skip


def test_a_copy_is_kept_of_each_file_before_it_changes(paths: Paths, where: tuple[Place, ...], source: Path) -> None:
    install(paths, hook_line(paths), source, where)
    copies = {path.name.split("-", 2)[2]: path.read_bytes() for path in (paths.data / "backups" / "hooks").iterdir()}
    assert copies == {"settings.json": SETTINGS, "config.toml": CONFIG}


def test_only_the_newest_copies_are_kept(paths: Paths) -> None:
    for number in range(BACKUPS + 3):
        back_up(paths, Path("settings.json"), str(number).encode())
    kept = sorted((paths.data / "backups" / "hooks").iterdir())
    assert [int(path.read_bytes()) for path in kept] == list(range(3, BACKUPS + 3))


def test_trouble_with_one_agent_leaves_the_others_to_be_done(
    paths: Paths, where: tuple[Place, ...], source: Path, tmp_path: Path
) -> None:
    (where[0].home / "settings.json").write_text("{,}")
    outcomes = install(paths, hook_line(paths), source, where)
    assert troubles(outcomes) == [f"{where[0].home / 'settings.json'} is not valid JSON"]
    assert holds(paths, where, tmp_path) == [Hold.ALTERED, Hold.INSTALLED]
    assert (where[0].home / "settings.json").read_text() == "{,}"
    assert troubles(remove(paths, where))
    assert holds(paths, where[1:], tmp_path) == [Hold.ABSENT]


def test_removing_from_one_agent_leaves_the_client_to_the_other(
    paths: Paths, where: tuple[Place, ...], source: Path, tmp_path: Path
) -> None:
    install(paths, hook_line(paths), source, where)
    remove(paths, where[:1])
    assert holds(paths, where, tmp_path) == [Hold.ABSENT, Hold.INSTALLED]
    assert client_file(paths).exists()


def intruder(place: Place, happens: Callable[[Plan], None]) -> Place:
    """The same place, where something happens between the plan and its carrying out."""

    def plan(*arguments: object) -> Plan:
        made = place.agent.plan(*arguments)  # type: ignore[arg-type] # handed on as they come
        happens(made)
        return made

    return Place(replace(place.agent, plan=plan), place.home)


def test_a_file_that_somebody_else_changes_meanwhile_is_left_to_them(
    paths: Paths, where: tuple[Place, ...], source: Path
) -> None:
    def somebody_writes(plan: Plan) -> None:
        plan.changes[-1].path.write_bytes(b'{"theirs": 1}')

    outcomes = install(paths, hook_line(paths), source, [intruder(place, somebody_writes) for place in where])
    assert len(troubles(outcomes)) == 2
    assert [outcome.changes for outcome in outcomes] == [(), ()]
    assert (where[0].home / "settings.json").read_bytes() == b'{"theirs": 1}'
    assert (where[1].home / "hooks.json").read_bytes() == b'{"theirs": 1}'
    assert (where[1].home / "config.toml").read_bytes() == CONFIG


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_linked_settings_stay_linked(paths: Paths, where: tuple[Place, ...], source: Path, tmp_path: Path) -> None:
    link, kept = where[0].home / "settings.json", tmp_path / "dotfiles.json"
    link.rename(kept)
    link.symlink_to(kept)
    install(paths, hook_line(paths), source, where)
    assert link.is_symlink()
    assert "hooks" in json.loads(kept.read_bytes())
    remove(paths, where)
    assert kept.read_bytes() == SETTINGS
    assert link.is_symlink()


def test_places_are_the_folders_that_are_there_each_once(private_home: Path) -> None:
    agent = HOOKED[0]
    (home,) = agent.homes({}, private_home)
    home.mkdir()
    other = private_home / "other"
    other.mkdir()
    (private_home / "link").symlink_to(other)
    extra = {agent.id: [other, private_home / "link", home, private_home / "gone"]}
    assert [place.home for place in places(HOOKED, {}, private_home, extra)] == [home.resolve(), other.resolve()]


def test_the_interpreter_of_the_first_install_is_kept_while_it_is_there(
    paths: Paths, where: tuple[Place, ...], source: Path, tmp_path: Path
) -> None:
    python = tmp_path / "python3"
    python.touch(0o755)
    install(paths, replace(hook_line(paths), python=python), source, where)
    assert hook_line(paths).python == python
    python.unlink()
    assert hook_line(paths).python != python
    assert holds(paths, where, tmp_path) == [Hold.ALTERED, Hold.ALTERED]


def test_a_record_that_is_broken_is_as_none(paths: Paths, where: tuple[Place, ...], source: Path) -> None:
    install(paths, hook_line(paths), source, where)
    for text in ("", "[]", '{"files": {"a": 5}, "python": ""}', '{"files": [], "python": 1}'):
        (client_file(paths).parent / "installed.json").write_text(text)
        assert not read_record(paths).there
    assert not troubles(remove(paths, where))
    assert (where[0].home / "settings.json").read_bytes() == SETTINGS


def test_a_client_that_is_not_there_to_be_copied_is_trouble(paths: Paths, where: tuple[Place, ...]) -> None:
    before = content(where)
    with pytest.raises(Trouble, match="is missing"):
        install(paths, hook_line(paths), Path("nowhere.py"), where)
    assert content(where) == before
