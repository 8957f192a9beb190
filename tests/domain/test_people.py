"""A colleague's quotas: foretold by the clock alone, and the one that binds first."""

from __future__ import annotations

from dataclasses import replace

from taximeter.domain.increase import IncreaseRequest, RequestStatus
from taximeter.domain.people import Person, standing_of, waiting, will_run_out
from taximeter.domain.quota import Period, Quota, QuotaKind, Unit

DAY = 86_400_000
NOW = 20_000 * DAY
MONTH = Period(NOW - 15 * DAY, NOW + 15 * DAY)


def quota(spent: int, id: str = "month") -> Quota:
    return Quota(id, id, QuotaKind.TAXIMETER, Unit.REQUESTS, "", 100, spent, 0, 0, MONTH, NOW)


def person(*quotas: Quota) -> Person:
    return Person("ed", "Ed Ito", NOW, quotas)


def test_the_one_that_runs_out_first_stands_first() -> None:
    seen = standing_of(person(quota(10, "a"), quota(60, "b")), NOW)
    assert [(one.quota.id, one.binds) for one in seen] == [("b", True), ("a", False)]
    assert seen[0].runs_out_at == NOW + 10 * DAY
    assert will_run_out(seen)


def test_who_has_enough_none_left_or_nothing_granted() -> None:
    assert not will_run_out(standing_of(person(quota(50)), NOW))
    assert will_run_out(standing_of(person(quota(100)), NOW))
    assert will_run_out(standing_of(person(replace(quota(0), suspended=True)), NOW))
    assert not will_run_out(standing_of(person(), NOW))


def test_only_what_is_undecided_waits() -> None:
    pending = IncreaseRequest("r", "month", "Ed Ito", Unit.REQUESTS, "", 5, "", None, RequestStatus.PENDING, NOW)
    denied = replace(pending, id="d", status=RequestStatus.DENIED)
    assert waiting(replace(person(), requests=(denied, pending))) == (pending,)
