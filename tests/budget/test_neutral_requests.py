"""What a service of the neutral contract tells beside its figures: what it can do, requests, which budget binds."""

from __future__ import annotations

import pytest
from budget.polled import DAY, DOCUMENT, FOUND, SEVERAL, at, example, only, read
from budget.recorded import NANO, SERVED

from taximeter.domain.increase import IncreaseRequest, RequestStatus
from taximeter.domain.quota import Unit


def test_what_the_service_can_do_is_kept_from_its_discovery() -> None:
    first = read(SEVERAL)
    assert first.can == {"policy", "team", "increase_requests", "holds"}
    assert read(304, memory=first.memory, now=SERVED + 300_000).can == first.can
    narrowed = read(304, memory=first.memory, found={**FOUND, "capabilities": ["team"]}, now=SERVED + 2 * DAY)
    assert narrowed.can == narrowed.memory.can == {"team"}
    assert read(SEVERAL, found=example("/.well-known/taximeter-budget", "least")).can == frozenset()


def test_requests_for_more_and_their_decisions_come_with_the_figures() -> None:
    decided = DOCUMENT["paths"]["/increase-requests/{id}/decision"]["post"]["responses"]["200"]["content"]
    approved = decided["application/json"]["examples"]["approved"]["value"]
    waiting = {**approved, "id": "r-18", "status": "pending", "reason": "First\nsecond " + "x" * 600}
    odd = [{**approved, "id": ""}, {**approved, "status": "pondered"}, {**approved, "amount": 5}, 7]
    found = read({**SEVERAL, "increase_requests": [waiting, *odd, approved]})
    assert found.requests[1] == IncreaseRequest(
        "r-17", "service:b-ed-month", "Ed Ito", Unit.MONEY, "USD", 20_000 * NANO,
        "Migration of the billing tests until Friday.", at("2026-11-28"), RequestStatus.APPROVED,
        at("2026-11-23T08:40"), 15_000 * NANO, at("2026-11-28"), at("2026-11-23T09:05"), "Mia Ortiz",
        "Until Friday, then let us look again.",
    )  # fmt: skip
    assert [(one.id, one.approved) for one in found.requests] == [("r-18", None), ("r-17", 15_000 * NANO)]
    assert found.requests[0].reason.startswith("First second xxx")
    assert len(found.requests[0].reason) == 500
    assert len(found.odd) == 4


def test_the_service_names_the_budget_that_ends_first_and_when() -> None:
    found = read({**SEVERAL, "binding_budget_id": "b-team-week"})
    ids = [budget["id"] for budget in SEVERAL["budgets"]]
    named = read({**SEVERAL, "binding_budget_id": ids[1]})
    assert named.binding == f"service:{ids[1]}"
    assert [quota.told_binds for quota in named.quotas] == [False, True, False]
    assert (found.binding, any(quota.told_binds for quota in found.quotas)) == ("", False)
    assert only(runs_out_at="2026-11-28T00:00:00Z").told_run_out == at("2026-11-28")
    assert only(runs_out_at=None).told_run_out is None


@pytest.mark.parametrize(
    ("told", "kept"),
    [("https://intra.example.com/more?b=1",) * 2, ("http://intra.example.com/more", ""),
     ("javascript:alert(1)", ""), ("file:///etc/passwd", ""), (5, "")],
)  # fmt: skip
def test_a_page_for_asking_is_opened_over_https_alone(told: object, kept: str) -> None:
    assert only(request_url=told).request_url == kept
