"""What is said of a launch afterwards and while it runs: what was told, answered, and what it came to. Pure."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from taximeter.domain.launch import Severity, Verb
from taximeter.ledger.readmodels import LaunchRow
from taximeter.ui.figures import ABSENT, Figures, many
from taximeter.ui.question_words import range_words, shortened
from taximeter.ui.sentences import listed

translate = QCoreApplication.translate


def forecast_words(launch: LaunchRow, day: int, figures: Figures) -> str:
    """The forecast beside a session's cost: when it was told, what it was, what became of it.

    Of another day than that of ``day`` (ms) it names the day too.
    """
    words = translate("Launch", "forecast at {time}: {range}").format(
        time=figures.moment(launch.at, day), range=told_words(launch, figures)
    )
    if not launch.launched:
        return translate("Launch", "{forecast}, stopped").format(forecast=words)
    if launch.actual is None:
        return words
    if launch.renewed is not None:
        now_words = translate("Launch", "{forecast}, now {range}")
        words = now_words.format(forecast=words, range=range_words(launch.renewed, launch.currency, figures))
    came = translate("Launch", "{forecast}, {amount} so far") if launch.going_on else translate(
        "Launch", "{forecast}, came to {amount}")  # fmt: skip
    return came.format(forecast=words, amount=figures.money(launch.actual, launch.currency))


def running_words(launch: LaunchRow, now: int, figures: Figures) -> tuple[str, str]:
    """A launch that runs: how large it is and what it cost so far, and what is foreseen of it."""
    said = translate("Launch", "Launch of {n}").format(n=launch.launched)
    if launch.actual is not None:
        amount = figures.money(launch.actual, launch.currency)
        said = translate("Launch", "Launch of {n}, {amount} so far").format(n=launch.launched, amount=amount)
    if launch.renewed is not None:
        spread = range_words(launch.renewed, launch.currency, figures)
        return said, translate("Launch", "forecast {range}").format(range=spread)
    words = translate("Launch", "forecast at {time}: {range}")
    return said, words.format(time=figures.moment(launch.at, now), range=told_words(launch, figures))


def told_words(launch: LaunchRow, figures: Figures) -> str:
    """The range as it was told, or only the least it can cost."""
    if launch.told is not None:
        return range_words(launch.told, launch.currency, figures)
    if not launch.floor:
        return translate("Launch", "no basis yet")
    return translate("Launch", "at least {amount}, no basis yet").format(
        amount=figures.money(launch.floor, launch.currency)
    )


def kinds_words(launch: LaunchRow) -> str:
    """The agents by kind, as they were to start."""
    words = translate("Launch", "{n} {type}")
    kinds = [
        words.format(n=kind.count, type=shortened(kind.type))
        if kind.type else many(kind.count, translate("Launch", "1 agent"), translate("Launch", "{n} agents"))
        for kind in launch.kinds
    ]  # fmt: skip
    return listed(kinds) or many(launch.agents, translate("Launch", "1 agent"), translate("Launch", "{n} agents"))


def answer_words(launch: LaunchRow) -> str:
    """What was answered, or why there is no answer."""
    if launch.answer is None:
        held = launch.severity >= Severity.AMBER
        if held and launch.mode == "observe":
            return translate("Launch", "only observed")
        return translate("Launch", "none") if held else translate("Launch", "not asked")
    if launch.answer is Verb.EXPIRED:
        ran = translate("Launch", "none: ran")
        return ran if launch.launched else translate("Launch", "none: stopped")
    return {
        Verb.STOP: translate("Launch", "stopped"),
        Verb.LIMIT: translate("Launch", "at most {n}").format(n=launch.launched),
        Verb.RUN: translate("Launch", "run"),
    }[launch.answer]


def cost_words(launch: LaunchRow, figures: Figures) -> str:
    """What the agents came to, so far or in the end."""
    if launch.actual is None:
        return translate("Launch", "not all priced") if launch.runs else ABSENT
    amount = figures.money(launch.actual, launch.currency)
    return translate("Launch", "{amount} so far").format(amount=amount) if launch.going_on else amount


def place_words(launch: LaunchRow) -> str:
    """Where the cost lies in the range, or why that cannot be told."""
    if not launch.launched:
        return translate("Launch", "not run")
    if launch.place is not None:
        return (translate("Launch", "inside"), translate("Launch", "above"), translate("Launch", "below"))[launch.place]
    if launch.going_on:
        return translate("Launch", "still runs")
    if launch.killed:
        return many(launch.killed, translate("Launch", "1 ended early"), translate("Launch", "{n} ended early"))
    if not launch.runs:
        return translate("Launch", "none seen")
    if launch.runs != launch.launched:
        return translate("Launch", "{n} of {all} seen").format(n=launch.runs, all=launch.launched)
    return ABSENT


def worth_a_list(launches: tuple[LaunchRow, ...]) -> bool:
    """Whether the newest forecast beside the total does not tell all."""
    return len(launches) > 1 or any(launch.answer is not None for launch in launches)
