"""``taximeter budget``: what is left of each quota, and the budgets a person sets for themselves."""

from __future__ import annotations

import json
from dataclasses import replace

import click

from taximeter.commands.connecting import connect, disconnect
from taximeter.commands.desk import Desk
from taximeter.commands.quota_text import covered, quota_json
from taximeter.commands.reading import OpenLedger, opened
from taximeter.commands.requesting import request, show_as_manager
from taximeter.commands.service_text import explained_of, quotas_text, service_of
from taximeter.commands.signing import sign_in, sign_out
from taximeter.domain.outlook import CANNOT_TELL
from taximeter.domain.quota import Outlook
from taximeter.host.settings import PERIODS, BudgetSetting, Settings, budget_id_of, is_currency, parse_amount
from taximeter.host.trouble import Trouble
from taximeter.ledger.readmodels_service import ServiceStanding

BELOW, UNKNOWN = 1, 69
"""Exit codes: less is left than was asked for; it cannot be told."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print data instead of a table.")
@click.option(
    "--check",
    "percent",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="End with 1 when any quota has less than this share left, with 69 when it cannot be told.",
)
@click.option("--as-manager", is_flag=True, help="Your own row as your manager sees it, asked of the service now.")
@click.pass_context
def budget(context: click.Context, percent: float | None, *, as_json: bool, as_manager: bool) -> None:
    """What is left of each quota, and whether it lasts."""
    if context.invoked_subcommand:
        return
    desk: Desk = context.obj
    if as_manager:
        show_as_manager(desk, as_json=as_json)
        return
    with opened(desk, index=True) as ledger:
        seen, service = ledger.outlooks, service_of(ledger)
        if as_json:
            click.echo(json.dumps(budget_document(ledger, seen), ensure_ascii=False, indent=2))
        else:
            click.echo(quotas_text(ledger, seen))
    if percent is not None:
        context.exit(check(seen, percent, service))


@budget.command("set")
@click.argument("name")
@click.argument("amount")
@click.option("--currency", metavar="CODE", help="Three letters, such as USD.")
@click.option("--period", type=click.Choice(PERIODS), help="How often it begins anew; a month unless given.")
@click.option("--start", type=int, metavar="DAY", help="First day: 1 (Monday) to 7 for weeks, 1 to 31 for months.")
@click.option("--agents", metavar="PATTERNS", help="Only these agents, separated by commas.")
@click.option("--projects", metavar="PATTERNS", help="Only these projects.")
@click.option("--models", metavar="PATTERNS", help="Only these models.")
@click.pass_obj
def set_(desk: Desk, /, name: str, amount: str, **options: str | int | None) -> None:
    """Set a budget, or change the one of that name; what is not given stays."""
    from taximeter.budget.local import check_currency
    from taximeter.host.settings_edit import put_budget

    wanted = chosen_budget(desk.settings, name, amount, options)
    check_currency(wanted, desk.currency)
    put_budget(desk.paths, wanted)
    click.echo(describe(wanted))


@budget.command()
@click.argument("name")
@click.pass_obj
def remove(desk: Desk, name: str) -> None:
    """Remove a budget of one's own; spending is not touched."""
    from taximeter.host.settings_edit import remove_budget

    found = find_budget(desk.settings, name)
    if found is None:
        raise click.UsageError(unknown_budget(desk.settings, name))
    if not remove_budget(desk.paths, found.id):
        raise Trouble(
            f"The budget {found.name!r} was set for this computer",
            f"It stands in {desk.paths.machine_settings_file}, which an administrator can change.",
        )
    click.echo(f"Removed the budget {found.name!r}.")


for own in (request, connect, disconnect, sign_in, sign_out):
    budget.add_command(own)


def budget_document(ledger: OpenLedger, seen: tuple[Outlook, ...]) -> dict[str, object]:
    """The data of ``budget --json``; nothing is explained of a service that is not connected."""
    found = explained_of(ledger, seen)
    share = None if found is None or found.at_least else round(found.share, 4)
    return {"schema": 1, "quotas": [quota_json(one) for one in seen], "explained_share": share}


def check(seen: tuple[Outlook, ...], percent: float, service: ServiceStanding | None = None) -> int:
    """The exit code of ``--check``: 0 when every limited quota has at least that share left.

    A quota that is certainly below, or suspended, decides; else one that is stale, that cannot be
    reached, or whose spending holds unpriced tokens leaves it untold. So does a service of which
    nothing was ever read, and having no limit at all.
    """
    untold, limited = service is not None and not service.read, False
    for one in seen:
        limit, remaining = one.quota.limit, one.quota.remaining
        if one.quota.suspended:
            return BELOW
        if limit is None or remaining is None:
            continue
        limited = True
        if one.state in CANNOT_TELL:
            untold = True
        elif remaining * 100 < limit * percent or (limit == 0 and percent > 0):
            return BELOW
        elif one.quota.unpriced_tokens:
            untold = True
    return UNKNOWN if untold or not limited else 0


def chosen_budget(settings: Settings, name: str, amount: str, options: dict[str, str | int | None]) -> BudgetSetting:
    """The budget that the words of the command line describe, on top of the one of that name.

    Raises:
        click.UsageError: a word cannot be used.
    """
    told = parse_amount(amount)
    if told is None:
        raise click.BadParameter("It has to be an amount of money above 0, such as 200 or 49.90.", param_hint="AMOUNT")
    old = find_budget(settings, name) or BudgetSetting(budget_id_of(name), name.strip(), told, settings.currency)
    if not old.name:
        raise click.BadParameter("A budget needs a name.", param_hint="NAME")
    currency = str(options.get("currency") or old.currency).upper()
    if not is_currency(currency):
        raise click.BadParameter("It has to be three letters, such as USD or EUR.", param_hint="--currency")
    period = str(options.get("period") or old.period)
    return replace(
        old,
        amount=told,
        currency=currency,
        period=period,
        start=_start(options.get("start"), old, period, settings.week_start),
        agents=_patterns(options.get("agents"), old.agents),
        projects=_patterns(options.get("projects"), old.projects),
        models=_patterns(options.get("models"), old.models),
    )


def find_budget(settings: Settings, name: str) -> BudgetSetting | None:
    """The budget of that name or id, in any case of letters."""
    wanted = name.strip().casefold()
    return next((one for one in settings.budgets if wanted in (one.name.casefold(), one.id.casefold())), None)


def unknown_budget(settings: Settings, name: str) -> str:
    """What to say when no budget has that name."""
    known = ", ".join(repr(one.name) for one in settings.budgets)
    return f"No budget is called {name!r}. " + (f"There is {known}." if known else "There is none yet.")


def describe(setting: BudgetSetting) -> str:
    """A budget in one sentence."""
    begins = {
        "day": "a day",
        "week": f"a week from {WEEKDAYS[setting.start - 1]}" if setting.period == "week" else "",
        "month": f"a month from day {setting.start}",
    }[setting.period]
    parts = covered(setting.agents, setting.projects, setting.models)
    return f"{setting.name}: {setting.amount:f} {setting.currency} {begins}, for {', '.join(parts) or 'everything'}."


def _start(told: str | int | None, old: BudgetSetting, period: str, week_start: int) -> int:
    if told is None:
        if period == old.period and old.start:
            return old.start
        return week_start if period == "week" else 1
    highest = {"day": 1, "week": 7, "month": 31}[period]
    if not 1 <= int(told) <= highest:
        raise click.BadParameter(f"It has to be from 1 to {highest} for a {period}.", param_hint="--start")
    return int(told)


def _patterns(told: str | int | None, old: tuple[str, ...]) -> tuple[str, ...]:
    return old if told is None else tuple(part.strip() for part in str(told).split(",") if part.strip())
