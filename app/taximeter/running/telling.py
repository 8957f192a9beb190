"""What was told, kept in a file of its own: losing it loses no figure, only that something may be told again."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from taximeter.domain.episode_quotas import EpisodeKind
from taximeter.domain.episodes import Memory, Wishes
from taximeter.host.files import replace_file

if TYPE_CHECKING:
    from taximeter.host.notification_settings import NotificationSetting
    from taximeter.host.paths import Paths

log = logging.getLogger("taximeter.app")


def recall_told(paths: Paths) -> Memory:
    """What was told before this start; nothing where the file is missing or another version wrote it."""
    import msgspec

    try:
        return msgspec.json.decode((paths.data / "told.json").read_bytes(), type=Memory)
    except FileNotFoundError:
        return Memory()
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        log.info("what was told before cannot be read: %s", error)
        return Memory()


def keep_told(paths: Paths, memory: Memory) -> None:
    """Keep it for the next start, whole or not at all. Raises ``Trouble`` when it cannot be written."""
    import msgspec

    replace_file(paths.data / "told.json", msgspec.json.encode(memory))


def wishes_of(setting: NotificationSetting) -> Wishes:
    """What a person wants to be told, from the settings."""
    kinds = frozenset(kind for kind in EpisodeKind if kind.value not in setting.off)
    return Wishes(kinds, setting.quiet_from, setting.quiet_until)
