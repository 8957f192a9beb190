"""Reading a log that its owner writes anew as a whole: all of it, each time its bytes are others than before."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from taximeter.agents.contract import LogFile, Read
from taximeter.collect.discovery import Work
from taximeter.collect.tail import digest_of, or_trouble
from taximeter.domain.reading import Reading
from taximeter.ledger.bookmarks import Bookmark, FileReading

DOCUMENT_CAP = 128 << 20
"""A larger document is passed over and counted, so that memory is bounded."""
TOO_LARGE = "document larger than 128 MiB"


def read_document(work: Work, now: int, read: Read) -> Iterator[FileReading]:
    """What the document holds, if it is not what was read before; or its trouble.

    One that is caught half written counts as broken until its owner has written the rest.
    """
    return or_trouble(work, now, partial(_whole, work, now, read))


def _whole(work: Work, now: int, read: Read) -> Iterator[FileReading]:
    found, known = work.found, work.bookmark
    with open(found.path, "rb", buffering=0) as file:
        document = file.read(DOCUMENT_CAP + 1)
    digest = f":{digest_of(document)}:"
    again = known is not None and (known.parser, known.trouble) == (found.parser, "") and digest in known.identity
    first, moved_from = found.mtime_us, ""
    if known is not None and (again or known.path == found.path):
        first, moved_from = known.first_mtime_us, known.path if known.path != found.path else ""
    reading = Reading()
    if len(document) > DOCUMENT_CAP:
        reading.skip(TOO_LARGE)
    elif not again:
        reading, _ = read(document, b"", LogFile(found.path, first))
    identity = f"{found.device:x}:{found.inode:x}{digest}"
    bookmark = Bookmark(found.agent, found.path, identity, found.size, found.mtime_us, first, found.size, b"",
                        found.parser, now, moved_from=moved_from)  # fmt: skip
    yield FileReading(bookmark, reading, from_start=not again)
