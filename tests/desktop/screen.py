"""Looks at a private X screen: its pixels, and who owns what. The protocol itself, so that an error is an exception."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass

INTERN_ATOM, GET_PROPERTY, GET_SELECTION_OWNER, GET_IMAGE = 16, 20, 23, 73
WINDOW_TYPE = 33


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the screen."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels as 32-bit words in rows, at their place on the screen."""

    box: Box
    pixels: bytes

    def line(self, y: int) -> bytes:
        """One row of pixels, counted from the picture's top."""
        return self.pixels[y * self.box.width * 4 : (y + 1) * self.box.width * 4]

    def difference(self, other: Picture) -> Box | None:
        """The smallest box around all pixels that differ, on the screen; None when none does."""
        rows = [y for y in range(self.box.height) if self.line(y) != other.line(y)]
        if not rows:
            return None
        columns = [x for x in range(self.box.width) if any(self._at(x, y) != other._at(x, y) for y in rows)]
        width, height = columns[-1] - columns[0] + 1, rows[-1] - rows[0] + 1
        return Box(self.box.x + columns[0], self.box.y + rows[0], width, height)

    def _at(self, x: int, y: int) -> bytes:
        at = (y * self.box.width + x) * 4
        return self.pixels[at : at + 4]


class Screen:
    """A connection of its own to the X server; close it before the server ends."""

    def __init__(self, display: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(10)
        self._socket.connect(f"/tmp/.X11-unix/X{display.removeprefix(':')}")
        self._socket.sendall(struct.pack("<BxHHHHxx", 0x6C, 11, 0, 0, 0))
        ok, length = struct.unpack("<Bx4xH", self._take(8))
        assert ok == 1, "the X server refused the connection"
        setup = self._take(length * 4)
        (vendor,), formats = struct.unpack_from("<H", setup, 16), setup[21]
        screen = 32 + (vendor + 3) // 4 * 4 + formats * 8
        (self._root,) = struct.unpack_from("<I", setup, screen)
        self.box = Box(0, 0, *struct.unpack_from("<HH", setup, screen + 20))

    def close(self) -> None:
        """End the connection."""
        self._socket.close()

    def look(self, box: Box | None = None) -> Picture:
        """What is on the screen now, or in the part of it that is on the screen."""
        wanted = box or self.box
        x, y = max(0, wanted.x), max(0, wanted.y)
        shape = (
            x,
            y,
            min(wanted.x + wanted.width, self.box.width) - x,
            min(wanted.y + wanted.height, self.box.height) - y,
        )
        part = Box(*shape)
        reply = self._ask(struct.pack("<BBHIhhHHI", GET_IMAGE, 2, 5, self._root, *shape, 2**32 - 1))
        return Picture(part, reply[32 : 32 + part.width * part.height * 4])

    def has_window_manager(self) -> bool:
        """Whether a window manager answers for this screen."""
        atom = self._atom("_NET_SUPPORTING_WM_CHECK")
        reply = self._ask(struct.pack("<BBHIIIII", GET_PROPERTY, 0, 6, self._root, atom, WINDOW_TYPE, 0, 1))
        return bool(struct.unpack_from("<I", reply, 16)[0])

    def has_tray(self) -> bool:
        """Whether somebody owns the system tray by XEmbed."""
        reply = self._ask(struct.pack("<BBHI", GET_SELECTION_OWNER, 0, 2, self._atom("_NET_SYSTEM_TRAY_S0")))
        return bool(struct.unpack_from("<I", reply, 8)[0])

    def _atom(self, name: str) -> int:
        padded = name.encode().ljust((len(name) + 3) // 4 * 4, b"\0")
        reply = self._ask(struct.pack("<BBHHxx", INTERN_ATOM, 0, 2 + len(padded) // 4, len(name)) + padded)
        atom: int = struct.unpack_from("<I", reply, 8)[0]
        return atom

    def _ask(self, request: bytes) -> bytes:
        self._socket.sendall(request)
        while True:
            head = self._take(32)
            if head[0] == 0:
                raise RuntimeError(f"X error {head[1]} for request {head[10]}")
            if head[0] == 1:
                return head + self._take(struct.unpack_from("<I", head, 4)[0] * 4)

    def _take(self, size: int) -> bytes:
        data = bytearray()
        while len(data) < size:
            part = self._socket.recv(min(size - len(data), 1 << 20))
            if not part:
                raise ConnectionError("the X server closed the connection")
            data += part
        return bytes(data)
