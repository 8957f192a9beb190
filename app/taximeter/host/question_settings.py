"""The settings of the question before a launch: whether it is asked, what happens without an answer, its thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from taximeter.host.toml_text import TomlTable

MODES = ("ask", "observe", "off")
DEFAULTS = ("run", "stop")
LONGEST_WAIT = 600
"""Seconds that a launch is held at most: as long as the agents' hooks may take."""

NANO = 1_000_000_000
HIGHEST_AMOUNT = 1_000_000


class ThresholdSetting(NamedTuple):
    """From where on the rules speak. Amounts are nano-units of the price book's currency.

    A named tuple as the others here, since every start pays for the class and a dataclass of that many
    fields takes a millisecond to make.
    """

    silent_amount: int = NANO
    silent_percent: int = 1
    left_amber_percent: int = 10
    left_red_percent: int = 25
    left_red_days: int = 1
    pace_amber_days: int = 1
    pace_red_percent: int = 20
    typical_launches: int = 20
    typical_days: int = 60
    typical_percentile: int = 90
    typical_amber_times: int = 3
    cold_agents: int = 5
    cold_amount: int = 10 * NANO
    cold_launches: int = 5


class Offer(NamedTuple):
    """A cheaper way that a company offers beside the verbs, never a reason to ask. Empty: none."""

    model: str = ""
    """Id of a cheaper model."""
    agent: str = ""
    """Id of an in-house agent."""
    text: str = ""
    """The company's own sentence, shown as it is."""


class QuestionSetting(NamedTuple):
    """How launches are asked about."""

    mode: str = "ask"
    """One of MODES: ask; observe (nothing is asked, the log says what would have been); off."""
    amber_after: int = 25
    """Seconds until ``amber_default`` is applied to an amber question."""
    amber_default: str = "run"
    """One of DEFAULTS."""
    red_wait: int = LONGEST_WAIT
    """Seconds until ``red_default`` is applied to a red one."""
    red_default: str = "stop"
    thresholds: ThresholdSetting = ThresholdSetting()
    agents: tuple[tuple[str, str], ...] = ()
    """By an agent's id: a mode of its own."""
    company_amounts: tuple[tuple[str, int, str], ...] = ()
    """Thresholds that the company set in a currency: name, nano-units, ISO 4217. They hold where that is the
    price book's currency, which the settings do not know."""
    offer: Offer = Offer()
    """The company's."""

    def mode_of(self, agent: str) -> str:
        """How launches of an agent are treated: its own mode, else the general one."""
        return next((mode for id, mode in self.agents if id == agent), self.mode)


def read_question(table: TomlTable, base: QuestionSetting) -> tuple[QuestionSetting, tuple[str, ...]]:
    """One file's ``[question]`` on top of ``base``, and its keys that mean nothing.

    Raises:
        Trouble: a value cannot be used.
    """
    part, agents = table.table("thresholds"), table.table("agents")
    modes = dict(base.agents) | {agent: agents.text(agent, "", MODES) for agent in agents.values}
    setting = QuestionSetting(
        mode=table.text("mode", base.mode, MODES),
        agents=tuple(modes.items()),
        amber_after=table.whole("amber_after", base.amber_after, 1, LONGEST_WAIT),
        amber_default=table.text("amber_default", base.amber_default, DEFAULTS),
        red_wait=table.whole("red_wait", base.red_wait, 1, LONGEST_WAIT),
        red_default=table.text("red_default", base.red_default, DEFAULTS),
        thresholds=_thresholds(part, base.thresholds),
    )
    return setting, (*table.unknown(), *part.unknown())


def _thresholds(table: TomlTable, base: ThresholdSetting) -> ThresholdSetting:
    return ThresholdSetting(
        silent_amount=_amount(table, "silent_amount", base.silent_amount),
        silent_percent=table.whole("silent_percent", base.silent_percent, 0, 100),
        left_amber_percent=table.whole("left_amber_percent", base.left_amber_percent, 1, 100),
        left_red_percent=table.whole("left_red_percent", base.left_red_percent, 1, 100),
        left_red_days=table.whole("left_red_days", base.left_red_days, 0, 31),
        pace_amber_days=table.whole("pace_amber_days", base.pace_amber_days, 1, 31),
        pace_red_percent=table.whole("pace_red_percent", base.pace_red_percent, 1, 100),
        typical_launches=table.whole("typical_launches", base.typical_launches, 1, 1000),
        typical_days=table.whole("typical_days", base.typical_days, 1, 365),
        typical_percentile=table.whole("typical_percentile", base.typical_percentile, 1, 100),
        typical_amber_times=table.whole("typical_amber_times", base.typical_amber_times, 1, 1000),
        cold_agents=table.whole("cold_agents", base.cold_agents, 1, 1000),
        cold_amount=_amount(table, "cold_amount", base.cold_amount),
        cold_launches=table.whole("cold_launches", base.cold_launches, 0, 1000),
    )


def _amount(table: TomlTable, key: str, default: int) -> int:
    """An amount of money, 0 or more, in nano-units."""
    from decimal import Decimal, InvalidOperation

    found = table.raw(key)
    if found is None:
        return default
    try:
        amount = Decimal(found.strip() if isinstance(found, str) else found)
    except (InvalidOperation, TypeError, ValueError):
        amount = Decimal(-1)
    usable = type(found) in {int, str, Decimal} and amount.is_finite() and 0 <= amount <= HIGHEST_AMOUNT
    if not usable or amount != round(amount, 9):
        raise table.wrong(key, 'It has to be an amount of money, 0 or more, such as "1" or "2.50".')
    return int(amount * NANO)
