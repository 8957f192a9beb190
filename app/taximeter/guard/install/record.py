"""What is kept beside the app's data about installed hooks: with what they start, what was there before, and copies.

``hook/ask.py`` is the installed client, ``hook/installed.json`` the record, ``backups/hooks/`` has the copies.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from taximeter.guard.install.hookfile import read_file
from taximeter.guard.install.line import CLIENT
from taximeter.host.files import replace_file
from taximeter.host.paths import Paths, ensure_private
from taximeter.host.trouble import Trouble

BACKUPS = 20
"""How many copies are kept, of all files together."""


@dataclass(frozen=True, slots=True)
class Record:
    """What the last install used, and what the agents' files had before it."""

    python: str = ""
    there: Mapping[Path, frozenset[str]] = field(default_factory=dict)


def client_file(paths: Paths) -> Path:
    """Where the hook client is installed."""
    return paths.data / "hook" / CLIENT


def read_record(paths: Paths) -> Record:
    """The record; an empty one where there is none or it cannot be used, for hooks are found without it."""
    try:
        values = json.loads(_file(paths).read_bytes())
        there = {Path(path): frozenset(map(str, parts)) for path, parts in values["files"].items()}
        return Record(str(values["python"]), there)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Record()


def write_record(paths: Paths, record: Record) -> None:
    """Keep the record.

    Raises:
        Trouble: it cannot be written.
    """
    files = {str(path): sorted(parts) for path, parts in sorted(record.there.items())}
    replace_file(_file(paths), json.dumps({"python": record.python, "files": files}, indent=1).encode())


def copy_client(source: Path, client: Path) -> None:
    """Put the hook client in its place, for this user alone.

    Raises:
        Trouble: it cannot be read or written.
    """
    content = read_file(source)
    if content is None:
        raise Trouble(f"{source} is missing", "Install Taximeter again.")
    if read_file(client) != content:
        ensure_private(client.parent)
        replace_file(client, content)


def forget(paths: Paths) -> None:
    """Take the client and the record away; hook lines that still name them then do nothing.

    Raises:
        Trouble: one of them cannot be deleted.
    """
    try:
        for file in (client_file(paths), _file(paths)):
            file.unlink(missing_ok=True)
        if client_file(paths).parent.is_dir():
            client_file(paths).parent.rmdir()
    except OSError as error:
        raise Trouble(f"Cannot delete {error.filename}", f"{error.strerror}. Delete the folder by hand.") from error


def back_up(paths: Paths, file: Path, content: bytes) -> Path:
    """Keep a copy of an agent's file as it is now, and only the newest copies of all; returns where it is.

    Raises:
        Trouble: it cannot be written.
    """
    folder = ensure_private(paths.data / "backups" / "hooks")
    place = hashlib.sha256(os.fsencode(file)).hexdigest()[:8]
    copy = folder / f"{time.time_ns():020}-{place}-{file.name}"
    replace_file(copy, content)
    for old in sorted(folder.iterdir())[:-BACKUPS]:
        old.unlink(missing_ok=True)
    return copy


def _file(paths: Paths) -> Path:
    return paths.data / "hook" / "installed.json"
