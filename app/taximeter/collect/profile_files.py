"""Which profiles of house agents there are, by size and time: without their folders, one look at each and no more."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

ProfileFile = list[str | int]
"""A profile's path, size and time of its last change."""


def profile_files(folders: Sequence[Path]) -> list[ProfileFile]:
    """The profiles in the folders, those of the first folder first, else by name."""
    found: list[ProfileFile] = []
    for folder in folders:
        try:
            seen = [(entry.path, entry.stat()) for entry in os.scandir(folder) if entry.name.endswith(".toml")]
        except OSError:
            continue
        found += sorted([path, stat.st_size, stat.st_mtime_ns] for path, stat in seen)
    return found
