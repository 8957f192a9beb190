"""LiteLLM Proxy: the budgets of the calling key, of its person, of that person in each team, and of the teams.

Written for and recorded from release 1.106. All hold at once. Two calls a poll; with teams one more for
each, and one for what all of them have together; what told no budget is left out for an hour.
``/user/info`` is asked only where the small ``/v2/user/info`` is not to be had, since it costs the proxy
several queries. The spending is written in batches, so that an answer is true for ten seconds before it
was given. A key that may
do nothing but read (``allowed_routes: ["info_routes", "/team/<id>/members/me"]``) is the best to be
used here: its own figures say nothing, the person's and the teams' do. A member who has nothing but
an increase for a time is told without the team's own amount, which ``/team/info`` tells; it is asked
in that case alone, since it lists the colleagues, of whom nothing is read.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from taximeter.budget import moments
from taximeter.budget.contract import Answer, Call, Failure, Fault, Memory, Outcome, Reading, Service, Source
from taximeter.budget.fields import BadJson, Fields, read_object
from taximeter.budget.litellm_budgets import TABLE
from taximeter.budget.litellm_parts import (
    KEY,
    MOST_TEAMS,
    QUIET_FOR,
    REFUSED,
    TEAM,
    TEAMS,
    USER,
    WHOLE_TEAM,
    WHOLE_USER,
    has_owner,
    object_of,
    parts_of,
    person_of,
    quiet_calls,
    teams_of,
    that_hold,
)
from taximeter.budget.litellm_team import led_by

OF_AN_ADMIN = frozenset({"team", "give"})
"""What a team's admin may ask besides; see ``litellm_acts``."""
ELSEWHERE = frozenset({Fault.FORBIDDEN, Fault.NOT_FOUND, Fault.UNAUTHENTICATED, Fault.REJECTED})
"""LiteLLM refuses a route to a good key with 401, 403, 404 or 422, depending on the release."""


def requests_of(memory: Memory, outcomes: tuple[Outcome, ...], _source: Source, now: int) -> tuple[Call, ...]:
    """The calls still to make: the key, its person, the person's teams; none after a failure that ends the poll."""
    if any(_ends_the_poll(outcome) for outcome in outcomes):
        return ()
    done = {outcome.call.name: outcome for outcome in outcomes}
    quiet = {name for name, at in memory.quiet if 0 <= now - at < QUIET_FOR}
    if KEY not in done and KEY not in quiet:
        return (Call(KEY, "/key/info"),)
    if USER not in quiet and USER not in done and has_owner(done.get(KEY)):
        return (Call(USER, "/v2/user/info"),)
    if isinstance(done.get(USER), Failure) and WHOLE_USER not in done:
        return (Call(WHOLE_USER, "/user/info"),)
    teams = teams_of(done)[:MOST_TEAMS]
    known = done.keys() | quiet | {name.removeprefix(REFUSED) for name in quiet}
    members = [
        Call(TEAM + team, f"/team/{quote(team, safe='')}/members/me") for team in teams if TEAM + team not in known
    ]
    if teams and TEAMS not in known and person_of(done):
        members.append(Call(TEAMS, f"/v2/team/list?user_id={quote(person_of(done), safe='')}&page=1&page_size=100"))
    raised = [team for team in teams if _only_raised(done.get(TEAM + team)) and WHOLE_TEAM + team not in done]
    return (
        *members,
        *(Call(WHOLE_TEAM + team, f"/team/info?team_id={quote(team, safe='')}&key_limit=1") for team in raised),
    )


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
            part
            for answer in answers
            if not answer.call.name.startswith(WHOLE_TEAM)
            for part in parts_of(answer, owned, source, odd)
        )
    except BadJson:
        return Failure(Fault.BAD_BODY, f"The answer of {source.host} cannot be read")
    odd += [f"{one.call.path.partition('?')[0]}: {one.sentence}" for one in refused if one.call.name not in {USER, KEY}]
    odd += [f"{name.removeprefix(REFUSED)} was refused within the hour" for name, _ in memory.quiet if REFUSED in name]
    told = [part.quota for part in parts if part.quota is not None]
    if not told:
        nothing = Failure(Fault.UNREADABLE, "; ".join(odd) or f"{source.host} told no budget")
        return _explained(refused[0]) if refused and not parts else nothing
    newest = max(answers, key=lambda answer: answer.received_at)
    led = led_by(memory, owned)
    return Reading(
        quotas=that_hold(parts),
        as_of=min(quota.as_of for quota in told),
        who=next((part.who for part in parts if part.who), ""),
        max_age=moments.max_age(newest.headers),
        clock_off=moments.clock_off(newest.headers, newest.received_at),
        unread=tuple(part.id for part in parts if part.quota is None),
        odd=tuple(odd),
        leads=bool(led),
        can=OF_AN_ADMIN if led else frozenset(),
        memory=Memory(quiet=quiet_calls(memory, parts, refused, newest.received_at), led=led),
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
    too_large = outcome.fault is Fault.TOO_LARGE and outcome.call.name.startswith((WHOLE_TEAM, TEAMS))
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


def _only_raised(member: Outcome | None) -> bool:
    """Whether a member's budget is the team's own, which is not told here, with an increase of theirs on top."""
    table = object_of(member).inner(TABLE).values
    return table.get("max_budget") is None and table.get("temp_budget_increase") is not None


SERVICE = Service("litellm", "LiteLLM", requests_of, read)
