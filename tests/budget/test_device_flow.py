"""The device flow's answers are read as RFC 8628 says, and no answer of a provider is taken for more than it is."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

import pytest

from taximeter.budget.contract import Answer, Call, Failure, Fault
from taximeter.budget.device_flow import End, Ended, Pending, Tokens, ask_call, asked, begin_call, begun, renew_call
from taximeter.budget.discovery import SignIn

NOW = 1_795_435_200_000
WAY = SignIn("device", "https://login.example.com/oauth/device?tenant=a", "https://login.example.com/oauth/token/",
             "taximeter", "budget:read offline_access")  # fmt: skip
PAGE, CODE = "https://login.example.com/device", "BCDF-GHJK"
GIVEN: dict[str, Any] = {"device_code": "d" * 300, "user_code": CODE, "verification_uri": PAGE,
                         "verification_uri_complete": f"{PAGE}?user_code={CODE}", "expires_in": 600,
                         "interval": 7}  # fmt: skip
PENDING = Pending("d" * 300, "BCDF-GHJK", PAGE, f"{PAGE}?user_code=BCDF-GHJK", NOW + 600_000, 7000, NOW + 7000)


def answer(told: object) -> Answer:
    return Answer(Call("token", "/"), 200, {}, json.dumps(told).encode(), NOW)


def refusal(error: str, status: int = 400) -> Failure:
    return Failure(Fault.REJECTED, "login.example.com did not accept the call", status, None, Call("", ""),
                   json.dumps({"error": error}).encode())  # fmt: skip


def form(call: Call) -> dict[str, list[str]]:
    assert call.body_type == "application/x-www-form-urlencoded"
    assert not call.key
    return parse_qs(call.body.decode())


def test_a_code_is_asked_for_as_the_client_that_discovery_named() -> None:
    call = begin_call(WAY)
    assert call.path == "/oauth/device?tenant=a"
    assert form(call) == {"client_id": ["taximeter"], "scope": ["budget:read offline_access"]}
    assert begun(answer(GIVEN), NOW) == PENDING


def test_the_token_endpoint_is_asked_where_it_is() -> None:
    call = ask_call(WAY, PENDING)
    assert call.path == "/oauth/token/"
    assert form(call) == {"grant_type": ["urn:ietf:params:oauth:grant-type:device_code"],
                          "device_code": ["d" * 300], "client_id": ["taximeter"]}  # fmt: skip
    assert form(renew_call(WAY.token_endpoint, "taximeter", "r+/ =")) == {
        "grant_type": ["refresh_token"], "refresh_token": ["r+/ ="], "client_id": ["taximeter"]}  # fmt: skip


def test_secrets_do_not_stand_in_what_is_printed() -> None:
    shown = repr((PENDING, ask_call(WAY, PENDING), Tokens("a-secret", "r-secret", 0), answer({"access_token": "s3"})))
    assert not [word for word in ("dddd", "a-secret", "r-secret", "s3") if word in shown]


@pytest.mark.parametrize(
    ("change", "fields"),
    [({"interval": None}, {"interval": 5000, "ask_at": NOW + 5000}),
     ({"interval": "7"}, {}),
     ({"interval": 10**6}, {"interval": 120_000, "ask_at": NOW + 120_000}),
     ({"expires_in": 10**8}, {"expires_at": NOW + 24 * 3_600_000}),
     ({"verification_uri_complete": "http://login.example.com/"}, {"page_complete": ""}),
     ({"verification_uri": None, "verification_url": PAGE}, {})],
)  # fmt: skip
def test_what_a_provider_leaves_out_or_overdoes(change: dict[str, Any], fields: dict[str, Any]) -> None:
    found = begun(answer(GIVEN | change), NOW)
    assert isinstance(found, Pending)
    assert {name: getattr(found, name) for name in fields} == fields


@pytest.mark.parametrize(
    "change",
    [{"user_code": "x" * 41}, {"user_code": 5}, {"user_code": "a\nb"}, {"device_code": None}, {"device_code": "a b"},
     {"expires_in": 0}, {"expires_in": -5}, {"expires_in": True}, {"verification_uri": "http://login.example.com/"},
     {"verification_uri": "javascript:alert(1)"}, {"verification_uri": "https://login.example.com@evil.example/"},
     {"verification_uri": "file:///etc/passwd"}, {"verification_uri": "https://a/" + "x" * 3000}],
)  # fmt: skip
def test_a_code_that_cannot_be_shown_safely_is_none(change: dict[str, Any]) -> None:
    found = begun(answer(GIVEN | change), NOW)
    assert isinstance(found, Ended)
    assert found.end is End.FAILED


def test_waiting_goes_on_at_the_told_pace() -> None:
    after = asked(PENDING, refusal("authorization_pending"), NOW + 9000)
    assert isinstance(after, Pending)
    assert (after.interval, after.ask_at, after.slow, after.trouble) == (7000, NOW + 16_000, False, "")


def test_slow_down_adds_five_seconds_from_then_on() -> None:
    first = asked(PENDING, refusal("slow_down"), NOW)
    assert isinstance(first, Pending)
    assert (first.interval, first.slow) == (12_000, True)
    second = asked(first, refusal("slow_down", 429), NOW)
    third = asked(second, refusal("authorization_pending"), NOW) if isinstance(second, Pending) else None
    assert isinstance(third, Pending)
    assert (third.interval, third.ask_at) == (17_000, NOW + 17_000)


@pytest.mark.parametrize("fault", [Fault.TIMED_OUT, Fault.REFUSED, Fault.RESET, Fault.UNKNOWN_HOST, Fault.SIGN_IN_PAGE])
def test_a_question_that_was_lost_is_asked_again_twice_as_late_each_time(fault: Fault) -> None:
    pending: Pending | Tokens | Ended = PENDING
    waits = []
    for _ in range(7):
        assert isinstance(pending, Pending)
        pending = asked(pending, Failure(fault, "login.example.com did not answer in time"), NOW)
        assert isinstance(pending, Pending)
        waits.append(pending.interval // 1000)
    assert waits == [14, 28, 56, 112, 120, 120, 120]
    assert isinstance(pending, Pending)
    assert pending.trouble == "login.example.com did not answer in time"
    good = asked(pending, refusal("authorization_pending"), NOW)
    assert isinstance(good, Pending)
    assert good.trouble == ""


def test_a_busy_provider_names_the_least_wait() -> None:
    busy = Failure(Fault.UNAVAILABLE, "login.example.com has trouble of its own", 503, 90)
    after = asked(PENDING, busy, NOW)
    assert isinstance(after, Pending)
    assert after.interval == 90_000


@pytest.mark.parametrize(
    ("error", "end"),
    [("access_denied", End.DENIED), ("expired_token", End.EXPIRED), ("invalid_grant", End.FAILED),
     ("invalid_client", End.FAILED), ("unheard_of", End.FAILED)],
)  # fmt: skip
def test_other_words_end_it(error: str, end: End) -> None:
    found = asked(PENDING, refusal(error), NOW)
    assert isinstance(found, Ended)
    assert found.end is end
    assert found.sentence


def test_a_code_that_has_run_out_is_not_asked_about_for_ever() -> None:
    late = asked(PENDING, Failure(Fault.TIMED_OUT, "too late"), NOW + 600_000)
    assert isinstance(late, Ended)
    assert late.end is End.EXPIRED


@pytest.mark.parametrize("fault", [Fault.REDIRECTED, Fault.TLS, Fault.WRONG_TYPE, Fault.NOT_FOUND, Fault.TOO_LARGE])
def test_what_will_not_mend_itself_ends_it(fault: Fault) -> None:
    assert isinstance(asked(PENDING, Failure(fault, "no", 404), NOW), Ended)


def test_tokens_come_with_their_end() -> None:
    given = {"access_token": "a", "token_type": "Bearer", "expires_in": 3600, "refresh_token": "r"}
    assert asked(PENDING, answer(given), NOW) == Tokens("a", "r", NOW + 3_600_000)
    assert asked(PENDING, answer({"access_token": "a", "token_type": "bearer"}), NOW) == Tokens("a", "", 0)


@pytest.mark.parametrize(
    "told",
    [{}, {"access_token": "a"}, {"access_token": "a", "token_type": "mac"}, {"access_token": "a b"}, [],
     {"access_token": 5, "token_type": "Bearer"}, {"access_token": "a" * 20_000, "token_type": "Bearer"},
     {"access_token": "a\r\nX: y", "token_type": "Bearer"}],
)  # fmt: skip
def test_what_cannot_be_a_bearer_token_is_none(told: object) -> None:
    found = asked(PENDING, answer(told), NOW)
    assert isinstance(found, Ended)
    assert found.end is End.FAILED
