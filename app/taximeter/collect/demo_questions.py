"""The questions that the made-up work was asked about: each foreseen from the work before it, by the real rules.

So the log of the demo shows what the app would have said, and what each launch came to.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC
from hashlib import blake2b
from typing import NamedTuple

from taximeter.collect.demo import DAY, DEMO_BUDGETS, MINUTE
from taximeter.domain.experience import learn
from taximeter.domain.forecast import Told, tell
from taximeter.domain.launch import Answer, Kind, Observation, Severity, Source, Verb, Wanted
from taximeter.domain.outlook import outlooks
from taximeter.domain.pace import straight_line
from taximeter.domain.period import PeriodKind, Rhythm, period_at
from taximeter.domain.quota import Coverage, Quota, QuotaKind, Unit
from taximeter.domain.thresholds import Thresholds
from taximeter.domain.verdict import Standing, judge
from taximeter.ledger.queries_history import Price, observations, own_launches
from taximeter.ledger.queries_spending import spent
from taximeter.ledger.questions import Asked, put_answer, put_question

ASKED_BEFORE = 20_000
STOPPED = ((DAY + 95 * MINUTE, "reviewer", 24, "checkout-service", "window"),
           (3 * DAY + 40 * MINUTE, "reviewer", 30, "mobile-app", "notification"))  # fmt: skip
"""Launches that never were, so that only the log knows them: how long ago, what, how many, where, and who said so."""
LIMITED = (6, 18)
"""The one launch that was limited: to how many, of how many."""
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


class _Past(NamedTuple):
    seen: Sequence[Observation]
    currency: str


def put_demo_questions(connection: sqlite3.Connection, now: int, price: Price, currency: str) -> None:
    """Write down, inside the caller's transaction, what was asked about the ledger's made-up launches of 40 days."""
    seen = observations(connection, now, price)
    past = _Past(seen, currency)
    launches: dict[str, list[Observation]] = defaultdict(list)
    for run in seen:
        if run.launch and run.at > now - 40 * DAY:
            launches[run.launch].append(run)
    for launch, runs in launches.items():
        at = min(run.at for run in runs) - ASKED_BEFORE
        limited = len(runs) == LIMITED[0]
        wanted = LIMITED[1] if limited else len(runs)
        calls = tuple(f"{launch}-{place}" for place in range(len(runs)))
        asked = _foreseen(connection, past, launch, runs[0], wanted, at)
        put_question(connection, asked._replace(calls=calls))
        if asked.verdict.level >= Severity.AMBER:
            part = _told(past, runs[0], len(runs), at)
            answer = Answer(Verb.LIMIT, len(runs)) if limited else Answer(Verb.RUN)
            allowed = part.forecast if limited else None
            put_answer(connection, asked.id, answer, at + 7_000, allowed, part.uncorrected, part.reading)
    for ago, type, agents, project, by in STOPPED:
        like = next(run for run in seen if run.type == type)._replace(project=project)
        asked = _foreseen(connection, past, f"{ago}/{type}", like, agents, now - ago)
        if asked.verdict.level >= Severity.AMBER:  # early in a month there is too much left for a question
            put_question(connection, asked)
            put_answer(connection, asked.id, Answer(Verb.STOP, by=by), now - ago + 9_000)


def _foreseen(
    connection: sqlite3.Connection, past: _Past, launch: str, run: Observation, agents: int, at: int
) -> Asked:
    """A launch of runs like this one, foreseen and judged from what was there before it."""
    standing = Standing(outlooks((_month(connection, at, past.currency),), straight_line(UTC), at), straight_line(UTC),
                        own_launches([one for one in past.seen if one.at < at], at))  # fmt: skip
    verdict = judge(lambda count: _told(past, run, count, at).forecast, agents, standing, Thresholds(), at)
    whole = _told(past, run, agents, at)
    return Asked(
        _id(launch), f"prompt of {launch}", run.agent, launch.partition("/")[0], run.project, Source.CALLS,
        (Kind(run.type, run.model, agents),), agents, whole.forecast, verdict, "ask", at, (), whole.baseline or None,
        "made up", past.currency, whole.uncorrected, whole.reading,
    )  # fmt: skip


def _told(past: _Past, run: Observation, agents: int, at: int) -> Told:
    experience = learn([one for one in past.seen if one.at < at], at)
    return tell(experience, [Wanted(run.agent, run.type, run.model, run.project, agents)])


def _month(connection: sqlite3.Connection, at: int, currency: str) -> Quota:
    """The demo's monthly budget as it stood then."""
    budget = DEMO_BUDGETS[0]
    period = period_at(Rhythm(PeriodKind.MONTH), at, UTC)
    used = spent(connection, period.start, at, Coverage()).cost.total
    return Quota(budget.id, budget.name, QuotaKind.LOCAL, Unit.MONEY, currency, int(budget.amount * 10**9), used, 0, 0,
                 period, at)  # fmt: skip


def _id(launch: str) -> str:
    number = int.from_bytes(blake2b(launch.encode(), digest_size=8).digest(), "big")
    return "".join(_LETTERS[number // len(_LETTERS) ** place % len(_LETTERS)] for place in range(5))
