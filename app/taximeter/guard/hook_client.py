"""The hook that an agent runs: hands its standard input to the app, untouched, and prints what the app answers.

    python -I -S hook_client.py SOCKET AGENT EVENT

It is copied to a place of its own and started without the app's packages, so it holds to the
standard library, and to the few modules of it that load fast: a call that nobody is to be asked about
costs little more than starting Python. Whatever goes wrong, the agent goes on: no output and success.
The frames are those of ``protocol.py``.
"""

from __future__ import annotations

import _socket
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

BODY_LIMIT = 8 << 20
HEADER_LIMIT = 512
CONNECT_SECONDS = 1.0
PIPE = "\\\\.\\pipe\\"
"""Windows has no local sockets that Python knows; a named pipe there is a file."""
WAIT_SECONDS = 3600.0
"""Longer than any agent waits for a hook: the app answers in time, or the agent ends this process."""


def main(arguments: list[str]) -> int:
    """Ask the app; the exit status is 0 in any case."""
    try:
        path, agent, event = arguments
        answer = _asked(path, agent, event, _standard_input())
        while answer:
            answer = answer[os.write(1, answer) :]
    except (AttributeError, OSError, ValueError):
        # The app is gone, late or broken, and nobody reads what a hook says: the agent must go on.
        # (Where Python has no local sockets, the attribute is missing.)
        return 0
    return 0


def _standard_input() -> bytes | None:
    """All of it; None when it is longer than the app takes, which is then told instead."""
    parts: list[bytes] = []
    size = 0
    while part := os.read(0, 1 << 16):
        size += len(part)
        if size <= BODY_LIMIT:
            parts.append(part)
    return b"".join(parts) if size <= BODY_LIMIT else None


def _asked(path: str, agent: str, event: str, body: bytes | None) -> bytes:
    verb, sent = ("oversize", b"") if body is None else ("ask", body)
    frame = f"TAXIMETER 1 {verb} {agent} {event} {os.getppid()} {len(sent)}\n".encode() + sent
    if path.startswith(PIPE):
        with open(path, "r+b", buffering=0) as pipe:
            pipe.write(frame)
            return _answer(pipe.read)
    connection = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    try:
        connection.settimeout(CONNECT_SECONDS)
        connection.connect(path)
        # From here on the app may be asking a person.
        connection.settimeout(WAIT_SECONDS)
        connection.sendall(frame)
        return _answer(connection.recv)
    finally:
        connection.close()


def _answer(receive: Callable[[int], bytes]) -> bytes:
    """What the app wants printed; empty when it hung up in the middle."""
    data = b""
    while part := receive(1 << 16):
        data += part
        line, found, rest = data.partition(b"\n")
        words = line.split(b" ")
        if not found and len(data) <= HEADER_LIMIT:
            continue
        if words[:3] != [b"TAXIMETER", b"1", b"ok"] or len(words) != 4 or int(words[3]) > BODY_LIMIT:
            return b""
        if len(rest) >= int(words[3]):
            return rest[: int(words[3])]
    return b""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
