"""What is learnt from earlier runs: shrinkage, back-off, age, killed runs, runaway runs, what launches share."""

from math import exp
from random import Random
from statistics import mean

import pytest
from made_runs import NOW, TYPICAL, WITHIN, launch_costs, run, wanted

from taximeter.domain.experience import HALF_LIFE, SHARED, Key, basis, learn, usual_cost
from taximeter.domain.launch import Level, Observation
from taximeter.domain.lognormal import Fit, Seen, fit, normal_hazard
from taximeter.domain.pace import DAY

CENTS_20 = exp(TYPICAL)
KIND = Key("one", own_session=False, type="explore", model="large", project="app")


def seen(log_costs: list[float]) -> list[Seen]:
    return [Seen(cost, 1.0, censored=False) for cost in log_costs]


def parent_at(middle: float) -> Fit:
    return Fit(middle, WITHIN, 100.0, 100.0, 100.0, 100, exp(middle))


def test_a_mean_is_shrunken_as_if_five_runs_of_the_parent_had_been_seen() -> None:
    found = fit(seen([2.0, 2.0, 2.0, 2.0, 2.0]), parent_at(0.0))
    assert found.mean == pytest.approx(1.0)
    # Eight runs of the prior spread, five without any, and the mean's own distance from both sides.
    assert found.spread**2 == pytest.approx((8 * WITHIN**2 + 5 * 1.0 + 5 * 1.0) / 13)


def test_with_many_runs_the_parent_and_the_prior_no_longer_matter() -> None:
    random = Random(2)
    found = fit(seen([random.gauss(3.0, 0.5) for _ in range(2000)]), parent_at(0.0))
    assert found.mean == pytest.approx(3.0, abs=0.05)
    assert found.spread == pytest.approx(0.5, abs=0.03)


def test_each_level_is_used_from_five_effective_runs_and_named() -> None:
    history = [run(CENTS_20, NOW) for _ in range(5)]
    history += [run(CENTS_20, NOW, project="other") for _ in range(4)]
    history += [run(CENTS_20, NOW, model="small", project="other") for _ in range(3)]
    history += [run(CENTS_20, NOW, kind="plan") for _ in range(2)]
    known = learn(history, NOW)

    def rests_on(**asked: str) -> tuple[Level, int]:
        found = basis(known, wanted(**asked))  # type: ignore[arg-type]
        return found.level, found.runs

    assert rests_on() == (Level.PROJECT, 5)
    assert rests_on(project="other") == (Level.MODEL, 9)
    assert rests_on(project="never seen") == (Level.MODEL, 9)
    assert rests_on(project="") == (Level.MODEL, 9)
    assert rests_on(model="small") == (Level.TYPE, 12)
    assert rests_on(model="never seen") == (Level.TYPE, 12)
    assert rests_on(model="") == (Level.TYPE, 12)
    assert rests_on(kind="plan") == (Level.AGENT, 14)
    assert rests_on(kind="") == (Level.AGENT, 14)
    assert rests_on(agent="another") == (Level.NONE, 0)


def test_a_session_of_its_own_says_nothing_of_subagents() -> None:
    known = learn([run(CENTS_20, NOW, kind="main") for _ in range(30)], NOW)
    assert basis(known, wanted(kind="main")).level is Level.PROJECT
    assert basis(known, wanted()).level is Level.NONE


def test_old_runs_count_half_for_each_month_and_then_not_at_all() -> None:
    known = learn([run(CENTS_20, NOW - HALF_LIFE) for _ in range(8)], NOW)
    assert known.fits[KIND].effective == pytest.approx(4.0)
    assert basis(known, wanted()).level is Level.NONE
    assert not learn([run(CENTS_20, NOW - 181 * DAY)], NOW).fits


def test_what_starts_later_or_costs_nothing_is_not_learnt() -> None:
    assert not learn([run(CENTS_20, NOW + 1), run(0, NOW)], NOW).fits


def test_the_order_of_history_does_not_matter() -> None:
    random = Random(3)
    history = [run(exp(random.gauss(TYPICAL, 1)), NOW, kind=random.choice("abc"), launch=str(random.randrange(20)),
                   censored=random.random() < 0.2) for _ in range(200)]  # fmt: skip
    one, other = learn(history, NOW), learn(sorted(history), NOW)
    assert one.shared == pytest.approx(other.shared)
    for key, found in one.fits.items():
        assert found == pytest.approx(other.fits[key])


def test_runs_of_one_launch_tell_less_than_as_many_that_started_alone() -> None:
    together = learn([run(CENTS_20, NOW, launch="x") for _ in range(8)], NOW)
    assert together.fits[KIND].effective == pytest.approx(8 / 3.1)
    assert learn([run(CENTS_20, NOW) for _ in range(8)], NOW).fits[KIND].effective == pytest.approx(8)


def killed_history(random: Random, count: int) -> list[Observation]:
    """Every second run is killed at a cost of its own."""
    history = []
    for place in range(count):
        cost = launch_costs(random, TYPICAL, 1)[0]
        cut = exp(random.gauss(TYPICAL, 0.7)) if place % 2 else cost + 1
        history.append(run(min(cost, cut), NOW, censored=cut < cost))
    return history


def test_killed_runs_bias_neither_the_mean_nor_the_spread() -> None:
    random = Random(4)
    history = killed_history(random, 3000)
    found = learn(history, NOW).fits[KIND]
    assert found.mean == pytest.approx(TYPICAL, abs=0.06)
    assert found.spread == pytest.approx(WITHIN, abs=0.05)
    as_if_finished = learn([one._replace(censored=False) for one in history], NOW).fits[KIND]
    without_them = learn([one for one in history if not one.censored], NOW).fits[KIND]
    assert as_if_finished.mean < TYPICAL - 0.12
    assert without_them.mean < TYPICAL - 0.12


def test_a_run_killed_at_once_vouches_for_nothing() -> None:
    history = [run(CENTS_20, NOW) for _ in range(4)]
    killed = [run(CENTS_20 / 1000, NOW, censored=True) for _ in range(50)]
    known = learn([*history, *killed], NOW)
    assert known.fits[KIND].effective == pytest.approx(4, abs=0.01)
    assert basis(learn(killed, NOW), wanted()).level is Level.NONE


def test_a_runaway_run_does_not_become_the_mean() -> None:
    random = Random(5)
    history = [run(cost, NOW) for cost in launch_costs(random, TYPICAL, 12)]
    calm = learn(history, NOW).fits[KIND]
    shaken = learn([*history, run(100 * CENTS_20, NOW)], NOW).fits[KIND]
    assert shaken.mean - calm.mean < 0.3
    assert shaken.spread < 1.4 * calm.spread


@pytest.mark.parametrize("true", [0.0, 0.3, 0.6])
def test_what_launches_share_is_recovered(true: float) -> None:
    found = []
    for seed in range(6):
        random = Random(seed)
        history = [run(cost, NOW, launch=str(place)) for place in range(80)
                   for cost in launch_costs(random, TYPICAL, random.choice([2, 3, 4, 8]), true)]  # fmt: skip
        known = learn(history, NOW)
        assert known.launches == 80
        found.append(known.shared)
    # Ten launches in which the assumed share held count along, on purpose.
    assert mean(found) == pytest.approx((80 * true + 10 * SHARED) / 90, abs=0.05)


def test_below_ten_launches_the_shared_part_is_assumed() -> None:
    history = [run(CENTS_20 * (1 + place), NOW, launch=str(place)) for place in range(9) for _ in range(3)]
    known = learn(history, NOW)
    assert (known.shared, known.launches) == (SHARED, 0)


def test_the_usual_cost_is_the_median_of_that_type_and_model_or_of_the_nearest_there_is() -> None:
    history = [run(cost, NOW) for cost in (1000, 3000, 90000)] + [run(500, NOW, model="small") for _ in range(2)]
    known = learn(history, NOW)
    assert usual_cost(known, wanted()) == pytest.approx(3000)
    assert usual_cost(known, wanted(model="small")) == pytest.approx(500)
    assert usual_cost(known, wanted(model="never seen")) == pytest.approx(1000)
    assert usual_cost(known, wanted(agent="another")) == 0


def test_the_hazard_is_right_far_out() -> None:
    assert normal_hazard(0) == pytest.approx(0.7978845608)
    assert normal_hazard(7.999) == pytest.approx(normal_hazard(8.001), abs=0.003)
    assert normal_hazard(60) == pytest.approx(60.0166, abs=1e-3)
    assert normal_hazard(-40) == 0
