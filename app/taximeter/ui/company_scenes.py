"""A company whose made-up service answers at once: for the gallery, which asks nobody."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TypeVar

from taximeter.domain.increase import IncreaseRequest
from taximeter.domain.people import Person, TeamPage
from taximeter.host.trouble import Trouble
from taximeter.ui.company import Company

T = TypeVar("T")

CONFLICT = Trouble("Somebody else has decided already", "Read the figures again to see what was decided.")


@dataclass(frozen=True, slots=True)
class Answers:
    """What the service answers: ``trouble`` in place of everything, a conflict where there is no request."""

    page: TeamPage = TeamPage(())
    mine: Person | None = None
    asked: IncreaseRequest | None = None
    trouble: Trouble | None = None
    silent: bool = False
    """It never answers."""


def company_of(answers: Answers) -> Company:
    """What the windows may ask, answered always the same."""

    def told(answer: T | None) -> T:
        if answers.trouble is not None or answer is None:
            raise answers.trouble or CONFLICT
        return answer

    return Company(
        submit=_never if answers.silent else at_once,
        ask=lambda _wish: told(answers.asked), withdraw=lambda _request: told(answers.asked),
        team=lambda _search, _after: told(answers.page), mine=lambda: told(answers.mine),
        decide=lambda _request, _decision: told(answers.asked),
    )  # fmt: skip


def at_once(work: Callable[[], T], /) -> Future[T]:
    """Work done on the thread that asks for it."""
    future: Future[T] = Future()
    try:
        future.set_result(work())
    except Exception as error:  # noqa: BLE001 - a future carries any
        future.set_exception(error)
    return future


def _never(_work: Callable[[], T], /) -> Future[T]:
    return Future()
