"""``taximeter team``: what is left for each of a manager's people, and their requests for more."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from taximeter.commands.connecting import say
from taximeter.commands.desk import Desk
from taximeter.commands.documents import iso, put
from taximeter.commands.errands import (
    PREFIX,
    errands_of,
    parsed_amount,
    request_json,
    request_words,
    say_below,
    tell_app,
)
from taximeter.commands.options import WrongUse, as_json
from taximeter.commands.tables import one_line
from taximeter.commands.team_text import person_text, team_document, team_rows, team_table
from taximeter.domain.increase import LONGEST_WORDS, Decision, IncreaseRequest
from taximeter.domain.people import Person, TeamPage, standing_of, will_run_out
from taximeter.host.trouble import Trouble

if TYPE_CHECKING:
    from taximeter.budget.errands import Errands

MOST_PAGES = 1000
"""A service that never ends its pages is not followed for ever."""


@click.group(invoke_without_command=True)
@click.option("--search", default="", metavar="TEXT", help="Only people whose name holds this.")
@click.option("--will-run-out", "short", is_flag=True, help="Only who has nothing left or will not last to the reset.")
@click.option("--all", "whole", is_flag=True, help="Everybody, not one page.")
@click.option("--cursor", default="", metavar="WORD", help="The next page, as the page before names it.")
@click.option("--csv", "as_csv", is_flag=True, help="Print rows for a spreadsheet, one for each quota.")
@as_json
@click.pass_context
def team(
    context: click.Context, *, search: str, short: bool, whole: bool, cursor: str, as_csv: bool, as_json: bool
) -> None:
    """What is left for each of your people, by name. Amounts alone: never what for."""
    if context.invoked_subcommand:
        return
    desk: Desk = context.obj
    # Who will not last can stand on any page.
    page = gathered(errands_of(desk), search, cursor) if whole or short else errands_of(desk).team(search, cursor)
    people = tuple(one for one in page.people if not short or will_run_out(standing_of(one, desk.now)))
    if as_json:
        put(team_document(page, people, desk.now))
    elif as_csv:
        from taximeter.commands.export import write_csv

        write_csv(team_rows(people, desk.now), sys.stdout)
    else:
        click.echo(team_table(people, desk.now, desk.zone) if people else nobody_words(search, short=short))
        say(*below_words(page, people, short=short))


@team.command()
@click.argument("id")
@click.option("--amount", metavar="AMOUNT", help="Less or more than was asked for.")
@click.option("--note", default="", metavar="TEXT", help="To the employee.")
@click.pass_obj
def approve(desk: Desk, *, id: str, amount: str | None, note: str) -> None:
    """Approve the request of that ID; the limit is raised at once."""
    errands = errands_of(desk)
    given = None
    if amount is not None:
        given = parsed_amount(amount, waiting_of(errands, id).unit)
    decided(desk, errands.decide(id, Decision(approve=True, amount=given, note=noted(note))))


@team.command()
@click.argument("id")
@click.option("--note", default="", metavar="TEXT", help="To the employee.")
@click.pass_obj
def deny(desk: Desk, *, id: str, note: str) -> None:
    """Deny the request of that ID."""
    decided(desk, errands_of(desk).decide(id, Decision(approve=False, note=noted(note))))


@team.command()
@as_json
@click.pass_obj
def requests(desk: Desk, *, as_json: bool) -> None:
    """The requests that wait for your decision, the newest first."""
    found = tuple(waiting_for(errands_of(desk)))
    if as_json:
        put({"schema": 1, "generated_at": iso(desk.now), "requests": [request_json(one) for one in found]})
        return
    for one in found:
        say(f"{one_line(one.id)}  {one_line(one.who)}: {request_words(one, desk.now, desk.zone)}.")
        say_below(f'"{one_line(one.reason)}"' if one.reason else "No reason.")
    say("Decide with: taximeter team approve ID, or deny ID." if found else "Nothing waits for your decision.")


@team.command()
@click.argument("person")
@click.argument("limit")
@click.option("--quota", default="", metavar="ID", help="Which of their quotas; needed where they have several.")
@click.pass_obj
def give(desk: Desk, *, person: str, limit: str, quota: str) -> None:
    """Set the LIMIT of the PERSON of that id, where the service takes no requests but lets you raise it."""
    errands = errands_of(desk)
    whole = gathered(errands, person, "").people
    found = next((one for one in whole if one.id == person), None)
    if found is None:
        raise WrongUse(f"Nobody of the id {person!r} is in your team", "The ids: taximeter team --csv")
    named = [one for one in found.quotas if quota in ("", one.id, one.id.removeprefix(PREFIX))]
    if len(named) != 1:
        known = ", ".join(one_line(one.id.removeprefix(PREFIX)) for one in found.quotas)
        raise WrongUse(f"Which quota of {one_line(found.name)} is meant?", f"--quota, one of: {known or 'none'}")
    given = errands.give(person, named[0].id, parsed_amount(limit, named[0].unit))
    click.echo(person_text(given, desk.now, desk.zone))


def gathered(errands: Errands, search: str, cursor: str) -> TeamPage:
    """All pages in one, from ``cursor`` on."""
    people: tuple[Person, ...] = ()
    odd: tuple[str, ...] = ()
    for _ in range(MOST_PAGES):
        page = errands.team(search, cursor)
        people, odd, cursor = people + page.people, odd + page.odd, page.next
        if not cursor:
            break
    return TeamPage(people, page.total, cursor, odd)


def waiting_for(errands: Errands) -> Iterator[IncreaseRequest]:
    """All requests that wait for this person."""
    cursor = ""
    for _ in range(MOST_PAGES):
        page = errands.to_decide(cursor)
        yield from page.requests
        cursor = page.next
        if not cursor:
            return


def waiting_of(errands: Errands, id: str) -> IncreaseRequest:
    """The request of that id. Raises ``Trouble`` when none waits."""
    for one in waiting_for(errands):
        if one.id == id:
            return one
    raise Trouble("There is no such request that waits for you", "See which do: taximeter team requests")


def decided(desk: Desk, request: IncreaseRequest) -> None:
    """Say what was decided; a running app reads the figures anew."""
    tell_app(desk)
    say(f"{one_line(request.who)}: {request_words(request, desk.now, desk.zone)}.")


def noted(note: str) -> str:
    """A note as it is sent. Raises ``click.BadParameter``."""
    words = " ".join(note.split())
    if len(words) > LONGEST_WORDS:
        raise click.BadParameter(f"It has at most {LONGEST_WORDS} characters.", param_hint="--note")
    return words


def nobody_words(search: str, *, short: bool) -> str:
    """Why the list is empty."""
    if short:
        return "Everybody's quota lasts to its reset."
    return f"Nobody's name holds {one_line(search)!r}." if search else "Nobody is in your team."


def below_words(page: TeamPage, people: tuple[Person, ...], *, short: bool) -> list[str]:
    """How many there are, and how to see the others."""
    lines = [f"Not shown: {one_line(one)}." for one in page.odd]
    if short:
        return [f"{len(people)} of {len(page.people)} people will not last to the reset.", *lines] if people else lines
    if page.next:
        total = "" if page.total is None else f" of {page.total}"
        lines.append(f"{len(people)}{total} people. The others: --all, --search, or --cursor {one_line(page.next)}")
    return lines
