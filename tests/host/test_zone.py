"""Which zone a day is a day of."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taximeter.host.zone import HereZone, local_zone_name


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


def link_to(link: Path, zone: str) -> None:
    """As the system does when one travels."""
    target = link.parent / "zoneinfo" / zone
    target.parent.mkdir(parents=True, exist_ok=True)
    target.touch()
    link.unlink(missing_ok=True)
    link.symlink_to(target)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such link")
def test_a_journey_is_followed_when_one_looks_and_not_before(tmp_path: Path) -> None:
    link, moment = tmp_path / "localtime", datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
    link_to(link, "Europe/Berlin")
    here = HereZone({}, link)
    assert not here.follow()
    link_to(link, "Asia/Shanghai")
    assert moment.astimezone(here).day == 23
    before = hash(here)
    assert here.follow()
    assert (moment.astimezone(here).day, str(here)) == (24, "Asia/Shanghai")
    assert hash(here) != before


@given(st.datetimes(datetime(2000, 1, 1), datetime(2037, 1, 1)))
def test_it_tells_times_as_the_zone_itself_does(moment: datetime) -> None:
    here, zone = HereZone({"TZ": "Europe/Berlin"}), ZoneInfo("Europe/Berlin")
    at = moment.replace(tzinfo=UTC)
    assert at.astimezone(here).isoformat() == at.astimezone(zone).isoformat()
    for fold in (0, 1):
        mine, its = (moment.replace(tzinfo=one, fold=fold) for one in (here, zone))
        assert (mine.utcoffset(), mine.dst(), mine.tzname()) == (its.utcoffset(), its.dst(), its.tzname())
        assert mine.timestamp() == its.timestamp()
    assert (at.astimezone(here) + timedelta(days=1)).hour == at.astimezone(here).hour
