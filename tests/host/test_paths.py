"""Where the files go."""

import os
import stat
import sys
from pathlib import Path

import pytest

from taximeter.host.paths import Paths, ensure_private, find_paths, socket_path
from taximeter.host.trouble import Trouble

posix = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="XDG folders are for Linux and the BSDs")


@posix
def test_xdg_folders_are_honoured_and_relative_ones_ignored(tmp_path: Path) -> None:
    env = {"XDG_CONFIG_HOME": str(tmp_path / "c"), "XDG_DATA_HOME": "relative", "XDG_RUNTIME_DIR": str(tmp_path / "r")}
    paths = find_paths(env, tmp_path)
    assert paths.config == tmp_path / "c" / "taximeter"
    assert paths.data == tmp_path / ".local" / "share" / "taximeter"
    assert paths.cache == tmp_path / ".cache" / "taximeter"
    assert paths.runtime == tmp_path / "r" / "taximeter"
    assert paths.sockets == tmp_path / "r"
    assert paths.machine_settings_file == Path("/etc/xdg/taximeter/settings.toml")


def test_one_home_holds_everything_but_the_sockets(tmp_path: Path) -> None:
    paths = find_paths({"TAXIMETER_HOME": str(tmp_path / "own")}, tmp_path)
    folders = (paths.config, paths.data, paths.cache, paths.runtime, paths.machine_config)
    assert len(set(folders)) == 5
    assert all(folder.parent == tmp_path / "own" for folder in folders)
    assert not (tmp_path / "own").exists()


def test_resources_are_found_in_the_checkout() -> None:
    assert find_paths({}, Path.home()).resources.name == "resources"


def test_sockets_are_short_and_differ_by_data_folder_and_purpose(tmp_path: Path) -> None:
    deep = "x" * 90
    one = find_paths({"TAXIMETER_HOME": str(tmp_path / deep), "XDG_RUNTIME_DIR": str(tmp_path / deep)}, tmp_path)
    two = find_paths({"TAXIMETER_HOME": str(tmp_path / "two"), "XDG_RUNTIME_DIR": str(tmp_path / deep)}, tmp_path)
    names = {socket_path(one), socket_path(two), socket_path(one, "window")}
    assert len(names) == 3
    assert all(len(os.fsencode(name)) < 100 for name in names)
    assert socket_path(one) == socket_path(one)


@posix
def test_created_folders_are_private_all_the_way_down(tmp_path: Path) -> None:
    ensure_private(tmp_path / "a" / "b")
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700
    assert ensure_private(tmp_path / "a" / "b") == tmp_path / "a" / "b"


def test_a_file_in_the_way_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Trouble, match="not a folder"):
        ensure_private(tmp_path / "file")


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can make a foreign folder")
def test_a_foreign_folder_in_a_shared_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o1777)
    planted = tmp_path / "shared" / "taximeter"
    planted.mkdir()
    os.chown(planted, 12345, 12345)
    with pytest.raises(Trouble, match="another user"):
        ensure_private(planted)


def test_paths_are_immutable(tmp_path: Path) -> None:
    paths: Paths = find_paths({"TAXIMETER_HOME": str(tmp_path)}, tmp_path)
    with pytest.raises(AttributeError):
        paths.data = tmp_path  # type: ignore[misc]
