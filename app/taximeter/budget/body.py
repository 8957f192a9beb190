"""A response's body, unpacked piece by piece so that a small packet cannot grow without bound."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

LARGEST = 1024 * 1024
"""Bytes of a body after unpacking; a budget's answer has a few hundred."""
_GZIP = 16 + zlib.MAX_WBITS


class BodyTooLarge(Exception):
    """It has more than ``LARGEST`` bytes."""


class BrokenBody(Exception):
    """It is packed in a way that was not asked for, or cut short."""


def unpacked(pieces: Iterable[bytes], encoding: str) -> bytes:
    """A body's bytes; ``encoding`` is its ``Content-Encoding``, gzip or none.

    Raises:
        BodyTooLarge: it is larger than what is read; nothing more was fetched or unpacked.
        BrokenBody: it cannot be unpacked, or ends too early.
    """
    packing = encoding.strip().lower()
    if packing not in {"", "identity", "gzip", "x-gzip"}:
        raise BrokenBody(packing)
    unpack = zlib.decompressobj(_GZIP) if "gzip" in packing else None
    body, fetched = bytearray(), 0
    try:
        for piece in pieces:
            fetched += len(piece)
            body += piece if unpack is None else unpack.decompress(piece, LARGEST + 1 - len(body))
            if len(body) > LARGEST or fetched > LARGEST:
                raise BodyTooLarge
    except zlib.error as error:
        raise BrokenBody("gzip") from error
    if unpack is not None and not unpack.eof:
        raise BrokenBody("gzip")
    return bytes(body)
