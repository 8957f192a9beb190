"""The popover's decisions: what stands where, how long the bars are, what a screen reader hears."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ui.made_up import (
    CHECKOUT,
    DOLLAR,
    EMPTY,
    FIGURES,
    HOUR,
    INFRA,
    LAUNCH,
    LIVE,
    NOW,
    SNAPSHOT,
    TODAY,
    outlook,
    quota,
    window,
)

from taximeter.domain.quota import QuotaState
from taximeter.domain.usage import Totals
from taximeter.ui.glance import SHOWN_TODAY, bar_view, glance_of
from taximeter.ui.shapes import GaugeState


def test_the_binding_quota_is_the_large_answer() -> None:
    card = glance_of(SNAPSHOT, FIGURES).quota
    assert (card.answer, card.large, card.beside) == ("Lasts past the reset", "$118.40 left", "of $200, 7 days to go")
    assert card.below_left == "$81.60 used, $11.90 not billed yet"
    assert card.below_right == "mark: even pace"
    assert card.age == "12 s ago"


def test_the_bar_shows_what_is_left_and_the_rest_adds_up() -> None:
    bar = bar_view(outlook(), "")
    assert bar.left == pytest.approx(118.4 / 200)
    assert bar.pending == pytest.approx(11.9 / 200)
    assert bar.pace == pytest.approx(46.6 / 200)


def test_a_bar_stays_inside_its_frame() -> None:
    over = bar_view(outlook(QuotaState.SPENT, quota(100, 90, 60), pace=500), "")
    assert (over.left, over.pace) == (0.0, 1.0)
    assert 0 <= over.pending <= 1


def test_a_bar_that_is_not_fresh_is_not_painted_as_if_it_were() -> None:
    assert bar_view(outlook(QuotaState.OFFLINE), "").state is GaugeState.STALE


def test_sessions_are_scaled_to_the_dearest() -> None:
    lines = glance_of(SNAPSHOT, FIGURES).today
    assert [line.scale == 1.0 for line in lines] == [row.id == CHECKOUT.id for row in TODAY]
    assert sum(lines[1].parts) == CHECKOUT.totals.cost.total


def test_the_day_adds_up() -> None:
    shown = glance_of(SNAPSHOT, FIGURES)
    assert shown.today_title == "Today $24.11"
    assert sum(sum(line.parts) for line in shown.today) == SNAPSHOT.today.cost.total


def test_more_sessions_than_fit_are_counted() -> None:
    many = replace(SNAPSHOT, today_sessions=TODAY * 3)
    shown = glance_of(many, FIGURES)
    assert len(shown.today) == SHOWN_TODAY
    assert shown.more == f"{len(TODAY) * 3 - SHOWN_TODAY} more sessions today"


def test_a_running_session_tells_agents_length_and_pace() -> None:
    line = glance_of(SNAPSHOT, FIGURES).running[0]
    assert (line.title, line.branch, line.right) == ("checkout-service", "fix/retry-storm", "$3.12")
    assert (line.below_left, line.below_right) == ("Claude Code, 4 agents, 20 min", "$9.40 an hour")
    assert line.session == LIVE.id


def test_a_limit_at_risk_says_what_threatens() -> None:
    risky = window("5-hour window", 92, 3, QuotaState.LOW)
    shown = glance_of(replace(SNAPSHOT, outlooks=(outlook(), risky)), FIGURES)
    assert [one.at_risk for one in shown.limits] == [True]
    assert shown.others == "1 other limit, 1 to watch"


def test_another_limit_that_is_not_fresh_says_so() -> None:
    old = replace(window("5-hour window", 38, 3, QuotaState.STALE), quota=quota(as_of=NOW - 3 * HOUR))
    gone = outlook(QuotaState.OFFLINE, quota(as_of=NOW - 3 * HOUR), binds=False)
    shown = glance_of(replace(SNAPSHOT, outlooks=(outlook(), old, gone)), FIGURES)
    assert [one.words for one in shown.limits] == [
        "$118.40 left, 7 days to go, figure as of 11:20",
        "The budget service is not available. $118.40 left, 7 days to go",
    ]


def test_without_a_budget_todays_cost_stands_large_and_is_labelled() -> None:
    card = glance_of(replace(SNAPSHOT, outlooks=()), FIGURES).quota
    assert (card.answer, card.large) == ("No budget set", "$24.11")
    assert card.beside == "today, at list price, not your bill"
    assert card.bar is None


def test_no_data_is_no_zero() -> None:
    shown = glance_of(EMPTY, FIGURES)
    words = (shown.quota.large, shown.quota.beside, shown.quota.below_left, shown.today_title, shown.others)
    assert not any("0" in text for text in words)
    nothing_today = glance_of(replace(SNAPSHOT, outlooks=(), today=Totals(), today_sessions=()), FIGURES)
    assert nothing_today.quota.large == "Nothing yet"


def test_a_session_without_a_price_has_no_bar_and_says_so() -> None:
    unpriced = replace(INFRA, totals=Totals(2, INFRA.totals.tokens, unpriced_tokens=38_000, unpriced_requests=2))
    line = glance_of(replace(SNAPSHOT, today_sessions=(unpriced,)), FIGURES).today[0]
    assert sum(line.parts) == 0
    assert "unpriced" in line.right


def test_hidden_numbers_hide_every_amount() -> None:
    shown = glance_of(SNAPSHOT, replace(FIGURES, hidden=True))
    words = [shown.quota.large, shown.quota.below_left, shown.today_title, *(line.right for line in shown.today)]
    assert not any(char.isdigit() for text in words for char in text)


def test_the_reset_flips_between_countdown_and_clock() -> None:
    assert glance_of(SNAPSHOT, FIGURES, as_clock=True).quota.beside == "of $200, until 1 December 00:00"


def test_a_launch_that_runs_has_its_forecast_in_a_line_of_its_own() -> None:
    launch = LAUNCH._replace(going_on=3, actual=2 * DOLLAR)
    running = SNAPSHOT.running[0]._replace(launch=launch)
    (line,) = glance_of(replace(SNAPSHOT, running=(running,)), FIGURES).running
    assert line.note == ("Launch of 8, $2.00 so far", "forecast at 09:17: $11 to $29")
    assert line.spoken.endswith(", ".join(line.note))
    assert not any(glance_of(SNAPSHOT, FIGURES).running[0].note)
