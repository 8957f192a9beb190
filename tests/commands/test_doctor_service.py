"""The doctor tells who is asked for the budget, how that went, and when it is asked next."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from budget.recorded import SERVED, known_before

from taximeter.budget.contract import Failure, Fault
from taximeter.budget.device_flow import Tokens
from taximeter.budget.kept import Kept, row_of
from taximeter.budget.latest import Known
from taximeter.budget.sign_in_entry import Session, entry_of
from taximeter.commands.desk import Desk
from taximeter.commands.signing import keyholder
from taximeter.host.service_settings import ServiceSetting
from taximeter.host.settings import Settings
from taximeter.ledger.opening import open_writing
from taximeter.ledger.service_holds import put_hold_trouble
from taximeter.ledger.services import put_service

MINUTE = 60_000
ORIGIN = "https://budget.example.com"
SETTING = ServiceSetting("litellm", ORIGIN, "Acme", everything=True)
DOWN = Failure(Fault.UNAVAILABLE, "budget.example.com has trouble of its own", 503)
OUT = Failure(Fault.UNAUTHENTICATED, "Nobody is signed in to the budget service")

Examined = Callable[..., Any]


@pytest.fixture
def now() -> int:
    return SERVED + MINUTE


@pytest.fixture
def examined(run: Any, desk: Desk) -> Examined:
    """Runs the doctor with that service, of which the ledger keeps what is told."""

    def invoke(*words: str, kept: Kept | None = None, setting: ServiceSetting = SETTING, **other: Any) -> Any:
        if kept is not None:
            with closing(open_writing(desk.ledger)) as connection, connection:
                put_service(connection, ORIGIN, row_of(kept))
        return run("doctor", *words, **{"read_settings": lambda: Settings(service=setting)} | other)

    return invoke


def test_without_a_service_no_host_is_contacted(run: Any) -> None:
    told = run("doctor").out
    assert "Budget service: none\n  Hosts contacted: none\n" in told


def test_a_poll_that_went_well_names_the_host_and_the_next_one(examined: Examined, desk: Desk) -> None:
    kept = Kept(known_before(), SERVED)
    signed = {"env": {"TAXIMETER_TOKEN": "sk-made-up"}, "door": lambda *_: True}
    assert "Next asked: once the app runs\n" in examined(kept=kept, **signed).out
    desk.paths.installation_file.write_text("name\n")
    told = examined(kept=kept, **signed).out
    for line in (
        "  Acme, litellm at https://budget.example.com",
        "  Signed in by TAXIMETER_TOKEN",
        "  Last asked 12:00: all was well",
        "  Hosts contacted: budget.example.com",
    ):
        assert line in told.splitlines()
    assert "at the usual interval, as the service names none (from what the ledger keeps;" in " ".join(told.split())
    assert "sk-made-up" not in told
    data = examined("--json", kept=kept, **signed).data
    assert data["hosts_contacted"] == ["budget.example.com"]
    assert data["service"]["next_poll"]["reason"] == "at the usual interval, as the service names none"
    assert 0 <= data["service"]["next_poll"]["delay_seconds"] <= 660
    assert (data["service"]["signed_in"], data["service"]["polled_at"]) == ("environment", "2026-11-23T12:00:00Z")


def test_what_could_not_be_set_aside_is_a_line_and_nothing_more(examined: Examined, desk: Desk) -> None:
    reading = known_before().reading
    assert reading is not None
    kept = Kept(Known(replace(reading, can=frozenset({"holds"}))), SERVED)
    assert examined("--json", kept=kept).data["service"]["hold_trouble"] is None
    assert "how many agents start" in " ".join(examined(kept=kept).out.split())
    with closing(open_writing(desk.ledger)) as connection, connection:
        put_hold_trouble(connection, SERVED, "Not enough is left. 120 USD are left")
    told = " ".join(examined(kept=kept, env={"TAXIMETER_TOKEN": "sk-made-up"}).out.split())
    assert "What it was to set aside for a launch failed 12:00: Not enough is left. 120 USD are left" in told
    assert examined("--json", kept=kept).data["service"]["hold_trouble"] == {
        "at": "2026-11-23T12:00:00Z", "why": "Not enough is left. 120 USD are left",
    }  # fmt: skip


def test_failures_are_counted_with_their_sentence_and_need_attention(examined: Examined, desk: Desk) -> None:
    desk.paths.installation_file.write_text("name\n")
    kept = Kept(Known(known_before().reading, DOWN), SERVED, 3)
    setting = SETTING._replace(token_command=("pass", "x"))
    told = examined(kept=kept, setting=setting)
    words = " ".join(told.out.split())
    assert told.code == 1
    assert "The budget service gave nothing: budget.example.com has trouble of its own." in words
    assert "Last asked 12:00: budget.example.com has trouble of its own, 3 failures in a row" in words
    assert "Last good figures as of 11:59" in words
    assert "Signed in by the token command of the settings" in words
    assert "Next asked: once the app runs; it would be in" in words
    data = examined("--json", kept=kept, setting=setting).data["service"]
    assert (data["failures"], data["failure"]) == (3, "budget.example.com has trouble of its own")
    assert (data["next_poll"]["reason"], data["app_running"]) == ("later after each failure", False)


def test_who_is_not_signed_in_is_told_how_and_nothing_was_contacted(examined: Examined, desk: Desk) -> None:
    kept = Kept(Known(None, OUT), SERVED, 1)
    told = examined(kept=kept).out
    assert "Nobody is signed in to the budget service: taximeter budget sign-in" in told.splitlines()
    assert "  Not signed in" in told.splitlines()
    assert "  Hosts contacted: none" in told.splitlines()
    desk.paths.token_marker.write_text(f"{ORIGIN}\n")
    assert "  Signed in by a token in this computer's keyring" in examined(kept=kept).out.splitlines()


def test_who_renews_the_sign_in_and_who_holds_it_is_told(examined: Examined, desk: Desk) -> None:
    kept = Kept(known_before(), SERVED)
    keys = keyholder(desk)
    session = Session(Tokens("a", "r", 0), "https://login.example.com/token", "taximeter")
    keys.keep(ORIGIN, entry_of(session), in_memory=True)
    told = examined(kept=kept, door=lambda *_: True)
    assert "  Signed in by a token that the running app holds until it ends" in told.out.splitlines()
    assert "  Hosts contacted: budget.example.com, login.example.com" in told.out.splitlines()
    assert "  login.example.com renews the sign-in and gets nothing else" in told.out.splitlines()
    assert examined("--json", kept=kept).data["hosts_contacted"] == ["budget.example.com", "login.example.com"]
    keys.forget(ORIGIN)
    assert examined("--json", kept=kept).data["hosts_contacted"] == ["budget.example.com"]


def test_another_clock_and_odd_figures_are_told(examined: Examined) -> None:
    reading = known_before().reading
    assert reading is not None
    odd = replace(reading, clock_off=-3 * 60 * MINUTE, odd=("key.spend is negative",), unread=("service:key",))
    kept = Kept(Known(odd), SERVED)
    told = examined(kept=kept).out
    assert "  Its clock is 3 h 00 behind this computer's" in told.splitlines()
    assert "  Odd: key.spend is negative" in told.splitlines()
    env = {"TAXIMETER_TOKEN": "sk-made-up"}
    data = examined("--json", kept=kept, env=env).data
    assert (data["service"]["clock_ahead_seconds"], data["service"]["odd"]) == (-10_800, ["key.spend is negative"])
    said = "The figures of 1 quota of the budget service cannot be used; the last good ones stay."
    assert said in data["needs_attention"]
    unchosen = examined(kept=kept, setting=SETTING._replace(everything=False)).out
    assert "Nobody said what it pays for" in unchosen


def test_the_data_holds_to_its_schema(examined: Examined, desk: Desk) -> None:
    from commands.test_schemas import valid

    desk.paths.installation_file.write_text("name\n")
    for kept in (None, Kept(known_before(), SERVED), Kept(Known(None, DOWN), SERVED, 2)):
        valid("doctor", examined("--json", kept=kept).data)
