"""The questions that a gallery shows, made up so that their figures add up: what is left, what it takes, what stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from taximeter.domain.launch import (
    Finding,
    Forecast,
    Kind,
    Level,
    Question,
    Rule,
    Severity,
    Source,
    Spread,
    Verb,
    Verdict,
)
from taximeter.domain.offer import CompanyOffer
from taximeter.domain.quota import Outlook, Period, Quota, QuotaKind, QuotaState, Unit
from taximeter.domain.thresholds import Thresholds
from taximeter.ui.figures import DAY, MINUTE, NANO, SECOND

CENT = NANO // 100
LONG = "the-service-whose-name-somebody-made-much-too-long-for-any-window-to-hold"


@dataclass(frozen=True, slots=True)
class QuestionScene:
    """Questions that are open at ``now``; with ``over`` they have ended by then."""

    name: str
    questions: tuple[Question, ...]
    hidden: bool = False
    over: bool = False


def question_scenes(now: int, agent: str) -> Iterator[QuestionScene]:
    """Every state of the window. ``agent`` is the id of the coding agent that waits."""
    amber, red, cold = _amber(now, agent), _red(now, agent), _cold(now, agent)
    yield QuestionScene("amber", (amber,))
    yield QuestionScene("red", (red,))
    yield QuestionScene("no-basis", (cold,))
    yield QuestionScene("no-limit", (replace(amber, verdict=replace(amber.verdict, fits=None)),))
    yield QuestionScene("offer", (replace(amber, offer=Thresholds(pace_amber_days=4)),))
    yield QuestionScene("by-company", (_by_company(amber),))
    yield QuestionScene("stack", (amber, replace(red, id="other", project="ledger-api")))
    yield QuestionScene("growing", (_growing(amber),))
    yield QuestionScene("workflow", (_workflow(amber),))
    yield QuestionScene("over-all", (_over_all(now, agent),))
    yield QuestionScene("numbers-hidden", (amber,), hidden=True)
    yield QuestionScene("long-names", (_long_names(red),))
    yield QuestionScene("afterwards", (amber,), over=True)


def budget_left(now: int, left: int, limit: int = 200 * NANO) -> Outlook:
    """A month's budget of which so much is left, with a week to go."""
    period = Period(now - 23 * DAY, now + 7 * DAY + 2 * MINUTE)
    quota = Quota("month", "Monthly budget", QuotaKind.LOCAL, Unit.MONEY, "USD", limit, limit - left, 0, 0, period, now)
    return Outlook(quota, QuotaState.OK, None, True, None, True)


def _amber(now: int, agent: str) -> Question:
    cost = Spread(1120 * CENT, 1710 * CENT, 2870 * CENT)
    findings = (
        Finding(Rule.PACE, Severity.AMBER, "month", runs_out_at=now + 3 * DAY, ran_out_at=now + 6 * DAY),
        Finding(Rule.LEFT, Severity.AMBER, "month", percent=1710 * 100 // 11840),
    )
    verdict = Verdict(Severity.AMBER, findings, 3, budget_left(now, 11840 * CENT))
    return Question(
        id="first", agent=agent, session="s1", project="checkout-service", source=Source.CALLS,
        kinds=(Kind("reviewer", "opus", 5), Kind("explore", "haiku", 3)), agents=8, already=0, counting=False,
        forecast=Forecast(8, cost, 200 * CENT, Level.PROJECT, 34), verdict=verdict, currency="USD",
        asked_at=now, ends_at=now + 25 * SECOND, at_end=Verb.RUN,
        cheaper=("haiku", Spread(180 * CENT, 310 * CENT, 520 * CENT)), as_of=now,
    )  # fmt: skip


def _red(now: int, agent: str) -> Question:
    findings = (
        Finding(Rule.LEFT, Severity.RED, "month", percent=1710 * 100 // 4120),
        Finding(Rule.TYPICAL, Severity.AMBER, usual=310 * CENT, launches=34),
    )
    verdict = Verdict(Severity.RED, findings, 2, budget_left(now, 4120 * CENT))
    return replace(_amber(now, agent), verdict=verdict, ends_at=now + 9 * MINUTE + 41 * SECOND, at_end=Verb.STOP)


def _cold(now: int, agent: str) -> Question:
    found = (Finding(Rule.COLD_START, Severity.AMBER, launches=2),)
    return replace(
        _amber(now, agent), kinds=(Kind("", "opus", 5),), agents=5, cheaper=None,
        forecast=Forecast(5, None, 40 * CENT, Level.NONE, 3), verdict=Verdict(Severity.AMBER, found, None, None),
    )  # fmt: skip


def _by_company(amber: Question) -> Question:
    offer = CompanyOffer("The small model does reviews well.", "House reviewer", True, "haiku",
                         Spread(180 * CENT, 310 * CENT, 520 * CENT))  # fmt: skip
    return replace(amber, cheaper=None, company=offer, default_by_company=True, threshold_by_company=True)


def _growing(amber: Question) -> Question:
    return replace(amber, counting=True, already=2)


def _workflow(amber: Question) -> Question:
    return replace(amber, source=Source.WORKFLOW, kinds=(Kind("", "opus", 8),))


def _over_all(now: int, agent: str) -> Question:
    cost = Spread(1860 * CENT, 3050 * CENT, 5210 * CENT)
    findings = (Finding(Rule.LEFT, Severity.RED, "month", percent=3050 * 100 // 2440, over_all=True),)
    verdict = Verdict(Severity.RED, findings, None, budget_left(now, 2440 * CENT))
    forecast = Forecast(12, cost, 300 * CENT, Level.TYPE, 11)
    return replace(_red(now, agent), agents=12, kinds=(Kind("reviewer", "opus", 12),), forecast=forecast,
                   verdict=verdict, cheaper=None)  # fmt: skip


def _long_names(red: Question) -> Question:
    kinds = tuple(Kind(f"{LONG}-{at}", f"a-model-{LONG}", 2) for at in range(4))
    return replace(red, project=LONG, kinds=kinds,
                   cheaper=(f"a-cheaper-{LONG}", Spread(180 * CENT, 310 * CENT, 520 * CENT)))  # fmt: skip
