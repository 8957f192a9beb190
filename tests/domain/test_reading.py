"""Facts that several logs tell of one run meet, whichever is read first."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from taximeter.domain.reading import CallSeen, Reading, RunEnd, RunSeen, later_end
from taximeter.domain.usage import RunKind

WORD = st.tuples(st.sampled_from(RunEnd), st.integers(0, 3))


@given(st.lists(WORD, min_size=1, max_size=4))
def test_the_later_word_on_a_runs_end_holds_in_whatever_order(words: list[tuple[RunEnd, int]]) -> None:
    found = set()
    for order in permutations(words):
        end: tuple[int, int] = (0, 0)
        for word in order:
            end = later_end(end, word)
        found.add(end)
    ((held, told_at),) = found
    assert told_at == max(at for _, at in words)
    assert (held, told_at) in {*words, (RunEnd.NOT_TOLD, 0)}


def test_facts_of_one_run_are_put_together() -> None:
    reading = Reading()
    reading.note_run(RunSeen("r", "s", "s", RunKind.SUBAGENT, "Explore", call="c1"))
    reading.note_run(RunSeen("r", "s", label="Look", end=RunEnd.FINISHED, told_at=5))
    reading.note_run(RunSeen("r", "s", end=RunEnd.RUNS, told_at=4))
    assert reading.runs == {
        "r": RunSeen("r", "s", "s", RunKind.SUBAGENT, "Explore", "Look", "c1", "", RunEnd.FINISHED, 5)
    }


@given(st.permutations([CallSeen("n", call, launch) for call, launch in (("a", "z"), ("b", "y"), ("a", "y"))]))
def test_of_several_tellings_of_one_call_the_same_one_holds(seen: list[CallSeen]) -> None:
    reading = Reading()
    for each in seen:
        reading.note_call(each)
    assert reading.calls == {"n": CallSeen("n", "a", "y")}
