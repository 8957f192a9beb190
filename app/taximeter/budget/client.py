"""The one way to a budget service over HTTP: a short visit of a few calls with one deadline for all.

Only the configured origin ever gets the token: a redirect to another host or scheme is not
followed, plain HTTP goes to loopback alone and past no proxy. Certificates are checked against the
system's store and a company's own. What comes back is bounded in size, unpacked, and in time, also
where it drips; every way to fail becomes a ``Failure`` with a sentence.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taximeter.budget import moments
from taximeter.budget.body import LARGEST, BodyTooLarge, BrokenBody, unpacked
from taximeter.budget.contract import Answer, Call, Failure, Fault, Outcome
from taximeter.budget.faults import certificate_trouble, fault_of, of_status, sentence_of
from taximeter.host.secrets import is_token
from taximeter.host.service_settings import host_of, is_loopback, origin_of

if TYPE_CHECKING:
    import httpx

DEADLINE = 20.0
"""Seconds for a whole visit."""
STEP_TIMEOUT = 10.0
"""Seconds for a connection, and for a silence."""
MOST_REDIRECTS = 3
SHORTEST_VISIT = 0.05


@dataclass(frozen=True, slots=True)
class Address:
    """Where the service is and how it is trusted."""

    origin: str
    """Scheme, host, port and the path before all calls; see ``host.service_settings.parse_origin``."""
    ca_file: Path | None = None
    """Certificates of a company's own authority, trusted beside the system's."""


Ask = Callable[[Call], Outcome]


@dataclass(slots=True)
class _Visit:
    """The calls of one poll; ``hang_up`` ends what still runs, from another thread."""

    address: Address
    token: str | None
    client: httpx.Client
    clock: Callable[[], int]
    ends_at: float
    """By the monotonic clock, seconds."""
    wires: list[socket.socket]
    late: threading.Event

    @property
    def host(self) -> str:
        """The service's host, for people."""
        return host_of(self.address.origin)

    def ask(self, call: Call) -> Outcome:
        """Makes one call, following redirects within the origin."""
        url = self.address.origin + call.path
        for _ in range(MOST_REDIRECTS + 1):
            outcome = self._once(call, url)
            if not isinstance(outcome, str):
                return outcome
            url = outcome
        return _failure(call, Fault.REDIRECTED, self.host)

    def hang_up(self) -> None:
        """Shuts the connections down: a wait for more bytes ends at once, however slowly they drip."""
        self.late.set()
        for wire in tuple(self.wires):
            with suppress(OSError):
                wire.shutdown(socket.SHUT_RDWR)

    def _once(self, call: Call, url: str) -> Outcome | str:
        import httpx

        left = self.ends_at - time.monotonic()
        if self.late.is_set() or left < SHORTEST_VISIT:
            return _failure(call, Fault.TIMED_OUT, self.host)
        timeout = httpx.Timeout(min(STEP_TIMEOUT, left))
        try:
            with self.client.stream(
                "POST" if call.body else "GET",
                url,
                headers=_headers(call, self.token),
                content=call.body or None,
                timeout=timeout,
                extensions={"trace": self._trace},
            ) as response:
                return self._taken(call, url, response)
        except BodyTooLarge:
            return _failure(call, Fault.TOO_LARGE, self.host)
        except BrokenBody:
            return _failure(call, Fault.BAD_BODY, self.host)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            fault = Fault.TIMED_OUT if self.late.is_set() else fault_of(error)
            return _failure(call, fault, self.host, certificate_trouble(error))

    def _trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Keeps a second handle on each connection: TLS takes the first one over and closes it."""
        if not event.endswith("connect_tcp.complete"):
            return
        wire = info["return_value"].get_extra_info("socket")
        self.wires.append(wire.dup())
        if self.late.is_set():
            self.hang_up()

    def _taken(self, call: Call, url: str, response: httpx.Response) -> Outcome | str:
        headers = dict(response.headers)
        status, received_at = response.status_code, self.clock()
        if status in {301, 302, 303, 307, 308}:
            # What was to be done is not sent on: where it was not meant to go, or twice.
            sent_on = "" if call.body else headers.get("location", "")
            return self._followed(call, url, sent_on)
        if status == 304 and call.etag:
            return Answer(call, status, headers, b"", received_at)
        if status != 200 and not (status == 201 and call.body):
            body = b""
            with suppress(BodyTooLarge, BrokenBody):
                body = _body(response, headers)
            fault = of_status(status)
            wait = moments.retry_after(headers, received_at)
            return Failure(fault, sentence_of(fault, self.host), status, wait, call, body, headers, received_at)
        if wrong := _wrong_type(call, headers.get("content-type", "")):
            return _failure(call, wrong, self.host)
        return Answer(call, status, headers, _body(response, headers), received_at)

    def _followed(self, call: Call, url: str, location: str) -> Outcome | str:
        from urllib.parse import urljoin

        with suppress(ValueError):
            target = urljoin(url, location)
            if location and origin_of(target) == origin_of(url):
                return target
        return _failure(call, Fault.REDIRECTED, self.host)


class Ending:
    """Ends visits from another thread, when the app ends: those under way at once, and later ones before they begin."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._under_way: list[_Visit] = []
        self.is_now = False
        """Whether it has come; what a call gives from then on says nothing of the service."""

    def come(self) -> None:
        """Hangs up everywhere."""
        with self._lock:
            self.is_now = True
            for one in self._under_way:
                one.hang_up()

    @contextmanager
    def of(self, visiting: _Visit) -> Iterator[None]:
        """While a visit lasts."""
        with self._lock:
            self._under_way.append(visiting)
            if self.is_now:
                visiting.hang_up()
        try:
            yield
        finally:
            with self._lock:
                self._under_way.remove(visiting)


@contextmanager
def visit(
    address: Address, token: str | None, clock: Callable[[], int], deadline: float = DEADLINE,
    ending: Ending | None = None,
) -> Iterator[Ask]:  # fmt: skip
    """Opens the way to a service for the calls of one poll, all within ``deadline`` seconds, or until ``ending``.

    Without a token (None) the calls say nothing of who asks, as before and while signing in.
    ``clock`` gives ms UTC. What the context gives makes one call and never raises for what the
    network or the service does. Looking up a host's name cannot be cut short.
    """
    found = _client(address, token)
    if isinstance(found, Failure):
        yield lambda call: replace(found, call=call)
        return
    visiting = _Visit(address, token, found, clock, time.monotonic() + deadline, [], threading.Event())
    alarm = threading.Timer(deadline, visiting.hang_up)
    alarm.daemon = True
    alarm.start()
    try:
        with (ending or Ending()).of(visiting):
            yield visiting.ask
    finally:
        alarm.cancel()
        alarm.join()
        found.close()
        for wire in visiting.wires:
            wire.close()


def _client(address: Address, token: str | None) -> httpx.Client | Failure:
    import ssl

    import httpx
    import truststore

    host = host_of(address.origin)
    place = origin_of(address.origin)
    if place is None or (place[0] == "http" and not is_loopback(place[1])):
        return Failure(Fault.TLS, f"{host} is asked over HTTPS alone: the token would be readable on the way")
    if token is not None and not is_token(token):
        return Failure(Fault.UNAUTHENTICATED, "The token has characters that no token has: sign in again")
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        if address.ca_file is not None:
            context.load_verify_locations(cafile=address.ca_file)
    except (OSError, ssl.SSLError):
        return Failure(Fault.TLS, f"The company's certificates in {address.ca_file} cannot be read")
    # Plain HTTP goes to loopback, so that a proxy of the environment must not see it.
    try:
        return httpx.Client(
            verify=context,
            trust_env=place[0] == "https",
            follow_redirects=False,
            headers={"Accept-Encoding": "gzip", "User-Agent": "taximeter"},
        )
    except (ImportError, ValueError, httpx.InvalidURL):
        return Failure(Fault.PROXY, "The proxy that the environment names cannot be used: it has to be an HTTP proxy")


def _headers(call: Call, token: str | None) -> dict[str, str]:
    headers = {"Accept": ", ".join(filter(None, call.accepts))}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    if call.etag:
        headers["If-None-Match"] = call.etag
    if call.body:
        headers["Content-Type"] = call.body_type
    if call.key:
        headers["Idempotency-Key"] = call.key
    return headers


def _body(response: httpx.Response, headers: Mapping[str, str]) -> bytes:
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length[:20]) > LARGEST:
        raise BodyTooLarge
    return unpacked(response.iter_raw(), headers.get("content-encoding", ""))


def _wrong_type(call: Call, content_type: str) -> Fault | None:
    told = content_type.partition(";")[0].strip().lower()
    if told in call.accepts:
        return None
    return Fault.SIGN_IN_PAGE if told in {"text/html", "application/xhtml+xml"} else Fault.WRONG_TYPE


def _failure(call: Call, fault: Fault, host: str, why: str = "") -> Failure:
    sentence = sentence_of(fault, host)
    return Failure(fault, f"{sentence} ({why})" if why else sentence, call=call)
