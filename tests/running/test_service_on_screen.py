"""From what the ledger keeps of a budget service to the tray: each state is reached, and left by itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from taximeter.budget.contract import Failure, Fault, Reading
from taximeter.budget.kept import Kept, row_of
from taximeter.budget.latest import Known, after
from taximeter.collect.demo import demo_readings
from taximeter.collect.installation import Installation
from taximeter.collect.writing import writing
from taximeter.domain.quota import Enforcement, Period, Quota, QuotaKind, Unit
from taximeter.ledger.services import put_service
from taximeter.running.app import RunningApp
from taximeter.ui.desk import Desk, IconStyle
from taximeter.ui.figures import Figures
from taximeter.ui.glance import Glance, glance_of
from taximeter.ui.shapes import GaugeState
from taximeter.ui.tray_view import TrayView, tray_view

ORIGIN = "https://budget.example.com"
SETTINGS = f'[service]\nkind = "litellm"\norigin = "{ORIGIN}"\n'
FIGURES = Figures(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom), UTC)
NANO = 10**9
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000


def forget_windows(connection: sqlite3.Connection) -> None:
    """A plan window that has less left than the company's quota would have the large answer."""
    connection.execute("DELETE FROM plan_window")


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    place = Installation.find({"TAXIMETER_HOME": str(tmp_path), "TZ": "UTC"}, tmp_path)
    with writing(place.keeping()) as writer:
        assert writer is not None
        writer.apply(demo_readings(place.now()))
        writer.run(forget_windows)
    place.paths.settings_file.parent.mkdir(parents=True, exist_ok=True)
    place.paths.settings_file.write_text(SETTINGS)
    return place


@pytest.fixture
def desk(installation: Installation) -> Iterator[Desk]:
    with RunningApp(installation, installation.names()).reading_only() as built:
        yield built


def quota(now: int, spent: int, age: int = 0) -> Quota:
    period = Period(now - 10 * DAY, now + 20 * DAY)
    return Quota(
        "service:key", "Your key", QuotaKind.LITELLM, Unit.MONEY, "USD", 200 * NANO, spent * NANO, 0, 0, period,
        now - age, enforcement=Enforcement.BLOCK, coverage_chosen=False, origin="budget.example.com",
    )  # fmt: skip


def known(now: int, spent: int, age: int = 0) -> Known:
    return Known(Reading((quota(now, spent, age),), now - age))


def failed(fault: Fault) -> Failure:
    return Failure(fault, f"budget.example.com: {fault.value}")


def seen(installation: Installation, desk: Desk, kept: Known) -> tuple[TrayView, Glance]:
    row = row_of(Kept(kept, installation.now(), int(kept.failure is not None)))
    with writing(installation.keeping()) as writer:
        assert writer is not None
        writer.run(lambda connection: put_service(connection, ORIGIN, row))
    snapshot = desk.snapshot()
    return tray_view(snapshot, FIGURES, IconStyle.RING), glance_of(snapshot, FIGURES)


GOOD = {10: GaugeState.OK, 120: GaugeState.WATCH, 198: GaugeState.LOW, 200: GaugeState.SPENT}


@pytest.mark.parametrize("spent", GOOD)
def test_a_figure_that_was_just_read_has_its_shape(installation: Installation, desk: Desk, spent: int) -> None:
    tray, glance = seen(installation, desk, known(installation.now(), spent))
    assert tray.icon.state is GOOD[spent]
    assert bool(glance.used_up) == (spent == 200)
    assert glance.quota.hint.startswith("Nobody said what it pays for")


OLD = {
    None: (GaugeState.STALE, ""),
    Fault.TIMED_OUT: (GaugeState.OFF, "The budget service is not available"),
    Fault.SIGN_IN_PAGE: (GaugeState.OFF, "The budget service is not available"),
    Fault.UNAUTHENTICATED: (GaugeState.OFF, "Signed out of the budget service"),
    Fault.BLOCKED: (GaugeState.SPENT, "Suspended by your company"),
}


@pytest.mark.parametrize("fault", OLD)
def test_what_went_wrong_has_its_shape_and_keeps_the_last_figure(
    installation: Installation, desk: Desk, fault: Fault | None
) -> None:
    old = known(installation.now(), 10, age=2 * HOUR)
    tray, glance = seen(installation, desk, old if fault is None else after(old, failed(fault)))
    shape, answer = OLD[fault]
    assert tray.icon.state is shape
    assert tray.tooltip.startswith(answer)
    assert glance.quota.answer.startswith(answer)
    assert glance.quota.large == ("Nothing usable" if fault is Fault.BLOCKED else "$190.00 left")
    assert glance.quota.below_left == "$10.00 used"
    assert glance.quota.note


def test_a_failure_of_a_moment_changes_nothing(installation: Installation, desk: Desk) -> None:
    fresh = known(installation.now(), 10, age=MINUTE)
    tray, glance = seen(installation, desk, after(fresh, failed(Fault.TIMED_OUT)))
    assert tray.icon.state is GaugeState.OK
    assert not glance.quota.note


@pytest.mark.parametrize(
    ("fault", "answer"),
    [(Fault.UNKNOWN_HOST, "The budget service is not available"), (Fault.BLOCKED, "Blocked by the budget service"),
     (Fault.UNAUTHENTICATED, "Signed out of the budget service")],
)  # fmt: skip
def test_a_service_that_was_never_read_says_why(
    installation: Installation, desk: Desk, fault: Fault, answer: str
) -> None:
    tray, glance = seen(installation, desk, after(Known(), failed(fault)))
    assert tray.icon.state is GaugeState.OFF
    assert glance.quota.answer == answer
    assert glance.quota.note.startswith(f"budget.example.com: {fault.value}.")


def test_a_budget_of_ones_own_does_not_hide_that_the_service_is_gone(installation: Installation, desk: Desk) -> None:
    own = '[[budget]]\nname = "Month"\namount = "90000"\ncurrency = "USD"\n'
    installation.paths.settings_file.write_text(SETTINGS + own)
    tray, glance = seen(installation, desk, after(Known(), failed(Fault.UNAUTHENTICATED)))
    assert tray.icon.state is GaugeState.OFF
    assert "Signed out of the budget service" in tray.tooltip
    assert glance.service.startswith("Signed out of the budget service.")


def test_all_is_back_to_normal_with_the_next_good_reading(installation: Installation, desk: Desk) -> None:
    old = known(installation.now(), 200, age=2 * HOUR)
    blocked = after(old, failed(Fault.BLOCKED))
    assert seen(installation, desk, blocked)[0].icon.state is GaugeState.SPENT
    reading = known(installation.now(), 10).reading
    assert reading is not None
    tray, glance = seen(installation, desk, after(blocked, reading))
    assert tray.icon.state is GaugeState.OK
    assert (glance.used_up, glance.quota.note) == ("", "")


def test_a_suspended_quota_comes_before_a_spent_one(installation: Installation, desk: Desk) -> None:
    now = installation.now()
    stopped = replace(quota(now, 10), id="service:user", name="Your own budget", suspended=True)
    both = Known(Reading((quota(now, 200), stopped), now))
    tray, glance = seen(installation, desk, both)
    assert tray.tooltip.startswith("Suspended by your company: nothing usable of $200")
    assert glance.limits[0].at_risk


def refused(ledger: sqlite3.Connection, *, agent: str, at: int) -> None:
    ledger.execute("INSERT INTO refusal VALUES (randomblob(12), ?, 's', ?, 'budget')", (agent, at))


def refuse(installation: Installation, at: int) -> None:
    with writing(installation.keeping()) as writer:
        assert writer is not None
        writer.run(partial(refused, agent="another", at=at))


def test_a_refusal_counts_before_the_next_poll_and_until_a_newer_figure_shows_a_rest(
    installation: Installation, desk: Desk
) -> None:
    now = installation.now()
    refuse(installation, now - HOUR)
    tray, glance = seen(installation, desk, known(now, 120, age=2 * HOUR))
    assert tray.icon.state is GaugeState.SPENT
    assert tray.tooltip.startswith("Used up since")
    assert "The figure here does not show it yet" in glance.quota.note
    tray, glance = seen(installation, desk, known(now, 10))
    assert tray.icon.state is GaugeState.OK
    assert (glance.used_up, glance.quota.note) == ("", "")
