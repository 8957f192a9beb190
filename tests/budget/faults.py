"""A service that does what it is told, byte by byte, on loopback: the faults of real networks to order."""

from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import struct
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

DRIPS, PAUSE = 60, 0.05
"""A drip lasts three seconds, then the answer would be whole."""
GOOD = b'{"ok": true}'

Script = Callable[[socket.socket], None]
"""What a connection is answered with, after its request was read."""


def reply(status: int = 200, body: bytes = GOOD, kind: str = "application/json", *more: str) -> bytes:
    """A whole response; ``more`` are header lines."""
    lines = [
        f"HTTP/1.1 {status} X",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *more,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def says(status: int = 200, body: bytes = GOOD, kind: str = "application/json", *more: str) -> Script:
    """Answers at once."""
    return lambda wire: wire.sendall(reply(status, body, kind, *more))


def waits(wire: socket.socket) -> None:
    """Says nothing until the caller has gone."""
    with suppress(OSError):
        wire.settimeout(30)
        while wire.recv(65_536):  # a body may come after its head
            pass


def resets(wire: socket.socket) -> None:
    """Ends the connection with a reset."""
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def drips(where: bytes) -> Script:
    """Sends one space at a time after ``where``, in the head or in the body."""
    whole = (
        reply(200, GOOD + b" " * DRIPS)
        if where == GOOD
        else reply(200, GOOD, "application/json", "X-Slow: " + " " * DRIPS)
    )
    start = whole.index(where) + len(where)

    def script(wire: socket.socket) -> None:
        wire.sendall(whole[:start])
        for at in range(DRIPS):
            wire.sendall(whole[start + at : start + at + 1])
            time.sleep(PAUSE)
        wire.sendall(whole[start + DRIPS :])

    return script


def floods(megabytes: int) -> Script:
    """Sends a body of unknown length, in pieces."""
    piece = b" " * 65_536

    def script(wire: socket.socket) -> None:
        wire.sendall(b"HTTP/1.1 200 X\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{")
        for _ in range(megabytes * 16):
            wire.sendall(piece)
        wire.sendall(b"}")

    return script


def bomb(megabytes: int) -> bytes:
    """A packed body of a few kilobytes that is many megabytes when unpacked."""
    return gzip.compress(b'{"a": "' + b"x" * (megabytes << 20) + b'"}')


@dataclass(slots=True)
class Heard:
    """A running service: where it is, and what came to it."""

    port: int
    requests: list[str] = field(default_factory=list)

    @property
    def all(self) -> str:
        return "\n".join(self.requests)


@contextmanager
def serving(script: Script, certificate: Path | None = None, port: int = 0) -> Iterator[Heard]:
    """Serves every connection with ``script``, over TLS where there is a certificate (with its key, in one file)."""
    listener = socket.create_server(("127.0.0.1", port))
    heard = Heard(listener.getsockname()[1])
    threads: list[threading.Thread] = []
    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)

    def accept() -> None:
        with suppress(OSError):
            while True:
                wire, _ = listener.accept()
                threads.append(threading.Thread(target=_serve, args=(wire, script, heard, context)))
                threads[-1].start()

    acceptor = threading.Thread(target=accept)
    acceptor.start()
    try:
        yield heard
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for thread in (acceptor, *threads):
            thread.join()


def _serve(plain: socket.socket, script: Script, heard: Heard, context: ssl.SSLContext | None) -> None:
    wire = plain
    try:
        wire.settimeout(30)
        if context is not None:
            wire = context.wrap_socket(plain, server_side=True)
        request = b""
        while b"\r\n\r\n" not in request and (piece := wire.recv(65_536)):
            request += piece
        if request:
            heard.requests.append(request.decode("latin-1"))
            script(wire)
    except OSError:
        pass  # the caller hung up, which many of these faults are about
    finally:
        wire.close()


def certificate(folder: Path, names: str, *, expired: bool = False) -> Path:
    """A certificate that signs itself and its key in one file; skips the test where ``openssl`` cannot make it."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs openssl to make a certificate")
    key, made = folder / "key.pem", folder / "made.pem"
    request = [openssl, "req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", folder / "made.csr",
               "-subj", "/CN=ended" if expired else "/CN=budget"]  # fmt: skip
    extensions = folder / "extensions"
    extensions.write_text(f"subjectAltName={names}\nbasicConstraints=critical,CA:TRUE\n", "utf-8")
    (folder / "index").touch()
    (folder / "ca.conf").write_text(
        f"[ca]\ndefault_ca=x\n[x]\ndatabase={folder / 'index'}\nrand_serial=yes\nnew_certs_dir={folder}\npolicy=p\n"
        f"default_md=sha256\n[p]\ncommonName=supplied\n", "utf-8")  # fmt: skip
    end = "20200201000000Z" if expired else "20990101000000Z"
    sign = [openssl, "ca", "-batch", "-selfsign", "-config", folder / "ca.conf", "-keyfile", key, "-in",
            folder / "made.csr", "-out", made, "-startdate", "20200101000000Z", "-enddate", end,
            "-extfile", extensions, "-notext"]  # fmt: skip
    for command in (request, sign):
        ran = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
        if ran.returncode:
            pytest.skip(f"openssl cannot make a certificate: {ran.stderr[-200:]}")
    both = folder / "both.pem"
    both.write_bytes(made.read_bytes() + key.read_bytes())
    return both
