"""The service on a loopback port, in a thread of the caller's process."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

LOOPBACK = "127.0.0.1"


def server_of(app: ASGIApp) -> uvicorn.Server:
    """A server that adds nothing of its own to the answers and is silent."""
    config = uvicorn.Config(
        app, lifespan="off", log_level="critical", log_config=None, access_log=False, date_header=False,
        server_header=False, timeout_graceful_shutdown=1,
    )  # fmt: skip
    return uvicorn.Server(config)


def listening(port: int = 0) -> socket.socket:
    """A socket on loopback; port 0 takes any that is free. There is no TLS, so there is no other address."""
    door = socket.create_server((LOOPBACK, port))
    # Head and body go out one after the other; the second would wait 40 ms for the first to be acknowledged.
    door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return door


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """The app's address while the block runs, such as ``http://127.0.0.1:40123``."""
    server = server_of(app)
    with listening() as door:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, name="budget service", daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the service did not start"
            time.sleep(0.005)
        try:
            yield f"http://{LOOPBACK}:{door.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
