"""Asking an agent's own server, over its standard input and output, which hooks it knows and trusts."""

from __future__ import annotations

import contextlib
import json
import subprocess
import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from taximeter.host.trouble import Trouble

LIMIT_S = 10.0
_ANSWER = 2


def ask_for_hooks(
    command: Sequence[str], env: Mapping[str, str], cwd: str, limit_s: float = LIMIT_S
) -> tuple[Mapping[str, Any], ...]:
    """The hooks in force for the folder ``cwd``, as the server lists them.

    Raises:
        Trouble: it cannot be started, or does not answer in time.
    """
    try:
        server = subprocess.Popen(
            command, env=dict(env), cwd=cwd,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except OSError as error:
        raise Trouble(f"{command[0]} cannot be started", f"{error.strerror}.") from error
    end = threading.Timer(limit_s, server.kill)
    end.start()
    try:
        assert server.stdin is not None
        assert server.stdout is not None
        # Its input stays open until the answer is there: it ends when that closes.
        with contextlib.suppress(OSError):
            server.stdin.write(b"".join(json.dumps(each).encode() + b"\n" for each in _requests(cwd)))
            server.stdin.flush()
        return _hooks(_answer(server.stdout))
    finally:
        end.cancel()
        end.join()
        server.kill()
        with contextlib.suppress(OSError):
            server.communicate()


def _requests(cwd: str) -> tuple[dict[str, Any], ...]:
    client = {"name": "taximeter", "title": "Taximeter", "version": "1"}
    return (
        {"id": 1, "method": "initialize", "params": {"clientInfo": client}},
        {"method": "initialized"},
        {"id": _ANSWER, "method": "hooks/list", "params": {"cwds": [cwd]}},
    )


def _answer(lines: Iterable[bytes]) -> Any:  # noqa: ANN401 - JSON is of any shape
    for line in lines:
        with contextlib.suppress(ValueError):
            message = json.loads(line)
            if isinstance(message, dict) and message.get("id") == _ANSWER:
                return message.get("result")
    raise Trouble("The agent did not say which hooks it knows", "Ask again later, or look at its own list of hooks.")


def _hooks(result: Any) -> tuple[Mapping[str, Any], ...]:  # noqa: ANN401 - JSON is of any shape
    try:
        return tuple(dict(hook) for folder in result["data"] for hook in folder["hooks"])
    except (KeyError, TypeError, ValueError) as error:
        raise Trouble("The agent's answer about its hooks was not understood", "Look at its own list.") from error
