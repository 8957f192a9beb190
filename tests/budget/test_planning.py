"""What the next poll depends on: what the ledger keeps, and what surrounds this computer."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from taximeter.budget.contract import Failure, Fault, Reading
from taximeter.budget.kept import Kept
from taximeter.budget.latest import Known
from taximeter.budget.planning import Moments, Surroundings, poll_state_of
from taximeter.budget.poller import METERED_KEPT_MS, Poller, Ways
from taximeter.domain import poll_state
from taximeter.domain.poll_state import PollState, Reason
from taximeter.domain.polling import next_poll
from taximeter.domain.turns import Installation
from taximeter.host.service_settings import ServiceSetting

NOW = 1_795_003_200_000
MINUTE, HOUR = 60_000, 3_600_000
SETTING = ServiceSetting("litellm", "https://budget.example.com")
DESK = Installation("desk", SETTING.origin, 0)
WELL = Kept(Known(Reading((), NOW)), NOW)


@dataclass
class Place:
    """A computer that the test carries about. Its poller's thread is never started."""

    now: int = NOW
    network: str = "home"
    on_battery: bool = False
    metered: bool = False
    asked: int = 0

    def __post_init__(self) -> None:
        ways = Ways(
            lambda: SETTING, lambda _: None, lambda _: WELL, lambda _: None, lambda: self.now, lambda: self.now,
            lambda: "desk", network=lambda: self.network, on_battery=lambda: self.on_battery, metered=self._metered,
        )  # fmt: skip
        self.poller = Poller(ways)

    def state(self, kept: Kept = WELL) -> PollState:
        return self.poller._state(SETTING, kept)

    def _metered(self) -> bool:
        self.asked += 1
        return self.metered


@pytest.mark.parametrize(
    ("fault", "kind"),
    [(Fault.UNKNOWN_HOST, poll_state.Failure.UNREACHABLE), (Fault.SIGN_IN_PAGE, poll_state.Failure.UNREACHABLE),
     (Fault.RATE_LIMITED, poll_state.Failure.BUSY), (Fault.BLOCKED, poll_state.Failure.REFUSED)],
)  # fmt: skip
def test_a_failure_is_of_the_kind_that_decides_when_to_try_again(fault: Fault, kind: poll_state.Failure) -> None:
    kept = Kept(Known(WELL.known.reading, Failure(fault, "")), NOW, 1)
    assert poll_state_of(kept, DESK, NOW, NOW, Moments(None)).failure is kind


def test_battery_and_a_metered_network_are_handed_on() -> None:
    around = Surroundings(on_battery=True, metered=True)
    state = poll_state_of(WELL, DESK, NOW, NOW, Moments(None), around=around)
    assert (state.on_battery, state.metered) == (True, True)
    assert next_poll(state).reason is Reason.SPARING


def test_another_network_is_noticed_and_a_gap_between_two_of_the_same_is_none() -> None:
    place = Place()
    marks = []
    for place.network in ("home", "", "home", "office"):
        place.now += MINUTE
        marks.append(place.state().network_changed_at)
    assert marks == [None, None, None, place.now]


def test_a_new_network_after_a_failure_brings_an_early_poll_at_the_own_turn() -> None:
    gone = Kept(Known(WELL.known.reading, Failure(Fault.UNKNOWN_HOST, "")), NOW - 20 * MINUTE, 9)
    place = Place(now=NOW - 2 * HOUR)
    place.state(gone)
    place.now, place.network = NOW, "office"
    plan = next_poll(place.state(gone))
    assert plan.reason is Reason.NETWORK
    assert plan.delay < 6 * MINUTE


def test_the_battery_is_looked_at_each_time() -> None:
    place = Place()
    assert not place.state().on_battery
    place.on_battery = True
    assert place.state().on_battery


def test_whether_a_network_is_metered_is_asked_before_a_poll_and_not_again_for_minutes() -> None:
    place = Place(metered=True)
    assert not place.state().metered
    assert place.asked == 0
    assert place.poller._costs_more()
    assert place.state().metered
    assert not place.poller._costs_more()
    assert place.asked == 1
    place.now += METERED_KEPT_MS
    assert not place.poller._costs_more()
    assert place.asked == 2


def test_another_network_is_asked_about_anew() -> None:
    place = Place(metered=True)
    place.state()
    place.poller._costs_more()
    place.network, place.metered = "office", False
    place.now += MINUTE
    place.state()
    assert not place.poller._costs_more()
    assert not place.state().metered


def test_a_start_with_an_old_figure_polls_within_half_a_minute() -> None:
    place = Place()
    old = Kept(Known(Reading((), NOW - HOUR)), NOW - HOUR)
    plan = next_poll(place.state(old))
    assert (plan.reason, plan.delay <= 30_000) == (Reason.STARTED, True)
