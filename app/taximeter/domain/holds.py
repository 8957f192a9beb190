"""Amounts that are set aside for launches, so that two terminals cannot both spend what is left once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from taximeter.domain.coverage import covers
from taximeter.domain.launch import Forecast
from taximeter.domain.quota import Quota, Unit


class Hold(NamedTuple):
    """What a launch that was let go will likely still spend."""

    launch: str
    """The launch's id."""
    agent: str
    project: str
    models: tuple[str, ...]
    amount: int
    """Nano-units of ``currency``."""
    currency: str
    made_at: int
    ends_at: int
    """From then on it counts no more, whatever became of the launch."""


class ServiceHold(NamedTuple):
    """What a company's service has set aside for a launch."""

    id: str
    unit: Unit
    currency: str
    amount: int
    ends_at: int
    """When it ends by itself, ms UTC by the service's clock."""
    quotas: tuple[str, ...] = ()
    """The ids of the quotas that it lowers; empty where the service does not tell."""


def with_holds(
    quotas: Iterable[Quota], holds: Sequence[Hold], now: int, anew: Collection[str] = ()
) -> tuple[Quota, ...]:
    """The quotas with the open holds that each covers added to what is held of it.

    A hold is open from ``made_at`` until before ``ends_at``. Quotas that do not count money, or
    another currency, stay as they are. What the source itself holds for a launch (``Quota.held_for``)
    is not set aside again; for the launches of ``anew``, which are foreseen anew, that is given back.
    An outlook that was made before does not know of the holds: make it anew from these.
    """
    opened = [hold for hold in holds if hold.made_at <= now < hold.ends_at and hold.amount > 0]
    return tuple(_with(quota, opened, anew) for quota in quotas)


def hold_of(forecast: Forecast, spent: int) -> int:
    """What a launch will likely still spend: the middle of its range less what it has cost, never below 0.

    Without a range it is what the launch costs at the very least.
    """
    expected = forecast.floor if forecast.cost is None else forecast.cost.p50
    return max(0, expected - spent)


def _with(quota: Quota, holds: list[Hold], anew: Collection[str]) -> Quota:
    if quota.unit is not Unit.MONEY:
        return quota
    told = dict(quota.held_for)
    amount = sum(
        hold.amount
        for hold in holds
        if hold.launch not in told
        and hold.currency == quota.currency
        and covers(quota.covers, hold.agent, hold.project, hold.models)
    )
    amount -= sum(told.get(launch, 0) for launch in anew)
    return replace(quota, held=max(0, quota.held + amount)) if amount else quota
