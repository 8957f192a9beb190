"""A manager's people as text, as data and as rows: amounts alone, by name, and no other order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo

from taximeter.commands.documents import Document, iso
from taximeter.commands.errands import request_json, request_words
from taximeter.commands.quota_text import amount_words, decimal, outlook_words, quota_json
from taximeter.commands.tables import Column, one_line, table
from taximeter.domain.people import Person, TeamPage, standing_of, waiting
from taximeter.domain.quota import IN_PARTS, Outlook, Quota

COLUMNS = (Column("Name", cut=True), Column("Left", right=True), Column("Of", right=True), Column("Used", right=True),
           Column("Until the reset"), Column("Asks for", cut=True))  # fmt: skip
SHORT = {"lasts past the reset": "lasts"}
NO_BUDGET, NO_LIMIT = "no budget", "no limit"


def team_table(people: Sequence[Person], now: int, zone: tzinfo) -> str:
    """One line a person, with the quota that binds; their others are counted behind their name."""
    twice = Counter(person.name for person in people)
    rows = [_row(person, now, zone, alike=twice[person.name] > 1) for person in people]
    shown = len(COLUMNS) - (not any(row[-1] for row in rows))
    return table(COLUMNS[:shown], [row[:shown] for row in rows])


def person_text(person: Person, now: int, zone: tzinfo) -> str:
    """One person's line, every quota in a line of its own, and their requests."""
    lines = [team_table((person,), now, zone)]
    seen = standing_of(person, now)
    if len(seen) > 1:
        lines += ["", *(f"  {one_line(one.quota.name)}: {_left(one)}, {outlook_words(one, now, zone)}" for one in seen)]
    if person.requests:
        lines += ["", *(f"  {one_line(one.id)}  {request_words(one, now, zone)}" for one in person.requests)]
    return "\n".join(lines)


def person_json(person: Person, now: int) -> Document:
    """A person as data; the quota that binds first."""
    return {
        "id": person.id,
        "name": person.name,
        "as_of": iso(person.as_of),
        "quotas": [quota_json(one) for one in standing_of(person, now)],
        "requests": [request_json(one) for one in person.requests],
    }


def team_document(page: TeamPage, people: tuple[Person, ...], now: int) -> Document:
    """The data of ``team --json``."""
    return {
        "schema": 1,
        "generated_at": iso(now),
        "total": page.total,
        "next": page.next or None,
        "people": [person_json(one, now) for one in people],
        "left_out": list(page.odd),
    }


def team_rows(people: Iterable[Person], now: int) -> Iterator[Document]:
    """A row for each quota of each person, and one for who has none."""
    for person in people:
        for seen in standing_of(person, now) or (None,):
            yield {"id": person.id, "name": person.name, "as_of": iso(person.as_of)} | _quota_row(person, seen)


def _quota_row(person: Person, seen: Outlook | None) -> Document:
    names = ("quota", "unit", "currency", "limit", "used", "held", "remaining", "state", "binds", "runs_out_at",
             "resets_at", "pending")  # fmt: skip
    if seen is None:
        return dict.fromkeys(names)
    quota = seen.quota
    pending = [one for one in waiting(person) if one.quota == quota.id]
    amounts = (_cell(quota, one) for one in (quota.limit, quota.spent, quota.held, quota.remaining))
    values = (
        quota.name, quota.unit.value, quota.currency or None, *amounts, seen.state.value, seen.binds,
        None if seen.runs_out_at is None else iso(seen.runs_out_at),
        iso(quota.period.end) if quota.resets else None,
        _cell(quota, sum(one.amount for one in pending)) if pending else None,
    )  # fmt: skip
    return dict(zip(names, values, strict=True))


def _row(person: Person, now: int, zone: tzinfo, *, alike: bool) -> tuple[str, ...]:
    seen = standing_of(person, now)
    name = f"{person.name} ({person.id})" if alike else person.name
    asks = ", ".join(amount_words(one, one.amount) for one in waiting(person))
    if not seen:
        return (name, "", "", "", NO_BUDGET, asks)
    quota = seen[0].quota
    more = f" +{len(seen) - 1}" if len(seen) > 1 else ""
    words = outlook_words(seen[0], now, zone)
    if quota.limit is None:
        said = f"{amount_words(quota, quota.spent)} used" if words == NO_LIMIT else words
        return (name + more, NO_LIMIT, "", "", said, asks)
    left, of = amount_words(quota, quota.remaining), amount_words(quota, quota.limit)
    # The columns beside tell the amounts.
    share = f"{quota.spent * 100 // quota.limit} %" if quota.limit else ""
    return (name + more, left, of, share, SHORT.get(words, words), asks)


def _cell(quota: Quota, amount: int | None) -> object:
    """A number as a spreadsheet takes it: a text that begins with a minus would be taken for a formula."""
    return decimal(amount) if amount is not None and quota.unit in IN_PARTS else amount


def _left(seen: Outlook) -> str:
    quota = seen.quota
    if quota.remaining is None:
        return f"{amount_words(quota, quota.spent)} used"
    return f"{amount_words(quota, quota.remaining)} left of {amount_words(quota, quota.limit)}"
