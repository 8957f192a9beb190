"""What LiteLLM's answers tell, taken apart: each budget with the call that told it, and whose it is.

What a whole team has stands beside everybody's roles in it, of which nothing is read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from taximeter.budget import moments
from taximeter.budget.contract import Answer, Failure, Memory, Outcome, Source
from taximeter.budget.fields import BadJson, Fields, read_object
from taximeter.budget.litellm_budgets import (
    KEY_ID,
    TEAM_ID,
    USER_ID,
    WHOLE_TEAM_ID,
    Told,
    is_set,
    key_quota,
    member_quota,
    team_quota,
    user_quota,
)
from taximeter.domain.quota import Enforcement, Quota

KEY, USER, WHOLE_USER, TEAM, WHOLE_TEAM, TEAMS = "key", "user", "whole user", "team:", "whole team:", "teams"
REFUSED = "refused "
"""Before a call that is not made for a while since it was refused."""
BATCH_DELAY = 10_000
"""``PROXY_BATCH_WRITE_AT``: spending reaches the tables that late."""
QUIET_FOR = 3_600_000
MOST_TEAMS = 8
"""More are left out and said: each is a call of its own."""
NOT_READ = ("model_max_budget", "budget_limits")


class Part(NamedTuple):
    """What one answer told."""

    call: str
    id: str
    quota: Quota | None
    """None when its figures cannot be used."""
    who: str = ""
    of_team: bool = False
    """Whether it is a key that belongs to a team."""


def _told(answer: Answer, source: Source) -> Told:
    served = moments.served_at(answer.headers) or answer.received_at
    off = moments.clock_off(answer.headers, answer.received_at)
    return Told(served, moments.here(served - BATCH_DELAY, off, answer.received_at), source)


def parts_of(answer: Answer, owned: Mapping[str, Answer], source: Source, odd: list[str]) -> tuple[Part, ...]:
    """What one answer told; ``owned`` are all that came, by their call. Raises ``BadJson``."""
    if answer.call.name != TEAMS:
        return (_part(answer, owned, source, odd),)
    asked = teams_of(owned)[:MOST_TEAMS]
    told, found = _told(answer, source), Fields(read_object(answer.body), "", odd).objects("teams")
    return tuple(_team_part(team, told, odd) for team in found if team.text("team_id") in asked)


def _team_part(team: Fields, told: Told, odd: list[str]) -> Part:
    odd += _left_out(team)
    try:
        quota = team_quota(team, told)
    except LookupError:
        quota = None
    return Part(TEAMS, WHOLE_TEAM_ID + team.text("team_id"), quota)


def _part(answer: Answer, owned: Mapping[str, Answer], source: Source, odd: list[str]) -> Part:
    name, body, told = answer.call.name, read_object(answer.body), _told(answer, source)
    fields, quota_id, make = _subject(name, body, odd)
    if name.startswith(TEAM):
        whole = object_of(owned.get(WHOLE_TEAM + name.removeprefix(TEAM)))
        make = partial(member_quota, of_team=whole.inner("team_info").inner("team_member_budget_table"))
    odd += _left_out(fields)
    if len(teams := fields.texts("teams")) > MOST_TEAMS:
        odd.append(f"{fields.place}.teams: {len(teams) - MOST_TEAMS} of {len(teams)} teams are not asked for")
    who = fields.text("user_email") or fields.text("user_alias") or fields.text("user_id")
    try:
        quota = make(fields, told)
    except LookupError:
        quota = None
    of_team = name == KEY and bool(fields.text("team_id"))
    return Part(name, quota_id, quota, who if quota_id == USER_ID else "", of_team)


def _left_out(fields: Fields) -> list[str]:
    what = "budgets of single models or windows are not shown"
    return [f"{fields.place}.{key}: {what}" for key in NOT_READ if fields.values.get(key)]


def _subject(name: str, body: Mapping[str, Any], odd: list[str]) -> tuple[Fields, str, Callable[[Fields, Told], Quota]]:
    """What an answer is about, the id of its quota, and how that is made."""
    whole = Fields(body, "", odd)
    if name == KEY:
        return Fields(whole.inner("info").values, "key", odd), KEY_ID, key_quota
    if name in {USER, WHOLE_USER}:
        person = whole if name == USER else whole.inner("user_info")
        return Fields(person.values, "user", odd), USER_ID, user_quota
    team = name.removeprefix(TEAM)
    return Fields({**body, "team_id": team}, f"team {team}", odd), TEAM_ID + team, member_quota


def that_hold(parts: tuple[Part, ...]) -> tuple[Quota, ...]:
    """The budgets that are set; where none is, what is used without a limit.

    A team's key is not held to its person's own budget unless the proxy is told so.
    """
    own = Enforcement.NONE if any(part.of_team for part in parts) else Enforcement.BLOCK
    told = [
        replace(part.quota, enforcement=own) if part.id == USER_ID else part.quota
        for part in parts
        if part.quota is not None
    ]
    found = tuple(quota for quota in told if is_set(quota))
    missing = any(part.quota is None for part in parts)
    if found or missing:
        return found
    return tuple(sorted(told, key=lambda quota: quota.id != USER_ID)[:1])


def quiet_calls(
    memory: Memory, parts: tuple[Part, ...], refused: list[Failure], now: int
) -> tuple[tuple[str, int], ...]:
    """The calls that told no budget or were refused, not to be made again for a while; one is always left."""
    person = next((part for part in parts if part.id == USER_ID), None)
    kept = {name: at for name, at in memory.quiet if 0 <= now - at < QUIET_FOR}
    telling = {part.call for part in parts if part.quota is None or is_set(part.quota)}
    for part in parts:
        kept.pop(part.call, None)
    for part in parts:
        skipped = part.id not in {USER_ID, KEY_ID} or (part.id == KEY_ID and person is not None and not part.of_team)
        if part.call not in telling and skipped:
            kept[part.call] = now
    kept |= {REFUSED + one.call.name: now for one in refused if one.call.name.startswith((TEAM, TEAMS))}
    return tuple(sorted(kept.items()))


def object_of(outcome: Outcome | None) -> Fields:
    """The object that a call is about; empty when there was none."""
    if not isinstance(outcome, Answer):
        return Fields({}, "")
    try:
        found = Fields(read_object(outcome.body), "")
    except BadJson:
        return Fields({}, "")
    inner = {KEY: "info", WHOLE_USER: "user_info"}.get(outcome.call.name)
    return found if inner is None else found.inner(inner)


def has_owner(key: Outcome | None) -> bool:
    """Whether there is a person to ask about: a key may belong to nobody."""
    return not isinstance(key, Answer) or bool(object_of(key).text("user_id"))


def person_of(done: Mapping[str, Outcome]) -> str:
    """The id of who owns the key; empty where nothing told it."""
    person = object_of(done.get(WHOLE_USER if WHOLE_USER in done else USER)).text("user_id")
    return person or object_of(done.get(KEY)).text("user_id")


def teams_of(done: Mapping[str, Outcome]) -> tuple[str, ...]:
    """The ids of the key's team and of its owner's, each once."""
    person = WHOLE_USER if WHOLE_USER in done else USER
    own = object_of(done.get(KEY)).text("team_id") if has_owner(done.get(KEY)) else ""
    found = (own, *object_of(done.get(person)).texts("teams"))
    return tuple(dict.fromkeys(team for team in found if team))
