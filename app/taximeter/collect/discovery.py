"""Which logs there are, and which of them hold something that was not read yet."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from taximeter.collect.sources import Source
from taximeter.ledger.bookmarks import Bookmark

NOT_A_FILE = "a folder or the like stands where a log is expected"
NOT_TEXT = "its name is not text"
_WAL = "-wal"
"""How the name of the file goes on in which SQLite keeps what is not in the database yet."""


class Found(NamedTuple):
    """A log file as the file system shows it now."""

    agent: str
    parser: int
    path: str
    device: int
    inode: int
    size: int
    mtime_us: int
    trouble: str = ""
    healed: bool = False
    """What could not be read here before is gone, or is a folder that can be listed now."""
    database: bool = False
    profile: str = ""
    """The file of the profile that says how it is read; empty for the agents of the list."""


class Work(NamedTuple):
    """A file to read, and what is known of it from before."""

    found: Found
    bookmark: Bookmark | None
    unread: int
    """Bytes to read, as far as the sizes tell."""


def find_logs(sources: Iterable[Source]) -> Iterator[Found]:
    """All logs in the folders; a folder that cannot be listed becomes a ``Found`` with a trouble."""
    for source in sources:
        for folder in source.folders:
            yield from _walk(source, folder, deep=True)
        for folder in source.flat:
            yield from _walk(source, folder, deep=False)


def _walk(source: Source, root: str, *, deep: bool) -> Iterator[Found]:
    folders = [root]
    while folders:
        folder = folders.pop()
        counts = not deep or _is_within(source, root, folder)
        try:
            entries = list(os.scandir(folder))
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            yield Found(source.agent, source.parser, folder, 0, 0, 0, 0, error.strerror or "cannot be listed")
            continue
        for entry in entries:
            if not _is_text(entry.name):
                path = os.fsencode(entry.path).decode(errors="replace")
                yield Found(source.agent, source.parser, path, 0, 0, 0, 0, NOT_TEXT)
            elif entry.is_dir(follow_symlinks=False):
                if deep:
                    folders.append(entry.path)
                if entry.name.endswith(".jsonl"):
                    yield Found(source.agent, source.parser, entry.path, 0, 0, 0, 0, NOT_A_FILE)
            elif counts and entry.name.endswith(source.suffixes if deep else source.flat_suffixes):
                found = look_at(source, entry.path)
                if found is not None:
                    yield found


def _is_within(source: Source, root: str, folder: str) -> bool:
    """Whether files that lie directly in ``folder``, which is ``root`` or below it, may be logs."""
    return not source.within or source.within in folder[len(root) :].split(os.sep)


def log_of(source: Source, path: str) -> str:
    """The log that a notice about ``path`` is about, which for a database may be the file beside it; else empty."""
    log = path.removesuffix(_WAL)
    if not log.endswith(source.databases if log != path else source.suffixes):
        return ""
    folder = os.path.dirname(log)
    if folder in source.flat:
        return log if log.endswith(source.flat_suffixes) else ""
    roots = (root for root in source.folders if log.startswith(root + os.sep))
    return log if any(_is_within(source, root, folder) for root in roots) else ""


def look_at(source: Source, path: str) -> Found | None:
    """One file as it is now; None when it is gone.

    A database is as large and as new as it is together with what waits beside it to be taken in.
    """
    if not _is_text(path):
        return None  # ``find_logs`` names it
    try:
        seen = os.stat(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        return Found(source.agent, source.parser, path, 0, 0, 0, 0, error.strerror or "cannot be read")
    trouble = "" if stat.S_ISREG(seen.st_mode) else NOT_A_FILE
    size, time, database = seen.st_size, seen.st_mtime_ns, path.endswith(source.databases)
    if database:
        with contextlib.suppress(OSError):
            beside = os.stat(path + _WAL)
            size, time = size + beside.st_size, max(time, beside.st_mtime_ns)
    return Found(source.agent, source.parser, path, seen.st_dev, seen.st_ino, size, time // 1000, trouble,
                 database=database, profile=source.profile)  # fmt: skip


def _is_text(name: str) -> bool:
    """Whether a name can be written down; Linux allows any bytes in one."""
    return name.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in name)


def find_work(found: Iterable[Found], bookmarks: Mapping[str, Bookmark]) -> list[Work]:
    """What has to be read, the newest files first, so that today is right within the first second."""
    work = []
    for file in found:
        known = bookmarks.get(file.path)
        if known is None:
            work.append(Work(file, None, file.size))
        elif _has_changed(known, file):
            grown = known.parser == file.parser and (file.size >= known.offset or file.database)
            work.append(Work(file, known, max(0, file.size - known.offset) if grown else file.size))
    work.sort(key=lambda item: item.found.mtime_us, reverse=True)
    return work


def _has_changed(known: Bookmark, file: Found) -> bool:
    if (known.size, known.mtime_us, known.parser) != (file.size, file.mtime_us, file.parser):
        return True
    if not same_file(known.identity, file):
        return True
    if known.trouble and not file.trouble:
        # A file that could not be opened is worth another try once it may be.
        return os.access(file.path, os.R_OK)
    return known.trouble != file.trouble


def same_file(identity: str, file: Found) -> bool:
    """Whether an identity names the file that lies here now (its head is compared when it is read)."""
    return identity.startswith(f"{file.device:x}:{file.inode:x}:")


def find_unread(sources: Iterable[Source], bookmarks: Mapping[str, Bookmark]) -> list[Work]:
    """All that was not read yet; a log that an agent moved goes on where it was read to.

    A log that lies in the folders of two agents is the first one's.
    """
    here: dict[str, Found] = {}
    for file in find_logs(sources):
        here.setdefault(file.path, file)
    found = list(here.values())
    gone = [mark for path, mark in bookmarks.items() if path not in here]
    healed = [Found(mark.agent, mark.parser, mark.path, 0, 0, 0, 0, healed=True) for mark in gone if mark.trouble]
    work = _follow_moves(find_work(found, bookmarks), gone)
    return work + [Work(each, bookmarks[each.path], 0) for each in healed]


def _follow_moves(work: list[Work], marks: Sequence[Bookmark]) -> list[Work]:
    new = [item for item in work if item.bookmark is None]
    if not new or not marks:
        return work
    gone = {_node(mark.identity): mark for mark in marks if not mark.trouble}
    followed = []
    for item in work:
        mark = gone.get(f"{item.found.device:x}:{item.found.inode:x}") if item.bookmark is None else None
        if mark is None or mark.agent != item.found.agent or mark.offset > item.found.size:
            followed.append(item)
        else:
            followed.append(Work(item.found, mark, item.found.size - mark.offset))
    return followed


def _node(identity: str) -> str:
    return ":".join(identity.split(":", 2)[:2])
