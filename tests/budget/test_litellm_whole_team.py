"""What a whole team has at LiteLLM, and what of a team holds for one of its members."""

from __future__ import annotations

import pytest
from budget import recorded
from budget.recorded import HOST, NANO, SERVED

from taximeter.budget.contract import Call, Failure, Fault, Memory, Outcome, Reading
from taximeter.budget.latest import poll
from taximeter.budget.litellm import SERVICE
from taximeter.domain.quota import Quota

HOUR = 3_600_000
NAMES = {"key": "employee_key_info", "user": "employee_v2_user_info", "team:team-platform": "employee_team_members_me",
         "whole team:team-platform": "manager_team_info", "teams": "employee_v2_team_list"}  # fmt: skip
Changes = dict[str, tuple[tuple[str, str], ...]]


def polled(changed: Changes, memory: Memory = Memory(), now: int = SERVED) -> tuple[Reading, list[str]]:
    """One poll of a member's, from recordings in which texts are replaced; and the calls that it made."""
    asked: list[str] = []

    def ask(call: Call) -> Outcome:
        asked.append(call.name)
        if call.name not in NAMES:
            return Failure(Fault.NOT_FOUND, "no such address", 404, call=call)
        return recorded.outcome(call, NAMES[call.name], changed.get(call.name, ()))

    found = poll(SERVICE, ask, memory, HOST, now)
    assert isinstance(found, Reading), found
    return found, asked


def quota(changed: Changes, scope: str) -> Quota:
    return next(one for one in polled(changed)[0].quotas if one.scope == scope)


def test_what_the_whole_team_has_holds_for_its_members_too() -> None:
    team = quota({}, "team")
    told = recorded.figures("employee_v2_team_list")["teams"][1]
    assert (team.limit, team.spent, team.soft_limit) == (500 * NANO, recorded.nano(told["spend"]), 400 * NANO)
    assert (team.id, team.name, team.resets) == ("service:whole-team:team-platform", "Team Platform", True)


def test_only_the_keys_and_the_persons_own_teams_are_told() -> None:
    told = [one.id for one in polled({})[0].quotas if one.scope == "team"]
    assert told == ["service:whole-team:team-platform"]


def test_a_blocked_team_lets_nothing_through() -> None:
    blocked = (('"blocked": false', '"blocked": true'),)
    assert quota({"teams": blocked}, "team").suspended


def test_a_team_that_cannot_be_read_keeps_its_last_figure() -> None:
    spend = next(one for one in ("0.7700000000000001", "0.77") if f'"spend": {one}' in recorded.text(NAMES["teams"]))
    found, _ = polled({"teams": ((f'"spend": {spend}', '"spend": NaN'),)})
    assert found.unread == ("service:whole-team:team-platform",)


def test_teams_without_a_budget_are_asked_about_once_an_hour() -> None:
    free = (('"max_budget": 500.0', '"max_budget": null'), ('"soft_budget": 400.0', '"soft_budget": null'))
    first, asked = polled({"teams": free})
    assert "teams" in asked
    assert {one.scope for one in first.quotas} == {"key", "user", "team_member"}
    later, asked = polled({"teams": free}, first.memory, SERVED + HOUR - 1)
    assert "teams" not in asked
    assert "teams" in polled({"teams": free}, later.memory, SERVED + HOUR)[1]


ONLY_RAISED = (('"max_budget": 75.0', '"max_budget": null'), ('"budget_duration": "30d"', '"budget_duration": null'),
               ('"budget_reset_at": "2026-12-01T00:00:00"', '"budget_reset_at": null'),
               ('"temp_budget_increase": null', '"temp_budget_increase": 2.5'),
               ('"temp_budget_expiry": null', '"temp_budget_expiry": "2026-11-24T00:00:00"'))  # fmt: skip


def test_a_member_with_the_teams_amount_and_an_increase_is_never_reset() -> None:
    """Release 1.106 resets by the row that a member has; one with an increase alone names no reset. Seen on it."""
    share = quota({"team:team-platform": ONLY_RAISED}, "team_member")
    assert (share.limit, share.resets) == (62_500_000_000, False)


def test_a_teams_amount_of_nothing_is_no_limit() -> None:
    """Release 1.106 takes 0 as the team's amount for none, and as a member's own for nothing."""
    none = (('"max_budget": 60.0', '"max_budget": 0.0'),)
    changed = {"team:team-platform": ONLY_RAISED, "whole team:team-platform": none}
    assert not [one for one in polled(changed)[0].quotas if one.scope == "team_member"]


def test_a_blocked_key_is_known_also_while_nothing_is_asked_about_the_key_itself() -> None:
    only_reads = Memory(quiet=(("key", SERVED - 1),))

    def ask(call: Call) -> Outcome:
        assert call.name != "key"
        return recorded.outcome(call, "error_key_blocked")

    found = poll(SERVICE, ask, only_reads, HOST, SERVED)
    assert isinstance(found, Failure)
    assert found.fault is Fault.BLOCKED


@pytest.mark.parametrize("left_over", ["-4.440892098500626e-16", "-0.0", "4.440892098500626e-16"])
def test_what_a_reset_leaves_of_binary_fractions_is_nothing(left_over: str) -> None:
    """Release 1.106 takes the spending off at a reset and adds what came since. Seen on it."""
    key = quota({"key": (('"spend": 0.6160000000000001', f'"spend": {left_over}'),)}, "key")
    assert (key.spent, key.remaining) == (0, 30 * NANO)
