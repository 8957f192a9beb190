"""The pictures of what is asked of a company's service: asking for more, and a manager's people."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from taximeter.ledger.readmodels import Snapshot
from taximeter.ui.ask_more import AskMore
from taximeter.ui.ask_scenes import AskScene, ask_scenes, told_scenes
from taximeter.ui.bridge import Bridge
from taximeter.ui.company_scenes import at_once, company_of
from taximeter.ui.figures import Figures
from taximeter.ui.glance import glance_of
from taximeter.ui.popover import Popover
from taximeter.ui.scenes import Scene
from taximeter.ui.used_up import UsedUp


def company_screens(
    snapshot: Snapshot, figures: Figures, settle: Callable[[Bridge], None]
) -> Iterator[tuple[str, QWidget]]:  # fmt: skip
    """Every window in every state, by name. ``settle`` lets answers arrive."""
    for scene in ask_scenes(snapshot, figures):
        yield f"ask-{scene.name}", _asking(scene, figures, settle)
    for told in told_scenes(snapshot, figures):
        yield f"popover-{told.name}", _popover(told, figures)
    for told in told_scenes(snapshot, figures, "service-refused"):
        yield f"used-up-{told.name}", _used_up(told, figures)


def _asking(scene: AskScene, figures: Figures, settle: Callable[[Bridge], None]) -> AskMore:
    bridge = Bridge(at_once)
    window = AskMore(company_of(scene.answers), bridge, scene.snapshot, figures)
    bridge.setParent(window)
    window.begin("", scene.project)
    if scene.typed:
        window.form.reason.setPlainText(scene.typed)
    if scene.amount:
        window.form.amount.setText(scene.amount)
    if scene.pressed:
        window.act.click()
        settle(bridge)
    return window


def _popover(scene: Scene, figures: Figures) -> Popover:
    popover = Popover(QRect(0, 0, 16, 16))
    popover.show_glance(glance_of(scene.snapshot, figures), numbers_hidden=False)
    return popover


def _used_up(scene: Scene, figures: Figures) -> UsedUp:
    window = UsedUp()
    window.show_snapshot(scene.snapshot, figures)
    return window
