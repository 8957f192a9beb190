"""Reading what a log has grown by, in chunks of whole lines, without ever holding or locking the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from hashlib import blake2b
from io import FileIO
from typing import NamedTuple

import msgspec

from taximeter.agents.contract import LogFile, Read
from taximeter.collect.discovery import Found, Work, same_file
from taximeter.domain.reading import Reading
from taximeter.ledger.bookmarks import Bookmark, FileReading

CHUNK = 4 << 20
LINE_CAP = 32 << 20
"""A longer line is skipped and counted: no agent's usage line comes near it, and memory is bounded."""
NOT_WHOLE = -1
"""The size in a bookmark that more of the same reading is to follow. No file has it, so if the app ends there, the file
is read on although it did not change."""
TOO_LONG = "line longer than 32 MiB"
NOT_UTF8 = "file is not UTF-8 text"
_HEAD = 256
_LAST = 512
"""Bytes before the bookmark that must be unchanged: enough to hold a line's own id and time."""
_BOM = b"\xef\xbb\xbf"
_LAST_LINE_CAP = 1 << 20


def read_log(work: Work, now: int, read: Read) -> Iterator[FileReading]:
    """What the file holds beyond its bookmark, a part at a time, each with the bookmark that covers it.

    A file that was truncated, replaced or written anew is read from its start; reading a line again
    changes nothing in the ledger. A file that cannot be read yields its trouble.
    """
    return or_trouble(work, now, partial(_from_file, work, now, read))


def or_trouble(work: Work, now: int, parts: Callable[[], Iterator[FileReading]]) -> Iterator[FileReading]:
    """The parts of a file, or why it cannot be read; nothing when it is gone."""
    found = work.found
    if found.healed and work.bookmark is not None:
        yield FileReading(work.bookmark._replace(trouble="", read_at=now), Reading(), from_start=False)
        return
    if found.trouble:
        yield from _unreadable(work, found.trouble, now)
        return
    try:
        yield from parts()
    except FileNotFoundError:
        return
    except OSError as error:
        yield from _unreadable(work, error.strerror or "cannot be read", now)


def _from_file(work: Work, now: int, read: Read) -> Iterator[FileReading]:
    with open(work.found.path, "rb", buffering=0) as file:
        yield from _parts(work, file, now, read)


class _Place(NamedTuple):
    """Where reading begins; ``last`` is what stands before it."""

    offset: int
    carry: bytes
    last: bytes
    first_mtime_us: int
    moved_from: str
    from_start: bool


def _place(work: Work, file: FileIO, head: bytes) -> _Place:
    found, known = work.found, work.bookmark
    if known is not None and _continues(known, found, head):
        last = _before(file, known)
        if known.identity.endswith(digest_of(last)):
            moved_from = known.path if known.path != found.path else ""
            return _Place(known.offset, known.carry, last, known.first_mtime_us, moved_from, from_start=False)
    start = len(_BOM) if head.startswith(_BOM) else 0
    # Under another path it is another file, which was given the number of one that is gone.
    same = known is not None and known.path == found.path
    return _Place(start, b"", b"", known.first_mtime_us if known and same else found.mtime_us, "", from_start=True)


def _parts(work: Work, file: FileIO, now: int, read: Read) -> Iterator[FileReading]:
    found = work.found
    head = file.read(_HEAD)
    offset, carry, last, first, moved_from, from_start = _place(work, file, head)
    identity = f"{found.device:x}:{found.inode:x}:{digest_of(head)}:"
    bookmark = Bookmark(found.agent, found.path, identity + digest_of(last), found.size, found.mtime_us, first, offset,
                        carry, found.parser, now, moved_from=moved_from)  # fmt: skip
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        reading = Reading()
        reading.skip(NOT_UTF8)
        bookmark = bookmark._replace(offset=found.size, identity=identity + digest_of(b""))
        yield FileReading(bookmark, reading, from_start=True)
        return
    file.seek(offset)
    log = LogFile(found.path, first)
    waiting: FileReading | None = None
    for lines, end, skipped in _whole_lines(file, offset, found.size):
        reading, carry = read(lines, carry, log)
        if skipped:
            reading.skip(TOO_LONG, skipped)
        if waiting is not None:
            yield waiting
            from_start, bookmark = False, bookmark._replace(moved_from="")
        last = (lines if skipped else last + lines[-_LAST:])[-_LAST:]
        bookmark = bookmark._replace(size=NOT_WHOLE, offset=end, carry=carry, identity=identity + digest_of(last))
        waiting = FileReading(bookmark, reading, from_start)
    final = waiting or FileReading(bookmark, Reading(), from_start)
    yield final._replace(bookmark=final.bookmark._replace(size=found.size))


def _whole_lines(file: FileIO, offset: int, size: int) -> Iterator[tuple[bytes, int, int]]:
    """(whole lines, offset behind them, lines skipped as too long); a last line without an end only if it is JSON."""
    rest, skipped, skipping = b"", 0, False
    while data := file.read(_expected(size - offset - len(rest))):
        data = rest + data
        cut = data.rfind(b"\n") + 1
        if skipping and cut:
            begin = data.find(b"\n") + 1
            offset, data, cut, skipping = offset + begin, data[begin:], cut - begin, False
        if cut:
            yield (data[:cut] if cut < len(data) else data), offset + cut, skipped
            offset, rest, skipped = offset + cut, data[cut:], 0
        elif skipping or len(data) > LINE_CAP:
            skipped += not skipping
            skipping, rest, offset = True, b"", offset + len(data)
        else:
            rest = data
    if skipped:
        yield b"", offset, skipped
    elif rest and len(rest) <= _LAST_LINE_CAP and _is_json(rest):
        yield rest, offset + len(rest), 0


def _expected(left: int) -> int:
    """Bytes to ask for: one more than is left, so that one call fills a buffer of the file's own size."""
    return CHUNK if left < 0 else min(CHUNK, left + 1)


def _is_json(line: bytes) -> bool:
    try:
        msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


def _continues(known: Bookmark, found: Found, head: bytes) -> bool:
    """Whether the file still begins as it did and has only grown since it was read."""
    if known.parser != found.parser or found.size < known.offset or known.trouble:
        return False
    if found.size == known.size and found.mtime_us != known.mtime_us:
        return False
    length = int(known.identity.split(":")[2])
    return same_file(known.identity, found) and f":{digest_of(head[:length])}:" in known.identity


def _before(file: FileIO, known: Bookmark) -> bytes:
    """What stands before the bookmark now, as many bytes as were noted then."""
    length = int(known.identity.rsplit(":", 2)[1])
    file.seek(known.offset - length)
    return file.read(length) if length else b""


def digest_of(part: bytes) -> str:
    """Length and digest of a part of a file, as an identity names it."""
    return f"{len(part)}:{blake2b(part, digest_size=8).hexdigest()}"


def _unreadable(work: Work, why: str, now: int) -> Iterator[FileReading]:
    """The trouble, unless it is known already: nothing is written while nothing changes."""
    found, known = work.found, work.bookmark
    if known is not None and (known.trouble, known.size, known.mtime_us) == (why, found.size, found.mtime_us):
        return
    bookmark = known or Bookmark(found.agent, found.path, "", 0, 0, found.mtime_us, 0, b"", 0, now)
    identity = f"{found.device:x}:{found.inode:x}:0:"
    bookmark = bookmark._replace(size=found.size, mtime_us=found.mtime_us, identity=identity, trouble=why,
                                 parser=found.parser, read_at=now)  # fmt: skip
    yield FileReading(bookmark, Reading(), from_start=False)
