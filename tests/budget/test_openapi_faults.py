"""The reference service's faults come as ordered, and it remembers what came in without the tokens."""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import pytest
from reference_service.trying import NOON, Trial, trial

MINE = "/v1/me/budgets"


@pytest.fixture(scope="module")
def running() -> Iterator[Trial]:
    with trial() as started:
        yield started


@pytest.fixture
def service(running: Trial) -> Trial:
    running.anew()
    return running


def raw(service: Trial, path: str = MINE) -> httpx.Response:
    """An unchecked call."""
    return service.client.get(service.url + path, headers={"Authorization": f"Bearer {service.tokens['ed']}"})


def order(service: Trial, **fault: Any) -> None:
    service.order("PUT", "faults", [fault])


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 502, 503])
def test_a_status_is_answered_so_many_times(service: Trial, status: int) -> None:
    order(service, status=status, times=2, retry_after="7")
    answers = [raw(service) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [status, status, 200]
    assert answers[0].headers["retry-after"] == "7"
    assert answers[0].json()["status"] == status


@pytest.mark.parametrize("status", [429, 503])
def test_too_much_is_told_as_the_document_says(service: Trial, status: int) -> None:
    order(service, status=status, retry_after="120")
    assert service.get("ed", MINE).headers["retry-after"] == "120"


def test_unchanged_is_answered_to_those_who_never_had_it(service: Trial) -> None:
    order(service, status=304)
    assert (raw(service).status_code, raw(service).status_code) == (304, 200)


def test_a_body_is_cut_in_the_middle(service: Trial) -> None:
    order(service, truncated=True)
    with pytest.raises(httpx.RemoteProtocolError):
        raw(service)
    assert raw(service).status_code == 200


def test_another_type_and_body_come_with_the_true_status(service: Trial) -> None:
    order(service, body="<html>Sign in to the network</html>", content_type="text/html")
    answer = raw(service)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html")
    assert answer.text.startswith("<html>")


def test_an_answer_is_sent_elsewhere(service: Trial) -> None:
    order(service, status=302, headers={"Location": "http://other.example/"})
    assert raw(service).headers["location"] == "http://other.example/"


def test_an_answer_is_late(service: Trial) -> None:
    order(service, delay_seconds=0.3)
    with pytest.raises(httpx.ReadTimeout):
        service.client.get(service.url + MINE, timeout=0.05)


def test_the_clock_is_wrong_in_date_and_figures(service: Trial) -> None:
    service.order("PATCH", "service", {"skew_seconds": 3 * 3600})
    answer = raw(service)
    assert parsedate_to_datetime(answer.headers["date"]).timestamp() * 1000 == NOON + 3 * 3_600_000
    assert answer.json()["as_of"] == "2026-11-23T14:59:50Z"


def test_a_fault_strikes_its_path_alone(service: Trial) -> None:
    order(service, path="/v1/policy", status=500)
    assert raw(service).status_code == 200
    assert raw(service, "/v1/policy").status_code == 500


def test_an_unknown_fault_is_refused(service: Trial) -> None:
    signed = {"Authorization": f"Bearer {service.desk_token}"}
    answer = service.client.put(service.url + "/-/faults", json=[{"mood": "bad"}], headers=signed)
    assert (answer.status_code, "mood" in answer.text) == (400, True)


def test_what_came_in_is_remembered_without_the_token(service: Trial) -> None:
    raw(service, MINE + "?x=1")
    signed = {"Authorization": f"Bearer {service.desk_token}"}
    answer = service.client.get(service.url + "/-/calls", headers=signed)
    last = answer.json()[-1]
    assert (last["method"], last["path"], last["query"]) == ("GET", MINE, "x=1")
    assert last["headers"]["authorization"] == "Bearer"
    assert service.tokens["ed"] not in answer.text
