"""A JSON file of hooks as a whole: what installing and removing make of it, and whether ours are in it as they should.

What several agents share, since they took over one file's shape.
"""

from __future__ import annotations

from pathlib import Path

from taximeter.guard.install.contract import FileChange, Hold, There
from taximeter.guard.install.editing import FILE, Groups, decode, handlers, parts, with_groups, without_ours
from taximeter.guard.install.json_text import is_blank
from taximeter.host.trouble import Trouble


def read_file(path: Path) -> bytes | None:
    """The file's content; None where there is none.

    Raises:
        Trouble: it cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Trouble(f"Cannot read {path}", f"{error.strerror}. Check its permissions.") from error


def installed(path: Path, groups: Groups, there: There) -> FileChange:
    """The change that brings exactly these groups of ours into the file; none when they are in it.

    Raises:
        Trouble: the file is not what it has to be.
    """
    old = read_file(path)
    text = decode(path, old)
    known = there.get(path)
    if hold_of(path, old, groups) is Hold.INSTALLED:
        return FileChange(path, old, old, parts(path, text) if known is None else known)
    has_ours = any(handler.is_ours for handler in handlers(path, text))
    bare = without_ours(path, text, known)
    if known is None or not has_ours:
        known = parts(path, bare) if old is not None else frozenset()
    return FileChange(path, old, _encoded(with_groups(path, bare, groups)), known)


def removed(path: Path, there: There) -> FileChange:
    """The change that takes whatever is ours out of the file, and the file itself if it came with it.

    Raises:
        Trouble: the file is not what it has to be.
    """
    old, known = read_file(path), there.get(path)
    text = decode(path, old)
    if old is None or not any(handler.is_ours for handler in handlers(path, text)):
        return FileChange(path, old, old)
    bare = without_ours(path, text, known)
    goes = known is not None and FILE not in known and is_blank(bare)
    return FileChange(path, old, None if goes else bare.encode())


def hold_of(path: Path, content: bytes | None, groups: Groups) -> Hold:
    """Whether the file holds exactly these handlers of ours.

    Raises:
        Trouble: the file is not what it has to be.
    """
    found = [
        (handler.event, handler.matcher, dict(handler.values))
        for handler in handlers(path, decode(path, content))
        if handler.is_ours
    ]
    wanted = [(event, group.get("matcher"), dict(handler)) for event, group in groups for handler in group["hooks"]]
    if not found:
        return Hold.ABSENT
    same = len(found) == len(wanted) and all(each in found for each in wanted)
    return Hold.INSTALLED if same else Hold.ALTERED


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise Trouble("A folder's name cannot be written into settings", "Rename it: it has to be UTF-8.") from error
