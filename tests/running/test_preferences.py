"""What the settings window reads is what is in force, and what it writes holds at once."""

from __future__ import annotations

from concurrent.futures import Future
from decimal import Decimal
from pathlib import Path

import pytest

from taximeter.collect.installation import Installation
from taximeter.host.autostart import Standing
from taximeter.host.settings import BudgetSetting
from taximeter.host.trouble import Trouble
from taximeter.running.preferences import (
    PreferencesDesk,
    agents_seen,
    prices_checked,
    prices_seen,
    service_seen,
    settings_seen,
)
from taximeter.ui.settings_desk import ServiceSeen

BUDGET = BudgetSetting("mine", "Mine", Decimal(20), "USD")


@pytest.fixture
def here(private_home: Path) -> Installation:
    (private_home / ".claude" / "projects").mkdir(parents=True)
    env = {"TAXIMETER_HOME": str(private_home / "taximeter"), "TZ": "UTC"}
    place = Installation.find(env, private_home)
    for folder in (place.paths.config, place.paths.machine_config):
        folder.mkdir(parents=True)
    return place


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def desk(here: Installation, told: list[str]) -> PreferencesDesk:
    return PreferencesDesk(here, lambda _: Future(), lambda: told.append("changed"), lambda: told.append("leave"))


def test_ones_own_settings_are_told_apart_from_those_beneath(here: Installation) -> None:
    here.paths.machine_settings_file.write_text('hide_numbers = true\n[[budget]]\nname = "Team"\namount = 5\n')
    here.paths.settings_file.write_text('[[budget]]\nname = "Mine"\namount = 6\n')
    seen = settings_seen(here)
    assert [budget.id for budget in seen.settings.budgets] == ["team", "mine"]
    assert [budget.id for budget in seen.own.budgets] == ["mine"]
    assert seen.settings.hide_numbers
    assert seen.trouble is None
    assert seen.autostart.standing is Standing.UNAVAILABLE


def test_a_file_that_cannot_be_used_is_told_and_not_raised(here: Installation) -> None:
    here.paths.settings_file.write_text("week_start = 9\n")
    trouble = settings_seen(here).trouble
    assert trouble is not None
    assert "line 1" in trouble.title


def test_what_is_written_is_told_to_the_app(here: Installation, desk: PreferencesDesk, told: list[str]) -> None:
    calls = desk.desk()
    calls.write({"icon.style": "number"})
    calls.put_budget(BUDGET)
    assert (here.settings().icon, here.settings().budgets) == ("number", (BUDGET,))
    calls.remove_budget("mine")
    assert here.settings().budgets == ()
    assert told == ["changed"] * 3
    with pytest.raises(Trouble):
        calls.write({"icon.style": "loud"})
    assert told == ["changed"] * 3


def test_what_the_company_decided_cannot_be_written(here: Installation, desk: PreferencesDesk) -> None:
    here.paths.machine_settings_file.write_text('[company.question]\nmode = "observe"\n')
    with pytest.raises(Trouble, match="Your company sets"):
        desk.desk().write({"question.mode": "off"})
    assert not here.paths.settings_file.exists()


def test_agents_with_logs_here_come_first(here: Installation) -> None:
    found = agents_seen(here)
    assert (found[0].id, found[0].found, found[0].can_ask) == ("claude-code", True, True)
    assert not found[-1].found
    here.paths.settings_file.write_text(f'[agents.codex]\nhomes = ["{here.home}"]\n')
    assert next(one for one in agents_seen(here) if one.id == "codex").homes == (str(here.home),)


def test_the_price_book_in_force_is_told_and_checked(here: Installation) -> None:
    book = here.book()
    found = prices_seen(here)
    assert (found.id, found.as_of, found.fetched, found.company, found.unpriced) == (book.id, book.as_of, False, "", ())
    checked = prices_checked(here)
    assert (checked.flaws, checked.unsigned) == ((), 0)


def test_a_service_is_told_without_asking_it(here: Installation) -> None:
    assert service_seen(here) is None
    text = '[service]\nkind = "taximeter"\norigin = "https://budget.example.com"\n'
    here.paths.machine_settings_file.write_text(text)
    host = "budget.example.com"
    assert service_seen(here) == ServiceSeen(f"https://{host}", host, host, 0, "")


def test_a_service_is_taken_out_of_ones_own_settings_alone(here: Installation, desk: PreferencesDesk) -> None:
    text = '[service]\nkind = "taximeter"\norigin = "https://budget.example.com"\n'
    here.paths.settings_file.write_text(f"hide_numbers = true\n{text}")
    desk.desk().disconnect()
    assert (here.settings().service.kind, here.settings().hide_numbers) == ("", True)
    here.paths.machine_settings_file.write_text(text)
    with pytest.raises(Trouble, match="set for this computer"):
        desk.desk().disconnect()


def test_a_move_ends_the_app_only_when_it_can_be_done(
    here: Installation, desk: PreferencesDesk, told: list[str], tmp_path: Path
) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "x").write_text("")
    with pytest.raises(Trouble):
        desk.desk().move(str(full))
    assert (told, desk.wanted_folder) == ([], "")
    desk.desk().move(str(tmp_path / "new"))
    assert (told, desk.wanted_folder) == (["leave"], str(tmp_path / "new"))


def test_what_still_waits_is_given_up_at_the_end(here: Installation) -> None:
    waiting: Future[None] = Future()
    desk = PreferencesDesk(here, lambda _: waiting, lambda: None, lambda: None)
    desk._write_alone(lambda _: None)
    desk.stop()
    assert waiting.cancelled()
