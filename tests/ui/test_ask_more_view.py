"""Asking for more, purely: whom, how much, what the manager reads, and what became of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ui.made_up import CENT, DAY, DOLLAR, FIGURES, HOUR, MONTH, NOW, SNAPSHOT, at, outlook, quota, window

from taximeter.domain.increase import IncreaseRequest, RequestStatus
from taximeter.domain.quota import Outlook, Period, QuotaKind, QuotaState, Unit
from taximeter.ledger.readmodels import Snapshot
from taximeter.ledger.readmodels_service import ServiceStanding, ServiceState
from taximeter.ui import ask_more_view as asking
from taximeter.ui import request_words
from taximeter.ui.ask_more_view import Way
from taximeter.ui.ask_stage import Stage, stage_view

STANDING = ServiceStanding("budget.example.com", ServiceState.ANSWERED, read=True,
                           can=frozenset({"increase_requests", "team"}), who="Ed Ito")  # fmt: skip
SOON = outlook(QuotaState.WATCH, runs_out_at=NOW + 3 * DAY)
ASKED = IncreaseRequest("r-1", "November", "Ed Ito", Unit.MONEY, "USD", 50 * DOLLAR, "More review.", MONTH.end,
                        RequestStatus.PENDING, at(23, 14, 5))  # fmt: skip
APPROVED = replace(ASKED, status=RequestStatus.APPROVED, approved=40 * DOLLAR, ends_at=MONTH.end,
                   decided_at=at(23, 14, 15), decided_by="Mia Ortiz", note="Fine.")  # fmt: skip


def snapshot(*requests: IncreaseRequest, first: Outlook = SOON, can: frozenset[str] | None = None) -> Snapshot:
    standing = STANDING._replace(requests=requests)
    return replace(SNAPSHOT, outlooks=(first,), service=standing if can is None else standing._replace(can=can))


def test_only_a_limit_of_the_companys_can_be_raised() -> None:
    own = outlook(q=quota(kind=QuotaKind.LOCAL))
    endless = outlook(q=quota(limit=None))
    switched_off = outlook(q=replace(quota(), suspended=True))
    nobody = (own, window("5-hour window", 38, 3), endless, switched_off)
    assert asking.asked_first(replace(SNAPSHOT, outlooks=nobody)) is None
    assert asking.asked_first(replace(SNAPSHOT, outlooks=(*nobody, SOON))) is SOON
    assert asking.is_pressing(SOON)
    assert not asking.is_pressing(outlook())


def test_the_service_is_asked_where_it_takes_requests_else_a_page_else_a_text() -> None:
    paged = replace(quota(), request_url="https://intranet.example.com/more")
    nothing: frozenset[str] = frozenset()
    assert asking.way_of(snapshot(), paged) is Way.SERVICE
    assert asking.way_of(snapshot(can=nothing), paged) is Way.PAGE
    assert asking.way_of(snapshot(can=nothing), quota()) is Way.TEXT


@pytest.mark.parametrize("url", ["file:///etc/passwd", "javascript:alert(1)", "https:///more", "intranet"])
def test_the_browser_is_sent_to_no_other_kind_of_page(url: str) -> None:
    assert not asking.page_of(replace(quota(), request_url=url))


def test_what_lasts_to_the_reset_at_ones_own_pace_is_suggested() -> None:
    # $118.40 last three days, so the 4 days and 9 h 40 min after that take $173.98.
    found = asking.suggestion(SOON, NOW, FIGURES)
    assert (found.amount, found.why) == (180 * DOLLAR, "At your pace that lasts to the reset.")


def test_a_quota_that_is_used_up_takes_what_its_pace_took() -> None:
    spent = outlook(QuotaState.SPENT, quota(used=200 * DOLLAR, not_billed=0), runs_out_at=at(16, 0))
    # $200 in 15 days, so the 7 days and 9 h 40 min to the reset take $98.70.
    assert asking.suggestion(spent, NOW, FIGURES).amount == 100 * DOLLAR


def test_at_most_as_much_again_is_suggested_and_what_it_would_take_is_said() -> None:
    fast = outlook(QuotaState.LOW, quota(used=40 * DOLLAR, not_billed=0), runs_out_at=NOW + DAY)
    found = asking.suggestion(fast, NOW, FIGURES)
    assert found.amount == 200 * DOLLAR
    assert found.why == "As much again as the limit. To last to the reset at your pace takes $1,100."


@pytest.mark.parametrize("first", [
    outlook(), outlook(known=False), outlook(QuotaState.SPENT, quota(used=0, not_billed=200 * DOLLAR, period=Period(
        NOW - HOUR, NOW + 30 * DAY)))])  # fmt: skip
def test_without_a_pace_it_is_a_quarter_of_the_limit(first: Outlook) -> None:
    found = asking.suggestion(first, NOW, FIGURES)
    assert (found.amount, found.why) == (50 * DOLLAR, "A quarter of the limit.")


def test_nothing_is_suggested_where_nothing_is_granted() -> None:
    assert asking.suggestion(outlook(q=quota(limit=0)), NOW, FIGURES).amount is None


def test_the_manager_reads_who_how_much_until_when_and_what_it_makes_of_the_limit() -> None:
    view = request_words.request_view(ASKED, quota(), FIGURES)
    assert (view.title, view.until) == ("Ed Ito asks for $50 more: November", "Until Tuesday 1 December, 00:00")
    assert view.effect == "It would make the limit $250 in place of $200, with $168.40 left"
    assert view.reason == "\N{LEFT DOUBLE QUOTATION MARK}More review.\N{RIGHT DOUBLE QUOTATION MARK}"
    bare = request_words.request_view(replace(ASKED, reason="", until=None), None, FIGURES)
    assert (bare.title, bare.until, bare.effect, bare.reason) == (
        "Ed Ito asks for $50 more", "For good", "", "No reason given")  # fmt: skip


def test_a_raise_that_is_used_up_at_once_says_so() -> None:
    over = quota(used=260 * DOLLAR, not_billed=0)
    assert request_words.would_make(over, 50 * DOLLAR, FIGURES).endswith("which is used up as well")


OUTCOMES = {
    APPROVED: "Approved by Mia Ortiz, 14:15: $40 more, until 1 December 00:00",
    replace(APPROVED, status=RequestStatus.DENIED): "Not approved by Mia Ortiz, 14:15: $50 more",
    replace(APPROVED, status=RequestStatus.CANCELLED): "Taken back, 14:15: $50 more",
    replace(APPROVED, status=RequestStatus.EXPIRED): "Nobody decided in time: $50 more",
    replace(APPROVED, decided_by="", decided_at=None, ends_at=None): "Approved: $40 more, for good",
    ASKED: "",
}


@pytest.mark.parametrize("request_", OUTCOMES)
def test_what_became_of_it_is_one_sentence(request_: IncreaseRequest) -> None:
    assert request_words.outcome_words(request_, NOW, FIGURES) == OUTCOMES[request_]


def test_a_draft_names_no_project_unless_it_is_added() -> None:
    draft = asking.draft(snapshot(), quota(), 50 * DOLLAR, None, "  ")
    assert (draft.who, draft.reason) == ("Ed Ito", "")
    named = asking.with_project("More review.", "checkout-service")
    assert named == "More review.\nProject: checkout-service"
    assert asking.with_project("", "checkout-service") == "Project: checkout-service"
    assert asking.without_project(named, "checkout-service") == "More review."


def test_one_waits_at_a_time_and_the_newest_answer_counts() -> None:
    assert asking.one_waiting(snapshot(ASKED), "November", None) == ASKED
    assert asking.one_waiting(snapshot(), "November", ASKED) == ASKED
    taken_back = replace(ASKED, status=RequestStatus.CANCELLED)
    assert asking.one_waiting(snapshot(ASKED), "November", taken_back) is None
    assert asking.one_waiting(snapshot(APPROVED), "November", ASKED) is None
    assert asking.one_waiting(snapshot(ASKED), "Other", None) is None


def stage(*requests: IncreaseRequest, here: IncreaseRequest | None = None) -> tuple[Stage, str]:
    view = stage_view(snapshot(*requests), FIGURES, SOON, here)
    return view.stage, view.act


def test_each_stage_offers_its_one_verb() -> None:
    assert stage() == (Stage.WRITING, "Send")
    assert stage(ASKED) == (Stage.WAITING, "Take it back")
    assert stage(APPROVED, here=ASKED) == (Stage.OVER, "Ask again")
    assert stage(APPROVED) == (Stage.WRITING, "Send")
    assert stage_view(snapshot(), FIGURES, None, None).stage is Stage.NOTHING


def test_an_earlier_answer_is_said_before_one_asks_again() -> None:
    said = stage_view(snapshot(APPROVED), FIGURES, SOON, None).said
    assert said == "Before: Approved by Mia Ortiz, 14:15: $40 more, until 1 December 00:00."


def test_where_nobody_takes_requests_there_is_a_text_to_send() -> None:
    text = asking.text_to_send(replace(ASKED, amount=1250 * CENT), quota(), FIGURES)
    assert text.split("\n") == [
        "I would like $12.50 more of the quota November.", "Until Tuesday 1 December, 00:00.",
        "Now: $118.40 of $200 left. It would make the limit $212.50 in place of $200, with $130.90 left.",
        "More review.",
    ]  # fmt: skip


def test_scarce_room_is_said() -> None:
    assert not asking.room_words("x" * 400, FIGURES)
    assert asking.room_words("x" * 450, FIGURES) == "50 characters left"
    assert asking.room_words("x" * 503, FIGURES) == "3 characters too many"
