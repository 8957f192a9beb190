"""What a launch is judged by, read from the ledger and the settings at one moment; and what is worth a word in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING

from taximeter.budget.standing import quotas_now
from taximeter.domain.experience import learn
from taximeter.domain.launch import Forecast, Level, Notice, Severity, Verb, Verdict
from taximeter.domain.pace import Profile, straight_line
from taximeter.domain.thresholds import Thresholds
from taximeter.guard.judging import Judged, Launch, Rules
from taximeter.guard.knowledge import (
    History,
    Knowledge,
    history_of,
    price_today,
    rhythm_of,
    rules_of,
    scored_before,
    thresholds_of,
)
from taximeter.guard.memory_judge import MemoryJudge
from taximeter.ledger import queries_keeping
from taximeter.ledger.opening import is_made
from taximeter.ledger.queries_actual import actuals
from taximeter.ledger.queries_answers import answered
from taximeter.ledger.queries_holds import open_holds
from taximeter.ledger.queries_noticed import noticed
from taximeter.ledger.queries_now import newest_refusal
from taximeter.ledger.queries_questions import QuestionRow, questions
from taximeter.ledger.schema import knows_launches

if TYPE_CHECKING:
    from taximeter.collect.installation import Installation

LEARN_MS = 10 * 60_000
"""Between two readings of the history, which changes by a run or two in that time."""
RECENT_MS = 6 * 3_600_000
ANSWERS_MS = 60 * 24 * 3_600_000
JUST_NOW = 2 * 60_000
"""A refusal that is older says nothing that the next poll at its own turn would not."""
MANY_AGENTS = 5
TWICE = 2
FAST = 6
"""Times the middle hour of one's own work: at that pace a month's budget is gone in less than a week of work."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """What the gate is to judge by from now on, and what is worth a word."""

    knowledge: Knowledge
    learnt_at: int
    """When the history was read, ms; 0 when it never was."""
    told: frozenset[str] = frozenset()
    """What notices were made for, now or before, so that none comes twice."""
    notices: tuple[Notice, ...] = ()


def nothing_learnt(zone: tzinfo) -> Learnt:
    """Before the first reading nobody is asked: the gate has nothing to judge by, and an agent must not wait for it."""
    history = History(learn((), 0), (), {}, {}, {}, {})
    rules = Rules(mode="off")
    knowledge = Knowledge(history, (), straight_line(zone), _no_price, "", "", 0, Thresholds(), rules)
    return Learnt(knowledge, 0)


def read_anew(
    place: Installation, names: Mapping[str, str], in_touch: Callable[[], bool], before: Learnt, *, everything: bool
) -> Learnt:
    """What is known now. Raises ``Trouble`` when settings, prices or ledger cannot be used.

    ``in_touch`` says whether the ledger agrees with the logs at this moment. Of agents that are only observed,
    or left alone, nothing is worth a word.
    """
    now, settings, zone = place.now(), place.settings(), place.zone()
    everything = everything or now - before.learnt_at > LEARN_MS
    known = before.knowledge
    rules, company = rules_of(settings), place.company_offer()
    book = place.book() if everything else None
    price = price_today(book, now) if book else known.price
    currency, book_id = (book.currency, book.id) if book else (known.currency, known.book)
    thresholds = thresholds_of(settings.question, currency)
    empty = nothing_learnt(zone).knowledge
    fresh = Knowledge(empty.history, (), empty.profile, price, currency, book_id, now, thresholds, rules,
                      company=company)  # fmt: skip
    if not is_made(place.keeping().file):
        return Learnt(fresh, 0)
    with place.reading() as ledger:
        if not knows_launches(ledger):
            # Of an older version: the collector brings it up to date when it starts, and tells of the change.
            return Learnt(fresh, 0)
        as_of = now if in_touch() else queries_keeping.ledger_as_of(ledger)
        quotas = quotas_now(ledger, settings, names, now, as_of, zone)
        history = history_of(ledger, book, scored_before(ledger, now), now) if book else known.history
        profile = rhythm_of(ledger, now, zone)
        rows = questions(ledger, 200, now - RECENT_MS)
        knowledge = Knowledge(
            history, quotas, profile, price, currency, book_id, as_of, thresholds, rules, in_touch(),
            answered(ledger, now - ANSWERS_MS), open_holds(ledger, now), newest_refusal(ledger),
            frozenset(row.id for row in rows), company,
        )  # fmt: skip
        words = _worth_a_word(ledger, rows, profile, currency, now)
    told = before.told | words.keys()
    first = not before.learnt_at
    unheard = [notice for key, notice in words.items() if not first and key not in before.told]
    news = tuple(notice for notice in unheard if rules.mode_of(notice.agent) == "ask")
    learnt_at = now if book else before.learnt_at
    return Learnt(knowledge, learnt_at, told, news)


def just_refused(before: Learnt, learnt: Learnt, now: int) -> bool:
    """Whether an agent was refused for want of budget since: the service knows what is left, and when it is back."""
    refusal = learnt.knowledge.refusal
    return refusal is not None and refusal != before.knowledge.refusal and now - refusal.at < JUST_NOW


def foreseen(place: Installation, launch: Launch, *, in_touch: bool) -> Judged:
    """What a launch would likely cost, and what the rules say of it. Raises ``Trouble`` as ``read_anew`` does."""
    learnt = read_anew(place, place.names(), lambda: in_touch, nothing_learnt(place.zone()), everything=True)
    return MemoryJudge(learnt.knowledge, place.now).judge(launch)


def _worth_a_word(
    ledger: sqlite3.Connection, rows: tuple[QuestionRow, ...], profile: Profile, currency: str, now: int
) -> dict[str, Notice]:
    """Launches that cost twice what was told, and agents that began without a question, by a name of their own."""
    found: dict[str, Notice] = {}
    going = [row for row in rows if row.answer is not Verb.STOP and row.scored_forecast.cost is not None]
    spent = actuals(ledger, going, now)
    for row in going:
        cost, told = spent[row.id].cost, row.scored_forecast.cost
        if cost is not None and told is not None and cost >= TWICE * told.p90:
            verdict = Verdict(Severity.NOTICE, row.findings, None, None)
            found[f"twice {row.id}"] = Notice(row.agent, row.session, row.project, row.agents, row.scored_forecast,
                                              verdict, currency, twice_the_range=True, spent=cost)  # fmt: skip
    for one in noticed(ledger, now, MANY_AGENTS, _out_of_proportion(profile)):
        forecast = Forecast(one.agents, None, 0, Level.NONE, 0)
        found[f"began {one.agent} {one.session}"] = Notice(
            one.agent, one.session, one.project, one.agents, forecast, Verdict(Severity.NOTICE, (), None, None),
            currency, after_it_began=True, spent=one.cost,
        )  # fmt: skip
    return found


def _out_of_proportion(profile: Profile) -> int | None:
    """What an hour costs at which two agents are enough for a word; None before there is enough to compare with."""
    spent = sorted(amount for _, amount in profile.hours)
    return FAST * spent[len(spent) // 2] if profile.known else None


def _no_price(model: str, tokens: object) -> None:
    """Before a price book is read nothing has a price."""
