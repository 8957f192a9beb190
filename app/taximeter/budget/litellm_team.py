"""LiteLLM's teams as a manager sees them: their people, and what each was granted there.

A manager is a team's admin. Which teams those are, ``/v2/team/list`` tells, and of each ``/team/info``
tells everybody at once: LiteLLM neither pages nor searches people, so both are done here, and a page
costs as many calls as all. ``/team/info`` answers whoever is in the team; here people are read of teams
alone whose admin the caller is. What else holds for a person, their key and their own budget, is not
theirs to grant and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import quote, urlencode

from taximeter.budget import moments
from taximeter.budget.contract import Answer, Call, Memory, Outcome, Source
from taximeter.budget.fields import Fields, read_object
from taximeter.budget.litellm_budgets import TABLE, Told, member_quota
from taximeter.budget.litellm_parts import BATCH_DELAY, object_of, person_of
from taximeter.budget.litellm_parts import TEAM as SHARE
from taximeter.budget.litellm_parts import TEAMS as LIST
from taximeter.domain.people import Person, TeamPage
from taximeter.domain.quota import Quota

USER, TEAMS, PEOPLE = "user", "teams ", "people "
PROXY_ITSELF = "default_user_id"
"""Is in every team that was made with the master key, and is nobody."""
PAGE_OF_TEAMS = 100
"""More is refused."""
MOST_TEAMS = 8
PAGE = 500
"""People on a page: as few pages as can be, since each costs as much as all."""


class Team(NamedTuple):
    """A team of which the caller is an admin, or another."""

    id: str
    name: str
    led: bool


def own_id(outcomes: tuple[Outcome, ...]) -> str:
    """The caller's id; empty where it was not told."""
    return next((told.text("user_id") for told in _answers(outcomes, USER)), "")


def teams_calls(outcomes: tuple[Outcome, ...]) -> tuple[Call, ...]:
    """The calls still to make until it is known which teams the caller leads: who it is, and their teams."""
    if not _named(outcomes, USER):
        return (Call(USER, "/v2/user/info"),)
    told = tuple(_answers(outcomes, TEAMS))
    page, pages = len(told) + 1, told[-1].whole("total_pages", 0, 10_000) or 0 if told else 1
    if not own_id(outcomes) or page > pages:
        return ()
    asked = {"user_id": own_id(outcomes), "page": page, "page_size": PAGE_OF_TEAMS}
    return (Call(f"{TEAMS}{page}", f"/v2/team/list?{urlencode(asked)}"),)


def led_teams(outcomes: tuple[Outcome, ...]) -> tuple[Team, ...]:
    """The teams whose admin the caller is, by name."""
    me = own_id(outcomes)
    found = (team for page in _answers(outcomes, TEAMS) for team in _teams(page, me))
    return tuple(sorted((team for team in found if team.led), key=lambda team: (team.name.casefold(), team.id)))


def led_by(memory: Memory, polled: Mapping[str, Answer]) -> tuple[str, ...]:
    """The ids of the teams that the person leads, as a poll's answers tell it; where none does, as it was told before.

    A release or a key that does not list teams still tells one's role with one's share of each.
    """
    found = {name.removeprefix(SHARE): object_of(one) for name, one in polled.items() if name.startswith(SHARE)}
    led = {team for team, member in found.items() if member.text("role") == "admin"}
    if LIST in polled:
        me = person_of(polled)
        return tuple(sorted(led | {one.id for one in _teams(object_of(polled[LIST]), me) if one.led}))
    return tuple(sorted(led | set(memory.led) - found.keys()))


def people_call(team: str, call: str = PEOPLE) -> Call:
    """Asks for everybody of a team, and for a single one of its keys, of which there may be thousands."""
    return Call(call + team, f"/team/info?team_id={quote(team, safe='')}&key_limit=1")


def people_of(answer: Answer, source: Source, me: str, odd: list[str]) -> tuple[Person, ...]:
    """Everybody in a team, with their quota there; nobody where the caller is not its admin."""
    body = Fields(read_object(answer.body), "", odd)
    info = body.inner("team_info")
    if not _team(info, me).led:
        return ()
    off = moments.clock_off(answer.headers, answer.received_at)
    served = moments.served_at(answer.headers) or answer.received_at
    told = Told(served, moments.here(served - BATCH_DELAY, off, answer.received_at), source)
    rows = {row.text("user_id"): row for row in body.objects("team_memberships")}
    found = []
    for member in info.objects("members_with_roles"):
        id = member.text("user_id")
        if id in ("", PROXY_ITSELF):
            continue
        name = member.text("user_alias") or member.text("user_email") or id
        row = rows.get(id)
        quotas = () if row is None else tuple(_quota(row, info, told, name))
        found.append(Person(id, name, told.as_of, quotas))
    return tuple(found)


def page_of(people: tuple[Person, ...], search: str, after: str, odd: tuple[str, ...]) -> TeamPage:
    """A page of everybody, each once with all their quotas; ``after`` is how many came before."""
    whole: dict[str, Person] = {}
    for one in people:
        before = whole.get(one.id)
        whole[one.id] = one if before is None else replace(before, quotas=before.quotas + one.quotas)
    wanted = search.casefold()
    found = [one for one in whole.values() if wanted in one.name.casefold() or wanted in one.id.casefold()]
    found.sort(key=lambda one: (one.name.casefold(), one.id))
    begin = int(after) if after.isdecimal() else 0
    end = begin + PAGE
    return TeamPage(tuple(found[begin:end]), len(found), str(end) if end < len(found) else "", odd)


def _quota(row: Fields, info: Fields, told: Told, name: str) -> Iterator[Quota]:
    """What a member has in the team; nothing where it cannot be used, for which there is a reason in ``odd``.

    Who has no amount of their own has the team's.
    """
    team = info.text("team_id")
    of_team = Fields({}, "")
    default = info.inner("team_member_budget_table")
    try:
        if row.inner(TABLE).number_money("max_budget") is None:
            of_team = default
        member = Fields({**row.values, "team_id": team}, row.place, row.odd)
        yield replace(member_quota(member, told, of_team), name=info.text("team_alias") or team, who=name)
    except LookupError:
        return


def _teams(page: Fields, me: str) -> list[Team]:
    return [_team(told, me) for told in page.objects("teams")]


def _team(told: Fields, me: str) -> Team:
    roles = {one.text("user_id"): one.text("role") for one in told.objects("members_with_roles")}
    id = told.text("team_id")
    return Team(id, told.text("team_alias") or id, bool(me) and roles.get(me) == "admin")


def _named(outcomes: tuple[Outcome, ...], name: str) -> tuple[Outcome, ...]:
    return tuple(outcome for outcome in outcomes if outcome.call.name.startswith(name))


def _answers(outcomes: tuple[Outcome, ...], name: str) -> Iterator[Fields]:
    for outcome in _named(outcomes, name):
        if isinstance(outcome, Answer):
            yield Fields(read_object(outcome.body), "")
