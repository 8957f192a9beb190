"""The page Question: for whom it is asked, what happens without an answer, from where on each rule speaks. Pure."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from taximeter.host.question_settings import LONGEST_WAIT
from taximeter.host.settings import Settings
from taximeter.ui.figures import Figures
from taximeter.ui.settings_desk import AgentSeen, SettingsSeen
from taximeter.ui.settings_lines import Control, Group, Line, group

translate = QCoreApplication.translate

GENERAL = ""
"""An agent without a mode of its own."""


def mode_group(seen: SettingsSeen, agents: tuple[AgentSeen, ...]) -> Group:
    """How launches are treated: of all agents, and of each that can be asked about and is here."""
    settings = seen.settings
    modes = _modes()
    lines = [
        Line("question.mode", translate("Settings", "Before a launch that would take much"), Control.CHOICE,
             settings.question.mode, translate("Settings", "A launch that nothing speaks against is never held."),
             modes)
    ]  # fmt: skip
    own = dict(settings.question.agents)
    for agent in agents:
        if agent.can_ask and (agent.found or agent.id in own):
            label = translate("Settings", "Launches of {agent}").format(agent=agent.name)
            as_all = (GENERAL, translate("Settings", "As above"))
            lines.append(Line(f"question.agents.{agent.id}", label, Control.CHOICE, own.get(agent.id, GENERAL),
                              choices=(as_all, *modes)))  # fmt: skip
    return group(translate("Settings", "When you are asked"), settings, tuple(lines))


def waiting_group(seen: SettingsSeen, _figures: Figures) -> Group:
    """What happens when nobody answers."""
    question, settings = seen.settings.question, seen.settings
    lines = (
        _seconds("amber_after", translate("Settings", "A launch worth a look waits for"),
                 translate("Settings", "Amber questions."), question.amber_after),
        Line("question.amber_default", translate("Settings", "Then it"), Control.CHOICE, question.amber_default,
             choices=_ends()),
        _seconds("red_wait", translate("Settings", "A launch out of proportion waits for"),
                 translate("Settings", "Red questions. No agent waits longer than ten minutes."), question.red_wait),
        Line("question.red_default", translate("Settings", "Then it"), Control.CHOICE, question.red_default,
             choices=_ends()),
    )  # fmt: skip
    return group(translate("Settings", "When nobody answers"), settings, lines)


def _seconds(name: str, label: str, about: str, value: int) -> Line:
    unit = translate("Settings", "s")
    return Line(f"question.{name}", label, Control.NUMBER, value, about, lowest=1, highest=LONGEST_WAIT, unit=unit)


def threshold_groups(seen: SettingsSeen, figures: Figures) -> tuple[Group, ...]:
    """From where on each rule speaks."""
    about = translate("Settings", "The likely cost of a launch is a range with a middle. Amber asks; red asks, and "
                      "stops the launch when nobody answers.")  # fmt: skip
    settings = seen.settings
    return (
        group(translate("Settings", "Too little to ask about"), settings, _silent(settings, figures), about),
        group(translate("Settings", "Share of what is left"), settings, _left(settings)),
        group(translate("Settings", "Pace: the day it runs out moves"), settings, _pace(settings)),
        group(translate("Settings", "More than you usually start"), settings, _typical(settings)),
        group(translate("Settings", "With nothing to compare with"), settings, _cold(settings, figures)),
    )


def _silent(settings: Settings, figures: Figures) -> tuple[Line, ...]:
    return (
        _amount("silent_amount", translate("Settings", "Silent while the upper end is under"), settings, figures),
        _number("silent_percent", translate("Settings", "And under this share of what is left"), settings,
                (0, 100, "%")),
    )  # fmt: skip


def _left(settings: Settings) -> tuple[Line, ...]:
    return (
        _number("left_amber_percent", translate("Settings", "Amber when the middle is over"), settings, (1, 100, "%")),
        _number("left_red_percent", translate("Settings", "Red when the middle is over"), settings, (1, 100, "%")),
        _number("left_red_days", translate("Settings", "And the period has so many days or more to go"), settings,
                (0, 31, "")),
    )  # fmt: skip


def _pace(settings: Settings) -> tuple[Line, ...]:
    return (
        _number("pace_amber_days", translate("Settings", "Amber when by so many days or more"), settings, (1, 31, "")),
        _number("pace_red_percent", translate("Settings", "Red when by more than this share of the period"), settings,
                (1, 100, "%")),
    )  # fmt: skip


def _typical(settings: Settings) -> tuple[Line, ...]:
    return (
        _number("typical_percentile", translate("Settings", "A word when it costs more than this share of them"),
                settings, (1, 100, "%")),
        _number("typical_amber_times", translate("Settings", "Amber when it costs so many times that"), settings,
                (1, 1000, "")),
        _number("typical_days", translate("Settings", "Days back that your launches are looked at"), settings,
                (1, 365, "")),
        _number("typical_launches", translate("Settings", "Launches that it takes to compare"), settings,
                (1, 1000, "")),
    )  # fmt: skip


def _cold(settings: Settings, figures: Figures) -> tuple[Line, ...]:
    return (
        _number("cold_launches", translate("Settings", "That is before so many launches of yours"), settings,
                (0, 1000, "")),
        _number("cold_agents", translate("Settings", "Amber from so many agents on"), settings, (1, 1000, "")),
        _amount("cold_amount", translate("Settings", "Or when the upper end is over"), settings, figures),
    )  # fmt: skip


def _number(name: str, label: str, settings: Settings, span: tuple[int, int, str]) -> Line:
    value: int = getattr(settings.question.thresholds, name)
    lowest, highest, unit = span
    return Line(f"question.thresholds.{name}", label, Control.NUMBER, value, lowest=lowest, highest=highest, unit=unit)


def _amount(name: str, label: str, settings: Settings, figures: Figures) -> Line:
    value: int = getattr(settings.question.thresholds, name)
    unit = figures.currency
    for known, amount, currency in settings.question.company_amounts:
        value, unit = (amount, currency) if known == name else (value, unit)
    return Line(f"question.thresholds.{name}", label, Control.AMOUNT, value, unit=unit)


def _modes() -> tuple[tuple[str, str], ...]:
    return (
        ("ask", translate("Settings", "Ask me")),
        ("observe", translate("Settings", "Only note it in the log")),
        ("off", translate("Settings", "Do nothing")),
    )


def _ends() -> tuple[tuple[str, str], ...]:
    return (("run", translate("Settings", "runs")), ("stop", translate("Settings", "is stopped")))
