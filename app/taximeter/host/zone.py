"""The time zone of this computer, by its IANA name: what decides which day a request belongs to."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

LINK = Path("/etc/localtime")


class HereZone(tzinfo):
    """The zone of this computer as it was last looked up, which a journey changes while the app runs."""

    def __init__(self, env: Mapping[str, str], link: Path = LINK) -> None:
        self._env = env
        self._link = link
        self._zone = _zone_called(local_zone_name(env, link))

    def follow(self) -> bool:
        """Look it up anew, for this process's clock too; whether it is another one."""
        name = local_zone_name(self._env, self._link)
        if name == str(self._zone):
            return False
        if hasattr(time, "tzset"):
            time.tzset()
        self._zone = _zone_called(name)
        return True

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        """As that zone has it."""
        return self._zone.utcoffset(moment)

    def dst(self, moment: datetime | None) -> timedelta | None:
        """As that zone has it."""
        return self._zone.dst(moment)

    def tzname(self, moment: datetime | None) -> str | None:
        """As that zone has it."""
        return self._zone.tzname(moment)

    def fromutc(self, moment: datetime) -> datetime:
        """As that zone has it, with the hour that comes twice told apart."""
        return self._zone.fromutc(moment.replace(tzinfo=self._zone)).replace(tzinfo=self)

    def __str__(self) -> str:
        return str(self._zone)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, HereZone) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))


def local_zone_name(env: Mapping[str, str], link: Path = LINK) -> str:
    """The zone's name, from ``TZ``, from where the system's link points, or as tzlocal finds it.

    ``UTC`` when the system does not tell; ``doctor`` shows the name that is used.
    """
    told = env.get("TZ", "").removeprefix(":")
    if told and _exists(told):
        return told
    _, found, name = os.path.realpath(link).partition("/zoneinfo/")
    name = name.removeprefix("posix/").removeprefix("right/")
    if found and _exists(name):
        return name
    return _searched()


def _zone_called(name: str) -> tzinfo:
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


def _exists(name: str) -> bool:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return False
    return True


def _searched() -> str:
    import warnings

    import tzlocal

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            name = tzlocal.get_localzone_name()
        except (LookupError, ValueError, OSError):
            return "UTC"
    return name if name and _exists(name) else "UTC"
