"""Fast spending is worth a word only while it matters and goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from made_standing import NOW, USD, a_quota, seen

from taximeter.domain.burning import DAY, HOUR, MINUTE, Burn, burn_of
from taximeter.domain.episode_quotas import EpisodeKind
from taximeter.domain.episodes import Look, Memory, Situation, Wishes, look
from taximeter.domain.quota import Period, QuotaState

MONTH = a_quota(100 * USD)
WEEK = replace(MONTH, period=Period(NOW - 3 * DAY, NOW + 4 * DAY))


def at_a_pace(amount: int, lasting: int, until: int = NOW) -> Callable[[int], int]:
    """So many cents of a dollar an hour for so long, up to a moment."""
    return lambda since: max(0, min(until - since, lasting)) * amount * USD // 100 // HOUR


@pytest.mark.parametrize(
    ("spent", "percent", "span"),
    [
        (at_a_pace(0, HOUR), 0, 8 * HOUR),
        (at_a_pace(402, HOUR), 100, HOUR),
        (at_a_pace(399, HOUR), 99, HOUR),
        (at_a_pace(126, 8 * HOUR), 100, 8 * HOUR),
        (at_a_pace(600, HOUR, NOW - 15 * MINUTE), 0, HOUR),
    ],
    ids=["nothing", "4 % in an hour", "less", "10 % in 8 hours", "over since a quarter of an hour"],
)
def test_a_month(spent: Callable[[int], int], percent: int, span: int) -> None:
    found = burn_of(MONTH, spent, NOW)
    assert found is not None
    assert found.percent == percent or (percent == 0 and found.percent < 100)
    assert found.span == span or percent < 100


def test_a_week_takes_more_and_a_day_is_not_watched() -> None:
    found = burn_of(WEEK, at_a_pace(402, HOUR), NOW)
    assert found is not None
    assert found.percent == 50
    assert burn_of(replace(MONTH, period=Period(NOW - DAY // 2, NOW + DAY // 2)), at_a_pace(400, HOUR), NOW) is None
    assert burn_of(replace(MONTH, limit=None), at_a_pace(400, HOUR), NOW) is None


def test_a_period_that_has_just_begun_counts_from_its_beginning() -> None:
    begun = replace(MONTH, period=Period(NOW - 5 * MINUTE, NOW + 30 * DAY))
    asked: list[int] = []

    def spent_since(since: int) -> int:
        asked.append(since)
        return 50 * USD

    burn_of(begun, spent_since, NOW)
    assert min(asked) == NOW - 5 * MINUTE


def told(memory: Memory, percent: int | None, state: QuotaState = QuotaState.OK) -> Look:
    burn = None if percent is None else Burn("q", percent, HOUR)
    return look(memory, Situation(NOW, (seen(50 * USD, state),), burn=burn), Wishes(), 600)


def test_it_is_told_once_until_it_has_calmed_down() -> None:
    memory, kinds = told(Memory(), 0).memory, list[tuple[int | None, EpisodeKind]]()
    for percent in (120, 90, 130, 79, 99, 100, None, 100):
        found = told(memory, percent)
        memory, kinds = found.memory, [*kinds, *((percent, one.kind) for one in found.told)]
    assert kinds == [(120, EpisodeKind.FAST), (100, EpisodeKind.FAST), (100, EpisodeKind.FAST)]


def test_it_goes_when_it_is_over_and_is_not_told_beside_what_says_more() -> None:
    memory = told(Memory(), 0).memory
    fast = told(memory, 150)
    assert told(fast.memory, 10).withdrawn == ("burn",)
    low = told(memory, 150, QuotaState.LOW)
    assert [one.kind for one in low.told] == [EpisodeKind.LOW]
    assert low.memory.burning == ""
