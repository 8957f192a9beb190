"""Desktop notifications over a real bus: replaced in place, verbs where the server has them, no answer by closing."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from ui.asked import AMBER, RED, grown
from ui.made_up import FIGURES, NOW
from ui.notification_server import MadeServer, session_bus

from taximeter.domain.launch import Answer, Notice, Verb
from taximeter.ui.notices import Bubble, answer_in, notice_bubble, question_bubble
from taximeter.ui.notifications import Notifications

needs_bus = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("dbus-daemon") is None, reason="needs dbus-daemon"
)
FULL = ("actions", "body", "body-markup", "persistence")
ASKED = question_bubble(AMBER, NOW, FIGURES, named=False)


@dataclass
class Told:
    """What came back, from the notifications' thread."""

    acted: list[tuple[str, str, str]] = field(default_factory=list)
    untold: list[str] = field(default_factory=list)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def notifications(told: Told) -> Iterator[Notifications]:
    shown = Notifications(lambda *what: told.acted.append(what), told.untold.append)
    yield shown
    shown.stop()


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with session_bus(tmp_path) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address


def until(found: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not found():
        assert time.monotonic() < deadline
        time.sleep(0.005)


@needs_bus
def test_growth_replaces_the_notification_in_place(bus: str, notifications: Notifications) -> None:
    with MadeServer(bus, FULL) as server:
        notifications.show(ASKED)
        until(lambda: len(server.shown) == 1)
        notifications.show(question_bubble(grown(AMBER, 9), NOW, FIGURES, named=False))
        until(lambda: len(server.shown) == 2)
        first, second = server.shown
        assert (first.replaces, second.replaces) == (0, first.id)
        assert second.actions[-2:] == ["run:0", "Run all 9"]
        notifications.withdraw(AMBER.id)
        until(lambda: server.closed == [first.id])


@needs_bus
def test_red_is_critical_amber_is_not_and_both_stay(bus: str, notifications: Notifications) -> None:
    with MadeServer(bus, FULL) as server:
        notifications.show(ASKED)
        notifications.show(question_bubble(RED, NOW, FIGURES, named=False))
        until(lambda: len(server.shown) == 2)
        assert [(seen.urgency, seen.timeout) for seen in server.shown] == [(1, 0), (2, 0)]


@needs_bus
def test_without_actions_there_are_no_buttons_and_without_markup_no_escapes(
    bus: str, notifications: Notifications
) -> None:
    body = replace(ASKED, body="R&D <b>")
    with MadeServer(bus, ("body",)) as server:
        notifications.show(body)
        until(lambda: server.shown)
        assert (server.shown[0].actions, server.shown[0].body) == ([], "R&D <b>")


@needs_bus
def test_markup_is_escaped_where_the_server_reads_it(bus: str, notifications: Notifications) -> None:
    with MadeServer(bus, FULL) as server:
        notifications.show(replace(ASKED, body="R&D <b>"))
        until(lambda: server.shown)
        assert server.shown[0].body == "R&amp;D &lt;b&gt;"


@needs_bus
def test_a_pressed_action_is_told_and_closing_is_not(bus: str, notifications: Notifications, told: Told) -> None:
    with MadeServer(bus, FULL) as server:
        notifications.show(ASKED)
        until(lambda: server.shown)
        server.tell("ActionInvoked", 99, "run:0")  # somebody else's
        server.tell("NotificationClosed", 99, 2)
        server.tell("ActionInvoked", server.shown[0].id, "limit:3")
        until(lambda: told.acted)
        server.tell("NotificationClosed", server.shown[0].id, 2)
        server.tell("ActionInvoked", server.shown[0].id, "run:0")  # nothing is shown under that number any more
        notifications.show(question_bubble(RED, NOW, FIGURES, named=False))
        until(lambda: len(server.shown) == 2)
        assert told.acted == [(AMBER.id, "limit:3", "")]


@needs_bus
def test_what_is_shown_goes_when_the_app_ends(bus: str, told: Told) -> None:
    ending = Notifications(lambda *_: None, told.untold.append)
    with MadeServer(bus, FULL) as server:
        ending.show(ASKED)
        until(lambda: server.shown)
        ending.stop()
        until(lambda: server.closed == [1])
        ending.show(ASKED)
        assert len(server.shown) == 1


@needs_bus
def test_without_a_server_it_is_told_each_time_and_a_later_server_is_used(
    bus: str, notifications: Notifications, told: Told
) -> None:
    for times in (1, 2):
        notifications.show(ASKED)
        until(lambda: told.untold == [AMBER.id] * times)  # noqa: B023 - waited for within the turn
    with MadeServer(bus, FULL) as server:
        notifications.show(ASKED)
        until(lambda: server.shown)


@needs_bus
def test_the_token_to_come_forward_with_is_told_with_the_action(
    bus: str, notifications: Notifications, told: Told
) -> None:
    with MadeServer(bus, FULL) as server:
        notifications.show(ASKED)
        until(lambda: server.shown)
        server.tell("ActivationToken", server.shown[0].id, "given-once")
        server.tell("ActionInvoked", server.shown[0].id, "default")
        server.tell("ActionInvoked", server.shown[0].id, "stop:0")
        until(lambda: len(told.acted) == 2)
        assert told.acted == [(AMBER.id, "default", "given-once"), (AMBER.id, "stop:0", "")]


@needs_bus
def test_another_server_shows_what_stays_and_only_that_and_is_asked_what_it_can(
    bus: str, notifications: Notifications, told: Told
) -> None:
    passing, closed = replace(ASKED, key="passing", stays=False), replace(ASKED, key="closed")
    with MadeServer(bus, FULL) as first:
        for bubble in (ASKED, passing, closed):
            notifications.show(bubble)
        until(lambda: len(first.shown) == 3)
        first.tell("NotificationClosed", first.shown[2].id, 2)
        notifications.show(replace(passing, key="after the closing"))
        until(lambda: len(first.shown) == 4)
    with MadeServer(bus, ("body",)) as second:
        until(lambda: second.shown)
        assert [(seen.replaces, seen.title, seen.actions) for seen in second.shown] == [(0, ASKED.title, [])]
        notifications.show(passing)
        until(lambda: len(second.shown) == 2)
    assert not told.untold


@needs_bus
def test_while_there_is_no_server_any_more_it_is_told(bus: str, notifications: Notifications, told: Told) -> None:
    with MadeServer(bus, FULL) as server:
        notifications.show(ASKED)
        until(lambda: server.shown)
    notifications.show(replace(ASKED, key="between"))
    until(lambda: told.untold == ["between"])


@needs_bus
@pytest.mark.parametrize(("stays", "resident"), [(True, True), (False, False)])
def test_a_question_outlives_a_click_on_its_notification(
    bus: str, notifications: Notifications, stays: bool, resident: bool
) -> None:
    with MadeServer(bus, FULL) as server:
        notifications.show(replace(ASKED, stays=stays))
        until(lambda: server.shown)
        assert server.shown[0].resident == resident


@needs_bus
def test_a_refused_notification_is_told(bus: str, notifications: Notifications, told: Told) -> None:
    with MadeServer(bus, FULL, refuses=True):
        notifications.show(ASKED)
        until(lambda: told.untold == [AMBER.id])


@needs_bus
def test_a_bus_that_goes_away_leaves_the_thread_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, notifications: Notifications, told: Told
) -> None:
    with session_bus(tmp_path) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        with MadeServer(address, FULL) as server:
            notifications.show(ASKED)
            until(lambda: server.shown)
    notifications.show(replace(ASKED, key="later"))
    until(lambda: told.untold == ["later"])


def test_without_a_bus_nothing_is_shown_and_it_is_told(notifications: Notifications, told: Told) -> None:
    notifications.show(ASKED)
    until(lambda: told.untold == [AMBER.id])


def test_no_thread_before_there_is_something_to_show(notifications: Notifications) -> None:
    before = threading.active_count()
    notifications.withdraw("nothing")
    assert threading.active_count() == before


PLAIN = ("checkout-service", "$", "Monthly")


def test_on_a_lock_screen_stand_no_names_and_no_amounts_unless_switched_on() -> None:
    notice = Notice(AMBER.agent, "s1", "checkout-service", 4, AMBER.forecast, RED.verdict, "USD", spent=10**9)
    bubbles: tuple[Callable[..., Bubble], ...] = (
        lambda **named: question_bubble(AMBER, NOW, FIGURES, **named),
        lambda **named: notice_bubble(notice, FIGURES, **named),
    )
    for bubble in bubbles:
        private, named = bubble(named=False), bubble(named=True)
        assert not [word for word in PLAIN if word in private.title + private.body]
        assert all(word in named.body for word in PLAIN[:2])


def test_the_text_says_what_happens_without_an_answer() -> None:
    assert ASKED.body == "It runs at 14:20 unless you answer."
    assert question_bubble(RED, NOW, FIGURES, named=False).body == "It is stopped at 14:29 unless you answer."


def test_the_notification_has_the_verbs_of_the_window() -> None:
    assert ASKED.actions == (
        ("default", "Show"), ("stop:0", "Stop"), ("limit:3", "At most 3"), ("run:0", "Run all 8"))  # fmt: skip


@pytest.mark.parametrize(
    ("action", "answer"),
    [("stop:0", Answer(Verb.STOP, None, "notification")), ("limit:3", Answer(Verb.LIMIT, 3, "notification")),
     ("run:0", Answer(Verb.RUN, None, "notification")), ("default", None), ("expired:0", None), ("run", None),
     ("limit:x", None), ("limit:0", None)],
)  # fmt: skip
def test_only_our_own_actions_answer(action: str, answer: Answer | None) -> None:
    assert answer_in(action) == answer


NOTICES = (
    (Notice("claude-code", "s", "p", 4, AMBER.forecast, AMBER.verdict, "USD"), "4 agents have started"),
    (Notice("claude-code", "s", "p", 1, AMBER.forecast, AMBER.verdict, "USD", after_it_began=True),
     "1 agent runs, noticed after it began"),
    (Notice("claude-code", "s", "p", 4, AMBER.forecast, AMBER.verdict, "USD", twice_the_range=True),
     "A launch costs twice what was expected"),
)  # fmt: skip


@pytest.mark.parametrize(("notice", "title"), NOTICES)
def test_each_kind_of_notice_has_its_title_and_no_actions(notice: Notice, title: str) -> None:
    bubble = notice_bubble(notice, FIGURES, named=False)
    assert (bubble.title, bubble.actions, bubble.stays) == (title, (), False)
