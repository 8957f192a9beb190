from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from taximeter.host.files import replace_file
from taximeter.host.trouble import Trouble

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps permissions otherwise")


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_our_own_file_is_for_this_user_alone_whatever_it_was(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.touch(0o644)
    replace_file(file, b"new")
    assert (file.read_bytes(), mode_of(file)) == (b"new", 0o600)


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o755])
def test_the_file_of_another_program_keeps_its_permissions(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "settings.json"
    file.touch()
    file.chmod(mode)
    replace_file(file, b"new", keep_mode=True)
    assert (file.read_bytes(), mode_of(file)) == (b"new", mode)


def test_a_new_file_among_anothers_is_for_this_user_alone(tmp_path: Path) -> None:
    replace_file(tmp_path / "new", b"new", keep_mode=True)
    assert mode_of(tmp_path / "new") == 0o600


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "settings.json").write_bytes(b"old")
    link = tmp_path / "settings.json"
    link.symlink_to("kept/settings.json")
    replace_file(link, b"new", keep_mode=True)
    assert link.is_symlink()
    assert (tmp_path / "kept" / "settings.json").read_bytes() == b"new"


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_trouble_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    tmp_path.chmod(0o500)
    with pytest.raises(Trouble, match="Nothing was changed"):
        replace_file(tmp_path / "file", b"new")
    tmp_path.chmod(0o700)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
