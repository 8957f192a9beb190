"""A launch judged from memory: what kinds it has, what is left for it, and what others were promised."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import pytest

from taximeter.domain.answers import Answered
from taximeter.domain.experience import learn
from taximeter.domain.launch import Level, Observation, Rule, Severity, Verb
from taximeter.domain.pace import DAY, HOUR, straight_line
from taximeter.domain.quota import Coverage, Period, Quota, QuotaKind, Refusal, Unit
from taximeter.domain.thresholds import Thresholds
from taximeter.domain.usage import Tokens
from taximeter.guard.dialect import Call
from taximeter.guard.judging import Launch, Rules
from taximeter.guard.knowledge import History, Knowledge
from taximeter.guard.memory_judge import MemoryJudge

NOW = 1_764_000_000_000
DOLLAR = 1_000_000_000
AGENT = "made-up"


def runs(model: str, cost: int, count: int = 20, type: str = "Explore") -> list[Observation]:
    """Earlier runs that cost about that much each."""
    return [Observation(AGENT, type, model, "shop", NOW - (number + 1) * HOUR, cost * (90 + number) // 100)
            for number in range(count)]  # fmt: skip


def price(model: str, tokens: Tokens) -> int | None:
    """A thousandth of a dollar a token, whatever it is for; one model has no price."""
    return None if model == "free" else tokens.total * 1_000_000


def budget(left: int, agents: tuple[str, ...] = ()) -> Quota:
    """A month's budget of which so many dollars are left, ten days before its end."""
    return Quota("month", "Month", QuotaKind.LOCAL, Unit.MONEY, "USD", 200 * DOLLAR, (200 - left) * DOLLAR, 0, 0,
                 Period(NOW - 20 * DAY, NOW + 10 * DAY), NOW, Coverage(agents=agents))  # fmt: skip


def judge(
    *quotas: Quota, seen: list[Observation] | None = None, own: tuple[int, ...] = (9 * DOLLAR,) * 30
) -> MemoryJudge:
    """A judge who has seen those runs and knows those quotas."""
    observations = runs("big-model-5", 2 * DOLLAR) if seen is None else seen
    newest = {(one.agent, one.type): one.model for one in reversed(observations)}
    newest[AGENT, "main"] = "big-model-5"
    models = {AGENT: tuple(dict.fromkeys(one.model for one in observations))}
    history = History(learn(observations, NOW), own, {AGENT: 50}, {AGENT: 10}, newest, models)
    knowledge = Knowledge(history, quotas, straight_line(UTC), price, "USD", "book", NOW, Thresholds(), Rules())
    return MemoryJudge(knowledge, lambda: NOW)


def launch(*types: str, model: str = "") -> Launch:
    """A launch of agents of these types."""
    calls = tuple(Call(f"c{number}", type, model, 400) for number, type in enumerate(types))
    return Launch(AGENT, "shop", calls)


def test_a_type_runs_on_the_model_it_used_last_and_a_short_name_is_made_whole() -> None:
    seen = judge(budget(100)).judge(launch("Explore", "Explore", model=""))
    assert [(kind.type, kind.model, kind.count) for kind in seen.kinds] == [("Explore", "big-model-5", 2)]
    assert judge(budget(100)).judge(launch("Explore", model="big")).kinds[0].model == "big-model-5"
    assert judge(budget(100)).judge(launch("new-type")).kinds[0].model == "big-model-5"
    assert judge(budget(100)).judge(launch("Explore", model="other")).kinds[0].model == "other"


def test_the_share_of_what_is_left_speaks_and_the_number_that_fits_is_told() -> None:
    seen = judge(budget(20)).judge(launch(*["Explore"] * 8))
    assert seen.verdict.level is Severity.RED
    assert seen.verdict.findings[0].rule is Rule.LEFT
    assert seen.verdict.binding is not None
    assert seen.verdict.fits in {None, *range(1, 8)}
    assert seen.forecast.cost is not None
    assert seen.told.baseline > 0


def test_a_refusal_or_a_suspension_speaks_with_money_left() -> None:
    company = replace(budget(150), kind=QuotaKind.LITELLM)
    asked = launch("Explore")
    for quota, refusal in ((replace(company, suspended=True), None), (company, Refusal(NOW - 1, AGENT, "s", "budget"))):
        knowledge = replace(judge(quota)._known, refusal=refusal)
        told = MemoryJudge(knowledge, lambda: NOW)
        assert not told.is_quiet(asked)
        assert (told.judge(asked).verdict.level, told.judge(asked).verdict.fits) == (Severity.RED, None)


def test_quiet_is_told_without_a_forecast_and_agrees_with_one() -> None:
    for left in (5, 20, 60, 200):
        for agents in (1, 2, 4, 8, 16):
            one, wanted = judge(budget(left)), launch(*["Explore"] * agents)
            if one.is_quiet(wanted):
                assert one.judge(wanted).verdict.level is Severity.SILENT


def test_two_terminals_cannot_both_spend_the_same_remainder() -> None:
    one, wanted = judge(budget(60)), launch("Explore", "Explore")
    before = one.judge(wanted)
    assert before.verdict.level < Severity.AMBER
    for number in range(8):
        one.let_go(f"q{number}", wanted, one.judge(wanted).forecast)
    after = one.judge(wanted)
    assert after.verdict.level >= Severity.AMBER
    one.know(replace(one._known, recorded=frozenset(f"q{number}" for number in range(8))))
    assert one.judge(wanted).verdict == before.verdict


def test_a_quota_that_does_not_pay_for_the_agent_is_not_asked() -> None:
    seen = judge(budget(1, agents=("another",))).judge(launch("Explore"))
    assert seen.verdict.binding is None


def test_without_a_basis_only_the_floor_and_the_number_of_agents_count() -> None:
    one = judge(budget(1_000), seen=[], own=())
    assert one.is_quiet(launch("Explore"))
    few, many = one.judge(launch("Explore")), one.judge(launch(*["Explore"] * 5))
    assert few.forecast.cost is None
    assert few.forecast.level is Level.NONE
    assert few.forecast.floor == 2 * (50 + 100) * 1_000_000
    assert few.verdict.level is Severity.SILENT
    assert many.verdict.findings[0].rule is Rule.COLD_START


def test_a_model_without_a_price_has_no_floor() -> None:
    assert judge(seen=[]).judge(launch("Explore", model="free")).forecast.floor == 0


@pytest.mark.parametrize(("cheap", "named"), [(DOLLAR // 4, "small-model-5"), (19 * DOLLAR // 10, None)])
def test_a_model_that_would_cost_much_less_is_named(cheap: int, named: str | None) -> None:
    seen = judge(budget(20), seen=runs("big-model-5", 2 * DOLLAR) + runs("small-model-5", cheap))
    told = seen.judge(launch(*["Explore"] * 8, model="big-model-5"))
    assert (told.cheaper[0] if told.cheaper else None) == named


def test_a_figure_is_of_now_while_the_logs_are_read_as_they_are_written() -> None:
    old = replace(budget(20), as_of=NOW - 5 * HOUR)
    one, wanted = judge(old), launch(*["Explore"] * 8)
    assert one.judge(wanted).verdict.level is Severity.AMBER
    one.know(replace(one._known, in_touch=True))
    assert one.judge(wanted).verdict.level is Severity.RED


@pytest.mark.parametrize(
    ("left", "type", "runs_before", "percent"),
    [(100, "Explore", 2, 20), (100, "Explore", 1, None), (100, "Plan", 2, None), (20, "Explore", 2, None),
     (10_000, "Explore", 2, None)],
)  # fmt: skip
def test_who_let_such_launches_run_twice_is_offered_a_higher_threshold_where_one_would_help(
    left: int, type: str, runs_before: int, percent: int | None
) -> None:
    one = judge(budget(left))
    answer = Answered(AGENT, frozenset({type}), Rule.LEFT, Verb.RUN)
    one.know(replace(one._known, answers=(answer,) * runs_before))
    offer = one.judge(launch(*["Explore"] * 8)).offer
    assert (offer and offer.left_amber_percent) == percent


def test_what_is_held_for_a_launch_does_not_speak_against_itself() -> None:
    one, wanted = judge(budget(60)), launch("Explore", "Explore")
    before = one.judge(wanted).verdict
    for number in range(8):
        one.let_go(f"q{number}", wanted, one.judge(wanted).forecast)
    assert one.judge(wanted).verdict != before
    assert one.judge(wanted._replace(ids=tuple(f"q{number}" for number in range(8)))).verdict == before
