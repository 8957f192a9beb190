"""What the commands say of a budget service: its figures, their age, and why there are none."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from budget.recorded import SERVED, known_before

from taximeter.budget.contract import Failure, Fault, Reading
from taximeter.budget.kept import Kept, row_of
from taximeter.budget.latest import Known
from taximeter.budget.standing import standing
from taximeter.commands.desk import Desk
from taximeter.domain.quota import Coverage, Enforcement, Increase, Period, Quota, Unit
from taximeter.host.service_settings import ServiceSetting
from taximeter.host.settings import BudgetSetting, Settings
from taximeter.ledger.opening import open_writing
from taximeter.ledger.services import put_service

UTC = ZoneInfo("UTC")
NANO, MINUTE, DAY = 10**9, 60_000, 86_400_000
SETTING = ServiceSetting("litellm", "https://budget.example.com", everything=True)
READING = known_before().reading
DOWN = Failure(Fault.TIMED_OUT, "budget.example.com did not answer in time")
OUT = Failure(Fault.UNAUTHENTICATED, "Nobody is signed in to the budget service")
assert READING is not None

Serviced = Callable[..., Any]


@pytest.fixture
def now() -> int:
    return SERVED + MINUTE


@pytest.fixture
def serviced(run: Any, desk: Desk) -> Serviced:
    """Runs a command on a desk with that service, of which the ledger keeps what is told."""

    def invoke(*words: str, kept: Kept | None = None, budgets: tuple[BudgetSetting, ...] = (), **other: Any) -> Any:
        settings = Settings(budgets=budgets, service=SETTING)
        if kept is not None:
            with closing(open_writing(desk.ledger)) as connection, connection:
                put_service(connection, SETTING.origin, row_of(kept))

        def judge(connection: Any, as_of: int) -> Any:
            return standing(connection, settings, desk.names(), other.get("clock", desk.clock)(), as_of, UTC)

        return run(*words, **{"read_settings": lambda: settings, "judge": judge} | other)

    return invoke


def good(*quotas: Quota, **changed: Any) -> Known:
    """What a poll told, of quotas that pay for nothing of this desktop's unless told."""
    assert READING is not None
    covers: dict[str, Any] = {"covers": Coverage(agents=("nobody",)), "coverage_chosen": True}
    told = tuple(replace(quota, **(covers | changed)) for quota in quotas or READING.quotas)
    return Known(replace(READING, quotas=told))


def answered(known: Known) -> Kept:
    return Kept(known, SERVED)


def failed(failure: Failure, reading: Reading | None = READING) -> Kept:
    return Kept(Known(reading, failure), SERVED, 1)


def test_the_recorded_figures_stand_in_the_table_and_in_the_data_to_the_last_digit(serviced: Serviced) -> None:
    ran = serviced("budget", kept=answered(good()))
    assert [line[3:25].strip() for line in ran.out.splitlines()[1:4]] == [
        "Key ed-key", "Your own budget", "Your share of Platform",
    ]  # fmt: skip
    assert "budget.example.com: as of 11:59." in ran.out
    assert "  Key ed-key: of the key, $0.62 used, warns at $20.00." in ran.out
    data = {one["id"]: one for one in serviced("budget", "--json").data["quotas"]}
    assert {id: (one["limit"], one["spent"], one["remaining"]) for id, one in data.items()} == {
        "service:key": ("30.000000000", "0.616000000", "29.384000000"),
        "service:user": ("50.000000000", "0.924000000", "49.076000000"),
        "service:team:team-platform": ("75.000000000", "0.308000000", "74.692000000"),
    }
    assert serviced("status", "--json").data["quotas"][0]["kind"] == "litellm"


def test_own_use_since_is_taken_off_and_named(serviced: Serviced) -> None:
    known = good(covers=Coverage(agents=("claude-code",)))
    ran = serviced("budget", kept=answered(known))
    assert "$0.62 used, $1.00 not billed yet, warns at $20.00." in ran.out
    data = next(one for one in serviced("budget", "--json").data["quotas"] if one["id"] == "service:key")
    assert (data["not_billed"], data["remaining"]) == ("1.000000000", "28.384000000")


def test_what_nobody_chose_is_said_and_nothing_is_taken_off(serviced: Serviced) -> None:
    ran = serviced("budget", kept=answered(good(coverage_chosen=False)))
    assert "Nobody said what it pays for" in ran.out
    assert "not billed yet" not in ran.out
    assert "of what the service counts" not in ran.out


def test_the_share_that_comes_from_here_is_told_with_both_figures(serviced: Serviced) -> None:
    first = good().quotas[0]
    known = good(replace(first, spent=6 * NANO), covers=Coverage(agents=("claude-code",)))
    told = " ".join(serviced("budget", kept=answered(known)).out.split())
    assert "50 % of what the service counts comes from here: $3.00 of $6.00 since 00:00." in told
    assert serviced("budget", "--json").data["explained_share"] == 0.5007
    known = good(replace(first, spent=2 * NANO), covers=Coverage(agents=("claude-code",)))
    told = " ".join(serviced("budget", kept=answered(known)).out.split())
    assert "This desktop counts more than the service: $3.00 against $2.00" in told


def test_what_is_in_a_figure_is_told_in_words(serviced: Serviced) -> None:
    quota = replace(good().quotas[0], soft_limit=None, held=2 * NANO, enforcement=Enforcement.THROTTLE,
                    increase=Increase(15 * NANO, SERVED + 8 * DAY), source="the platform team")  # fmt: skip
    told = " ".join(serviced("budget", kept=answered(good(quota))).out.split())
    assert (
        "Key ed-key: of the key, $0.62 used, $2.00 held for launches, $15.00 of it granted until 1 Dec, "
        "slows down at the limit, set by the platform team." in told
    )


def test_other_units_no_limit_and_no_reset_are_told_as_they_are(serviced: Serviced) -> None:
    first = good().quotas[0]
    tokens = replace(first, id="t", name="Tokens", unit=Unit.TOKENS, currency="", limit=2_500_000_000, spent=1_000)
    counted = replace(first, id="c", name="Credits", unit=Unit.CREDITS, currency="",
                      limit=500 * NANO, spent=20 * NANO + 1, resets=False)  # fmt: skip
    free = replace(first, id="f", name="Free", limit=None, soft_limit=None)
    rows = {line[3:10].strip(): line for line in
            serviced("budget", kept=answered(good(tokens, counted, free))).out.splitlines()[1:4]}  # fmt: skip
    assert "2.5 G tokens  2.5 G tokens" in rows["Tokens"]
    assert "480 credits   500 credits  never" in rows["Credits"]
    assert rows["Free"].endswith("no limit")
    data = {one["id"]: one for one in serviced("budget", "--json").data["quotas"]}
    assert (data["t"]["remaining"], data["c"]["remaining"], data["f"]["remaining"]) == (
        2_499_999_000, "479.999999999", None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kept", "told", "short"),
    [
        (None, "not asked yet. It is asked while Taximeter runs", "not asked yet"),
        (failed(OUT, None), "sign in with taximeter budget sign-in. Nobody is signed in", "sign in"),
        (failed(DOWN, None), "never reached: budget.example.com did not answer in time.", "never reached"),
    ],
)
def test_when_nothing_was_ever_read_one_line_says_why(
    serviced: Serviced, kept: Kept | None, told: str, short: str
) -> None:
    ran = serviced("budget", kept=kept)
    assert told in " ".join(ran.out.split())
    assert "No budget yet" not in ran.out
    assert serviced("status", "--line").out.startswith(f"budget.example.com: {short} | today ")
    assert serviced("budget", "--json").data["explained_share"] is None


def test_a_service_of_which_nothing_was_read_leaves_the_check_untold(serviced: Serviced) -> None:
    enough = (BudgetSetting("own", "Own", Decimal(1000), "USD", agents=("claude-code",)),)
    assert serviced("budget", "--check", "10", budgets=enough, kept=failed(DOWN, None)).code == 69
    assert serviced("budget", "--check", "10", budgets=enough, kept=answered(good())).code == 0


def test_figures_that_could_not_be_renewed_keep_their_age_and_leave_the_check_untold(
    serviced: Serviced, now: int
) -> None:
    later = {"clock": lambda: now + 180 * MINUTE}
    kept = failed(DOWN, good().reading)
    ran = serviced("budget", kept=kept, **later)
    assert "budget.example.com: not reached since 11:59: budget.example.com did not answer in time." in " ".join(
        ran.out.split()
    )
    assert "offline since 11:59" in ran.out
    assert {one["state"] for one in serviced("budget", "--json", **later).data["quotas"]} == {"offline"}
    assert serviced("budget", "--check", "1", **later).code == 69
    ran = serviced("budget", kept=failed(OUT, good().reading))
    assert "signed out since 11:59" in ran.out
    assert serviced("budget", "--check", "1").code == 69
    ran = serviced("budget", kept=answered(good()), **later)
    assert "as of 11:59. It is asked while Taximeter runs" in " ".join(ran.out.split())
    assert serviced("budget", "--check", "1", **later).code == 69


def test_a_reset_that_no_poll_saw_yet_is_passed_and_its_figures_are_old(serviced: Serviced) -> None:
    first = good().quotas[0]
    quota = replace(first, period=Period(first.period.start, SERVED), as_of=SERVED - MINUTE)
    row = serviced("budget", kept=answered(good(quota))).out.splitlines()[1]
    assert row.endswith("passed  as of 11:59")


def test_a_blocked_token_lets_nothing_through_whatever_is_left(serviced: Serviced) -> None:
    kept = failed(Failure(Fault.BLOCKED, "The key was blocked by whoever runs the service"), good().reading)
    ran = serviced("budget", "--check", "1", kept=kept)
    assert ran.code == 1
    assert "The key was blocked by whoever runs the service." in " ".join(ran.out.split())
    assert "suspended, nothing is let through" in " ".join(ran.out.split())
    assert serviced("status", "--line").out.split(" | ")[0].endswith("left, suspended")


def test_of_a_suspended_quota_nothing_is_left_and_the_reason_is_said(serviced: Serviced) -> None:
    stopped = replace(good().quotas[0], suspended=True, message="On leave until\nthe first.")
    told = serviced("budget", kept=answered(good(stopped))).out
    assert " nothing " in told.splitlines()[1]
    assert "nothing is let through (On leave until the first.)" in " ".join(told.split())


@pytest.mark.parametrize("kept", [answered(good()), failed(DOWN, good().reading), failed(OUT, None)])
def test_every_line_fits_80_columns(serviced: Serviced, kept: Kept) -> None:
    for words in (("budget",), ("status",), ("doctor",)):
        lines = serviced(*words, kept=kept).out.splitlines()
        assert not [line for line in lines if len(line) > 80 and "budget.example.com" in line]
