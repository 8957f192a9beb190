"""The real app with a watch on its GUI thread, as a program on a private desktop; prints JSON for the bench.

Run by the benches: watched_app.py windows ROUNDS | watched_app.py pauses.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "app"), str(ROOT / "tests")]

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from taximeter.ui.app import TrayApp

BEAT_MS = 4
NOTED_MS = 20
PATIENCE_S = 120.0


@contextmanager
def running_app() -> Iterator[TrayApp]:
    """The tray app, begun; its threads are ended with the block."""
    from taximeter.collect.installation import Installation
    from taximeter.running.app import RunningApp
    from taximeter.ui import garbage
    from taximeter.ui.app import TrayApp, make_application

    place = Installation.find(os.environ, Path.home())
    app = make_application(["taximeter"])
    meter = TrayApp(RunningApp(place, place.names()).desk(), app, partial(app.exit, 0))
    meter.begin()
    garbage.put_off()
    try:
        yield meter
    finally:
        meter.end_now()


def until(found: Callable[[], object]) -> None:
    """Let the app run until something holds."""
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    deadline = time.monotonic() + PATIENCE_S
    while not found():
        assert time.monotonic() < deadline
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    QApplication.processEvents()


def rest(seconds: float) -> None:
    """Let the app run for a while."""
    from PySide6.QtCore import QTimer

    over: list[bool] = []
    QTimer.singleShot(round(seconds * 1000), lambda: over.append(True))
    until(lambda: over)


def timed(act: Callable[[], object], done: Callable[[], object]) -> float:
    """Milliseconds from an act until something holds and is painted."""
    start = time.perf_counter()
    act()
    until(done)
    return (time.perf_counter() - start) * 1000


def painted(meter: TrayApp, window: Callable[[], QWidget | None]) -> bool:
    """Whether the window is on the screen and nothing that it shows is still to come."""
    from taximeter.ui.sessions import SessionsWindow

    shown = window()
    handle = shown.windowHandle() if shown is not None else None
    if not handle or not handle.isExposed():
        return False
    if isinstance(shown, SessionsWindow) and shown.right.currentWidget() is shown.page:
        # What can be chosen as a project is still read; it is seen in no window before a click.
        return all(waiting.deliver == shown._on_projects for waiting in meter.bridge._waiting.values())
    return not meter.bridge.is_waiting


def windows(rounds: int) -> dict[str, list[float]]:
    """How long each window takes to open, and the sessions to be sorted and filtered."""
    found: dict[str, list[float]] = {}
    with running_app() as meter:
        until(lambda: meter._snapshot is not None and not meter.bridge.is_waiting)
        rest(3)
        for _ in range(rounds):
            for name, opening, window in _kinds(meter):
                took = timed(opening, partial(painted, meter, window))
                found.setdefault(name, []).append(took)
                if name == "sessions":
                    _sort_and_filter(meter, found)
                rest(0.2)
                shown = window()
                assert shown is not None
                shown.close()
                rest(0.4)
    return found


def _kinds(meter: TrayApp) -> list[tuple[str, Callable[[], object], Callable[[], QWidget | None]]]:
    from ui.asked import AMBER

    from taximeter.ui.desk import QuestionsChanged

    def question() -> None:
        meter.questions.show_changes(QuestionsChanged(()))
        meter.questions.show_changes(QuestionsChanged((AMBER,)))

    inside = meter.windows
    return [
        ("popover", inside.open_popover, lambda: inside._popover),
        ("sessions", inside.open_sessions, lambda: inside._sessions),
        ("breakdown", partial(inside.open_sessions, _longest(meter)), lambda: inside._sessions),
        ("settings", inside.open_settings, lambda: inside.settings._window),
        ("used up", inside.open_used_up, lambda: inside._used_up),
        ("question", question, lambda: meter.questions._window),
    ]


def _longest(meter: TrayApp) -> str:
    from taximeter.ledger.readmodels import SessionFilter

    desk = meter._desk
    return desk.submit(partial(desk.session_page, SessionFilter(order="tokens"), None, 1)).result().rows[0].id


def _sort_and_filter(meter: TrayApp, found: dict[str, list[float]]) -> None:
    shown = meter.windows._sessions
    assert shown is not None
    filters = shown.filters
    quiet = partial(painted, meter, lambda: shown)
    rest(0.3)
    choices = {"filter: all time": (filters.period, 4), "sort: dearest": (filters.order, 1),
               "sort: most tokens": (filters.order, 2), "sort: by project": (filters.order, 3),
               "sort: newest": (filters.order, 0), "filter: agent": (filters.agent, 1),
               "filter: project": (filters.project, 1)}  # fmt: skip
    for name, (box, index) in choices.items():
        found.setdefault(name, []).append(timed(partial(box.setCurrentIndex, index), quiet))
        rest(0.2)


class Watch:
    """Beats in the GUI thread; another thread notes where it is when a beat is late."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.gaps: list[float] = []
        self.stacks: list[str] = []
        self._last = time.perf_counter()
        self._gui = threading.get_ident()
        self._timer = QTimer(interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        if os.environ.get("TAXIMETER_STACKS"):
            self._thread.start()

    def end(self) -> None:
        """Stop watching."""
        self._timer.stop()
        self._ended.set()

    def _beat(self) -> None:
        now = time.perf_counter()
        gap, self._last = (now - self._last) * 1000, now
        if gap > NOTED_MS:
            self.gaps.append(gap)

    def _look(self) -> None:
        while not self._ended.wait(0.01):
            late = (time.perf_counter() - self._last) * 1000
            if late > 2 * NOTED_MS:
                frame = sys._current_frames()[self._gui]
                self.stacks.append(f"{late:.0f} ms\n" + "".join(traceback.format_stack(frame)[-6:]))


def rested(watch: Watch) -> int:
    """How many pauses there were once the windows, which have a bench of their own, are open."""
    from PySide6.QtWidgets import QApplication

    for _ in range(3):
        QApplication.processEvents()
        rest(0.03)
    return len(watch.gaps)


def pauses() -> dict[str, object]:
    """The pauses of the GUI thread over 20 ms during a first index, with the popover and the sessions open."""
    told: list[tuple[int, int]] = []
    with running_app() as meter:
        watch = Watch()
        begun = time.perf_counter()
        meter.bridge.progressed.connect(lambda progress: told.append((progress.files_done, progress.files_total)))
        until(lambda: meter._snapshot is not None)
        meter.windows._open_popover(None)
        meter.windows.open_sessions()
        opening = rested(watch)
        until(lambda: told)
        until(lambda: told[-1][0] >= told[-1][1])
        took = time.perf_counter() - begun
        rest(2)
        watch.end()
        return {"seconds": took, "files": max(total for _, total in told), "before": watch.gaps[:opening],
                "gaps": watch.gaps[opening:], "stacks": watch.stacks}  # fmt: skip


def main() -> None:
    """Do what the bench asks for, and print what was seen."""
    kind = sys.argv[1]
    print(json.dumps(windows(int(sys.argv[2])) if kind == "windows" else pauses()), flush=True)


if __name__ == "__main__":
    main()
