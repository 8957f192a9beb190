"""Faults to order: what a network, a proxy or an overloaded service does to the next answers."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field, fields
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reference_service.answers import problem
from reference_service.refusals import Refusal

CODES = {401: "unauthenticated", 403: "forbidden", 404: "not_found", 409: "conflict", 429: "rate_limited"}
REMEMBERED = 1000


@dataclass(slots=True)
class Fault:
    """What happens to the next ``times`` answers whose path begins with ``path``."""

    path: str = "/v1/"
    times: int = 1
    delay_seconds: float = 0
    status: int | None = None
    """Answered with a problem instead (304 without a body)."""
    retry_after: str | None = None
    """Added as ``Retry-After``, as it stands."""
    body: str | None = None
    """Stands in place of the true body."""
    content_type: str | None = None
    truncated: bool = False
    """Half of the body, then the connection is cut."""
    headers: dict[str, str] = field(default_factory=dict)
    """Added, or in place of the true ones."""


def fault_of(values: dict[str, Any]) -> Fault:
    """A fault from an order; ValueError names a field that there is not."""
    unknown = values.keys() - {known.name for known in fields(Fault)}
    if unknown:
        raise ValueError(", ".join(sorted(unknown)))
    return Fault(**values)


@dataclass(slots=True)
class Faulty:
    """The service behind the ordered faults. It also remembers what came in, but for the tokens."""

    app: ASGIApp
    ordered: list[Fault] = field(default_factory=list)
    calls: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=REMEMBERED))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a call, or spoil the answer as ordered."""
        if scope["type"] != "http" or scope["path"].startswith("/-/"):
            await self.app(scope, receive, send)
            return
        self.calls.append(_remembered(scope))
        fault = self._next(scope["path"])
        if fault is None:
            await self.app(scope, receive, send)
            return
        await asyncio.sleep(fault.delay_seconds)
        app: ASGIApp = self.app
        if fault.status is not None:
            code = CODES.get(fault.status, "unavailable")
            app = problem(Refusal(fault.status, code, "Ordered", "This fault was ordered."))
        start, body = await _answer(app, scope, receive)
        await _spoilt(fault, start, body, send)

    def _next(self, path: str) -> Fault | None:
        fault = next((fault for fault in self.ordered if path.startswith(fault.path)), None)
        if fault is not None:
            fault.times -= 1
            self.ordered = [left for left in self.ordered if left.times > 0]
        return fault


async def _answer(app: ASGIApp, scope: Scope, receive: Receive) -> tuple[Message, bytes]:
    """What the app would have sent."""
    sent: list[Message] = []

    async def keep(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, keep)
    return sent[0], b"".join(message.get("body", b"") for message in sent[1:])


async def _spoilt(fault: Fault, start: Message, body: bytes, send: Send) -> None:
    if fault.body is not None:
        body = fault.body.encode()
    if start["status"] in {204, 304}:
        body = b""
    headers = {name.lower(): value for name, value in start.get("headers", [])}
    headers[b"content-length"] = str(len(body)).encode()
    if fault.content_type is not None:
        headers[b"content-type"] = fault.content_type.encode()
    if fault.retry_after is not None:
        headers[b"retry-after"] = fault.retry_after.encode()
    headers |= {name.lower().encode(): value.encode() for name, value in fault.headers.items()}
    await send({**start, "headers": list(headers.items())})
    if fault.truncated:
        await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
        raise ConnectionAbortedError("cut as ordered")
    await send({"type": "http.response.body", "body": body})


def _remembered(scope: Scope) -> dict[str, Any]:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    if "authorization" in headers:
        headers["authorization"] = headers["authorization"].split(" ")[0]
    return {"method": scope["method"], "path": scope["path"], "query": scope["query_string"].decode("latin-1"),
            "headers": headers}  # fmt: skip
