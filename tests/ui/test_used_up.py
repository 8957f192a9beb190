"""The used-up screen: what stopped, what fails, what still works, when it is back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from ui.made_up import DOLLAR, FIGURES, NOW, SNAPSHOT, at, outlook, quota, window
from ui.test_ask_more_view import APPROVED, ASKED

from taximeter.domain.increase import IncreaseRequest
from taximeter.domain.quota import Coverage, Enforcement, Quota, QuotaKind, QuotaState, Refusal
from taximeter.ledger.readmodels import Snapshot
from taximeter.ledger.readmodels_service import ServiceStanding, ServiceState
from taximeter.ui.used_up import UsedUp
from taximeter.ui.used_up_view import used_up_view

SPENT = quota(200 * DOLLAR, 200 * DOLLAR, 0, covers=Coverage(("claude-code", "codex")))
USED = replace(
    SNAPSHOT, outlooks=(outlook(QuotaState.SPENT, SPENT, runs_out_at=at(23, 14, 5)), window("5-hour window", 38, 3))
)


def test_a_service_quota_stops_the_agents_it_pays_for() -> None:
    view = used_up_view(USED, FIGURES)
    assert (view.title, view.since) == ("Used up: November", "since 14:05")
    assert view.stopped == "Requests are refused: Claude Code and Codex cannot go on."
    assert view.sessions.startswith("1 session was running and fails at its next step: checkout-service.")
    assert view.works == ("5-hour window: 62\N{NO-BREAK SPACE}% left, until 17:20", "Not touched by it: Gemini CLI")
    assert view.back == "Tuesday 1 December, 00:00"


DOES = {
    Enforcement.THROTTLE: ("Requests are slowed: Claude Code and Codex can go on, but each step waits longer.",
                           "1 session is running and gets slower: checkout-service."),
    Enforcement.WARN: ("Nothing is stopped: Claude Code and Codex can go on, and your company is told.", ""),
    Enforcement.NONE: ("Nothing is stopped: it only counts, and Claude Code and Codex can go on.", ""),
}  # fmt: skip


@pytest.mark.parametrize("does", DOES)
def test_what_does_not_block_reads_otherwise(does: Enforcement) -> None:
    milder = outlook(QuotaState.SPENT, replace(SPENT, enforcement=does))
    view = used_up_view(replace(USED, outlooks=(milder,)), FIGURES)
    assert (view.stopped, view.sessions) == DOES[does]
    assert not view.stops
    assert view.back == "Tuesday 1 December, 00:00"


def test_a_suspended_quota_says_who_can_lift_that_and_no_day() -> None:
    stopped = replace(quota(), suspended=True, message="Your contract has ended.", covers=SPENT.covers)
    view = used_up_view(replace(USED, outlooks=(outlook(QuotaState.SPENT, stopped, runs_out_at=NOW),)), FIGURES)
    assert (view.title, view.since, view.back) == ("Suspended: November", "", "")
    assert view.stopped == (
        "Your company lets nothing through: Claude Code and Codex cannot work. "
        "Only your company can lift that. Your contract has ended."
    )


def test_what_is_never_reset_has_no_day_to_wait_for() -> None:
    view = used_up_view(replace(USED, outlooks=(outlook(QuotaState.SPENT, replace(SPENT, resets=False)),)), FIGURES)
    assert view.stopped.endswith("It is never reset: it takes a higher limit.")
    assert not view.back


def test_what_grants_nothing_is_not_back_with_the_reset() -> None:
    view = used_up_view(replace(USED, outlooks=(outlook(QuotaState.SPENT, replace(SPENT, limit=0, spent=0)),)), FIGURES)
    assert view.stopped.endswith("Nothing is granted: it takes a higher limit.")
    assert not view.back


def test_where_nobody_said_what_it_pays_for_no_session_is_said_to_fail() -> None:
    unknown = outlook(QuotaState.SPENT, replace(SPENT, covers=Coverage(), coverage_chosen=False))
    view = used_up_view(replace(USED, outlooks=(unknown,)), FIGURES)
    assert view.stopped == "Requests are refused: agents that it pays for cannot go on."
    assert not view.sessions


def test_a_budget_of_ones_own_is_nothing_that_still_works() -> None:
    own = outlook(q=quota(kind=QuotaKind.LOCAL, name="Week"))
    refused = replace(SNAPSHOT, outlooks=(own,), refusal=Refusal(NOW, "codex", "", "budget"))
    view = used_up_view(refused, FIGURES)
    assert (view.title, view.works) == ("A budget is used up", ())


def test_a_refusal_counts_although_the_quota_would_only_warn() -> None:
    mild = outlook(QuotaState.SPENT, replace(SPENT, enforcement=Enforcement.WARN))
    view = used_up_view(replace(USED, outlooks=(mild,), refusal=Refusal(NOW, "codex", "", "budget")), FIGURES)
    assert view.stops


def test_a_budget_of_ones_own_stops_nothing() -> None:
    own = replace(SPENT, kind=QuotaKind.LOCAL)
    view = used_up_view(replace(USED, outlooks=(outlook(QuotaState.SPENT, own),)), FIGURES)
    assert "stops nothing" in view.stopped
    assert not view.stops
    assert not view.sessions


def test_a_plan_window_stops_its_agent_until_it_is_over() -> None:
    plan = window("5-hour window", 100, 3, QuotaState.SPENT)
    refused = Refusal(NOW, "codex", "", "plan_window")
    view = used_up_view(replace(SNAPSHOT, outlooks=(plan, outlook()), refusal=refused), FIGURES)
    assert view.title == "The 5-hour window is used up"
    assert view.stopped == "Codex stops answering until the window is over."
    assert any(line.startswith("November: $118.40 left") for line in view.works)


def test_a_refusal_without_a_known_quota_says_what_is_known() -> None:
    view = used_up_view(replace(SNAPSHOT, outlooks=(), refusal=Refusal(NOW, "codex", "", "credit")), FIGURES)
    assert view.title == "A budget is used up"
    assert view.stopped == "Codex was refused for want of budget."
    assert not view.back


def test_several_sessions_are_counted() -> None:
    view = used_up_view(replace(USED, running=SNAPSHOT.running * 2), FIGURES)
    assert view.sessions.startswith("2 sessions were running and fail at their next step")


def test_once_it_is_over_the_screen_says_so() -> None:
    assert used_up_view(SNAPSHOT, FIGURES).title == "Nothing is used up"


def test_what_used_it_is_one_click_away(qtbot: QtBot) -> None:
    screen = UsedUp()
    qtbot.addWidget(screen)
    screen.show_snapshot(USED, FIGURES)
    screen.show()
    button = next(one for one in screen.findChildren(QPushButton) if one.text() == "Show what used it")
    with qtbot.waitSignal(screen.sessions_asked):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    screen.show_snapshot(SNAPSHOT, FIGURES)
    assert not screen.back.isVisible()


def asked(*requests: IncreaseRequest, first: Quota = SPENT) -> Snapshot:
    standing = ServiceStanding("budget.example.com", ServiceState.ANSWERED, can=frozenset({"increase_requests"}),
                               requests=requests)  # fmt: skip
    return replace(USED, outlooks=(outlook(QuotaState.SPENT, first),), service=standing)


def test_more_is_asked_of_the_quota_that_is_used_up() -> None:
    view = used_up_view(asked(), FIGURES)
    assert (view.asked, view.ask, view.quota) == ("", "Ask for more", "November")
    for nobody in (replace(SPENT, kind=QuotaKind.LOCAL), replace(SPENT, suspended=True)):
        assert not used_up_view(asked(first=nobody), FIGURES).ask


def test_a_request_that_waits_is_shown_in_place_of_another() -> None:
    view = used_up_view(asked(ASKED), FIGURES)
    assert view.asked == "Asked for $50 more at 14:05, waiting for a decision."
    assert view.ask == "Show the request"
    assert used_up_view(asked(APPROVED), FIGURES).asked.startswith("Approved by Mia Ortiz, 14:15: $40 more")


def test_the_first_of_two_clicks_leads_to_asking(qtbot: QtBot) -> None:
    screen = UsedUp()
    qtbot.addWidget(screen)
    screen.show_snapshot(asked(), FIGURES)
    screen.show()
    with qtbot.waitSignal(screen.ask_asked) as chosen:
        QTest.mouseClick(screen.ask, Qt.MouseButton.LeftButton)
    assert chosen.args == ["November"]
