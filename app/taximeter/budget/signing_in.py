"""Before there is a token: what answers at an address, and the steps of a sign-in. No call here says who asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from taximeter.budget.client import Address, visit
from taximeter.budget.contract import Call, Failure, Fault, Outcome, Source
from taximeter.budget.device_flow import EXPIRED, Ended, Pending, Tokens, ask_call, asked, begin_call, begun
from taximeter.budget.discovery import DEVICE, PATH, Discovery, SignIn, read_discovery
from taximeter.budget.fields import BadJson, read_object
from taximeter.host.service_settings import split_address

READINESS = "/health/readiness"
"""What LiteLLM answers to everybody."""
_OF_LITELLM = frozenset({"db", "litellm_version"})
_ANSWERED = frozenset({
    Fault.UNAUTHENTICATED, Fault.FORBIDDEN, Fault.NOT_FOUND, Fault.REJECTED, Fault.WRONG_TYPE, Fault.BAD_BODY,
    Fault.SIGN_IN_PAGE, Fault.REDIRECTED, Fault.UNREADABLE, Fault.TOO_LARGE,
})  # fmt: skip
"""Something is there, and it is no service of the neutral contract."""

Clock = Callable[[], int]


@dataclass(frozen=True, slots=True)
class Probed:
    """What answers at an address."""

    kind: str
    """Of the settings; empty where it is not clear."""
    origin: str
    discovery: Discovery | None = None
    sentence: str = ""
    """Why it is not clear, for people, without a full stop."""


def probe(origin: str, ca_file: Path | None, now: Clock) -> Probed:
    """Asks an address what it is: two calls at most, without a token. ``origin`` is one of ``parse_origin``."""
    root, _ = split_address(origin)
    found = find(root, ca_file, now)
    if isinstance(found, Discovery):
        return Probed("taximeter", root, found)
    if found.fault not in _ANSWERED:
        return Probed("", origin, None, found.sentence)
    with visit(Address(origin, ca_file), None, now) as ask:
        ready = ask(Call("readiness", READINESS))
    if _is_litellm(ready):
        return Probed("litellm", origin)
    return Probed("", origin, None, found.sentence if found.fault is Fault.UNREADABLE else "")


def find(origin: str, ca_file: Path | None, now: Clock) -> Discovery | Failure:
    """The discovery document of a service, or why there is none."""
    with visit(Address(origin, ca_file), None, now) as ask:
        return read_discovery(ask(Call("discovery", PATH)), Source(origin))


def device_way(discovery: Discovery) -> SignIn | None:
    """The device flow, where the service offers it."""
    return next((way for way in discovery.sign_in if way.kind == DEVICE), None)


def begin(way: SignIn, ca_file: Path | None, now: Clock) -> Pending | Ended:
    """Asks for a code."""
    return begun(_sent(way.device_endpoint, ca_file, now, begin_call(way)), now())


def ask(way: SignIn, ca_file: Path | None, pending: Pending, now: Clock) -> Pending | Tokens | Ended:
    """Asks once whether the person has decided; a code that has run out is not asked about."""
    if now() >= pending.expires_at:
        return EXPIRED
    return asked(pending, _sent(way.token_endpoint, ca_file, now, ask_call(way, pending)), now())


def _sent(endpoint: str, ca_file: Path | None, now: Clock, call: Call) -> Outcome:
    origin, _ = split_address(endpoint)
    with visit(Address(origin, ca_file), None, now) as ask_once:
        return ask_once(call)


def _is_litellm(outcome: Outcome) -> bool:
    if isinstance(outcome, Failure):
        return False
    try:
        return not _OF_LITELLM.isdisjoint(read_object(outcome.body))
    except BadJson:
        return False
