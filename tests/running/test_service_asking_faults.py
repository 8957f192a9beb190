"""Asking for more while the service fails: a clear word, nothing sent twice, and the figures stay as they are."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from budget import faults
from budget.faults import Heard, Script, drips, floods, says, serving
from budget.polled import DOCUMENT, FOUND, SEVERAL
from running_app import MINUTE, TOKEN, Meter, running

from taximeter.domain.increase import RequestStatus, Wish
from taximeter.host.trouble import Trouble

JSON = "application/json"
WHO = "127.0.0.1 "
BUDGET = SEVERAL["budgets"][0]["id"]
WISH = Wish(f"service:{BUDGET}", 50 * 10**9, "For the migration", key="a-key-of-this-wish-alone")
DONE = DOCUMENT["paths"]["/increase-requests"]["post"]["responses"]["201"]["content"][JSON]


def made() -> bytes:
    """The document's own example of a request that was taken."""
    told: Any = DONE.get("example") or next(iter(DONE["examples"].values()))["value"]
    return json.dumps(told).encode()


def problem(status: int, title: str) -> Script:
    body = json.dumps({"title": title, "detail": "Ask Mia.", "status": status, "code": "x"}).encode()
    return says(status, body, "application/problem+json")


FAULTS: dict[str, tuple[Script, str]] = {
    "time-out": (faults.waits, WHO + "did not answer in time"),
    "reset connection": (faults.resets, WHO + "ended the connection before it had answered"),
    "500": (says(500), WHO + "has trouble of its own"),
    "503": (says(503, b"", JSON, "Retry-After: 120"), WHO + "has trouble of its own"),
    "429 with 0": (says(429, b"", JSON, "Retry-After: 0"), WHO + "was asked too often"),
    "401": (says(401), WHO + "does not accept the token"),
    "403": (says(403), WHO + "does not allow that"),
    "404": (says(404), WHO + "does not know it"),
    "409 with words": (problem(409, "One request waits already."), "One request waits already"),
    "a web page with 200": (says(200, b"<!doctype html>", "text/html"), "A web page came instead of 127.0.0.1"),
    "truncated gzip": (says(201, b"\x1f\x8b\x08", JSON, "Content-Encoding: gzip"), "The answer of 127.0.0.1"),
    "wrong content type": (says(201, b"{}", "text/plain"), WHO + "answered with something that is not JSON"),
    "missing fields": (says(201, b"{}"), ""),
    "200 MB": (floods(200), "The answer of 127.0.0.1 is too large"),
    "slow drip": (drips(faults.GOOD), WHO + "did not answer in time"),
}


@dataclass(slots=True)
class Service:
    """Answers polls well, and requests for more as it is told."""

    does: Script
    heard: Heard = field(default_factory=lambda: Heard(0))

    def __call__(self, wire: socket.socket) -> None:
        line = self.heard.requests[-1].partition("\r\n")[0]
        if line.startswith("POST"):
            self.does(wire)
        else:
            told = FOUND if "/.well-known/" in line else SEVERAL
            says(200, json.dumps(told).encode())(wire)

    @property
    def posts(self) -> list[str]:
        return [one for one in self.heard.requests if one.startswith("POST")]


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service(says(500))
    with serving(made) as made.heard:
        yield made


@pytest.fixture
def meter(tmp_path: Path, service: Service, monkeypatch: pytest.MonkeyPatch) -> Iterator[Meter]:
    setting = f'kind = "taximeter"\norigin = "http://127.0.0.1:{service.heard.port}"\neverything = true'
    with running(tmp_path, setting, monkeypatch) as made:
        made.asked()
        yield made


def keys(service: Service) -> set[str]:
    return {key for one in service.posts for key in re.findall(r"(?i)^idempotency-key: (.*)\r$", one, re.MULTILINE)}


@pytest.mark.parametrize("name", FAULTS)
def test_a_request_that_is_not_taken_is_said_once_and_may_be_sent_again(
    name: str, meter: Meter, service: Service
) -> None:
    before = [one.quota for one in meter.desk.snapshot().outlooks]
    service.does, title = FAULTS[name]
    with pytest.raises(Trouble) as found:
        meter.desk.company.ask(WISH)
    assert found.value.title.startswith(title)
    assert found.value.detail
    assert len(service.posts) == 1, "sent twice by itself"
    assert TOKEN not in f"{found.value.title} {found.value.detail}"
    assert [one.quota for one in meter.desk.snapshot().outlooks] == before
    service.does = says(201, made())
    meter.later(MINUTE)
    assert meter.desk.company.ask(WISH).status is RequestStatus.PENDING
    assert len(service.posts) == 2
    assert keys(service) == {WISH.key}, "the service could not know that it is the same request"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_request_is_not_sent_on_to_another_address(meter: Meter, service: Service, status: int) -> None:
    with serving(says(201, made())) as other:
        for host in ("localhost", "127.0.0.1"):
            service.does = says(status, b"", JSON, f"Location: http://{host}:{other.port}/v1/increase-requests")
            with pytest.raises(Trouble, match="another address"):
                meter.desk.company.ask(WISH)
    service.does = says(status, b"", JSON, "Location: /v1/increase-requests/")
    with pytest.raises(Trouble, match="another address"):
        meter.desk.company.ask(WISH)
    assert other.requests == []
    assert len(service.posts) == 3
