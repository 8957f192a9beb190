"""Forecasts of the past: nothing later is used, and on synthetic truth they are what theory says."""

from math import exp
from random import Random

import pytest
from made_runs import NOW, TYPICAL, launch_costs, run

from taximeter.domain.calibration import LEAST_SCORED
from taximeter.domain.launch import Observation
from taximeter.domain.pace import DAY, HOUR
from taximeter.domain.replay import replay
from taximeter.domain.scores import score

MINUTE = HOUR // 60


def made_history(seed: int, launches: int = 160) -> tuple[list[Observation], list[int]]:
    """Ninety days of launches of four types on two models in projects that come and go; when each run ended."""
    random = Random(seed)
    types, models = ([random.gauss(0, 0.5) for _ in range(count)] for count in (4, 2))
    projects: list[float] = []
    history, ended = [], []
    at = NOW - 90 * DAY
    for launch in range(launches):
        at += round(random.expovariate(1) * 90 * DAY / launches)
        if not projects or random.random() < 0.3 / len(projects):
            projects.append(random.gauss(0, 0.4))
        kind, model, project = random.choice([0, 0, 1, 2, 3]), random.choice([0, 0, 1]), random.randrange(len(projects))
        middle = TYPICAL + types[kind] + models[model] + projects[project]
        for cost in launch_costs(random, middle, random.choice([1, 1, 2, 4, 8]), 0.3):
            history.append(run(cost, at, kind=f"k{kind}", model=f"m{model}", project=f"p{project}", launch=str(launch)))
            ended.append(at + random.randint(1, 20) * MINUTE)
    return history, ended


def test_on_synthetic_truth_the_range_holds_eight_of_ten_and_beats_the_median() -> None:
    scored = [one for seed in range(3) for one in replay(*made_history(seed)).scored]
    found = score(scored)
    assert found.n > 420
    assert found.coverage.value == pytest.approx(0.8, abs=0.06)
    assert found.coverage.low < 0.84
    assert found.coverage.high > 0.77
    assert found.above.value == pytest.approx(0.1, abs=0.05)
    assert found.below.value == pytest.approx(0.1, abs=0.05)
    assert found.skill
    assert found.skill.low > 0.3
    assert found.middle_skill
    assert found.middle_skill.value > 0


def test_nothing_of_a_launch_or_after_it_changes_its_forecast() -> None:
    history, ended = made_history(7, 60)
    whole = replay(history, ended).scored
    at = whole[30].at
    changed = [one._replace(cost=one.cost * 50) if one.at >= at else one for one in history]
    again = replay(changed, ended).scored
    assert [one.predicted for one in again[:31]] == [one.predicted for one in whole[:31]]
    assert again[30].actual == 50 * whole[30].actual
    assert again[-1].predicted != whole[-1].predicted


def test_a_run_that_was_still_at_work_lends_no_cost() -> None:
    history = [run(exp(TYPICAL), NOW + place * MINUTE) for place in range(12)]
    late = [NOW + DAY] * 12
    assert not replay(history, late).scored
    assert replay(history, late).without_range == 12
    assert len(replay(history).scored) == 7


def test_a_launch_is_told_by_kind_and_scored_by_its_sum() -> None:
    before = [run(exp(TYPICAL), NOW + place * MINUTE, kind=kind) for place in range(9) for kind in ("plan", "explore")]
    launch = [run(100, NOW + HOUR, launch="x"), run(200, NOW + HOUR + 1, launch="x", kind="plan"),
              run(300, NOW + HOUR + 2, launch="x")]  # fmt: skip
    last = replay([*launch, *before]).scored[-1]
    assert (last.at, last.agents, last.type, last.actual) == (NOW + HOUR, 3, "explore", 600)
    assert last.baseline == pytest.approx(3 * exp(TYPICAL), rel=1e-6)


def test_the_same_launch_name_of_two_agents_is_two_launches() -> None:
    history = [run(exp(TYPICAL), NOW + place, agent=agent) for place in range(6) for agent in ("one", "two")]
    twins = [run(100, NOW + HOUR, launch="x"), run(100, NOW + HOUR, launch="x", agent="two")]
    assert [one.agents for one in replay([*history, *twins], last=2).scored] == [1, 1]


def test_launches_cut_off_teach_but_are_counted_and_not_scored() -> None:
    history = [run(exp(TYPICAL), NOW + place, censored=place == 8) for place in range(10)]
    found = replay(history)
    assert found.cut_off == 1
    assert len(found.scored) + found.without_range == 9


def test_the_newest_launches_alone_are_enough_to_learn_a_correction_from() -> None:
    history, ended = made_history(3, 80)
    newest = replay(history, ended, last=LEAST_SCORED).scored
    assert len(newest) == LEAST_SCORED
    assert [one.at for one in newest] == [one.at for one in replay(history, ended).scored][-LEAST_SCORED:]


def test_no_history_is_no_score() -> None:
    assert replay([]) == ((), 0, 0)
