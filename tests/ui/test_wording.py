"""What is said about a quota in each of its states."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ui.made_up import CENT, DAY, DOLLAR, EMPTY, FIGURES, HOUR, NOW, SNAPSHOT, at, changed, outlook, quota, window

from taximeter.domain.quota import Coverage, Outlook, Period, QuotaKind, QuotaState, Refusal, Unit
from taximeter.domain.usage import Totals
from taximeter.ledger.readmodels import IndexProgress, Snapshot
from taximeter.ui import wording, work_words
from taximeter.ui.shapes import GaugeState

NB = "\N{NO-BREAK SPACE}"


def having(one: Outlook, refusal: Refusal | None = None) -> Snapshot:
    return replace(SNAPSHOT, outlooks=(one,), refusal=refusal)


THURSDAY = at(26, 11)
REFUSED = Refusal(at(23, 14, 5), "claude-code", "s-live", "budget")
HEADLINES = {
    "lasts": (having(outlook()), "Lasts past the reset"),
    "later this week": (having(outlook(QuotaState.WATCH, runs_out_at=THURSDAY)), "Runs out Thursday"),
    "tomorrow": (having(outlook(QuotaState.WATCH, runs_out_at=NOW + DAY)), "Runs out tomorrow"),
    "today": (having(outlook(QuotaState.LOW, runs_out_at=NOW + 2 * HOUR)), "Runs out today, about 16:20"),
    "next week": (having(outlook(QuotaState.WATCH, runs_out_at=at(30, 23))), "Runs out 30 November"),
    "too early": (having(outlook(known=False)), "Too early to say if it lasts"),
    "spent": (having(outlook(QuotaState.SPENT)), "Used up"),
    "spent since": (having(outlook(QuotaState.SPENT, runs_out_at=at(23, 14, 5))), "Used up since 14:05"),
    "refused": (having(outlook(), refusal=REFUSED), "Used up since 14:05"),
    "rate limited": (having(outlook(), refusal=changed(REFUSED, reason="rate")), "Lasts past the reset"),
    "offline": (having(outlook(QuotaState.OFFLINE)), "The budget service is not available"),
    "signed out": (having(outlook(QuotaState.SIGNED_OUT)), "Signed out of the budget service"),
    "unlimited": (having(outlook(q=quota(None))), "No limit"),
    "suspended": (having(outlook(QuotaState.SPENT, replace(quota(), suspended=True))), "Suspended by your company"),
    "stale and used up": (
        having(outlook(QuotaState.STALE, quota(100 * DOLLAR, 100 * DOLLAR), runs_out_at=NOW - DAY)),
        "Used up",
    ),
    "reset": (
        having(outlook(QuotaState.STALE, quota(period=Period(at(1, 0), NOW - HOUR)))),
        "Reset, no new figure yet",
    ),
    "no share": (having(outlook(QuotaState.SPENT, quota(0, 0, 0))), "Nothing is granted"),
    "never reset": (having(outlook(q=replace(quota(), resets=False))), "Lasts for a long time"),
    "no quota": (replace(SNAPSHOT, outlooks=()), "No budget set"),
    "nothing read": (EMPTY, "Nothing has been read yet"),
}


@pytest.mark.parametrize("case", HEADLINES)
def test_the_large_answer(case: str) -> None:
    snapshot, words = HEADLINES[case]
    assert wording.headline(snapshot, FIGURES) == words


LEFT = {
    "money": (quota(), "$118.40 left"),
    "nothing": (quota(100 * DOLLAR, 100 * DOLLAR, 0), "Nothing left"),
    "over": (quota(100 * DOLLAR, 104 * DOLLAR, 0), "$4.00 over"),
    "less than a cent": (quota(100 * DOLLAR, 100 * DOLLAR - 1, 0), "< $0.01 left"),
    "unpriced": (quota(unpriced=38_000), "At most $118.40 left"),
    "held": (quota(held=20 * DOLLAR), "$98.40 left"),
    "tokens": (quota(5_000_000, 3_800_000, 0, unit=Unit.TOKENS), "1.2 M tokens left"),
    "requests": (quota(300, 180, 0, unit=Unit.REQUESTS), "120 requests left"),
    "credits": (quota(1500 * 10**9, 0, 0, unit=Unit.CREDITS), "1,500 credits left"),
    "parts of credits": (quota(15 * 10**8, 0, 0, unit=Unit.CREDITS), "1.50 credits left"),
    "hardly a credit": (quota(1, 0, 0, unit=Unit.CREDITS), "< 0.01 credits left"),
    "plan window": (window("Weekly window", 62, 76).quota, "38 % left"),
    "suspended": (replace(quota(), suspended=True, told_left=0), "Nothing usable"),
    "no limit": (quota(None), "$81.60 used"),
}


@pytest.mark.parametrize("case", LEFT)
def test_what_is_left(case: str) -> None:
    one, words = LEFT[case]
    assert wording.left_words(one, FIGURES).replace(NB, " ") == words


def test_what_is_used_names_each_part() -> None:
    one = quota(unpriced=38_000, held=5 * DOLLAR)
    assert wording.used_words(one, FIGURES).replace(NB, " ") == (
        "at least $81.60 used, 38 k tokens unpriced, $11.90 not billed yet"
    )
    assert wording.used_words(quota(None), FIGURES) == "$11.90 not billed yet"


def test_the_other_limits_are_one_line() -> None:
    fine, risky = window("5-hour window", 38, 3), window("Weekly window", 90, 76, QuotaState.LOW)
    stale = window("Weekly window", 20, 76, QuotaState.STALE)
    assert wording.others_words((fine,)) == "1 other limit, fine"
    assert wording.others_words((fine, fine)) == "2 other limits, both fine"
    assert wording.others_words((fine, fine, fine)) == "3 other limits, all fine"
    assert wording.others_words((fine, risky)) == "2 other limits, 1 to watch"
    assert wording.others_words((fine, stale)) == "2 other limits, 1 not up to date"


@pytest.mark.parametrize(
    ("state", "shape"),
    [(QuotaState.OK, GaugeState.OK), (QuotaState.WATCH, GaugeState.WATCH), (QuotaState.LOW, GaugeState.LOW),
     (QuotaState.SPENT, GaugeState.SPENT), (QuotaState.STALE, GaugeState.STALE), (QuotaState.OFFLINE, GaugeState.OFF),
     (QuotaState.SIGNED_OUT, GaugeState.OFF)],
)  # fmt: skip
def test_each_state_has_its_shape(state: QuotaState, shape: GaugeState) -> None:
    assert wording.gauge_state(having(outlook(state)))[0] is shape


def test_no_data_is_no_gauge_rather_than_an_empty_one() -> None:
    assert wording.gauge_state(None)[0] is GaugeState.NONE
    assert wording.gauge_state(EMPTY)[0] is GaugeState.NONE


def test_a_refusal_stands_for_the_quota_that_covers_the_agent() -> None:
    own = outlook(q=quota(kind=QuotaKind.LOCAL, covers=Coverage(("codex",))))
    plan = window("5-hour window", 38, 3)
    both = replace(SNAPSHOT, outlooks=(own, plan))
    stopped = wording.stop_of(replace(both, refusal=Refusal(NOW, "codex", "", "plan_window")))
    assert stopped is not None
    assert stopped.outlook is plan
    company = outlook(q=quota(covers=Coverage(("codex",))))
    refused = wording.stop_of(replace(both, outlooks=(own, company), refusal=Refusal(NOW, "codex", "", "budget")))
    assert refused is not None
    assert refused.outlook is company, "a budget of one's own refuses nothing"
    foreign = wording.stop_of(replace(both, refusal=Refusal(NOW, "claude-code", "", "budget")))
    assert foreign is not None
    assert foreign.outlook is None


def test_an_agent_is_covered_by_a_pattern_as_the_sums_read_it() -> None:
    assert wording.covers(quota(covers=Coverage(("cod*",))), "codex")
    assert not wording.covers(quota(covers=Coverage(("Cod*",))), "codex")


def test_a_refusal_that_the_figure_does_not_show_is_said() -> None:
    said = wording.refusal_words(having(outlook(), refusal=REFUSED), FIGURES)
    assert said.startswith("Claude Code was refused at 14:05")
    spent = outlook(QuotaState.SPENT, quota(81_600 * 1_000_000, 81_600 * 1_000_000, 0))
    assert not wording.refusal_words(having(spent, refusal=REFUSED), FIGURES)


def test_resets_as_countdown_and_as_clock() -> None:
    assert wording.reset_words(quota(), NOW, FIGURES) == "7 days to go"
    assert wording.reset_words(quota(), NOW, FIGURES, as_clock=True) == "until 1 December 00:00"


def test_where_there_is_no_reset_to_wait_for_that_is_said() -> None:
    over = replace(quota(), period=Period(at(1, 0), NOW - HOUR))
    assert wording.reset_words(replace(quota(), resets=False), NOW, FIGURES) == "never reset"
    assert wording.reset_words(replace(quota(), suspended=True), NOW, FIGURES) == "until it is lifted"
    assert wording.reset_words(over, NOW, FIGURES) == "reset since then"


def test_today_running_and_progress() -> None:
    assert work_words.today_words(SNAPSHOT, FIGURES) == "Today $24.11"
    assert work_words.today_words(replace(SNAPSHOT, today=Totals()), FIGURES) == "Nothing used today"
    assert work_words.running_words(SNAPSHOT.running) == "Running: checkout-service, 4 agents"
    assert work_words.running_words(SNAPSHOT.running * 2) == "Running: 2 sessions, 8 agents"
    assert work_words.running_words(()) == "No agent is running"
    assert work_words.progress_words(IndexProgress(1204, 5310, 0, 0), FIGURES).endswith("1,204 of 5,310 files")
    assert not work_words.progress_words(IndexProgress(), FIGURES)
    assert not work_words.progress_words(IndexProgress(10, 10, 0, 0), FIGURES)


def test_a_pace_that_cannot_be_priced_is_not_said() -> None:
    assert work_words.per_hour_words(940 * CENT, FIGURES) == "$9.40 an hour"
    assert not work_words.per_hour_words(None, FIGURES)


def test_what_is_left_of_how_much() -> None:
    assert wording.rest_of_whole(quota(), FIGURES) == "$118.40 of $200 left"
    assert wording.rest_of_whole(quota(unpriced=1), FIGURES) == "at most $118.40 of $200 left"
    assert wording.rest_of_whole(quota(100 * DOLLAR, 104 * DOLLAR, 0), FIGURES) == "$4.00 over the $100"
    assert wording.rest_of_whole(quota(100 * DOLLAR, 100 * DOLLAR, 0), FIGURES) == "nothing left of $100"
    tokens = quota(5_000_000, 3_800_000, 0, unit=Unit.TOKENS)
    assert wording.rest_of_whole(tokens, FIGURES).replace(NB, " ") == "1.2 M of 5.0 M tokens left"
    assert wording.rest_of_whole(replace(quota(), suspended=True), FIGURES) == "nothing usable of $200"
    assert wording.rest_of_whole(quota(None), FIGURES) == "$81.60 used, no limit"


def test_no_sentence_shouts() -> None:
    said = [wording.headline(snapshot, FIGURES) for snapshot, _ in HEADLINES.values()]
    assert not [text for text in said if "!" in text]
