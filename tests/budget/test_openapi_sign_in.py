"""The reference service signs devices in as RFC 8628 says, and the tokens it gives end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from reference_service.signing_in import DEVICE
from reference_service.trying import Trial, trial

MINE = "/v1/me/budgets"


@pytest.fixture(scope="module")
def running() -> Iterator[Trial]:
    with trial() as started:
        yield started


@pytest.fixture
def service(running: Trial) -> Trial:
    running.anew()
    return running


def endpoint(service: Trial, name: str) -> str:
    ways = service.get(None, "/.well-known/taximeter-budget").json()["auth"]
    (device,) = [way for way in ways if way["type"] == "device"]
    return str(device[name])


def begun(service: Trial) -> dict[str, Any]:
    where = endpoint(service, "device_authorization_endpoint")
    answer: dict[str, Any] = service.client.post(where, data={"client_id": "taximeter"}).json()
    return answer


def asked(service: Trial, **form: str) -> dict[str, Any]:
    answer = service.client.post(endpoint(service, "token_endpoint"), data={"client_id": "taximeter", **form})
    assert answer.status_code == (400 if "error" in answer.json() else 200)
    body: dict[str, Any] = answer.json()
    return body


def polled(service: Trial, code: str, after: int = 5) -> dict[str, Any]:
    service.time[0] += after * 1000
    return asked(service, grant_type=DEVICE, device_code=code)


def signed_in(service: Trial, person: str = "ed") -> dict[str, Any]:
    device = begun(service)
    service.order("POST", f"devices/{device['user_code']}", {"person": person})
    return polled(service, device["device_code"])


def test_a_device_waits_until_its_owner_allows_it_once(service: Trial) -> None:
    device = begun(service)
    assert (device["expires_in"], device["interval"]) == (600, 5)
    assert polled(service, device["device_code"])["error"] == "authorization_pending"
    service.order("POST", f"devices/{device['user_code']}", {"person": "ed"})
    given = polled(service, device["device_code"])
    assert (given["token_type"], given["expires_in"]) == ("Bearer", 3600)
    assert service.get(given["access_token"], MINE).json()["subject"]["id"] == "ed"
    assert polled(service, device["device_code"])["error"] == "invalid_grant"


def test_who_asks_too_soon_is_slowed_down(service: Trial) -> None:
    device = begun(service)
    polled(service, device["device_code"])
    assert polled(service, device["device_code"], after=4)["error"] == "slow_down"
    assert polled(service, device["device_code"], after=9)["error"] == "slow_down"
    assert polled(service, device["device_code"], after=15)["error"] == "authorization_pending"


def test_a_denied_or_forgotten_device_gets_nothing(service: Trial) -> None:
    device = begun(service)
    service.order("POST", f"devices/{device['user_code']}", {"person": "ed", "allow": False})
    assert polled(service, device["device_code"])["error"] == "access_denied"
    assert polled(service, begun(service)["device_code"], after=600)["error"] == "expired_token"


def test_a_token_ends_and_is_renewed_once(service: Trial) -> None:
    given = signed_in(service)
    service.time[0] += 3_600_000
    assert service.get(given["access_token"], MINE).status_code == 401
    renewed = asked(service, grant_type="refresh_token", refresh_token=given["refresh_token"])
    assert service.get(renewed["access_token"], MINE).status_code == 200
    again = asked(service, grant_type="refresh_token", refresh_token=given["refresh_token"])
    assert again["error"] == "invalid_grant"


def test_a_person_allows_their_device_on_the_page(service: Trial) -> None:
    device = begun(service)
    assert device["user_code"] in service.client.get(device["verification_uri_complete"]).text
    form = {"user_code": device["user_code"], "token": "nobody's", "verb": "allow"}
    assert service.client.post(device["verification_uri"], data=form).status_code == 400
    form["token"] = service.tokens["ana"]
    assert service.client.post(device["verification_uri"], data=form).status_code == 200
    given = polled(service, device["device_code"])
    assert service.get(given["access_token"], MINE).json()["subject"]["id"] == "ana"


def test_the_page_shows_nothing_of_the_address_but_a_code(service: Trial) -> None:
    shown = service.client.get(service.url + "/oauth/verify?user_code=%22%3E%3Cscript%3Ealert").text
    assert "<script" not in shown


def test_an_unknown_client_or_way_is_refused(service: Trial) -> None:
    for name in ("device_authorization_endpoint", "token_endpoint"):
        assert service.client.post(endpoint(service, name), data={"client_id": "x"}).status_code == 401
    assert asked(service, grant_type="password")["error"] == "unsupported_grant_type"
