"""The neutral contract as its document shows it, and as a careless service might speak it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from budget.polled import DAY, FOUND, HERE, SEVERAL, at, example, only, polled, read, with_budget
from budget.recorded import NANO, SERVED, answer

from taximeter.budget.contract import Call, Cover, Failure, Fault, Memory, Outcome, Reading, Source
from taximeter.budget.latest import Known, after, how_it_failed, poll
from taximeter.budget.neutral import SERVICE
from taximeter.domain import poll_state
from taximeter.domain.quota import Coverage, Enforcement, Increase, Period, Quota, QuotaKind, Unit


def test_the_documents_example_is_read_to_the_last_field() -> None:
    found = read(SEVERAL)
    month, team, review = found.quotas
    assert month == Quota(
        "service:b-ed-month", "Engineering monthly", QuotaKind.TAXIMETER, Unit.MONEY, "USD", 150_000 * NANO,
        31_402_500_000_000, 0, 400 * NANO, Period(at("2026-11-01"), at("2026-12-01")), at("2026-11-23T08:55"),
        soft_limit=120_000 * NANO, enforcement=Enforcement.BLOCK,
        increase=Increase(30_000 * NANO, at("2026-11-28")), told_left=118_597_500_000_000, who="Ed Ito",
        scope="user", source="group", origin="budget.example.com",
    )  # fmt: skip
    assert month.remaining == 118_197_500_000_000
    assert (team.unit, team.limit, team.remaining) == (Unit.TOKENS, 20_000_000_000, 6_500_000_000)
    assert (team.enforcement, team.scope, team.currency) == (Enforcement.THROTTLE, "team", "")
    assert (review.limit, review.remaining, review.spent) == (None, None, 212)
    assert (review.enforcement, review.scope, review.resets) == (Enforcement.NONE, "user", True)
    assert (found.who, found.leads, found.to_decide, found.policy_version) == ("Ed Ito", False, 0, "2026-11-20")
    assert (found.as_of, found.max_age, found.odd, found.unread) == (at("2026-11-23T08:55"), 300, (), ())


def test_the_least_is_enough() -> None:
    found = read(example("/me/budgets", "least"), found=example("/.well-known/taximeter-budget", "least"))
    (quota,) = found.quotas
    assert (quota.name, quota.currency, quota.remaining) == ("Monthly", "EUR", 1_689_500_000_000)
    assert (quota.enforcement, quota.resets, quota.coverage_chosen) == (Enforcement.BLOCK, False, False)
    assert quota.period == Period(found.as_of, found.as_of + 366 * DAY)
    assert found.odd == ()


def test_no_budget_for_a_person_is_no_error() -> None:
    found = read(example("/me/budgets", "none"))
    assert (found.quotas, found.who, found.odd) == ((), "Jo Park", ())


def test_one_call_a_poll_and_discovery_once_a_day() -> None:
    first, asked = polled(SEVERAL)
    assert isinstance(first, Reading)
    assert [call.path for call in asked] == ["/.well-known/taximeter-budget", "/v1/me/budgets"]
    later, asked = polled(304, first.memory, now=SERVED + DAY - 1)
    assert isinstance(later, Reading)
    assert asked == [Call("budgets", "/v1/me/budgets", '"a"')]
    _, asked = polled(304, later.memory, now=SERVED + DAY)
    assert [call.name for call in asked] == ["discovery", "budgets"]


def test_nothing_changed_leaves_the_figures_and_their_moment() -> None:
    first = read(SEVERAL)
    same = read(304, memory=first.memory, now=SERVED + 300_000)
    assert (same.quotas, same.as_of, same.max_age) == (first.quotas, first.as_of, 600)
    again = read(304, memory=same.memory, now=SERVED + 600_000)
    assert again == same


def test_discovery_that_fails_later_stops_nothing() -> None:
    first = read(SEVERAL)
    found, asked = polled(SEVERAL, first.memory, found=503, now=SERVED + 2 * DAY)
    assert isinstance(found, Reading)
    assert [call.name for call in asked] == ["discovery", "budgets"]
    assert polled(SEVERAL, found=503)[0] == Failure(
        Fault.UNAVAILABLE, "it failed", 503, None, Call("discovery", asked[0].path)
    )


@pytest.mark.parametrize(
    "base",
    ["https://evil.example.org/v1", "//evil.example.org/v1", "http://budget.example.com/v1", "https://a@budget.example.com/",
     "https://budget.example.com:8443/v1", "https://[::1", "", "/v1?x=", "/v1#x", 5],
)  # fmt: skip
def test_a_base_elsewhere_is_never_called(base: object) -> None:
    outcome, asked = polled(SEVERAL, found={**FOUND, "base_url": base})
    assert isinstance(outcome, Failure)
    assert (outcome.fault, len(asked)) == (Fault.UNREADABLE, 1)


@pytest.mark.parametrize(
    ("base", "path"), [("/v1/", "/v1"), ("https://budget.example.com/b", "/b"), ("../api", "/api")]
)
def test_a_base_within_the_origin_is_used(base: str, path: str) -> None:
    _, asked = polled(SEVERAL, found={**FOUND, "base_url": base})
    assert asked[1].path == f"{path}/me/budgets"


@pytest.mark.parametrize(("version", "known"), [("1", True), ("1.4", True), ("2", False), ("", False), (1, False)])
def test_another_version_is_said_and_not_asked(version: object, known: bool) -> None:
    outcome, asked = polled(SEVERAL, found={**FOUND, "api_version": version})
    assert isinstance(outcome, Reading) is known
    assert len(asked) == 1 + known


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"spent": 310.5}, "spent is not an amount as a text"),
        ({"spent": "-1"}, "spent is negative"),
        ({"spent": "gone"}, "spent is missing"),
        ({"limit": "gone"}, "limit is missing"),
        ({"limit": "1e9"}, "limit is not an amount as a text"),
        ({"limit": "NaN"}, "limit is not an amount as a text"),
        ({"limit": "9" * 15}, "limit is too large"),
        ({"currency": "gone"}, "currency is not three capital letters"),
        ({"currency": "usd"}, "currency is not three capital letters"),
        ({"unit": "smiles"}, "unit is not one that can be shown"),
        ({"unit": "tokens", "spent": "1.5"}, "spent is not a whole number"),
        ({"period": {"start": "2026-11-01T00:00:00Z", "end": "2026-11-01T00:00:00Z"}}, "period does not begin"),
        ({"period": {"start": "soon"}}, "period.start is not a time"),
    ],
)
def test_a_budget_that_cannot_be_read_is_said_and_keeps_its_last_figures(changed: dict[str, Any], reason: str) -> None:
    before = after(Known(), read(example("/me/budgets", "least")))
    found = read(with_budget(**changed))
    assert (found.quotas, found.unread) == ((), ("service:b1",))
    assert found.odd[0].startswith(f"budgets[0].{reason}")
    assert after(before, found).quotas == before.quotas


def test_what_can_be_done_without_takes_nothing_else_with_it() -> None:
    found = read(with_budget(soft_limit=5, held="x", remaining=True, covers=[], temporary_increase={"amount": "-1"}))
    assert (found.quotas[0].remaining, found.quotas[0].soft_limit, found.quotas[0].increase) == (
        1_689_500_000_000,
        None,
        None,
    )
    assert len(found.odd) == 5


def test_a_service_may_leave_less_than_the_rest_or_less_than_nothing() -> None:
    assert only(held="10", remaining="100.5").remaining == 100_500_000_000
    assert only(remaining="-12.40").remaining == -12_400_000_000
    assert only(held="10").remaining == 1_679_500_000_000


def test_values_that_nobody_knows_yet_count_as_absent_or_are_shown_as_they_are() -> None:
    quota = only(enforcement="nudge", status="hibernating", kind="guild", source="raffle", period=None, new={"x": 1})
    assert (quota.enforcement, quota.suspended) == (Enforcement.BLOCK, False)
    assert (quota.scope, quota.source) == ("guild", "raffle")


def test_a_suspended_budget_says_why() -> None:
    quota = only(status="suspended", message="On leave until June.")
    assert (quota.suspended, quota.message) == (True, "On leave until June.")


def test_what_a_budget_pays_for_is_chosen_here_else_told_by_the_company() -> None:
    told = {"agents": ["a-*"], "models": ["*"]}
    assert (only(covers=told).covers, only(covers=told).coverage_chosen) == (Coverage(agents=("a-*",)), True)
    own = Source(HERE.origin, Cover(Coverage(projects=("work-*",)), chosen=True))
    (quota,) = read(with_budget(covers=told), source=own).quotas
    assert (quota.covers, quota.coverage_chosen) == (Coverage(agents=("a-*",), projects=("work-*",)), True)


def test_credits_may_have_decimals_of_which_none_is_lost() -> None:
    quota = only(unit="credits", limit="10.5", spent="3.000000001")
    assert (quota.unit, quota.limit, quota.spent) == (Unit.CREDITS, 10_500_000_000, 3_000_000_001)


def test_an_id_is_told_once() -> None:
    whole = with_budget()
    whole["budgets"] = [whole["budgets"][0], {**whole["budgets"][0], "spent": "1"}, {"name": "no id"}, 5]
    found = read(whole)
    assert [quota.spent for quota in found.quotas] == [310_500_000_000]
    assert [line.split(" ")[0] for line in found.odd] == ["budgets[3]", "budgets[1].id", "budgets[2].id"]


@pytest.mark.parametrize("changed", [{"as_of": "soon"}, {"as_of": None}, {"budgets": None}, {"budgets": {}}])
def test_without_a_moment_or_a_list_nothing_is_believed(changed: dict[str, Any]) -> None:
    outcome, _ = polled({**SEVERAL, **changed})
    assert isinstance(outcome, Failure)
    assert outcome.fault is Fault.UNREADABLE


def test_the_longer_of_two_intervals_holds() -> None:
    assert read({**SEVERAL, "poll_after_seconds": 900}).max_age == 900
    assert read({**SEVERAL, "poll_after_seconds": 60}).max_age == 300
    assert read({**SEVERAL, "poll_after_seconds": -1}).max_age == 300


def test_a_refusal_is_told_in_the_services_own_words() -> None:
    problem = json.dumps({"type": "about:blank", "title": "Signed out", "status": 401, "detail": "Sign in again."})

    def ask(call: Call) -> Outcome:
        if call.name == "discovery":
            return answer(call, json.dumps(FOUND))
        return Failure(Fault.UNAUTHENTICATED, "No", 401, None, call, problem.encode())

    outcome = poll(SERVICE, ask, Memory(), HERE, SERVED)
    assert isinstance(outcome, Failure)
    assert outcome.sentence == "No (Signed out. Sign in again)"


@pytest.mark.parametrize(
    ("fault", "status", "how"),
    [
        (Fault.RATE_LIMITED, 429, poll_state.Failure.BUSY),
        (Fault.UNAVAILABLE, 503, poll_state.Failure.BUSY),
        (Fault.UNAVAILABLE, 500, poll_state.Failure.BROKEN),
        (Fault.TIMED_OUT, 0, poll_state.Failure.TIMED_OUT),
        (Fault.BLOCKED, 401, poll_state.Failure.REFUSED),
        (Fault.UNKNOWN_HOST, 0, poll_state.Failure.UNREACHABLE),
        (Fault.UNREADABLE, 200, poll_state.Failure.BROKEN),
    ],
)
def test_each_failure_has_its_word_for_the_next_polls_moment(
    fault: Fault, status: int, how: poll_state.Failure
) -> None:
    assert how_it_failed(Failure(fault, "", status)) is how
