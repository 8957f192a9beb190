"""What the company decided of the question: a mode by agent, thresholds that nobody raises, its offer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from guard.callers import Scene
from guard.test_memory_judge import AGENT, DOLLAR, budget, judge, launch, runs

from taximeter.domain.answers import Answered
from taximeter.domain.launch import Rule, Severity, Verb
from taximeter.domain.offer import CompanyOffer, company_offer
from taximeter.domain.thresholds import Thresholds
from taximeter.guard.judging import Rules
from taximeter.guard.knowledge import rules_of, thresholds_of
from taximeter.guard.memory_judge import MemoryJudge
from taximeter.host.question_settings import QuestionSetting
from taximeter.host.settings import Settings

OTHER = "codex/allow-PreToolUse"


def knowing(seen: MemoryJudge, rules: Rules = Rules(), company: CompanyOffer | None = None) -> MemoryJudge:
    """The judge with other rules, and an offer of the company's."""
    seen.know(replace(seen._known, rules=rules, company=company))
    return seen


@pytest.mark.parametrize("mode", ["off", "observe"])
def test_an_agent_has_a_mode_of_its_own(scene: Scene, mode: str) -> None:
    scene.judge.agents = (("codex", mode),)
    scene.judge.asks_from = 1
    held, other = scene.call(1), scene.call(2, source=OTHER, session="s2")
    scene.settle()
    scene.gate.tick()
    assert held.held
    assert other.went_on
    (question,) = scene.told.questions
    assert question.agent == "claude-code"
    written = {record.question.agent: record.mode for record in scene.told.records}
    assert written == {"claude-code": "ask"} | ({"codex": "observe"} if mode == "observe" else {})


def test_one_agent_may_be_asked_while_the_others_are_off(scene: Scene) -> None:
    scene.judge.mode, scene.judge.agents, scene.judge.asks_from = "off", (("codex", "ask"),), 1
    asked, other = scene.call(1, source=OTHER), scene.call(2, session="s2")
    scene.settle()
    assert asked.held
    assert other.went_on
    assert not scene.told.records[-1].question.default_by_company


def test_a_notice_is_no_word_where_the_agent_is_only_observed(scene: Scene) -> None:
    scene.judge.level, scene.judge.asks_from, scene.judge.agents = Severity.NOTICE, 1, (("codex", "observe"),)
    scene.call(1, source=OTHER)
    scene.settle()
    assert scene.told.notices == []
    scene.reply([2])
    scene.call(2, session="s2")
    assert scene.told.notices == [1]


@pytest.mark.parametrize(
    ("keys", "amber", "red"),
    [((), False, False), (("amber_after",), True, False), (("red_default", "mode"), False, True)],
)
def test_a_question_says_whether_the_company_decided_its_end(
    scene: Scene, keys: tuple[str, ...], amber: bool, red: bool
) -> None:
    scene.judge.by_company, scene.judge.red_from = frozenset(keys), 2
    scene.judge.asks_from = 1
    scene.reply([1])
    scene.call(1)
    assert scene.told.questions[0].default_by_company is amber
    scene.reply([2, 3], "msg2")
    scene.call(2, session="s2")
    scene.look()
    assert scene.told.questions[-1].verdict.level is Severity.RED
    assert scene.told.questions[-1].default_by_company is red


def test_a_threshold_of_the_companys_is_marked_and_no_higher_one_is_offered() -> None:
    kinds = launch(*["Explore"] * 8)
    seen = judge(budget(120))
    found = seen.judge(kinds)
    assert found.verdict.findings[0].rule is Rule.LEFT
    answers = (Answered(AGENT, frozenset({"Explore"}), Rule.LEFT, Verb.RUN),) * 2
    seen.know(replace(seen._known, answers=answers))
    assert (seen.judge(kinds).offer is None, seen.judge(kinds).threshold_by_company) == (False, False)
    for key, offered, marked in (
        ("left_amber_percent", False, True), ("left_red_percent", True, True), ("pace_amber_days", True, False),
    ):  # fmt: skip
        decided = knowing(seen, Rules(by_company=frozenset({f"thresholds.{key}"}))).judge(kinds)
        assert (decided.offer is not None, decided.threshold_by_company) == (offered, marked), key


def test_the_companys_model_has_its_range_where_it_was_used_and_has_a_price() -> None:
    seen = [*runs("big-model-5", 2 * DOLLAR), *runs("small-model-5-2026", DOLLAR // 10), *runs("free", DOLLAR // 50)]
    kinds = launch(*["Explore"] * 8, model="big-model-5")
    known = judge(budget(60), seen=seen)
    assert known.judge(kinds).cheaper is not None
    offered = knowing(known, company=CompanyOffer("Try it.", model="small-model")).judge(kinds)
    assert offered.company is not None
    assert (offered.company.model, offered.company.text) == ("small-model-5-2026", "Try it.")
    assert offered.company.cost is not None
    assert offered.company.cost.p50 < 4 * DOLLAR
    for model in ("free", "never-seen"):
        other = knowing(known, company=CompanyOffer(model=model)).judge(kinds).company
        assert other == CompanyOffer(model=model), model


def test_the_same_model_is_not_named_twice_and_none_is_offered_in_its_own_place() -> None:
    seen = [*runs("big-model-5", 2 * DOLLAR), *runs("small-model-5", DOLLAR // 10)]
    kinds, known = launch(*["Explore"] * 8), judge(budget(60), seen=seen)
    assert knowing(known, company=CompanyOffer(model="small-model-5")).judge(kinds).cheaper is None
    assert knowing(known, company=CompanyOffer(model="big-model-5")).judge(kinds).company is None
    rest = knowing(known, company=CompanyOffer("Ask Ana.", model="big-model")).judge(kinds).company
    assert rest == CompanyOffer("Ask Ana.")


def test_an_offer_is_never_a_reason_to_ask() -> None:
    quiet = knowing(judge(budget(200)), company=CompanyOffer("Try it.", "house", model="x")).judge(launch("Explore"))
    assert quiet.verdict.level < Severity.AMBER
    assert quiet.company is None


def test_an_agent_is_called_installed_where_it_was_found() -> None:
    names = {"house": "House agent"}
    assert company_offer("", "", "", names, ()) is None
    assert company_offer("", "house", "", names, ("house",)) == CompanyOffer(agent="House agent", installed=True)
    assert company_offer("", "other", "", names, ("house",)) == CompanyOffer(agent="other")


def test_amounts_of_the_companys_hold_in_the_price_books_currency_alone() -> None:
    setting = QuestionSetting(company_amounts=(("cold_amount", 7 * DOLLAR, "EUR"),))
    assert thresholds_of(setting, "USD") == Thresholds()
    assert thresholds_of(setting, "EUR") == Thresholds(cold_amount=7 * DOLLAR)


def test_the_rules_know_what_the_company_decided() -> None:
    settings = Settings(question=QuestionSetting(agents=(("a", "off"),)),
                        company=(("question.mode", "x"), ("offer.model", "x"), ("question.agents.a", "x")))  # fmt: skip
    rules = rules_of(settings)
    assert rules.by_company == {"mode", "agents.a"}
    assert (rules.mode_of("a"), rules.mode_of("b")) == ("off", "ask")
