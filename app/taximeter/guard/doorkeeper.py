"""What each caller at the door wants: a hook's question goes to the gate, the rest is answered here."""

from __future__ import annotations

from collections.abc import Callable

from taximeter.domain.launch import Answer, Verb
from taximeter.guard.gate import Gate
from taximeter.guard.pause import Pause
from taximeter.guard.protocol import ERROR, NO, OK, Frame
from taximeter.guard.visitor import Visitor

MOST_MINUTES = 7 * 24 * 60


class Doorkeeper:
    """Runs on the doorbell's thread; see ``doorbell.Keeper``."""

    def __init__(self, gate: Gate, pause: Pause, plain: Callable[[str], bool]) -> None:
        """``plain`` does what a single word asks (``show``, ``quit``, ``in_touch``) and says whether it is so."""
        self._gate = gate
        self._plain = plain
        self._pause = pause

    def rang(self, visitor: Visitor, frame: Frame) -> None:
        """Answer, or let the gate hold the caller."""
        match (frame.verb, *frame.words):
            case ("ask", agent, event, pid) if pid.isdigit():
                self._gate.ask(visitor, agent, event, int(pid), frame.body)
            case ("oversize", agent, _, _):
                self._gate.unusable(visitor, agent, "longer than 8 MiB")
            case ("answer", id, *words):
                answer = answer_of(words)
                done = answer is not None and self._gate.answer(id, answer)
                visitor.answer(Frame(OK if done else NO))
            case ("pause", minutes) if minutes.isdigit() and 0 < int(minutes) <= MOST_MINUTES:
                self._pause.begin(int(minutes))
                visitor.answer(Frame(OK))
            case ("resume",):
                self._pause.end()
                visitor.answer(Frame(OK))
            case ("mode",):
                visitor.answer(Frame(OK, body=self._gate.mode.encode()))
            case (word,):
                visitor.answer(Frame(OK if self._plain(word) else NO))
            case _:
                visitor.answer(Frame(ERROR, body=b"unknown words"))

    def left(self, visitor: Visitor) -> None:
        """A caller hung up."""
        self._gate.left(visitor)

    def due(self) -> float | None:
        """When the gate wants to look again, or the pause is over."""
        moments = [moment for moment in (self._gate.due(), self._pause.due()) if moment is not None]
        return min(moments, default=None)

    def tick(self) -> None:
        """A moment has come."""
        self._pause.tick()
        self._gate.tick()


def answer_of(words: list[str]) -> Answer | None:
    """An answer as the command line sends it: ``stop``, ``run``, ``limit N``, each perhaps with ``session`` behind."""
    for_session = words[-1:] == ["session"]
    match words[: len(words) - for_session]:
        case ["stop"]:
            return Answer(Verb.STOP, by="command", for_session=for_session)
        case ["run"]:
            return Answer(Verb.RUN, by="command", for_session=for_session)
        case ["limit", count] if count.isdigit() and 0 < int(count) < 10_000:
            return Answer(Verb.LIMIT, int(count), "command", for_session)
    return None
