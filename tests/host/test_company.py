"""What the company decided lies above everybody's own settings, and each key knows who decided it."""

from __future__ import annotations

import pytest
from host.written import put

from taximeter.host.company import company_rows
from taximeter.host.paths import Paths
from taximeter.host.policy import (
    Decided,
    KeptPolicy,
    KeptPrices,
    Policy,
    PriceSource,
    keep_policy,
    policy_file,
    policy_prices_file,
    recall_policy,
)
from taximeter.host.question_settings import Offer
from taximeter.host.settings import load_settings
from taximeter.host.settings_edit import set_values
from taximeter.host.trouble import Trouble

ORIGIN = "https://budget.example.com"
SERVICE = f'[service]\nkind = "taximeter"\norigin = "{ORIGIN}"\n'
MACHINE = """
[question]
red_wait = 30
[company]
min_poll_seconds = 300
[company.question]
mode = "observe"
red_default = "run"
[company.question.agents]
some-agent = "ask"
[company.question.thresholds]
left_amber_percent = 15
cold_amount = "12.50"
[company.offer]
model = "small-model"
text = "The small model does reviews well."
[company.prices]
file = "prices.toml"
"""
OWN = """
[question]
mode = "off"
amber_after = 40
[question.agents]
some-agent = "off"
other-agent = "off"
[question.thresholds]
left_amber_percent = 50
left_red_percent = 60
[prices]
company = "mine.toml"
"""


def keep(paths: Paths, decided: Decided, origin: str = ORIGIN) -> None:
    keep_policy(paths, KeptPolicy(origin, Policy("7", decided=decided)))


def test_what_the_machines_file_says_for_the_company_cannot_be_overridden(paths: Paths) -> None:
    put(paths.machine_settings_file, MACHINE)
    put(paths.settings_file, OWN)
    settings = load_settings(paths)
    question, source = settings.question, str(paths.machine_settings_file)
    assert (question.mode, question.mode_of("some-agent"), question.mode_of("other-agent")) == (
        "observe", "ask", "observe",
    )  # fmt: skip
    assert (question.amber_after, question.red_wait, question.red_default) == (40, 30, "run")
    assert (question.thresholds.left_amber_percent, question.thresholds.left_red_percent) == (15, 60)
    assert question.thresholds.cold_amount == 12_500_000_000
    assert question.offer == Offer("small-model", "", "The small model does reviews well.")
    assert settings.company_prices == paths.machine_settings_file.parent / "prices.toml"
    assert settings.min_poll_seconds == 300
    assert settings.unknown == ()
    assert company_rows(settings) == (
        ("question.mode", "observe", source),
        ("question.agents.some-agent", "ask", source),
        ("question.red_default", "run", source),
        ("question.thresholds.left_amber_percent", "15", source),
        ("question.thresholds.cold_amount", "12.5", source),
        ("offer.model", "small-model", source),
        ("offer.text", "The small model does reviews well.", source),
        ("prices.company", str(settings.company_prices), source),
        ("min_poll_seconds", "300", source),
    )


def test_the_services_policy_wins_over_the_machines_file(paths: Paths) -> None:
    machine = '[company.question]\nmode = "off"\namber_after = 5\n[company.question.agents]\na = "off"\n'
    put(paths.machine_settings_file, machine)
    put(paths.settings_file, SERVICE)
    keep(paths, Decided(mode="ask", thresholds=(("left_red_percent", 30),)))
    settings = load_settings(paths)
    assert (settings.question.mode, settings.question.agents, settings.question.amber_after) == ("ask", (), 5)
    assert settings.company_source("question.mode") == "budget.example.com"
    assert settings.company_source("question.agents.a") == str(paths.machine_settings_file)
    assert settings.company_source("question.agents.b") == "budget.example.com"
    assert settings.company_source("question.amber_after") == str(paths.machine_settings_file)
    assert settings.company_source("question.red_wait") == ""


def test_a_policy_holds_for_its_own_service_alone(paths: Paths) -> None:
    keep(paths, Decided(mode="off"))
    assert load_settings(paths).question.mode == "ask"
    put(paths.settings_file, SERVICE.replace("budget", "other"))
    assert load_settings(paths).question.mode == "ask"
    put(paths.settings_file, SERVICE)
    assert load_settings(paths).question.mode == "off"


def test_the_policys_price_file_is_in_force_once_there_is_a_good_one(paths: Paths) -> None:
    put(paths.settings_file, SERVICE)
    source = PriceSource("2", "/v1/prices.toml")
    keep_policy(paths, KeptPolicy(ORIGIN, Policy("7", prices=source)))
    put(policy_prices_file(paths), "")
    assert load_settings(paths).company_prices is None
    keep_policy(paths, KeptPolicy(ORIGIN, Policy("7", prices=source), prices=KeptPrices("1")))
    assert load_settings(paths).company_prices == policy_prices_file(paths)
    keep_policy(paths, KeptPolicy(ORIGIN, Policy("7"), prices=KeptPrices("1")))
    assert load_settings(paths).company_prices is None


ODD_MODE = f'{{"origin":"{ORIGIN}","policy":{{"version":"1","decided":{{"mode":"sometimes"}}}}}}'


DEEP = '{"x":' + "[" * 100_000


@pytest.mark.parametrize("written", ["", "{", "[]", '{"origin": 1}', ODD_MODE, DEEP])
def test_a_kept_policy_that_cannot_be_read_is_none(paths: Paths, written: str) -> None:
    put(policy_file(paths), written)
    put(paths.settings_file, SERVICE)
    assert recall_policy(paths, ORIGIN) is None
    assert load_settings(paths).company == ()


def test_a_kept_policy_is_for_its_owner_alone(paths: Paths) -> None:
    keep(paths, Decided(mode="off", agents=(("a", "ask"),), offer=Offer("m"), min_poll_seconds=300))
    assert policy_file(paths).stat().st_mode & 0o077 == 0
    kept = recall_policy(paths, ORIGIN)
    assert kept is not None
    assert kept.policy.decided == Decided("off", (("a", "ask"),), offer=Offer("m"), min_poll_seconds=300)


def test_a_key_that_the_company_set_is_not_changed(paths: Paths) -> None:
    put(paths.settings_file, SERVICE)
    keep(paths, Decided(thresholds=(("left_amber_percent", 15),)))
    with pytest.raises(Trouble, match=r"Your company sets question\.thresholds\.left_amber_percent"):
        set_values(paths, {("question", "thresholds", "left_amber_percent"): 30})
    assert paths.settings_file.read_text() == SERVICE
    changed = set_values(paths, {("question", "thresholds", "left_red_percent"): 30})
    assert changed.question.thresholds.left_red_percent == 30


def test_in_a_persons_own_file_company_means_nothing(paths: Paths) -> None:
    put(paths.settings_file, '[company.question]\nmode = "off"\n')
    settings = load_settings(paths)
    assert (settings.question.mode, settings.company) == ("ask", ())
    assert settings.unknown == (f"{paths.settings_file}, line 1: company means nothing here",)


def test_keys_of_the_company_that_mean_nothing_are_listed(paths: Paths) -> None:
    put(paths.machine_settings_file, "[company]\nx = 1\n[company.question]\ny = 1\n[company.offer]\nz = 1\n")
    assert [line.partition(": ")[2] for line in load_settings(paths).unknown] == [
        f"{key} means nothing here" for key in "xyz"
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[company.question]\nmode = "sometimes"\n', 2),
        ("[company]\nmin_poll_seconds = 5\n", 2),
        ('[company.question]\ncurrency = "dollars"\n', 2),
        ('[company.question.agents]\na = "x"\n', 2),
        ("company = 1\n", 1),
    ],
)
def test_a_value_that_cannot_be_used_names_its_line(paths: Paths, text: str, line: int) -> None:
    put(paths.machine_settings_file, text)
    with pytest.raises(Trouble, match=f"line {line}"):
        load_settings(paths)


def test_an_amount_in_a_currency_waits_for_the_price_book(paths: Paths) -> None:
    put(paths.machine_settings_file, '[company.question]\ncurrency = "EUR"\nthresholds = {cold_amount = "9"}\n')
    settings = load_settings(paths)
    assert settings.question.thresholds.cold_amount == 10_000_000_000
    assert settings.question.company_amounts == (("cold_amount", 9_000_000_000, "EUR"),)
    assert company_rows(settings)[0].value == "9 EUR"


def test_a_person_sets_modes_by_agent(paths: Paths) -> None:
    put(paths.machine_settings_file, '[question.agents]\na = "off"\nb = "off"\n')
    put(paths.settings_file, '[question.agents]\nb = "observe"\n')
    question = load_settings(paths).question
    assert [question.mode_of(agent) for agent in "abc"] == ["off", "observe", "ask"]
