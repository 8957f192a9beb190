"""A LiteLLM team as its admin sees it, and a limit raised: from recorded answers, held to their own figures."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from budget.recorded import HOST, SERVED, answer, figures, nano, outcome

from taximeter.budget.acts import Act, Place
from taximeter.budget.contract import Call, Failure, Fault, Memory, Outcome, Reading
from taximeter.budget.faults import of_status
from taximeter.budget.latest import poll
from taximeter.budget.litellm import SERVICE
from taximeter.budget.litellm_acts import ACTS
from taximeter.budget.litellm_team import PAGE
from taximeter.domain.people import Person, TeamPage
from taximeter.domain.quota import Quota

Reply = str | int | dict[str, Any]
HERE = Place(Memory(), HOST, SERVED)
PLATFORM, FREE = "people team-platform", "people team-free"
MIA: dict[str, Reply] = {
    "user": "manager_v2_user_info", "teams 1": "manager_v2_team_list", PLATFORM: "manager_team_info",
    FREE: "manager_team_info_free", "key": "manager_key_info_limited_routes", "teams": "manager_v2_team_list",
    "team:team-platform": "manager_team_members_me", "team:team-free": 403,
}  # fmt: skip
CAP = 10**9


def reply(call: Call, told: Reply) -> Outcome:
    if isinstance(told, int):
        return Failure(of_status(told), "It was refused", told, None, call)
    return outcome(call, told) if isinstance(told, str) else answer(call, json.dumps(told))


def done(act: Act[Any], told: dict[str, Reply] | None = None) -> tuple[Any, list[Call]]:
    """What an act comes to, and its calls."""
    asked: list[Call] = []
    outcomes: tuple[Outcome, ...] = ()
    while calls := act.calls(outcomes):
        asked += calls
        outcomes += tuple(reply(call, (MIA | (told or {}))[call.name]) for call in calls)
    return act.read(outcomes), asked


def page(search: str = "", after: str = "", told: dict[str, Reply] | None = None) -> TeamPage:
    found, _ = done(ACTS.team(HERE, search, after), told)
    assert isinstance(found, TeamPage), found
    return found


def in_platform(person: Person) -> Quota:
    return next(quota for quota in person.quotas if quota.id == "service:team:team-platform")


def limit(recording: str, person: str) -> Decimal | None:
    """What LiteLLM holds a member to: the row's amount, else the team's, and what is added for a while."""
    body = figures(recording)
    table = next(row["litellm_budget_table"] for row in body["team_memberships"] if row["user_id"] == person)
    own = table["max_budget"]
    default = body["team_info"]["team_member_budget_table"]["max_budget"]
    return Decimal((default if own is None else own) + (table["temp_budget_increase"] or 0))


def test_a_team_takes_two_calls_and_one_for_each_team_that_is_led() -> None:
    _, asked = done(ACTS.team(HERE, "", ""))
    assert [call.path.partition("?")[0] for call in asked] == [
        "/v2/user/info", "/v2/team/list", *["/team/info"] * (len(asked) - 2),
    ]  # fmt: skip
    assert asked[1].path == "/v2/team/list?user_id=mia%40example.com&page=1&page_size=100"
    assert asked[2].path.endswith("&key_limit=1")
    assert not any(call.body for call in asked)


def test_everybody_of_the_team_stands_there_once_by_name_with_the_limit_that_litellm_holds_them_to() -> None:
    people = page().people
    assert [person.name for person in people] == ["Ed", "Mia", "Over", "View"]
    assert {person.id for person in people}.isdisjoint({"default_user_id", "nobody@example.com"})
    rows = {row["user_id"]: row for row in figures("manager_team_info")["team_memberships"]}
    for person in people:
        quota, expected = in_platform(person), limit("manager_team_info", person.id)
        assert quota.limit == (None if expected is None else nano(expected)), person
        assert quota.spent == nano(rows[person.id]["spend"])
        assert (quota.name, quota.who, quota.as_of) == ("Platform", person.name, SERVED - 10_000)
    assert [in_platform(person).increase is not None for person in people] == [True, False, True, False]


def test_the_search_and_the_pages_are_ours() -> None:
    found = page("OVER@example")
    assert ([person.name for person in found.people], found.total, found.next) == (["Over"], 1, "")
    assert page("nobody").people == ()
    large = figures("manager_team_info")
    people = [{"user_id": f"p{n:04}", "role": "user"} for n in range(PAGE)]
    large["team_info"]["members_with_roles"] = [{"user_id": "mia@example.com", "role": "admin"}, *people]
    told: dict[str, Reply] = {PLATFORM: json.loads(json.dumps(large, default=float)), FREE: 403}
    first = page(told=told)
    assert (len(first.people), first.total, first.next) == (PAGE, PAGE + 1, str(PAGE))
    assert len(page(after=first.next, told=told).people) == 1


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"teams 1": "employee_v2_team_list", "user": "employee_v2_user_info"}, Fault.FORBIDDEN),
        ({"user": 503}, Fault.UNAVAILABLE),
        ({"user": 401}, Fault.UNAUTHENTICATED),
        ({"teams 1": 404}, Fault.NOT_FOUND),
        ({"teams 1": {"teams": "all"}}, Fault.FORBIDDEN),
    ],
)
def test_who_leads_no_team_sees_nobody_although_litellm_would_tell(change: dict[str, Reply], fault: Fault) -> None:
    found, asked = done(ACTS.team(HERE, "", ""), change)
    assert isinstance(found, Failure)
    assert found.fault is fault
    assert not any(call.path.startswith("/team/info") for call in asked)


def test_a_team_that_cannot_be_read_is_named_and_takes_no_other_with_it() -> None:
    found = page(told={PLATFORM: 503})
    assert found.odd == ("Platform is not shown: It was refused",)
    not_led = figures("manager_team_info")
    for member in not_led["team_info"]["members_with_roles"]:
        member["role"] = "user"
    assert "Ed" not in [
        person.name
        for person in page(told={PLATFORM: json.loads(json.dumps(not_led, default=float))}).people
        if any(quota.id.endswith("platform") for quota in person.quotas)
    ]


def test_the_poll_learns_that_the_person_leads_and_what_they_may_ask() -> None:
    def polled(memory: Memory, told: dict[str, Reply]) -> Reading:
        found = poll(SERVICE, lambda call: reply(call, told[call.name]), memory, HOST, SERVED)
        assert isinstance(found, Reading), found
        return found

    found = polled(Memory(), MIA)
    assert found.leads
    assert found.can == {"team", "give"}
    assert "team-platform" in found.memory.led
    later = polled(found.memory, MIA | {"teams": 403})
    assert later.leads
    ed: dict[str, Reply] = {
        "key": "employee_key_info", "user": "employee_v2_user_info", "teams": "employee_v2_team_list",
        "team:team-platform": "employee_team_members_me",
    }  # fmt: skip
    assert (polled(Memory(), ed).leads, polled(Memory(), ed).can) == (False, frozenset())


def test_one_sees_of_oneself_what_the_admin_sees() -> None:
    mine, _ = done(ACTS.mine(HERE))
    (seen,) = page("mia").people
    assert isinstance(mine, Person)
    assert mine.id == seen.id
    own, admins = in_platform(mine), in_platform(seen)
    assert (own.limit, own.spent, own.period, own.name) == (admins.limit, admins.spent, admins.period, admins.name)


@pytest.fixture
def giving() -> Callable[..., tuple[Person | Failure, list[Call]]]:
    """Raises a limit; ``told`` replaces what LiteLLM answers."""

    def give(person: str, amount: int, told: dict[str, Reply] | None = None) -> tuple[Person | Failure, list[Call]]:
        after: dict[str, Reply] = {"give": "manager_team_member_update", "after team-platform": "manager_team_info"}
        return done(ACTS.give(HERE, person, "service:team:team-platform", amount), after | (told or {}))

    return give


def test_a_limit_is_raised_to_what_was_said_whatever_was_added_for_a_while(giving: Any) -> None:
    found, asked = giving("ed@example.com", 100 * CAP + CAP // 2)
    assert isinstance(found, Person)
    assert found.id == "ed@example.com"
    (sent,) = [call for call in asked if call.body]
    assert (sent.path, json.loads(sent.body)) == (
        "/team/member_update",
        {"team_id": "team-platform", "user_id": "ed@example.com", "max_budget_in_team": "90.5"},
    )


@pytest.mark.parametrize(
    ("person", "amount", "told", "sentence"),
    [
        ("nobody@example.com", CAP, {}, "Nobody of that id is in a team that you lead"),
        ("ed@example.com", 10 * CAP, {}, "That is no limit that can be set for them"),
        ("ed@example.com", -CAP, {}, "That is no limit that can be set for them"),
        ("ed@example.com", CAP, {PLATFORM: "employee_team_info", "user": "employee_v2_user_info"},
         "Nobody of that id is in a team that you lead"),
        ("ed@example.com", 80 * CAP, {"give": "error_member_update_read_only_key"}, "This key may read and nothing"),
    ],
)  # fmt: skip
def test_nothing_is_set_for_somebody_else_or_below_nothing(
    giving: Any, person: str, amount: int, told: dict[str, Reply], sentence: str
) -> None:
    found, asked = giving(person, amount, told)
    assert isinstance(found, Failure)
    assert found.sentence.startswith(sentence)
    assert sum(bool(call.body) for call in asked) == ("give" in told)
