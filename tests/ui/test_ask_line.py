"""What stands below the quota in the popover about asking for more."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from ui.made_up import FIGURES, SNAPSHOT, outlook
from ui.test_ask_more_view import APPROVED, ASKED, STANDING, snapshot

from taximeter.domain.increase import RequestStatus
from taximeter.ledger.readmodels_service import ServiceState
from taximeter.ui.ask_line import AskLine, ask_line, team_words
from taximeter.ui.ask_row import AskRow


def test_the_verb_draws_the_eye_only_where_it_presses() -> None:
    pressing, calm = ask_line(snapshot(), FIGURES), ask_line(snapshot(first=outlook()), FIGURES)
    assert (pressing.verb, pressing.quota, pressing.quiet) == ("Ask for more", "November", False)
    assert (calm.verb, calm.quiet) == ("Ask for more", True)


def test_without_a_service_there_is_nobody_to_ask() -> None:
    assert ask_line(replace(SNAPSHOT, outlooks=()), FIGURES) == AskLine()


def test_a_request_that_waits_is_said() -> None:
    line = ask_line(snapshot(ASKED), FIGURES)
    assert line.said == "Asked for $50 more at 14:05, waiting for a decision."
    assert (line.verb, line.quota) == ("Show the request", "November")


def test_a_decision_is_said_until_it_was_read() -> None:
    line = ask_line(snapshot(APPROVED), FIGURES)
    assert line.said.startswith("Approved by Mia Ortiz, 14:15: $40 more, until 1 December 00:00. ")
    assert "Fine." in line.said
    assert (line.decided, line.verb) == ("r-1", "")
    assert ask_line(snapshot(APPROVED), FIGURES, {"r-1"}).verb == "Ask for more"
    denied = replace(APPROVED, status=RequestStatus.DENIED, note="")
    assert ask_line(snapshot(denied), FIGURES).verb == "Ask again"


def test_what_one_took_back_oneself_is_no_news() -> None:
    assert not ask_line(snapshot(replace(APPROVED, status=RequestStatus.CANCELLED)), FIGURES).said


def test_signed_out_it_offers_to_sign_in_and_nothing_else() -> None:
    out = replace(snapshot(), service=STANDING._replace(state=ServiceState.SIGNED_OUT))
    assert ask_line(out, FIGURES) == AskLine(sign_in="Sign in")


def test_the_team_is_offered_only_with_the_right_and_says_what_waits() -> None:
    def seen(leads: bool, to_decide: int = 0, can: str = "team") -> tuple[str, str]:
        standing = STANDING._replace(leads=leads, to_decide=to_decide, can=frozenset({can}))
        return team_words(replace(SNAPSHOT, service=standing))

    assert seen(leads=False) == seen(leads=True, can="policy") == team_words(SNAPSHOT) == ("", "")
    assert seen(leads=True) == ("Team", "Team")
    assert seen(leads=True, to_decide=2) == ("Team (2)", "Team, requests that wait: 2")


def test_the_row_takes_no_room_for_nothing_and_tells_what_was_chosen(qtbot: QtBot) -> None:
    row = AskRow(400)
    qtbot.addWidget(row)
    row.show()
    row.show_line(AskLine())
    assert not row.isVisible()
    row.show_line(ask_line(snapshot(), FIGURES))
    with qtbot.waitSignal(row.ask_asked) as chosen:
        QTest.mouseClick(row.verb, Qt.MouseButton.LeftButton)
    assert chosen.args == ["November"]
    with qtbot.waitSignal(row.mine_asked):
        QTest.mouseClick(row.mine, Qt.MouseButton.LeftButton)
