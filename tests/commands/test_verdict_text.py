"""Each rule has a sentence of its own that names its number; amounts are no finer than the range is."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from commands.conftest import outlook

from taximeter.commands.tables import wrapped
from taximeter.commands.verdict_text import (
    Spoken,
    finding_words,
    forecast_words,
    leaves_words,
    range_words,
    spoken_of,
)
from taximeter.domain.launch import Finding, Forecast, Level, Rule, Severity, Spread, Verdict
from taximeter.domain.quota import Outlook

NANO, DAY = 10**9, 86_400_000
NOW = 1_795_000_000_000
SEEN = outlook(NOW, NOW)
AMBER = Severity.AMBER


def dollars(*amounts: float) -> Spread:
    return Spread(*(int(amount * NANO) for amount in amounts))


@pytest.mark.parametrize(
    ("stopped", "words"),
    [
        (replace(SEEN, quota=replace(SEEN.quota, suspended=True)),
         "Your company lets nothing through: Team is suspended."),
        (replace(SEEN, refused_at=NOW), "Team lets nothing through: an agent was refused."),
    ],
)  # fmt: skip
def test_a_quota_that_lets_nothing_through_says_why(stopped: Outlook, words: str) -> None:
    verdict = Verdict(Severity.RED, (), None, stopped)
    finding = Finding(Rule.LEFT, Severity.RED, "team", over_all=True)
    assert finding_words(finding, Spoken(8, verdict, "USD", NOW, ZoneInfo("UTC"))) == words
    assert leaves_words(Forecast(8, dollars(1, 2, 3), 0, Level.TYPE, 12), verdict) == ""


def spoken(*, agents: int = 8) -> Spoken:
    return Spoken(agents, Verdict(AMBER, (), 3, SEEN), "USD", NOW, ZoneInfo("UTC"))


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (Finding(Rule.LEFT, AMBER, "team", percent=14), "It takes about 14 % of what Team has left."),
        (Finding(Rule.LEFT, AMBER, "team", percent=60, over_all=True),
         "It takes about 60 % of what Team has left, and perhaps more than all."),
        (Finding(Rule.LEFT, Severity.RED, "team", percent=130, over_all=True),
         "It likely takes more than all that Team has left."),
        (Finding(Rule.LEFT, Severity.RED, "other", over_all=True), "Nothing is left of other."),
        (Finding(Rule.LEFT, AMBER, "team", over_all=True),
         "It takes about 0 % of what Team has left, and perhaps more than all."),
        (Finding(Rule.LEFT, AMBER, "other", percent=14), "It takes about 14 % of what other has left."),
        (Finding(Rule.PACE, AMBER, "team", runs_out_at=NOW + 2 * DAY),
         "At this pace, Team runs out on Fri 20 Nov, before its reset."),
        (Finding(Rule.PACE, AMBER, "team", runs_out_at=NOW + 2 * DAY, ran_out_at=NOW + 5 * DAY),
         "At this pace, Team runs out on Fri 20 Nov instead of Mon 23 Nov."),
        (Finding(Rule.PACE, AMBER, "team", runs_out_at=NOW + DAY // 2, ran_out_at=NOW + DAY),
         "At this pace, Team runs out at 23:06 instead of on Nov 19 11:06."),
        (Finding(Rule.TYPICAL, AMBER, usual=int(3.2 * NANO), launches=34),
         "Your launches are usually about $3.20 (34 of them)."),
        (Finding(Rule.COLD_START, AMBER), "8 agents at once, and no launch of yours to compare with yet."),
        (Finding(Rule.COLD_START, AMBER, launches=1), "8 agents at once, and only 1 launch of yours to compare with."),
        (Finding(Rule.COLD_START, AMBER, launches=9), "8 agents at once, and no budget to compare with."),
    ],
)  # fmt: skip
def test_a_rule_has_a_sentence_that_names_its_number(finding: Finding, words: str) -> None:
    assert finding_words(finding, spoken()) == words


def test_a_rule_says_how_loudly_it_speaks_and_what_it_looks_at() -> None:
    assert spoken_of(Finding(Rule.COLD_START, AMBER), spoken(agents=1)) == (
        "Amber (nothing to compare with): 1 agent, and no launch of yours to compare with yet."
    )


@pytest.mark.parametrize(
    ("cost", "words"),
    [
        (dollars(6.1, 11.4, 18.4), "$6 to $18"), (dollars(1.104, 3.3, 9.9), "$1.10 to $9.90"),
        (dollars(0.001, 0.2, 12), "<$0.01 to $12.00"), (dollars(1200, 1200.2, 1200.4), "$1,200"),
        (dollars(0.3, 12, 40), "$0.30 to $40"),
    ],
)  # fmt: skip
def test_a_range_is_told_no_finer_than_it_is_known(cost: Spread, words: str) -> None:
    assert range_words(cost, "USD") == words


def test_what_a_launch_leaves_is_told_of_the_quota_that_binds() -> None:
    verdict = spoken().verdict
    told = Forecast(8, dollars(6, 18, 40), 0, Level.TYPE, 12)
    assert leaves_words(told, verdict) == "Leaves about $100 of the $118 left of Team."
    assert leaves_words(replace(told, cost=dollars(60, 130, 300)), verdict) == (
        "Takes about $12 more than the $118 left of Team."
    )
    assert leaves_words(replace(told, cost=None), verdict) == leaves_words(told, replace(verdict, binding=None)) == ""


def test_without_a_basis_the_floor_is_told_and_no_range() -> None:
    told = Forecast(8, None, int(0.4 * NANO), Level.NONE, 2)
    assert forecast_words(told, "EUR") == "no basis yet for a range, at least 0.40 EUR"
    assert forecast_words(replace(told, floor=0), "USD") == "no basis yet for a range"


def test_lines_are_filled_up_to_80_columns_with_wide_characters_counted_as_two() -> None:
    lines = wrapped("计量器 " * 40)
    assert len(lines) > 2
    assert all(len(line) + line.count("计") * 3 <= 80 for line in lines)
    assert "".join(lines).replace(" ", "") == "计量器" * 40
