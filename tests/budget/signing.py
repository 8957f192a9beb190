"""Signing in to the reference service as the app does, with the desk deciding for the person."""

from __future__ import annotations

from reference_service.trying import Trial

from taximeter.budget.device_flow import Pending, Tokens
from taximeter.budget.discovery import Discovery, SignIn
from taximeter.budget.sign_in_entry import Session
from taximeter.budget.signing_in import ask, begin, device_way, find


def way_of(service: Trial) -> SignIn:
    """The device flow that the service names."""
    found = find(service.url, None, lambda: service.time[0])
    assert isinstance(found, Discovery)
    way = device_way(found)
    assert way is not None
    return way


def coded(service: Trial, way: SignIn) -> Pending:
    """A code, just given."""
    pending = begin(way, None, lambda: service.time[0])
    assert isinstance(pending, Pending)
    return pending


def decided(service: Trial, pending: Pending, person: str = "ed", *, allow: bool = True) -> None:
    """What the person does on the provider's page."""
    service.order("POST", f"devices/{pending.user_code}", {"person": person, "allow": allow})


def signed_in(service: Trial, person: str = "ed", way: SignIn | None = None) -> Session:
    """The whole way."""
    way = way or way_of(service)
    pending = coded(service, way)
    decided(service, pending, person)
    service.time[0] = pending.ask_at
    tokens = ask(way, None, pending, lambda: service.time[0])
    assert isinstance(tokens, Tokens)
    return Session(tokens, way.token_endpoint, way.client_id)
