"""LiteLLM's recorded answers, figure by figure, and what its adapter makes of odd ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from budget import recorded
from budget.recorded import NANO, SERVED, nano

from taximeter.budget.contract import SIGNED_OUT, Answer, Call, Failure, Fault, Memory, Outcome, Reading, Source
from taximeter.budget.latest import Known, after, poll
from taximeter.budget.litellm import SERVICE, exceeded
from taximeter.domain.quota import Enforcement, Increase, Period, Quota, QuotaKind, Unit

HOUR = 3_600_000
DAY = 24 * HOUR
HOST = Source("https://budget.example.com")
ED = {"/key/info": "employee_key_info", "/v2/user/info": "employee_v2_user_info",
      "/team/team-platform/members/me": "employee_team_members_me",
      "/v2/team/list?user_id=ed%40example.com&page=1&page_size=100": "employee_v2_team_list"}  # fmt: skip
WHOLE = "service:whole-team:team-platform"


def at(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


Changes = Mapping[str, tuple[tuple[str, str], ...]]
"""Texts of an answer's body that are replaced, by its path."""


def polled(
    by_path: dict[str, str], memory: Memory = Memory(), changed: Changes | None = None, now: int = SERVED
) -> tuple[Reading | Failure, list[str]]:
    """One poll that is answered from recordings by path; and the paths that were asked."""
    asked: list[str] = []

    def ask(call: Call) -> Outcome:
        asked.append(call.path)
        if call.path not in by_path:
            return Failure(Fault.NOT_FOUND, "no such address", 404, call=call)
        return recorded.outcome(call, by_path[call.path], (changed or {}).get(call.path, ()))

    return poll(SERVICE, ask, memory, HOST, now), asked


def read(by_path: dict[str, str], changed: Changes | None = None) -> Reading:
    found, _ = polled(by_path, changed=changed)
    assert isinstance(found, Reading), found
    return found


def quotas(reading: Reading) -> dict[str, Quota]:
    return {quota.scope: quota for quota in reading.quotas}


def test_key_person_and_teams_are_told_together_in_four_calls() -> None:
    found, asked = polled(ED)
    assert isinstance(found, Reading)
    assert asked == list(ED)
    ids = ["service:key", "service:user", "service:team:team-platform", WHOLE]
    assert [quota.id for quota in found.quotas] == ids
    assert (found.who, found.odd, found.unread, found.max_age, found.clock_off) == ("ed@example.com", (), (), None, 0)
    assert found.as_of == SERVED - 10_000


def test_every_figure_equals_the_recording() -> None:
    found = quotas(read(ED))
    key = recorded.figures("employee_key_info")["info"]
    user = recorded.figures("employee_v2_user_info")
    member = recorded.figures("employee_team_members_me")
    team = recorded.figures("employee_v2_team_list")["teams"][1]
    told = {
        "key": (key["max_budget"], key["spend"], key["litellm_budget_table"]["soft_budget"]),
        "user": (user["max_budget"], user["spend"], None),
        "team_member": (member["litellm_budget_table"]["max_budget"], member["spend"], None),
        "team": (team["max_budget"], team["spend"], team["soft_budget"]),
    }
    for scope, (limit, spent, soft) in told.items():
        quota = found[scope]
        assert (quota.limit, quota.spent, quota.remaining) == (nano(limit), nano(spent), nano(limit) - nano(spent))
        assert quota.soft_limit == (None if soft is None else nano(soft))
        assert (quota.kind, quota.unit, quota.currency) == (QuotaKind.LITELLM, Unit.MONEY, "USD")
        assert (quota.enforcement, quota.suspended, quota.increase) == (Enforcement.BLOCK, False, None)
        assert (quota.as_of, quota.origin, quota.coverage_chosen) == (SERVED - 10_000, HOST.host, False)
    assert found["key"].spent == 616_000_000
    names = ["Key ed-key", "Your own budget", "Your share of Platform", "Team Platform"]
    assert [quota.name for quota in found.values()] == names


def test_a_period_is_the_calendars_and_ends_at_the_reset() -> None:
    found = quotas(read(ED))
    assert found["key"].period == Period(at("2026-11-23"), at("2026-11-30"))
    assert found["user"].period == Period(at("2026-11-01"), at("2026-12-01"))
    assert found["team_member"].period == Period(at("2026-11-01"), at("2026-12-01"))


@pytest.mark.parametrize(
    ("duration", "reset", "start"),
    [
        ("30d", "2026-03-01T00:00:00", "2026-02-01T00:00:00"),
        ("1mo", "2026-01-01T00:00:00", "2025-12-01T00:00:00"),
        ("2mo", "2026-01-01T05:00:00", "2025-11-01T05:00:00"),
        ("30d", "2026-02-28T16:00:00", "2026-01-31T16:00:00"),
        ("24h", "2026-11-24T00:00:00", "2026-11-23T00:00:00"),
        ("1w", "2026-11-30T00:00:00", "2026-11-23T00:00:00"),
        ("fortnight", "2026-11-30T00:00:00", "2026-11-23T11:28:12.494000"),
    ],
)
def test_a_period_begins_at_the_reset_before(duration: str, reset: str, start: str) -> None:
    changed = {"/v2/user/info": (('"30d"', f'"{duration}"'), ("2026-12-01T00:00:00Z", f"{reset}Z"))}
    assert quotas(read(ED, changed=changed))["user"].period == Period(at(start), at(reset))


def test_a_budget_without_a_reset_is_never_reset() -> None:
    changed = {"/v2/user/info": (('"30d"', "null"), ('"2026-12-01T00:00:00Z"', "null"))}
    quota = quotas(read(ED, changed=changed))["user"]
    assert (quota.resets, quota.period) == (False, Period(at("2026-11-23T11:28:12.494000"), SERVED + 366 * DAY))


def test_a_temporary_increase_counts_on_top_until_its_end() -> None:
    raised = {**ED, "/key/info": "employee_key_info_with_temp_increase"}
    quota = quotas(read(raised))["key"]
    assert (quota.limit, quota.increase) == (35 * NANO, Increase(10 * NANO, at("2026-12-01")))
    before = ("2026-12-01T00:00:00+00:00", "2026-11-23T11:59:59+00:00")
    ended = quotas(read(raised, changed={"/key/info": (before,)}))["key"]
    assert (ended.limit, ended.increase) == (25 * NANO, None)


def test_a_member_may_have_one_too() -> None:
    told = (('"temp_budget_increase": null', '"temp_budget_increase": 2.5'),
            ('"temp_budget_expiry": null', '"temp_budget_expiry": "2026-11-24T00:00:00"'))  # fmt: skip
    quota = quotas(read(ED, changed={"/team/team-platform/members/me": told}))["team_member"]
    assert (quota.limit, quota.increase) == (77_500_000_000, Increase(2_500_000_000, at("2026-11-24")))


def test_a_member_with_nothing_but_an_increase_has_the_teams_own_amount_below_it() -> None:
    """Release 1.106 tells such a member no ``max_budget``; seen on a running one."""
    team = "/team/info?team_id=team-platform&key_limit=1"
    told = (('"max_budget": 75.0', '"max_budget": null'),
            ('"temp_budget_increase": null', '"temp_budget_increase": 2.5'),
            ('"temp_budget_expiry": null', '"temp_budget_expiry": "2026-11-24T00:00:00"'))  # fmt: skip
    changed = {"/team/team-platform/members/me": told}
    found, asked = polled({**ED, team: "employee_team_info"}, changed=changed)
    assert isinstance(found, Reading)
    assert asked == [*ED, team]
    assert (quotas(found)["team_member"].limit, quotas(found)["team_member"].spent) == (62_500_000_000, 308_000_000)
    without = read(ED, changed)
    assert set(quotas(without)) == {"key", "user", "team"}
    assert without.odd == ("/team/info: no such address",)


def test_a_teams_key_is_not_held_to_its_persons_own_budget() -> None:
    found = quotas(read({**ED, "/key/info": "employee_key_info_team_key"}))
    assert {scope: quota.enforcement for scope, quota in found.items()} == {
        "key": Enforcement.BLOCK, "user": Enforcement.NONE, "team_member": Enforcement.BLOCK, "team": Enforcement.BLOCK,
    }  # fmt: skip


def test_over_budget_is_less_than_nothing_left() -> None:
    found = read({"/key/info": "over_budget_key_info_still_works", "/v2/user/info": "over_budget_v2_user_info"})
    (quota,) = found.quotas
    assert (quota.scope, quota.limit, quota.spent, quota.remaining) == ("user", 10_000_000, 154_000_000, -144_000_000)


def test_a_key_of_nobody_is_told_alone() -> None:
    found, asked = polled({"/key/info": "over_budget_key_keyb_info"})
    assert isinstance(found, Reading)
    assert asked == ["/key/info"]
    assert [(q.scope, q.limit, q.period) for q in found.quotas] == [
        ("key", 1_000_000, Period(at("2026-11-23"), at("2026-11-24")))
    ]


def test_where_nothing_limits_the_persons_spending_is_told_without_a_limit() -> None:
    nothing = (('"max_budget": 50.0', '"max_budget": null'),)
    reading = read(
        {"/key/info": "viewer_key_info", "/v2/user/info": "employee_v2_user_info"}, changed={"/v2/user/info": nothing}
    )
    (quota,) = reading.quotas
    assert (quota.scope, quota.limit, quota.remaining, quota.spent) == ("user", None, None, 924_000_000)


def test_a_key_that_only_reads_is_asked_about_once_an_hour() -> None:
    only = {**ED, "/key/info": "employee_key_info_limited_routes"}
    first, asked = polled(only)
    assert isinstance(first, Reading)
    assert set(quotas(first)) == {"user", "team_member", "team"}
    assert asked[0] == "/key/info"
    later, asked = polled(only, first.memory, now=SERVED + HOUR - 1)
    assert isinstance(later, Reading)
    assert (asked, later.quotas) == (list(ED)[1:], first.quotas)
    assert polled(only, later.memory, now=SERVED + HOUR)[1][0] == "/key/info"


def test_the_large_answer_is_asked_for_only_where_the_small_one_is_refused() -> None:
    old = {**ED, "/key/info": "employee_key_info_limited_routes", "/user/info": "employee_info_routes_key_user_info"}
    del old["/v2/user/info"]
    found, asked = polled(old)
    assert isinstance(found, Reading)
    assert asked == ["/key/info", "/v2/user/info", "/user/info", *list(ED)[2:]]
    assert quotas(found)["user"] == quotas(read(ED))["user"]


def test_a_team_that_refuses_is_left_out_and_said() -> None:
    found = read({path: name for path, name in ED.items() if "team" not in path})
    assert set(quotas(found)) == {"key", "user"}
    assert found.odd == ("/team/team-platform/members/me: no such address", "/v2/team/list: no such address")
    again, asked = polled(ED, found.memory, now=SERVED + HOUR - 1)
    assert isinstance(again, Reading)
    within = tuple(f"{name} was refused within the hour" for name in ("team:team-platform", "teams"))
    assert (len(asked), again.odd) == (2, within)
    assert len(polled(ED, again.memory, now=SERVED + HOUR)[1]) == 4


def test_a_teams_name_cannot_lead_to_another_address() -> None:
    _, asked = polled(ED, changed={"/v2/user/info": (('"team-platform"', '"../../key/delete?x=#"'),)})
    assert asked[2] == "/team/..%2F..%2Fkey%2Fdelete%3Fx%3D%23/members/me"


@pytest.mark.parametrize("told", ["NaN", "Infinity", "-1.0", "1e400", '"50.0"', "[]"])
def test_a_budget_that_cannot_be_read_keeps_its_last_figures_and_the_rest_is_new(told: str) -> None:
    known = after(Known(), read(ED))
    odd = read(ED, changed={"/v2/user/info": (('"spend": 0.9240000000000002', f'"spend": {told}'),),
                            "/key/info": (('"spend": 0.6160000000000001', '"spend": 1.25'),)})  # fmt: skip
    assert odd.unread == ("service:user",)
    assert odd.odd[0].startswith("user.spend ")
    now = {quota.id: quota.spent for quota in after(known, odd).quotas}
    assert now == {"service:key": 1_250_000_000, "service:team:team-platform": 308_000_000, WHOLE: 770_000_000,
                   "service:user": 924_000_000}  # fmt: skip


def test_a_soft_limit_that_cannot_be_read_takes_nothing_else_with_it() -> None:
    found = read(ED, changed={"/key/info": (('"soft_budget": 20.0', '"soft_budget": NaN'),)})
    assert (quotas(found)["key"].limit, quotas(found)["key"].soft_limit) == (30 * NANO, None)
    assert found.odd == ("key.litellm_budget_table.soft_budget is not a number that can be used",)


def test_what_is_missing_is_never_nothing() -> None:
    found = poll(SERVICE, lambda call: recorded.answer(call, '{"info": {"max_budget": 5}}'), Memory(), HOST, SERVED)
    assert isinstance(found, Failure)
    assert (found.fault, found.sentence) == (Fault.UNREADABLE, "key.spend is missing")


@pytest.mark.parametrize("body", ["", "[]", "<html></html>", '{"info": '])
def test_an_answer_that_is_no_object_fails_the_poll(body: str) -> None:
    found = poll(SERVICE, lambda call: recorded.answer(call, body), Memory(), HOST, SERVED)
    assert isinstance(found, Failure)
    assert found.fault is Fault.BAD_BODY


def test_a_blocked_key_suspends_what_is_known() -> None:
    known = after(Known(), read(ED))
    failure, asked = polled({"/key/info": "error_key_blocked"})
    assert isinstance(failure, Failure)
    assert (failure.fault, asked) == (Fault.BLOCKED, ["/key/info"])
    told = after(known, failure)
    assert [(quota.suspended, quota.spent) for quota in told.quotas] == [(True, q.spent) for q in known.quotas]


def test_an_unknown_key_is_signed_out_and_keeps_the_figures() -> None:
    known = after(Known(), read(ED))
    failure, _ = polled({"/key/info": "error_401_unknown_key"})
    assert isinstance(failure, Failure)
    assert failure.fault in SIGNED_OUT
    assert after(known, failure).quotas == known.quotas


def test_a_failure_in_the_middle_ends_the_poll() -> None:
    def ask(call: Call) -> Outcome:
        if call.path == "/key/info":
            return recorded.outcome(call, "employee_key_info")
        return Failure(Fault.RATE_LIMITED, "asked too often", 429, 60, call)

    found = poll(SERVICE, ask, Memory(), HOST, SERVED)
    assert isinstance(found, Failure)
    assert (found.fault, found.retry_after) == (Fault.RATE_LIMITED, 60)


def test_a_clock_that_is_off_is_said_and_the_age_is_told_by_ours() -> None:
    def ask(call: Call) -> Outcome:
        found = recorded.outcome(call, ED[call.path])
        assert isinstance(found, Answer)
        return Answer(call, 200, found.headers, found.body, SERVED - 3 * HOUR)

    found = poll(SERVICE, ask, Memory(), HOST, SERVED - 3 * HOUR)
    assert isinstance(found, Reading)
    assert (found.clock_off, found.as_of) == (3 * HOUR, SERVED - 3 * HOUR - 10_000)


@pytest.mark.parametrize("scope", ["key", "user", "team", "end_user"])
def test_a_refusal_for_budget_is_told_by_its_type(scope: str) -> None:
    assert exceeded(recorded.text(f"error_budget_exceeded_{scope}").encode()) == scope


@pytest.mark.parametrize("name", ["error_429_rpm", "error_key_blocked", "error_model_not_allowed"])
def test_other_refusals_are_not_for_budget(name: str) -> None:
    assert exceeded(recorded.text(name).encode()) is None
