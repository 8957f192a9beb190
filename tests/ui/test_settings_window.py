"""Every control of the settings writes its own key and nothing else, at once; what is in the file is what is shown."""

from __future__ import annotations

import tomllib
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QLineEdit, QSpinBox, QTimeEdit
from pytestqt.qtbot import QtBot
from ui.made_up import Record
from ui.preferring import WRITTEN, opened, place_of, put, rows, settled, text_of

from taximeter.collect.installation import Installation
from taximeter.host.settings_edit import set_values
from taximeter.ui import settings_rows
from taximeter.ui.desk import QuestionsPaused
from taximeter.ui.settings_general import AUTOSTART
from taximeter.ui.settings_lines import written
from taximeter.ui.settings_rows import SettingRow
from taximeter.ui.settings_window import SettingsWindow

EVERYTHING = "service.everything"
COMPANY = """[company.question]
mode = "observe"
amber_after = 40
[company.question.thresholds]
cold_agents = 9
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


def flat(values: dict[str, Any], before: str = "") -> dict[str, Any]:
    """By whole keys."""
    found: dict[str, Any] = {}
    for key, value in values.items():
        found |= flat(value, f"{before}{key}.") if isinstance(value, dict) else {f"{before}{key}": value}
    return found


def alter(row: SettingRow) -> None:
    """Choose another value, as a person would."""
    box = row.control
    if isinstance(box, QCheckBox):
        box.click()
    elif isinstance(box, QComboBox):
        box.setCurrentIndex((box.currentIndex() + 1) % box.count())
        box.activated.emit(box.currentIndex())
    elif isinstance(box, QSpinBox):
        box.setValue(box.value() + (1 if box.value() < box.maximum() else -1))
    elif isinstance(box, QTimeEdit):
        box.setTime(QTime(22, 30))
    else:
        assert isinstance(box, QLineEdit)
        texts = {"currency": "EUR", "prices.company": "company.toml", "prices.user": "mine.toml"}
        box.setFocus()
        box.selectAll()
        QTest.keyClicks(box, texts.get(row.line.key, "7.50" if "amount" in row.line.key else "one-*, two"))
        QTest.keyClick(box, Qt.Key.Key_Return)


def differs(place: Installation, text: str) -> bool:
    """Whether the file is another than this."""
    return text_of(place) != text


def test_each_control_writes_its_own_key_and_the_rest_stays(
    qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings_rows, "PAUSE_MS", 0)
    place = place_of(home)
    with opened(qtbot, place) as window:
        keys = [key for key, row in rows(window).items() if row.control.isEnabled() and key != AUTOSTART]
        assert len(keys) > 35
        for key in sorted(keys, key=EVERYTHING.__eq__):  # it takes the patterns beside it away
            written_before, before = text_of(place), flat(tomllib.loads(text_of(place)))
            alter(rows(window)[key])
            wanted = "notifications.off" if key.startswith("notifications.off.") else key
            qtbot.waitUntil(partial(differs, place, written_before))
            settled(qtbot, window)
            after = flat(tomllib.loads(text_of(place)))
            assert {name for name in before | after if before.get(name) != after.get(name)} == {wanted}, key
            assert not window.said.text()
    for kept in ("# mine, and stays", "future = { x = 1 }  # of a later version", 'note = "kept"'):
        assert kept in text_of(place)


def test_what_was_chosen_is_read_back(qtbot: QtBot, home: Path) -> None:
    place = place_of(home)
    with opened(qtbot, place) as window:
        for key, wanted in (("hide_numbers", True), ("week_start", 2), ("icon.style", "number")):
            alter(rows(window)[key])
            settled(qtbot, window)
            assert flat(tomllib.loads(text_of(place)))[key] == wanted
        alter(rows(window)["question.thresholds.cold_amount"])
        settled(qtbot, window)
        assert place.settings().question.thresholds.cold_amount == 7_500_000_000


def test_an_amount_that_is_none_is_refused_in_its_row(qtbot: QtBot, home: Path) -> None:
    place = place_of(home)
    with opened(qtbot, place) as window:
        window.open_page("question")
        row = rows(window)["question.thresholds.silent_amount"]
        assert isinstance(row.control, QLineEdit)
        row.control.setFocus()
        row.control.selectAll()
        QTest.keyClicks(row.control, "much")
        QTest.keyClick(row.control, Qt.Key.Key_Return)
        assert "Type an amount" in row.wrong.text()
    assert text_of(place) == WRITTEN


def test_what_the_company_set_is_shown_with_who_set_it_and_cannot_be_changed(qtbot: QtBot, home: Path) -> None:
    place = place_of(home)
    place.paths.machine_config.mkdir(parents=True)
    place.paths.machine_settings_file.write_text(COMPANY)
    with opened(qtbot, place) as window:
        found = rows(window)
        for key in ("question.mode", "question.amber_after", "question.thresholds.cold_agents"):
            assert not found[key].control.isEnabled()
            assert str(place.paths.machine_settings_file) in found[key].set_by.text()
            assert "Set by your company" in found[key].control.accessibleDescription()
        assert found["question.red_wait"].control.isEnabled()
        box = found["question.mode"].control
        assert isinstance(box, QComboBox)
        assert box.currentData() == "observe"


def test_a_change_of_the_file_meanwhile_is_shown(qtbot: QtBot, home: Path) -> None:
    place = place_of(home)
    with opened(qtbot, place) as window:
        box = rows(window)["hide_numbers"].control
        assert isinstance(box, QCheckBox)
        assert not box.isChecked()
        put(place, f"hide_numbers = true\n{WRITTEN}")
        window._bridge.preferences_changed.emit()
        qtbot.waitUntil(box.isChecked)


def test_a_file_that_cannot_be_read_is_told_with_its_line_and_nothing_can_be_chosen(qtbot: QtBot, home: Path) -> None:
    place = place_of(home, "hide_numbers = false\nweek_start = 9\n")
    with opened(qtbot, place) as window:
        assert f"{place.paths.settings_file}, line 2: week_start cannot be used" in window.said.text()
        assert window.mend.isVisible()
        assert not [key for key, row in rows(window).items() if row.control.isEnabled() and key != AUTOSTART]
        put(place, "hide_numbers = false\n")
        window._bridge.preferences_changed.emit()
        qtbot.waitUntil(lambda: not window.said.text())
        assert rows(window)["hide_numbers"].control.isEnabled()
        assert not window.mend.isVisible()


def test_a_search_finds_rows_on_every_page(qtbot: QtBot, home: Path) -> None:
    with opened(qtbot, place_of(home)) as window:
        QTest.keyClicks(window.search, "quiet")
        assert visible_rows(window) == {"notifications.quiet_from", "notifications.quiet_until"}
        window.search.setText("icon.style")
        assert visible_rows(window) == {"icon.style"}
        window.search.setText("uninstall")
        assert window.data.leaving.isVisible()
        window.search.setText("no such thing at all")
        assert window.nothing.isVisible()
        assert not visible_rows(window)
        QTest.keyClick(window, Qt.Key.Key_Escape)
        assert window.isVisible()
        assert "hide_numbers" in visible_rows(window)


def visible_rows(window: SettingsWindow) -> set[str]:
    return {key for key, row in rows(window).items() if row.isVisible()}


def test_a_page_of_the_list_ends_the_search(qtbot: QtBot, home: Path) -> None:
    with opened(qtbot, place_of(home)) as window:
        window.search.setText("quiet")
        window.list.itemClicked.emit(window.list.item(0))
        assert window.search.text() == ""
        assert "hide_numbers" in visible_rows(window)


def test_all_thresholds_go_back_with_one_press(qtbot: QtBot, home: Path) -> None:
    place = place_of(home, f"{WRITTEN}\n[question.thresholds]\ncold_agents = 9\nleft_red_percent = 40\n")
    with opened(qtbot, place) as window:
        window.open_page("question")
        window.question.reset.click()
        settled(qtbot, window)
        assert place.settings().question.thresholds == type(place.settings().question.thresholds)()
        assert not window.question.reset.isEnabled()
    assert 'note = "kept"' in text_of(place)


def test_questions_are_paused_and_asked_again(qtbot: QtBot, home: Path) -> None:
    record = Record()
    with opened(qtbot, place_of(home), record) as window:
        window.open_page("question")
        window.question.pause.click()
        window._bridge.questions_paused.emit(QuestionsPaused(1_800_000_000_000))
        assert "Nothing is asked until" in window.question.paused.label.text()
        window.question.pause.click()
        assert record.pauses == [60, None]


def test_a_portable_installation_has_no_start_at_login(qtbot: QtBot, home: Path) -> None:
    with opened(qtbot, place_of(home)) as window:
        row = rows(window)[AUTOSTART]
        assert not row.control.isEnabled()
        assert "TAXIMETER_HOME" in row.about.text()


def test_every_control_can_be_reached_by_keyboard_and_is_named(qtbot: QtBot, home: Path) -> None:
    with opened(qtbot, place_of(home)) as window:
        for name in window.pages:
            window.open_page(name)
            settled(qtbot, window)
            kinds = (QAbstractButton, QComboBox, QLineEdit, QSpinBox, QTimeEdit)
            for box in [one for one in window.pages[name].findChildren(QAbstractButton) if one.isVisible()]:
                assert box.accessibleName() or box.text(), name
            for row in window.pages[name].lines.values():
                if row.isVisible():
                    assert isinstance(row.control, kinds)
                    assert row.control.focusPolicy() & Qt.FocusPolicy.TabFocus
                    assert row.label.buddy() is row.control
                    assert row.control.accessibleName() == row.line.label


def test_a_refusal_is_told_and_the_old_value_shown_again(qtbot: QtBot, home: Path) -> None:
    place = place_of(home)
    with opened(qtbot, place) as window:
        row = rows(window)["currency"]
        assert isinstance(row.control, QLineEdit)
        row.chosen.emit("currency", "euro")
        settled(qtbot, window)
        assert "three capital letters" in window.said.text()
        assert row.control.text() == "USD"
    assert text_of(place) == WRITTEN


def test_emptiness_takes_a_key_out_but_a_language_may_be_the_systems(home: Path) -> None:
    assert written("prices.user", "") is None
    assert written("service.projects", []) is None
    assert written("question.agents.x", "") is None
    assert written("language", "") == ""
    assert (written("week_start", "7"), written("hide_numbers", False)) == (7, False)
    place = place_of(home)
    assert set_values(place.paths, {("language",): ""}).language == ""
