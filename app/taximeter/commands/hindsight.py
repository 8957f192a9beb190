"""Launches that are over, held against what was said before them: forecasts, warnings, interruptions."""

from __future__ import annotations

from dataclasses import dataclass

from taximeter.budget.local import local_quotas
from taximeter.commands.reading import OpenLedger
from taximeter.domain.calibration import Scored as ScoredForecast
from taximeter.domain.coverage import covering
from taximeter.domain.launch import Forecast, Kind, Severity, Spread, Verb
from taximeter.domain.outlook import outlooks
from taximeter.domain.pace import LEARNT_WEEKS, WEEK, profile_of
from taximeter.domain.quota import Coverage
from taximeter.domain.scores import Scores, Warned, Warnings, interruptions_a_day, score, warnings
from taximeter.domain.usage import Totals
from taximeter.domain.verdict import Standing, judge
from taximeter.guard.knowledge import thresholds_of
from taximeter.ledger import queries_sums
from taximeter.ledger.queries_actual import Scored, scored
from taximeter.ledger.queries_history import observations, own_launches
from taximeter.ledger.queries_questions import QuestionRow, Tally, questions, tally
from taximeter.ledger.queries_rhythm import rhythm
from taximeter.ledger.queries_spending import spent
from taximeter.ledger.queries_sums import Stretch

LOOKED_AT = 100
"""Launches whose warning is judged again, the newest: each asks the ledger what was left then."""

MOST = 500
"""Launches whose forecasts are scored."""


@dataclass(frozen=True, slots=True)
class Hindsight:
    """What can be said of the launches of a stretch of time."""

    scores: Scores
    warnings: Warnings
    tally: Tally
    interruptions: float | None
    """Questions per day on which an agent worked; None without such a day."""


def hindsight(ledger: OpenLedger, since: int, since_day: str) -> Hindsight:
    """All of it for launches at ``since`` (ms, local day ``since_day``) or later."""
    connection, now = ledger.connection, ledger.desk.now
    ended = [one for one in scored(connection, now, MOST) if one.asked_at >= since]
    counted = tally(connection, since)
    asked = counted.stopped + counted.limited + counted.run + counted.expired + counted.unanswered
    days = {row.date for row in queries_sums.days(connection, Stretch(since_day))}
    return Hindsight(
        score([_as_forecast(one) for one in ended]),
        warnings(_warned(ledger, ended[-LOOKED_AT:])),
        counted,
        interruptions_a_day(asked, len(days)),
    )


def _as_forecast(one: Scored) -> ScoredForecast:
    kind = one.kinds[0] if one.kinds else Kind("", "", 0)
    return ScoredForecast(one.asked_at, one.agents, kind.type, kind.model, one.alone, one.uncorrected or one.alone,
                          one.actual, one.baseline or 0, one.level, one.runs)  # fmt: skip


def _warned(ledger: OpenLedger, ended: list[Scored]) -> list[Warned]:
    """Of launches that ran in full: whether they were warned of, and whether they passed what a rule warns of.

    To tell that, the rules judge each again with its real cost, against what was left when it was asked
    about, as far as the ledger tells that afterwards: budgets of one's own as they are set today.
    """
    whole = [one for one in ended if one.answer is not Verb.LIMIT]
    if not whole:
        return []
    rows = {row.id: row for row in questions(ledger.connection, MOST)}
    again = _Again(ledger)
    return [
        Warned(one.severity >= Severity.AMBER, again.speaks(rows[one.id], one.actual))
        for one in whole
        if one.id in rows
    ]


class _Again:
    """Judges launches of the past with what they came to."""

    def __init__(self, ledger: OpenLedger) -> None:
        self._ledger = ledger
        self._thresholds = thresholds_of(ledger.desk.settings.question, ledger.desk.currency)
        connection, now = ledger.connection, ledger.desk.now
        self._hours = rhythm(connection, now - 2 * LEARNT_WEEKS * WEEK, now)
        self._seen = observations(connection, now, ledger.desk.book().price)

    def speaks(self, row: QuestionRow, actual: int) -> bool:
        """Whether a rule would have asked about the launch, had its cost been known."""
        known = Forecast(1, Spread(actual, actual, actual), 0, row.forecast.level, row.forecast.runs)
        # Judged as one agent: how many there were is no threshold that a cost can pass.
        verdict = judge(lambda _: known, 1, self._standing(row), self._thresholds, row.asked_at)
        return verdict.level >= Severity.AMBER

    def _standing(self, row: QuestionRow) -> Standing:
        at, desk, connection = row.asked_at, self._ledger.desk, self._ledger.connection

        def spent_then(start: int, end: int, coverage: Coverage) -> Totals:
            return spent(connection, start, min(end, at), coverage)

        quotas = local_quotas(desk.settings.budgets, row.currency, at, at, desk.zone, spent_then)
        profile = profile_of(self._hours, at, desk.zone)
        models = tuple(sorted({kind.model for kind in row.kinds}))
        paying = covering(outlooks(quotas, profile, at), row.agent, row.project, models, row.currency)
        return Standing(paying, profile, own_launches([one for one in self._seen if one.at < at], at))
