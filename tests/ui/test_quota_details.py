"""The quiet lines below a quota's bar, and what becomes of requests when nothing is left."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ui.made_up import CENT, DAY, DOLLAR, FIGURES, NOW, SNAPSHOT, at, outlook, quota, window

from taximeter.domain.quota import Enforcement, Increase, Outlook, Quota, QuotaKind, QuotaState, Unit
from taximeter.ui.glance import bar_view, glance_of
from taximeter.ui.quota_details import (
    LONGEST_MESSAGE,
    Effect,
    coverage_words,
    details,
    effect_of,
    meaning_words,
    provenance,
    soft_words,
    spent_note,
)

SPENT = quota(200 * DOLLAR, 200 * DOLLAR, 0)
FRIDAY = at(27, 12)


def lines(one: Outlook | Quota) -> tuple[str, ...]:
    return details(one if isinstance(one, Outlook) else outlook(q=one), NOW, FIGURES)


def test_a_plain_budget_has_no_lines() -> None:
    assert lines(quota(kind=QuotaKind.LOCAL)) == ()


def test_each_fact_is_a_line() -> None:
    rich = replace(quota(held=420 * CENT), origin="budget.example.com", increase=Increase(50 * DOLLAR, FRIDAY),
                   soft_limit=160 * DOLLAR)  # fmt: skip
    assert lines(outlook(QuotaState.WATCH, rich)) == (
        "November, told by budget.example.com",
        "$4.20 held for launches that run",
        "Includes $50 more until Friday",
        "Small triangle: your company warns at $160 used",
        "When it is used up, requests are refused",
    )


def test_an_increase_without_an_end_names_none() -> None:
    assert lines(replace(quota(), increase=Increase(50 * DOLLAR, None))) == ("Includes $50 more for a while",)


def test_the_warning_is_a_mark_until_it_is_passed() -> None:
    warned = replace(quota(), soft_limit=160 * DOLLAR)
    assert bar_view(outlook(q=warned), "").soft == pytest.approx(40 / 200)
    assert bar_view(outlook(), "").soft is None
    late = replace(warned, soft_limit=300 * DOLLAR)
    assert bar_view(outlook(q=late), "").soft is None
    assert soft_words(late, FIGURES) == "Your company warns at $300 used"
    assert soft_words(replace(warned, soft_limit=80 * DOLLAR), FIGURES) == "Past the $80 at which your company warns"
    assert soft_words(replace(warned, limit=None), FIGURES) == "Your company warns at $160 used"
    tokens = replace(quota(5_000_000, 100, 0, unit=Unit.TOKENS), soft_limit=4_000_000)
    assert soft_words(tokens, FIGURES).replace("\N{NO-BREAK SPACE}", " ").endswith("at 4.0 M tokens used")


EFFECTS = {
    Enforcement.BLOCK: (Effect.REFUSED, "Requests are refused until 1 December 00:00.", "What stopped"),
    Enforcement.THROTTLE: (Effect.SLOWED, "Requests are slowed until 1 December 00:00.", "What is slowed"),
    Enforcement.WARN: (Effect.TOLD, "Nothing is stopped, your company is told.", "What that means"),
    Enforcement.NONE: (Effect.COUNTED, "Nothing is stopped, it only counts.", "What that means"),
}


@pytest.mark.parametrize("does", EFFECTS)
def test_block_throttle_and_warn_read_differently(does: Enforcement) -> None:
    effect, note, link = EFFECTS[does]
    one = replace(SPENT, enforcement=does)
    assert effect_of(one) is effect
    shown = glance_of(replace(SNAPSHOT, outlooks=(outlook(QuotaState.SPENT, one),)), FIGURES)
    assert shown.quota.note == note
    assert shown.used_up.startswith(link)


def test_before_it_is_used_up_each_says_what_will_become_of_requests() -> None:
    threats = {
        lines(outlook(QuotaState.LOW, replace(quota(), enforcement=does))) for does in EFFECTS
    }  # fmt: skip
    assert len(threats) == len(EFFECTS)
    assert lines(outlook(runs_out_at=NOW + DAY)) == ("When it is used up, requests are refused",)
    assert lines(outlook()) == ()


def test_a_budget_of_ones_own_and_a_plan_window_follow_from_their_kind() -> None:
    assert effect_of(quota(kind=QuotaKind.LOCAL)) is Effect.OWN
    assert effect_of(window("5-hour window", 100, 3).quota) is Effect.REFUSED
    assert effect_of(replace(quota(), enforcement=Enforcement.WARN, suspended=True)) is Effect.REFUSED
    assert meaning_words(None) == "What stopped, and what still works"


def test_what_never_ends_by_itself_names_no_day() -> None:
    never = outlook(QuotaState.SPENT, replace(SPENT, resets=False))
    assert spent_note(never, NOW, FIGURES) == "Requests are refused. It is never reset."
    nothing = outlook(QuotaState.SPENT, quota(0, 0, 0))
    assert spent_note(nothing, NOW, FIGURES) == "Requests are refused. It takes a higher limit."
    stopped = outlook(QuotaState.SPENT, replace(quota(), suspended=True, message="Ask the help desk."))
    assert bar_view(stopped, "").pace is None
    assert spent_note(stopped, NOW, FIGURES) == (
        "Requests are refused until your company lifts it. Ask the help desk."
    )


def test_nobody_said_what_it_pays_for() -> None:
    unsaid = replace(quota(), coverage_chosen=False)
    assert coverage_words(unsaid).startswith(
        "Nobody said what it pays for, so nothing of this desktop is taken off it."
    )
    assert not coverage_words(quota())
    assert glance_of(replace(SNAPSHOT, outlooks=(outlook(q=unsaid),)), FIGURES).quota.hint == coverage_words(unsaid)


def test_the_bar_says_its_marks_to_a_screen_reader() -> None:
    warned = replace(quota(), origin="budget.example.com", soft_limit=160 * DOLLAR)
    bar = glance_of(replace(SNAPSHOT, outlooks=(outlook(q=warned),)), FIGURES).quota.bar
    assert bar is not None
    assert bar.spoken == "November: $118.40 of $200 left. Small triangle: your company warns at $160 used."


def test_who_it_is_granted_to_and_who_set_it_is_said_where_it_is_told() -> None:
    assert provenance(quota()) == ""
    told = replace(quota(), who="Erin Example", source="the platform team")
    assert provenance(told) == "Granted to Erin Example. Set by the platform team"


def test_what_the_service_has_to_say_is_shown_within_bounds() -> None:
    assert lines(replace(quota(), message="Prices change in December.")) == ("Prices change in December.",)
    assert len(lines(replace(quota(), message="long " * 1000))[0]) == LONGEST_MESSAGE


def test_hidden_numbers_hide_every_amount() -> None:
    rich = replace(quota(held=420 * CENT), increase=Increase(50 * DOLLAR, FRIDAY), soft_limit=160 * DOLLAR)
    said = details(outlook(QuotaState.WATCH, rich), NOW, replace(FIGURES, hidden=True))
    assert not [line for line in said if any(char.isdigit() for char in line)]
