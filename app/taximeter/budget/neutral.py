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
from taximeter.budget.neutral_people import neutral_person

FIND, MINE = "discovery", "budgets"
FIRST = Call(FIND, PATH)
FOUND_FOR = 24 * 3_600_000


def requests_of(memory: Memory, outcomes: tuple[Outcome, ...], source: Source, now: int) -> tuple[Call, ...]:
    """Discovery where it is not known or a day old, then the budgets."""
    found = discovered(memory, outcomes, source, now)
    if found is None:
        return (FIRST,)
    if isinstance(found, Failure) or any(outcome.call.name == MINE for outcome in outcomes):
        return ()
    return (Call(MINE, f"{found.base}/me/budgets", memory.etag if memory.reading is not None else ""),)


def discovered(
    memory: Memory, outcomes: tuple[Outcome, ...], source: Source, now: int, part: str = ""
) -> Memory | Failure | None:
    """What is kept with what discovery told; None while it is still to be asked, which is once a day.

    For a ``part`` that the service did not have it is asked again.
    """
    found = next((outcome for outcome in outcomes if outcome.call.name == FIND), None)
    known = memory.found_at and 0 <= now - memory.found_at < FOUND_FOR and (not part or part in memory.can)
    if found is None and not known:
        return None
    base = _base(memory, found, source)
    return base if isinstance(base, Failure) else _found(memory, base, found, source)


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
    off = moments.clock_off(answer.headers, answer.received_at)
    try:
        person, unread = neutral_person(whole, source, off, answer.received_at)
    except LookupError as lack:
        sentence = f"The answer of {source.host} has no {lack.args[0]} that can be used"
        return Failure(Fault.UNREADABLE, sentence, call=answer.call)
    ages = [age for age in (moments.max_age(answer.headers), whole.whole("poll_after_seconds", 1, 86_400)) if age]
    return Reading(
        quotas=person.quotas,
        as_of=person.as_of,
        who=person.name,
        leads=whole.inner("subject").flag("manager"),
        to_decide=whole.whole("to_decide", 0, 1_000_000) or 0,
        requests=person.requests,
        binding=person.binding,
        policy_version=whole.text("policy_version"),
        max_age=max(ages, default=None),
        clock_off=off,
        unread=unread,
        odd=tuple(odd),
    )


def _explained(failure: Failure) -> Failure:
    """A failure in the service's own words, where it has some (RFC 9457)."""
    try:
        problem = Fields(read_object(failure.body), "")
    except BadJson:
        return failure
    words = ". ".join(part.rstrip(".") for part in (problem.text("title"), problem.text("detail")) if part)
    return replace(failure, sentence=f"{failure.sentence} ({words})") if words else failure


SERVICE = Service("taximeter", "Taximeter budget service", requests_of, read)
