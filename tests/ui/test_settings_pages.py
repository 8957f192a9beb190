"""The settings' pages that do more than write a key: budgets, folders, prices, the data and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from ui.made_up import AGENT_NAMES, FIGURES, NOW, Record, desk, submit_now
from ui.preferring import opened, place_of, put, settled, text_of

from taximeter.host.trouble import Trouble
from taximeter.running.keeping import telling
from taximeter.ui.bridge import Bridge
from taximeter.ui.desk import TroubleSeen
from taximeter.ui.settings_data_words import kept_words, sent_words
from taximeter.ui.settings_desk import CheckSeen, Doomed, Kept, PricesSeen, SettingsDesk
from taximeter.ui.settings_opening import SettingsOpening
from taximeter.ui.settings_prices import check_words
from taximeter.ui.settings_scenes import made_kept, made_service, made_settings
from taximeter.ui.settings_window import SettingsWindow
from taximeter.ui.sign_in_scenes import SERVICE, steps_of
from taximeter.ui.signing_in import Probe


def window_of(qtbot: QtBot, settings: SettingsDesk, page: str) -> SettingsWindow:
    shown = replace(desk(), settings=settings)
    bridge = Bridge(submit_now)
    window = SettingsWindow(shown, bridge, FIGURES)
    bridge.setParent(window)
    qtbot.addWidget(window)
    window.open_page(page)
    window.show()
    settled(qtbot, window)
    return window


@pytest.fixture
def made() -> SettingsDesk:
    return made_settings(AGENT_NAMES, submit_now, NOW)


def test_a_budget_is_added_changed_and_removed_on_the_second_press(qtbot: QtBot, tmp_path: Path) -> None:
    place = place_of(tmp_path)
    with opened(qtbot, place) as window:
        page = window.budget
        window.open_page("budget")
        page.new.click()
        page.form.save.click()
        assert page.form.said.text() == "A budget needs a name."
        page.form.name.setText("Client work")
        page.form.amount.setText("49.90")
        page.form.period.setCurrentIndex(page.form.period.findData("week"))
        page.form.projects.setText("client-*, other")
        page.form.save.click()
        settled(qtbot, window)
        assert list(page.rows) == ["team", "client-work"]
        assert page.rows["client-work"].about.text() == "$49.90 a week, for client-*, other."
        page.rows["client-work"].edit.click()
        assert (page.form.amount.text(), page.form.name.text()) == ("49.9", "Client work")
        page.form.amount.setText("60")
        page.form.save.click()
        settled(qtbot, window)
        assert [int(one.amount) for one in place.settings().budgets] == [100, 60]
        page.rows["client-work"].remove.click()
        settled(qtbot, window)
        assert len(place.settings().budgets) == 2
        page.rows["client-work"].remove.click()
        settled(qtbot, window)
        assert list(page.rows) == ["team"]
    assert 'note = "kept"' in text_of(place)


def test_two_budgets_of_a_name_are_refused(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot, place_of(tmp_path)) as window:
        page = window.budget
        page.new.click()
        for name, amount, said in (("team", "5", "There is a budget of that name already."),
                                   ("Two", "five", "Type an amount above 0, for example 200.")):  # fmt: skip
            page.form.name.setText(name)
            page.form.amount.setText(amount)
            page.form.save.click()
            assert page.form.said.text() == said
        page.form.cancel.click()
        assert page.form.isHidden()


def test_a_budget_of_the_computers_settings_is_shown_and_not_changed_here(qtbot: QtBot, tmp_path: Path) -> None:
    place = place_of(tmp_path, "")
    place.paths.machine_config.mkdir(parents=True)
    place.paths.machine_settings_file.write_text('[[budget]]\nname = "All"\namount = 5\n')
    with opened(qtbot, place) as window:
        row = window.budget.rows["all"]
        assert not row.edit.isEnabled()
        assert "not in yours" in row.about.text()


def test_coverage_shows_while_a_service_is_connected(qtbot: QtBot, tmp_path: Path) -> None:
    place = place_of(tmp_path)
    with opened(qtbot, place) as window:
        window.open_page("budget")
        assert window.budget.covers.isVisible()
        put(place, "")
        window._bridge.preferences_changed.emit()
        settled(qtbot, window)
        assert not window.budget.covers.isVisible()


def test_a_folder_is_read_besides_until_it_is_removed(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, folder = place_of(tmp_path), str(tmp_path / "other")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: folder)
    with opened(qtbot, place) as window:
        card = window.agents.cards["codex"]
        card.add_folder.click()
        settled(qtbot, window)
        assert place.settings().agent("codex").homes == (Path(folder),)
        card.homes.removes[folder].click()
        settled(qtbot, window)
        assert place.settings().agent("codex").homes == ()
    assert "homes" not in text_of(place)


def test_sessions_go_only_after_they_were_counted_and_agreed_to(qtbot: QtBot, made: SettingsDesk) -> None:
    gone: list[Doomed] = []
    window = window_of(qtbot, replace(made, purge=gone.append), "data")
    row = window.data.purge
    row.count.click()
    assert "Choose a project" in row.said.text()
    row.project.setCurrentIndex(row.project.findData("docs-site"))
    row.count.click()
    settled(qtbot, window)
    assert row.said.text() == "12 sessions with 3,480 requests would go."
    assert window.focusWidget() is row.keep
    row.old.click()
    assert not row.remove.isVisible()
    row.count.click()
    settled(qtbot, window)
    row.remove.click()
    settled(qtbot, window)
    assert [(one.project, bool(one.before)) for one in gone] == [("docs-site", True)]
    assert row.said.text() == "They are gone."


def test_nothing_is_taken_out_where_nothing_would_go_or_it_is_refused(qtbot: QtBot, made: SettingsDesk) -> None:
    def refuse(_doomed: Doomed) -> None:
        raise Trouble("Another Taximeter keeps the ledger", "Nothing was removed.")

    window = window_of(qtbot, replace(made, count_doomed=lambda _: (0, 0)), "data")
    row = window.data.purge
    row.old.click()
    row.count.click()
    settled(qtbot, window)
    assert (row.said.text(), row.remove.isVisible()) == ("There are no such sessions.", False)
    window = window_of(qtbot, replace(made, purge=refuse), "data")
    row = window.data.purge
    row.old.click()
    row.count.click()
    settled(qtbot, window)
    row.remove.click()
    settled(qtbot, window)
    assert row.said.text() == "Another Taximeter keeps the ledger. Nothing was removed."
    assert row.count.isEnabled()


def test_copies_are_made_where_one_chose_and_a_move_is_asked_first(
    qtbot: QtBot, made: SettingsDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []

    def noting(kind: str, answer: int) -> Callable[[str], int]:
        def note(path: str) -> int:
            asked.append((kind, path))
            return answer

        return note

    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: ("/x/file", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/x/folder")
    answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answers.pop(0))
    desk_ = replace(made, back_up=noting("copy", 48_300_000), export=noting("table", 61_200),
                    move=lambda folder: asked.append(("move", folder)))  # fmt: skip
    window = window_of(qtbot, desk_, "data")
    page = window.data
    for button in (page.back_up, page.export, page.move_it, page.move_it):
        button.click()
        settled(qtbot, window)
    assert asked == [("copy", "/x/file"), ("table", "/x/file"), ("move", "/x/folder")]
    assert page.backed_up.said.text() == "Copied to /x/file, 48.3 MB."
    assert page.exported.said.text() == "61,200 requests written to /x/file."


def test_what_is_sent_is_said_in_full(qtbot: QtBot) -> None:
    (title, about), *rest = sent_words(None, FIGURES, NOW)
    assert (title, rest) == ("Nothing is sent", [("", ""), ("", "")])
    assert "asks nobody" in about
    itself, clicked, hosts = sent_words(made_service(NOW), FIGURES, NOW)
    assert "https://budget.example.com" in itself[1]
    assert "No prompt, file name, path, project or session" in itself[1]
    assert "reason that you typed" in clicked[1]
    assert hosts == ("Hosts contacted: budget.example.com", "Last asked 14:08; all was well.")
    never = made_service(NOW)._replace(contacted_at=0)
    assert sent_words(never, FIGURES, NOW)[2][0] == "Hosts contacted: none yet"
    failed = made_service(NOW)._replace(failure="It could not be reached")
    assert sent_words(failed, FIGURES, NOW)[2][1] == "Last asked 14:08: It could not be reached"


def test_what_is_kept_is_said_with_its_size_and_days(qtbot: QtBot) -> None:
    title, about = kept_words(made_kept(NOW), FIGURES)
    assert title == "48.3 MB: 1,240 sessions, 61,200 requests"
    assert "17 May 2026 to 23 November 2026" in about
    assert kept_words(Kept("/x", 0, 0, 0, 0, 0, 0, ()), FIGURES) == ("Nothing is kept yet", "/x")


def test_prices_are_checked_and_fetched_on_a_click_alone(qtbot: QtBot, made: SettingsDesk) -> None:
    fetched: list[str] = []

    def fetch() -> str:
        fetched.append("x")
        return "2026-11-23"

    window = window_of(qtbot, replace(made, fetch_prices=fetch), "prices")
    page = window.prices
    assert page.book.label.text() == "Prices of 20 November 2026, in USD"
    assert "gpt-9-made-up: 38\N{NO-BREAK SPACE}k tokens" in page.unpriced.about.text()
    assert not fetched
    page.check.click()
    page.fetch.click()
    settled(qtbot, window)
    assert "every difference from genai-prices 0.2.3 is explained" in page.checked.said.text()
    assert (fetched, page.fetched.said.text()) == (["x"], "Prices of 2026-11-23 are in force.")
    assert "not installed" in check_words(CheckSeen((), 0, ""))
    assert check_words(CheckSeen(("m: no price",), 2, "v")) == (
        "m: no price\n2 prices differ from v and nobody has judged them."
    )


def test_a_price_file_that_cannot_be_used_is_told_on_the_page(qtbot: QtBot, made: SettingsDesk) -> None:
    def refuse() -> PricesSeen:
        raise Trouble("mine.toml, line 3", "It has to be a number.")

    window = window_of(qtbot, replace(made, prices=refuse), "prices")
    assert (window.prices.book.label.text(), window.prices.book.about.text()) == (
        "mine.toml, line 3", "It has to be a number.")  # fmt: skip


def test_facts_are_copied_for_who_helps(qtbot: QtBot, made: SettingsDesk) -> None:
    window = window_of(qtbot, made, "about")
    assert window.about.what.label.text() == "Taximeter 0.1.0"
    assert "httpx 0.28.1: BSD-3-Clause" in window.about.licences.about.text()
    window.about.copy.click()
    settled(qtbot, window)
    assert QGuiApplication.clipboard().text() == "taximeter: 0.1.0\nsystem: Linux\n"


def test_one_window_opens_at_a_page_and_is_freed_when_closed(qtbot: QtBot, made: SettingsDesk) -> None:
    bridge, shown = Bridge(submit_now), []
    opening = SettingsOpening(replace(desk(), settings=made), bridge, lambda: shown.append(1), lambda: None)
    opening.open(FIGURES)
    (window,) = opening.open_windows()
    assert isinstance(window, SettingsWindow)
    opening.open(FIGURES, "about")
    assert list(opening.open_windows()) == [window]
    assert window.about.isVisible()
    qtbot.waitUntil(lambda: not bridge.is_waiting)
    window.close()
    qtbot.waitUntil(lambda: not opening.open_windows())
    assert len(shown) == 2
    bridge.close()
    bridge.deleteLater()


def test_why_it_could_not_move_is_told_once_somebody_listens() -> None:
    listens: list[object] = []
    record = Record()
    shown = desk(record=record)
    assert telling(shown, None) is shown
    telling(shown, Trouble("The data did not move", "Name a new folder.")).start(listens.append)
    assert listens == [TroubleSeen("The data did not move", "Name a new folder.")]
    assert len(record.posts) == 1


def test_a_service_is_disconnected_on_the_second_press_and_leaves_the_rest(qtbot: QtBot, tmp_path: Path) -> None:
    place = place_of(tmp_path)
    with opened(qtbot, place, sign_in=steps_of(SERVICE, Probe())) as window:
        window.open_page("budget")
        assert window.budget.parting.isVisible()
        window.budget.part.click()
        settled(qtbot, window)
        assert place.settings().service.kind == "taximeter"
        window.budget.part.click()
        settled(qtbot, window)
        assert place.settings().service.kind == ""
    assert 'note = "kept"' in text_of(place)
