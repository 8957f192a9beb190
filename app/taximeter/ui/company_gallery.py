"""The pictures of what is asked of a company's service: asking for more, and a manager's people."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QWidget

from taximeter.ledger.readmodels import Snapshot
from taximeter.ui.ask_more import AskMore
from taximeter.ui.ask_scenes import AskScene, ask_scenes
from taximeter.ui.bridge import Bridge
from taximeter.ui.company_scenes import at_once, company_of
from taximeter.ui.figures import Figures


def company_screens(
    snapshot: Snapshot, figures: Figures, settle: Callable[[Bridge], None]
) -> Iterator[tuple[str, QWidget]]:  # fmt: skip
    """Every window in every state, by name. ``settle`` lets answers arrive."""
    for scene in ask_scenes(snapshot, figures):
        yield f"ask-{scene.name}", _asking(scene, figures, settle)


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
