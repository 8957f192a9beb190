"""Every way in which a service can fail: the last good figures stay, the token goes nowhere else, nothing crashes."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from budget import faults
from budget.faults import GOOD, Script, drips, floods, says, serving
from budget.recorded import HOST, SERVED, known_before

from taximeter.budget.client import Address, visit
from taximeter.budget.contract import SIGNED_OUT, Answer, Call, Failure, Fault, Memory, Outcome, Reading
from taximeter.budget.latest import after, poll
from taximeter.budget.litellm import SERVICE

TOKEN = "sk-made-up-0123456789"
CALL = Call("key", "/key/info")
QUICK = 1.0
EMPTY = b"HTTP/1.1 %s X\r\nConnection: close\r\n\r\n"
HTML = b"<!doctype html><title>Welcome to the airport</title>"
PACKED = gzip.compress(GOOD * 500)


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def ask(origin: str, ca_file: Path | None = None, call: Call = CALL, token: str = TOKEN) -> Outcome:
    with visit(Address(origin, ca_file), token, lambda: SERVED, QUICK) as asked:
        return asked(call)


def local(port: int, scheme: str = "http") -> str:
    return f"{scheme}://127.0.0.1:{port}"


FAULTS: dict[str, tuple[Script, Fault]] = {
    "it never answers": (faults.waits, Fault.TIMED_OUT),
    "its head drips": (drips(b"X-Slow: "), Fault.TIMED_OUT),
    "its body drips": (drips(GOOD), Fault.TIMED_OUT),
    "it resets the connection": (faults.resets, Fault.RESET),
    "it hangs up without a word": (lambda wire: None, Fault.RESET),
    "it hangs up in the middle": (lambda wire: wire.sendall(faults.reply()[:-3]), Fault.RESET),
    "it does not speak HTTP": (lambda wire: wire.sendall(b"SSH-2.0-OpenSSH_9.9\r\n"), Fault.RESET),
    "its head is endless": (lambda wire: wire.sendall(b"HTTP/1.1 200 X\r\n" + b"X: y\r\n" * 200_000), Fault.RESET),
    "400": (says(400), Fault.REJECTED),
    "401": (says(401), Fault.UNAUTHENTICATED),
    "403": (says(403), Fault.FORBIDDEN),
    "404": (says(404), Fault.NOT_FOUND),
    "407": (says(407), Fault.PROXY),
    "429": (says(429), Fault.RATE_LIMITED),
    "500": (says(500), Fault.UNAVAILABLE),
    "500 with a large page": (says(500, b"x" * (2 << 20), "text/html"), Fault.UNAVAILABLE),
    "503": (says(503), Fault.UNAVAILABLE),
    "511": (says(511, HTML, "text/html"), Fault.SIGN_IN_PAGE),
    "a web page with 200": (says(200, HTML, "text/html; charset=utf-8"), Fault.SIGN_IN_PAGE),
    "plain text": (says(200, GOOD, "text/plain"), Fault.WRONG_TYPE),
    "no type": (says(200, GOOD, ""), Fault.WRONG_TYPE),
    "204": (lambda wire: wire.sendall(EMPTY % b"204"), Fault.REJECTED),
    "304 that nobody asked for": (lambda wire: wire.sendall(EMPTY % b"304"), Fault.REJECTED),
    "gzip that was cut": (says(200, PACKED[:-9], "application/json", "Content-Encoding: gzip"), Fault.BAD_BODY),
    "gzip that is none": (says(200, GOOD, "application/json", "Content-Encoding: gzip"), Fault.BAD_BODY),
    "a packing that was not asked for": (says(200, GOOD, "application/json", "Content-Encoding: br"), Fault.BAD_BODY),
    "a gzip bomb": (says(200, faults.bomb(64), "application/json", "Content-Encoding: gzip"), Fault.TOO_LARGE),
    "200 MB": (floods(200), Fault.TOO_LARGE),
    "200 MB told in the head": (
        lambda wire: wire.sendall(faults.reply().replace(b"Length: 12", b"Length: 209715200")),
        Fault.TOO_LARGE,
    ),
    "JSON that is none": (says(200, b"{"), Fault.BAD_BODY),
    "nothing": (says(200, b""), Fault.BAD_BODY),
    "missing fields": (says(200, b"{}"), Fault.UNREADABLE),
    "NaN": (says(200, b'{"info": {"max_budget": 5, "spend": NaN}}'), Fault.UNREADABLE),
    "a negative figure": (says(200, b'{"info": {"max_budget": 5, "spend": -1}}'), Fault.UNREADABLE),
    "a huge figure": (says(200, b'{"info": {"max_budget": 5, "spend": 1e400}}'), Fault.UNREADABLE),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_the_last_good_figures_stay_with_their_age(name: str) -> None:
    script, fault = FAULTS[name]
    before = known_before()
    with serving(script) as heard, visit(Address(local(heard.port)), TOKEN, lambda: SERVED, QUICK) as asked:
        outcome = poll(SERVICE, asked, before.memory, HOST, SERVED)
    assert isinstance(outcome, Failure)
    assert outcome.fault is fault
    known = after(before, outcome)
    assert known.quotas == before.quotas
    assert known.failure == outcome
    assert (outcome.fault in SIGNED_OUT) is (name in {"401", "403"})
    assert outcome.sentence
    assert TOKEN not in repr(outcome)
    assert heard.all.count(f"Bearer {TOKEN}") == len(heard.requests) > 0


def test_a_good_answer_is_taken_plain_and_packed() -> None:
    for script in (says(), says(200, gzip.compress(GOOD), "application/json; charset=utf-8", "Content-Encoding: gzip")):
        with serving(script) as heard:
            outcome = ask(local(heard.port))
        assert isinstance(outcome, Answer)
        assert outcome.body == GOOD
    assert heard.requests[0].startswith("GET /key/info HTTP/1.1\r\n")


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    outcome = ask(local(port))
    assert isinstance(outcome, Failure)
    assert outcome.fault is Fault.REFUSED


@pytest.mark.parametrize(
    ("lines", "seconds"),
    [(("Retry-After: 0",), 0), (("Retry-After: 120",), 120), (("Retry-After: soon",), None), ((), None),
     (("Retry-After: -5",), None), (("Retry-After: 99999999999999999999",), None), (("Retry-After: 9999999",), 86_400),
     (("Date: Mon, 23 Nov 2026 09:00:00 GMT", "Retry-After: Mon, 23 Nov 2026 09:01:30 GMT"), 90),
     (("Retry-After: Mon, 23 Nov 2020 09:01:30 GMT",), 0)],
)  # fmt: skip
@pytest.mark.parametrize("status", [429, 503])
def test_the_wait_that_is_asked_for_is_told(status: int, lines: tuple[str, ...], seconds: int | None) -> None:
    with serving(says(status, b"", "application/json", *lines)) as heard:
        outcome = ask(local(heard.port))
    assert isinstance(outcome, Failure)
    assert outcome.retry_after == seconds


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_another_host_gets_neither_a_call_nor_the_token(status: int) -> None:
    with serving(says()) as other:
        for target in (
            f"http://localhost:{other.port}/x",
            f"http://127.0.0.1:{other.port}/x",
            f"//localhost:{other.port}/x",
        ):
            with serving(says(status, b"", "text/html", f"Location: {target}")) as heard:
                outcome = ask(local(heard.port))
            assert isinstance(outcome, Failure)
            assert outcome.fault is Fault.REDIRECTED
            assert len(heard.requests) == 1
    assert other.requests == []


def test_a_redirect_within_the_origin_is_followed_but_not_for_ever() -> None:
    def script(wire: socket.socket) -> None:
        wire.sendall(
            says_there
            if "GET /key/info/ " in heard.requests[-1]
            else faults.reply(307, b"", "x", "Location: /key/info/")
        )

    says_there = faults.reply()
    with serving(script) as heard:
        assert isinstance(ask(local(heard.port)), Answer)
    with serving(says(302, b"", "x", "Location: /key/info")) as heard:
        outcome = ask(local(heard.port))
    assert isinstance(outcome, Failure)
    assert (outcome.fault, len(heard.requests)) == (Fault.REDIRECTED, 4)


@pytest.mark.parametrize(
    "location", ["", "http://[::1", "https://127.0.0.1/x", "file:///etc/passwd", "http://a:b@127.0.0.1/"]
)
def test_an_odd_redirect_leads_nowhere(location: str) -> None:
    with serving(says(302, b"", "x", f"Location: {location}")) as heard:
        outcome = ask(local(heard.port))
    assert isinstance(outcome, Failure)
    assert outcome.fault in {Fault.REDIRECTED, Fault.RESET}
    assert len(heard.requests) == 1


def test_a_clock_three_hours_off_leaves_the_figures_their_real_age() -> None:
    body = b'{"info": {"max_budget": 5, "spend": 1.5}}'
    with (
        serving(says(200, body, "application/json", "Date: Mon, 23 Nov 2026 15:00:00 GMT")) as heard,
        visit(Address(local(heard.port)), TOKEN, lambda: SERVED, QUICK) as asked,
    ):
        found = poll(SERVICE, asked, Memory(), HOST, SERVED)
    assert isinstance(found, Reading)
    assert (found.clock_off, found.as_of) == (3 * 3_600_000, SERVED - 10_000)


@pytest.mark.parametrize("expired", [True, False])
def test_a_certificate_is_checked_before_anything_is_sent(tmp_path: Path, expired: bool) -> None:
    made = faults.certificate(tmp_path, "IP:127.0.0.1", expired=expired)
    with serving(says(), made) as heard:
        unknown = ask(local(heard.port, "https"))
        known = ask(local(heard.port, "https"), made)
        wrong_name = ask(f"https://localhost:{heard.port}", made)
    assert isinstance(unknown, Failure)
    assert isinstance(wrong_name, Failure)
    assert {unknown.fault, wrong_name.fault} == {Fault.TLS}
    if expired:
        assert isinstance(known, Failure)
        assert known.fault is Fault.TLS
        assert "expired" in known.sentence
        assert heard.requests == []
    else:
        assert isinstance(known, Answer)
        assert len(heard.requests) == 1


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[faults.Heard]:
    with serving(says(503)) as heard:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{heard.port}")
            monkeypatch.setenv(name.lower(), f"http://127.0.0.1:{heard.port}")
        yield heard


def test_a_proxy_is_asked_for_a_tunnel_and_never_sees_the_token(proxy: faults.Heard) -> None:
    outcome = ask("https://budget.example.com")
    assert isinstance(outcome, Failure)
    assert outcome.fault is Fault.PROXY
    assert proxy.requests[0].startswith("CONNECT budget.example.com:443 ")
    assert TOKEN not in proxy.all


def test_plain_http_to_this_computer_passes_no_proxy(proxy: faults.Heard) -> None:
    with serving(says()) as heard:
        assert isinstance(ask(local(heard.port)), Answer)
    assert proxy.requests == []


def test_a_proxy_that_cannot_be_used_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "socks5://127.0.0.1:1")
    outcome = ask("https://budget.example.com")
    assert isinstance(outcome, Failure)
    assert outcome.fault is Fault.PROXY


@pytest.mark.parametrize("origin", ["http://budget.example.com", "ftp://127.0.0.1", "budget.example.com", ""])
def test_an_origin_that_would_leak_the_token_is_not_asked(origin: str, proxy: faults.Heard) -> None:
    outcome = ask(origin)
    assert isinstance(outcome, Failure)
    assert outcome.fault is Fault.TLS
    assert proxy.requests == []


@pytest.mark.parametrize("token", ["", "two words", "line\r\nX: y", "schlüssel", "x" * 20_000])
def test_what_cannot_be_a_token_is_not_sent(token: str) -> None:
    with ExitStack() as stack:
        heard = stack.enter_context(serving(says()))
        outcome = ask(local(heard.port), token=token)
    assert isinstance(outcome, Failure)
    assert outcome.fault is Fault.UNAUTHENTICATED
    assert heard.requests == []


def test_a_company_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    outcome = ask("https://127.0.0.1:1", tmp_path / "none.pem")
    assert isinstance(outcome, Failure)
    assert "none.pem cannot be read" in outcome.sentence


def test_nothing_changed_is_an_answer_to_a_call_that_asked_so() -> None:
    with serving(lambda wire: wire.sendall(b'HTTP/1.1 304 X\r\nETag: "a"\r\n\r\n')) as heard:
        outcome = ask(local(heard.port), call=Call("me", "/v1/me/budgets", '"a"'))
    assert isinstance(outcome, Answer)
    assert (outcome.status, outcome.body) == (304, b"")
    assert 'if-none-match: "a"' in heard.all.lower()
