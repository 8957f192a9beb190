"""What the gate remembers beyond a launch: a session's answer, a person's prompt, processes that were answered for."""

from __future__ import annotations

from typing import TypeVar

from taximeter.domain.launch import Answer

K = TypeVar("K")
V = TypeVar("V")

MOST = 2_000
"""Of each kind; the oldest go. A desktop's busiest day has some hundreds."""
COVERED_MS = 10 * 60_000


class Remembered:
    """Lives on the doorbell's thread. Sessions are named by agent and id."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, str], Answer] = {}
        self._prompts: dict[tuple[str, str], str] = {}
        self._covered: dict[str, tuple[str, int, int]] = {}

    def answer(self, agent: str, session: str) -> Answer | None:
        """What was answered for the whole session; None when it is to be asked."""
        return self._answers.get((agent, session))

    def keep_answer(self, agent: str, session: str, answer: Answer) -> None:
        """It holds for the session."""
        _put(self._answers, (agent, session), answer)

    def typed(self, agent: str, session: str, prompt: str) -> None:
        """A person's prompt; what background agents send back belongs to it."""
        _put(self._prompts, (agent, session), prompt)

    def root_of(self, agent: str, session: str, prompt: str) -> str:
        """The person's prompt that a prompt belongs to."""
        return self._prompts.get((agent, session), prompt)

    def cover(self, folder: str, launch: str, processes: int, now: int) -> None:
        """So many processes of a launch are about to start in a folder, and were asked about already."""
        _put(self._covered, folder, (launch, processes, now + COVERED_MS))

    def take_covered(self, folder: str, now: int) -> str:
        """The launch that a process which asks belongs to, if it was asked about; it is counted off."""
        launch, left, until = self._covered.get(folder, ("", 0, 0))
        if not left or until <= now:
            return ""
        self._covered[folder] = (launch, left - 1, until)
        return launch


def _put(kept: dict[K, V], key: K, value: V) -> None:
    kept.pop(key, None)
    kept[key] = value
    if len(kept) > MOST:
        del kept[next(iter(kept))]
