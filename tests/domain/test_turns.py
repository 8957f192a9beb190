"""A computer's own turns: spread over the interval, never on the clock's marks, a full interval apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from taximeter.domain.turns import NOISE_PERCENT, Installation, chance, phase, turn

NOON = 1_795_003_200_000
MINUTE, HOUR = 60_000, 3_600_000
FLEET = [Installation(f"desk {number}", "budget", number) for number in range(3_000)]
INTERVALS = st.integers(MINUTE, 24 * HOUR)
MOMENTS = st.integers(0, 4 * NOON)
WHOSE = st.builds(Installation, st.text(max_size=20), st.text(max_size=20), st.integers())


@given(WHOSE, INTERVALS, MOMENTS)
def test_a_turn_is_at_or_after_what_was_asked_and_less_than_an_interval_and_its_noise_later(
    whose: Installation, interval: int, earliest: int
) -> None:
    assert earliest <= turn(whose, interval, earliest) <= earliest + interval + 2 * interval * NOISE_PERCENT // 100 + 2


@given(WHOSE, INTERVALS, MOMENTS)
def test_turns_lie_at_the_even_place_give_or_take_the_noise(whose: Installation, interval: int, earliest: int) -> None:
    off = (turn(whose, interval, earliest) - int(phase(whose) * interval)) % interval
    widest = interval * NOISE_PERCENT // 100
    assert min(off, interval - off) <= widest


@given(WHOSE, INTERVALS, MOMENTS)
def test_the_next_turn_is_an_interval_later_give_or_take_the_noise_of_both(
    whose: Installation, interval: int, earliest: int
) -> None:
    first = turn(whose, interval, earliest)
    gap = turn(whose, interval, first + interval // 2) - first
    assert abs(gap - interval) <= 2 * interval * NOISE_PERCENT // 100 + 2


@given(WHOSE, INTERVALS, MOMENTS, st.integers(0, 100 * MINUTE))
def test_a_later_question_never_gets_an_earlier_turn(
    whose: Installation, interval: int, earliest: int, later: int
) -> None:
    assert turn(whose, interval, earliest + later) >= turn(whose, interval, earliest)


def test_a_turn_is_the_same_after_a_restart() -> None:
    again = Installation("desk 7", "budget", 7)
    assert turn(again, 5 * MINUTE, NOON) == turn(FLEET[7], 5 * MINUTE, NOON)


def test_two_services_of_one_installation_have_turns_of_their_own() -> None:
    assert phase(Installation("desk", "one", 0)) != phase(Installation("desk", "other", 0))


def test_noise_differs_from_turn_to_turn_and_follows_the_seed() -> None:
    places = {turn(FLEET[0], 5 * MINUTE, NOON + k * HOUR) % (5 * MINUTE) for k in range(50)}
    assert len(places) > 40
    assert turn(Installation("desk", "budget", 1), HOUR, NOON) != turn(Installation("desk", "budget", 2), HOUR, NOON)


def test_phases_are_even_over_the_fleet() -> None:
    tenths = [0] * 10
    for whose in FLEET:
        tenths[int(phase(whose) * 10)] += 1
    # 300 each; five standard deviations of a count are 82.
    assert all(218 <= count <= 382 for count in tenths)


def test_turns_are_not_aligned_to_the_clocks_minutes() -> None:
    tenths = [0] * 10
    for whose in FLEET:
        tenths[turn(whose, 5 * MINUTE, NOON) % MINUTE * 10 // MINUTE] += 1
    assert all(218 <= count <= 382 for count in tenths)


@given(WHOSE, st.text(max_size=30))
def test_chance_is_below_one_and_the_same_for_the_same_occasion(whose: Installation, occasion: str) -> None:
    assert 0 <= chance(whose, occasion) < 1
    assert chance(whose, occasion) == chance(whose, occasion)
