"""Days as stacked sums by agent or model: the arithmetic and words of the day view."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication, QDate

from taximeter.domain.usage import Totals
from taximeter.ledger.readmodels import DayRow
from taximeter.ui.figures import ABSENT, Figures
from taximeter.ui.rows import Row

translate = QCoreApplication.translate

SERIES_COLOURS = ("series1", "series2", "series3", "series4", "series5")
MOST_DAYS = 62


@dataclass(frozen=True, slots=True)
class Day:
    """A day's sum and its parts in the order of the series."""

    date: date
    totals: Totals
    parts: tuple[Totals, ...]


@dataclass(frozen=True, slots=True)
class DaySums:
    """Days without gaps, oldest first, and the names of their parts; the last may be the others."""

    names: tuple[str, ...]
    days: tuple[Day, ...]
    totals: Totals


def day_sums(rows: tuple[DayRow, ...], by_model: bool, figures: Figures) -> DaySums:
    """Sum rows by day and series; beyond four series the smaller ones are put together."""
    whole = Totals()
    series: dict[str, Totals] = {}
    for row in rows:
        name = _series(row, by_model, figures)
        series[name] = series.get(name, Totals()) + row.totals
        whole += row.totals
    ranked = sorted(series, key=lambda name: (-series[name].cost.total, name))
    kept = ranked if len(ranked) <= len(SERIES_COLOURS) else ranked[: len(SERIES_COLOURS) - 1]
    names = tuple(kept) + (() if len(kept) == len(ranked) else (translate("Days", "others"),))
    by_day: dict[date, list[Totals]] = {}
    for row in rows:
        parts = by_day.setdefault(date.fromisoformat(row.date), [Totals()] * len(names))
        name = _series(row, by_model, figures)
        at = names.index(name) if name in kept else len(names) - 1
        parts[at] = parts[at] + row.totals
    return DaySums(names, _without_gaps(by_day, len(names)), whole)


def _without_gaps(by_day: dict[date, list[Totals]], parts: int) -> tuple[Day, ...]:
    if not by_day:
        return ()
    last = max(by_day)
    first = max(min(by_day), last - timedelta(days=MOST_DAYS - 1))
    days = []
    for ahead in range((last - first).days + 1):
        day = first + timedelta(days=ahead)
        sums = tuple(by_day.get(day, [Totals()] * parts))
        total = Totals()
        for one in sums:
            total += one
        days.append(Day(day, total, sums))
    return tuple(days)


def day_headers(sums: DaySums) -> tuple[str, ...]:
    """Columns of the table behind the bars."""
    return (translate("Days", "Day"), *sums.names, translate("Days", "Tokens"), translate("Days", "Cost"))


def day_rows(sums: DaySums, figures: Figures) -> tuple[Row, ...]:
    """A row a day, newest first, and the sum of the days shown."""
    rows = [
        Row((day_name(day.date, figures), *_texts(day, figures)), (day.date.isoformat(), *_keys(day)))
        for day in reversed(sums.days) if day.totals.requests
    ]  # fmt: skip
    shown = Day(date.max, _sum(tuple(day.totals for day in sums.days)),
                tuple(_sum(tuple(day.parts[at] for day in sums.days)) for at in range(len(sums.names))))  # fmt: skip
    closing = Row((translate("Days", "All days"), *_texts(shown, figures)), ("", *_keys(shown)), (), True)
    return (*rows, closing) if rows else ()


def day_name(day: date, figures: Figures) -> str:
    """A day with its weekday, short."""
    return figures.date(QDate(day.year, day.month, day.day), translate("Dates", "ddd d MMM"))


def _texts(day: Day, figures: Figures) -> tuple[str, ...]:
    parts = (figures.short_cost(part) if part.requests else ABSENT for part in day.parts)
    return (*parts, figures.tokens(day.totals.tokens.total), figures.short_cost(day.totals))


def _keys(day: Day) -> tuple[int, ...]:
    return (*(part.cost.total for part in day.parts), day.totals.tokens.total, day.totals.cost.total)


def _sum(parts: tuple[Totals, ...]) -> Totals:
    whole = Totals()
    for part in parts:
        whole += part
    return whole


def _series(row: DayRow, by_model: bool, figures: Figures) -> str:
    if not by_model:
        return figures.agent(row.agent)
    name = row.model or translate("Days", "not named")
    return translate("Days", "{model} (fast)").format(model=name) if row.fast else name
