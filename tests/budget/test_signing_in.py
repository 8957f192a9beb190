"""The whole device flow against the reference service, and what answers at an address before anybody signs in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from budget.faults import reply, says, serving, waits
from budget.signing import coded, decided, signed_in, way_of
from reference_service.service import make_service
from reference_service.serving import served
from reference_service.trying import Trial, trial

from taximeter.budget import client
from taximeter.budget.device_flow import End, Ended, Pending, Tokens
from taximeter.budget.signing_in import Probed, ask, begin, probe

HTML = b"<!doctype html><title>Welcome</title>"


@pytest.fixture(scope="module")
def running() -> Iterator[Trial]:
    with trial() as started:
        yield started


@pytest.fixture
def service(running: Trial) -> Trial:
    running.anew()
    return running


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "STEP_TIMEOUT", 0.5)


def again(service: Trial, pending: Pending) -> Pending | Tokens | Ended:
    service.time[0] = max(service.time[0], pending.ask_at)
    return ask(way_of(service), None, pending, lambda: service.time[0])


def test_a_person_allows_it_and_their_figures_are_read_with_the_token(service: Trial) -> None:
    pending = coded(service, way_of(service))
    waiting = again(service, pending)
    assert isinstance(waiting, Pending)
    assert (waiting.slow, waiting.trouble) == (False, "")
    decided(service, pending, "ana")
    tokens = again(service, waiting)
    assert isinstance(tokens, Tokens)
    assert tokens.expires_at == service.time[0] + 3_600_000
    assert service.get(tokens.access, "/v1/me/budgets").json()["subject"]["id"] == "ana"


def test_a_person_refuses(service: Trial) -> None:
    pending = coded(service, way_of(service))
    decided(service, pending, allow=False)
    found = again(service, pending)
    assert isinstance(found, Ended)
    assert found.end is End.DENIED


def test_who_is_told_to_slow_down_does_and_is_let_in(service: Trial) -> None:
    way, pending = way_of(service), coded(service, way_of(service))
    now = service.time[0]
    first = ask(way, None, pending, lambda: now)
    assert isinstance(first, Pending)
    told_off = ask(way, None, first, lambda: now)
    assert isinstance(told_off, Pending)
    assert (told_off.interval, told_off.slow) == (10_000, True)
    decided(service, pending)
    assert isinstance(again(service, told_off), Tokens)


def test_a_code_runs_out(service: Trial) -> None:
    pending = coded(service, way_of(service))
    service.time[0] = pending.expires_at
    late = replace(pending, expires_at=pending.expires_at + 1)
    for one in (pending, late):  # by this computer's clock, and by the provider's
        found = ask(way_of(service), None, one, lambda: service.time[0])
        assert isinstance(found, Ended)
        assert found.end is End.EXPIRED


def test_a_provider_that_is_slow_to_answer_is_asked_less_often(service: Trial) -> None:
    with serving(waits) as heard:
        way = replace(way_of(service), token_endpoint=f"http://127.0.0.1:{heard.port}/token")
        found = ask(way, None, coded(service, way), lambda: service.time[0])
    assert isinstance(found, Pending)
    assert found.interval == 10_000
    assert "did not answer in time" in found.trouble


def test_the_identity_provider_may_lie_elsewhere_and_gets_no_token_of_the_service(service: Trial) -> None:
    with served(make_service(service.store, "desk")) as elsewhere:
        discovery = service.get(None, "/.well-known/taximeter-budget").json()
        discovery["auth"][0] |= {"device_authorization_endpoint": f"{elsewhere}/oauth/device_authorization",
                                 "token_endpoint": f"{elsewhere}/oauth/token"}  # fmt: skip
        order = {"path": "/.well-known", "times": 1, "status": 200, "body": json.dumps(discovery)}
        service.order("PUT", "faults", [order | {"content_type": "application/json"}])
        way = way_of(service)
        assert way.token_endpoint.startswith(elsewhere)
        session = signed_in(service, way=way)
    assert session.token_endpoint == f"{elsewhere}/oauth/token"
    assert service.get(session.tokens.access, "/v1/me/budgets").status_code == 200


@pytest.mark.parametrize("status", [302, 307, 308])
def test_a_provider_that_sends_elsewhere_is_not_followed(service: Trial, status: int) -> None:
    with serving(says()) as other, serving(says(status, b"", "", f"Location: http://localhost:{other.port}/")) as heard:
        way = replace(way_of(service), device_endpoint=f"http://127.0.0.1:{heard.port}/device")
        found = begin(way, None, lambda: 0)
    assert isinstance(found, Ended)
    assert "sends to another address" in found.sentence
    assert other.requests == []


def test_no_call_before_the_sign_in_says_who_asks(service: Trial) -> None:
    with serving(says(404, b"{}")) as heard:
        probe(f"http://127.0.0.1:{heard.port}", None, lambda: 0)
    assert [one.split()[1] for one in heard.requests] == ["/.well-known/taximeter-budget", "/health/readiness"]
    assert "authorization" not in heard.all.lower()


def test_a_service_of_the_contract_is_known_also_where_a_path_was_typed(service: Trial) -> None:
    for typed in (service.url, f"{service.url}/v1"):
        found = probe(typed, None, lambda: service.time[0])
        assert (found.kind, found.origin) == ("taximeter", service.url)
        assert found.discovery is not None
        assert found.discovery.name == "Reference budget service"


def test_a_gateway_is_known_by_how_it_answers() -> None:
    ready = b'{"status":"healthy","db":"connected"}'

    def script(wire: object) -> None:
        here = "/health/readiness" in heard.requests[-1]
        wire.sendall(reply(200, ready) if here else reply(404, b'{"detail":"Not Found"}'))  # type: ignore[attr-defined]

    with serving(script) as heard:
        origin = f"http://127.0.0.1:{heard.port}/gateway"
        assert probe(origin, None, lambda: 0) == Probed("litellm", origin)


def test_what_is_neither_is_left_to_the_person() -> None:
    for script in (says(200, HTML, "text/html"), says(404), says(200, b'{"status": "fine"}'), says(401)):
        with serving(script) as heard:
            found = probe(f"http://127.0.0.1:{heard.port}", None, lambda: 0)
        assert (found.kind, found.discovery) == ("", None)


def test_what_is_not_there_is_said() -> None:
    with serving(waits) as heard:
        found = probe(f"http://127.0.0.1:{heard.port}", None, lambda: 0)
    assert (found.kind, found.sentence) == ("", "127.0.0.1 did not answer in time")
    assert len(heard.requests) == 1
