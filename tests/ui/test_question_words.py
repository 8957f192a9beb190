"""What a question says: each rule's sentence with its number, ranges, the countdown, and what was decided."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ui.asked import AMBER, COLD, RED, SCENES
from ui.made_up import CENT, DAY, DOLLAR, FIGURES, HOUR, NOW, changed

from taximeter.domain.launch import Answer, Finding, Kind, Level, Question, Rule, Severity, Source, Spread, Verb
from taximeter.ui import question_words as words
from taximeter.ui.question_scenes import budget_left
from taximeter.ui.question_view import question_view

HIDDEN = replace(FIGURES, hidden=True)
S = Severity
FINDINGS = {
    "a share of what is left": (
        Finding(Rule.LEFT, S.AMBER, "month", percent=41), "It takes about 41 % of what Monthly budget has left.",
    ),
    "the upper end is over all": (
        Finding(Rule.LEFT, S.AMBER, "month", percent=62, over_all=True),
        "It takes about 62 % of what Monthly budget has left, and perhaps more than all.",
    ),
    "the middle is over all": (
        Finding(Rule.LEFT, S.RED, "month", percent=125, over_all=True),
        "It likely takes more than all that Monthly budget has left.",
    ),
    "another quota is named as it is known": (
        Finding(Rule.LEFT, S.RED, "team", percent=30), "It takes about 30 % of what team has left.",
    ),
    "the end moves by days": (
        Finding(Rule.PACE, S.AMBER, "month", runs_out_at=NOW + 3 * DAY, ran_out_at=NOW + 6 * DAY),
        "At this pace, Monthly budget runs out Thursday instead of Sunday.",
    ),
    "the end moves by hours": (
        Finding(Rule.PACE, S.NOTICE, "month", runs_out_at=NOW + HOUR, ran_out_at=NOW + 3 * HOUR),
        "At this pace, Monthly budget runs out 15:20 instead of 17:20.",
    ),
    "it would have lasted": (
        Finding(Rule.PACE, S.AMBER, "month", runs_out_at=NOW + 3 * DAY),
        "At this pace, Monthly budget runs out Thursday, before its reset.",
    ),
    "one's own usual": (
        Finding(Rule.TYPICAL, S.AMBER, usual=312 * CENT, launches=34),
        "Your launches are usually about $3.10 (34 of them).",
    ),
    "nothing to compare with": (
        Finding(Rule.COLD_START, S.AMBER), "8 agents at once, and no launch of yours to compare with yet.",
    ),
    "one to compare with": (
        Finding(Rule.COLD_START, S.AMBER, launches=1),
        "8 agents at once, and only 1 launch of yours to compare with.",
    ),
    "few to compare with": (
        Finding(Rule.COLD_START, S.AMBER, launches=2),
        "8 agents at once, and only 2 launches of yours to compare with.",
    ),
    "no budget": (
        Finding(Rule.COLD_START, S.AMBER, launches=9), "8 agents at once, and no budget to compare with.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FINDINGS)
def test_a_rule_is_named_with_its_number(case: str) -> None:
    finding, text = FINDINGS[case]
    assert words.finding_words(AMBER, finding, NOW, FIGURES).replace("\N{NO-BREAK SPACE}", " ") == text


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"suspended": True}, "Your company lets nothing through: Monthly budget is suspended."),
        ({"told_left": 0}, "Nothing is left of Monthly budget."),
    ],
)
def test_a_quota_that_lets_nothing_through_says_why(fields: dict[str, object], text: str) -> None:
    finding, binding = Finding(Rule.LEFT, S.RED, "month", over_all=True), RED.verdict.binding
    assert binding is not None
    stopped = replace(binding, quota=changed(binding.quota, **fields))
    asked = replace(RED, verdict=replace(RED.verdict, findings=(finding,), binding=stopped))
    assert words.finding_words(asked, finding, NOW, FIGURES) == text
    assert question_view(asked, NOW, FIGURES).left_name == "Before it"
    refused = replace(asked, verdict=replace(asked.verdict, binding=replace(binding, refused_at=NOW)))
    assert words.finding_words(refused, finding, NOW, FIGURES) == (
        "Monthly budget lets nothing through: an agent was refused.")  # fmt: skip


def test_two_rules_at_most_and_the_cheaper_way() -> None:
    verdict = replace(RED.verdict, findings=tuple(found for found, _ in FINDINGS.values()))
    text = words.reasons(replace(RED, verdict=verdict), NOW, FIGURES)
    assert text.count("Monthly budget") == 2
    assert text.endswith("On haiku: $1.80 to $5.20.")


RANGES = (
    (Spread(1120 * CENT, 1710 * CENT, 2870 * CENT), "$11 to $29"),
    (Spread(180 * CENT, 310 * CENT, 520 * CENT), "$1.80 to $5.20"),
    (Spread(12 * CENT, 31 * CENT, 64 * CENT), "$0.12 to $0.64"),
    (Spread(20 * CENT, 1200 * CENT, 9000 * CENT), "$0.20 to $90"),
    (Spread(30 * CENT, 30 * CENT, 30 * CENT), "$0.30"),
)


@pytest.mark.parametrize(("cost", "text"), RANGES)
def test_a_range_is_as_exact_as_its_middle(cost: Spread, text: str) -> None:
    assert words.range_words(cost, "USD", FIGURES) == text


def test_the_launch_and_what_it_leaves_add_up() -> None:
    view = question_view(RED, NOW, FIGURES)
    assert (view.launch, view.left_name, view.left) == (
        "$11 to $29, about $17", "Leaves about", "$24 of $41, for 7 more days")  # fmt: skip


def test_what_is_never_reset_has_no_days_to_last() -> None:
    binding = RED.verdict.binding
    assert binding is not None
    endless = replace(binding, quota=replace(binding.quota, resets=False))
    view = question_view(replace(RED, verdict=replace(RED.verdict, binding=endless)), NOW, FIGURES)
    assert view.left == "$24 of $41, never reset"


@pytest.mark.parametrize("left", [1850, 1999, 4120, 4150, 11_849, 123_456])
@pytest.mark.parametrize("middle", [96, 140, 949, 1049, 1750])
def test_shown_figures_always_add_up(left: int, middle: int) -> None:
    cost = Spread(middle * CENT // 2, middle * CENT, middle * CENT * 2)
    verdict = replace(RED.verdict, binding=budget_left(NOW, left * CENT, 2000 * DOLLAR))
    view = question_view(replace(RED, forecast=replace(RED.forecast, cost=cost), verdict=verdict), NOW, FIGURES)
    after, whole = (float(part.strip("$,").replace(",", "")) for part in view.left.split(" ")[:3:2])
    assert after + float(view.launch.rpartition("$")[2]) == pytest.approx(whole)


def test_without_a_basis_only_the_floor_is_told() -> None:
    view = question_view(COLD, NOW, FIGURES)
    assert (view.launch, view.left, view.bar) == ("at least $0.40: no basis yet", "", None)
    assert view.basis == "Too few earlier runs for a range."
    nothing = replace(COLD, forecast=replace(COLD.forecast, floor=0))
    assert question_view(nothing, NOW, FIGURES).launch == "not known: no basis yet"


def test_without_a_basis_the_budget_is_still_shown_as_it_is() -> None:
    verdict = replace(COLD.verdict, binding=RED.verdict.binding)
    view = question_view(replace(COLD, verdict=verdict), NOW, FIGURES)
    assert (view.left_name, view.left) == ("Before it", "$41.20 left, for 7 more days")
    assert view.bar is not None
    assert view.bar.middle is None


def test_a_launch_over_all_that_is_left_says_by_how_much() -> None:
    view = question_view(SCENES["over-all"][0], NOW, FIGURES)
    assert (view.left_name, view.left) == ("Takes about", "$7 more than the $24 left, for 7 more days")


def test_the_range_lies_where_it_would_fall() -> None:
    bar = question_view(RED, NOW, FIGURES).bar
    assert bar is not None
    assert (bar.now, bar.low, bar.high) == pytest.approx((41.2 / 200, 12.5 / 200, 30 / 200))
    assert bar.middle == pytest.approx(24.1 / 200)
    assert bar.spoken == "Monthly budget: $41.20 of $200 left. This launch leaves $13 to $30."


BASES = (
    (Level.PROJECT, "From 34 of your runs of the same kind in this project."),
    (Level.MODEL, "From 34 of your runs of the same kind in all projects."),
    (Level.TYPE, "From 34 of your runs of the same type on any model."),
    (Level.AGENT, "From 34 of your runs of any type."),
)


@pytest.mark.parametrize(("level", "text"), BASES)
def test_the_basis_is_told(level: Level, text: str) -> None:
    assert words.basis(replace(AMBER, forecast=replace(AMBER.forecast, level=level)), NOW, FIGURES) == text


def test_an_old_figure_of_what_is_left_says_since_when() -> None:
    assert words.basis(replace(AMBER, as_of=NOW - 3 * HOUR), NOW, FIGURES).endswith("What is left is from 11:20.")


@pytest.mark.parametrize(
    ("at_end", "left", "text"),
    [(Verb.RUN, 25_000, "runs in 25 s"), (Verb.RUN, 24_001, "runs in 25 s"), (Verb.STOP, 581_000, "stops in 9:41"),
     (Verb.STOP, 60_000, "stops in 1:00"), (Verb.RUN, 1, "runs in 1 s"), (Verb.RUN, 0, "time is up")],
)  # fmt: skip
def test_the_countdown_says_what_happens_at_its_end(at_end: Verb, left: int, text: str) -> None:
    assert words.countdown(replace(AMBER, at_end=at_end, ends_at=NOW + left), NOW) == text


def test_who_starts_and_who_waits() -> None:
    assert words.origin(AMBER, FIGURES) == (
        "checkout-service: 5 reviewer (opus), 3 explore (haiku). Claude Code is waiting.")  # fmt: skip
    growing = words.origin(replace(AMBER, counting=True, already=2), FIGURES)
    assert "perhaps more. 2 of them run already." in growing
    unknown = replace(AMBER, project="", kinds=(Kind("", "", 8),), source=Source.LOOP)
    assert words.origin(unknown, FIGURES) == (
        "no project: 8 agents. One script starts them one by one. Claude Code is waiting.")  # fmt: skip


def test_a_workflow_is_not_given_a_number_that_nobody_knows() -> None:
    view = question_view(SCENES["workflow"][0], NOW, FIGURES)
    assert not any(char.isdigit() for text in (view.title, view.origin) for char in text)
    assert [verb.text for verb in view.verbs] == ["Stop", "Run it"]


def test_the_limit_is_offered_only_where_it_fits() -> None:
    def verbs(fits: int | None) -> list[str]:
        asked = replace(AMBER, verdict=replace(AMBER.verdict, fits=fits))
        return [verb.text for verb in question_view(asked, NOW, FIGURES).verbs]

    assert verbs(3) == ["Stop", "At most 3", "Run all 8"]
    for fits in (None, 0, 8, 9):
        assert verbs(fits) == ["Stop", "Run all 8"]


OUTCOMES = (
    (Answer(Verb.EXPIRED), ("8 agents start", "Nobody answered in time.")),
    (Answer(Verb.EXPIRED, 0), ("Nothing more is started", "Nobody answered in time.")),
    (Answer(Verb.LIMIT, 3, "notification"), ("At most 3 agents start", "Answered in the notification.")),
    (Answer(Verb.STOP, by="command"), ("Nothing more is started", "Answered on the command line.")),
    (Answer(Verb.RUN, by="policy"), ("8 agents start", "Decided by your company's settings.")),
)


@pytest.mark.parametrize(("answer", "text"), OUTCOMES)
def test_what_was_decided_is_told_with_who_decided_it(answer: Answer, text: tuple[str, str]) -> None:
    given = answer._replace(by="default") if answer.verb is Verb.EXPIRED else answer
    assert words.outcome(AMBER, given) == text


@pytest.mark.parametrize("question", [*(one for many in SCENES.values() for one in many)])
def test_hidden_numbers_hide_every_amount(question: Question) -> None:
    view = question_view(question, NOW, HIDDEN)
    amounts = [view.launch, view.left.split(",")[0], *([view.bar.spoken, view.bar.limit] if view.bar else [])]
    assert not [text for text in amounts if any(char.isdigit() for char in text)]
    assert "$" not in view.reasons.replace("$\N{BULLET}", "")


def test_names_that_are_too_long_lose_their_middle_and_stay_in_the_tooltip() -> None:
    question = SCENES["long-names"][0]
    view = question_view(question, NOW, FIGURES)
    assert max(map(len, view.origin.split())) <= words.LONGEST_NAME + len("(),")
    assert question.project in view.full_origin


def test_amounts_are_told_in_the_questions_currency() -> None:
    assert question_view(changed(AMBER, currency="EUR"), NOW, FIGURES).launch == "€11 to €29, about €17"
