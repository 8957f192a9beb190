"""Work that may wait for long has threads of its own, which the app's end does not wait for."""

from __future__ import annotations

import threading
from concurrent.futures import CancelledError
from functools import partial

import pytest

from taximeter.host.apart import InOrder, apart

SOON = 5.0


def test_each_step_has_a_thread_that_holds_nobody_up() -> None:
    threads = [apart(threading.current_thread).result(SOON) for _ in range(2)]
    assert [thread.daemon for thread in threads] == [True, True]
    assert threads[0] is not threads[1]


def test_work_in_order_is_done_by_one_thread_and_its_errors_come_back() -> None:
    line, done = InOrder("in-order"), list[tuple[int, str]]()

    def note(at: int) -> None:
        done.append((at, threading.current_thread().name))

    futures = [line.submit(partial(note, at)) for at in range(20)]
    broken = line.submit(partial(int, "no number"))
    with pytest.raises(ValueError, match="no number"):
        broken.result(SOON)
    assert all(future.done() for future in futures)
    line.stop(SOON)
    assert done == [(at, "in-order") for at in range(20)]
    assert "in-order" not in [thread.name for thread in threading.enumerate()]


def test_the_end_drops_what_waits_and_leaves_behind_what_does_not_end() -> None:
    line, begun, let_go = InOrder("in-order"), threading.Event(), threading.Event()

    def wait() -> bool:
        begun.set()
        return let_go.wait(SOON)

    stuck = line.submit(wait)
    assert begun.wait(SOON)
    waiting = line.submit(threading.current_thread)
    line.stop(0)
    with pytest.raises(CancelledError):
        waiting.result(SOON)
    with pytest.raises(RuntimeError):
        line.submit(threading.current_thread)
    assert not stuck.done()
    let_go.set()
    assert stuck.result(SOON) is True


def test_what_never_worked_ends_at_once() -> None:
    InOrder("in-order").stop(SOON)
