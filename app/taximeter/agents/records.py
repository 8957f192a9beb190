"""What the adapters share in reading JSON records: decoding that counts what it skips, times, and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec

from taximeter.domain.reading import Reading

T = TypeVar("T")

BROKEN = "broken JSON"
CUT_OFF = "line cut off or not JSON"
_BRACE = ord("}")

Count = Annotated[int, msgspec.Meta(ge=0, le=100_000_000_000)]
"""A number of tokens or the like that can be believed: a line with another one is unusable, and stops nothing."""


def line_spans(chunk: bytes, reading: Reading) -> Iterator[tuple[int, int]]:
    """Where each line begins and ends, its line feed left out.

    A line that does not end as an object does is counted and left out: it was cut off, or is no JSON.
    """
    find, begin, length = chunk.find, 0, len(chunk)
    while begin < length:
        end = find(b"\n", begin)
        if end < 0:
            end = length
        if chunk[end - 1] == _BRACE or _ends_well(chunk[begin:end], reading):
            yield begin, end
        begin = end + 1


def _ends_well(line: bytes, reading: Reading) -> bool:
    line = line.rstrip()
    if line and not line.endswith(b"}"):
        reading.skip(CUT_OFF)
    return line.endswith(b"}")


def decoded(
    decoder: msgspec.json.Decoder[T], raw: bytes | msgspec.Raw, reading: Reading, odd: str, about: Sequence[bytes] = ()
) -> T | None:
    """The record, or None after counting why not: as broken JSON, or as ``odd`` (empty: not counted).

    With ``about``, a record is only odd when it mentions one of these.
    A record that does not even end as an object does was counted by ``line_spans``.
    """
    try:
        return decoder.decode(raw)
    except msgspec.ValidationError:
        if odd and (not about or any(word in bytes(raw) for word in about)):
            reading.skip(odd)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        if bytes(raw).rstrip().endswith(b"}"):
            reading.skip(BROKEN)
    return None


def milliseconds(time: str | None) -> int | None:
    """An ISO 8601 time in ms since the epoch; None when it is none."""
    try:
        return int(datetime.fromisoformat(time or "").timestamp() * 1000)
    except ValueError:
        return None


def keys_of(agent: bytes) -> Callable[[bytes], bytes]:
    """What makes an agent's own name for something the 12 bytes by which the ledger knows it (``docs/decisions``)."""
    begun = blake2b(digest_size=12, person=agent)

    def key(name: bytes) -> bytes:
        hashing = begun.copy()
        hashing.update(name)
        return hashing.digest()

    return key


def named_folders(env: Mapping[str, str], variable: str) -> tuple[Path, ...]:
    """The folders that an agent's own variable names: one, or several with commas between them."""
    return tuple(Path(part.strip()).expanduser() for part in env.get(variable, "").split(",") if part.strip())
