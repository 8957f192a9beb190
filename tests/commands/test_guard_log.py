"""The log has forecast, answer and actual of each launch, and scores that claim nothing of what never ran."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from ledger.launches import asked

from taximeter.commands.tables import cells_wide
from taximeter.domain.launch import Answer, Finding, Forecast, Kind, Level, Rule, Severity, Spread, Verb, Verdict
from taximeter.host.settings import BudgetSetting, Settings
from taximeter.ledger.opening import open_reading, open_writing
from taximeter.ledger.questions import put_answer, put_question

HOUR, NANO = 3_600_000, 10**9
BUDGET = Settings(budgets=(BudgetSetting("team", "Team", Decimal(100), "USD"),))


@pytest.fixture
def log(run: Any, made: ModuleType, tmp_path: Path, now: int) -> Callable[..., Any]:
    """The log over a ledger in which each launch told has come to a cost: (id, cost in dollars, what was said)."""

    def make(*launches: tuple[str, float, Severity, Answer | None], words: tuple[str, ...] = ()) -> Any:
        path = tmp_path / f"{'-'.join(('asked', *words))}.sqlite3"
        requests = [made.Made("idle", now - 300 * HOUR, cost=NANO)]
        for number, (id, cost, _, answer) in enumerate(launches):
            start = now - (len(launches) - number) * 4 * HOUR
            allowed = 0 if answer and answer.verb is Verb.STOP else answer.agents if answer and answer.agents else 2
            requests += [made.Made(id, start, cost=1, agent="one", model="m")]
            requests += [
                made.Made(id, start + 60_000, run=f"{id}-{run}", agent="one", model="m", type="Explore",
                          cost=int(cost * NANO / allowed)) for run in range(allowed)
            ]  # fmt: skip
        made.make(path, requests).close()
        with closing(open_writing(path)) as connection:
            for number, (id, _, severity, answer) in enumerate(launches):
                at = now - (len(launches) - number) * 4 * HOUR
                put_question(connection, _asked(id, at, severity))
                if answer is not None:
                    put_answer(connection, id, answer, at + 9_000)
        return run("guard", "log", *words, ledger=path, read_ledger=lambda: open_reading(path),
                   read_settings=lambda: BUDGET)  # fmt: skip

    return make


def _asked(id: str, at: int, severity: Severity) -> Any:
    told = Forecast(2, Spread(2 * NANO, 4 * NANO, 8 * NANO), 5, Level.TYPE, 12)
    found = (Finding(Rule.LEFT, severity, quota="team", percent=12),) if severity else ()
    return asked(id, at, session=id)._replace(
        forecast=told, verdict=Verdict(severity, found, 1, None), kinds=(Kind("Explore", "m", 2),),
        project="计量器-非常长的项目名称-一二三四五六七八九十",
    )  # fmt: skip


def test_each_launch_is_told_with_forecast_answer_and_actual(log: Any) -> None:
    data = log(("aaaaa", 5, Severity.AMBER, Answer(Verb.RUN)), ("bbbbb", 0, Severity.RED, Answer(Verb.STOP)),
               ("ccccc", 1.5, Severity.AMBER, Answer(Verb.LIMIT, 1)), words=("--json",)).data  # fmt: skip
    third, second, first = data["questions"]
    assert first.keys() == {"id", "agent", "session", "agents", "forecast", "level", "rule", "answer", "asked_at",
                            "answered_at", "actual"}  # fmt: skip
    assert (first["answer"], second["answer"], third["answer"]) == ("run", "stop", "limit 1")
    assert (first["actual"], second["actual"], third["actual"]) == ("5.000000000", None, "1.500000000")
    assert first["forecast"] == {"p10": "2.000000000", "p50": "4.000000000", "p90": "8.000000000"}
    assert (first["level"], first["rule"]) == ("amber", "left")


def test_a_launch_that_nobody_was_asked_about_has_no_answer(log: Any) -> None:
    (only,) = log(("aaaaa", 5, Severity.SILENT, None), words=("--json",)).data["questions"]
    assert (only["answer"], only["answered_at"], only["rule"], only["level"]) == (None, None, None, "silent")
    assert "not asked" in log(("aaaaa", 5, Severity.SILENT, None)).out


def test_forecasts_are_scored_and_stopped_launches_are_only_counted(log: Any) -> None:
    launches = (("aaaaa", 5, Severity.AMBER, Answer(Verb.RUN)), ("bbbbb", 20, Severity.SILENT, None),
                ("ccccc", 0, Severity.RED, Answer(Verb.STOP)), ("ddddd", 3, Severity.SILENT, None))  # fmt: skip
    data = log(*launches, words=("--json",)).data
    assert (data["scores"]["n"], data["scores"]["coverage"]["hits"]) == (3, 2)
    assert (data["answers"]["stopped"], data["answers"]["silent"], data["answers"]["run"]) == (1, 2, 1)
    text = log(*launches).out
    assert "Last 3 forecasts: 2 inside the range (" in text
    assert "1 stopped" in text
    assert "saved" not in text


def test_a_warning_is_judged_by_what_a_rule_would_have_said_of_the_real_cost(log: Any) -> None:
    """$100 a month: from $10 on, a launch would have been asked about."""
    data = log(
        ("aaaaa", 5, Severity.AMBER, Answer(Verb.RUN)), ("bbbbb", 20, Severity.AMBER, Answer(Verb.RUN)),
        ("ccccc", 30, Severity.SILENT, None), ("ddddd", 3, Severity.SILENT, None), words=("--json",),
    ).data["scores"]  # fmt: skip
    assert (data["false_alarms"]["hits"], data["false_alarms"]["of"]) == (1, 2)
    assert (data["misses"]["hits"], data["misses"]["of"]) == (1, 2)
    assert (data["exceeded"]["hits"], data["exceeded"]["of"]) == (2, 4)


def test_the_text_fits_80_columns_and_shows_what_default_was_applied(log: Any) -> None:
    text = log(("aaaaa", 5, Severity.AMBER, Answer(Verb.EXPIRED, None, "default")),
               ("bbbbb", 0, Severity.RED, Answer(Verb.EXPIRED, 0, "default"))).out  # fmt: skip
    assert max(map(cells_wide, text.splitlines())) <= 80
    assert "time: run" in text
    assert "time: stop" in text


def test_an_open_question_is_told_with_how_to_answer_it_while_an_app_runs(run: Any, ledger: Path, now: int) -> None:
    with closing(open_writing(ledger)) as connection:
        put_question(connection, asked("ab2cd", now - 20_000))
    how = "taximeter guard answer ID stop, run, or limit N"
    assert how in run("guard", "log", door=lambda *words: True).out
    assert how not in run("guard", "log").out
    with closing(open_writing(ledger)) as connection:
        put_answer(connection, "ab2cd", Answer(Verb.RUN), now)
    assert how not in run("guard", "log", door=lambda *words: True).out


def test_an_empty_log_says_so(run: Any) -> None:
    assert run("guard", "log").out.startswith("No launch was judged since 2026-10-22.")
    assert run("guard", "log", "--since", "all", "--json").data["questions"] == []
