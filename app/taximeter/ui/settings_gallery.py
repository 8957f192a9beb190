"""The pictures of the settings: every page, with and without a company, and what can be wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from taximeter.ui.bridge import Bridge
from taximeter.ui.company_scenes import at_once
from taximeter.ui.desk import Desk
from taximeter.ui.figures import Figures
from taximeter.ui.hook_scenes import agents_mixed
from taximeter.ui.settings_scenes import COMPANY, HOST, SettingsScene, made_settings, settings_scenes
from taximeter.ui.settings_window import SettingsWindow
from taximeter.ui.sign_in_scenes import steps_of
from taximeter.ui.signing_in import Connected, Place, Probe

ROUNDS = 12
"""Of events, until wrapped text deep inside has the height that it needs."""


def settings_screens(
    desk: Desk, now: int, figures: Figures, settle: Callable[[Bridge], None]
) -> Iterator[tuple[str, QWidget]]:
    """Every page, by name. ``settle`` lets answers arrive."""
    for scene in settings_scenes(desk.agent_names):
        yield f"settings-{scene.name}", _window(desk, scene, now, figures, settle)


def _window(
    desk: Desk, scene: SettingsScene, now: int, figures: Figures, settle: Callable[[Bridge], None]
) -> SettingsWindow:
    bridge = Bridge(at_once)
    made = made_settings(desk.agent_names, at_once, now, scene.seen, service=scene.service)
    steps = steps_of(Connected(COMPANY, HOST, f"https://{HOST}", Place.KEYRING) if scene.service else None, Probe())
    hooks = agents_mixed(desk.agent_names)
    shown = replace(desk, submit=at_once, settings=made, sign_in=steps, hooks=lambda: hooks)
    window = SettingsWindow(shown, bridge, figures)
    bridge.setParent(window)
    window.open_page(scene.page)
    window.search.setText(scene.search)
    settle(bridge)
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.show()
    for _ in range(ROUNDS):
        QApplication.processEvents()
    if scene.scroll:
        bar = window.area.verticalScrollBar()
        bar.setValue(round(bar.maximum() * scene.scroll))
    return window
