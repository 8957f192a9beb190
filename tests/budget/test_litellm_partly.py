"""LiteLLM's answers that do not all come, or not at one moment."""

from __future__ import annotations

import pytest
from budget import recorded
from budget.recorded import HOST, SERVED

from taximeter.budget.contract import Answer, Call, Failure, Fault, Memory, Outcome, Reading
from taximeter.budget.latest import poll
from taximeter.budget.litellm import SERVICE

NAMES = {"key": "employee_key_info", "user": "employee_v2_user_info", "team:team-platform": "employee_team_members_me",
         "teams": "employee_v2_team_list"}  # fmt: skip


def test_what_cannot_be_read_is_not_taken_for_without_a_limit() -> None:
    def ask(call: Call) -> Outcome:
        changed = (
            (('"spend": 0.9240000000000002', '"spend": NaN'), ("team-platform", "")) if call.name == "user" else ()
        )
        return recorded.outcome(call, "viewer_key_info" if call.name == "key" else NAMES[call.name], changed)

    found = poll(SERVICE, ask, Memory(), HOST, SERVED)
    assert isinstance(found, Reading)
    assert (found.quotas, found.unread) == ((), ("service:user",))


def test_the_oldest_figure_is_the_readings_age() -> None:
    def ask(call: Call) -> Outcome:
        found = recorded.outcome(call, NAMES[call.name])
        assert isinstance(found, Answer)
        date = "Mon, 23 Nov 2026 11:59:30 GMT" if call.name == "user" else recorded.DATE
        return Answer(call, 200, {"date": date}, found.body, SERVED)

    found = poll(SERVICE, ask, Memory(), HOST, SERVED)
    assert isinstance(found, Reading)
    assert found.as_of == SERVED - 40_000
    assert [quota.as_of for quota in found.quotas] == [SERVED - late * 1000 for late in (10, 40, 10, 10)]


def test_a_key_that_is_blocked_while_it_is_asked_is_suspended() -> None:
    def ask(call: Call) -> Outcome:
        changed = (('"blocked": null', '"blocked": true'),) if call.name == "key" else ()
        return recorded.outcome(call, NAMES[call.name], changed)

    found = poll(SERVICE, ask, Memory(), HOST, SERVED)
    assert isinstance(found, Reading)
    assert [quota.suspended for quota in found.quotas] == [True, False, False, False]


@pytest.mark.parametrize(
    ("fault", "told"), [(Fault.TOO_LARGE, True), (Fault.FORBIDDEN, True), (Fault.TIMED_OUT, False)]
)
def test_a_team_too_large_to_be_read_takes_nothing_else_with_it(fault: Fault, told: bool) -> None:
    def ask(call: Call) -> Outcome:
        if call.name.startswith("whole team:"):
            return Failure(fault, "no", call=call)
        changed = (
            ('"max_budget": 75.0', '"max_budget": null'),
            ('"temp_budget_increase": null', '"temp_budget_increase": 1.0'),
        )
        return recorded.outcome(call, NAMES[call.name], changed if call.name.startswith("team:") else ())

    found = poll(SERVICE, ask, Memory(), HOST, SERVED)
    assert isinstance(found, Reading) is told
