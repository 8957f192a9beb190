"""Asking for more and setting aside, in the reference service: who may, once each, and what it does to the limit."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from reference_service.trying import Trial, trial

REQUESTS, HOLDS = "/v1/increase-requests", "/v1/holds"
MORE = {"budget_id": "ed-month", "amount": "20000", "reason": "Migration until Friday."}
FRIDAY = "2026-11-27T18:00:00Z"
HELD = {"unit": "money", "currency": "USD", "amount": "400", "agents": 8, "expires_in_seconds": 3600}
HOUR = 3_600_000


@pytest.fixture(scope="module")
def running() -> Iterator[Trial]:
    with trial() as started:
        yield started


@pytest.fixture
def service(running: Trial) -> Trial:
    running.anew()
    return running


def mine(service: Trial, person: str) -> dict[str, Any]:
    answer: dict[str, Any] = service.get(person, "/v1/me/budgets").json()
    return answer


def monthly(service: Trial, person: str = "ed") -> dict[str, Any]:
    (found,) = [one for one in mine(service, person)["budgets"] if one["id"] == f"{person}-month"]
    assert isinstance(found, dict)
    return found


def asked(service: Trial, **more: Any) -> str:
    return str(service.post("ed", REQUESTS, {**MORE, **more}).json()["id"])


def decide(service: Trial, person: str, request: str, **decision: Any) -> Any:
    return service.post(person, f"{REQUESTS}/{request}/decision", decision)


def test_a_request_waits_for_the_persons_manager(service: Trial) -> None:
    made = service.post("ed", REQUESTS, {**MORE, "wanted_until": FRIDAY})
    assert made.status_code == 201
    assert made.json()["status"] == "pending"
    assert mine(service, "ed")["increase_requests"] == [made.json()]
    assert (mine(service, "mia")["to_decide"], mine(service, "olu")["to_decide"]) == (1, 0)
    assert service.get("mia", f"{REQUESTS}?role=approver&status=pending").json()["requests"] == [made.json()]
    assert service.get("olu", f"{REQUESTS}?role=approver").json()["requests"] == []
    assert service.get("mia", REQUESTS).json()["requests"] == []


def test_an_approval_raises_the_limit_until_its_end(service: Trial) -> None:
    request = asked(service, wanted_until=FRIDAY)
    decided = decide(service, "mia", request, decision="approve", amount="15000.5", note="Until Friday.").json()
    assert (decided["status"], decided["approved_amount"], decided["expires_at"]) == ("approved", "15000.5", FRIDAY)
    assert decided["decided_by"] == {"id": "mia", "name": "Mia Ortiz"}
    assert monthly(service)["limit"] == "165000.5"
    assert monthly(service)["temporary_increase"] == {"amount": "15000.5", "expires_at": FRIDAY}
    assert mine(service, "ed")["increase_requests"] == [decided]
    service.time[0] += 5 * 24 * HOUR
    assert monthly(service)["limit"] == "150000"
    assert "temporary_increase" not in monthly(service)


def test_an_approval_for_good_is_no_temporary_increase(service: Trial) -> None:
    decide(service, "mia", asked(service, wanted_until=FRIDAY), decision="approve", expires_at=None)
    assert monthly(service)["limit"] == "170000"
    assert "temporary_increase" not in monthly(service)


def test_a_denial_changes_nothing_and_is_told_for_a_week(service: Trial) -> None:
    denied = decide(service, "mia", asked(service), decision="deny", note="Use the small model first.").json()
    assert denied["status"] == "denied"
    assert monthly(service)["limit"] == "150000"
    service.time[0] += 8 * 24 * HOUR
    assert mine(service, "ed")["increase_requests"] == []
    assert service.get("ed", f"{REQUESTS}?status=denied").json()["requests"] == [denied]


def test_one_request_waits_per_budget_and_person(service: Trial) -> None:
    first = asked(service)
    assert service.post("ed", REQUESTS, {**MORE, "amount": "1"}).status_code == 409
    assert decide(service, "ed", first, decision="cancel").json()["status"] == "cancelled"
    assert service.post("ed", REQUESTS, MORE).status_code == 201


def test_nobody_decides_for_themselves_or_for_others_people(service: Trial) -> None:
    request = asked(service)
    assert decide(service, "ed", request, decision="approve").status_code == 403
    assert decide(service, "mia", request, decision="cancel").status_code == 403
    assert decide(service, "olu", request, decision="approve").status_code == 404
    assert decide(service, "ana", request, decision="deny").status_code == 404
    assert decide(service, "mia", "r-99", decision="deny").status_code == 404


def test_the_first_decision_holds(service: Trial) -> None:
    request = asked(service)
    decide(service, "mia", request, decision="deny")
    assert decide(service, "mia", request, decision="approve").status_code == 409
    assert decide(service, "ed", request, decision="cancel").status_code == 409


def test_a_request_that_nobody_decided_in_time_expires(service: Trial) -> None:
    request = asked(service, wanted_until=FRIDAY)
    service.time[0] += 5 * 24 * HOUR
    assert decide(service, "mia", request, decision="approve").status_code == 409
    assert mine(service, "ed")["increase_requests"][0]["status"] == "expired"
    assert mine(service, "mia")["to_decide"] == 0


@pytest.mark.parametrize("amount", ["0", "-5", "1e3", "", 5, None, "0.0000000001", "9999999999999"])
def test_an_amount_that_is_none_is_refused(service: Trial, amount: Any) -> None:
    assert service.post("ed", REQUESTS, {**MORE, "amount": amount}).status_code == 400


def test_what_cannot_be_asked_is_refused(service: Trial) -> None:
    assert service.post("ed", REQUESTS, {**MORE, "budget_id": "ana-month"}).status_code == 404
    assert service.post("ed", REQUESTS, {**MORE, "wanted_until": "2026-11-20T00:00:00Z"}).status_code == 400
    assert service.post("ed", REQUESTS, {**MORE, "reason": "x" * 501}).status_code == 400
    assert service.post("ed", REQUESTS, b"{").status_code == 400
    assert service.post("ed", REQUESTS, b" " * 70_000).status_code == 400
    assert service.post("ed", REQUESTS, MORE, key="short").status_code == 400
    assert decide(service, "mia", asked(service), decision="maybe").status_code == 400


def test_a_repeated_act_is_done_once(service: Trial) -> None:
    key = str(uuid.uuid4())
    first = service.post("ed", REQUESTS, MORE, key)
    again = service.post("ed", REQUESTS, MORE, key)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert service.post("ed", REQUESTS, {**MORE, "amount": "1"}, key).status_code == 422
    assert service.post("ana", REQUESTS, {**MORE, "budget_id": "ana-month"}, key).status_code == 201
    service.time[0] += 25 * HOUR
    assert service.post("ed", REQUESTS, MORE, key).status_code == 409


def test_a_refused_act_may_be_tried_again_with_its_key(service: Trial) -> None:
    key = str(uuid.uuid4())
    first = asked(service)
    assert service.post("ed", REQUESTS, MORE, key).status_code == 409
    decide(service, "ed", first, decision="cancel")
    assert service.post("ed", REQUESTS, MORE, key).status_code == 201


def test_a_page_of_requests_goes_on_where_the_last_one_ended(service: Trial) -> None:
    made = []
    for _ in range(5):
        made.append(asked(service))
        decide(service, "mia", made[-1], decision="deny")
    first = service.get("mia", f"{REQUESTS}?role=approver&limit=3").json()
    second = service.get("mia", f"{REQUESTS}?role=approver&limit=3&cursor={first['next_cursor']}").json()
    assert [one["id"] for one in first["requests"] + second["requests"]] == made[::-1]
    assert second["next_cursor"] is None
    assert service.get("mia", f"{REQUESTS}?role=boss").status_code == 400


def test_a_hold_lowers_what_is_left_until_it_is_settled(service: Trial) -> None:
    made = service.post("ed", HOLDS, HELD)
    assert made.status_code == 201
    assert made.json()["budget_ids"] == ["ed-month"]
    assert (monthly(service)["held"], monthly(service)["remaining"]) == ("400", "118197.5")
    settled = service.post("ed", f"{HOLDS}/{made.json()['id']}/settle", {"spent": "1310.25"}).json()
    assert (settled["status"], settled["spent"]) == ("settled", "1310.25")
    assert (monthly(service)["held"], monthly(service)["remaining"]) == ("0", "118597.5")


def test_a_lost_hold_ends_by_itself(service: Trial) -> None:
    made = service.post("ed", HOLDS, HELD).json()
    service.time[0] += HOUR
    assert monthly(service)["held"] == "0"
    assert service.post("ed", f"{HOLDS}/{made['id']}/settle", {"spent": "0"}).status_code == 200


def test_more_than_is_left_is_not_held(service: Trial) -> None:
    refused = service.post("ed", HOLDS, {**HELD, "amount": "118597.51"})
    assert refused.status_code == 409
    assert (refused.json()["code"], refused.json()["available"]) == ("over_budget", "118597.5")
    assert monthly(service)["held"] == "0"


def test_what_cannot_be_held_or_settled_is_refused(service: Trial) -> None:
    assert service.post("ed", HOLDS, {**HELD, "currency": "EUR"}).status_code == 400
    assert service.post("jo", HOLDS, HELD).status_code == 400
    made = service.post("ed", HOLDS, HELD).json()
    assert service.post("ana", f"{HOLDS}/{made['id']}/settle", {"spent": "0"}).status_code == 404


def test_a_hold_on_what_is_shared_lowers_it_for_all(service: Trial) -> None:
    service.post("ed", HOLDS, {"unit": "tokens", "amount": "500000000", "expires_in_seconds": 60})
    (tokens,) = [one for one in mine(service, "mia")["budgets"] if one["id"] == "team-tokens"]
    assert (tokens["held"], tokens["remaining"]) == ("0", "6000000000")
