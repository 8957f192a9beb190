"""``taximeter forecast``: what a launch of agents will likely cost, and how earlier forecasts would have done."""

from __future__ import annotations

import click

from taximeter.commands.desk import Desk
from taximeter.commands.documents import Document, head, money, put
from taximeter.commands.options import WrongUse, as_json, known_agent, no_index, since
from taximeter.commands.reading import OpenLedger, opened
from taximeter.commands.status import old_words, price_words
from taximeter.commands.tables import one_line, wrapped
from taximeter.commands.verdict_text import (
    Spoken,
    basis_words,
    finding_words,
    forecast_words,
    leaves_words,
    named,
    range_words,
    spoken_of,
)
from taximeter.commands.wording import count_words
from taximeter.domain.launch import Kind, Spread
from taximeter.domain.offer import CompanyOffer
from taximeter.guard.dialect import Call
from taximeter.guard.judging import Judged, Launch
from taximeter.ledger.queries_sessions import session_page
from taximeter.ledger.readmodels import SessionFilter

MOST_AGENTS = 10_000


@click.command()
@click.option("--agents", "count", type=click.IntRange(1, MOST_AGENTS), metavar="N", help="How many are to start.")
@click.option(
    "--agent",
    default="",
    metavar="ID",
    callback=known_agent,
    help="Of this agent; the one that worked last unless given. With --replay: only this agent.",
)
@click.option("--type", "type_", default="", metavar="T", help="Their type, as the agent names it; else its default.")
@click.option("--model", default="", metavar="M", help="Their model; the one that such runs used last unless given.")
@click.option("--project", default="", metavar="P", help="Where they work. With --replay: only this project.")
@click.option("--replay", is_flag=True, help="Make the forecasts of past launches again and score them.")
@since
@as_json
@no_index
@click.pass_obj
def forecast(
    desk: Desk, /, *, count: int | None, replay: bool, since_day: str, as_json: bool, index: bool, **kind: str
) -> None:  # fmt: skip
    """What N agents will likely cost, what that leaves, and what the rules say of it. Nothing is started."""
    if replay:
        from taximeter.commands.replay import print_replay

        with opened(desk, index=index) as ledger:
            print_replay(ledger, kind["agent"], kind["project"], since_day, as_json=as_json)
        return
    if count is None:
        raise click.UsageError("Say how many agents: --agents N. Or score past forecasts: --replay.")
    with opened(desk, index=index) as ledger:
        agent = kind["agent"] or newest_agent(ledger)
        calls = tuple(Call(str(number), kind["type_"], kind["model"]) for number in range(count))
        launch = Launch(agent, kind["project"], calls)
        judged = desk.foresee(launch)
        if as_json:
            put(forecast_document(ledger, judged))
        else:
            click.echo(forecast_text(ledger, launch, judged))


def newest_agent(ledger: OpenLedger) -> str:
    """The id of the agent that worked last."""
    rows = session_page(ledger.connection, SessionFilter(), None, 1).rows
    if not rows:
        raise WrongUse("No agent has worked yet", "Name one with --agent ID; taximeter agents lists them.")
    return rows[0].agent


def forecast_document(ledger: OpenLedger, judged: Judged) -> Document:
    """The data of ``forecast --json``."""
    told, verdict = judged.forecast, judged.verdict
    spoken = _spoken(ledger, judged)
    return {
        **head(ledger),
        "agents": told.agents,
        "cost": spread_json(told.cost),
        "floor": money(told.floor),
        "basis": {"level": told.level.value, "runs": told.runs},
        "verdict": {
            "level": verdict.level.name.lower(),
            "rules": [
                {"rule": one.rule.value, "severity": one.severity.name.lower(), "text": finding_words(one, spoken)}
                for one in verdict.findings
            ],
            "fits": verdict.fits,
        },
    }


def forecast_text(ledger: OpenLedger, launch: Launch, judged: Judged) -> str:
    """The same for people, in at most 80 columns."""
    told, verdict = judged.forecast, judged.verdict
    spoken = _spoken(ledger, judged)
    said = [
        f"{_launched(ledger, launch, judged)}: {forecast_words(told, judged.currency)}.",
        leaves_words(told, verdict),
        *(spoken_of(finding, spoken) for finding in verdict.findings),
        "" if verdict.findings else "No rule speaks of it.",
        _fits(verdict.fits) if verdict.findings else "",
        _cheaper(judged),
        _company(judged.company, judged.currency),
        basis_words(told),
        price_words(ledger),
    ]
    lines = [line for words in said if words for line in wrapped(words)]
    return "\n".join([*lines, *old_words(ledger)])


def spread_json(cost: Spread | None) -> Document | None:
    """A range as data."""
    return None if cost is None else {end: money(amount) for end, amount in cost._asdict().items()}


def _spoken(ledger: OpenLedger, judged: Judged) -> Spoken:
    return Spoken(judged.forecast.agents, judged.verdict, judged.currency, ledger.desk.now, ledger.desk.zone)


def _launched(ledger: OpenLedger, launch: Launch, judged: Judged) -> str:
    name = ledger.desk.names().get(launch.agent, launch.agent)
    kinds = ", ".join(filter(None, map(_kind, judged.kinds)))
    where = f" in {named(launch.project)}" if launch.project else ""
    return f"{count_words(judged.forecast.agents, 'agent')} of {name}{f' ({kinds})' if kinds else ''}{where}"


def _kind(kind: Kind) -> str:
    parts = [named(kind.type), f"on {named(kind.model)}" if kind.model else ""]
    return " ".join(filter(None, parts))


def _fits(fits: int | None) -> str:
    return f"With {count_words(fits, 'agent')} no rule speaks." if fits else ""


def _company(offer: CompanyOffer | None, currency: str) -> str:
    """What the company offers in place of a launch that would be asked about."""
    if offer is None:
        return ""
    cost = f": {range_words(offer.cost, currency)}" if offer.cost else ""
    installed = ", which is installed here" if offer.installed else ""
    said = (
        f"Your company offers {named(offer.model)}{cost}." if offer.model else "",
        f"Your company offers its own agent {named(offer.agent)}{installed}." if offer.agent else "",
        f"Your company says: {one_line(offer.text)}" if offer.text else "",
    )
    return " ".join(filter(None, said))


def _cheaper(judged: Judged) -> str:
    if judged.cheaper is None:
        return ""
    model, cost = judged.cheaper
    return f"On {named(model)}: {range_words(cost, judged.currency)}."
