"""The settings of notifications: which are not wanted, and when there is to be quiet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from taximeter.host.toml_text import TomlTable

KINDS = ("watch", "runs_out", "low", "fast", "spent", "back", "unreachable", "signed_out", "decided", "to_decide")
"""What may be told, as ``domain.episode_quotas.EpisodeKind`` names it."""


class NotificationSetting(NamedTuple):
    """What a person wants to be told, and when.

    A named tuple, since every start pays for the class.
    """

    off: tuple[str, ...] = ()
    """KINDS that are not told."""
    quiet_from: int = 0
    quiet_until: int = 0
    """Minutes of the local day between which nothing is told; equal ones are no quiet hours."""


def read_notifications(table: TomlTable, base: NotificationSetting) -> tuple[NotificationSetting, tuple[str, ...]]:
    """One file's ``[notifications]`` on top of ``base``, and its keys that mean nothing.

    Raises:
        Trouble: a value cannot be used.
    """
    off = table.texts("off", base.off)
    if not set(off) <= set(KINDS):
        raise table.wrong("off", f"It has to be a list of these: {', '.join(KINDS)}.")
    setting = NotificationSetting(
        off, _minute(table, "quiet_from", base.quiet_from), _minute(table, "quiet_until", base.quiet_until)
    )
    return setting, table.unknown()


def _minute(table: TomlTable, key: str, default: int) -> int:
    told = table.text(key, "")
    if not told:
        return default
    found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", told)
    if found is None:
        raise table.wrong(key, 'It has to be a time of day, such as "22:00".')
    return int(found[1]) * 60 + int(found[2])
