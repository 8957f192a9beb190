"""How launches are asked about is read strictly, said precisely, and layered."""

from dataclasses import asdict

import pytest
from host.written import put, refused

from taximeter.domain.thresholds import Thresholds
from taximeter.host.paths import Paths
from taximeter.host.question_settings import QuestionSetting, ThresholdSetting
from taximeter.host.settings import load_settings
from taximeter.host.settings_edit import set_values

NANO = 1_000_000_000
EVERYTHING = """
[question]
mode = "observe"
amber_after = 60
amber_default = "stop"
red_wait = 120
red_default = "run"

[question.thresholds]
silent_amount = 0
silent_percent = 2
left_amber_percent = 30
left_red_percent = 40
left_red_days = 3
pace_amber_days = 2
pace_red_percent = 50
typical_launches = 10
typical_days = 30
typical_percentile = 80
typical_amber_times = 5
cold_agents = 9
cold_amount = "2.50"
cold_launches = 0
"""


def test_the_thresholds_are_those_of_the_rules_by_the_same_names() -> None:
    assert ThresholdSetting()._asdict() == asdict(Thresholds())


def test_everything_about_the_question_is_read(paths: Paths) -> None:
    put(paths.settings_file, EVERYTHING)
    settings = load_settings(paths)
    assert settings.question == QuestionSetting(
        "observe", 60, "stop", 120, "run",
        ThresholdSetting(0, 2, 30, 40, 3, 2, 50, 10, 30, 80, 5, 9, 5 * NANO // 2, 0),
    )  # fmt: skip
    assert settings.unknown == ()


def test_without_it_amber_runs_after_25_seconds_and_red_stops_after_ten_minutes(paths: Paths) -> None:
    put(paths.settings_file, "[question]\n")
    question = load_settings(paths).question
    assert question == QuestionSetting("ask", 25, "run", 600, "stop")


def test_the_users_file_wins_over_the_machines_key_by_key(paths: Paths) -> None:
    put(
        paths.machine_settings_file,
        '[question]\nmode = "observe"\nred_wait = 60\n[question.thresholds]\nleft_red_percent = 60\ncold_agents = 3\n',
    )
    put(paths.settings_file, '[question]\nmode = "ask"\n[question.thresholds]\nleft_amber_percent = 50\n')
    question = load_settings(paths).question
    assert (question.mode, question.red_wait) == ("ask", 60)
    assert question.thresholds == ThresholdSetting(left_amber_percent=50, left_red_percent=60, cold_agents=3)


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ('[question]\nmode = "maybe"', 2, "'ask', 'observe', 'off'"),
        ("[question]\namber_after = 0", 2, "from 1 to 600"),
        ("[question]\n\nred_wait = 601", 3, "from 1 to 600"),
        ('[question]\namber_default = "allow"', 2, "'run', 'stop'"),
        ('[question]\nred_default = "expired"', 2, "'run', 'stop'"),
        ("question = 3", 1, "a table"),
        ("[question]\nthresholds = 3", 2, "a table"),
        ("[question.thresholds]\nleft_red_percent = 2.5", 2, "a whole number"),
        ("[question.thresholds]\nleft_red_percent = 101", 2, "from 1 to 100"),
        ("[question.thresholds]\ncold_amount = -1", 2, "0 or more"),
        ("[question.thresholds]\ncold_amount = true", 2, "0 or more"),
        ("[question.thresholds]\ncold_amount = []", 2, "0 or more"),
        ('[question.thresholds]\ncold_amount = "ten"', 2, "0 or more"),
        ("[question.thresholds]\ncold_amount = nan", 2, "0 or more"),
        ("[question.thresholds]\ncold_amount = 1_000_001", 2, "0 or more"),
        ("[question.thresholds]\nsilent_amount = 0.0000000001", 2, "0 or more"),
    ],
)
def test_what_cannot_be_used_is_named_with_file_and_line(paths: Paths, text: str, line: int, sentence: str) -> None:
    refused(paths, text, line, sentence)


def test_unknown_keys_are_listed_with_their_line(paths: Paths) -> None:
    put(paths.settings_file, "[question]\nloud = true\n[question.thresholds]\nleft = 1\n")
    assert [entry.removeprefix(f"{paths.settings_file}, ") for entry in load_settings(paths).unknown] == [
        "line 2: loud means nothing here",
        "line 4: left means nothing here",
    ]


def test_it_can_be_changed_from_the_app(paths: Paths) -> None:
    put(paths.settings_file, '# mine\n[question]\nmode = "ask" # as ever\n')
    changed = set_values(paths, {("question", "mode"): "off", ("question", "thresholds", "cold_amount"): "12.5"})
    assert (changed.question.mode, changed.question.thresholds.cold_amount) == ("off", 25 * NANO // 2)
    assert '# mine\n[question]\nmode = "off" # as ever\n' in paths.settings_file.read_text()


def test_a_value_that_needs_the_machines_file_can_still_be_changed_from_the_app(paths: Paths) -> None:
    put(paths.machine_settings_file, "[question.thresholds]\nleft_red_percent = 60\n")
    put(paths.settings_file, "[question.thresholds]\nleft_amber_percent = 50\n")
    changed = set_values(paths, {("question", "mode"): "observe"})
    assert changed.question == QuestionSetting(
        "observe", thresholds=ThresholdSetting(left_amber_percent=50, left_red_percent=60)
    )
