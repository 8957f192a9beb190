"""The adapter, the client and the reference service agree on every figure over real HTTP, through faults as well."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from reference_service.seeds import PEOPLE
from reference_service.trying import NOON, Trial, trial

from taximeter.budget.client import Address, visit
from taximeter.budget.contract import Failure, Fault, Reading, Source
from taximeter.budget.latest import Known, after, poll
from taximeter.budget.neutral import SERVICE
from taximeter.domain.quota import IN_PARTS, Quota

MINE = "/v1/me/budgets"


@pytest.fixture(scope="module")
def running() -> Iterator[Trial]:
    with trial() as started:
        yield started


@pytest.fixture
def service(running: Trial) -> Trial:
    running.anew()
    return running


def asked(service: Trial, person: str, known: Known = Known()) -> Reading | Failure:
    """One poll of a person's, at the moment at which the service's clock stands."""
    token = service.tokens.get(person, person)
    with visit(Address(service.url), token, lambda: service.time[0], 10) as ask:
        return poll(SERVICE, ask, known.memory, Source(service.url), service.time[0])


def read(service: Trial, person: str, known: Known = Known()) -> Reading:
    found = asked(service, person, known)
    assert isinstance(found, Reading), found
    return found


def told(quota: Quota, amount: int | None) -> Decimal | None:
    return None if amount is None else Decimal(amount).scaleb(-9 if quota.unit in IN_PARTS else 0)


@pytest.mark.parametrize("person", PEOPLE)
def test_every_figure_is_what_the_service_says(service: Trial, person: str) -> None:
    mine: dict[str, Any] = service.get(person, MINE).json()
    found = read(service, person)
    assert (found.odd, found.unread) == ((), ())
    assert (found.who, found.leads) == (mine["subject"]["name"], mine["subject"]["manager"])
    assert [quota.id for quota in found.quotas] == [f"service:{budget['id']}" for budget in mine["budgets"]]
    for quota, budget in zip(found.quotas, mine["budgets"], strict=True):
        for field in ("limit", "spent", "remaining", "soft_limit"):
            expected = budget.get(field)
            assert told(quota, getattr(quota, field)) == (None if expected is None else Decimal(expected)), field
        assert (quota.unit, quota.currency) == (budget["unit"], budget.get("currency") or "")
        assert quota.enforcement == budget.get("enforcement", "block")
        assert quota.suspended == (budget.get("status") == "suspended")
        assert quota.resets == ("period" in budget)
        assert quota.coverage_chosen == ("covers" in budget)


def test_the_second_poll_is_one_call_that_says_nothing_changed(service: Trial) -> None:
    known = after(Known(), read(service, "ed"))
    again = after(known, read(service, "ed", known))
    assert again.quotas == known.quotas
    assert again.reading is not None
    assert again.reading.max_age == 300


@pytest.mark.parametrize(
    ("order", "fault", "wait"),
    [
        ({"status": 503, "retry_after": "17"}, Fault.UNAVAILABLE, 17),
        ({"status": 429, "retry_after": "0"}, Fault.RATE_LIMITED, 0),
        ({"status": 401}, Fault.UNAUTHENTICATED, None),
        ({"status": 403}, Fault.FORBIDDEN, None),
        ({"truncated": True}, Fault.RESET, None),
        ({"body": "<html>Welcome</html>", "content_type": "text/html"}, Fault.SIGN_IN_PAGE, None),
        ({"body": '{"subject": '}, Fault.BAD_BODY, None),
        ({"body": json.dumps({"as_of": "2026-11-23T12:00:00Z"})}, Fault.UNREADABLE, None),
    ],
)
def test_a_fault_leaves_the_last_good_figures_until_it_is_over(
    service: Trial, order: dict[str, Any], fault: Fault, wait: int | None
) -> None:
    known = after(Known(), read(service, "ed"))
    service.order("PUT", "faults", [{"path": MINE, **order}])
    failure = asked(service, "ed")
    assert isinstance(failure, Failure)
    assert (failure.fault, failure.retry_after) == (fault, wait)
    between = after(known, failure)
    assert (between.quotas, between.failure) == (known.quotas, failure)
    over = after(between, read(service, "ed", between))
    assert (over.quotas, over.failure) == (known.quotas, None)


def test_a_token_that_nobody_gave_is_signed_out(service: Trial) -> None:
    failure = asked(service, "made-up-token")
    assert isinstance(failure, Failure)
    assert failure.fault is Fault.UNAUTHENTICATED
    assert "made-up-token" not in repr(failure)


def test_the_figures_age_by_the_services_own_moment(service: Trial) -> None:
    found = read(service, "ed")
    assert found.as_of <= NOON
    assert all(quota.as_of == found.as_of for quota in found.quotas)
