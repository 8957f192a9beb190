"""The budget command: its data, its table, its exit codes and what it writes."""

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from taximeter.commands.budget import budget, check
from taximeter.commands.desk import Desk
from taximeter.commands.quota_text import quota_table
from taximeter.commands.tables import cells_wide
from taximeter.domain.outlook import outlooks
from taximeter.domain.pace import straight_line
from taximeter.domain.quota import Coverage, Period, Quota, QuotaKind, Unit
from taximeter.host.paths import Paths
from taximeter.host.settings import BudgetSetting, load_settings
from taximeter.host.trouble import Trouble

UTC = ZoneInfo("UTC")
DAY = 86_400_000
START = 1_793_491_200_000  # 2026-11-01 00:00 UTC
NOW = START + 15 * DAY
MONEY = Quota("team", "Team", QuotaKind.LOCAL, Unit.MONEY, "USD", 200 * 10**9, 81_600_000_001, 0, 0,
              Period(START, START + 30 * DAY), NOW, Coverage(projects=("client-*",)))  # fmt: skip
WINDOW = Quota("a:main:300", "Some Agent, 5-hour window", QuotaKind.PLAN_WINDOW, Unit.PERCENT, "", 10_000, 3_725, 0, 0,
               Period(NOW - DAY // 8, NOW + DAY // 12), NOW, Coverage(agents=("a",)))  # fmt: skip
FREE = replace(MONEY, id="free", limit=None)


Run = Callable[..., Result]


@pytest.fixture
def now() -> int:
    return NOW


@pytest.fixture
def paths(desk: Desk) -> Paths:
    return desk.paths


@pytest.fixture
def run(desk: Desk) -> Run:
    def invoke(*words: str, quotas: tuple[Quota, ...] = ()) -> Result:
        told = outlooks(quotas, straight_line(UTC), NOW)
        here = replace(desk, judge=lambda *_: told, read_settings=lambda: load_settings(desk.paths))
        return CliRunner().invoke(budget, words, obj=here)

    return invoke


def test_the_data_has_exactly_the_promised_shape(run: Run) -> None:
    data = json.loads(run("--json", quotas=(MONEY, WINDOW, FREE)).stdout)
    assert data.keys() == {"schema", "quotas", "explained_share"}
    assert (data["schema"], data["explained_share"]) == (1, None)
    money, window, free = data["quotas"]
    assert money == {
        "id": "team",
        "name": "Team",
        "kind": "local",
        "unit": "money",
        "currency": "USD",
        "limit": "200.000000000",
        "spent": "81.600000001",
        "not_billed": "0.000000000",
        "held": "0.000000000",
        "remaining": "118.399999999",
        "period": {"start": "2026-11-01T00:00:00Z", "end": "2026-12-01T00:00:00Z"},
        "as_of": "2026-11-16T00:00:00Z",
        "state": "ok",
        "binds": True,
        "covers": ["project:client-*"],
        "runs_out_at": None,
    }
    assert (window["limit"], window["spent"], window["remaining"], window["currency"]) == (100, 37.25, 62.75, None)
    assert (window["binds"], window["covers"]) == (False, ["agent:a"])
    assert (free["limit"], free["remaining"], free["binds"]) == (None, None, False)


def test_the_table_answers_whether_it_lasts(run: Run) -> None:
    spent = replace(MONEY, id="x", name="Spent", spent=200 * 10**9, used_up_at=NOW - DAY)
    over = replace(MONEY, id="y", name="Fast", spent=150 * 10**9)
    lines = run(quotas=(MONEY, over, spent)).stdout.splitlines()
    assert lines[0].split() == ["Quota", "Left", "Of", "Resets", "At", "your", "pace"]
    assert [line.split()[0] for line in lines[1:]] == [">", "Fast", "Team"]
    assert lines[1].endswith("in 15 days  used up since Sun 00:00")
    assert lines[2].endswith("runs out Sat 00:00")
    assert "$118.40  $200.00  in 15 days  lasts past the reset" in lines[3]


def test_the_table_fits_80_columns_whatever_the_names() -> None:
    long = replace(MONEY, name="预算" * 30, limit=12_345_678 * 10**9, spent=12_345_678 * 10**9, used_up_at=START)
    wide = replace(
        WINDOW, name="A very long name of an agent that somebody made up, 5-hour window", as_of=NOW - 90 * DAY
    )
    for line in quota_table(outlooks((long, wide), straight_line(UTC), NOW), NOW, UTC).splitlines():
        assert cells_wide(line) <= 80


def test_tokens_without_a_price_are_never_nothing(run: Run) -> None:
    printed = run(quotas=(replace(MONEY, unpriced_tokens=38_000),)).stdout
    assert "<$118.40" in printed
    assert "38,000 tokens have no price" in printed


def test_without_a_budget_the_table_says_what_to_do(run: Run) -> None:
    assert "taximeter budget set" in run().stdout


@pytest.mark.parametrize(
    ("quotas", "percent", "code"),
    [
        ((MONEY,), 59, 0),
        ((MONEY,), 60, 1),
        ((MONEY, WINDOW), 59.5, 1),
        ((MONEY, FREE), 10, 0),
        ((), 10, 69),
        ((FREE,), 10, 69),
        ((replace(MONEY, as_of=NOW - DAY),), 10, 69),
        ((MONEY, replace(MONEY, as_of=NOW - DAY)), 10, 69),
        ((MONEY, replace(MONEY, as_of=NOW - DAY)), 60, 1),
        ((replace(MONEY, unpriced_tokens=1),), 10, 69),
        ((replace(MONEY, unpriced_tokens=1),), 60, 1),
        ((replace(MONEY, spent=MONEY.limit or 0),), 0, 0),
        ((replace(MONEY, limit=0, spent=0),), 0.1, 1),
        ((replace(MONEY, suspended=True),), 0, 1),
    ],
)
def test_the_check_ends_with_0_1_or_69(run: Run, quotas: tuple[Quota, ...], percent: float, code: int) -> None:
    assert check(outlooks(quotas, straight_line(UTC), NOW), percent) == code
    assert run("--check", str(percent), quotas=quotas).exit_code == code
    assert run("--json", "--check", str(percent), quotas=quotas).exit_code == code


def test_a_share_that_is_none_is_wrong_use(run: Run) -> None:
    assert run("--check", "101").exit_code == 2


def test_a_budget_is_set_changed_and_removed(run: Run, paths: Paths) -> None:
    first = run("set", "Client work", "49.90", "--period", "week", "--start", "7", "--projects", "client-*, other")
    assert first.stdout == "Client work: 49.90 USD a week from Sunday, for project:client-*, project:other.\n"
    expected = BudgetSetting(
        "client-work", "Client work", Decimal("49.90"), "USD", "week", 7, (), ("client-*", "other")
    )
    assert load_settings(paths).budgets == (expected,)
    assert run("set", "client work", "60").exit_code == 0
    assert load_settings(paths).budgets == (replace(expected, amount=Decimal(60)),)
    assert run("set", "client-work", "60", "--period", "month", "--projects", "").exit_code == 0
    assert load_settings(paths).budgets == (BudgetSetting("client-work", "Client work", Decimal(60), "USD"),)
    assert run("remove", "Client work").stdout == "Removed the budget 'Client work'.\n"
    assert load_settings(paths).budgets == ()


@pytest.mark.parametrize(
    "words",
    [
        ("set", "a", "0"),
        ("set", "a", "much"),
        ("set", " ", "3"),
        ("set", "a", "3", "--currency", "dollars"),
        ("set", "a", "3", "--period", "year"),
        ("set", "a", "3", "--period", "week", "--start", "8"),
        ("remove", "nothing"),
    ],
)
def test_wrong_use_ends_with_2_and_writes_nothing(run: Run, paths: Paths, words: tuple[Any, ...]) -> None:
    assert run(*words).exit_code == 2
    assert not paths.settings_file.exists()


def test_a_budget_in_a_currency_without_prices_is_refused(run: Run, paths: Paths) -> None:
    assert isinstance(run("set", "a", "3", "--currency", "EUR").exception, Trouble)
    assert not paths.settings_file.exists()


def test_a_budget_of_the_computer_cannot_be_removed_by_its_user(run: Run, paths: Paths) -> None:
    paths.machine_config.mkdir()
    paths.machine_settings_file.write_text('[[budget]]\nname = "Team"\namount = 100\n')
    result = run("remove", "team")
    assert isinstance(result.exception, Trouble)
    assert "administrator" in result.exception.detail
