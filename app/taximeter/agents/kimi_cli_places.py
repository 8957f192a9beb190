"""Which folder of the computer a session is about: a file beside it says so, another one in each generation."""

from __future__ import annotations

from hashlib import md5
from pathlib import PurePath

import msgspec

from taximeter.agents.contract import LogFile
from taximeter.agents.records import decoded
from taximeter.domain.reading import Reading


class _Folder(msgspec.Struct, gc=False):
    path: str | None = None


class _Said(msgspec.Struct, gc=False):
    work_dirs: list[_Folder] | None = None
    cwd: str | None = None
    work_dir: str | None = msgspec.field(default=None, name="workDir")


_said = msgspec.json.Decoder(_Said)


def beside(path: str) -> str:
    """``state.json`` of a newer session, the list of all folders in the home of the older ones."""
    folders = PurePath(path).parent
    if folders.parent.name == "agents":
        return str(folders.parent.parent / "state.json")
    if folders.parent.name == "subagents":
        folders = folders.parent.parent
    # Below the home stand "sessions", the folder's hash, and the session.
    return str(folders.parent.parent.parent / "kimi.json")


def project_of(file: LogFile) -> str:
    """The folder that a session was begun in; empty where it is not told."""
    said = decoded(_said, file.beside, Reading(), "") if file.beside else None
    if said is None:
        return ""
    hashed = PurePath(file.path).parent.parent.name
    listed = (each.path for each in said.work_dirs or () if each.path)
    return said.cwd or said.work_dir or next((path for path in listed if _hash(path) == hashed), "")


def _hash(path: str) -> str:
    return md5(path.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()
