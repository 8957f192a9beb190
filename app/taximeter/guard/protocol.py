"""What crosses the local socket: one frame each way, a line of words and then as many bytes as it says.

    TAXIMETER 1 ask AGENT EVENT PID LENGTH       the hook's standard input, untouched, follows
    TAXIMETER 1 show 0                           a second start
    TAXIMETER 1 answer ID limit 3 0              an open question's answer
    TAXIMETER 1 ok LENGTH                        what the hook is to print follows

The hook client (``hook_client.py``) speaks the same with the standard library alone; a test compares them.
"""

from __future__ import annotations

from typing import NamedTuple

GREETING = b"TAXIMETER"
VERSION = b"1"
HEADER_LIMIT = 512
BODY_LIMIT = 8 << 20
"""A hook's input holds a prompt or a script; what is longer is told as such and not sent."""
OK, NO, ERROR = "ok", "no", "error"


class Frame(NamedTuple):
    """One message: what is to be done or how it went, the words that go with it, and the bytes."""

    verb: str
    words: tuple[str, ...] = ()
    body: bytes = b""


class Refused(Exception):
    """What arrived is no frame of ours; the text says why, for the other side."""


def packed(frame: Frame) -> bytes:
    """A frame as bytes. Words hold no blank; they are checked where a person's text could reach them."""
    words = " ".join((frame.verb, *frame.words, str(len(frame.body))))
    return GREETING + b" " + VERSION + b" " + words.encode() + b"\n" + frame.body


def unpacked(data: bytes) -> Frame | None:
    """The frame that ``data`` begins with; None while it is not whole yet.

    Raises ``Refused`` as soon as it cannot become one.
    """
    end = data.find(b"\n", 0, HEADER_LIMIT)
    if end < 0:
        if len(data) >= HEADER_LIMIT or not GREETING.startswith(data[: len(GREETING)]):
            raise Refused("not a frame")
        return None
    words = data[:end].split(b" ")
    if len(words) < 4 or words[0] != GREETING:
        raise Refused("not a frame")
    if words[1] != VERSION:
        raise Refused("unknown version")
    length = _length(words[-1])
    if len(data) - end - 1 < length:
        return None
    try:
        verb, *rest = (word.decode("ascii") for word in words[2:-1])
    except UnicodeDecodeError:
        raise Refused("not a frame") from None
    return Frame(verb, tuple(rest), data[end + 1 : end + 1 + length])


def _length(word: bytes) -> int:
    if not word.isdigit() or len(word) > len(str(BODY_LIMIT)) or int(word) > BODY_LIMIT:
        raise Refused("too long")
    return int(word)
