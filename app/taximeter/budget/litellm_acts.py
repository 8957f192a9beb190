"""What LiteLLM may be asked beside its figures: a manager's people, and a limit raised unasked.

It has no requests for more and sets nothing aside.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from taximeter.budget import litellm
from taximeter.budget.acts import Act, Acts, Place, refused
from taximeter.budget.contract import Answer, Call, Failure, Fault, Memory, Outcome
from taximeter.budget.faults import sentence_of
from taximeter.budget.fields import BadJson, money_text
from taximeter.budget.litellm_budgets import SHARE, TEAM_ID
from taximeter.budget.litellm_team import (
    MOST_TEAMS,
    PEOPLE,
    led_teams,
    own_id,
    page_of,
    people_call,
    people_of,
    teams_calls,
)
from taximeter.domain.people import Person, TeamPage
from taximeter.domain.quota import Quota

T = TypeVar("T")
GIVE, AFTER = "give", "after "
NO_REQUESTS, NO_HOLDS = "takes no requests for more", "sets nothing aside"
LEADS_NOBODY = Failure(Fault.FORBIDDEN, "You are no admin of a team there")
READS_ALONE = "This key may read and nothing else: sign in with one that may call /team/member_update"


def team(place: Place, search: str, after: str) -> Act[TeamPage]:
    """The people of all teams that the caller leads."""

    def calls(outcomes: tuple[Outcome, ...]) -> tuple[Call, ...]:
        if first := teams_calls(outcomes):
            return first
        asked = {outcome.call.name for outcome in outcomes}
        wanted = (people_call(one.id) for one in led_teams(outcomes)[:MOST_TEAMS])
        return tuple(call for call in wanted if call.name not in asked)

    def read(outcomes: tuple[Outcome, ...]) -> TeamPage | Failure:
        led = led_teams(outcomes)
        if not led:
            return _first_failure(outcomes) or LEADS_NOBODY
        odd = [f"{one.name} is not shown: more than {MOST_TEAMS} teams are not asked for" for one in led[MOST_TEAMS:]]
        people: tuple[Person, ...] = ()
        for outcome in outcomes:
            if outcome.call.name.startswith(PEOPLE) and isinstance(outcome, Answer):
                people += people_of(outcome, place.source, own_id(outcomes), odd)
            elif outcome.call.name.startswith(PEOPLE):
                name = next(one.name for one in led if PEOPLE + one.id == outcome.call.name)
                odd.append(f"{name} is not shown: {_sentence(outcome)}")
        return page_of(people, search, after, tuple(odd))

    return _safe(place, calls, read)


def mine(place: Place) -> Act[Person]:
    """One's own row: one's share in each team, as its admin sees it."""

    def read(outcomes: tuple[Outcome, ...]) -> Person | Failure:
        found = litellm.read(Memory(), outcomes, place.source)
        if isinstance(found, Failure):
            return found
        shares = tuple(
            replace(quota, name=quota.name.removeprefix(SHARE), who=found.who)
            for quota in found.quotas
            if quota.id.startswith(TEAM_ID)
        )
        return Person(own_id(outcomes) or found.who, found.who, found.as_of, shares)

    return Act(lambda outcomes: litellm.requests_of(Memory(), outcomes, place.source, place.now), read)


def give(place: Place, person: str, quota: str, limit: int) -> Act[Person]:
    """Raises what a member may use in a team. An amount that was granted for a while stays on top.

    LiteLLM takes any id and any amount, so that both are looked up before, and the outcome after.
    """
    of = quota.removeprefix(TEAM_ID)

    def row(outcomes: tuple[Outcome, ...], call: str) -> Person | None:
        told = (one for one in outcomes if one.call.name.startswith(call) and isinstance(one, Answer))
        rows = (people_of(answer, place.source, own_id(outcomes), []) for answer in told)
        return next((one for people in rows for one in people if one.id == person), None)

    def calls(outcomes: tuple[Outcome, ...]) -> tuple[Call, ...]:
        asked = [outcome.call.name for outcome in outcomes]
        if not outcomes:
            return teams_calls(outcomes)
        if people_call(of).name not in asked:
            return (people_call(of),) if own_id(outcomes) else ()
        found = row(outcomes, PEOPLE)
        if GIVE not in asked:
            new = None if found is None else _new_amount(found.quotas, limit)
            return () if new is None else (_update(of, person, new),)
        given = next(outcome for outcome in outcomes if outcome.call.name == GIVE)
        return (people_call(of, AFTER),) if isinstance(given, Answer) and AFTER + of not in asked else ()

    def read(outcomes: tuple[Outcome, ...]) -> Person | Failure:
        failed = _first_failure(outcomes)
        if failed is not None:
            return replace(failed, sentence=_sentence(failed), status=0) if failed.call.name == GIVE else failed
        if row(outcomes, PEOPLE) is None:
            return Failure(Fault.NOT_FOUND, "Nobody of that id is in a team that you lead")
        return row(outcomes, AFTER) or Failure(Fault.REJECTED, "That is no limit that can be set for them")

    return _safe(place, calls, read)


def _new_amount(quotas: tuple[Quota, ...], limit: int) -> int | None:
    """The amount to be set so that the limit is that; None where none can be."""
    raised = next((one.increase.amount for one in quotas if one.increase is not None), 0)
    return limit - raised if quotas and limit > raised else None


def _update(team: str, person: str, amount: int) -> Call:
    body = {"team_id": team, "user_id": person, "max_budget_in_team": money_text(amount)}
    return Call(GIVE, "/team/member_update", body=json.dumps(body).encode())


def _first_failure(outcomes: tuple[Outcome, ...]) -> Failure | None:
    return next((outcome for outcome in outcomes if isinstance(outcome, Failure)), None)


def _sentence(failure: Outcome) -> str:
    if not isinstance(failure, Failure):
        return ""
    if failure.fault is Fault.TOO_LARGE:
        return "it is too large to be read at once"
    return READS_ALONE if b"not allowed to call this route" in failure.body else failure.sentence


def _safe(
    place: Place, calls: Callable[[tuple[Outcome, ...]], tuple[Call, ...]],
    read: Callable[[tuple[Outcome, ...]], T | Failure],
) -> Act[T]:  # fmt: skip
    """An act that ends where an answer is no JSON, or anything but the people of a team cannot be had."""

    def more(outcomes: tuple[Outcome, ...]) -> tuple[Call, ...]:
        if any(isinstance(one, Failure) and not one.call.name.startswith(PEOPLE) for one in outcomes):
            return ()
        try:
            return calls(outcomes)
        except BadJson:
            return ()

    def result(outcomes: tuple[Outcome, ...]) -> T | Failure:
        try:
            return read(outcomes)
        except BadJson:
            return Failure(Fault.BAD_BODY, sentence_of(Fault.BAD_BODY, place.source.host))

    return Act(more, result)


ACTS = Acts(
    ask=lambda place, _wish, _quota: refused(place.source.host, NO_REQUESTS),
    withdraw=lambda place, _id, _key: refused(place.source.host, NO_REQUESTS),
    decide=lambda place, _id, _decision, _key: refused(place.source.host, NO_REQUESTS),
    to_decide=lambda place, _after: refused(place.source.host, NO_REQUESTS),
    team=team,
    mine=mine,
    give=give,
    hold=lambda place, _wanted, _key: refused(place.source.host, NO_HOLDS),
    settle=lambda place, _held, _spent, _key: refused(place.source.host, NO_HOLDS),
)
