"""Every screen in every state as a picture, light and dark, at pixel ratios 1 and 2.

The windows are the app's own, filled from a ``Desk`` of made-up data that went through the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from taximeter.domain.launch import Answer, Verb
from taximeter.ledger.readmodels import Breakdown, SessionFilter, SessionPage, Snapshot
from taximeter.ui.app import make_application
from taximeter.ui.breakdown import BreakdownPage
from taximeter.ui.bridge import Bridge
from taximeter.ui.colour_vision import Vision, picture_as
from taximeter.ui.colours import DARK, HIGH_CONTRAST_DARK, HIGH_CONTRAST_LIGHT, LIGHT, MORE_CONTRAST, Colours
from taximeter.ui.company_gallery import company_screens
from taximeter.ui.desk import Desk, HookRow, PageKey
from taximeter.ui.figures import Figures
from taximeter.ui.first_run import FirstRun
from taximeter.ui.gallery_painting import icon_sheet, palette_for, picture
from taximeter.ui.glance import glance_of
from taximeter.ui.hook_scenes import agents_mixed, agents_off
from taximeter.ui.language import speak
from taximeter.ui.launch_scenes import with_every_answer
from taximeter.ui.popover import Popover
from taximeter.ui.question import QuestionWindow
from taximeter.ui.question_scenes import QuestionScene, question_scenes
from taximeter.ui.scenes import Scene, scenes_of
from taximeter.ui.service_scenes import USED_UP as SERVICE_USED_UP
from taximeter.ui.service_scenes import service_scenes
from taximeter.ui.sessions import SessionsWindow
from taximeter.ui.settings_gallery import settings_screens
from taximeter.ui.sign_in_gallery import sign_in_screens
from taximeter.ui.told import in_language, question_in_language
from taximeter.ui.used_up import UsedUp

RATIOS = (1, 2)
SCHEMES = {"light": (LIGHT, HIGH_CONTRAST_LIGHT), "dark": (DARK, HIGH_CONTRAST_DARK)}
CHOSEN = ("popover-ok", "popover-watch", "popover-low", "popover-spent", "used-up-spent", "sessions", "days",
          "question-amber", "question-red", "team-full", "settings-general")  # fmt: skip
"""What is drawn in high contrast too, and as people see it who tell fewer colours apart."""
USED_UP = ("spent", "refused", "ok")
TABS = ("agents", "models", "dearest-turns", "how-it-was-made", "launches")


def render_gallery(desk: Desk, folder: Path, language: str = "en") -> tuple[Path, ...]:
    """Render everything into ``folder`` in a language (``language.speak``); the pictures' paths.

    The desk's threads are not started.
    """
    app = make_application(["gallery"])
    before = QPalette(app.palette())
    app.setStyle("Fusion")
    folder.mkdir(parents=True, exist_ok=True)
    bridge = Bridge(desk.submit)
    snapshot = desk.submit(desk.snapshot).result()
    figures = Figures(speak(language), desk.zone, snapshot.currency, False, desk.agent_names)
    snapshot = in_language(snapshot)
    paths: list[Path] = []

    def keep(image: QImage, name: str) -> None:
        paths.append(folder / f"{name}.png")
        if not image.save(str(paths[-1])):
            raise OSError(f"cannot write {paths[-1]}")

    for scheme, (colours, strong) in SCHEMES.items():
        app.setPalette(palette_for(colours))
        for name, window in screens(desk, bridge, snapshot, figures):
            for ratio in RATIOS:
                keep(picture(window, ratio), f"{name}-{scheme}-{ratio}x")
            if name in CHOSEN:
                _through_other_eyes(window, f"{name}-{scheme}", strong, keep)
            _free(window)
    for ratio in RATIOS:
        keep(icon_sheet(ratio), f"icons-{ratio}x")
    for vision in Vision:
        keep(picture_as(icon_sheet(2), vision), f"icons-{vision.value}-2x")
    bridge.close()
    _free(bridge)
    app.setPalette(before)
    return tuple(paths)


def _through_other_eyes(window: QWidget, name: str, strong: Colours, keep: Callable[[QImage, str], None]) -> None:
    """A window as people see it who tell fewer colours apart, and in high contrast."""
    image = picture(window, 1)
    for vision in Vision:
        keep(picture_as(image, vision), f"{name}-{vision.value}-1x")
    app = make_application(["gallery"])
    before = QPalette(app.palette())
    app.setProperty(MORE_CONTRAST, True)
    app.setPalette(palette_for(strong))
    keep(picture(window, 1), f"{name}-strong-1x")
    app.setProperty(MORE_CONTRAST, False)
    app.setPalette(before)


def screens(desk: Desk, bridge: Bridge, snapshot: Snapshot, figures: Figures) -> Iterator[tuple[str, QWidget]]:
    """Every window in every state, by name; each is built when it is asked for."""
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
    window.show_questions(tuple(map(question_in_language, scene.questions)), {}, set())
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
