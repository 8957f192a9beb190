"""The demo's options: a service beside the made-up work, and a token that is kept nowhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from taximeter.collect.installation import Installation
from taximeter.collect.made_up import made_up
from taximeter.commands.desk import Desk
from taximeter.commands.shows import demo
from taximeter.host.service_settings import ServiceSetting

Shown = list[tuple[ServiceSetting | None, str]]
TOKEN = "sk-made-up-0001"


@pytest.fixture
def shown() -> Shown:
    return []


@pytest.fixture
def at(desk: Desk, shown: Shown) -> Desk:
    def show(service: ServiceSetting | None, token: str) -> int:
        shown.append((service, token))
        return 0

    return replace(desk, show_demo=show, env={"TAXIMETER_TOKEN": TOKEN})


def test_the_demo_needs_no_service(at: Desk, shown: Shown) -> None:
    assert CliRunner().invoke(demo, [], obj=at).exit_code == 0
    assert shown == [(None, "")]


def test_a_service_is_asked_with_the_token_of_the_environment(at: Desk, shown: Shown) -> None:
    assert CliRunner().invoke(demo, ["--service", "http://127.0.0.1:8765/"], obj=at).exit_code == 0
    assert shown == [(ServiceSetting("taximeter", "http://127.0.0.1:8765", everything=True), TOKEN)]


def test_without_a_token_the_window_is_there_to_sign_in(at: Desk, shown: Shown) -> None:
    nobody = replace(at, env={})
    assert CliRunner().invoke(demo, ["--service", "https://b.example", "--kind", "litellm"], obj=nobody).exit_code == 0
    assert shown == [(ServiceSetting("litellm", "https://b.example", everything=True), "")]


@pytest.mark.parametrize("words", [["--service", "http://b.example"], ["--service", "x", "--kind", "other"]])
def test_what_would_leak_the_token_is_refused(at: Desk, shown: Shown, words: list[str]) -> None:
    assert CliRunner().invoke(demo, words, obj=at).exit_code == 2
    assert shown == []


def test_the_made_up_home_has_the_service_in_place_of_budgets_and_no_token_in_any_file(tmp_path: Path) -> None:
    here = Installation.find({"TAXIMETER_HOME": str(tmp_path), "TZ": "UTC"}, tmp_path)
    service = ServiceSetting("taximeter", "http://127.0.0.1:8765", everything=True)
    with made_up(here, service, TOKEN) as place:
        settings, folder = place.settings(), place.home
        assert (settings.service, settings.budgets) == (service, ())
        assert place.env["TAXIMETER_TOKEN"] == TOKEN
        assert all(TOKEN.encode() not in file.read_bytes() for file in folder.rglob("*") if file.is_file())
    assert not folder.exists()
    assert not any(tmp_path.iterdir())
