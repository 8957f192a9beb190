"""What is said of the company's service: why there is no figure, how old the last one is, what to do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ui.made_up import FIGURES, HOUR, MINUTE, NOW, SNAPSHOT, at, outlook, quota, window

from taximeter.domain.quota import Period, Quota, QuotaKind, QuotaState, Unit
from taximeter.ledger.readmodels import Snapshot
from taximeter.ledger.readmodels_service import ServiceStanding, ServiceState
from taximeter.ui import service_words
from taximeter.ui.glance import glance_of

HOST = "budget.example.com"
FINE = ServiceStanding(HOST, ServiceState.ANSWERED, NOW, read=True)
SLOW = ServiceStanding(HOST, ServiceState.FAILED, NOW, f"{HOST} did not answer in time", read=True)
OUT = ServiceStanding(HOST, ServiceState.SIGNED_OUT, NOW, f"{HOST} does not accept the token", read=True)
BLOCKED = ServiceStanding(HOST, ServiceState.BLOCKED, NOW, f"{HOST} has blocked the token")
OWN_KNOWN = "Since 11:20 only what this computer used is known."


def said(state: QuotaState, standing: ServiceStanding | None = None, *, hours: int = 3, q: Quota | None = None) -> str:
    one = replace(q or quota(), as_of=NOW - hours * HOUR)
    return service_words.freshness(outlook(state, one), standing, NOW, FIGURES)


def test_a_fresh_figure_says_nothing_of_itself() -> None:
    assert not said(QuotaState.OK, FINE)
    assert not service_words.freshness(outlook(), SLOW, NOW, FIGURES)


def test_a_service_that_fails_for_a_while_is_said_before_its_figure_is_too_old() -> None:
    words = service_words.freshness(outlook(q=quota(as_of=NOW - 20 * MINUTE)), SLOW, NOW, FIGURES)
    assert words == f"{HOST} did not answer in time. Since 14:00 only what this computer used is known."
    own = outlook(q=quota(kind=QuotaKind.LOCAL, as_of=NOW - 20 * MINUTE))
    assert not service_words.freshness(own, SLOW, NOW, FIGURES)


def test_a_figure_that_is_not_fresh_says_since_when_and_whether_to_act_on_it() -> None:
    assert said(QuotaState.STALE, FINE) == OWN_KNOWN
    assert said(QuotaState.OFFLINE, SLOW) == f"{HOST} did not answer in time. {OWN_KNOWN}"
    assert said(QuotaState.OFFLINE, SLOW, hours=30).endswith("too old to rely on.")
    assert said(QuotaState.SIGNED_OUT, OUT).split("\n") == [f"{HOST} does not accept the token.", OWN_KNOWN]


UNKNOWN = "What was used since 11:20 is not known."


@pytest.mark.parametrize(
    ("one", "words"),
    [(replace(quota(), coverage_chosen=False), UNKNOWN), (quota(unit=Unit.TOKENS), UNKNOWN),
     (replace(quota(), currency="EUR"), UNKNOWN),
     (quota(kind=QuotaKind.LOCAL), "What was used since 11:20 is not in it."),
     (window("5-hour window", 38, 3).quota, "It is told only while its agent works, the last time at 11:20."),
     (quota(period=Period(at(1, 0), NOW - HOUR)), "The figure is from 11:20, before the reset at 13:20.")],
)  # fmt: skip
def test_nothing_is_promised_that_is_not_so(one: Quota, words: str) -> None:
    assert said(QuotaState.STALE, FINE, q=one) == words


NEVER_READ = {
    ServiceState.NOT_ASKED: ("Waiting for the budget service", f"{HOST} tells what is left as soon as it answers."),
    ServiceState.ANSWERED: ("No budget set", f"{HOST} knows of no budget for you. Ask who runs it."),
    ServiceState.SIGNED_OUT: ("Signed out of the budget service", "It failed."),
    ServiceState.BLOCKED: ("Blocked by the budget service", "It failed. Only your company can lift that."),
    ServiceState.FAILED: (
        "The budget service is not available",
        "It failed. It is asked again by itself.",
    ),
}


@pytest.mark.parametrize("state", NEVER_READ)
def test_a_service_that_was_never_read_says_why_and_what_to_do(state: ServiceState) -> None:
    failure = "It failed" if state not in (ServiceState.NOT_ASKED, ServiceState.ANSWERED) else ""
    shown = glance_of(replace(SNAPSHOT, outlooks=(), service=ServiceStanding(HOST, state, 0, failure)), FIGURES)
    assert (shown.quota.answer, shown.quota.note) == NEVER_READ[state]
    assert shown.quota.large == "$24.11"
    assert not shown.offers_budget
    assert not shown.service


def beside(*others: QuotaState, standing: ServiceStanding) -> Snapshot:
    own = outlook(q=quota(kind=QuotaKind.LOCAL))
    return replace(SNAPSHOT, outlooks=(own, *(outlook(one, binds=False) for one in others)), service=standing)


def test_a_service_that_is_cut_off_is_said_beside_another_answer() -> None:
    offline = beside(QuotaState.OFFLINE, standing=SLOW)
    assert service_words.aside(offline) == f"The budget service is not available. {HOST} did not answer in time."
    assert service_words.aside(beside(QuotaState.SIGNED_OUT, standing=OUT)).endswith("does not accept the token.")
    assert service_words.aside(beside(standing=OUT)).startswith("Signed out of the budget service.")
    assert glance_of(offline, FIGURES).service == service_words.aside(offline)


def test_a_failure_while_the_figures_are_good_is_no_concern() -> None:
    assert not service_words.aside(beside(QuotaState.OK, standing=SLOW))
    assert not service_words.aside(beside(standing=FINE))
    assert not service_words.aside(replace(SNAPSHOT, service=SLOW))


def test_a_blocked_token_is_said_with_the_reason() -> None:
    stopped = outlook(QuotaState.SPENT, replace(quota(), suspended=True))
    card = glance_of(replace(SNAPSHOT, outlooks=(stopped,), service=BLOCKED), FIGURES).quota
    assert card.answer == "Suspended by your company"
    assert card.note.startswith(f"{HOST} has blocked the token. Requests are refused until your company lifts it")
