"""The page Notifications: what is told, when it is quiet, and what may stand in them. Pure."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from taximeter.host.notification_settings import KINDS
from taximeter.ui.figures import Figures
from taximeter.ui.settings_desk import SettingsSeen
from taximeter.ui.settings_lines import Control, Group, Line, group

translate = QCoreApplication.translate

OFF = "notifications.off"
"""The one key behind all kinds: a list of those that are not told."""


def notification_groups(seen: SettingsSeen, _figures: Figures) -> tuple[Group, ...]:
    """The page's groups."""
    settings = seen.settings
    told, names = settings.notifications, kind_names()
    kinds = tuple(Line(f"{OFF}.{kind}", names[kind], Control.SWITCH, kind not in told.off) for kind in KINDS)
    hours = (
        Line("notifications.quiet_from", translate("Settings", "Quiet from"), Control.CLOCK, told.quiet_from,
             translate("Settings", "The same time twice means no quiet hours. What is still so afterwards is told "
                       "then; the question before a launch always comes.")),
        Line("notifications.quiet_until", translate("Settings", "Until"), Control.CLOCK, told.quiet_until),
    )  # fmt: skip
    shown = (
        Line("names_in_notifications", translate("Settings", "Projects and amounts in notifications"), Control.SWITCH,
             settings.names_in_notifications,
             translate("Settings", "A lock screen may show them; without this they only say that there is something.")),
    )  # fmt: skip
    return (
        group(translate("Settings", "Tell me when"), settings, kinds,
              translate("Settings", "Each is told once, and again only after it was over.")),
        group(translate("Settings", "Quiet hours"), settings, hours),
        group(translate("Settings", "What they say"), settings, shown),
    )  # fmt: skip


def kind_names() -> dict[str, str]:
    """What each kind is called."""
    return {
        "watch": translate("Settings", "a budget gets short"),
        "runs_out": translate("Settings", "a budget will likely not last until its reset"),
        "fast": translate("Settings", "a budget is being spent several times as fast as it would last"),
        "low": translate("Settings", "little of a budget is left"),
        "spent": translate("Settings", "a budget is used up"),
        "back": translate("Settings", "a budget is there again"),
        "unreachable": translate("Settings", "the company's service has not been reached for long"),
        "signed_out": translate("Settings", "you are signed out of the company's service"),
        "decided": translate("Settings", "somebody decided what you asked for"),
        "to_decide": translate("Settings", "somebody asks you for more"),
    }


def off_after(off: tuple[str, ...], kind: str, told: bool) -> list[str]:
    """The kinds that are not told, once one is switched; in the order of KINDS."""
    chosen = set(off) - {kind} if told else set(off) | {kind}
    return [one for one in KINDS if one in chosen]
