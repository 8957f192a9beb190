"""One question per launch: which calls are held together, and what each answer does to them."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import pytest
from guard.callers import Caller, Scene

from taximeter.domain.launch import Answer, Severity, Source, Verb
from taximeter.domain.thresholds import Thresholds
from taximeter.guard import gate
from taximeter.guard.dialect import Ask, Dialect, Siblings
from taximeter.guard.group import question_of


def test_calls_of_one_reply_are_one_question(scene: Scene) -> None:
    scene.reply([1, 2, 3, 4])
    callers = [scene.call(number) for number in (1, 2, 3, 4)]
    assert all(caller.held for caller in callers)
    (question,) = scene.told.questions
    assert (question.agents, question.already, question.counting) == (4, 0, False)
    assert set(scene.told.shown) == {(4,)}


def test_run_lets_all_go_and_stop_denies_all(scene: Scene) -> None:
    scene.reply([1, 2, 3, 4])
    callers = [scene.call(number) for number in (1, 2, 3, 4)]
    scene.gate.answer(scene.told.questions[0].id, Answer(Verb.RUN))
    assert all(caller.went_on for caller in callers)
    callers = [scene.call(number, prompt="p2", session="s2") for number in (1, 2, 3, 4)]
    scene.gate.answer(scene.told.questions[0].id, Answer(Verb.STOP))
    assert all("not start these agents again" in caller.reason for caller in callers)
    assert scene.told.questions == ()


def test_a_limit_lets_the_first_go_and_denies_the_rest_and_later_ones_of_the_prompt(scene: Scene) -> None:
    scene.reply([1, 2, 3, 4])
    callers = [scene.call(number) for number in (1, 2, 3, 4)]
    scene.gate.answer(scene.told.questions[0].id, Answer(Verb.LIMIT, 2))
    assert [caller.went_on for caller in callers[:2]] == [True, True]
    assert all("at most 2 agents" in caller.reason for caller in callers[2:])
    scene.reply([5], "msg2")
    assert "at most 2" in scene.call(5).reason
    assert scene.told.records[-2].allowed is not None or scene.told.records[-1].answer == Answer(Verb.LIMIT, 2)


def test_an_agent_that_asks_one_after_another_is_asked_about_once(scene: Scene) -> None:
    for number in (1, 2, 3, 4):
        with scene.transcript.open("a", encoding="utf-8") as file:
            file.write(f'{{"type":"response_item","payload":{{"type":"function_call","name":"spawn_agent",'
                       f'"arguments":"{{\\"message\\":\\"go\\"}}","call_id":"call{number}"}}}}\n')  # fmt: skip
    first = scene.call(1, source="codex/allow-PreToolUse")
    assert first.held
    assert scene.told.questions[0].agents == 4
    scene.gate.answer(scene.told.questions[0].id, Answer(Verb.LIMIT, 2))
    assert first.went_on
    assert scene.call(2, source="codex/allow-PreToolUse").went_on
    assert "at most 2" in scene.call(3, source="codex/allow-PreToolUse").reason


def test_a_quiet_launch_goes_on_at_once_and_is_recorded(scene: Scene) -> None:
    scene.reply([1, 2])
    assert scene.call(1).went_on
    assert scene.call(2).went_on
    assert scene.told.shown == []
    assert scene.told.records[-1].question.agents == 2
    assert scene.told.records[-1].answer is None
    assert scene.judge.kept[0][1] == 2


def test_a_reply_that_is_still_written_is_waited_for_and_then_asked_about_while_it_grows(scene: Scene) -> None:
    scene.judge.asks_from = 2
    one, two = scene.call(1), scene.call(2)
    assert one.held
    assert not scene.told.questions
    scene.settle()
    assert [(one.agents, one.counting) for one in scene.told.questions] == [(2, True)]
    three = scene.call(3)
    scene.reply([1, 2, 3, 4])
    scene.look()
    assert [(one.agents, one.counting) for one in scene.told.questions] == [(4, False)]
    assert len({record.question.id for record in scene.told.records}) == 1
    scene.gate.answer(scene.told.questions[0].id, Answer(Verb.RUN))
    assert one.went_on
    assert two.went_on
    assert three.went_on
    assert scene.call(4).went_on


def test_a_launch_that_is_quiet_however_many_join_is_not_waited_for(scene: Scene) -> None:
    scene.judge.asks_from = 50
    assert scene.call(1).went_on


def test_run_is_asked_again_only_when_the_sum_grows_past_what_was_shown(scene: Scene) -> None:
    scene.reply([1, 2, 3, 4])
    for number in (1, 2, 3, 4):
        scene.call(number)
    first = scene.told.questions[0]
    scene.gate.answer(first.id, Answer(Verb.RUN))
    scene.reply([5, 6, 7], "msg2")
    assert [scene.call(number).went_on for number in (5, 6, 7)] == [True] * 3
    scene.reply([8, 9], "msg3")
    assert scene.call(8).went_on
    late = scene.call(9)
    assert late.held
    assert scene.told.questions[0].agents == 9
    assert scene.told.questions[0].already == 8
    assert scene.told.questions[0].id != first.id


def test_an_answer_for_the_session_holds_for_its_next_prompts(scene: Scene) -> None:
    scene.reply([1, 2, 3])
    scene.call(1)
    scene.gate.answer(scene.told.questions[0].id, Answer(Verb.RUN, for_session=True))
    scene.reply([4, 5, 6], "msg2")
    assert scene.call(4, prompt="p2").went_on
    assert scene.call(5, prompt="p2", session="other").held


@pytest.mark.parametrize(("red_from", "lets_go"), [(100, True), (1, False)])
def test_the_default_applies_at_its_time(scene: Scene, red_from: int, lets_go: bool) -> None:
    scene.judge.red_from = red_from
    scene.reply([1, 2, 3])
    caller = scene.call(1)
    question = scene.told.questions[0]
    assert question.ends_at - question.asked_at == (25_000 if lets_go else 250_000)
    assert question.at_end is (Verb.RUN if lets_go else Verb.STOP)
    scene.time_is_up()
    assert caller.went_on is lets_go
    answer = scene.told.records[-1].answer
    assert answer == Answer(Verb.EXPIRED, None if lets_go else 0, "default")
    assert scene.call(2).went_on is lets_go


def test_observing_asks_nothing_and_records_what_would_have_been(scene: Scene) -> None:
    scene.judge.mode = "observe"
    scene.reply([1, 2, 3])
    assert scene.call(1).went_on
    record = scene.told.records[-1]
    assert (record.mode, record.question.verdict.level, record.answer) == ("observe", Severity.AMBER, None)


def test_off_and_paused_ask_and_record_nothing(scene: Scene) -> None:
    scene.judge.mode = "off"
    scene.reply([1, 2, 3])
    assert scene.call(1).went_on
    scene.judge.mode = "ask"
    scene.pause.begin(30)
    assert scene.call(2).went_on
    assert scene.told.records == []
    scene.pause.end()
    assert scene.call(3).held
    assert scene.pauses == [scene.at + 30 * 60_000, None]


def test_a_pause_ends_by_itself(scene: Scene) -> None:
    scene.pause.begin(0)
    assert scene.pause.due() is not None
    scene.pause.tick()
    assert (scene.pause.due(), scene.pause.is_on) == (None, False)
    assert scene.pauses[-1] is None


def test_a_notice_holds_nothing(scene: Scene) -> None:
    scene.judge.level = Severity.NOTICE
    scene.reply([1, 2, 3])
    assert [scene.call(number).went_on for number in (1, 2, 3)] == [True] * 3
    assert scene.told.notices == [3]


def test_a_hook_that_hangs_up_takes_its_call_back(scene: Scene) -> None:
    scene.reply([1, 2, 3])
    callers = [scene.call(number) for number in (1, 2, 3)]
    scene.gate.left(callers[0].visitor)
    assert callers[1].went_on
    assert scene.told.questions == ()


def test_what_a_background_agent_sends_back_belongs_to_the_prompt_before(scene: Scene) -> None:
    prompted = partial(scene.call, 0, source="claude/allow-UserPromptSubmit", event="UserPromptSubmit")
    assert prompted(prompt="p1").went_on
    scene.reply([1, 2, 3])
    scene.call(1)
    scene.gate.answer(scene.told.questions[0].id, Answer(Verb.STOP))
    assert prompted(prompt="p9", typed="<task-notification>\nx").went_on
    scene.reply([4, 5, 6], "msg2")
    assert "stopped" in scene.call(4, prompt="p9").reason


def test_a_workflow_and_a_shells_loop_are_asked_about_as_at_least(scene: Scene) -> None:
    flow = scene.call(1, source="claude/ultra-PreToolUse")
    assert flow.held
    assert (scene.told.questions[0].agents, scene.told.questions[0].source) == (4, Source.WORKFLOW)
    assert scene.told.questions[0].counting
    shell = scene.call(2, source="claude/bashp-PreToolUse", prompt="p2")
    assert shell.held
    assert (scene.told.questions[1].agents, scene.told.questions[1].source) == (4, Source.SHELL)
    scene.gate.answer(scene.told.questions[0].id, Answer(Verb.LIMIT, 2))
    assert "at most 2" in flow.reason


def test_any_other_tool_is_nobodys_business(scene: Scene) -> None:
    assert scene.call(1, tool_name="Read", tool_input={"file_path": "/x"}).went_on
    assert scene.call(2, tool_name="Bash", tool_input={"command": "ls"}).went_on
    assert scene.told.records == []


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b"\xff\xfe", b"[" * 100_000, b'{"session_id":1}', b"null"])
def test_hostile_input_changes_nothing_and_is_told(scene: Scene, raw: bytes) -> None:
    caller = Caller()
    scene.gate.ask(caller.visitor, "claude-code", "PreToolUse", 1, raw)
    assert caller.went_on
    caller.close()
    assert scene.told.odd == [("claude-code", "not what this agent sends")]


def test_a_transcript_that_is_no_file_is_not_waited_for(scene: Scene, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "session.jsonl")
    assert scene.call(1).held
    scene.settle()
    assert scene.callers[0].went_on


def test_what_is_offered_comes_with_the_question(scene: Scene) -> None:
    scene.reply([1, 2, 3, 4])
    for number in (1, 2, 3, 4):
        scene.call(number)
    (group,) = scene.gate._groups.values()
    assert group.judged is not None
    assert question_of(group, group.judged, 0).offer is None
    higher = Thresholds(cold_agents=10)
    assert question_of(group, group.judged._replace(offer=higher), 0).offer is higher


def test_launches_under_a_sessions_answer_are_recorded_with_it(scene: Scene) -> None:
    scene.reply([1, 2, 3])
    scene.call(1)
    scene.gate.answer(scene.told.questions[0].id, Answer(Verb.RUN, for_session=True))
    scene.reply([4, 5, 6], "msg2")
    assert scene.call(4, prompt="p2").went_on
    record = scene.told.records[-1]
    assert (record.prompt, record.answer, record.calls) == ("p2", Answer(Verb.RUN, for_session=True), ("call4",))


def test_a_number_that_runs_already_is_no_limit_to_offer(scene: Scene) -> None:
    scene.judge.asks_from = 4
    scene.reply([1, 2, 3])
    assert [scene.call(number).went_on for number in (1, 2, 3)] == [True] * 3
    scene.reply([4, 5], "msg2")
    assert scene.call(4).held
    assert (scene.told.questions[0].already, scene.told.questions[0].verdict.fits) == (3, None)


def test_a_transcript_that_does_not_change_is_read_once(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    scene.judge.asks_from = 1
    reads: list[str] = []

    def read(path: str, dialect: Dialect, ask: Ask) -> Siblings:
        reads.append(path)
        return Siblings(ask.calls, complete=False)

    monkeypatch.setattr(gate, "siblings_in", read)
    scene.reply([9])
    scene.call(1)
    for _ in range(5):
        scene.look()
    assert len(reads) == 1
    scene.reply([1], "msg2")
    scene.look()
    assert len(reads) == 2
