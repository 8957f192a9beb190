"""What went wrong on the way to a service: a library's exception or a status as one of our faults, and a sentence."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

from taximeter.budget.contract import Fault

_OF_STATUS = {
    401: Fault.UNAUTHENTICATED,
    403: Fault.FORBIDDEN,
    404: Fault.NOT_FOUND,
    407: Fault.PROXY,
    410: Fault.NOT_FOUND,
    429: Fault.RATE_LIMITED,
    511: Fault.SIGN_IN_PAGE,
}
_SENTENCES = {
    Fault.TIMED_OUT: "{host} did not answer in time",
    Fault.REFUSED: "{host} does not accept connections",
    Fault.UNKNOWN_HOST: "{host} cannot be found: there is no network, or its name is wrong",
    Fault.RESET: "{host} ended the connection before it had answered",
    Fault.TLS: "{host} could not prove who it is, so nothing was sent to it",
    Fault.PROXY: "The proxy on the way to {host} did not let the call through",
    Fault.REDIRECTED: "{host} sends to another address, which is not followed",
    Fault.SIGN_IN_PAGE: "A web page came instead of {host}: this network may want you to sign in first",
    Fault.WRONG_TYPE: "{host} answered with something that is not JSON",
    Fault.BAD_BODY: "The answer of {host} cannot be read",
    Fault.TOO_LARGE: "The answer of {host} is too large to be a budget's",
    Fault.UNAUTHENTICATED: "{host} does not accept the token: sign in again",
    Fault.BLOCKED: "{host} has blocked the token",
    Fault.FORBIDDEN: "{host} does not allow this token to read the budget",
    Fault.NOT_FOUND: "{host} has no such address: check the service's kind and origin",
    Fault.RATE_LIMITED: "{host} was asked too often",
    Fault.UNAVAILABLE: "{host} has trouble of its own",
    Fault.REJECTED: "{host} did not accept the call",
    Fault.NOT_OFFERED: "{host} does not offer that",
    Fault.UNREADABLE: "The answer of {host} holds nothing that can be used",
}


def sentence_of(fault: Fault, host: str) -> str:
    """A fault for people, without a full stop."""
    return _SENTENCES[fault].format(host=host)


def of_status(status: int) -> Fault:
    """A status that is neither 200 nor 304 nor a redirect."""
    return _OF_STATUS.get(status, Fault.UNAVAILABLE if status >= 500 else Fault.REJECTED)


def fault_of(error: BaseException) -> Fault:
    """An exception of the connection, told by what lies beneath it."""
    import httpx

    for cause in _causes(error):
        if isinstance(cause, httpx.ProxyError):
            return Fault.PROXY
        if isinstance(cause, ssl.SSLError):
            return Fault.TLS
        if isinstance(cause, ConnectionRefusedError):
            return Fault.REFUSED
        if isinstance(cause, socket.gaierror):
            return Fault.UNKNOWN_HOST
        if isinstance(cause, TimeoutError | httpx.TimeoutException):
            return Fault.TIMED_OUT
    return Fault.REFUSED if isinstance(error, httpx.ConnectError) else Fault.RESET


def certificate_trouble(error: BaseException) -> str:
    """What is wrong with a certificate, in OpenSSL's words; empty where it is not told."""
    found = (cause.verify_message for cause in _causes(error) if isinstance(cause, ssl.SSLCertVerificationError))
    return next(found, "")


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        yield at
        at = at.__cause__ or at.__context__
