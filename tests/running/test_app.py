"""What the running app answers its windows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC
from functools import partial
from pathlib import Path

import pytest

from taximeter.collect.demo import demo_readings
from taximeter.collect.installation import Installation
from taximeter.collect.writing import writing
from taximeter.guard.install import HOOKED
from taximeter.ledger.readmodels import SessionFilter
from taximeter.running.app import RunningApp
from taximeter.running.learning import nothing_learnt
from taximeter.ui.desk import Desk, HookStanding

HOUR = 3_600_000


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation.find({"TAXIMETER_HOME": str(tmp_path), "TZ": "UTC"}, tmp_path)


@pytest.fixture
def desk(installation: Installation) -> Iterator[Desk]:
    with RunningApp(installation, installation.names()).reading_only() as built:
        yield built


def fill(installation: Installation) -> None:
    with writing(installation.keeping()) as writer:
        assert writer is not None
        writer.apply(demo_readings(installation.now()))


def test_before_the_first_index_there_is_nothing_and_no_trouble(desk: Desk) -> None:
    assert desk.snapshot().requests_ever == 0
    page = desk.session_page(SessionFilter(), None, 10)
    assert (page.rows, page.count) == ((), 0)
    assert (desk.breakdown("any"), desk.days(None, None), desk.projects(None, None)) == (None, (), ())


def test_the_sessions_of_a_page_add_up_to_the_runs_of_their_breakdown(installation: Installation, desk: Desk) -> None:
    fill(installation)
    row = desk.session_page(SessionFilter(), None, 1).rows[0]
    found = desk.breakdown(row.id)
    assert found is not None
    assert sum(run.totals.cost.total for run in found.runs) == row.totals.cost.total
    assert row.runs == 8


def test_a_budget_that_cannot_be_used_takes_no_other_figure_away(installation: Installation, desk: Desk) -> None:
    fill(installation)
    file = installation.paths.settings_file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('[[budget]]\nname = "Month"\namount = "5"\ncurrency = "EUR"\n')
    seen = desk.snapshot()
    assert seen.outlooks == ()
    assert seen.today.requests > 0


def test_names_stand_in_notifications_only_where_the_settings_say_so(installation: Installation, desk: Desk) -> None:
    assert not desk.preferences().names_in_notifications
    file = installation.paths.settings_file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("names_in_notifications = true\n")
    assert desk.preferences().names_in_notifications


def test_a_window_may_have_an_agent_ask_and_take_it_back(installation: Installation, desk: Desk) -> None:
    assert desk.hooks() == ()
    agent = HOOKED[0]
    for home in agent.homes({}, installation.home):
        home.mkdir()
    for on, standing in ((True, HookStanding.ON), (False, HookStanding.OFF)):
        desk.set_hooks(agent.id, on)
        assert [row.standing for row in desk.hooks()] == [standing]


def test_a_refusal_in_a_log_has_the_service_asked_at_once_and_an_old_one_has_not(installation: Installation) -> None:
    fill(installation)
    now = installation.now()
    app = RunningApp(installation, installation.names())
    with app.reading_only():
        learnt = nothing_learnt(UTC)
        for at, asked in ((now - HOUR, False), (now - 1000, True)):
            with writing(installation.keeping()) as writer:
                assert writer is not None
                writer.run(partial(refused, at=at))
            learnt = app._learn(learnt, everything=False)
            assert (app._poller._moments.asked is not None) is asked


def refused(ledger: sqlite3.Connection, *, at: int) -> None:
    ledger.execute("INSERT INTO refusal VALUES (randomblob(12), 'another', 's', ?, 'budget')", (at,))
