"""The optional parts of the neutral contract: asking for more, deciding, the team, holds.

One call each, with a discovery before it where that is a day old. An approval of another amount than
was asked for reads the waiting requests first, since a request's unit stands in it alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import quote, urlencode

from taximeter.budget import moments
from taximeter.budget.acts import LARGEST_PAGE, Act, Acts, Place, Set, not_offered, refused
from taximeter.budget.contract import Answer, Call, Failure, Fault, Outcome
from taximeter.budget.faults import sentence_of
from taximeter.budget.fields import BadJson, Fields, money_text, read_object
from taximeter.budget.neutral import FIND, FIRST, discovered
from taximeter.budget.neutral_budgets import ID, UNITS, amount_of, currency_of
from taximeter.budget.neutral_people import neutral_person
from taximeter.budget.neutral_requests import neutral_request, neutral_requests
from taximeter.domain.holds import ServiceHold
from taximeter.domain.increase import Decision, IncreaseRequest, RequestPage, Wish
from taximeter.domain.people import Person, TeamPage
from taximeter.domain.quota import IN_PARTS, Quota, Unit

T = TypeVar("T")
LONGEST_CURSOR = 500
ACT, PAGE = "act", "page "
LACKS = {
    "increase_requests": "takes no requests for more",
    "team": "shows no team",
    "holds": "sets nothing aside",
}
"""What is said of a service without a part."""
More = Callable[[str, tuple[Answer, ...]], tuple[Call, ...]]
"""The calls still to make: where they begin, and what came so far, discovery left out."""


def ask(place: Place, wish: Wish, quota: Quota) -> Act[IncreaseRequest]:
    """Asks for more of a quota; ``wish.key`` is needed."""
    body = {
        "budget_id": quota.id.removeprefix(ID),
        "amount": _text(wish.amount, quota.unit),
        "reason": wish.reason,
        "wanted_until": None if wish.until is None else _moment(wish.until),
    }
    sent = _sent("/increase-requests", {key: value for key, value in body.items() if value}, wish.key)
    return _act(place, "increase_requests", _once(sent), _request)


def withdraw(place: Place, id: str, key: str) -> Act[IncreaseRequest]:
    """Takes back a request of one's own."""
    return _act(place, "increase_requests", _once(_sent(_decision(id), {"decision": "cancel"}, key)), _request)


def decide(place: Place, id: str, decision: Decision, key: str) -> Act[IncreaseRequest]:
    """Approves or denies; see the module for an amount of its own."""
    body = {"decision": "approve" if decision.approve else "deny", "note": decision.note}
    body = {name: value for name, value in body.items() if value}
    if not decision.approve or decision.amount is None:
        return _act(place, "increase_requests", _once(_sent(_decision(id), body, key)), _request)
    amount = decision.amount

    def more(base: str, came: tuple[Answer, ...]) -> tuple[Call, ...]:
        if came and came[-1].call.name == ACT:
            return ()
        page = _requests(came[-1]) if came else RequestPage((), "")
        found = next((one for one in page.requests if one.id == id), None)
        if found is not None:
            return (_sent(_decision(id), {**body, "amount": _text(amount, found.unit)}, key)(base),)
        return (_waiting(base, page.next, len(came)),) if page.next or not came else ()

    def read(answer: Answer) -> IncreaseRequest | Failure:
        gone = Failure(Fault.NOT_FOUND, "There is no such request that waits for you", call=answer.call)
        return _request(answer) if answer.call.name == ACT else gone

    return _act(place, "increase_requests", more, read)


def to_decide(place: Place, cursor: str) -> Act[RequestPage]:
    """The requests that wait for this person, a page."""
    return _act(place, "increase_requests", _once(lambda base: _waiting(base, cursor, 0)), _requests)


def team(place: Place, search: str, cursor: str) -> Act[TeamPage]:
    """A page of one's people: searched and sorted by the service."""
    wanted = {"limit": LARGEST_PAGE, "cursor": cursor, "q": search}
    asked = urlencode({name: value for name, value in wanted.items() if value})

    def read(answer: Answer) -> TeamPage:
        odd: list[str] = []
        whole = Fields(read_object(answer.body), "", odd)
        off = moments.clock_off(answer.headers, answer.received_at)
        people = []
        for told in whole.objects("people"):
            try:
                people.append(neutral_person(told, place.source, off, answer.received_at).person)
            except LookupError as lack:
                odd.append(f"{told.place} has no {lack.args[0]} that can be used")
        following = whole.text("next_cursor", longest=LONGEST_CURSOR)
        return TeamPage(tuple(people), whole.whole("total", 0, 10**9), following, tuple(odd))

    return _act(place, "team", _once(lambda base: Call(ACT, f"{base}/team/budgets?{asked}")), read)


def mine(place: Place) -> Act[Person]:
    """One's own row: a manager gets the same form of it."""

    def read(answer: Answer) -> Person:
        off = moments.clock_off(answer.headers, answer.received_at)
        whole = Fields(read_object(answer.body), "")
        return neutral_person(whole, place.source, off, answer.received_at).person

    return _act(place, "", _once(lambda base: Call(ACT, f"{base}/me/budgets")), read)


def give(place: Place, _person: str, _quota: str, _amount: int) -> Act[Person]:
    """Nothing is given unasked here."""
    return refused(place.source.host, "raises a limit only where it was asked for")


def hold(place: Place, wanted: Set, key: str) -> Act[ServiceHold]:
    """Sets an amount aside before a launch."""
    body = {
        "unit": wanted.unit.value,
        "currency": wanted.currency,
        "amount": _text(wanted.amount, wanted.unit),
        "agents": wanted.agents,
        "expires_in_seconds": wanted.seconds,
    }
    sent = _sent("/holds", {name: value for name, value in body.items() if value}, key)
    return _act(place, "holds", _once(sent), _hold)


def settle(place: Place, held: ServiceHold, spent: int, key: str) -> Act[ServiceHold]:
    """Frees what was held; ``spent`` is for the service's record alone."""
    sent = _sent(f"/holds/{quote(held.id, safe='')}/settle", {"spent": _text(spent, held.unit)}, key)
    return _act(place, "holds", _once(sent), _hold)


def _act(place: Place, part: str, more: More, read: Callable[[Answer], T | Failure]) -> Act[T]:
    """An act of a part, an empty one of what every service has. ``read`` gets the last answer."""
    memory, source = place.memory, place.source

    def calls(outcomes: tuple[Outcome, ...]) -> tuple[Call, ...]:
        found = discovered(memory, outcomes, source, place.now, part)
        if found is None:
            return (FIRST,)
        came = [outcome for outcome in outcomes if outcome.call.name != FIND]
        answers = tuple(one for one in came if isinstance(one, Answer))
        if isinstance(found, Failure) or len(answers) < len(came) or (part and part not in found.can):
            return ()
        try:
            return more(found.base, answers)
        except BadJson:
            return ()

    def result(outcomes: tuple[Outcome, ...]) -> T | Failure:
        found = discovered(memory, outcomes, source, place.now, part)
        if found is None or isinstance(found, Failure):
            return found or Failure(Fault.UNREADABLE, "Nothing was asked")
        if part and part not in found.can:
            return not_offered(source.host, LACKS[part])
        last = outcomes[-1]
        if isinstance(last, Failure):
            return last
        try:
            return read(last)
        except BadJson:
            return Failure(Fault.BAD_BODY, sentence_of(Fault.BAD_BODY, source.host), call=last.call)
        except LookupError as lack:
            return Failure(Fault.UNREADABLE, f"The answer of {source.host} cannot be used: {lack}", call=last.call)

    return Act(calls, result)


def _once(call: Callable[[str], Call]) -> More:
    return lambda base, came: () if came else (call(base),)


def _sent(path: str, body: Mapping[str, object], key: str) -> Callable[[str], Call]:
    return lambda base: Call(ACT, base + path, body=json.dumps(body).encode(), key=key)


def _decision(id: str) -> str:
    return f"/increase-requests/{quote(id, safe='')}/decision"


def _waiting(base: str, cursor: str, number: int) -> Call:
    asked = {"role": "approver", "status": "pending", "limit": LARGEST_PAGE} | ({"cursor": cursor} if cursor else {})
    return Call(f"{PAGE}{number}", f"{base}/increase-requests?{urlencode(asked)}")


def _request(answer: Answer) -> IncreaseRequest:
    return neutral_request(Fields(read_object(answer.body), ""))


def _requests(answer: Answer) -> RequestPage:
    whole = Fields(read_object(answer.body), "")
    return RequestPage(neutral_requests(whole, "requests"), whole.text("next_cursor", longest=LONGEST_CURSOR))


def _hold(answer: Answer) -> ServiceHold:
    told = Fields(read_object(answer.body), "")
    unit, ends_at = UNITS.get(told.text("unit")), told.moment("expires_at")
    if unit is None or not told.text("id") or ends_at is None:
        raise LookupError("a hold's id, unit or end is missing")
    currency = currency_of(told) if unit is Unit.MONEY else ""
    quotas = tuple(ID + one for one in told.texts("budget_ids"))
    return ServiceHold(told.text("id"), unit, currency, amount_of(told, "amount", unit) or 0, ends_at, quotas)


def _text(amount: int, unit: Unit) -> str:
    """An amount as the contract writes it."""
    return money_text(amount) if unit in IN_PARTS else str(amount)


def _moment(at: int) -> str:
    stamp = datetime.fromtimestamp(at / 1000, UTC)
    return stamp.isoformat(timespec="milliseconds" if at % 1000 else "seconds").replace("+00:00", "Z")


ACTS = Acts(ask, withdraw, decide, to_decide, team, mine, give, hold, settle)
