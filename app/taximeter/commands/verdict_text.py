"""What a forecast and its verdict say, in plain sentences that name the rule and the number."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import NamedTuple

from taximeter.commands.tables import cut_to, one_line
from taximeter.commands.wording import CENT, NANO, count_words, moment, money_words
from taximeter.domain.launch import Finding, Forecast, Level, Rule, Spread, Verdict
from taximeter.domain.pace import DAY

LONGEST_NAME = 28
COMPARABLE = 5
"""With so many launches of one's own it is the budget that is missing, not the history."""
RULES = {
    Rule.LEFT: "what is left",
    Rule.PACE: "pace",
    Rule.TYPICAL: "your usual",
    Rule.COLD_START: "nothing to compare with",
}
"""What each rule looks at."""


class Spoken(NamedTuple):
    """What the sentences of a verdict need beside it."""

    agents: int
    verdict: Verdict
    currency: str
    now: int
    zone: tzinfo


def named(name: str) -> str:
    """A name in a sentence: on one line, and not longer than a third of it."""
    return cut_to(one_line(name), LONGEST_NAME)


def rough_money(nano: int, middle: int, currency: str) -> str:
    """An amount of a range around ``middle``, in whole units where that is 10 or more, else in hundredths."""
    whole = (nano + NANO // 2) // NANO * NANO
    if middle >= 10 * NANO and whole:
        return money_words(whole, currency).replace(".00", "", 1)
    return money_words(nano, currency)


def range_words(cost: Spread, currency: str) -> str:
    """A range from its lower to its upper end; one amount where both read the same."""
    low, high = (rough_money(end, cost.p50, currency) for end in (cost.p10, cost.p90))
    return low if low == high else f"{low} to {high}"


def forecast_words(forecast: Forecast, currency: str) -> str:
    """What a launch will likely cost, or the least it can where there is no basis for a range."""
    if forecast.cost is None:
        floor = f", at least {money_words(forecast.floor, currency)}" if forecast.floor >= CENT else ""
        return f"no basis yet for a range{floor}"
    middle = rough_money(forecast.cost.p50, forecast.cost.p50, currency)
    return f"{range_words(forecast.cost, currency)}, about {middle}"


def basis_words(forecast: Forecast) -> str:
    """From what the range is made."""
    runs = f"{forecast.runs:,} of your runs"
    return {
        Level.PROJECT: f"From {runs} of the same kind in this project.",
        Level.MODEL: f"From {runs} of the same kind in all projects.",
        Level.TYPE: f"From {runs} of the same type on any model.",
        Level.AGENT: f"From {runs} of any type.",
        Level.NONE: "There are too few earlier runs to tell a range from.",
    }[forecast.level if forecast.cost is not None else Level.NONE]


def leaves_words(forecast: Forecast, verdict: Verdict) -> str:
    """What the middle of the range leaves of the quota that binds; empty where that is not known."""
    seen = verdict.binding
    if seen is None or forecast.cost is None or seen.quota.remaining is None:
        return ""
    quota, remaining, middle = seen.quota, seen.quota.remaining, forecast.cost.p50
    name, whole = named(quota.name), rough_money(remaining, middle, quota.currency)
    if quota.suspended or seen.refused_at is not None:
        return ""  # the rule's sentence says why nothing can be had of it
    if remaining <= 0:
        return f"Nothing is left of {name}."
    after = remaining - middle
    if after < 0:
        return f"Takes about {rough_money(-after, middle, quota.currency)} more than the {whole} left of {name}."
    return f"Leaves about {rough_money(after, middle, quota.currency)} of the {whole} left of {name}."


def finding_words(finding: Finding, spoken: Spoken) -> str:
    """The sentence of one rule, with the number that it names."""
    match finding.rule:
        case Rule.LEFT:
            return _left(finding, spoken.verdict)
        case Rule.PACE:
            return _pace(finding, _quota(finding, spoken.verdict), spoken)
        case Rule.TYPICAL:
            usual = rough_money(finding.usual, finding.usual, spoken.currency)
            return f"Your launches are usually about {usual} ({finding.launches:,} of them)."
        case Rule.COLD_START:
            return _cold_start(finding, spoken.agents)


def spoken_of(finding: Finding, spoken: Spoken) -> str:
    """How loudly a rule speaks, what it looks at, and its sentence."""
    return f"{finding.severity.name.capitalize()} ({RULES[finding.rule]}): {finding_words(finding, spoken)}"


def _quota(finding: Finding, verdict: Verdict) -> str:
    binding = verdict.binding
    if binding is not None and finding.quota in ("", binding.quota.id):
        return named(binding.quota.name)
    return named(finding.quota) or "the budget"


def _left(finding: Finding, verdict: Verdict) -> str:
    quota, binding = _quota(finding, verdict), verdict.binding
    if binding is None or finding.quota != binding.quota.id:
        binding = None
    if binding is not None and binding.quota.suspended:
        return f"Your company lets nothing through: {quota} is suspended."
    if binding is not None and binding.refused_at is not None:
        return f"{quota} lets nothing through: an agent was refused."
    remaining = binding.quota.remaining if binding is not None else None
    if finding.over_all and not finding.percent and (remaining or 0) <= 0:
        return f"Nothing is left of {quota}."
    if finding.percent >= 100:
        return f"It likely takes more than all that {quota} has left."
    more = ", and perhaps more than all" if finding.over_all else ""
    return f"It takes about {finding.percent} % of what {quota} has left{more}."


def _pace(finding: Finding, quota: str, spoken: Spoken) -> str:
    then, before = finding.runs_out_at, finding.ran_out_at
    if before is None:
        return f"At this pace, {quota} runs out on {_day(then, spoken.zone)}, before its reset."
    if before - then < DAY:
        early, late = (_hour(at, spoken) for at in (then, before))
        return f"At this pace, {quota} runs out {early} instead of {late}."
    return f"At this pace, {quota} runs out on {_day(then, spoken.zone)} instead of {_day(before, spoken.zone)}."


def _cold_start(finding: Finding, agents: int) -> str:
    who = "1 agent" if agents == 1 else f"{agents:,} agents at once"
    if finding.launches >= COMPARABLE:
        return f"{who}, and no budget to compare with."
    if not finding.launches:
        return f"{who}, and no launch of yours to compare with yet."
    return f"{who}, and only {count_words(finding.launches, 'launch', 'launches')} of yours to compare with."


def _hour(at: int, spoken: Spoken) -> str:
    words = moment(at, spoken.now, spoken.zone)
    return f"on {words}" if " " in words else f"at {words}"


def _day(at: int, zone: tzinfo) -> str:
    there = datetime.fromtimestamp(at / 1000, zone)
    return f"{there:%a} {there.day} {there:%b}"
