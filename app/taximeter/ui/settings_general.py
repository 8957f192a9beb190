"""The page General: language, icon, the start with the desktop, what is hidden, the week and the currency. Pure."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from taximeter.host.autostart import Autostart, Standing
from taximeter.ui.figures import Figures
from taximeter.ui.sentences import listed
from taximeter.ui.settings_desk import SettingsSeen
from taximeter.ui.settings_lines import Control, Group, Line, group

translate = QCoreApplication.translate

AUTOSTART = "autostart"
"""The one line that stands in no settings file: the system itself keeps it."""


def general_groups(seen: SettingsSeen, figures: Figures) -> tuple[Group, ...]:
    """The page's groups."""
    settings = seen.settings
    screen = (
        Line("language", translate("Settings", "Language"), Control.CHOICE, settings.language,
             translate("Settings", "Open windows follow at once."), _languages()),
        Line("icon.style", translate("Settings", "Tray icon"), Control.CHOICE, settings.icon,
             translate("Settings", "Each state has a shape of its own in every style."), _icons()),
        Line("hide_numbers", translate("Settings", "Hide numbers"), Control.SWITCH, settings.hide_numbers,
             translate("Settings", "Amounts and counts become dots in every window, for example while you share your "
                       "screen.")),
    )  # fmt: skip
    weeks = (
        Line("week_start", translate("Settings", "First day of the week"), Control.CHOICE, str(settings.week_start),
             translate("Settings", "Of weekly budgets that name no day."), _days(figures.locale)),
        Line("currency", translate("Settings", "Currency of your own budgets"), Control.TEXT, settings.currency,
             translate("Settings", "Three letters, such as USD or EUR; of budgets that name none."),
            highest=3),
    )  # fmt: skip
    return (
        group(translate("Settings", "Appearance"), settings, screen),
        group(translate("Settings", "Start"), settings, (autostart_line(seen.autostart),)),
        group(translate("Settings", "Budgets and weeks"), settings, weeks),
    )


def autostart_line(found: Autostart) -> Line:
    """The switch, with what is really so."""
    on = found.standing in (Standing.ON, Standing.DANGLING)
    label = translate("Settings", "Start with the desktop")
    return Line(AUTOSTART, label, Control.SWITCH, on, autostart_words(found), usable=found.can_switch)


def autostart_words(found: Autostart) -> str:
    """What the next login will do, and why."""
    match found.standing:
        case Standing.ON:
            return translate("Settings", "Starts {program} when you log in.").format(program=found.program)
        case Standing.OFF:
            return translate("Settings", "Taximeter has to be started by hand.")
        case Standing.DANGLING if found.program:
            return translate("Settings", "It is switched on, but {program} is gone. Switch it off, or off and on to "
                             "start this installation.").format(program=found.program)  # fmt: skip
        case Standing.DANGLING:
            return translate("Settings", "It is switched on, but what is there names no program. Switch it off and on.")
        case Standing.UNAVAILABLE:
            return translate("Settings", "This installation keeps everything in one folder (TAXIMETER_HOME), which a "
                             "login knows nothing of.")  # fmt: skip
    if found.kept_for:
        return translate("Settings", "The entry is for other desktops only: {desktops}.").format(
            desktops=listed(found.kept_for))  # fmt: skip
    if found.can_switch:
        return translate("Settings", "It was switched off in the desktop's own settings.")
    return translate("Settings", "It was switched off in the system's settings for login items; switch it on there.")


def _languages() -> tuple[tuple[str, str], ...]:
    return (("", translate("Settings", "As the system")), ("en", "English"), ("zh_CN", "简体中文"))


def _icons() -> tuple[tuple[str, str], ...]:
    return (
        ("ring", translate("Settings", "Ring")),
        ("number", translate("Settings", "Ring with a number")),
        ("monochrome", translate("Settings", "One colour")),
    )


def _days(locale: QLocale) -> tuple[tuple[str, str], ...]:
    return tuple((str(day), locale.standaloneDayName(day)) for day in range(1, 8))
