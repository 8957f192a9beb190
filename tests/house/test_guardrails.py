"""The rules of tests/conftest.py hold: each kind of leftover fails the test that left it, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]
CONFTEST = (Path(__file__).parents[1] / "conftest.py").read_text(encoding="utf-8")


def outcome(pytester: pytest.Pytester, body: str) -> dict[str, int]:
    """Run one made-up test module under our conftest; returns the counts by outcome."""
    pytester.makeconftest(CONFTEST)
    pytester.makeini("[pytest]\nqt_api = pyside6\nqt_log_level_fail = WARNING\nmarkers = desktop: x\n")
    pytester.makepyfile(body)
    return pytester.runpytest_subprocess("-p", "no:cacheprovider").parseoutcomes()


def test_a_surprise_in_the_log_fails_and_an_announced_line_does_not(pytester: pytest.Pytester) -> None:
    body = """
        import logging
        def test_surprise(): logging.getLogger("x").warning("low")
        def test_announced(expected_log):
            expected_log("WARNING x: low")
            logging.getLogger("x").warning("low")
        def test_announced_and_never_logged(expected_log): expected_log("never")
    """
    assert outcome(pytester, body) == {"passed": 3, "errors": 2}


def test_a_thread_that_outlives_its_test_fails_it_alone(pytester: pytest.Pytester) -> None:
    body = """
        import threading
        gate = threading.Event()
        def test_leaks(): threading.Thread(target=gate.wait, daemon=True).start()
        def test_next(): gate.set()
        def test_ends_in_time(): threading.Thread(target=gate.wait).start()
    """
    assert outcome(pytester, body) == {"passed": 3, "errors": 1}


def test_a_timer_or_a_window_left_in_qt_fails_its_test_alone(pytester: pytest.Pytester) -> None:
    body = """
        from PySide6.QtCore import QTimer, qWarning
        from PySide6.QtWidgets import QComboBox, QWidget
        kept = []
        def test_timer(qtbot):
            kept.append(QTimer())
            kept[-1].start(1000)
        def test_window(qtbot): kept.append(QWidget())
        def test_tidy(qtbot):
            window = QWidget()
            qtbot.addWidget(window)
            box = QComboBox(window)
            box.addItems(["a", "b"])
            window.show()
        def test_warning(qtbot): qWarning("careful")
    """
    assert outcome(pytester, body) == {"passed": 3, "failed": 1, "errors": 2}


def test_no_test_reaches_the_persons_own_home_or_screen(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":77")
    monkeypatch.setenv("CODEX_HOME", "mine")
    body = """
        import os
        from pathlib import Path
        def test_home(private_home):
            assert Path.home() == private_home
            assert not {"DISPLAY", "CODEX_HOME"} & set(os.environ)
            assert os.environ["TAXIMETER_HOME"].startswith(str(private_home))
    """
    assert outcome(pytester, body) == {"passed": 1}
