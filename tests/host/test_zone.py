"""Which zone a day is a day of."""

import sys
from pathlib import Path

import pytest

from taximeter.host.zone import local_zone_name


@pytest.mark.parametrize("told", ["Europe/Berlin", ":Europe/Berlin"])
def test_the_variable_is_heard_first(told: str) -> None:
    assert local_zone_name({"TZ": told}) == "Europe/Berlin"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such link")
@pytest.mark.parametrize("told", ["", "nonsense", "../etc/passwd"])
def test_the_systems_link_is_followed_when_the_variable_says_nothing(tmp_path: Path, told: str) -> None:
    zone = tmp_path / "zoneinfo" / "Asia" / "Shanghai"
    zone.parent.mkdir(parents=True)
    zone.touch()
    link = tmp_path / "localtime"
    link.symlink_to(zone)
    assert local_zone_name({"TZ": told}, link) == "Asia/Shanghai"


def test_there_is_always_a_zone(tmp_path: Path) -> None:
    assert local_zone_name({}, tmp_path / "none")
