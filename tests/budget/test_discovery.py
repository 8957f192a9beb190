"""What a service says before anybody signs in, and what is not believed of it."""

from __future__ import annotations

import json

from budget.polled import FOUND, HERE
from budget.recorded import answer

from taximeter.budget.contract import Answer, Call, Failure, Fault
from taximeter.budget.discovery import Discovery, SignIn, read_discovery


def test_ways_to_sign_in_are_told_in_the_services_order() -> None:
    found = read_discovery(answer(Call("discovery", "/"), json.dumps(FOUND)), HERE)
    login = "https://login.example.com/oauth"
    assert isinstance(found, Discovery)
    assert found.sign_in == (
        SignIn("device", f"{login}/device_authorization", f"{login}/token", "taximeter", "budget:read offline_access"),
        SignIn("bearer"),
    )
    assert (found.name, found.support_url) == ("Example budget", "https://intra.example.com/budget-help")
    assert found.capabilities == {"policy", "team", "increase_requests", "holds"}
    told = {
        **FOUND,
        "auth": [{"type": "device", "token_endpoint": "http://evil.example.org"}, {"type": "x"}],
        "support_url": "javascript:x",
    }
    odd = read_discovery(answer(Call("discovery", "/"), json.dumps(told)), HERE)
    assert isinstance(odd, Discovery)
    assert (odd.sign_in, odd.support_url) == ((), "")


def test_what_is_no_document_is_said() -> None:
    found = read_discovery(Answer(Call("discovery", "/"), 200, {}, b"[]", 0), HERE)
    assert isinstance(found, Failure)
    assert found.fault is Fault.BAD_BODY
