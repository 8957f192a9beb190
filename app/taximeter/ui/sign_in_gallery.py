"""The pictures of signing in, and of the card that connects a service."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtWidgets import QLayout, QPushButton, QVBoxLayout, QWidget

from taximeter.ui.bridge import Bridge
from taximeter.ui.connect_card import ConnectCard
from taximeter.ui.desk import Desk
from taximeter.ui.sign_in import SignInWindow
from taximeter.ui.sign_in_scenes import CARDS, CardScene, SignInScene, at_once, sign_in_scenes, steps_of
from taximeter.ui.signing_in import Probe
from taximeter.ui.surface import Card, Sheet, column


def sign_in_screens(
    desk: Desk, agents_found: tuple[str, ...], settle: Callable[[Bridge], None]
) -> Iterator[tuple[str, QWidget]]:  # fmt: skip
    """The window and the card in every state, by name. ``settle`` lets answers arrive."""
    for scene in sign_in_scenes(desk.now()):
        yield f"sign-in-{scene.name}", _window(desk, scene)
    for card in CARDS:
        yield f"connect-{card.name}", _card(desk, card, agents_found, settle)


def _window(desk: Desk, scene: SignInScene) -> SignInWindow:
    bridge = Bridge(at_once)
    window = SignInWindow(replace(desk, sign_in=steps_of(scene.state.connected, Probe())), bridge)
    bridge.setParent(window)
    window.show_state(scene.state)
    return window


def _card(desk: Desk, scene: CardScene, agents: tuple[str, ...], settle: Callable[[Bridge], None]) -> Card:
    bridge = Bridge(at_once)
    window, before = Card(), QPushButton()
    bridge.setParent(window)
    before.setParent(window)
    before.hide()
    em = window.fontMetrics().height()
    card = ConnectCard(steps_of(scene.connected, scene.probe), bridge, before, em, desk.agent_names)
    body = Sheet(em * 32)
    column(body).addWidget(card)
    layout = QVBoxLayout(window)
    layout.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
    layout.addWidget(body)
    window.setWindowTitle(scene.name)
    card.follow(agents, scene.name)
    settle(bridge)
    if scene.looks:
        card.address.setText(scene.probe.origin or "budget")
        card.look.click()
        settle(bridge)
    if scene.some:
        card.some.setChecked(True)
    if scene.presses:
        card.connect_it.click()
        settle(bridge)
    return window
