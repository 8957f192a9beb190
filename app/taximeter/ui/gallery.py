"""Every screen in every state as a picture, light and dark, at pixel ratios 1 and 2.

The windows are the app's own, filled from a ``Desk`` of made-up data that went through the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from taximeter.domain.launch import Answer, Verb
from taximeter.ledger.readmodels import Breakdown, SessionFilter, SessionPage, Snapshot
from taximeter.ui.app import make_application
from taximeter.ui.breakdown import BreakdownPage
from taximeter.ui.bridge import Bridge
from taximeter.ui.colours import DARK, LIGHT, Colours, paint_colour
from taximeter.ui.company_gallery import company_screens
from taximeter.ui.desk import Desk, HookRow, IconStyle, PageKey
from taximeter.ui.figures import Figures
from taximeter.ui.first_run import FirstRun
from taximeter.ui.gauge import icon_key, paint
from taximeter.ui.glance import glance_of
from taximeter.ui.hook_scenes import agents_mixed, agents_off
from taximeter.ui.launch_scenes import with_every_answer
from taximeter.ui.popover import Popover
from taximeter.ui.question import QuestionWindow
from taximeter.ui.question_scenes import QuestionScene, question_scenes
from taximeter.ui.scenes import Scene, scenes_of
from taximeter.ui.service_scenes import USED_UP as SERVICE_USED_UP
from taximeter.ui.service_scenes import service_scenes
from taximeter.ui.sessions import SessionsWindow
from taximeter.ui.settings_gallery import settings_screens
from taximeter.ui.shapes import GaugeState
from taximeter.ui.sign_in_gallery import sign_in_screens
from taximeter.ui.used_up import UsedUp

RATIOS = (1, 2)
PANELS = (0x2B2F33, 0xF0F0EE)
SHARES = {GaugeState.WATCH: 0.28, GaugeState.LOW: 0.08}
"""What is left in the states that say that it is little."""
USED_UP = ("spent", "refused", "ok")
TABS = ("agents", "models", "dearest-turns", "how-it-was-made", "launches")


def render_gallery(desk: Desk, folder: Path) -> tuple[Path, ...]:
    """Render everything into ``folder``; the pictures' paths. The desk's threads are not started."""
    app = make_application(["gallery"])
    before = QPalette(app.palette())
    app.setStyle("Fusion")
    folder.mkdir(parents=True, exist_ok=True)
    bridge = Bridge(desk.submit)
    snapshot = desk.submit(desk.snapshot).result()
    locale = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
    figures = Figures(locale, desk.zone, snapshot.currency, False, desk.agent_names)
    paths: list[Path] = []
    for scheme, colours in (("light", LIGHT), ("dark", DARK)):
        app.setPalette(palette_for(colours))
        for name, window in _screens(desk, bridge, snapshot, figures):
            for ratio in RATIOS:
                paths.append(folder / f"{name}-{scheme}-{ratio}x.png")
                _save(picture(window, ratio), paths[-1])
            _free(window)
    for ratio in RATIOS:
        paths.append(folder / f"icons-{ratio}x.png")
        _save(icon_sheet(ratio), paths[-1])
    bridge.close()
    _free(bridge)
    app.setPalette(before)
    return tuple(paths)


def palette_for(colours: Colours) -> QPalette:
    """A palette of the platform's kind for a scheme that the platform itself is not in."""
    dark = colours is DARK
    window = QColor(0x33, 0x33, 0x31) if dark else QColor(0xEF, 0xEF, 0xED)
    palette = QPalette(paint_colour(0x3C3C39) if dark else paint_colour(0xF4F4F2), window)
    roles = QPalette.ColorRole
    chosen = {
        roles.Base: colours.panel, roles.AlternateBase: colours.track, roles.Text: colours.ink,
        roles.WindowText: colours.ink, roles.ButtonText: colours.ink, roles.ToolTipText: colours.ink,
        roles.ToolTipBase: colours.panel, roles.PlaceholderText: colours.mute, roles.Link: colours.link,
        roles.Highlight: 0x2F6FB3, roles.HighlightedText: 0xFFFFFF, roles.Accent: colours.fill,
    }  # fmt: skip
    for role, rgb in chosen.items():
        palette.setColor(role, paint_colour(rgb))
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, paint_colour(0x7C7C78 if dark else 0x9A9A96))
    return palette


def picture(window: QWidget, ratio: int) -> QImage:
    """A window as it would be painted at a pixel ratio, without showing it on a screen."""
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.show()
    for _ in range(4):
        QApplication.processEvents()
    image = QImage(window.size() * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(window.palette().window().color())
    window.render(image)
    return image


def icon_sheet(ratio: int) -> QImage:
    """The icon's states by style, on a dark and on a light panel, at its first sizes."""
    sizes = (16, 22, 32)
    states = tuple(GaugeState)
    cell, label = 44, 118
    rows = len(IconStyle) * len(sizes)
    whole = QSize(label + cell * len(states), 20 + rows * cell * len(PANELS))
    image = QImage(whole * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(paint_colour(LIGHT.panel))
    painter = QPainter(image)
    font = QFont(painter.font())
    font.setPixelSize(10)
    painter.setFont(font)
    painter.setPen(paint_colour(LIGHT.ink))
    for column, state in enumerate(states):
        box = QRect(label + column * cell, 0, cell, 20)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, state.value)
    for at, (panel, style, size) in enumerate(product(PANELS, IconStyle, sizes)):
        top = 20 + at * cell
        painter.drawText(QRect(6, top, label - 6, cell), Qt.AlignmentFlag.AlignVCenter, f"{style.value} {size} px")
        painter.fillRect(label, top, cell * len(states), cell, paint_colour(panel))
        for column, state in enumerate(states):
            drawn = paint(icon_key(state, SHARES.get(state, 0.62), style), size * ratio)
            drawn.setDevicePixelRatio(ratio)
            inset = (cell - size) // 2
            painter.drawImage(label + column * cell + inset, top + inset, drawn)
    painter.end()
    return image


def _screens(desk: Desk, bridge: Bridge, snapshot: Snapshot, figures: Figures) -> Iterator[tuple[str, QWidget]]:
    for scene in scenes_of(snapshot):
        yield f"popover-{scene.name}", _popover(scene, figures)
        if scene.name in USED_UP:
            yield f"used-up-{scene.name}", _used_up(scene, figures)
        if scene.name in ("ok", "first-index", "empty"):
            name = "done" if scene.name == "ok" else scene.name
            rows = () if scene.name == "empty" else agents_off(desk.agent_names)
            yield f"first-run-{name}", _first_run(desk, bridge, scene, figures, rows)
        if scene.name == "ok":
            yield "first-run-asking", _first_run(desk, bridge, scene, figures, agents_mixed(desk.agent_names))
            yield "first-run-change", _change_shown(desk, bridge, scene, figures)
    for scene in service_scenes(snapshot):
        yield f"popover-{scene.name}", _popover(scene, figures)
        if scene.name in SERVICE_USED_UP:
            yield f"used-up-{scene.name}", _used_up(scene, figures)
    yield from company_screens(snapshot, figures, _settle)
    yield from sign_in_screens(desk, snapshot.agents_found, _settle)
    yield from settings_screens(desk, snapshot.now, figures, _settle)
    for hidden in (False, True):
        written = replace(figures, hidden=hidden)
        suffix = "-numbers-hidden" if hidden else ""
        yield f"sessions{suffix}", _sessions(desk, bridge, written, "")
    yield "sessions-nothing-found", _sessions(desk, bridge, figures, "no such session")
    yield "days", _days(desk, bridge, figures)
    for question in question_scenes(snapshot.now, next(iter(desk.agent_names), "")):
        yield f"question-{question.name}", _question(question, snapshot.now, figures)
    for tab in TABS[1:]:
        yield f"breakdown-{tab}", _breakdown_tab(desk, bridge, figures, tab)
    every = replace(desk, breakdown=lambda session: _every_answer(desk, session))
    yield "breakdown-launches-answered", _breakdown_tab(every, bridge, figures, "launches")
    if snapshot.running:
        running = snapshot.running[0].session.id
        yield "breakdown-launches-running", _breakdown_tab(desk, bridge, figures, "launches", running)


def _popover(scene: Scene, figures: Figures) -> Popover:
    popover = Popover(QRect(0, 0, 16, 16))
    popover.show_glance(glance_of(scene.snapshot, replace(figures, hidden=scene.hidden)), scene.hidden)
    return popover


def _used_up(scene: Scene, figures: Figures) -> UsedUp:
    window = UsedUp()
    window.show_snapshot(scene.snapshot, figures)
    return window


def _question(scene: QuestionScene, now: int, figures: Figures) -> QuestionWindow:
    window = QuestionWindow(lambda: now, replace(figures, hidden=scene.hidden))
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.show_questions(scene.questions, {}, set())
    if scene.over:
        ended = {one.id: Answer(Verb.EXPIRED, None, "default") for one in scene.questions}
        window.show_questions((), ended, set())
    window.show()
    QApplication.processEvents()
    for panel in window.panels:
        panel.wake()
    return window


def _first_run(desk: Desk, bridge: Bridge, scene: Scene, figures: Figures, rows: tuple[HookRow, ...]) -> FirstRun:
    shown = replace(desk, hooks=lambda: rows)
    if scene.name == "empty":
        shown = replace(shown, session_page=_no_session(desk))
    window = FirstRun(shown, bridge)
    window.show_snapshot(scene.snapshot, figures)
    _settle(bridge)
    return window


def _change_shown(desk: Desk, bridge: Bridge, scene: Scene, figures: Figures) -> FirstRun:
    window = _first_run(desk, bridge, scene, figures, agents_off(desk.agent_names))
    next(iter(window.hooks.lines.values())).toggle.click()
    return window


def _no_session(desk: Desk) -> Callable[[SessionFilter, PageKey | None, int], SessionPage]:
    nothing = SessionFilter(since=desk.now(), search="nothing is called this")
    return lambda _wanted, after, limit: desk.session_page(nothing, after, limit)


def _every_answer(desk: Desk, session: str) -> Breakdown | None:
    found = desk.breakdown(session)
    return None if found is None else with_every_answer(found)


def _sessions(desk: Desk, bridge: Bridge, figures: Figures, search: str, session: str = "") -> SessionsWindow:
    window = SessionsWindow(desk, bridge, figures)
    if search:
        window.filters.search.blockSignals(True)
        window.filters.search.setText(search)
        window.filters.search.blockSignals(False)
    dearest = desk.submit(lambda: desk.session_page(SessionFilter(order="cost"), None, 1)).result()
    window.begin("" if search or not dearest.rows else session or dearest.rows[0].id)
    _settle(bridge)
    return window


def _days(desk: Desk, bridge: Bridge, figures: Figures) -> SessionsWindow:
    window = _sessions(desk, bridge, figures, "")
    window.views.setCurrentIndex(1)
    _settle(bridge)
    return window


def _breakdown_tab(desk: Desk, bridge: Bridge, figures: Figures, tab: str, session: str = "") -> SessionsWindow:
    window = _sessions(desk, bridge, figures, "", session)
    page = window.page
    assert isinstance(page, BreakdownPage)
    page.tabs.setCurrentIndex(TABS.index(tab))
    return window


def _settle(bridge: Bridge) -> None:
    """Let the answers that were asked for arrive, and what they ask for in turn."""
    quiet = 0
    while quiet < 3:
        QApplication.processEvents()
        quiet = 0 if bridge.is_waiting else quiet + 1


def _free(thing: QWidget | Bridge) -> None:
    thing.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _save(image: QImage, path: Path) -> None:
    if not image.save(str(path)):
        raise OSError(f"cannot write {path}")
