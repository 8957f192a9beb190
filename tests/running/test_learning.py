"""What a launch is judged by, read from a real ledger: quotas with holds, history, and what is worth a word."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from made_ledger import Made, make

from taximeter.collect.demo import demo_readings
from taximeter.collect.installation import Installation
from taximeter.collect.writing import writing
from taximeter.domain.launch import Answer, Forecast, Kind, Level, Severity, Source, Spread, Verb, Verdict
from taximeter.domain.offer import CompanyOffer
from taximeter.ledger.opening import open_writing
from taximeter.ledger.questions import Asked, put_answer, put_question
from taximeter.running.learning import Learnt, nothing_learnt, read_anew

MINUTE = 60_000
DOLLAR = 1_000_000_000


@pytest.fixture
def place(tmp_path: Path) -> Installation:
    found = Installation.find({"TAXIMETER_HOME": str(tmp_path), "TZ": "UTC"}, tmp_path)
    found.paths.data.mkdir(parents=True)
    found.paths.config.mkdir(parents=True)
    found.paths.settings_file.write_text('[[budget]]\nname = "Month"\namount = "500"\n', encoding="utf-8")
    return found


@pytest.fixture
def now(place: Installation) -> int:
    return place.now()


def read(place: Installation, before: Learnt | None = None, *, everything: bool = False) -> Learnt:
    """What is known now, the ledger agreeing with the logs."""
    known = nothing_learnt(place.zone()) if before is None else before
    return read_anew(place, place.names(), lambda: True, known, everything=everything)


def asked(now: int, cost: int = DOLLAR, agents: int = 2, session: str = "s") -> Asked:
    """A launch that was told five minutes ago."""
    forecast = Forecast(agents, Spread(cost // 2, cost, 2 * cost), 0, Level.AGENT, 9)
    kinds, verdict = (Kind("Explore", "opus-5", agents),), Verdict(Severity.AMBER, (), None, None)
    return Asked("abcde", "p", "claude-code", session, "shop", Source.CALLS, kinds, agents, forecast, verdict, "ask",
                 now - 5 * MINUTE, ("c1", "c2"), currency="USD")  # fmt: skip


def test_before_there_is_a_ledger_the_settings_hold_and_nothing_is_known(place: Installation) -> None:
    learnt = read(place)
    assert learnt.knowledge.rules.mode == "ask"
    assert learnt.knowledge.quotas == ()
    assert learnt.knowledge.currency == "USD"
    assert learnt.learnt_at == 0


def test_the_demos_work_gives_history_and_what_is_left(place: Installation) -> None:
    with writing(place.keeping()) as writer:
        assert writer is not None
        writer.apply(demo_readings(place.now()))
    learnt = read(place)
    history = learnt.knowledge.history
    assert history.experience.fits
    assert history.preambles
    assert history.own
    (quota,) = (one for one in learnt.knowledge.quotas if one.name == "Month")
    assert quota.spent > 0
    assert learnt.knowledge.in_touch
    again = read(place, learnt)
    assert again.knowledge.history is history
    assert read(place, learnt, everything=True).knowledge.history is not history


def test_what_a_launch_that_runs_will_still_cost_is_held(place: Installation, now: int) -> None:
    ledger = make(place.keeping().file, [Made("s", now - 6 * MINUTE)])
    put_question(ledger, asked(now, cost=7 * DOLLAR))
    put_answer(ledger, "abcde", Answer(Verb.RUN), now - 4 * MINUTE)
    ledger.close()
    learnt = read(place)
    assert [hold.amount for hold in learnt.knowledge.holds] == [7 * DOLLAR]
    assert learnt.knowledge.recorded == {"abcde"}


@pytest.mark.parametrize("answer", [Answer(Verb.STOP), Answer(Verb.EXPIRED, 0, "default"), None])
def test_nothing_is_held_for_a_launch_that_was_stopped_or_is_still_asked_about(
    place: Installation, now: int, answer: Answer | None
) -> None:
    ledger = make(place.keeping().file, [Made("s", now - 6 * MINUTE)])
    put_question(ledger, asked(now))
    if answer is not None:
        put_answer(ledger, "abcde", answer, now - 4 * MINUTE)
    ledger.close()
    assert read(place).knowledge.holds == ()


def test_many_agents_that_nobody_was_asked_about_are_told_once_and_not_at_the_start(
    place: Installation, now: int
) -> None:
    runs = [Made("s", now - MINUTE, run=f"s/a{number}", parent="s") for number in range(6)]
    make(place.keeping().file, [Made("s", now - MINUTE), *runs]).close()
    first = read(place)
    assert first.notices == ()
    anew = replace(first, told=frozenset())
    told = read(place, anew)
    assert [(one.agents, one.after_it_began) for one in told.notices] == [(6, True)]
    assert read(place, told).notices == ()


@pytest.mark.parametrize("mode", ["observe", "off"])
def test_of_an_agent_that_is_not_asked_about_nothing_is_told_afterwards_either(
    place: Installation, now: int, mode: str
) -> None:
    with place.paths.settings_file.open("a") as file:
        file.write(f'[question.agents]\nclaude-code = "{mode}"\n')
    runs = [Made("s", now - MINUTE, run=f"s/a{number}", parent="s") for number in range(6)]
    make(place.keeping().file, [Made("s", now - MINUTE), *runs]).close()
    told = read(place, replace(read(place), told=frozenset()))
    assert told.notices == ()
    assert told.told, "so that a change of mode tells nothing of long ago"


def test_the_companys_offer_and_what_it_decided_are_known(place: Installation) -> None:
    file = place.paths.machine_settings_file
    file.parent.mkdir()
    file.write_text('[company]\noffer = {agent = "codex", text = "Ask Ana."}\n[company.question]\namber_after = 5\n')
    known = read(place).knowledge
    assert known.company == CompanyOffer("Ask Ana.", "Codex")
    assert known.rules.by_company == {"amber_after"}
    assert known.rules.amber_seconds == 5


def test_a_launch_that_cost_twice_its_upper_end_is_told(place: Installation, now: int) -> None:
    runs = [Made("s", now - 3 * MINUTE, run=f"s/a{number}", parent="s", cost=5 * DOLLAR) for number in range(2)]
    ledger = make(place.keeping().file, [Made("s", now - 6 * MINUTE), *runs])
    put_question(ledger, asked(now))
    put_answer(ledger, "abcde", Answer(Verb.RUN), now - 4 * MINUTE)
    ledger.close()
    (notice,) = read(place, replace(read(place), told=frozenset())).notices
    assert (notice.twice_the_range, notice.spent) == (True, 10 * DOLLAR)


def test_a_ledger_of_an_older_version_is_judged_without_questions(place: Installation, now: int) -> None:
    file = place.keeping().file
    make(file, [Made("s", now - MINUTE)]).close()
    ledger = open_writing(file)
    ledger.executescript("DROP TABLE question; DROP TABLE call; PRAGMA user_version = 1")
    ledger.close()
    learnt = read(place)
    assert learnt.knowledge.quotas == ()
    assert learnt.knowledge.rules.mode == "ask"
