"""The door: frames in and out, hooks of their own processes, hostile callers, and what happens when the app goes."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from guard.callers import Scene, hook_input
from hypothesis import given
from hypothesis import strategies as st

from taximeter.domain.launch import Answer, Verb
from taximeter.guard import doorbell, gate, hook_client, protocol
from taximeter.guard.doorbell import Doorbell, ring
from taximeter.guard.doorkeeper import Doorkeeper
from taximeter.guard.protocol import Frame, Refused, packed, unpacked
from taximeter.host.trouble import Trouble

CLIENT = Path(hook_client.__file__)


@pytest.fixture
def door(scene: Scene, tmp_path: Path) -> Iterator[Doorbell]:
    keeper = Doorkeeper(scene.gate, scene.pause, lambda word: word in {"show", "in_touch"})
    bell = Doorbell(tmp_path / "door.sock", keeper)
    bell.start()
    yield bell
    bell.stop()


def hook(path: Path, raw: bytes, event: str = "PreToolUse") -> subprocess.Popen[bytes]:
    """A hook's process as an agent starts it."""
    command = [sys.executable, "-I", "-S", str(CLIENT), str(path), "claude-code", event]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write(raw)
    process.stdin.close()
    process.stdin = None
    return process


def ended(process: subprocess.Popen[bytes]) -> tuple[int, bytes, bytes]:
    out, err = process.communicate(timeout=20)
    return process.returncode, out, err


def wait_for(what: Callable[[], object]) -> None:
    end = time.monotonic() + 10
    while not what():
        assert time.monotonic() < end
        time.sleep(0.01)


def asking(scene: Scene, number: int) -> bytes:
    """A call's input, in a transcript that holds four of them."""
    return hook_input("claude/allow-PreToolUse", tool_use_id=f"call{number}", transcript_path=str(scene.transcript))


def test_hooks_wait_for_the_answer_and_print_it(door: Doorbell, scene: Scene, tmp_path: Path) -> None:
    scene.reply([1, 2, 3, 4])
    hooks = [hook(tmp_path / "door.sock", asking(scene, number)) for number in (1, 2, 3, 4)]
    wait_for(lambda: len(next(iter(scene.gate._groups.values())).waiting) == 4 if scene.gate._groups else False)
    assert all(process.poll() is None for process in hooks)
    (question,) = scene.told.questions
    assert ring(tmp_path / "door.sock", "answer", question.id, "limit", "2") == Frame("ok")
    answers = [ended(process) for process in hooks]
    assert [status for status, _, _ in answers] == [0] * 4
    assert sorted(bool(out) for _, out, _ in answers) == [False, False, True, True]
    assert not any(err for _, _, err in answers)


def test_an_agent_goes_on_when_the_app_is_gone_before_or_leaves_while_it_asks(
    door: Doorbell, scene: Scene, tmp_path: Path
) -> None:
    assert ended(hook(tmp_path / "nobody.sock", asking(scene, 1))) == (0, b"", b"")
    scene.reply([1, 2, 3, 4])
    held = hook(tmp_path / "door.sock", asking(scene, 1))
    wait_for(lambda: scene.told.questions)
    door.stop()
    assert ended(held) == (0, b"", b"")


def test_a_hook_whose_agent_gave_up_is_forgotten(door: Doorbell, scene: Scene, tmp_path: Path) -> None:
    scene.reply([1, 2, 3, 4])
    held = hook(tmp_path / "door.sock", asking(scene, 1))
    wait_for(lambda: scene.told.questions)
    held.kill()
    held.communicate()
    wait_for(lambda: not scene.told.questions)


def test_a_reply_that_nobody_can_read_is_waited_for_a_moment_only(
    door: Doorbell, scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "SETTLE_SECONDS", 0.3)
    assert ended(hook(tmp_path / "door.sock", asking(scene, 1))) == (0, b"", b"")
    assert scene.told.records[0].question.agents == 1


def test_an_open_question_ends_by_itself(door: Doorbell, scene: Scene, tmp_path: Path) -> None:
    scene.judge.seconds = 0
    scene.reply([1, 2, 3])
    assert ended(hook(tmp_path / "door.sock", asking(scene, 1))) == (0, b"", b"")
    wait_for(lambda: scene.told.records[-1].answer == Answer(Verb.EXPIRED, None, "default"))


def test_an_address_that_cannot_be_used_is_told_in_words(scene: Scene, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    bell = Doorbell(tmp_path / "taken", Doorkeeper(scene.gate, scene.pause, lambda _: False))
    with pytest.raises(Trouble, match="cannot be made"):
        bell.start()
    bell.stop()


def test_too_long_an_input_is_told_and_not_sent(door: Doorbell, scene: Scene, tmp_path: Path) -> None:
    assert ended(hook(tmp_path / "door.sock", b" " * (protocol.BODY_LIMIT + 1))) == (0, b"", b"")
    assert scene.told.odd == [("claude-code", "longer than 8 MiB")]


def test_a_mistake_of_ours_lets_the_agent_go_on(
    door: Doorbell, scene: Scene, tmp_path: Path, expected_log: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected_log("its agent goes on")
    monkeypatch.setattr(scene.judge, "is_quiet", lambda launch: 1 // 0)
    scene.reply([1, 2])
    assert ended(hook(tmp_path / "door.sock", asking(scene, 1))) == (0, b"", b"")


def test_words_at_the_door(door: Doorbell, tmp_path: Path) -> None:
    path = tmp_path / "door.sock"
    assert ring(path, "show") == Frame("ok")
    assert ring(path, "dance") == Frame("no")
    assert ring(path, "mode") == Frame("ok", (), b"ask")
    assert ring(path, "pause", "30") == Frame("ok")
    assert ring(path, "mode") == Frame("ok", (), b"paused")
    assert ring(path, "resume") == Frame("ok")
    assert ring(path, "answer", "abcde", "run") == Frame("no")
    assert ring(path, "answer", "abcde", "allow") == Frame("no")
    assert ring(path, "pause", "0") == Frame("error", (), b"unknown words")
    assert ring(tmp_path / "nobody", "show") is None


@pytest.mark.parametrize("junk", [b"GET / HTTP/1.1\r\n\r\n", b"\0" * 5000, b"TAXIMETER 2 show 0\n", b"TAXIMETER 1 x\n",
                                  b"TAXIMETER 1 show -1\n", b"TAXIMETER 1 ask a b 1 99999999999\n",
                                  "TAXIMETER 1 sh\xf6w 0\n".encode("latin-1")])  # fmt: skip
def test_garbage_is_refused_and_the_door_stays_open(door: Doorbell, tmp_path: Path, junk: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as caller:
        caller.settimeout(5)
        caller.connect(str(tmp_path / "door.sock"))
        caller.sendall(junk)
        assert caller.recv(100).startswith(b"TAXIMETER 1 error ")
    assert ring(tmp_path / "door.sock", "show") == Frame("ok")


def test_a_silent_caller_is_sent_away(door: Doorbell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doorbell, "READ_SECONDS", 0.05)
    with socket.socket(socket.AF_UNIX) as caller:
        caller.settimeout(5)
        caller.connect(str(tmp_path / "door.sock"))
        assert caller.recv(100) == b"TAXIMETER 1 error 8\ntoo slow"


def test_only_its_owner_can_reach_the_socket(door: Doorbell, tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / "door.sock").stat().st_mode) == 0o600


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="becoming another user takes root")
def test_another_local_user_can_neither_ask_nor_answer(door: Doorbell, scene: Scene, tmp_path: Path) -> None:
    path = tmp_path / "door.sock"
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == 0 and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o055)
    path.chmod(0o666)  # even if the address stood open
    child = os.fork()
    if not child:
        # No other program can be started here: that user may read neither the interpreter nor its packages.
        os.setuid(65534)
        answer = ring(path, "show")
        os._exit(1 if answer else 0)
    assert os.waitpid(child, 0)[1] == 0
    assert ring(path, "show") == Frame("ok")


def test_other_threads_hand_work_to_the_door(door: Doorbell) -> None:
    done: list[str] = []
    gate = threading.Event()
    door.call(lambda: done.append(threading.current_thread().name))
    door.call(gate.set)
    assert gate.wait(5)
    assert done == ["doorbell"]


def test_an_answer_from_a_window_reaches_the_hooks(door: Doorbell, scene: Scene, tmp_path: Path) -> None:
    scene.reply([1, 2, 3])
    held = hook(tmp_path / "door.sock", asking(scene, 1))
    wait_for(lambda: scene.told.questions)
    question, done = scene.told.questions[0], list[bool]()
    door.call(lambda: done.append(scene.gate.answer(question.id, Answer(Verb.STOP))))
    assert b'"deny"' in ended(held)[1]


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reading_of_frames(data: bytes) -> None:
    try:
        found = unpacked(data)
    except Refused:
        return
    assert found is None or data.startswith(packed(found))


@given(st.sampled_from(["ask", "show"]), st.lists(st.from_regex(r"[a-z0-9-]{1,9}", fullmatch=True)), st.binary())
def test_a_frame_survives_the_way(verb: str, words: list[str], body: bytes) -> None:
    frame = Frame(verb, tuple(words), body)
    assert unpacked(packed(frame)) == frame
    assert unpacked(packed(frame)[:-1]) is None


def test_the_hook_client_speaks_this_protocol_and_loads_nothing_else() -> None:
    assert (hook_client.BODY_LIMIT, hook_client.HEADER_LIMIT) == (protocol.BODY_LIMIT, protocol.HEADER_LIMIT)
    words = """import sys
with open(sys.argv[1]) as file:
    code = file.read()
before = set(sys.modules)
exec(code, {"__name__": "loaded"})
print(*(set(sys.modules) - before))"""
    told = subprocess.run(
        [sys.executable, "-I", "-S", "-c", words, str(CLIENT)], capture_output=True, text=True, check=True
    )
    quick = {"__future__", "_collections_abc", "_socket", "_stat", "abc", "genericpath", "ntpath", "os", "os.path",
             "posixpath", "select", "stat"}  # fmt: skip
    assert set(told.stdout.split()) <= quick
