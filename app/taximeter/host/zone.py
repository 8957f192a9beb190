"""The time zone of this computer, by its IANA name: what decides which day a request belongs to."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

LINK = Path("/etc/localtime")


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
