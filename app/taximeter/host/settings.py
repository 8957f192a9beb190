"""Settings: what a person or an administrator chose, read from TOML and checked.

The machine's file lies beneath the user's: a key that the user set wins, budgets and agents are
merged by id. What the company decided lies on top of both (``company``). Keys that mean nothing are
kept in the file and listed, so that ``doctor`` can show them. Writing is in ``settings_edit``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from taximeter.host.notification_settings import NotificationSetting, read_notifications
from taximeter.host.paths import Paths
from taximeter.host.question_settings import QuestionSetting, read_question
from taximeter.host.service_settings import ServiceSetting, read_service
from taximeter.host.trouble import Trouble

if TYPE_CHECKING:
    from decimal import Decimal

    from taximeter.host.toml_text import TomlTable, TomlText

PERIODS = ("day", "week", "month")
ICONS = ("ring", "number", "monochrome")
LANGUAGES = ("", "en", "zh_CN")


@dataclass(frozen=True, slots=True)
class BudgetSetting:
    """A budget that a person set for themselves."""

    id: str
    name: str
    amount: Decimal
    """More than 0, at most nine decimals, in ``currency``."""
    currency: str
    """ISO 4217."""
    period: str = "month"
    """One of PERIODS."""
    start: int = 1
    """The first day of the period: 1 (Monday) to 7 for weeks, 1 to 31 for months, 1 for days."""
    agents: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    models: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgentSetting:
    """What a person told about one agent."""

    id: str
    homes: tuple[Path, ...] = ()
    """Config folders to read besides those that the agent's own variables name."""
    assume_model: str = ""
    """The model of requests whose log never names one; empty leaves them unpriced."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, with their defaults."""

    budgets: tuple[BudgetSetting, ...] = ()
    agents: tuple[AgentSetting, ...] = ()
    currency: str = "USD"
    """Of budgets that name none."""
    company_prices: Path | None = None
    user_prices: Path | None = None
    week_start: int = 1
    """1 (Monday) to 7 (Sunday), for weekly budgets that name no day."""
    language: str = ""
    """Empty follows the system."""
    hide_numbers: bool = False
    names_in_notifications: bool = False
    """Projects and amounts may stand in desktop notifications, which a lock screen may show."""
    icon: str = "ring"
    """One of ICONS."""
    question: QuestionSetting = QuestionSetting()
    """Of the question before a launch."""
    service: ServiceSetting = ServiceSetting()
    """The company's budget service; of kind "" when there is none."""
    notifications: NotificationSetting = NotificationSetting()
    min_poll_seconds: int = 0
    """The company's: the service is not asked more often, whatever it says; 0 sets nothing."""
    company: tuple[tuple[str, str], ...] = ()
    """By key (``question.mode``): what the company decided, and who told it, for people."""
    unknown: tuple[str, ...] = ()
    """Keys that mean nothing, each with its file and line."""

    def company_source(self, key: str) -> str:
        """Who decided a key for the company, for people; empty where it is the person's own choice."""
        decided = dict(self.company)
        general = "question.mode" if key.startswith("question.agents.") else key
        return decided.get(key) or decided.get(general, "")

    def agent(self, agent_id: str) -> AgentSetting:
        """What was told about an agent; the defaults when nothing was."""
        return next((agent for agent in self.agents if agent.id == agent_id), AgentSetting(agent_id))


def load_settings(paths: Paths) -> Settings:
    """The settings in force: the machine's file, the user's on top, and what the company decided above both.

    Raises:
        Trouble: a file cannot be read, or a value cannot be used; the title names file and line.
    """
    settings, decided = Settings(), None
    machine, own = read_source(paths.machine_settings_file), read_source(paths.settings_file)
    if machine is not None:
        from taximeter.host.toml_text import TomlTable

        top = TomlTable(machine, machine.values())
        decided = top.table("company")
        settings = _applied(top, settings)
    if own is not None:
        settings = apply(own, settings)
    # Without a file of its policy a service decides nothing, and looking into it takes longer than most commands.
    if (decided is not None and decided.values) or (settings.service.kind and paths.policy_file.exists()):
        from taximeter.host.company import with_company

        return with_company(settings, paths, decided)
    return settings


def read_source(file: Path) -> TomlText | None:
    """A settings file's text, None when there is no such file."""
    try:
        content = file.read_bytes()
        from taximeter.host.toml_text import TomlText

        return TomlText(file, content.decode("utf-8-sig"))
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise Trouble(f"{file} is not UTF-8 text", "Save it as UTF-8, or move it away.") from error
    except OSError as error:
        raise Trouble(f"{file} cannot be read", f"{error.strerror}. Check its permissions.") from error


def apply(source: TomlText, base: Settings) -> Settings:
    """One file's settings on top of ``base``.

    Raises:
        Trouble: a value cannot be used.
    """
    from taximeter.host.toml_text import TomlTable

    return _applied(TomlTable(source, source.values()), base)


def _applied(top: TomlTable, base: Settings) -> Settings:
    prices = top.table("prices")
    icon = top.table("icon")
    week_start = top.whole("week_start", base.week_start, 1, 7)
    currency = _currency(top, base.currency)
    agents, unknown_of_agents = _agents(top.table("agents"), base)
    budgets, unknown_of_budgets = _budgets(top, base, currency, week_start)
    question, unknown_of_question = read_question(top.table("question"), base.question)
    service, unknown_of_service = read_service(top.table("service"), base.service)
    notifications, unknown_of_notifications = read_notifications(top.table("notifications"), base.notifications)
    settings = replace(
        base,
        budgets=budgets,
        agents=agents,
        currency=currency,
        company_prices=path_of(prices, "company", base.company_prices),
        user_prices=path_of(prices, "user", base.user_prices),
        week_start=week_start,
        language=top.text("language", base.language, LANGUAGES),
        hide_numbers=top.flag("hide_numbers", default=base.hide_numbers),
        names_in_notifications=top.flag("names_in_notifications", default=base.names_in_notifications),
        icon=icon.text("style", base.icon, ICONS),
        question=question,
        service=service,
        notifications=notifications,
    )
    unknown = (*top.unknown(), *prices.unknown(), *icon.unknown(), *unknown_of_question, *unknown_of_service,
               *unknown_of_notifications)  # fmt: skip
    return replace(settings, unknown=(*base.unknown, *unknown, *unknown_of_agents, *unknown_of_budgets))


def _agents(table: TomlTable, base: Settings) -> tuple[tuple[AgentSetting, ...], tuple[str, ...]]:
    merged = {agent.id: agent for agent in base.agents}
    unknown: tuple[str, ...] = ()
    for agent_id in table.values:
        part = table.table(agent_id)
        old = base.agent(agent_id)
        homes = part.texts("homes")
        merged[agent_id] = AgentSetting(
            agent_id,
            tuple(_resolve(part.source, home) for home in homes) if homes else old.homes,
            part.text("assume_model", old.assume_model),
        )
        unknown += part.unknown()
    return tuple(merged.values()), unknown


def _budgets(
    top: TomlTable, base: Settings, currency: str, week_start: int
) -> tuple[tuple[BudgetSetting, ...], tuple[str, ...]]:
    merged = {budget.id: budget for budget in base.budgets}
    own: set[str] = set()
    unknown: tuple[str, ...] = ()
    for table in top.tables("budget"):
        budget = _budget(table, currency, week_start)
        if budget.id in own:
            raise table.wrong("id" if "id" in table.values else "name", "Each budget needs an id of its own.")
        own.add(budget.id)
        merged[budget.id] = budget
        unknown += table.unknown()
    return tuple(merged.values()), unknown


def _budget(table: TomlTable, currency: str, week_start: int) -> BudgetSetting:
    name = table.text("name", table.text("id", "")).strip()
    if not name:
        raise table.wrong("name", "A budget needs a name.")
    budget_id = table.text("id", "") or budget_id_of(name)
    period = table.text("period", "month", PERIODS)
    highest = {"day": 1, "week": 7, "month": 31}[period]
    return BudgetSetting(
        id=budget_id,
        name=name,
        amount=_amount(table),
        currency=_currency(table, currency),
        period=period,
        start=table.whole("start", week_start if period == "week" else 1, 1, highest),
        agents=table.texts("agents"),
        projects=table.texts("projects"),
        models=table.texts("models"),
    )


def budget_id_of(name: str) -> str:
    """The id of a budget that names none: its name in lower case, words joined by dashes."""
    return re.sub(r"[^\w]+", "-", name.strip().lower()).strip("-") or "budget"


def parse_amount(text: str) -> Decimal | None:
    """An amount of money as people type it (``200``, ``49.90``); None when it is none.

    More than 0, below 10^12, at most nine decimals.
    """
    from decimal import Decimal, InvalidOperation

    try:
        amount = Decimal(text.strip())
    except InvalidOperation:
        return None
    if not amount.is_finite() or amount <= 0 or amount.adjusted() >= 12 or amount != round(amount, 9):
        return None
    return amount


def is_currency(code: str) -> bool:
    """Whether a code has the shape of ISO 4217."""
    return re.fullmatch(r"[A-Z]{3}", code) is not None


def _amount(table: TomlTable) -> Decimal:
    from decimal import Decimal

    found = table.raw("amount")
    amount = parse_amount(str(found)) if isinstance(found, str | int | Decimal) and found is not True else None
    if amount is None:
        raise table.wrong("amount", 'It has to be an amount of money above 0, such as "200" or "49.90".')
    return amount


def _currency(table: TomlTable, default: str) -> str:
    code = table.text("currency", default)
    if not is_currency(code):
        raise table.wrong("currency", "It has to be three capital letters, such as USD or EUR.")
    return code


def path_of(table: TomlTable, key: str, default: Path | None) -> Path | None:
    """A path that a file names; ``default`` where it names none."""
    told = table.text(key, "")
    return _resolve(table.source, told) if told else default


def _resolve(source: TomlText, told: str) -> Path:
    """A path as written: ``~`` is the home folder, a relative one starts at the settings file's folder."""
    return source.file.parent / Path(told).expanduser()
