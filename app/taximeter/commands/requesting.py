"""``taximeter budget request``: asking the company for more, with everything shown before it is sent."""

from __future__ import annotations

import sys

import click

from taximeter.commands.connecting import say
from taximeter.commands.desk import Desk
from taximeter.commands.documents import put
from taximeter.commands.errands import (
    PREFIX,
    end_of_day,
    errands_of,
    parsed_amount,
    request_words,
    say_below,
    tell_app,
)
from taximeter.commands.options import WrongUse
from taximeter.commands.quota_text import amount_words
from taximeter.commands.reading import opened
from taximeter.commands.service_text import service_of
from taximeter.commands.tables import one_line
from taximeter.commands.team_text import person_text, team_document
from taximeter.domain.increase import LONGEST_WORDS, IncreaseRequest, Wish
from taximeter.domain.people import TeamPage
from taximeter.domain.quota import SERVICE_KINDS, Quota

ANYWAY = "What your manager sees of you anyway: taximeter budget --as-manager"


@click.command()
@click.argument("amount", required=False)
@click.option("--reason", default="", metavar="TEXT", help="In your own words; your manager reads them.")
@click.option("--budget", "wanted", default="", metavar="ID", help="Of which quota; the one that binds unless given.")
@click.option("--until", callback=end_of_day, metavar="DAY", help="The last day you need it, such as 2026-11-28.")
@click.option("--yes", is_flag=True, help="Send it without asking once more.")
@click.option("--withdraw", default="", metavar="ID", help="Take back a request instead.")
@click.pass_obj
def request(
    desk: Desk, *, amount: str | None, reason: str, wanted: str, until: int | None, yes: bool, withdraw: str
) -> None:
    """Ask your company for AMOUNT more. Without an amount: what you asked for, and what became of it."""
    if withdraw:
        found = errands_of(desk).withdraw(withdraw)
        tell_app(desk)
        say(f"Taken back: {request_words(found, desk.now, desk.zone)}.")
    elif amount is None:
        show_requests(desk)
    else:
        quota, who = asked_of(desk, wanted)
        wish = Wish(quota.id, parsed_amount(amount, quota.unit), " ".join(reason.split()), until)
        if len(wish.reason) > LONGEST_WORDS:
            raise click.BadParameter(f"It has at most {LONGEST_WORDS} characters.", param_hint="--reason")
        show_wish(wish, quota, who, desk)
        if agreed(sure=yes):
            say(*sent_words(errands_of(desk).ask(wish)))
            tell_app(desk)
        else:
            say("Nothing was sent.")


def show_requests(desk: Desk) -> None:
    """One's own requests as the service knows them."""
    found = errands_of(desk).mine().requests
    if not found:
        say("You asked for nothing lately.")
    for one in found:
        say(f"{one_line(one.id)}  {request_words(one, desk.now, desk.zone)}")


def show_as_manager(desk: Desk, *, as_json: bool) -> None:
    """One's own row, asked for now."""
    me = errands_of(desk).mine()
    if as_json:
        put(team_document(TeamPage((me,), 1), (me,), desk.now))
    else:
        click.echo(person_text(me, desk.now, desk.zone))


def asked_of(desk: Desk, wanted: str) -> tuple[Quota, str]:
    """The quota of which more is asked for, and who asks. Raises ``WrongUse``."""
    with opened(desk, index=False) as ledger:
        service = service_of(ledger)
        quotas = [one.quota for one in ledger.outlooks if one.quota.kind in SERVICE_KINDS]
    if service is None:
        raise WrongUse("No budget service is connected", "taximeter budget connect KIND ORIGIN")
    limited = [one for one in quotas if one.limit is not None]
    if not wanted:
        if not limited:
            raise WrongUse(f"{one_line(service.name)} told of no limit that could be raised", "taximeter budget")
        return limited[0], service.who
    named = wanted.strip().casefold()
    found = [one for one in limited if named in {one.id.casefold(), one.id.removeprefix(PREFIX).casefold()}]
    found = found or [one for one in limited if named == one.name.casefold()]
    if len(found) != 1:
        known = ", ".join(one_line(one.id.removeprefix(PREFIX)) for one in limited)
        what = "means several limits" if found else "is no limit of the service's"
        raise WrongUse(f"{wanted!r} {what}", f"There are: {known}." if known else "It told of none.")
    return found[0], service.who


def show_wish(wish: Wish, quota: Quota, who: str, desk: Desk) -> None:
    """What the manager will see, to the last word."""
    until = ""
    if wish.until is not None:
        from datetime import datetime

        last = datetime.fromtimestamp(wish.until / 1000 - 1, desk.zone)
        until = f", until the end of {last:%a} {last.day} {last:%b %Y}"
    name = one_line(quota.name)
    say("Your manager will see:")
    say_below(f"{one_line(who) or 'You'}: {amount_words(quota, wish.amount)} more of {name}{until}.")
    say_below(f'"{one_line(wish.reason)}"' if wish.reason else "No reason.")
    say("Nothing else is sent: no project, no session, no prompt.", ANYWAY)


def agreed(*, sure: bool) -> bool:
    """Whether it is to be sent. Raises ``WrongUse`` where nobody can be asked."""
    if sure:
        return True
    if not sys.stdin.isatty():
        raise WrongUse("Nothing was sent, since nobody can be asked here", "add --yes to send it")
    return click.confirm("Send it?", default=False)


def sent_words(asked: IncreaseRequest) -> list[str]:
    """That it was asked, and how to take it back."""
    return [
        f"Asked for. It waits for a decision as {one_line(asked.id)}.",
        f"Take it back with: taximeter budget request --withdraw {one_line(asked.id)}",
    ]
