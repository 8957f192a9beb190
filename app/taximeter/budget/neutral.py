"""The neutral contract (``resources/budget/openapi.json``): one call a poll, steered by the service.

Where the calls begin is told by discovery, which is asked for again once a day. An answer that says
"nothing changed" leaves the figures as they are, ``as_of`` included.
"""

from __future__ import annotations

from dataclasses import replace

from taximeter.budget import moments
from taximeter.budget.contract import Answer, Call, Failure, Fault, Memory, Outcome, Reading, Service, Source
from taximeter.budget.discovery import PATH, Discovery, read_discovery
from taximeter.budget.faults import sentence_of
from taximeter.budget.fields import BadJson, Fields, read_object
from taximeter.budget.neutral_budgets import ID, neutral_quota, quota_id
from taximeter.budget.neutral_requests import neutral_requests
from taximeter.domain.quota import Quota

FIND, MINE = "discovery", "budgets"
FOUND_FOR = 24 * 3_600_000
MOST_BUDGETS = 100


def requests_of(memory: Memory, outcomes: tuple[Outcome, ...], source: Source, now: int) -> tuple[Call, ...]:
    """Discovery where it is not known or a day old, then the budgets."""
    done = {outcome.call.name: outcome for outcome in outcomes}
    known = memory.found_at and 0 <= now - memory.found_at < FOUND_FOR
    if not known and FIND not in done:
        return (Call(FIND, PATH),)
    base = _base(memory, done.get(FIND), source)
    if MINE in done or isinstance(base, Failure):
        return ()
    return (Call(MINE, f"{base}/me/budgets", memory.etag if memory.reading is not None else ""),)


def read(memory: Memory, outcomes: tuple[Outcome, ...], source: Source) -> Reading | Failure:
    """The budgets, or why there are none."""
    done = {outcome.call.name: outcome for outcome in outcomes}
    found = done.get(FIND)
    base = _base(memory, found, source)
    mine = done.get(MINE)
    if isinstance(base, Failure) or mine is None:
        return _explained(base) if isinstance(base, Failure) else Failure(Fault.UNREADABLE, "Nothing was asked")
    if isinstance(mine, Failure):
        return _explained(mine)
    kept = _found(memory, base, found, source)
    if mine.status == 304 and memory.reading is not None:
        age = moments.max_age(mine.headers)
        same = replace(memory.reading, max_age=memory.reading.max_age if age is None else age, can=kept.can)
        return replace(same, memory=replace(kept, reading=same))
    try:
        reading = _reading(mine, source)
    except BadJson:
        return Failure(Fault.BAD_BODY, sentence_of(Fault.BAD_BODY, source.host), call=mine.call)
    if isinstance(reading, Failure):
        return reading
    reading = replace(reading, can=kept.can)
    return replace(reading, memory=replace(kept, reading=reading, etag=mine.headers.get("etag", "")))


def _found(memory: Memory, base: str, found: Outcome | None, source: Source) -> Memory:
    """What is kept of discovery: as told now, else as told before."""
    told = read_discovery(found, source) if isinstance(found, Answer) else None
    if not isinstance(found, Answer) or not isinstance(told, Discovery):
        return replace(memory, base=base)
    return replace(memory, base=base, found_at=found.received_at, can=told.capabilities)


def _base(memory: Memory, found: Outcome | None, source: Source) -> str | Failure:
    """Where the calls begin: as told now, else as told before."""
    if found is None:
        return memory.base
    told = read_discovery(found, source)
    if isinstance(told, Discovery):
        return told.base
    return memory.base if memory.found_at and isinstance(found, Failure) else told


def _reading(answer: Answer, source: Source) -> Reading | Failure:
    odd: list[str] = []
    whole = Fields(read_object(answer.body), "", odd)
    told_as_of = whole.moment("as_of")
    if told_as_of is None or not isinstance(whole.values.get("budgets"), list):
        lack = "as_of" if told_as_of is None else "budgets"
        return Failure(
            Fault.UNREADABLE, f"The answer of {source.host} has no {lack} that can be used", call=answer.call
        )
    off = moments.clock_off(answer.headers, answer.received_at)
    as_of = moments.here(told_as_of, off, answer.received_at)
    subject = whole.inner("subject")
    who = subject.text("name") or subject.text("id")
    quotas, unread = _quotas(whole, who, as_of, source)
    binding = ID + whole.text("binding_budget_id")
    ages = [age for age in (moments.max_age(answer.headers), whole.whole("poll_after_seconds", 1, 86_400)) if age]
    return Reading(
        quotas=tuple(replace(quota, told_binds=quota.id == binding) for quota in quotas),
        as_of=as_of,
        who=who,
        leads=subject.flag("manager"),
        to_decide=whole.whole("to_decide", 0, 1_000_000) or 0,
        requests=neutral_requests(whole, "increase_requests"),
        binding=binding if any(quota.id == binding for quota in quotas) else "",
        policy_version=whole.text("policy_version"),
        max_age=max(ages, default=None),
        clock_off=off,
        unread=unread,
        odd=tuple(odd),
    )


def _quotas(whole: Fields, who: str, as_of: int, source: Source) -> tuple[tuple[Quota, ...], tuple[str, ...]]:
    """The budgets that can be shown, and the ids of those that cannot."""
    read: dict[str, Quota | None] = {}
    told = whole.objects("budgets")
    if len(told) > MOST_BUDGETS:
        whole.say("budgets", f"are {len(told)}: only {MOST_BUDGETS} are shown")
    for budget in told[:MOST_BUDGETS]:
        try:
            known_as = quota_id(budget)
        except LookupError:
            continue
        if known_as in read:
            budget.say("id", "is that of another budget")
            continue
        try:
            read[known_as] = neutral_quota(budget, who, as_of, source)
        except LookupError:
            read[known_as] = None
    quotas = tuple(quota for quota in read.values() if quota is not None)
    return quotas, tuple(known_as for known_as, quota in read.items() if quota is None)


def _explained(failure: Failure) -> Failure:
    """A failure in the service's own words, where it has some (RFC 9457)."""
    try:
        problem = Fields(read_object(failure.body), "")
    except BadJson:
        return failure
    words = ". ".join(part.rstrip(".") for part in (problem.text("title"), problem.text("detail")) if part)
    return replace(failure, sentence=f"{failure.sentence} ({words})") if words else failure


SERVICE = Service("taximeter", "Taximeter budget service", requests_of, read)
