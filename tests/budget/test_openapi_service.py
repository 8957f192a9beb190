"""The reference service says what the document says: to each person their own, to managers their people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from reference_service.document import operations
from reference_service.seeds import PEOPLE
from reference_service.service import CONTRACT
from reference_service.trying import Trial, trial

MINE, TEAM = "/v1/me/budgets", "/v1/team/budgets"


@pytest.fixture(scope="module")
def running() -> Iterator[Trial]:
    with trial() as started:
        yield started


@pytest.fixture
def service(running: Trial) -> Trial:
    running.anew()
    return running


def test_the_service_has_every_route_of_the_document_and_no_other() -> None:
    routes = {(route.path.removeprefix("/v1"), next(iter((route.methods or set()) - {"HEAD"}))) for route in CONTRACT}
    assert routes == {(path, method.upper()) for path, method, _ in operations()}


def budget_of(service: Trial, person: str, budget_id: str) -> dict[str, Any]:
    (found,) = [one for one in service.get(person, MINE).json()["budgets"] if one["id"] == budget_id]
    assert isinstance(found, dict)
    return found


def names(answer: Any) -> list[str]:
    return [person["subject"]["name"] for person in answer.json()["people"]]


def test_discovery_needs_no_token_and_says_what_is_offered(service: Trial) -> None:
    found = service.get(None, "/.well-known/taximeter-budget").json()
    assert found["base_url"] == "/v1"
    assert set(found["capabilities"]) == {"policy", "team", "increase_requests", "holds"}


def test_a_part_that_is_not_offered_is_not_found(service: Trial) -> None:
    service.order("PATCH", "service", {"capabilities": []})
    assert service.get(None, "/.well-known/taximeter-budget").json()["capabilities"] == []
    assert "policy_version" not in service.get("ed", MINE).json()
    bare = service.client.get(service.url + "/v1/policy", headers={"Authorization": f"Bearer {service.tokens['ed']}"})
    assert bare.status_code == 404
    assert bare.json()["code"] == "not_found"


@pytest.mark.parametrize("person", PEOPLE)
def test_everyone_sees_their_own_budgets(service: Trial, person: str) -> None:
    mine = service.get(person, MINE).json()
    assert mine["subject"] == {"id": person, "name": PEOPLE[person][0], "manager": person in {"olu", "mia"}}
    assert (mine["budgets"] == []) == (person == "jo")


@pytest.mark.parametrize("token", [None, "nobody's"])
@pytest.mark.parametrize("path", [MINE, TEAM, "/v1/policy", "/v1/increase-requests"])
def test_without_a_known_token_nothing_is_told(service: Trial, token: str | None, path: str) -> None:
    assert service.get(token, path).status_code == 401


@pytest.mark.parametrize("path", [TEAM, "/v1/increase-requests?role=approver"])
def test_an_employee_sees_no_team(service: Trial, path: str) -> None:
    assert service.get("ed", path).status_code == 403


def test_a_manager_sees_their_own_people_alone_by_name(service: Trial) -> None:
    everybody = service.get("mia", TEAM)
    assert names(everybody) == ["Ana Diaz", "Ben Okoro", "Ed Ito", "Jo Park", "Zoë Krämer", "李伟", "李伟"]
    assert names(service.get("olu", TEAM)) == ["Kim Larsen", "Mia Ortiz"]


def test_a_manager_sees_of_a_person_what_the_person_sees(service: Trial) -> None:
    for row in service.get("mia", TEAM).json()["people"]:
        own = service.get(row["subject"]["id"], MINE).json()
        assert row == {field: own[field] for field in row}


def test_no_order_but_by_name_can_be_asked_for(service: Trial) -> None:
    assert names(service.get("mia", TEAM + "?sort=-spent")) == names(service.get("mia", TEAM))


def test_a_team_comes_in_pages_without_gap_or_repetition(service: Trial) -> None:
    service.anew(more_people=25)
    seen: list[str] = []
    cursor: str | None = ""
    pages = 0
    while cursor is not None:
        page = service.get("mia", f"{TEAM}?limit=10&cursor={quote(cursor)}").json()
        assert page["total"] == 32
        seen += [person["subject"]["id"] for person in page["people"]]
        pages, cursor = pages + 1, page["next_cursor"]
    assert pages == 4
    assert len(seen) == len(set(seen)) == 32


@pytest.mark.parametrize(
    ("query", "found"), [("BEN", ["Ben Okoro"]), ("zoë k", ["Zoë Krämer"]), ("wei2", ["李伟"]), ("%", []), ("mia", [])]
)
def test_a_team_is_searched_by_name_and_id(service: Trial, query: str, found: list[str]) -> None:
    page = service.get("mia", f"{TEAM}?q={quote(query)}")
    assert names(page) == found
    assert page.json()["total"] == len(found)


@pytest.mark.parametrize("query", ["limit=0", "limit=501", "limit=x", "cursor=x", "cursor=WzFd", f"q={'a' * 101}"])
def test_a_page_that_cannot_be_is_refused(service: Trial, query: str) -> None:
    assert service.get("mia", f"{TEAM}?{query}").status_code == 400


@pytest.mark.parametrize("path", [MINE, TEAM, "/v1/policy", "/v1/increase-requests"])
def test_what_did_not_change_is_not_sent_again(service: Trial, path: str) -> None:
    tag = service.get("mia", path).headers["etag"]
    assert service.get("mia", path, **{"If-None-Match": tag}).status_code == 304
    assert service.get("mia", path, **{"If-None-Match": '"older"'}).status_code == 200


def test_a_tag_is_good_for_its_owner_alone(service: Trial) -> None:
    for path in (MINE, TEAM):
        tag = service.get("mia", path).headers["etag"]
        assert service.get("olu", path, **{"If-None-Match": tag}).status_code == 200


def test_spending_is_counted_once_as_of_has_passed_it_and_the_tag_changes(service: Trial) -> None:
    before = service.get("ed", MINE)
    service.order("POST", "spend", {"budget_id": "ed-month", "amount": "0.000000001"})
    tag = {"If-None-Match": before.headers["etag"]}
    assert service.get("ed", MINE, **tag).status_code == 304
    service.time[0] += 60_000
    after = service.get("ed", MINE, **tag)
    assert after.json()["as_of"] > before.json()["as_of"]
    assert budget_of(service, "ed", "ed-month")["spent"] == "31402.500000001"


def test_a_new_period_begins_at_nothing_with_the_same_limit(service: Trial) -> None:
    service.time[0] += 31 * 86_400_000
    budget = budget_of(service, "ana", "ana-month")
    assert (budget["spent"], budget["limit"], budget["status"]) == ("0", "1000", "ok")
    assert budget["period"] == {"start": "2026-12-01T00:00:00Z", "end": "2027-01-01T00:00:00Z"}


@pytest.mark.parametrize(
    ("person", "budget", "expected"),
    [
        ("ana", "ana-month", {"remaining": "-12.4", "status": "exceeded"}),
        ("ben", "ben-month", {"remaining": "0", "status": "suspended", "message": "On leave until the first."}),
        ("wei", "wei-month", {"currency": "CNY", "status": "warning", "soft_limit": "16000"}),
        ("wei2", "wei2-month", {"unit": "requests", "limit": None, "remaining": None, "spent": "212"}),
        ("zoe", "zoe-credits", {"unit": "credits", "remaining": "379.5"}),
        ("zoe", "zoe-day", {"limit": "0", "remaining": "0", "status": "exceeded"}),
        ("ed", "team-tokens", {"kind": "team", "unit": "tokens", "spent": "13500000000"}),
    ],
)
def test_every_state_is_told(service: Trial, person: str, budget: str, expected: dict[str, Any]) -> None:
    found = budget_of(service, person, budget)
    assert {field: found[field] for field in expected} == expected
    assert ("period" in found) == (budget != "zoe-credits")
    assert ("currency" in found) == (found["unit"] == "money")


def test_a_limit_can_be_changed_and_lifted_from_the_desk(service: Trial) -> None:
    service.order("PATCH", "budgets/ana-month", {"limit": None, "enforcement": "warn"})
    budget = budget_of(service, "ana", "ana-month")
    assert (budget["limit"], budget["remaining"], budget["enforcement"]) == (None, None, "warn")


def test_a_new_policy_is_told_by_its_version(service: Trial) -> None:
    service.order("PUT", "policy", {"version": "2", "question": {"mode": "observe"}})
    assert service.get("ed", MINE).json()["policy_version"] == "2"
    assert service.get("ed", "/v1/policy").json()["question"] == {"mode": "observe"}


def test_the_desk_is_closed_to_employees_and_managers(service: Trial) -> None:
    for signed in ({}, {"Authorization": f"Bearer {service.tokens['mia']}"}):
        assert service.client.get(service.url + "/-/calls", headers=signed).status_code == 403


def test_an_unknown_path_and_method_are_problems_too(service: Trial) -> None:
    for method, path, status in (("GET", "/v1/all", 404), ("DELETE", MINE, 405)):
        answer = service.client.request(method, service.url + path)
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
