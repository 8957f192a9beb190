"""What the program remembers between starts that nobody chose: apart from the settings on purpose."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from taximeter.host.files import replace_file
from taximeter.host.paths import Paths


@dataclass(frozen=True, slots=True)
class Memory:
    """Small facts of one installation; losing them loses no figure."""

    first_run_done: bool = False
    show_clock: bool = False
    """Resets were last shown as a time of day in place of a countdown."""
    decisions_read: tuple[str, ...] = ()
    """The ids of the newest requests for more whose outcome was seen."""


def recall(paths: Paths) -> Memory:
    """What was remembered; the defaults where the file is missing or unreadable."""
    try:
        kept = json.loads(_file(paths).read_bytes())
    except (OSError, ValueError):
        return Memory()
    if not isinstance(kept, dict):
        return Memory()
    read = kept.pop("decisions_read", ())
    facts = {field.name: kept[field.name] is True for field in fields(Memory) if field.name in kept}
    return Memory(**facts, decisions_read=tuple(one for one in read if isinstance(one, str))
                  if isinstance(read, list) else ())  # fmt: skip


def remember(paths: Paths, memory: Memory) -> None:
    """Keep it for the next start. Raises ``Trouble`` when it cannot be written."""
    if recall(paths) != memory:
        replace_file(_file(paths), json.dumps(asdict(memory)).encode())


def _file(paths: Paths) -> Path:
    return paths.data / "memory.json"
