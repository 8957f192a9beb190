"""A higher threshold that a window was told to take stands in the settings, beside what a person wrote there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from made_ledger import Made, make

from taximeter.collect.installation import Installation
from taximeter.domain.launch import Answer, Finding, Forecast, Kind, Level, Rule, Severity, Source, Verb, Verdict
from taximeter.domain.raising import HIGHEST_AGENTS, HIGHEST_AMOUNT, HIGHEST_DAYS, HIGHEST_SHARE, HIGHEST_TIMES, RAISED
from taximeter.domain.thresholds import NANO, Thresholds
from taximeter.guard.dialect import Call
from taximeter.guard.judging import Judged, Launch
from taximeter.guard.knowledge import thresholds_of
from taximeter.host.trouble import Trouble
from taximeter.ledger.questions import Asked, put_answer, put_question
from taximeter.running.learning import foreseen
from taximeter.running.thresholds import raise_threshold

HIGHEST = Thresholds(left_amber_percent=HIGHEST_SHARE, pace_amber_days=HIGHEST_DAYS, typical_amber_times=HIGHEST_TIMES,
                     cold_agents=HIGHEST_AGENTS, cold_amount=HIGHEST_AMOUNT)  # fmt: skip


@pytest.fixture
def here(tmp_path: Path) -> Installation:
    return Installation.find({"TAXIMETER_HOME": str(tmp_path), "TZ": "UTC"}, tmp_path)


def write(here: Installation, text: str) -> None:
    here.paths.settings_file.parent.mkdir(parents=True, exist_ok=True)
    here.paths.settings_file.write_text(text)


@pytest.mark.parametrize("rule", Rule)
def test_the_settings_take_the_highest_of_each_rule_and_no_other(here: Installation, rule: Rule) -> None:
    raise_threshold(here, rule, HIGHEST)
    wanted = {name: getattr(HIGHEST, name) for name in RAISED[rule]}
    assert thresholds_of(here.settings().question, "USD") == replace(Thresholds(), **wanted)


def test_what_a_person_wrote_stays(here: Installation) -> None:
    write(here, '# mine\n[question]\nmode = "observe" # for now\n\n[question.thresholds]\ncold_amount = "12.50"\n')
    raise_threshold(here, Rule.COLD_START, Thresholds(cold_agents=10, cold_amount=25 * NANO))
    assert here.paths.settings_file.read_text() == (
        '# mine\n[question]\nmode = "observe" # for now\n\n[question.thresholds]\ncold_amount = "25"\n'
        "cold_agents = 10\n"
    )


def test_a_threshold_that_was_set_higher_meanwhile_is_not_lowered(here: Installation) -> None:
    write(here, "[question.thresholds]\nleft_amber_percent = 40\n")
    raise_threshold(here, Rule.LEFT, Thresholds(left_amber_percent=20))
    assert here.settings().question.thresholds.left_amber_percent == 40


def test_settings_that_cannot_be_used_are_told_and_not_touched(here: Installation) -> None:
    write(here, "mode = [")
    with pytest.raises(Trouble):
        raise_threshold(here, Rule.LEFT, Thresholds(left_amber_percent=20))
    assert here.paths.settings_file.read_text() == "mode = ["


def test_after_two_runs_the_offer_comes_with_the_next_such_launch_and_once_taken_it_is_not_asked_about(
    here: Installation,
) -> None:
    def told(id: str, days_ago: int) -> Asked:
        """Five agents of a kind that nothing is known of."""
        verdict = Verdict(Severity.AMBER, (Finding(Rule.COLD_START, Severity.AMBER),), 4, None)
        at, kinds = here.now() - days_ago * 86_400_000, (Kind("Explore", "m", 5),)
        return Asked(id, "p", "any", "s", "shop", Source.CALLS, kinds, 5, Forecast(5, None, 0, Level.NONE, 0), verdict,
                     "ask", at, (), currency="USD")  # fmt: skip

    def next_one() -> Judged:
        calls = tuple(Call(f"c{number}", "Explore", "m", 400) for number in range(5))
        return foreseen(here, Launch("any", "shop", calls), in_touch=True)

    here.paths.data.mkdir(parents=True)
    ledger = make(here.keeping().file, [Made("s", here.now())])
    for id, days_ago, offered in (("older", 70, None), ("first", 3, None), ("second", 2, 10)):
        put_question(ledger, told(id, days_ago))
        put_answer(ledger, id, Answer(Verb.RUN), here.now() - days_ago * 86_400_000 + 9)
        offer = next_one().offer
        assert (offer and offer.cold_agents) == offered
    ledger.close()
    assert offer is not None
    raise_threshold(here, Rule.COLD_START, offer)
    assert next_one().verdict.level is Severity.SILENT


def test_a_threshold_that_the_company_set_is_not_raised(here: Installation) -> None:
    file = here.paths.machine_settings_file
    file.parent.mkdir(parents=True)
    file.write_text("[company.question.thresholds]\nleft_amber_percent = 15\n")
    with pytest.raises(Trouble, match=r"Your company sets question\.thresholds\.left_amber_percent"):
        raise_threshold(here, Rule.LEFT, Thresholds(left_amber_percent=30))
    assert not here.paths.settings_file.exists()
