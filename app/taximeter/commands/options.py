"""Options that several commands share, and what goes wrong with them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, tzinfo
from typing import Any, TypeVar

import click

from taximeter.commands.desk import Desk
from taximeter.ledger.queries_days import day_of, shift_day

F = TypeVar("F", bound=Callable[..., Any])
EVER = ""
"""The first day of ``--since all``."""
_UNITS = {"d": 1, "w": 7}


class WrongUse(click.ClickException):
    """An id or a word that means nothing here: exit code 2, said in one line."""

    exit_code = 2

    def __init__(self, title: str, detail: str = "") -> None:
        super().__init__(f"{title}: {detail}" if detail else title)


def first_day(context: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """The first local day (YYYY-MM-DD) that ``all`` (``EVER``), ``7d``, ``4w``, a month or a day means."""
    if value is None:
        return None
    word = value.strip().lower()
    if word == "all":
        return EVER
    if found := re.fullmatch(r"(\d{1,5})([dw])", word):
        desk: Desk = context.find_root().obj
        days = max(1, int(found[1]) * _UNITS[found[2]])
        return shift_day(day_of(desk.now), 1 - days)
    try:
        return date.fromisoformat(f"{word}-01" if re.fullmatch(r"\d{4}-\d\d", word) else word).isoformat()
    except ValueError as error:
        told = f"{value!r} is neither 'all', nor like 7d, 4w, 2026-11 or 2026-11-01."
        raise click.BadParameter(told, context, param) from error


def known_zone(context: click.Context, param: click.Parameter, value: str | None) -> tzinfo | None:
    """The time zone of an IANA name."""
    if value is None:
        return None
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(value)
    except (LookupError, ValueError, OSError) as error:
        told = f"{value!r} is no time zone. Use a name such as Europe/Berlin or UTC."
        raise click.BadParameter(told, context, param) from error


as_json = click.option("--json", "as_json", is_flag=True, help="Print data (schema 1) instead of text.")
no_index = click.option(
    "--no-index", "index", flag_value=False, is_flag=True, default=True, help="Do not read the logs first."
)
limit = click.option("--limit", type=click.IntRange(1), default=50, show_default=True, metavar="N", help="Rows shown.")


def since(command: F) -> F:
    """``--since``, 30 days unless given."""
    told = "From when: all, 7d, 4w, 2026-11, 2026-11-01."
    return click.option(
        "--since", "since_day", callback=first_day, default="30d", show_default=True, metavar="WHEN", help=told
    )(command)


def narrowing(command: F) -> F:
    """``--agent`` and ``--project``."""
    project = click.option("--project", default="", metavar="NAME", help="Only this project.")
    told = "Only this agent; 'taximeter agents' lists them."
    agent = click.option("--agent", default="", metavar="ID", callback=known_agent, help=told)
    return agent(project(command))


def known_agent(context: click.Context, param: click.Parameter, value: str) -> str:
    """Refuses an agent that nobody knows."""
    desk: Desk = context.find_root().obj
    ids = list(desk.names())
    if value and value not in ids:
        raise click.BadParameter(f"{value!r} is not known. There are: {', '.join(ids)}.", context, param)
    return value
