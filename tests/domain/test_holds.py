"""What was set aside for one launch is not there for the next."""

from made_standing import LINE, NOW, START, USD, a_forecast, a_quota, each

from taximeter.domain.holds import Hold, hold_of, with_holds
from taximeter.domain.launch import Rule, Severity, Spread
from taximeter.domain.outlook import outlooks
from taximeter.domain.pace import DAY
from taximeter.domain.quota import Coverage, Period, Unit
from taximeter.domain.thresholds import Thresholds
from taximeter.domain.verdict import Standing, judge

HOUR = DAY // 24
TODAY = Period(START + 9 * DAY, NOW + DAY // 2)
HELD = Hold("one", "a", "shop", ("big-5",), 60 * USD, "USD", NOW, NOW + HOUR)


def test_two_terminals_cannot_both_spend_the_same_remainder() -> None:
    budget = a_quota(100 * USD, period=TODAY)
    launch = each(60 * USD, 70 * USD)

    def asked_with(*holds: Hold) -> tuple[Severity, Rule, bool]:
        quotas = outlooks(with_holds((budget,), holds, NOW + 1), LINE, NOW + 1)
        worst = judge(launch, 1, Standing(quotas, LINE, (USD,) * 5), Thresholds(), NOW + 1).findings[0]
        return worst.severity, worst.rule, worst.over_all

    assert asked_with() == (Severity.AMBER, Rule.LEFT, False)
    assert asked_with(HELD) == (Severity.RED, Rule.LEFT, True)
    assert asked_with(HELD._replace(amount=hold_of(launch(1), spent=55 * USD))) == (Severity.AMBER, Rule.LEFT, False)


def test_a_hold_counts_from_when_it_is_made_until_it_ends() -> None:
    budget = a_quota(100 * USD)
    at_times = [with_holds((budget,), [HELD], at)[0].held for at in (NOW - 1, NOW, NOW + HOUR - 1, NOW + HOUR)]
    assert at_times == [0, 60 * USD, 60 * USD, 0]


def test_a_quota_is_held_by_what_it_covers_in_its_own_money() -> None:
    quotas = (
        a_quota(USD, id="all"),
        a_quota(USD, id="before", held=5),
        a_quota(USD, id="other agent", covers=Coverage(agents=("b",))),
        a_quota(USD, id="its model", covers=Coverage(models=("big*",))),
        a_quota(USD, id="euros", currency="EUR"),
        a_quota(USD, id="requests", unit=Unit.REQUESTS, currency=""),
    )
    later = HELD._replace(launch="two", amount=USD)
    held = {quota.id: quota.held for quota in with_holds(quotas, [HELD, later], NOW)}
    assert held == {
        "all": 61 * USD, "before": 61 * USD + 5, "other agent": 0, "its model": 61 * USD, "euros": 0, "requests": 0,
    }  # fmt: skip


def test_what_is_held_is_the_middle_less_what_was_spent_and_never_negative() -> None:
    ranged = a_forecast(3, Spread(USD, 5 * USD, 9 * USD), floor=USD)
    assert [hold_of(ranged, spent) for spent in (0, 2 * USD, 5 * USD, 8 * USD)] == [5 * USD, 3 * USD, 0, 0]
    assert hold_of(a_forecast(3, None, floor=2 * USD), USD) == USD


def test_what_the_source_holds_for_a_launch_is_not_set_aside_again_and_given_back_where_it_is_foreseen_anew() -> None:
    told = a_quota(100 * USD, held=90 * USD, held_for=(("one", 70 * USD),))
    later = HELD._replace(launch="two", amount=USD)
    assert with_holds((told,), [HELD, later], NOW)[0].held == 91 * USD
    assert with_holds((told,), [later], NOW, ("one",))[0].held == 21 * USD
    assert with_holds((told,), [], NOW, ("three",))[0].held == 90 * USD
