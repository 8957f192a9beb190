"""Made-up settings, and a desk of theirs that writes nothing: for the gallery and for the other windows' tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from taximeter.host.autostart import Autostart, Standing
from taximeter.host.notification_settings import NotificationSetting
from taximeter.host.question_settings import QuestionSetting
from taximeter.host.service_settings import ServiceSetting
from taximeter.host.settings import AgentSetting, BudgetSetting, Settings
from taximeter.host.trouble import Trouble
from taximeter.ui.company import Submit
from taximeter.ui.settings_desk import (
    About,
    AgentSeen,
    CheckSeen,
    Kept,
    PricesSeen,
    ServiceSeen,
    SettingsDesk,
    SettingsSeen,
    Values,
)

FILE = "/home/kim/.config/taximeter/settings.toml"
PROGRAM = "/home/kim/.local/bin/taximeter"
DATA = "/home/kim/.local/share/taximeter"
COMPANY, HOST = "Example budgets", "budget.example.com"
MINUTE, DAY = 60_000, 86_400_000


@dataclass(frozen=True, slots=True)
class SettingsScene:
    """One picture: which page, of what, and what was searched for."""

    name: str
    page: str
    seen: SettingsSeen
    search: str = ""
    service: bool = False
    scroll: float = 0.0
    """How far down the page is, of 1."""


def plain_settings(names: Mapping[str, str]) -> SettingsSeen:
    """What somebody has who set two budgets."""
    first = next(iter(names), "")
    own = Settings(
        budgets=(
            BudgetSetting("month", "Monthly budget", Decimal(200), "USD"),
            BudgetSetting("client", "Client work", Decimal("49.90"), "EUR", "week", 1, (first,), ("client-*",)),
        ),
        agents=(AgentSetting(first),),
        notifications=NotificationSetting(("watch",), 22 * 60, 7 * 60),
    )  # fmt: skip
    return SettingsSeen(own, own, Autostart(Standing.ON, "", PROGRAM), FILE)


def company_settings(names: Mapping[str, str]) -> SettingsSeen:
    """The same with a service, whose policy decided some of it."""
    seen = plain_settings(names)
    first = next(iter(names), "")
    question = QuestionSetting(mode="observe", agents=((first, "ask"),), amber_after=40)
    service = ServiceSetting("taximeter", "https://budget.example.com", COMPANY, agents=(first,), projects=("work-*",))
    keys = ("question.mode", f"question.agents.{first}", "question.amber_after",
            "question.thresholds.left_red_percent")  # fmt: skip
    settings = replace(seen.settings, question=question, service=service, company=tuple((key, COMPANY) for key in keys))
    return replace(seen, settings=settings, own=replace(seen.own, service=service))


def settings_scenes(names: Mapping[str, str]) -> tuple[SettingsScene, ...]:
    """All the pictures."""
    plain, company = plain_settings(names), company_settings(names)
    pages = ("general", "budget", "question", "agents", "prices", "notifications", "data", "about")
    wrong = Trouble(f"{FILE}, line 12: amber_after cannot be used", "It has to be a whole number from 1 to 600.")
    gone = replace(plain, autostart=Autostart(Standing.DANGLING, "", PROGRAM))
    off = replace(plain, autostart=Autostart(Standing.OVERRIDDEN, "", PROGRAM))
    broken = SettingsSeen(Settings(), Settings(), plain.autostart, FILE, wrong)
    return (
        *(SettingsScene(page, page, plain) for page in pages),
        SettingsScene("question-end", "question", plain, scroll=1.0),
        SettingsScene("budget-company", "budget", company, service=True, scroll=1.0),
        SettingsScene("question-company", "question", company, service=True),
        SettingsScene("data-company", "data", company, service=True),
        SettingsScene("autostart-gone", "general", gone),
        SettingsScene("autostart-overridden", "general", off),
        SettingsScene("search", "general", plain, "hours"),
        SettingsScene("search-nothing", "general", plain, "no such setting"),
        SettingsScene("trouble", "question", broken),
    )


def made_settings(
    names: Mapping[str, str], submit: Submit, now: int, seen: SettingsSeen | None = None, *, service: bool = False
) -> SettingsDesk:
    """A desk that answers always the same and changes nothing."""
    shown = seen or plain_settings(names)
    return SettingsDesk(
        submit=submit, read=lambda: shown, write=_nothing_written, put_budget=lambda _: None,
        remove_budget=lambda _: None, switch_autostart=lambda _: shown.autostart,
        agents=lambda: made_agents(names), prices=made_prices,
        check_prices=lambda: CheckSeen((), 0, "genai-prices 0.2.3"), fetch_prices=lambda: "2026-11-23",
        service=lambda: made_service(now) if service else None, disconnect=lambda: None,
        kept=lambda: made_kept(now),
        count_doomed=lambda _: (12, 3_480), purge=lambda _: None, back_up=lambda _: 48_300_000,
        export=lambda _: 61_200, move=lambda _: None, about=made_about,
        diagnostics=lambda: "taximeter: 0.1.0\nsystem: Linux\n",
    )  # fmt: skip


def made_agents(names: Mapping[str, str]) -> tuple[AgentSeen, ...]:
    """All that are known; the last has no logs here, and the first two can be asked about."""
    seen = []
    for at, (agent, name) in enumerate(names.items()):
        there = at < len(names) - 1 or len(names) == 1
        homes = ("/home/kim/clients/agent",) if at == 0 else ()
        seen.append(AgentSeen(agent, name, ((f"/home/kim/.agents/{agent}", there),), homes, can_ask=at < 2))
    return tuple(seen)


def made_prices() -> PricesSeen:
    """The list as delivered, with a model that it does not know."""
    return PricesSeen("3f0c12ab77de", "2026-11-20", "USD", fetched=False, company="", user="",
                      unpriced=(("gpt-9-made-up", 38_000), ("", 1_200)))  # fmt: skip


def made_service(now: int) -> ServiceSeen:
    """A service that answered a while ago."""
    return ServiceSeen("https://budget.example.com", COMPANY, "budget.example.com", now - 12 * MINUTE, "")


def made_kept(now: int) -> Kept:
    """A ledger of some months."""
    return Kept(DATA, 48_300_000, 1_240, 61_200, 1_302, now - 190 * DAY, now,
                ("checkout-service", "docs-site", "infra-live", "ledger-api"))  # fmt: skip


def made_about() -> About:
    """What is installed."""
    versions = (("taximeter", "0.1.0"), ("python", "3.12.8"), ("sqlite", "3.45.1"), ("ledger_format", "7"),
                ("price_book", "3f0c12ab77de (2026-11-20)"),
                ("system", "Linux-6.8.0-x86_64"))  # fmt: skip
    licences = (("PySide6-Essentials", "6.11.3", "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only"),
                ("httpx", "0.28.1", "BSD-3-Clause"), ("keyring", "25.7.0", "MIT"))  # fmt: skip
    return About(versions, licences, "", FILE, f"{DATA}/ledger.sqlite3", f"{DATA}/taximeter.log")


def _nothing_written(_values: Values) -> None:
    """What is chosen in a picture is not kept."""
