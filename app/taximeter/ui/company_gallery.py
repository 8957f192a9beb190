"""The pictures of what is asked of a company's service: asking for more, and a manager's people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import TypeVar

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from taximeter.ledger.readmodels import Snapshot
from taximeter.ui.ask_more import AskMore
from taximeter.ui.ask_scenes import AskScene, ask_scenes, told_scenes
from taximeter.ui.bridge import Bridge
from taximeter.ui.company import Company
from taximeter.ui.company_scenes import Answers, at_once, company_of
from taximeter.ui.figures import Figures
from taximeter.ui.glance import glance_of
from taximeter.ui.own_row import OwnRow
from taximeter.ui.popover import Popover
from taximeter.ui.scenes import Scene
from taximeter.ui.team import TeamWindow
from taximeter.ui.team_scenes import OFFLINE, TeamScene, people_of, team_scenes
from taximeter.ui.used_up import UsedUp

T = TypeVar("T")


def company_screens(
    snapshot: Snapshot, figures: Figures, settle: Callable[[Bridge], None]
) -> Iterator[tuple[str, QWidget]]:  # fmt: skip
    """Every window in every state, by name. ``settle`` lets answers arrive."""
    for scene in ask_scenes(snapshot, figures):
        yield f"ask-{scene.name}", _asking(scene, figures, settle)
    for team in team_scenes(snapshot.now):
        yield f"team-{team.name}", _team(team, snapshot.now, figures, settle)
    mine = next(one for one in people_of(snapshot.now) if one.requests)
    for name, answers in (("mine", Answers(mine=mine)), ("mine-offline", Answers(trouble=OFFLINE))):
        yield f"team-{name}", _own_row(answers, snapshot.now, figures, settle)
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


def _team(scene: TeamScene, now: int, figures: Figures, settle: Callable[[Bridge], None]) -> TeamWindow:
    answers, bridge = [scene.answers], Bridge(at_once)
    window = TeamWindow(_changing(answers), bridge, lambda: now, figures)
    bridge.setParent(window)
    window.begin()
    if not scene.answers.silent:
        settle(bridge)
    window.bar.shown.setCurrentIndex(window.bar.shown.findData(scene.shown))
    if scene.search:
        window.bar.search.setText(scene.search)
        window.bar.search.returnPressed.emit()
        settle(bridge)
    window.choose(scene.chosen)
    if scene.decides is not None:
        answers.append(scene.decides)
        box = window.panel.boxes()[0]
        box.amount.setText("300")
        box.note.setText("Fine, until the reset.")
        box.approve.click()
        if not scene.decides.silent:
            settle(bridge)
    return window


def _changing(answers: list[Answers]) -> Company:
    """A company that answers what the newest of ``answers`` says."""

    def submit(work: Callable[[], T], /) -> Future[T]:
        return company_of(answers[-1]).submit(work)

    return Company(
        submit=submit,
        ask=lambda wish: company_of(answers[-1]).ask(wish),
        withdraw=lambda request: company_of(answers[-1]).withdraw(request),
        team=lambda search, after: company_of(answers[-1]).team(search, after),
        mine=lambda: company_of(answers[-1]).mine(),
        decide=lambda request, decision: company_of(answers[-1]).decide(request, decision),
    )


def _own_row(answers: Answers, now: int, figures: Figures, settle: Callable[[Bridge], None]) -> OwnRow:
    bridge = Bridge(at_once)
    window = OwnRow(company_of(answers), bridge, lambda: now, figures)
    bridge.setParent(window)
    window.read()
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
