"""A refusal in a log makes its quota spent at once, and no longer than it is true."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_standing import LINE, NOW, USD, a_quota

from taximeter.domain.outlook import outlooks
from taximeter.domain.quota import Coverage, Outlook, Period, Quota, QuotaKind, QuotaState, Refusal, Unit
from taximeter.domain.refusal import SETTLED, UNEXPLAINED, after_refusal, standing_refusal

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
COMPANY = a_quota(50 * USD, id="company", kind=QuotaKind.LITELLM)
KEY = a_quota(80 * USD, id="key", kind=QuotaKind.LITELLM)
OWN = a_quota(5 * USD, id="own")
WINDOW = replace(a_quota(4_000), id="window", kind=QuotaKind.PLAN_WINDOW, unit=Unit.PERCENT, currency="",
                 covers=Coverage(("one",)))  # fmt: skip
REFUSED = Refusal(NOW - MINUTE, "one", "s", "budget")


def after(*quotas: Quota, refusal: Refusal | None = REFUSED, now: int = NOW) -> tuple[Outlook, ...]:
    return after_refusal(outlooks(quotas, LINE, now), refusal, now)


def spent_of(seen: tuple[Outlook, ...]) -> list[str]:
    return [one.quota.id for one in seen if one.state is QuotaState.SPENT]


def test_the_first_quota_that_pays_for_the_agent_is_spent_and_binds_with_a_rest_in_its_figure() -> None:
    seen = after(OWN, KEY, COMPANY)
    assert spent_of(seen) == ["company"]
    first = seen[0]
    assert (first.quota.id, first.binds, first.refused_at, first.runs_out_at) == (
        "company",
        True,
        REFUSED.at,
        REFUSED.at,
    )
    assert [one.binds for one in seen] == [True, False, False]
    assert first.quota.remaining == 50 * USD


def test_a_budget_of_ones_own_and_an_unlimited_one_refuse_nothing() -> None:
    unlimited = replace(COMPANY, limit=None)
    assert spent_of(after(OWN, unlimited)) == []
    assert standing_refusal(REFUSED, after(OWN, unlimited), NOW) is REFUSED


def test_a_plan_window_refuses_for_itself_alone() -> None:
    window = Refusal(NOW, "one", "s", "plan_window")
    assert spent_of(after(COMPANY, WINDOW, refusal=window)) == ["window"]
    assert spent_of(after(COMPANY, WINDOW, refusal=window._replace(agent="other"))) == []
    assert spent_of(after(COMPANY, WINDOW, refusal=window._replace(reason="rate"))) == []


def test_a_quota_that_shows_the_reason_itself_is_the_one() -> None:
    used_up = replace(KEY, spent=80 * USD, used_up_at=NOW - HOUR)
    assert spent_of(after(used_up, COMPANY)) == ["key"]
    stopped = replace(KEY, suspended=True)
    seen = after(stopped, COMPANY)
    assert spent_of(seen) == ["key"]
    assert standing_refusal(REFUSED, seen, NOW) is REFUSED


def test_it_ends_with_the_period() -> None:
    short = replace(COMPANY, period=Period(NOW - DAY, NOW + HOUR))
    over = after(short, now=NOW + HOUR)
    assert spent_of(over) == []
    assert standing_refusal(REFUSED, over, NOW + HOUR) is None
    fresh = replace(short, period=Period(NOW, NOW + DAY), as_of=NOW)
    assert spent_of(after(fresh)) == []


@pytest.mark.parametrize(("later", "spent"), [(0, ["company"]), (SETTLED, ["company"]), (SETTLED + 1, [])])
def test_it_ends_with_a_settled_figure_that_shows_a_rest(later: int, spent: list[str]) -> None:
    seen = after(replace(COMPANY, as_of=REFUSED.at + later), now=NOW + HOUR)
    assert spent_of(seen) == spent
    assert (standing_refusal(REFUSED, seen, NOW + HOUR) is not None) == bool(spent)


def test_one_that_nothing_explains_counts_for_a_day() -> None:
    assert standing_refusal(REFUSED, (), REFUSED.at + UNEXPLAINED - 1) is REFUSED
    assert standing_refusal(REFUSED, (), REFUSED.at + UNEXPLAINED) is None
    assert standing_refusal(REFUSED._replace(reason="rate"), (), NOW) is None
