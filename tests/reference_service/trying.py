"""The service on a port of its own, with a clock that stands still, and calls that are held to the document."""

from __future__ import annotations

import re
import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from reference_service.document import operations, problems_of_answer
from reference_service.seeds import plant
from reference_service.service import make_service
from reference_service.serving import served
from reference_service.store import Store, open_store

NOON = 1_795_435_200_000
"""Monday 2026-11-23 12:00 UTC."""


@dataclass(slots=True)
class Trial:
    """A running service and everybody's tokens."""

    url: str
    store: Store
    tokens: dict[str, str]
    desk_token: str
    client: httpx.Client
    time: list[int]
    """The one moment that it is, ms UTC; change it in place."""
    seen: set[tuple[str, int]] = field(default_factory=set)
    """The operations that answered, and with what status."""

    def anew(self, more_people: int = 0) -> None:
        """Forget what happened: the people as planted, new tokens, noon again."""
        self.time[0] = NOON
        fresh = open_store(":memory:", self.store.clock)
        self.store.database.close()
        for name in ("database", "lag", "step", "max_age", "session_lasts", "capabilities", "skew"):
            setattr(self.store, name, getattr(fresh, name))
        self.tokens = plant(self.store, more_people)
        self.order("PUT", "faults", [])

    def get(self, person: str | None, path: str, **headers: str) -> httpx.Response:
        """A checked GET; None calls without a token."""
        return self._call("GET", person, path, headers)

    def post(self, person: str, path: str, body: Any, key: str = "") -> httpx.Response:
        """A checked POST with a key of its own, or the one given."""
        return self._call("POST", person, path, {"Idempotency-Key": key or str(uuid.uuid4())}, body)

    def order(self, method: str, path: str, body: Any) -> None:
        """Something from the desk, which must succeed."""
        answer = self.client.request(method, f"{self.url}/-/{path}", json=body, headers=_bearer(self.desk_token))
        assert answer.status_code == 200, answer.text

    def _call(
        self, method: str, person: str | None, path: str, headers: dict[str, str], body: Any = None
    ) -> httpx.Response:
        signed = headers if person is None else headers | _bearer(self.tokens.get(person, person))
        # A call without a body has no content type either; what is not JSON is sent as it stands.
        sent: dict[str, Any] = {"content": body} if isinstance(body, bytes) else {"json": body} if body else {}
        answer = self.client.request(method, self.url + path, headers=signed, **sent)
        operation = operation_at(method, path)
        wrong = problems_of_answer(operation, answer.status_code, answer.headers, answer.content, strict=True)
        assert not wrong, (method, path, answer.text)
        self.seen.add((operation, answer.status_code))
        return answer


def operation_at(method: str, path: str) -> str:
    """The document's operation for a call."""
    plain = path.partition("?")[0].removeprefix("/v1")
    for template, verb, operation in operations():
        if verb == method.lower() and re.fullmatch(re.sub(r"{\w+}", "[^/]+", template), plain):
            return str(operation["operationId"])
    raise LookupError(f"{method} {path}")


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@contextmanager
def trial() -> Iterator[Trial]:
    """A service with the made-up people, at noon of a Monday."""
    time = [NOON]
    store = open_store(":memory:", lambda: time[0])
    desk_token = secrets.token_hex(20)
    tokens = plant(store)
    # Ten seconds are plenty on loopback; proxies of the environment are no business of a test.
    with served(make_service(store, desk_token)) as url, httpx.Client(timeout=10, trust_env=False) as client:
        yield Trial(url, store, tokens, desk_token, client, time)
    store.database.close()
