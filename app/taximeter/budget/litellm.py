"""LiteLLM Proxy: the budgets of the calling key, of its person, and of that person in each team.

Written for and recorded from release 1.106. All three hold at once. Two calls a poll, and one more
for each team; what told no budget is left out for an hour. ``/user/info`` is asked only where the
small ``/v2/user/info`` is not to be had, since it costs the proxy several queries. The spending is
written in batches, so that an answer is true for ten seconds before it was given. A key that may
do nothing but read (``allowed_routes: ["info_routes", "/team/<id>/members/me"]``) is the best to be
used here: its own figures say nothing, the person's and the teams' do. A member who has nothing but
an increase for a time is told without the team's own amount, which ``/team/info`` tells; it is asked
in that case alone, since it lists the colleagues, of whom nothing is read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import quote

from taximeter.budget import moments
from taximeter.budget.contract import Answer, Call, Failure, Fault, Memory, Outcome, Reading, Service, Source
from taximeter.budget.fields import BadJson, Fields, read_object
from taximeter.budget.litellm_budgets import (
    KEY_ID,
    TABLE,
    TEAM_ID,
    USER_ID,
    Told,
    is_set,
    key_quota,
    member_quota,
    user_quota,
)
from taximeter.domain.quota import Enforcement, Quota

KEY, USER, WHOLE_USER, TEAM, WHOLE_TEAM = "key", "user", "whole user", "team:", "whole team:"
REFUSED = "refused "
"""Before a call that is not made for a while since it was refused."""
BATCH_DELAY = 10_000
"""``PROXY_BATCH_WRITE_AT``: spending reaches the tables that late."""
QUIET_FOR = 3_600_000
MOST_TEAMS = 8
"""More are left out and said: each is a call of its own."""
ELSEWHERE = frozenset({Fault.FORBIDDEN, Fault.NOT_FOUND, Fault.UNAUTHENTICATED, Fault.REJECTED})
"""LiteLLM refuses a route to a good key with 401, 403, 404 or 422, depending on the release."""
NOT_READ = ("model_max_budget", "budget_limits")


class _Part(NamedTuple):
    """What one answer told."""

    call: str
    id: str
    quota: Quota | None
    """None when its figures cannot be used."""
    who: str = ""
    of_team: bool = False
    """Whether it is a key that belongs to a team."""


def requests_of(memory: Memory, outcomes: tuple[Outcome, ...], _source: Source, now: int) -> tuple[Call, ...]:
    """The calls still to make: the key, its person, the person's teams; none after a failure that ends the poll."""
    if any(_ends_the_poll(outcome) for outcome in outcomes):
        return ()
    done = {outcome.call.name: outcome for outcome in outcomes}
    quiet = {name for name, at in memory.quiet if 0 <= now - at < QUIET_FOR}
    if KEY not in done and KEY not in quiet:
        return (Call(KEY, "/key/info"),)
    if USER not in quiet and USER not in done and _has_owner(done.get(KEY)):
        return (Call(USER, "/v2/user/info"),)
    if isinstance(done.get(USER), Failure) and WHOLE_USER not in done:
        return (Call(WHOLE_USER, "/user/info"),)
    teams = _teams(done)[:MOST_TEAMS]
    known = done.keys() | quiet | {name.removeprefix(REFUSED) for name in quiet}
    members = [
        Call(TEAM + team, f"/team/{quote(team, safe='')}/members/me") for team in teams if TEAM + team not in known
    ]
    raised = [team for team in teams if _only_raised(done.get(TEAM + team)) and WHOLE_TEAM + team not in done]
    return (*members, *(Call(WHOLE_TEAM + team, f"/team/info?team_id={quote(team, safe='')}") for team in raised))


def read(memory: Memory, outcomes: tuple[Outcome, ...], source: Source) -> Reading | Failure:
    """All budgets that hold, or why none could be read."""
    ending = next((outcome for outcome in outcomes if _ends_the_poll(outcome)), None)
    if isinstance(ending, Failure):
        return _explained(ending)
    odd: list[str] = []
    answers = [outcome for outcome in outcomes if isinstance(outcome, Answer)]
    refused = [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    try:
        owned = {answer.call.name: answer for answer in answers}
        parts = tuple(
            _part(answer, owned, source, odd) for answer in answers if not answer.call.name.startswith(WHOLE_TEAM)
        )
    except BadJson:
        return Failure(Fault.BAD_BODY, f"The answer of {source.host} cannot be read")
    odd += [f"{one.call.path}: {one.sentence}" for one in refused if one.call.name not in {USER, KEY}]
    odd += [f"{name.removeprefix(REFUSED)} was refused within the hour" for name, _ in memory.quiet if REFUSED in name]
    told = [part.quota for part in parts if part.quota is not None]
    if not told:
        nothing = Failure(Fault.UNREADABLE, "; ".join(odd) or f"{source.host} told no budget")
        return refused[0] if refused and not parts else nothing
    newest = max(answers, key=lambda answer: answer.received_at)
    return Reading(
        quotas=_that_hold(parts),
        as_of=min(quota.as_of for quota in told),
        who=next((part.who for part in parts if part.who), ""),
        max_age=moments.max_age(newest.headers),
        clock_off=moments.clock_off(newest.headers, newest.received_at),
        unread=tuple(part.id for part in parts if part.quota is None),
        odd=tuple(odd),
        memory=Memory(quiet=_quiet(memory, parts, refused, newest.received_at)),
    )


def exceeded(body: bytes) -> str | None:
    """Whose budget a refused request was over, by the refusal's type and never by its status.

    ``key``, ``user``, ``team``, ``team_member``, ``end_user``, or empty where it is not told; None when
    it was refused for another reason.
    """
    try:
        error = Fields(read_object(body), "").inner("error")
    except BadJson:
        return None
    if error.text("type") != "budget_exceeded":
        return None
    message = error.text("message")
    scopes = (("End User=", "end_user"), ("Key=", "key"), ("Team=", "team"), ("User=", "user"))
    found = next((scope for mark, scope in scopes if mark in message), "")
    return "team_member" if found == "team" and "User=" in message else found


def _ends_the_poll(outcome: Outcome) -> bool:
    """Whether the other calls are in vain, or would leave a picture of two moments."""
    if isinstance(outcome, Answer):
        return False
    if outcome.call.name == KEY:
        return outcome.fault not in ELSEWHERE or outcome.fault is Fault.UNAUTHENTICATED
    # A large team's answer may be larger than what is read.
    too_large = outcome.fault is Fault.TOO_LARGE and outcome.call.name.startswith(WHOLE_TEAM)
    return outcome.fault not in ELSEWHERE and not too_large


def _explained(failure: Failure) -> Failure:
    """A failure with what LiteLLM's own words add: a blocked key, or one that has ended."""
    try:
        message = Fields(read_object(failure.body), "").inner("error").text("message").lower()
    except BadJson:
        return failure
    if failure.fault is Fault.UNAUTHENTICATED and "blocked" in message:
        return replace(failure, fault=Fault.BLOCKED, sentence="The key was blocked by whoever runs the service")
    if failure.fault is Fault.UNAUTHENTICATED and "expired" in message:
        return replace(failure, sentence="The key has expired")
    return failure


def _object(outcome: Outcome | None) -> Fields:
    """The object that a call is about; empty when there was none."""
    if not isinstance(outcome, Answer):
        return Fields({}, "")
    try:
        found = Fields(read_object(outcome.body), "")
    except BadJson:
        return Fields({}, "")
    inner = {KEY: "info", WHOLE_USER: "user_info"}.get(outcome.call.name)
    return found if inner is None else found.inner(inner)


def _has_owner(key: Outcome | None) -> bool:
    """Whether there is a person to ask about: a key may belong to nobody."""
    return not isinstance(key, Answer) or bool(_object(key).text("user_id"))


def _teams(done: Mapping[str, Outcome]) -> tuple[str, ...]:
    person = WHOLE_USER if WHOLE_USER in done else USER
    own = _object(done.get(KEY)).text("team_id") if _has_owner(done.get(KEY)) else ""
    found = (own, *_object(done.get(person)).texts("teams"))
    return tuple(dict.fromkeys(team for team in found if team))


def _only_raised(member: Outcome | None) -> bool:
    """Whether a member's budget is the team's own, which is not told here, with an increase of theirs on top."""
    table = _object(member).inner(TABLE).values
    return table.get("max_budget") is None and table.get("temp_budget_increase") is not None


def _part(answer: Answer, owned: Mapping[str, Answer], source: Source, odd: list[str]) -> _Part:
    name, body = answer.call.name, read_object(answer.body)
    served = moments.served_at(answer.headers) or answer.received_at
    off = moments.clock_off(answer.headers, answer.received_at)
    told = Told(served, moments.here(served - BATCH_DELAY, off, answer.received_at), source)
    fields, quota_id, make = _subject(name, body, odd)
    if name.startswith(TEAM):
        whole = _object(owned.get(WHOLE_TEAM + name.removeprefix(TEAM)))
        make = partial(member_quota, of_team=whole.inner("team_info").inner("team_member_budget_table"))
    odd += [
        f"{fields.place}.{key}: budgets of single models or windows are not shown"
        for key in NOT_READ
        if fields.values.get(key)
    ]
    if len(teams := fields.texts("teams")) > MOST_TEAMS:
        odd.append(f"{fields.place}.teams: {len(teams) - MOST_TEAMS} of {len(teams)} teams are not asked for")
    who = fields.text("user_email") or fields.text("user_alias") or fields.text("user_id")
    try:
        quota = make(fields, told)
    except LookupError:
        quota = None
    of_team = name == KEY and bool(fields.text("team_id"))
    return _Part(name, quota_id, quota, who if quota_id == USER_ID else "", of_team)


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


def _that_hold(parts: tuple[_Part, ...]) -> tuple[Quota, ...]:
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


def _quiet(memory: Memory, parts: tuple[_Part, ...], refused: list[Failure], now: int) -> tuple[tuple[str, int], ...]:
    """The calls that told no budget or were refused, not to be made again for a while; one is always left."""
    person = next((part for part in parts if part.id == USER_ID), None)
    kept = {name: at for name, at in memory.quiet if 0 <= now - at < QUIET_FOR}
    for part in parts:
        kept.pop(part.call, None)
        skipped = part.id not in {USER_ID, KEY_ID} or (part.id == KEY_ID and person is not None and not part.of_team)
        if part.quota is not None and not is_set(part.quota) and skipped:
            kept[part.call] = now
    kept |= {REFUSED + one.call.name: now for one in refused if one.call.name.startswith(TEAM)}
    return tuple(sorted(kept.items()))


SERVICE = Service("litellm", "LiteLLM", requests_of, read)
