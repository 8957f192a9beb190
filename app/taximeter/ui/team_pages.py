"""What was read of a manager's people so far, page by page. Pure: each step gives another value."""

from __future__ import annotations

from dataclasses import dataclass, replace

from taximeter.domain.increase import IncreaseRequest
from taximeter.domain.people import Person, TeamPage
from taximeter.ui.team_view import Shown, is_shown

MOST_PAGES = 60
"""Pages that are read unasked while a choice is looked for; after that one asks for each."""
SCREENFUL = 40
"""People of a choice after which reading on waits until they were scrolled through."""


@dataclass(frozen=True, slots=True)
class TeamRead:
    """The people of one search, in the service's order."""

    search: str = ""
    people: tuple[Person, ...] = ()
    total: int | None = None
    next: str = ""
    """Asks for the next page; empty when this is all."""
    pages: int = 0
    odd: tuple[str, ...] = ()
    """What the service told and could not be used."""


def first_page(search: str, page: TeamPage) -> TeamRead:
    """The beginning of a search."""
    return TeamRead(search, page.people, page.total, page.next, 1, page.odd)


def with_page(read: TeamRead, page: TeamPage) -> TeamRead:
    """One page more. Who moved between two pages meanwhile is not shown twice."""
    known = {person.id for person in read.people}
    fresh = tuple(person for person in page.people if person.id not in known)
    # A cursor that leads back to where it came from would be followed for ever.
    further = page.next if page.next != read.next else ""
    return replace(read, people=(*read.people, *fresh), total=page.total, next=further, pages=read.pages + 1,
                   odd=tuple(dict.fromkeys((*read.odd, *page.odd))))  # fmt: skip


def with_people(read: TeamRead, page: TeamPage) -> TeamRead:
    """Those of ``page`` that are known already, as they are now."""
    now = {person.id: person for person in page.people}
    return replace(read, people=tuple(now.get(person.id, person) for person in read.people))


def with_request(read: TeamRead, request: IncreaseRequest) -> TeamRead:
    """The same people with a request as it is now."""

    def told(person: Person) -> Person:
        if all(one.id != request.id for one in person.requests):
            return person
        return replace(person, requests=tuple(request if one.id == request.id else one for one in person.requests))

    return replace(read, people=tuple(told(person) for person in read.people))


def shown_people(read: TeamRead, shown: Shown, now: int) -> tuple[Person, ...]:
    """Those of the choice."""
    return tuple(person for person in read.people if is_shown(person, shown, now))


def reads_on(read: TeamRead, shown: Shown, found: int, wanted: int) -> bool:
    """Whether the next page is read unasked: a choice is looked for among everybody, not among the first page.

    ``found`` of the choice are in the table; ``wanted`` is how many were there when more was last asked for.
    """
    looking = shown is not Shown.ALL and found < wanted + SCREENFUL
    return bool(read.next) and looking and read.pages < MOST_PAGES
