"""``budget request`` and ``budget --as-manager``: what is shown, what is sent, and when nothing is."""

from __future__ import annotations

import sys

import pytest
from commands.company import House, house, running
from reference_service.trying import NOON

from taximeter.host.settings import Settings

__all__ = ["house", "running"]
DAY = 86_400_000


def words(text: str) -> str:
    return " ".join(text.split())


def test_what_the_manager_will_see_is_shown_to_the_last_word_before_it_is_sent(house: House) -> None:
    ran = house.as_(
        "ed", "budget", "request", "20000", "--reason", "Billing tests.", "--until", "2026-11-28", "--yes",
        "--budget", "ed-month",
    )  # fmt: skip
    assert (ran.code, ran.err) == (0, "")
    assert "Ed Ito: $20,000.00 more of Engineering monthly, until the end of Sat 28 Nov 2026." in words(ran.out)
    assert '"Billing tests."' in ran.out
    assert "budget request --withdraw r-1" in words(ran.out)
    assert house.rung == [("service_changed",)]
    (request,) = house.service.get("ed", "/v1/me/budgets").json()["increase_requests"]
    assert (request["amount"], request["reason"], request["wanted_until"]) == (
        "20000", "Billing tests.", "2026-11-29T00:00:00Z",
    )  # fmt: skip


def test_nothing_is_sent_where_nobody_can_be_asked(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    ran = house.as_("ed", "budget", "request", "1", "--reason", "x")
    assert (ran.code, ran.err) == (2, "Nothing was sent, since nobody can be asked here: add --yes to send it\n")
    assert house.service.get("ed", "/v1/me/budgets").json()["increase_requests"] == []


@pytest.mark.parametrize(("answer", "sent"), [("y", 1), ("n", 0), ("", 0)])
def test_on_a_terminal_one_is_asked_first(
    house: House, monkeypatch: pytest.MonkeyPatch, answer: str, sent: int
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _prompt="": answer)
    ran = house.as_("ed", "budget", "request", "1")
    assert ran.code == 0
    assert ("Nothing was sent." in ran.out) is (not sent)
    assert len(house.service.get("ed", "/v1/me/budgets").json()["increase_requests"]) == sent


@pytest.mark.parametrize(
    ("more", "code", "told"),
    [
        (("0",), 2, "above 0"),
        (("five",), 2, "above 0"),
        (("1.5", "--budget", "team-tokens"), 2, "tokens above 0, such as 5000000"),
        (("1", "--budget", "nothing"), 2, "'nothing' is no limit of the service's: There are: "),
        (("1", "--until", "2026-11-22"), 2, "That day is over."),
        (("1", "--until", "soon"), 2, "no day such as"),
        (("1", "--reason", "x" * 501), 2, "at most 500 characters"),
        (("--withdraw", "r-99"), 69, "No such request: It may have been removed."),
    ],
)
def test_words_that_cannot_be_used_send_nothing(house: House, more: tuple[str, ...], code: int, told: str) -> None:
    ran = house.as_("ed", "budget", "request", "--yes", *more)
    assert ran.code == code
    assert told in ran.err
    assert house.service.get("ed", "/v1/me/budgets").json()["increase_requests"] == []


def test_a_request_is_followed_and_taken_back(house: House) -> None:
    assert house.as_("ed", "budget", "request").out == "You asked for nothing lately.\n"
    house.as_("ed", "budget", "request", "5000000", "--budget", "Platform team tokens", "--yes")
    again = house.as_("ed", "budget", "request", "1", "--budget", "team-tokens", "--yes")
    assert (again.code, again.err) == (69, "A request is pending already: Wait for the decision, or cancel it.\n")
    told = house.as_("ed", "budget", "request").out
    assert words(told) == "r-1 5.0 M tokens more of team-tokens: waits since 12:00"
    assert "Taken back: 5.0 M tokens" in house.as_("ed", "budget", "request", "--withdraw", "r-1").out
    assert ": cancelled by Ed Ito" in words(house.as_("ed", "budget", "request").out)


def test_a_service_that_takes_no_requests_says_so(house: House) -> None:
    house.service.order("PATCH", "service", {"capabilities": ["team"]})
    ran = house.as_("ed", "budget", "request", "1", "--yes")
    assert (ran.code, ran.err) == (
        69, "127.0.0.1 takes no requests for more: Ask who looks after your budget in another way.\n",
    )  # fmt: skip


def test_without_a_service_or_a_limit_there_is_nothing_to_ask_for(house: House) -> None:
    none = house.as_("ed", "budget", "request", "1", "--yes", read_settings=Settings)
    assert (none.code, none.err.startswith("No budget service is connected")) == (2, True)
    free = house.as_("jo", "budget", "request", "1", "--yes")
    assert (free.code, "told of no limit that could be raised" in free.err) == (2, True)


def test_one_sees_of_oneself_what_the_manager_sees(house: House) -> None:
    house.as_("ed", "budget", "request", "1", "--budget", "ed-month", "--yes")
    mine = house.as_("ed", "budget", "--as-manager", "--json").data
    (row,) = [one for one in house.as_("mia", "team", "--json").data["people"] if one["id"] == "ed"]
    assert mine["people"] == [row]
    shown = house.as_("ed", "budget", "--as-manager").out
    assert "Ed Ito +1" in shown
    assert "r-1  $1.00 more of ed-month: waits since 12:00" in shown
    assert house.now() == NOON
