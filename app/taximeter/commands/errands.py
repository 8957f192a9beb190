"""What the commands ask of the company's service by hand, and the words that several of them need for it."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

import click

from taximeter.commands.desk import Desk
from taximeter.commands.documents import iso
from taximeter.commands.quota_text import amount_json, amount_words, clock
from taximeter.commands.tables import one_line
from taximeter.domain.increase import IncreaseRequest, RequestStatus
from taximeter.domain.quota import IN_PARTS, Unit
from taximeter.ledger.opening import is_made

if TYPE_CHECKING:
    from taximeter.budget.errands import Errands
    from taximeter.budget.kept import Kept

NANO = 10**9
MOST = 10**18
PREFIX = "service:"


def errands_of(desk: Desk) -> Errands:
    """The way to the service; loads what it takes to talk to it."""
    from contextlib import closing

    from taximeter.budget.errands import Errands
    from taximeter.budget.kept import Kept, recall
    from taximeter.commands.signing import keyholder

    def recalled(origin: str) -> Kept:
        if not is_made(desk.ledger):
            return Kept()
        with closing(desk.read_ledger()) as connection:
            return recall(connection, origin)

    return Errands(lambda: desk.settings.service, keyholder(desk), recalled, desk.clock)


def say_below(sentence: str) -> None:
    """A sentence on lines of its own, set in."""
    from taximeter.commands.tables import wrapped

    click.echo("\n".join(wrapped(sentence, "    ", "    ")))


def tell_app(desk: Desk) -> None:
    """Something was changed at the service: a running app reads the figures anew."""
    desk.door("service_changed")


def parsed_amount(text: str, unit: Unit) -> int:
    """An amount as people type it, in the unit's smallest parts. Raises ``click.BadParameter``."""
    from taximeter.host.settings import parse_amount

    told = parse_amount(text)
    exact = None if told is None else told * (NANO if unit in IN_PARTS else 1)
    if exact is None or exact != exact.to_integral_value() or exact >= MOST:
        example = "200 or 49.90" if unit in IN_PARTS else "5000000"
        raise click.BadParameter(f"It has to be an amount of {unit.value} above 0, such as {example}.",
                                 param_hint="AMOUNT")  # fmt: skip
    return int(exact)


def end_of_day(context: click.Context, param: click.Parameter, value: str | None) -> int | None:
    """The moment at which a day (YYYY-MM-DD) ends here, ms UTC."""
    if value is None:
        return None
    desk: Desk = context.find_root().obj
    try:
        following = date.fromisoformat(value.strip()) + timedelta(days=1)
        at = datetime(following.year, following.month, following.day, tzinfo=desk.zone)
    except (ValueError, OverflowError) as error:
        raise click.BadParameter(f"{value!r} is no day such as 2026-11-28.", context, param) from error
    if (told := int(at.timestamp() * 1000)) <= desk.now:
        raise click.BadParameter("That day is over.", context, param)
    return told


def request_words(request: IncreaseRequest, now: int, zone: tzinfo) -> str:
    """A request and what became of it, in a line."""
    until = "" if request.until is None else f" until {clock(request.until, now, zone)}"
    asked = f"{amount_words(request, request.amount)} more of {one_line(request.quota.removeprefix(PREFIX))}{until}"
    match request.status:
        case RequestStatus.PENDING:
            became = f"waits since {clock(request.created_at, now, zone)}"
        case RequestStatus.APPROVED:
            given = request.amount if request.approved is None else request.approved
            ends = "" if request.ends_at is None else f" until {clock(request.ends_at, now, zone)}"
            became = f"approved, {amount_words(request, given)}{ends}"
        case _:
            became = request.status.value
    by = f" by {one_line(request.decided_by)}" if request.decided_by else ""
    note = f': "{one_line(request.note)}"' if request.note else ""
    return f"{asked}: {became}{by}{note}"


def request_json(request: IncreaseRequest) -> dict[str, object]:
    """A request as every command's ``--json`` has it."""

    def time(at: int | None) -> str | None:
        return None if at is None else iso(at)

    return {
        "id": request.id,
        "quota": request.quota,
        "who": request.who,
        "unit": request.unit.value,
        "currency": request.currency or None,
        "amount": amount_json(request.unit, request.amount),
        "reason": request.reason,
        "until": time(request.until),
        "status": request.status.value,
        "created_at": iso(request.created_at),
        "approved": amount_json(request.unit, request.approved),
        "ends_at": time(request.ends_at),
        "decided_at": time(request.decided_at),
        "decided_by": request.decided_by or None,
        "note": request.note,
    }
