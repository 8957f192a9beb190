"""The tray's decisions: icon, tooltip, and a menu whose shape never changes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ui.made_up import EMPTY, FIGURES, HOUR, NOW, SNAPSHOT, at, outlook, quota

from taximeter.domain.quota import Enforcement, QuotaKind, QuotaState
from taximeter.ledger.readmodels import IndexProgress, Snapshot
from taximeter.ledger.readmodels_service import ServiceStanding, ServiceState
from taximeter.ui.desk import IconStyle
from taximeter.ui.shapes import GaugeState
from taximeter.ui.tray_view import Asking, TrayView, tray_view


def view(snapshot: Snapshot | None, questions: int = 0, style: IconStyle = IconStyle.RING) -> TrayView:
    return tray_view(snapshot, FIGURES, style, asking=Asking(questions))


OLD = quota(as_of=NOW - 5 * HOUR)
OWN = outlook(q=quota(kind=QuotaKind.LOCAL))
SLOW = ServiceStanding("budget.example.com", ServiceState.FAILED, NOW, "budget.example.com did not answer in time")
OUT = ServiceStanding(
    "budget.example.com", ServiceState.SIGNED_OUT, NOW, "budget.example.com does not accept the token"
)
STATES: dict[str, tuple[Snapshot | None, GaugeState, str]] = {
    "ok": (SNAPSHOT, GaugeState.OK, "Lasts past the reset: $118.40 of $200 left, 7 days to go"),
    "watch": (
        replace(SNAPSHOT, outlooks=(outlook(QuotaState.WATCH, runs_out_at=at(26, 9)),)), GaugeState.WATCH,
        "Runs out Thursday: $118.40 of $200 left, 7 days to go",
    ),
    "spent": (
        replace(SNAPSHOT, outlooks=(outlook(QuotaState.SPENT, quota(8160 * 10**7), runs_out_at=at(23, 14, 5)),)),
        GaugeState.SPENT, "Used up since 14:05: nothing left of $81.60, 7 days to go\nRequests are refused",
    ),
    "slowed": (
        replace(SNAPSHOT, outlooks=(outlook(QuotaState.SPENT, replace(
            quota(8160 * 10**7), enforcement=Enforcement.THROTTLE)),)),
        GaugeState.SPENT, "Used up: nothing left of $81.60, 7 days to go\nRequests are slowed",
    ),
    "only told": (
        replace(SNAPSHOT, outlooks=(outlook(QuotaState.SPENT, replace(
            quota(8160 * 10**7), enforcement=Enforcement.WARN)),)),
        GaugeState.SPENT,
        "Used up: nothing left of $81.60, 7 days to go\nNothing is stopped, your company is told",
    ),
    "suspended": (
        replace(SNAPSHOT, outlooks=(outlook(QuotaState.SPENT, replace(quota(), suspended=True)),)),
        GaugeState.SPENT,
        "Suspended by your company: nothing usable of $200, until it is lifted\nRequests are refused",
    ),
    "offline": (
        replace(SNAPSHOT, outlooks=(outlook(QuotaState.OFFLINE, OLD),), service=SLOW), GaugeState.OFF,
        "The budget service is not available: $118.40 of $200 left, 7 days to go\nFigure from 09:20",
    ),
    "signed out": (
        replace(SNAPSHOT, outlooks=(outlook(QuotaState.SIGNED_OUT, OLD),), service=OUT), GaugeState.OFF,
        ("Signed out of the budget service: $118.40 of $200 left, 7 days to go\n"
         "Open it to sign in\nFigure from 09:20"),
    ),
    "signed out beside a budget of one's own": (
        replace(SNAPSHOT, outlooks=(OWN,), service=OUT), GaugeState.OFF,
        "Lasts past the reset: $118.40 of $200 left, 7 days to go\nSigned out of the budget service",
    ),
    "signed out beside a budget that runs out": (
        replace(SNAPSHOT, outlooks=(replace(OWN, state=QuotaState.WATCH, runs_out_at=at(26, 9)),), service=OUT),
        GaugeState.WATCH, "Runs out Thursday: $118.40 of $200 left, 7 days to go\nSigned out of the budget service",
    ),
    "never reached": (
        replace(SNAPSHOT, outlooks=(), service=SLOW), GaugeState.OFF,
        "The budget service is not available\nToday $24.11\nbudget.example.com did not answer in time.",
    ),
    "not asked yet": (
        replace(SNAPSHOT, outlooks=(), service=ServiceStanding("budget.example.com", ServiceState.NOT_ASKED)),
        GaugeState.NONE, "Waiting for the budget service\nToday $24.11",
    ),
    "stale": (
        replace(SNAPSHOT, outlooks=(outlook(QuotaState.STALE, OLD),)), GaugeState.STALE,
        "Lasts past the reset: $118.40 of $200 left, 7 days to go\nFigure from 09:20",
    ),
    "no budget": (replace(SNAPSHOT, outlooks=()), GaugeState.NONE, "No budget set\nToday $24.11"),
    "nothing read": (EMPTY, GaugeState.NONE, "Nothing has been read yet\nNothing used today"),
    "not yet": (None, GaugeState.NONE, "Reading the ledger"),
}  # fmt: skip


@pytest.mark.parametrize("case", STATES)
def test_icon_and_tooltip(case: str) -> None:
    snapshot, state, tooltip = STATES[case]
    shown = view(snapshot)
    assert (shown.icon.state, shown.tooltip) == (state, tooltip)


@pytest.mark.parametrize("case", STATES)
def test_the_menu_always_has_four_facts(case: str) -> None:
    facts = view(STATES[case][0]).facts
    assert len(facts) == 4
    assert all(facts)


def test_a_waiting_question_comes_first() -> None:
    shown = view(SNAPSHOT, questions=1)
    assert shown.icon.state is GaugeState.QUESTION
    assert shown.tooltip.startswith("A question waits\nLasts past the reset")


def test_several_questions_are_counted_and_they_come_before_the_first_answer_too() -> None:
    assert view(SNAPSHOT, questions=2).question == "2 questions wait"
    assert view(None, questions=1).tooltip.startswith("A question waits\n")
    assert not view(SNAPSHOT).waits


def test_a_first_index_is_told_with_its_count() -> None:
    reading = replace(SNAPSHOT, progress=IndexProgress(1204, 5310, 0, 0))
    assert view(reading).tooltip.endswith("1,204 of 5,310 files")


def test_the_icon_changes_by_steps_only() -> None:
    little = replace(SNAPSHOT, outlooks=(outlook(q=quota(used=6971 * 10**7)),))
    assert view(little).icon == view(SNAPSHOT).icon
    assert view(little).tooltip != view(SNAPSHOT).tooltip


def test_no_data_shows_no_amount() -> None:
    for snapshot in (None, EMPTY):
        shown = view(snapshot)
        assert not any(char.isdigit() for text in (shown.tooltip, *shown.facts) for char in text)
