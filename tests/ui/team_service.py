"""A service that answers a manager's window from made-up people, late when it is told to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from ui.made_up import FIGURES, NOW, submit_now
from ui.test_team_view import ED, PEOPLE

from taximeter.domain.increase import Decision, IncreaseRequest, RequestStatus
from taximeter.domain.people import Person, TeamPage
from taximeter.host.trouble import Trouble
from taximeter.ui.bridge import Bridge
from taximeter.ui.company import Company
from taximeter.ui.figures import NANO
from taximeter.ui.team import TeamWindow
from taximeter.ui.team_scenes import quota_of

Opening = Callable[["Service"], TeamWindow]


class Service:
    """Answers pages of its people by search; takes down what it is asked, and answers late when told to."""

    def __init__(self, people: tuple[Person, ...] = PEOPLE, size: int = 100) -> None:
        self.people = people
        self.size = size
        self.asked: list[tuple[str, str]] = []
        self.decisions: list[tuple[str, Decision]] = []
        self.trouble: Trouble | None = None
        self.late = False
        self.waiting: list[tuple[Future[Any], Callable[[], Any]]] = []

    def company(self) -> Company:
        return Company(self.submit, _nobody, _nobody, self.team, lambda: self._told(ED), self.decide)

    def submit(self, work: Callable[[], Any], /) -> Future[Any]:
        if not self.late:
            return submit_now(work)
        self.waiting.append((Future(), work))
        return self.waiting[-1][0]

    def answer(self, at: int = 0) -> None:
        future, work = self.waiting.pop(at)
        try:
            future.set_result(work())
        except Trouble as trouble:
            future.set_exception(trouble)

    def team(self, search: str, after: str) -> TeamPage:
        self.asked.append((search, after))
        found = [one for one in self.people if search.lower() in one.name.lower()]
        begin = int(after or 0)
        following = str(begin + self.size) if begin + self.size < len(found) else ""
        page: TeamPage = self._told(TeamPage(tuple(found[begin : begin + self.size]), len(found), following))
        return page

    def decide(self, request: str, decision: Decision) -> IncreaseRequest:
        self.decisions.append((request, decision))
        self._told(None)
        status = RequestStatus.APPROVED if decision.approve else RequestStatus.DENIED
        made = replace(ED.requests[0], status=status, approved=decision.amount, ends_at=None, decided_at=NOW,
                       decided_by="Mia Ortiz", note=decision.note)  # fmt: skip
        more = 1500 + (decision.amount or 0) // NANO
        raised = replace(ED, quotas=(quota_of(NOW, more, 1314),), requests=(made,))
        self.people = tuple(raised if one.id == ED.id else one for one in self.people)
        return made

    def _told(self, answer: Any) -> Any:
        if self.trouble is not None:
            raise self.trouble
        return answer


def _nobody(_: object) -> IncreaseRequest:
    raise AssertionError("a manager's window asks for nothing itself")


@contextmanager
def team_windows() -> Iterator[Opening]:
    """Opens windows over services; they are closed and freed in the end."""
    windows: list[TeamWindow] = []

    def opening(service: Service) -> TeamWindow:
        bridge = Bridge(submit_now)
        window = TeamWindow(service.company(), bridge, lambda: NOW, FIGURES)
        bridge.setParent(window)
        window.show()
        window.begin()
        windows.append(window)
        if not service.late:
            settle(window)
        return window

    yield opening
    for window in windows:
        window.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def settle(window: TeamWindow) -> None:
    for _ in range(3):
        QCoreApplication.processEvents()
        while window._bridge.is_waiting:
            QCoreApplication.processEvents()


def names(window: TeamWindow) -> list[str]:
    return [str(window.model.index(at, 0).data()) for at in range(window.model.rowCount())]
